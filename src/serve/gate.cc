#include "serve/gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "serve/handlers.h"
#include "store/digest.h"

namespace interdict::serve {
namespace {

using access::Caller;
using access::Role;

constexpr std::string_view cookie_name = "interdict_session";
constexpr std::size_t most_buckets = 100'000;
constexpr std::size_t most_sessions = 10'000;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_word(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

/// "localhost:8000" → "localhost", "[::1]:80" → "[::1]".
std::string_view without_port(std::string_view host) {
  const std::size_t colon = host.rfind(':');
  const std::size_t bracket = host.rfind(']');
  if (colon == std::string_view::npos || (bracket != std::string_view::npos && colon < bracket)) return host;
  return host.substr(0, colon);
}

Caller caller_of(const access::Key& key) { return {key.id, key.name, key.role}; }

}  // namespace

std::string_view token_of(std::string_view authorization, std::string_view api_key) {
  const std::size_t space = authorization.find(' ');
  if (space != std::string_view::npos) {
    const std::string_view scheme = authorization.substr(0, space);
    if (same_word(scheme, "Bearer") || same_word(scheme, "ApiKey")) {
      std::string_view token = authorization.substr(space);
      token.remove_prefix(std::min(token.size(), token.find_first_not_of(' ')));
      return token;
    }
  }
  // A scheme that is not ours proves nothing: it is looked up, and fails, as a wrong key.
  return authorization.empty() ? api_key : authorization;
}

std::string_view cookie_of(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    std::string_view one = header.substr(0, header.find(';'));
    header.remove_prefix(std::min(header.size(), one.size() + 1));
    one.remove_prefix(std::min(one.size(), one.find_first_not_of(' ')));
    if (one.size() > name.size() && one.starts_with(name) && one[name.size()] == '=')
      return one.substr(name.size() + 1);
  }
  return {};
}

void Gate::renew(std::vector<access::Key> keys) {
  auto renewed = std::make_shared<const access::Ring>(std::move(keys));
  const std::lock_guard lock(guard_);
  ring_.swap(renewed);
}

std::shared_ptr<const access::Ring> Gate::ring() const {
  const std::lock_guard lock(guard_);
  return ring_;
}

bool Gate::from_elsewhere(const Presented& presented) const {
  if (!presented.fetch_site.empty() && presented.fetch_site != "same-origin" && presented.fetch_site != "none")
    return true;
  // Under our own Referrer-Policy a browser posts a form with "Origin: null"; what it says of the site is then the
  // word.
  if (presented.origin == "null" && presented.fetch_site == "same-origin") return false;
  if (!presented.origin.empty()) {
    const std::size_t host = presented.origin.find("://");
    return host == std::string_view::npos || !same_word(presented.origin.substr(host + 3), presented.host);
  }
  return false;
}

int Gate::wait_of(const std::string& whose, unsigned a_minute, std::chrono::system_clock::time_point now) {
  if (a_minute == 0) return 0;
  const double a_second = a_minute / 60.0;
  const double most = std::max(1.0, a_minute / 6.0);  // ten seconds' worth at once
  const std::lock_guard lock(guard_);
  // Full buckets say nothing, so the map can be emptied at the worst: it lets some through, it stops nobody.
  if (buckets_.size() >= most_buckets) buckets_.clear();
  auto [at, fresh] = buckets_.try_emplace(whose, Bucket{most, now});
  Bucket& bucket = at->second;
  const double passed = std::chrono::duration<double>(now - bucket.filled).count();
  bucket.tokens = std::min(most, bucket.tokens + std::max(0.0, passed) * a_second);
  bucket.filled = now;
  if (bucket.tokens < 1) return std::max(1, static_cast<int>(std::ceil((1 - bucket.tokens) / a_second)));
  bucket.tokens -= 1;
  return 0;
}

Caller Gate::signed_in(std::string_view cookie, const access::Ring& ring, Instant now, unsigned& rate) {
  const std::string digest = store::sha256(cookie);
  const std::lock_guard lock(guard_);
  const auto at = sessions_.find(digest);
  if (at == sessions_.end()) return {};
  const access::Key* key = at->second.until > now ? ring.valid(at->second.key, now) : nullptr;
  if (key == nullptr) {
    sessions_.erase(at);
    return {};
  }
  rate = key->rate;
  return caller_of(*key);
}

