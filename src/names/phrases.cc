// Phrases that say one thing in several words, and the short forms that stand for them, as tools/learn_names.py writes
// them.
#include <string>

#include "names/words.h"

namespace interdict::names {
namespace {

// More words first.
constexpr Phrase known_phrases[] = {
#include "names/phrases.inc"
};

bool is_full_vowel(char c) { return c == 'a' || c == 'e' || c == 'o' || c == 'u'; }
bool is_glide(char c) { return c == 'i' || c == 'j' || c == 'y'; }

}  // namespace

std::string any_romanisation(std::string_view word) {
  if (word.size() < 6) return std::string(word);
  std::string out;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const auto rest = word.substr(i);
    const bool first = out.empty();
    if (is_glide(word[i])) {
      std::size_t end = i;
      while (end < word.size() && is_glide(word[end])) ++end;
      const bool at_vowel = end == word.size() || is_full_vowel(word[end]) || (i > 0 && is_full_vowel(word[i - 1]));
      if (first || !at_vowel) out += first && at_vowel ? 'y' : word[i];
      i = end - 1;
    } else if (rest.starts_with("shch")) {
      out += "sh";
      i += 3;
    } else if (rest.starts_with("sch")) {
      out += "sh";
      i += 2;
    } else if (rest.starts_with("kh")) {
      out += 'h';
      ++i;
    } else if (rest.starts_with("ts") || rest.starts_with("tz")) {
      out += 'c';
      ++i;
    } else if (rest.starts_with("ks")) {
      out += 'x';
      ++i;
    } else if (first || word[i] != word[i - 1] || is_full_vowel(word[i])) {
      out += word[i];
    }
  }
  return out;
}

const Phrases& plain_phrases() {
  static const Phrases made{known_phrases};
  return made;
}

}  // namespace interdict::names
