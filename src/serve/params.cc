#include "serve/params.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "report/json.h"
#include "serve/handlers.h"

namespace interdict::serve {
namespace {

std::string folded(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

template <typename T>
std::optional<T> number(std::string_view text) {
  T out{};
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

}  // namespace

Response unprocessable(const std::vector<Fault422>& faults) {
  report::Json json;
  json.begin_object();
  json.key("detail");
  json.begin_array();
  for (const Fault422& fault : faults) {
    json.begin_object();
    json.field("type", fault.type);
    json.key("loc");
    json.begin_array();
    for (const std::string& step : fault.loc) json.text(step);
    json.end_array();
    json.field("msg", fault.message);
    json.field("input", fault.input);
    json.end_object();
  }
  json.end_array();
  json.field("code", "unprocessable");
  json.end_object();
  return json_of(json.str(), 422);
}

Params::Params(const Request& request, std::initializer_list<std::string_view> known) : request_(request) {
  for (const auto& [name, value] : request.query) {
    if (name != "api_key" && std::find(known.begin(), known.end(), name) == known.end()) {
      wrong(name, "extra_forbidden", "this route has no such parameter", value);
    }
  }
}

void Params::wrong(std::string_view name, std::string_view type, std::string message, std::string_view input) {
  faults_.push_back({std::string(type), {"query", std::string(name)}, std::move(message), std::string(input)});
}

std::string Params::text(std::string_view name, std::string_view otherwise) const {
  return std::string(request_.first(name, otherwise));
}

std::optional<std::string_view> Params::value_of(std::string_view name) const {
  for (const auto& [key, value] : request_.query) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::vector<std::string> Params::list(std::string_view name, std::size_t most) {
  auto out = request_.all(name);
  if (out.size() > most) {
    wrong(name, "too_long", fmt::format("at most {} of them", most), std::to_string(out.size()));
  }
  return out;
}

std::size_t Params::count(std::string_view name, std::size_t otherwise, std::size_t most) {
  const auto sent = value_of(name);
  if (!sent) return otherwise;
  const std::string_view text = *sent;
  const auto value = number<std::int64_t>(text);
  if (!value) {
    wrong(name, "int_parsing", "not a whole number", text);
  } else if (*value < 0) {
    wrong(name, "greater_than_equal", "below 0", text);
  } else if (static_cast<std::uint64_t>(*value) > most) {
    wrong(name, "less_than_equal", fmt::format("above {}", most), text);
  } else {
    return static_cast<std::size_t>(*value);
  }
  return otherwise;
}

double Params::share(std::string_view name, double otherwise) {
  const auto sent = value_of(name);
  if (!sent) return otherwise;
  const std::string_view text = *sent;
  const auto value = number<double>(text);
  if (!value) {
    wrong(name, "float_parsing", "not a number", text);
  } else if (std::isnan(*value) || *value < 0 || *value > 1) {
    wrong(name, *value < 0 ? "greater_than_equal" : "less_than_equal", "not from 0 to 1", text);
  } else {
    return *value;
  }
  return otherwise;
}

bool Params::flag(std::string_view name, bool otherwise) {
  const auto sent = value_of(name);
  if (!sent) return otherwise;
  const std::string_view text = *sent;
  const std::string word = folded(text);
  for (const char* yes : {"true", "1", "yes", "on", "t", "y"}) {
    if (word == yes) return true;
  }
  for (const char* no : {"false", "0", "no", "off", "f", "n"}) {
    if (word == no) return false;
  }
  wrong(name, "bool_parsing", "neither true nor false", text);
  return otherwise;
}

std::optional<Instant> Params::moment(std::string_view name) {
  const std::string_view text = request_.first(name);
  if (text.empty()) return std::nullopt;
  std::string whole(text);
  if (text.size() == 10) whole += "T00:00:00Z";
  if (text.size() == 13) whole += ":00:00Z";
  if (text.size() == 16) whole += ":00Z";
  if (text.size() == 19) whole += "Z";
  auto out = whole.size() == 20 ? parse_instant(whole) : std::nullopt;
  if (!out) wrong(name, "string_pattern_mismatch", "no time (YYYY-MM-DD[THH[:MM[:SS]]])", text);
  return out;
}

std::optional<Day> Params::day(std::string_view name) {
  const std::string_view text = request_.first(name);
  if (text.empty()) return std::nullopt;
  auto out = parse_day(text);
  if (!out) wrong(name, "date_parsing", "no day (YYYY-MM-DD)", text);
  return out;
}

std::vector<std::string> Params::choices(std::string_view name, std::initializer_list<std::string_view> among) {
  std::vector<std::string> out;
  for (const auto& [key, one] : request_.query) {
    if (key != name) continue;
    out.push_back(one);
    if (std::find(among.begin(), among.end(), one) != among.end()) continue;
    std::string all;
    for (const std::string_view choice : among) all += fmt::format("{}{}", all.empty() ? "" : ", ", choice);
    wrong(name, "enum", "not one of " + all, one);
  }
  return out;
}

}  // namespace interdict::serve
