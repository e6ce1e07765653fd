// From a request to the function that answers it.
#include <fmt/format.h>

#include <exception>

#include "report/json.h"
#include "serve/handlers.h"
#include "serve/params.h"
#include "serve/past.h"
#include "serve/routes.h"
#include "text/text.h"

namespace interdict::serve {
namespace {

/// Nothing that is no UTF-8 is let in: it would come back in an answer, and that must be JSON.
std::optional<Response> not_text(const Request& request, const Found& found) {
  std::vector<Fault422> faults;
  for (const std::string& part : found.parts) {
    if (!text::is_valid_utf8(part)) faults.push_back({"string_unicode", {"path"}, "not valid UTF-8", ""});
  }
  for (const auto& [name, value] : request.query) {
    if (text::is_valid_utf8(name) && text::is_valid_utf8(value)) continue;
    faults.push_back({"string_unicode", {"query", text::is_valid_utf8(name) ? name : ""}, "not valid UTF-8", ""});
  }
  if ((found.route->traits & by_line) == 0 && !text::is_valid_utf8(request.body)) {
    faults.push_back({"string_unicode", {"body"}, "not valid UTF-8", ""});
  }
  return faults.empty() ? std::nullopt : std::optional(unprocessable(faults));
}

bool asks_for_a_day(const Request& request) {
  return !request.first("as_of").empty() || !request.first("known_at").empty();
}

/// The site of the day that is asked for, instead of the server's own.
std::optional<Response> choose_site(const Service& service, const Request& request, Answer& out) {
  Params params(request);
  const auto as_of = params.day("as_of");
  const auto known_at = params.day("known_at");
  if (!params.sound()) return params.refusal();
  if (!service.past) return failure(400, "unsupported", "this server answers for its own day only");
  auto made = service.past->of({as_of.value_or(request.today), known_at});
  if (!made) return failure(made.error());
  out.site = std::move(*made);
  return std::nullopt;
}

/// The page's own files first: they are open, and no route has their names.
void route(const Service& service, const Request& request, Answer& out) {
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (auto found = page(request.path)) {
    out.response = reads ? std::move(*found) : failure(405, "method_not_allowed", "a page is only read");
    if (!reads) out.response.headers.emplace_back("Allow", "GET, HEAD");
    return;
  }
  Found found = find_route(request);
  if (found.route == nullptr) {
    out.response = std::move(found.refusal);
    return;
  }
  out.route = found.route;
  if (auto refusal = not_text(request, found)) {
    out.response = std::move(*refusal);
  } else if (request.caller.may(found.route->role)) {
    if ((found.route->traits & dated) != 0 && asks_for_a_day(request)) {
      if (auto wrong_day = choose_site(service, request, out)) {
        out.response = std::move(*wrong_day);
        return;
      }
    }
    out.handled = true;
    out.response = found.route->handler({service, *out.site, request, found.parts});
  } else if (request.caller.role == access::Role::open) {
    out.response = unauthorised("this needs an API key");
  } else {
    out.response = failure(403, "forbidden",
                           fmt::format("this needs the role '{}', the key has '{}'",
                                       access::to_string(found.route->role), access::to_string(request.caller.role)));
  }
}

}  // namespace

std::string_view Request::first(std::string_view name, std::string_view otherwise) const {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return otherwise;
}

std::vector<std::string> Request::all(std::string_view name) const {
  std::vector<std::string> out;
  for (const auto& [key, value] : query) {
    if (key == name && !value.empty()) out.push_back(value);
  }
  return out;
}

std::optional<std::string> percent_decoded(std::string_view text, bool plus) {
  const auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = digit(text[i + 1]);
      const int low = digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

Response json_of(std::string body, unsigned status) {
  Response out;
  out.status = status;
  out.body = std::move(body);
  return out;
}

Response failure(unsigned status, std::string_view code, std::string_view detail) {
  report::Json json;
  json.begin_object();
  json.field("detail", detail);
  json.field("code", code);
  json.end_object();
  return json_of(json.str(), status);
}

Response unauthorised(std::string_view why) {
  Response out = failure(401, "unauthorised", why);
  out.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"interdict\"");
  return out;
}

void secure(Response& response, bool is_page) {
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
  response.headers.emplace_back("X-Frame-Options", "DENY");
  response.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
  // What was asked and answered stays out of every cache; the pages' files hold nothing of it.
  response.headers.emplace_back("Cache-Control", is_page ? "no-cache" : "no-store");
  for (const auto& [name, value] : response.headers) {
    if (name == "Content-Security-Policy") return;  // a stricter one of its own
  }
  response.headers.emplace_back("Content-Security-Policy",
                                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                                "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
}

Response failure(const Error& error) {
  const unsigned status = error.fault == Fault::not_found ? 404 : error.fault == Fault::io ? 500 : 400;
  return failure(status, to_string(error.fault), error.to_string());
}

Site::Site(index::Snapshot snapshot_in, Case world_in)
    : snapshot(std::move(snapshot_in)), world(std::move(world_in)), index(world) {}

Service::Service(std::shared_ptr<const Site> site) : site_(std::move(site)) {}

void Service::swap(std::shared_ptr<const Site> site) {
  {
    const std::lock_guard lock(guard_);
    site_.swap(site);  // the old one is let go outside the lock, when `site` ends
  }
  if (past) past->forget();
}

bool Service::takes_long(const Request& request) const {
  if (!request.path.starts_with("/v1/")) return false;
  const Found found = find_route(request);
  if (found.route == nullptr) return false;
  return (found.route->traits & apart) != 0 || ((found.route->traits & dated) != 0 && asks_for_a_day(request));
}

void Service::report(ListsState state) {
  const std::lock_guard lock(guard_);
  lists_state_ = std::move(state);
}

ListsState Service::lists_state() const {
  const std::lock_guard lock(guard_);
  return lists_state_;
}

void Service::on_update(std::string token, std::function<bool(bool wait)> update) {
  update_token_ = std::move(token);
  update_ = std::move(update);
}

std::shared_ptr<const Site> Service::current() const {
  const std::lock_guard lock(guard_);
  return site_;
}

Answer Service::respond(const Request& request) const {
  Answer out;
  out.site = current();
  try {
    route(*this, request, out);
  } catch (const std::exception&) {  // out of memory, or a fault of ours: told as such, never as "no hits"
    out.response = failure(500, "internal", "the request could not be answered");
  }
  Response& told = out.response;
  if (told.each_line && !request.body.empty()) {  // the body came whole: all its lines at once
    std::string_view rest = request.body;
    while (!rest.empty()) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      told.body += told.each_line(line);
    }
    told.each_line = nullptr;
  }
  secure(out.response, out.route == nullptr && out.response.status == 200);
  return out;
}

}  // namespace interdict::serve
