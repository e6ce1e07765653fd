#include "names/aliases.h"

#include <algorithm>
#include <array>
#include <optional>

#include "text/text.h"

namespace interdict::names {
namespace {

struct Marker {
  std::string_view words;
  bool only_behind_mark = false;  // a word that names have too: only after a bracket or comma
};

// Longer ones before those they begin with.
constexpr std::array markers = std::to_array<Marker>({
    {"also known as"},
    {"better known as"},
    {"otherwise known as"},
    {"formerly known as"},
    {"previously known as"},
    {"now known as"},
    {"known as", true},
    {"doing business as"},
    {"trading as"},
    {"formerly"},
    {"previously"},
    {"a.k.a."},
    {"a.k.a"},
    {"a/k/a"},
    {"aka"},
    {"f.k.a."},
    {"f.k.a"},
    {"f/k/a"},
    {"fka"},
    {"n.k.a."},
    {"n/k/a"},
    {"nka"},
    {"d/b/a"},
    {"d.b.a."},
    {"dba"},
    {"t/a"},
    {"alias"},
    {"ex", true},
    {"now", true},
});

constexpr bool is_letter_or_digit(char c) {
  // Bytes of other scripts are letters here: none of them ends a word that this file looks for.
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || text::is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

constexpr std::string_view between = " \t,;:.-_\"'";  // and brackets

std::string_view trimmed(std::string_view text) {
  const auto is_between = [](char c) { return between.find(c) != std::string_view::npos || c == '(' || c == '['; };
  while (!text.empty() && is_between(text.front())) text.remove_prefix(1);
  // A full stop may belong to the last word: Ltd.
  while (!text.empty() && is_between(text.back()) && text.back() != '.') text.remove_suffix(1);
  return text;
}

bool has_name(std::string_view text) { return std::ranges::count_if(text, is_letter_or_digit) > 1; }

/// The length of the marker that stands at `at`, where a word begins; 0 for none.
std::size_t marker_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  for (const Marker& marker : markers) {
    const std::size_t size = marker.words.size();
    if (rest.size() <= size || is_letter_or_digit(rest[size])) continue;
    if (!std::equal(marker.words.begin(), marker.words.end(), rest.begin(),
                    [](char m, char c) { return m == lower(c); })) {
      continue;
    }
    if (!marker.only_behind_mark) return size;
    const std::size_t before = text.substr(0, at).find_last_not_of(' ');
    if (before != std::string_view::npos && std::string_view("(,;[_").find(text[before]) != std::string_view::npos) {
      return size;
    }
  }
  return 0;
}

/// Where the next marker stands from `from` on, and its length.
std::optional<std::pair<std::size_t, std::size_t>> find_marker(std::string_view text, std::size_t from) {
  for (std::size_t at = from; at < text.size(); ++at) {
    if (at > 0 && is_letter_or_digit(text[at - 1])) continue;
    if (const std::size_t size = marker_at(text, at); size > 0) return std::pair(at, size);
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string> names_in(std::string_view text) {
  auto marker = find_marker(text, 0);
  if (!marker) return {std::string(text)};
  std::string first(trimmed(text.substr(0, marker->first)));
  std::vector<std::string> names;
  while (marker) {
    const std::size_t begin = marker->first + marker->second;
    const std::size_t closed = std::min(text.find_first_of(")];", begin), text.size());
    marker = find_marker(text, begin);
    const std::size_t last = marker ? marker->first : text.size();
    const std::string_view other = trimmed(text.substr(begin, std::min(closed, last) - begin));
    if (has_name(other)) names.emplace_back(other);
    if (closed >= last || text[closed] == ';') continue;
    if (const auto more = trimmed(text.substr(closed + 1, last - closed - 1)); has_name(more)) {
      first += ' ';
      first += more;
    }
  }
  if (has_name(first)) names.insert(names.begin(), std::move(first));
  // A text that begins with such a word and goes on as one name may be called so (Formerly Ltd), and to some Aka is a
  // family name: what is read so must not be missed.
  if (names.size() < 2) names.clear();
  names.emplace_back(text);
  return names;
}

std::vector<std::string> listed_names_in(std::string_view text, Kind kind) {
  std::vector<std::string> names = names_in(text);
  if (kind != Kind::organisation) return names;
  for (std::size_t i = 0, count = names.size(); i < count; ++i) {
    if (auto again = with_short_name(names[i])) names.push_back(std::move(*again));
  }
  return names;
}

namespace {

/// Calls with each name that the one text gives and each that the other gives.
template <typename Call>
void for_each_pair(std::string_view query, std::string_view listed, Kind kind, const Call& call) {
  std::vector<Name> all_listed;
  for (const std::string& text : listed_names_in(listed, kind)) all_listed.push_back(analyse(text, kind));
  for (const std::string& text : names_in(query)) {
    const Name name = analyse(text, kind);
    for (const Name& other : all_listed) call(name, other);
  }
}

}  // namespace

double score_texts(std::string_view query, std::string_view listed, Kind kind) {
  double best = 0;
  for_each_pair(query, listed, kind,
                [&](const Name& name, const Name& other) { best = std::max(best, score(name, other, 0)); });
  return best;
}

Comparison compare_texts(std::string_view query, std::string_view listed, Kind kind) {
  std::optional<Comparison> best;
  for_each_pair(query, listed, kind, [&](const Name& name, const Name& other) {
    auto found = compare(name, other, 0);
    if (found && (!best || found->score > best->score)) best = std::move(found);
  });
  return best.value_or(Comparison{});
}

}  // namespace interdict::names
