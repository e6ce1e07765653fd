// A body within a name, by its short name or in full: Navy of the IRGC, Islamic Revolutionary Guard Corps Navy.
#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "names/aliases.h"
#include "names/written.h"
#include "text/text.h"

namespace interdict::names {
namespace {

struct ShortName {
  std::string_view letters;
  std::string_view words;  // folded
};

// Sorted by the letters; of one body the words that most of its bearers have stand first.
constexpr ShortName short_names[] = {
#include "names/short_names.inc"
};

/// Letters that stand for nothing else in names: three may be any firm's.
constexpr std::size_t letters_least = 4;

struct Word {
  std::string form;
  std::size_t begin;  // in the text
  std::size_t end;
};

std::vector<Word> words_with_offsets(std::string_view text) {
  constexpr std::string_view between = " ,;:.\"'";
  std::vector<Word> words;
  for (std::size_t at = text.find_first_not_of(between); at < text.size(); at = text.find_first_not_of(between, at)) {
    const std::size_t end = std::min(text.find_first_of(between, at), text.size());
    words.push_back({text::fold(text.substr(at, end - at)), at, end});
    at = end;
  }
  return words;
}

/// How many words from `at` on are those of a name in full; 0 if they are not.
std::size_t count_of(std::string_view full, const std::vector<Word>& words, std::size_t at) {
  std::size_t count = 0;
  while (!full.empty()) {
    const std::size_t end = std::min(full.find(' '), full.size());
    if (at + count == words.size() || words[at + count].form != full.substr(0, end)) return 0;
    ++count;
    full.remove_prefix(std::min(end + 1, full.size()));
  }
  return count;
}

char capital(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::string in_full(std::string_view words) {
  std::string out;
  for (const std::string_view word : words_of(words)) {
    if (!out.empty()) out += ' ';
    out += is_filler(word) ? word[0] : capital(word[0]);
    out += word.substr(1);
  }
  return out;
}

const ShortName* short_name(std::string_view letters) {
  const auto* const found = std::ranges::lower_bound(short_names, letters, {}, &ShortName::letters);
  return found != std::end(short_names) && found->letters == letters ? found : nullptr;
}

/// By the first of their words.
const std::unordered_multimap<std::string_view, const ShortName*>& full_names() {
  static const auto made = [] {
    std::unordered_multimap<std::string_view, const ShortName*> all;
    for (const ShortName& name : short_names) all.emplace(name.words.substr(0, name.words.find(' ')), &name);
    return all;
  }();
  return made;
}

/// The longest name in full that begins at `at` and is not all there is, and how many words it has.
std::pair<const ShortName*, std::size_t> full_name_at(const std::vector<Word>& words, std::size_t at) {
  std::pair<const ShortName*, std::size_t> longest{nullptr, 0};
  const auto [first, last] = full_names().equal_range(words[at].form);
  for (auto name = first; name != last; ++name) {
    const std::size_t count = count_of(name->second->words, words, at);
    if (count == words.size()) continue;
    if (count > longest.second || (count > 0 && count == longest.second && name->second < longest.first)) {
      longest = {name->second, count};
    }
  }
  return longest;
}

}  // namespace

std::optional<std::string> with_short_name(std::string_view text) {
  if (text.find('(') != std::string_view::npos) return std::nullopt;
  const std::vector<Word> words = words_with_offsets(text);
  const auto replaced = [&](std::size_t at, std::size_t count, const ShortName& name) {
    std::string out(text.substr(0, words[at].begin));
    out += count > 1 ? text.substr(words[at].begin, words[at + count - 1].end - words[at].begin) : in_full(name.words);
    out += " (";
    for (const char c : name.letters) out += capital(c);
    out += ')';
    return out += text.substr(words[at + count - 1].end);
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (const auto [name, count] = full_name_at(words, i); name != nullptr) return replaced(i, count, *name);
    if (words[i].form.size() < letters_least || words.size() == 1) continue;
    if (const ShortName* name = short_name(words[i].form)) return replaced(i, 1, *name);
  }
  return std::nullopt;
}

}  // namespace interdict::names
