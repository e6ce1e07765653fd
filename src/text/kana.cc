// The two Japanese syllabaries, which differ only in the shape of their letters, in Hepburn's spelling as passports
// have it: no long o and u, a doubled consonant written twice, m before b, m and p.
//
// Foreign names are written in Katakana with a vowel behind every consonant. Where the signs of a word show that it is
// foreign, those that nobody hears are left out.
#include <algorithm>
#include <array>
#include <span>
#include <utility>
#include <vector>

#include "text/readers.h"

namespace interdict::text {
namespace {

constexpr char32_t first_letter = U'ぁ';
constexpr char32_t last_letter = U'ゖ';
constexpr char32_t length_mark = U'ー';
constexpr char32_t voiced_mark = 0x3099;
constexpr char32_t half_voiced_mark = 0x309a;
constexpr char32_t to_katakana = U'ァ' - U'ぁ';

/// From the first letter to the last, a small one before its own full form, a voiced one behind its voiceless one.
constexpr auto spellings = std::to_array<std::string_view>({
    "a",  "a",  "i",  "i",  "u",   "u",  "e",  "e",  "o",  "o",  "ka", "ga", "ki", "gi", "ku",  "gu", "ke", "ge",
    "ko", "go", "sa", "za", "shi", "ji", "su", "zu", "se", "ze", "so", "zo", "ta", "da", "chi", "ji", "",   "tsu",
    "zu", "te", "de", "to", "do",  "na", "ni", "nu", "ne", "no", "ha", "ba", "pa", "hi", "bi",  "pi", "fu", "bu",
    "pu", "he", "be", "pe", "ho",  "bo", "po", "ma", "mi", "mu", "me", "mo", "ya", "ya", "yu",  "yu", "yo", "yo",
    "ra", "ri", "ru", "re", "ro",  "wa", "wa", "i",  "e",  "o",  "n",  "vu", "ka", "ga",
});
static_assert(spellings.size() == last_letter - first_letter + 1);

constexpr bool is_in(std::string_view sound, std::initializer_list<std::string_view> sounds) {
  return std::ranges::find(sounds, sound) != sounds.end();
}
constexpr bool is_small_vowel(char32_t letter) { return is_one_of(letter, U"ぁぃぅぇぉ"); }
constexpr bool is_small_glide(char32_t letter) { return is_one_of(letter, U"ゃゅょゎ"); }

char32_t voiced(char32_t letter) {
  if (letter == U'う') return U'ゔ';
  return is_one_of(letter, U"かきくけこさしすせそたちつてとはひふへほ") ? letter + 1 : letter;
}
char32_t half_voiced(char32_t letter) { return is_one_of(letter, U"はひふへほ") ? letter + 2 : letter; }

/// As Hiragana, each letter with its mark in one and what an iteration mark stands for in its place. The mark of a long
/// vowel stays.
std::u32string letters_of(std::u32string_view run) {
  std::u32string letters;
  letters.reserve(run.size());
  for (const char32_t code : run) {
    const char32_t letter =
        code >= first_letter + to_katakana && code <= last_letter + to_katakana ? code - to_katakana : code;
    if ((letter >= first_letter && letter <= last_letter) || letter == length_mark) {
      letters += letter;
    } else if (letters.empty()) {
      continue;
    } else if (code == voiced_mark) {
      letters.back() = voiced(letters.back());
    } else if (code == half_voiced_mark) {
      letters.back() = half_voiced(letters.back());
    } else if (is_one_of(code, U"ゝヽ")) {
      letters += letters.back();
    } else if (is_one_of(code, U"ゞヾ")) {
      letters += voiced(letters.back());
    }
  }
  return letters;
}

/// A consonant and a vowel, either of which may be missing.
struct Mora {
  std::string_view consonant;
  std::string_view glide;
  std::string_view vowel;
  bool is_double = false;
  bool is_long = false;
};

Mora mora_of(char32_t letter) {
  const std::string_view spelling = spellings[letter - first_letter];
  if (letter == U'ん') return {spelling, "", ""};
  return {spelling.substr(0, spelling.size() - 1), "", spelling.substr(spelling.size() - 1)};
}

/// A small letter gives the one before it its own vowel: kya, sha, fa, ti, kwa, wi.
void join_small(Mora& mora, char32_t letter) {
  const Mora small = mora_of(letter);
  const bool is_palatal = is_in(mora.consonant, {"sh", "ch", "j"});
  if (is_small_glide(letter)) {
    mora.glide = is_palatal ? "" : small.consonant;
  } else if (mora.vowel == "u" && is_in(mora.consonant, {"", "k", "g"})) {
    mora.glide = "w";
  } else if (mora.vowel == "i" && !is_palatal) {
    mora.glide = "y";
  }
  mora.vowel = small.vowel;
}

/// Whether the letter that `rest` begins with makes the vowel before it long. One that a vowel follows in its own right
/// does not: Inoue, Godwin.
bool lengthens(std::u32string_view rest, const Mora& before) {
  const char32_t next = letter_at(rest, 1);
  const char32_t after = letter_at(rest, 2);
  if (rest[0] == length_mark) return true;
  if (before.is_long || is_small_vowel(next)) return false;
  if (rest[0] == U'お') return before.vowel == "o";
  return rest[0] == U'う' && is_in(before.vowel, {"o", "u"}) && (next != U'え' || after == U'い');
}

std::vector<Mora> moras_of(std::u32string_view letters) {
  std::vector<Mora> moras;
  moras.reserve(letters.size());
  bool is_double = false;
  for (std::size_t at = 0; at < letters.size(); ++at) {
    const char32_t letter = letters[at];
    if (!moras.empty() && lengthens(letters.substr(at), moras.back())) {
      moras.back().is_long = true;
    } else if (letter == U'っ') {
      is_double = true;
    } else if (!moras.empty() && !moras.back().is_long && (is_small_glide(letter) || is_small_vowel(letter))) {
      join_small(moras.back(), letter);
    } else if (letter != length_mark) {
      Mora mora = mora_of(letter);
      mora.is_double = std::exchange(is_double, false);
      // Namba.
      if (!moras.empty() && moras.back().vowel.empty() && is_in(mora.consonant, {"b", "m", "p"})) {
        moras.back().consonant = "m";
      }
      moras.push_back(mora);
    }
  }
  return moras;
}

/// No Japanese name ends so, but Frank, Hans, Jack, Bush, Aleksandr, Berg and Schulz do.
constexpr auto foreign_endings =
    std::to_array<std::u32string_view>({U"ど", U"ふ", U"んぷ", U"んく", U"んぐ", U"んす", U"んず", U"っく", U"っと",
                                        U"っしゅ", U"どる", U"るく", U"るぐ", U"るす", U"るつ"});

/// Whether a word in Katakana has signs that no Japanese name needs.
bool is_foreign(std::u32string_view letters) {
  char32_t before = 0;
  for (const char32_t letter : letters) {
    if (letter == length_mark || letter == U'ゔ' || is_small_vowel(letter)) return true;
    if (is_one_of(letter, U"ぱぴぷぺぽ") && !is_one_of(before, U"っん")) return true;
    if (before == U'っ' && is_one_of(letter, U"がぐげござじずぜぞだでどばびぶべぼはひふへほ")) return true;
    if (letter == U'ゅ' && is_one_of(before, U"てでふ")) return true;
    before = letter;
  }
  return std::ranges::any_of(foreign_endings, [&](auto ending) { return letters.ends_with(ending); });
}

/// Whether Japanese writes its consonant with this vowel where a foreign word has none.
bool has_helping_vowel(const Mora& mora) {
  if (mora.is_long || !mora.glide.empty()) return false;
  if (mora.vowel == "o") return is_in(mora.consonant, {"t", "d"});
  return mora.vowel == "u" && is_in(mora.consonant, {"b", "f", "g", "k", "m", "p", "r", "s", "sh", "ts", "v", "z"});
}

/// Whether words begin with these two consonants: Stalin, Smith, Clinton, Prigozhin.
bool begin_together(std::string_view first, std::string_view second) {
  if (first == "s") return is_in(second, {"k", "m", "n", "p", "t"});
  return second == "r" && is_in(first, {"b", "d", "f", "g", "k", "p", "t", "v"});
}

/// `after_silent`: one of three consonants keeps its vowel (Stoltenberg).
bool is_silent(std::span<const Mora> word, std::size_t at, bool after_silent) {
  const Mora& mora = word[at];
  if (at + 1 == word.size()) {
    const bool is_slavic = mora.consonant == "ch" && mora.vowel == "i" && at > 0 && word[at - 1].vowel == "i";
    return at > 0 && (is_slavic || has_helping_vowel(mora));  // Milosevic
  }
  const Mora& next = word[at + 1];
  if (!has_helping_vowel(mora) || next.consonant.empty() || next.vowel.empty() || next.is_double) return false;
  return at == 0 ? begin_together(mora.consonant, next.consonant) : !after_silent;
}

std::string spell(std::span<const Mora> word, bool foreign) {
  std::string latin;
  bool silent = false;
  for (std::size_t at = 0; at < word.size(); ++at) {
    const auto& [consonant, glide, vowel, is_double, is_long] = word[at];
    silent = foreign && is_silent(word, at, silent);
    if (is_double && !foreign) latin += consonant == "ch" ? "t" : consonant.substr(0, 1);
    // Lavrov, Prokofiev.
    const bool is_slavic = silent && at + 1 == word.size() && consonant == "f" && is_in(word[at - 1].vowel, {"e", "o"});
    latin += is_slavic ? "v" : consonant;
    latin += glide;
    if (!silent) latin += vowel;
  }
  return latin;
}

}  // namespace

std::string read_kana(std::u32string_view run) {
  const std::u32string letters = letters_of(run);
  const bool is_katakana = std::ranges::none_of(run, [](char32_t code) { return code <= last_letter; });
  return spell(moras_of(letters), is_katakana && is_foreign(letters));
}

}  // namespace interdict::text
