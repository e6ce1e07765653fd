#include "serve/http_request.h"

#include <algorithm>

#include "access/keys.h"

namespace interdict::serve {
namespace {

namespace http = boost::beast::http;

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

/// One's own request id is taken if it can do no harm in a header or a log.
std::string id_of(std::string_view sent) {
  const auto plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
           c == '.';
  };
  if (!sent.empty() && sent.size() <= 64 && std::all_of(sent.begin(), sent.end(), plain)) return std::string(sent);
  return access::random_hex(8);
}

}  // namespace

void split_target(std::string_view target, Request& out) {
  const std::size_t question = target.find('?');
  out.path = target.substr(0, question);
  if (question == std::string_view::npos) return;
  std::string_view rest = target.substr(question + 1);
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    auto name = percent_decoded(pair.substr(0, equals), true);
    auto value = equals == std::string_view::npos ? std::string() : percent_decoded(pair.substr(equals + 1), true);
    if (name && value) out.query.emplace_back(std::move(*name), std::move(*value));
  }
}

Request request_of(const RequestParser& parser, std::chrono::system_clock::time_point now, bool tls) {
  const auto& from = parser.get();
  Request out;
  out.method = std::string(from.method_string());
  split_target(view(from.target()), out);
  out.body = from.body();
  out.at = std::chrono::floor<std::chrono::seconds>(now);
  out.today = std::chrono::floor<std::chrono::days>(now);
  if (const auto host = view(from[http::field::host]); !host.empty()) {
    out.origin = (tls ? "https://" : "http://") + std::string(host);
  }
  out.if_none_match = std::string(from[http::field::if_none_match]);
  out.id = id_of(view(from["X-Request-ID"]));
  return out;
}

Request request_of(const audit::Answered& record) {
  Request out;
  out.method = record.method;
  split_target(record.target, out);
  out.body = record.body;
  out.caller = {record.key, record.caller, access::role_named(record.role).value_or(access::Role::open)};
  out.at = record.at;
  out.today = std::chrono::floor<std::chrono::days>(record.at);
  out.id = record.request_id;
  out.origin = record.origin;
  return out;
}

Presented presented_by(const RequestParser& parser, std::string_view client) {
  const auto& from = parser.get();
  return {view(from.method_string()),    view(from[http::field::authorization]),
          view(from["X-API-Key"]),       view(from[http::field::cookie]),
          view(from[http::field::host]), view(from[http::field::origin]),
          view(from["Sec-Fetch-Site"]),  client};
}

}  // namespace interdict::serve
