#include "lists/list_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "lists/record_builder.h"
#include "text/text.h"

namespace interdict::lists {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// A number of the width at most four; 0 when the part is unknown ("00", "dd"); nothing for anything else.
std::optional<int> date_part(std::string_view text, char unknown) {
  if (text.empty() || text.size() > 4) return std::nullopt;
  if (std::all_of(text.begin(), text.end(), [&](char c) { return lower(c) == unknown; })) return 0;
  int value = 0;
  for (char c : text) {
    if (!text::is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

// At `at`: "(3)", "3)", "(c)", "c)", or the range "(1)-(2)". Gives the ordinal (the last of a range) and where it ends.
struct Marker {
  int first = 0;
  int last = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::optional<Marker> marker_at(std::string_view text, std::size_t at, bool letters) {
  Marker marker{0, 0, at, at};
  std::size_t i = at;
  if (i < text.size() && text[i] == '(') ++i;
  int ordinal = 0;
  if (letters) {
    if (i >= text.size() || lower(text[i]) < 'a' || lower(text[i]) > 'z') return std::nullopt;
    ordinal = lower(text[i]) - 'a' + 1;
    ++i;
  } else {
    const std::size_t start = i;
    while (i < text.size() && text::is_digit(text[i]) && i - start < 2) ordinal = ordinal * 10 + (text[i++] - '0');
    if (i == start) return std::nullopt;
  }
  if (i >= text.size() || text[i] != ')') return std::nullopt;
  marker.first = marker.last = ordinal;
  marker.end = i + 1;
  if (marker.end < text.size() && text[marker.end] == '-') {
    if (auto second = marker_at(text, marker.end + 1, letters)) {
      marker.last = second->last;
      marker.end = second->end;
    }
  }
  return marker;
}

std::vector<Marker> markers_of(std::string_view text, bool letters) {
  std::vector<Marker> markers;
  int expected = 1;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool starts_word = at == 0 || text[at - 1] == ' ' || text[at] == '(';
    if (!starts_word) continue;
    const auto marker = marker_at(text, at, letters);
    if (!marker || marker->first != expected) continue;
    expected = marker->last + 1;
    markers.push_back(*marker);
    at = marker->end - 1;
  }
  return markers;
}

}  // namespace

bool starts_with_ignoring_case(std::string_view text, std::string_view lower_prefix) {
  return text.size() >= lower_prefix.size() && equals_ignoring_case(text.substr(0, lower_prefix.size()), lower_prefix);
}

bool contains_ignoring_case(std::string_view text, std::string_view lower_part) {
  return std::search(text.begin(), text.end(), lower_part.begin(), lower_part.end(),
                     [](char a, char b) { return lower(a) == b; }) != text.end();
}

bool equals_ignoring_case(std::string_view text, std::string_view lower_text) {
  return std::equal(text.begin(), text.end(), lower_text.begin(), lower_text.end(),
                    [](char a, char b) { return lower(a) == b; });
}

std::optional<PartialDate> parse_day_first(std::string_view text) {
  text = trim(text);
  std::array<std::string_view, 3> parts;
  std::size_t count = 0;
  for (;;) {
    const std::size_t at = text.find_first_of("/.-");
    if (count == 3) return std::nullopt;
    parts[count++] = text.substr(0, at);
    if (at == std::string_view::npos) break;
    text.remove_prefix(at + 1);
  }
  // Of one or two parts, the last is the year and the first the month.
  const auto year = date_part(parts[count - 1], 'y');
  const auto month = count > 1 ? date_part(parts[count - 2], 'm') : std::optional<int>(0);
  const auto day = count > 2 ? date_part(parts[0], 'd') : std::optional<int>(0);
  if (!year || !month || !day || parts[count - 1].size() != 4) return std::nullopt;
  return PartialDate::of(*year, *month, *day);
}

std::optional<PartialDate> parse_month_year(std::string_view text) {
  text = trim(text);
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  std::string_view word = text.substr(0, space);
  const auto year = date_part(trim(text.substr(space)), 'y');
  while (word.ends_with('.')) word.remove_suffix(1);
  if (!year || *year < 1000 || word.size() < 3) return std::nullopt;
  constexpr std::array<std::string_view, 12> months = {"january",   "february", "march",    "april",
                                                       "may",       "june",     "july",     "august",
                                                       "september", "october",  "november", "december"};
  for (std::size_t m = 0; m < months.size(); ++m) {
    if (word.size() <= months[m].size() && equals_ignoring_case(word, months[m].substr(0, word.size()))) {
      return PartialDate::of(*year, static_cast<int>(m) + 1);
    }
  }
  return std::nullopt;
}

std::optional<std::string_view> parse_gender(std::string_view text) {
  text = trim(text);
  while (!text.empty() && text.back() == '.') text.remove_suffix(1);
  if (equals_ignoring_case(text, "m") || equals_ignoring_case(text, "male")) return "male";
  if (equals_ignoring_case(text, "f") || equals_ignoring_case(text, "female")) return "female";
  if (equals_ignoring_case(text, "other")) return "other";
  return std::nullopt;
}

void add_gender(RecordBuilder& out, std::string_view text, std::string_view field) {
  if (const auto gender = parse_gender(text)) {
    out.add(Prop::gender, *gender);
  } else {
    out.add_unmodelled(field, text);
  }
}

void add_gender_from_remark(RecordBuilder& out, std::string_view remark) {
  constexpr std::string_view label = "Gender:";
  const std::size_t at = remark.find(label);
  if (at == std::string_view::npos) return;
  std::string_view word = trim(remark.substr(at + label.size()));
  word = word.substr(0, word.find_first_of(" .,;\n"));
  if (const auto gender = parse_gender(word)) out.add(Prop::gender, *gender);
}

std::vector<std::string> document_numbers(std::string_view text) {
  std::vector<std::string> numbers;
  std::string_view before;
  for (std::string_view token : split_any(text, " \t\r\n,;:()")) {
    while (token.ends_with('.')) token.remove_suffix(1);
    if (starts_with_ignoring_case(token, "no.")) token.remove_prefix(3);
    const std::string_view prefix = std::exchange(before, token);
    // A text that begins with a number is about that number, however short: "6487 (Egypt)".
    const bool leading = token.data() == text.data() && token.size() >= 3 && text::all_digits(token);
    const auto digits = std::count_if(token.begin(), token.end(), text::is_digit);
    const auto capitals = std::count_if(token.begin(), token.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    const auto marks =
        std::count_if(token.begin(), token.end(), [](char c) { return c == '-' || c == '/' || c == '.'; });
    if (digits + capitals + marks != static_cast<std::ptrdiff_t>(token.size())) continue;
    if (!leading && digits < (capitals > 0 ? 4 : 5)) continue;
    if (!leading && (parse_day_first(token) || PartialDate::parse(token))) continue;
    if (std::count(token.begin(), token.end(), '.') == 2 && digits <= 8) continue;  // a day such as 8.11.2005
    // "L 191609", "DE- 473900", "51 0123456"
    const bool capital_prefix =
        prefix.size() <= 3 && !prefix.empty() && prefix != "SSN" && prefix != "NO" && prefix != "ID" &&
        std::all_of(prefix.begin(), prefix.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == '-'; });
    const bool digit_prefix =
        (prefix.size() == 2 || prefix.size() == 4) && text::all_digits(prefix) && text::all_digits(token);
    const bool joined = capital_prefix || digit_prefix;
    numbers.push_back(joined ? fmt::format("{} {}", prefix, token) : std::string(token));
  }
  return numbers;
}

std::vector<std::string_view> split_numbered(std::string_view text) {
  text = trim(text);
  if (text.empty()) return {};
  if (text.find(')') == std::string_view::npos) return {text};
  auto markers = markers_of(text, false);
  if (markers.size() < 2) markers = markers_of(text, true);
  if (markers.size() < 2 || markers.front().begin != 0) return {text};
  std::vector<std::string_view> items;
  for (std::size_t i = 0; i < markers.size(); ++i) {
    const std::size_t end = i + 1 < markers.size() ? markers[i + 1].begin : text.size();
    const std::string_view item = trim(text.substr(markers[i].end, end - markers[i].end));
    if (!item.empty()) items.push_back(item);
  }
  return items;
}

std::vector<std::string_view> split_any(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> items;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && std::ranges::find(separators, text[at]) == separators.end()) continue;
    const std::string_view item = trim(text.substr(begin, at - begin));
    if (!item.empty()) items.push_back(item);
    begin = at + 1;
  }
  return items;
}

// Two capitals, 'i' or 'e' for individual or entity (a letter before it in TAi/TAe is part of the two), a point, three
// digits: the form that the Security Council has used since 2014.
std::vector<std::string> un_references(std::string_view text) {
  std::vector<std::string> found;
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  for (std::size_t point = text.find('.', 3); point < text.size(); point = text.find('.', point + 1)) {
    const std::string_view here = text.substr(point - 3, 7);
    if (here.size() < 7) break;
    if (!capital(here[0]) || !capital(here[1]) || (here[2] != 'i' && here[2] != 'e')) continue;
    if (!text::is_digit(here[4]) || !text::is_digit(here[5]) || !text::is_digit(here[6])) continue;
    if (point + 4 < text.size() && text::is_digit(text[point + 4])) continue;
    if (std::find(found.begin(), found.end(), here) == found.end()) found.emplace_back(here);
  }
  return found;
}

void add_un_mentions(RecordBuilder& out, std::string_view text, std::string_view own) {
  for (const std::string& reference : un_references(text)) {
    if (reference == own) continue;
    out.add(Prop::relation, fmt::format("un_sc_sanctions:{}", reference)).with(Detail::role, "mentioned");
  }
}

}  // namespace interdict::lists