Gate::Admission Gate::admit(const Presented& presented, std::chrono::system_clock::time_point time) {
  Admission out;
  const auto now = std::chrono::floor<std::chrono::seconds>(time);
  const bool strange_host =
      policy_.checks_host && std::none_of(policy_.hosts.begin(), policy_.hosts.end(), [&](const std::string& host) {
        return same_word(host, without_port(presented.host));
      });
  if (!policy_.keys) {
    if (strange_host) {
      out.refusal = failure(403, "wrong_host", "without keys only this machine is answered, by its own name");
    } else if (from_elsewhere(presented)) {
      out.refusal = failure(403, "wrong_origin", "a page of another origin asks");
    } else {
      out.admitted = true;
      out.caller = access::local_caller();
    }
    return out;
  }
  const auto keys = ring();
  unsigned rate = 0;
  const std::string_view token = token_of(presented.authorization, presented.api_key);
  bool wrong = false;
  if (!token.empty()) {
    const access::Key* key = keys->find(token, now);
    wrong = key == nullptr;
    if (key != nullptr) {
      out.caller = caller_of(*key);
      rate = key->rate;
    }
  } else if (const bool writes = presented.method != "GET" && presented.method != "HEAD";
             writes && from_elsewhere(presented)) {
    out.refusal = failure(403, "wrong_origin", "a page of another origin asks");
    return out;
  } else if (const std::string_view cookie = cookie_of(presented.cookie, cookie_name); !cookie.empty()) {
    if (from_elsewhere(presented) || (writes && presented.origin.empty())) {
      out.refusal = failure(403, "wrong_origin", "a signed-in page is only heard from its own origin");
      return out;
    }
    out.caller = signed_in(cookie, *keys, now, rate);
  }
  const bool stranger = out.caller.role == Role::open;
  const int wait = stranger ? wait_of("address " + std::string(presented.client), policy_.stranger_rate, time)
                            : wait_of(out.caller.key, rate != 0 ? rate : policy_.rate, time);
  if (wait > 0) {
    out.refusal = failure(429, "too_many_requests", "more requests than this key or address may send");
    out.refusal.headers.emplace_back("Retry-After", std::to_string(wait));
    return out;
  }
  if (wrong) {
    out.refusal = unauthorised("the key is not valid");
    return out;
  }
  out.admitted = true;
  return out;
}

std::string Gate::cookie_text(std::string_view value, bool gone) const {
  return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict{}; Max-Age={}", cookie_name, value,
                     policy_.tls ? "; Secure" : "",
                     gone ? 0 : std::chrono::duration_cast<std::chrono::seconds>(policy_.session).count());
}

Response Gate::sign_in(const Request& request, Instant now) {
  std::string token;
  std::string_view body = request.body;
  if (body.starts_with("key=")) token = percent_decoded(body.substr(4, body.find('&') - 4), true).value_or("");
  const auto keys = ring();
  const access::Key* key = keys->find(token, now);
  Response out;
  out.status = 303;
  if (key == nullptr) {
    out.headers.emplace_back("Location", "/sign-in.html?wrong");
    return out;
  }
  const std::string cookie = access::random_hex(32);
  {
    const std::lock_guard lock(guard_);
    std::erase_if(sessions_, [&](const auto& one) { return one.second.until <= now; });
    if (sessions_.size() >= most_sessions) return failure(503, "busy", "too many pages are signed in");
    sessions_[store::sha256(cookie)] = {key->id, now + policy_.session};
  }
  out.headers.emplace_back("Set-Cookie", cookie_text(cookie, false));
  out.headers.emplace_back("Location", "/");
  return out;
}

Response Gate::sign_out(const Request& request) {
  {
    const std::lock_guard lock(guard_);
    std::erase_if(sessions_, [&](const auto& one) { return one.second.key == request.caller.key; });
  }
  Response out;
  out.status = 303;
  out.headers.emplace_back("Set-Cookie", cookie_text("", true));
  out.headers.emplace_back("Location", "/sign-in.html");
  return out;
}

}  // namespace interdict::serve
