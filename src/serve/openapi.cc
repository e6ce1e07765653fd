#include "serve/openapi.h"

#include <fmt/format.h>
#include <simdjson.h>

#include "model/model.h"
#include "serve/routes.h"

namespace interdict::serve {
namespace {

std::string lower(std::string_view method) { return method == "GET" ? "get" : method == "POST" ? "post" : "delete"; }

/// What the table knows of a route that nobody described; patterns and operations hold nothing that JSON escapes.
std::string least_description(const Route& route) {
  std::string parameters;
  for (std::size_t at = route.pattern.find('{'); at != std::string_view::npos; at = route.pattern.find('{', at + 1)) {
    const std::string_view name = route.pattern.substr(at + 1, route.pattern.find('}', at) - at - 1);
    parameters += fmt::format(R"({}{{"name":"{}","in":"path","required":true,"schema":{{"type":"string"}}}})",
                              parameters.empty() ? "" : ",", name);
  }
  return fmt::format(
      R"({{"operationId":"{}","parameters":[{}],"responses":{{"default":{{"description":"See docs/api.md"}}}}}})",
      route.operation, parameters);
}

/// The methods of one path: as written, then those of the table that are not.
std::string methods_of(std::string_view pattern, const simdjson::dom::object* written) {
  std::string out;
  const auto add = [&](std::string_view method, const std::string& text) {
    out += fmt::format(R"({}"{}":{})", out.empty() ? "" : ",", method, text);
  };
  if (written != nullptr) {
    for (const auto [key, value] : *written) add(key, simdjson::minify(value));
  }
  for (const Route& route : routes()) {
    const std::string method = lower(route.method);
    const bool known = written != nullptr && !written->at_key(method).error();
    if (route.pattern == pattern && !known) add(method, least_description(route));
  }
  return "{" + out + "}";
}

std::string completed() {
  simdjson::dom::parser parser;
  simdjson::dom::object document;
  simdjson::dom::object paths;
  INTERDICT_ASSERT(!parser.parse(simdjson::padded_string(written_openapi())).get(document));
  INTERDICT_ASSERT(!document["paths"].get(paths));
  std::string described;
  const auto add_path = [&](std::string_view pattern, const simdjson::dom::object* written) {
    described += fmt::format(R"({}"{}":{})", described.empty() ? "" : ",", pattern, methods_of(pattern, written));
  };
  for (const auto [pattern, value] : paths) {
    simdjson::dom::object written;
    INTERDICT_ASSERT(!value.get(written));
    add_path(pattern, &written);
  }
  std::string_view last;  // the routes of one path stand together in the table
  for (const Route& route : routes()) {
    const bool known = route.pattern == last || !paths.at_key(route.pattern).error();
    if (!known) add_path(route.pattern, nullptr);
    last = route.pattern;
  }
  std::string out;
  for (const auto [key, value] : document) {
    const std::string text = key == "paths" ? "{" + described + "}" : simdjson::minify(value);
    out += fmt::format(R"({}"{}":{})", out.empty() ? "" : ",", key, text);
  }
  return "{" + out + "}";
}

}  // namespace

const std::string& openapi() {
  static const std::string text = completed();
  return text;
}

}  // namespace interdict::serve
