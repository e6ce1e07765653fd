// Letters of one alphabet written in words of another, which the eye cannot tell: slips of the keyboard, or there so
// that a name is not found. The pairs are of Unicode's confusables (UTS 39), those that are one shape in most fonts.
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

#include "text/text.h"

namespace interdict::text {
namespace {

struct Pair {
  char32_t other;
  char latin;
};

constexpr std::array cyrillic = std::to_array<Pair>({
    {U'А', 'A'}, {U'В', 'B'}, {U'Е', 'E'}, {U'К', 'K'}, {U'М', 'M'}, {U'Н', 'H'}, {U'О', 'O'}, {U'Р', 'P'}, {U'С', 'C'},
    {U'Т', 'T'}, {U'У', 'Y'}, {U'Х', 'X'}, {U'а', 'a'}, {U'е', 'e'}, {U'к', 'k'}, {U'о', 'o'}, {U'р', 'p'}, {U'с', 'c'},
    {U'у', 'y'}, {U'х', 'x'}, {U'І', 'I'}, {U'Ј', 'J'}, {U'Ѕ', 'S'}, {U'і', 'i'}, {U'ј', 'j'}, {U'ѕ', 's'},
});
constexpr std::array greek = std::to_array<Pair>({
    {U'Α', 'A'},
    {U'Β', 'B'},
    {U'Ε', 'E'},
    {U'Ζ', 'Z'},
    {U'Η', 'H'},
    {U'Ι', 'I'},
    {U'Κ', 'K'},
    {U'Μ', 'M'},
    {U'Ν', 'N'},
    {U'Ο', 'O'},
    {U'Ρ', 'P'},
    {U'Τ', 'T'},
    {U'Υ', 'Y'},
    {U'Χ', 'X'},
    {U'ο', 'o'},
    {U'ν', 'v'},
});

struct WrittenLetter {
  char32_t code;
  std::size_t word;  // its number, or none for what is no letter
};
constexpr std::size_t none = static_cast<std::size_t>(-1);

bool is_latin(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }
bool is_cyrillic(char32_t c) { return c >= 0x400 && c <= 0x52f; }
bool is_greek(char32_t c) { return c >= 0x370 && c <= 0x3ff; }

/// What is known of a word, or of all words.
struct Seen {
  std::size_t letters = 0;
  bool latin = false;
  bool sure_latin = false;  // a Latin letter that looks like none of the other alphabet
  bool other = false;
  bool sure_other = false;
};

template <std::size_t N>
std::string exchange(const std::vector<WrittenLetter>& text, std::size_t words, const std::array<Pair, N>& pairs,
                     bool (*is_other)(char32_t)) {
  const auto by_other = [&](char32_t c) { return std::ranges::find(pairs, c, &Pair::other); };
  const auto by_latin = [&](char32_t c) {
    return std::ranges::find_if(pairs, [c](const Pair& p) { return static_cast<char32_t>(p.latin) == c; });
  };
  std::vector<Seen> seen(words);
  for (const WrittenLetter& letter : text) {
    if (letter.word == none) continue;
    Seen& word = seen[letter.word];
    ++word.letters;
    if (is_latin(letter.code)) {
      word.latin = true;
      word.sure_latin = word.sure_latin || by_latin(letter.code) == pairs.end();
    } else if (is_other(letter.code)) {
      word.other = true;
      word.sure_other = word.sure_other || by_other(letter.code) == pairs.end();
    }
  }
  const bool hidden = std::ranges::any_of(seen, [](const Seen& w) { return w.latin && w.other && !w.sure_other; });
  const bool all_other = std::ranges::all_of(seen, [](const Seen& w) { return w.other || w.letters == 1; });
  icu::UnicodeString out;
  for (const WrittenLetter& letter : text) {
    char32_t code = letter.code;
    if (letter.word != none) {
      const Seen& word = seen[letter.word];
      const bool to_latin = word.other && !word.sure_other && (word.latin || hidden);
      const bool to_other =
          word.latin && !word.sure_latin && (word.sure_other || (!word.other && all_other && !hidden));
      if (to_latin && is_other(code)) code = static_cast<char32_t>(by_other(code)->latin);
      if (to_other && is_latin(code)) code = by_latin(code)->other;
    }
    out.append(static_cast<UChar32>(code));
  }
  std::string bytes;
  return out.toUTF8String(bytes);
}

}  // namespace

std::string without_lookalikes(std::string_view text) {
  std::vector<WrittenLetter> letters;
  std::size_t words = 0;
  bool in_word = false;
  bool any_latin = false;
  bool any_cyrillic = false;
  bool any_greek = false;
  const icu::UnicodeString units = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
  for (std::int32_t at = 0; at < units.length(); at = units.moveIndex32(at, 1)) {
    const UChar32 point = units.char32At(at);
    const auto code = static_cast<char32_t>(point);
    const bool goes_on = u_isalpha(point) != 0 || (U_GET_GC_MASK(point) & U_GC_M_MASK) != 0;
    if (goes_on && !in_word) ++words;
    in_word = goes_on;
    letters.push_back({code, goes_on ? words - 1 : none});
    any_latin = any_latin || is_latin(code);
    any_cyrillic = any_cyrillic || is_cyrillic(code);
    any_greek = any_greek || is_greek(code);
  }
  if (!any_latin || any_cyrillic == any_greek) return std::string(text);
  return any_cyrillic ? exchange(letters, words, cyrillic, is_cyrillic) : exchange(letters, words, greek, is_greek);
}

}  // namespace interdict::text
