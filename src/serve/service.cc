// From a request to the function that answers it.
#include <fmt/format.h>

#include <exception>

#include "report/json.h"
#include "serve/handlers.h"

namespace interdict::serve {
namespace {

std::vector<std::string> segments(std::string_view path, bool& sound) {
  std::vector<std::string> out;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view one = path.substr(0, path.find('/'));
    path.remove_prefix(one.size());
    auto decoded = percent_decoded(one, false);
    sound = sound && decoded && decoded->find('\0') == std::string::npos;
    out.push_back(decoded.value_or(""));
  }
  return out;
}

Response wrong_method(const char* allowed) {
  Response out = failure(405, "method_not_allowed", "this route takes another method");
  out.headers.emplace_back("Allow", allowed);
  return out;
}

Response status_ok() {
  Response out;
  out.body = R"({"status":"ok"})";
  return out;
}

using Handler = Response (*)(const Site&, const Request&);

Response own(const Site& site, const Request& request, const std::string& name) {
  struct Route {
    std::string_view name;
    Handler handler;
    bool takes_body;
  };
  static constexpr Route routes[] = {{"screen", v1_screen, true},    {"check", v1_check, true},
                                     {"relief", v1_relief, true},    {"simulate", v1_simulate, true},
                                     {"history", v1_history, false}, {"explain", v1_explain, false},
                                     {"ledger", v1_ledger, false},   {"timeline.svg", v1_timeline, false}};
  for (const Route& route : routes) {
    if (route.name != name) continue;
    const bool reads = request.method == "GET" || request.method == "HEAD";
    if (!reads && !(route.takes_body && request.method == "POST"))
      return wrong_method(route.takes_body ? "GET, POST" : "GET");
    return route.handler(site, request);
  }
  return failure(404, "not_found", fmt::format("no route /v1/{}", name));
}

Response route(const Site& site, const Request& request) {
  bool sound = !request.path.empty() && request.path.front() == '/';
  const std::vector<std::string> parts = sound ? segments(request.path, sound) : std::vector<std::string>{};
  if (!sound) return failure(400, "bad_request", "the path is not sound");
  const std::string& head = parts.front();
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (head == "match" && parts.size() == 2) {
    return request.method == "POST" ? match(site, request, parts[1]) : wrong_method("POST");
  }
  if (head == "v1" && parts.size() == 2)
    return parts[1] == "case" && reads ? v1_case(site) : own(site, request, parts[1]);
  if (!reads) return wrong_method("GET");
  if (head == "search" && parts.size() == 2) return search(site, request, parts[1]);
  if (head == "entities" && parts.size() == 2) return entity(site, parts[1]);
  if (head == "entities" && parts.size() == 3 && parts[2] == "adjacent") return adjacent(site, request, parts[1], "");
  if (head == "entities" && parts.size() == 4 && parts[2] == "adjacent")
    return adjacent(site, request, parts[1], parts[3]);
  if ((head == "catalog" || head == "manifest") && parts.size() == 1) return catalog(site);
  if (head == "algorithms" && parts.size() == 1) return algorithms();
  if ((head == "healthz" || head == "readyz") && parts.size() == 1) return status_ok();
  if (auto found = page(request.path)) return std::move(*found);
  return failure(404, "not_found", "no such route");
}

void secure(Response& response) {
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
  response.headers.emplace_back("X-Frame-Options", "DENY");
  response.headers.emplace_back(
      "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
      "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
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

Response failure(unsigned status, std::string_view code, std::string_view detail) {
  report::Json json;
  json.begin_object();
  json.field("detail", detail);
  json.field("code", code);
  json.end_object();
  Response out;
  out.status = status;
  out.body = json.str();
  return out;
}

Response failure(const Error& error) {
  const unsigned status = error.fault == Fault::not_found ? 404 : error.fault == Fault::io ? 500 : 400;
  return failure(status, to_string(error.fault), error.to_string());
}

Site::Site(index::Snapshot snapshot_in, Case world_in)
    : snapshot(std::move(snapshot_in)), world(std::move(world_in)), index(world) {}

Service::Service(std::shared_ptr<const Site> site) : site_(std::move(site)) {}

void Service::swap(std::shared_ptr<const Site> site) {
  const std::lock_guard lock(guard_);
  site_.swap(site);  // the old one is let go outside the lock, when `site` ends
}

std::shared_ptr<const Site> Service::current() const {
  const std::lock_guard lock(guard_);
  return site_;
}

Response Service::answer(const Request& request) const {
  Response out;
  try {
    out = route(*current(), request);
  } catch (const std::exception&) {  // out of memory, or a fault of ours: told as such, never as "no hits"
    out = failure(500, "internal", "the request could not be answered");
  }
  secure(out);
  return out;
}

}  // namespace interdict::serve
