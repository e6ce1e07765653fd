// Scripts that are not read letter by letter: what stands beside a letter, or before or after it, says how it sounds.
// Private to the text room.
//
// Each function takes a run of letters and marks of its script, as NFKC_Casefold leaves them (Thai and Lao "am" in two
// code points, Indic letters with a nukta in two, half-width Kana made wide, nothing invisible), and gives it in plain
// lower-case Latin letters, spelt as people of that script spell their names. What it does not know is left out. Linear
// in the length of the run; any code points may be given.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace interdict::text {

/// Devanagari, Bengali, Gurmukhi, Gujarati, Oriya, Tamil, Telugu, Kannada, Malayalam, Sinhala.
[[nodiscard]] std::string read_indic(std::u32string_view run);
/// Thai has no sign for many vowels that are spoken: they are put where a syllable needs them.
[[nodiscard]] std::string read_thai(std::u32string_view run);
[[nodiscard]] std::string read_lao(std::u32string_view run);
/// Burmese names are words of one syllable: the syllables are separated by spaces.
[[nodiscard]] std::string read_burmese(std::u32string_view run);
[[nodiscard]] std::string read_khmer(std::u32string_view run);
/// Amharic, Tigrinya and others.
[[nodiscard]] std::string read_ethiopic(std::u32string_view run);
/// Hiragana and Katakana, in Hepburn's spelling without long vowels.
[[nodiscard]] std::string read_kana(std::u32string_view run);

// What the readers share.
[[nodiscard]] constexpr bool is_one_of(char32_t letter, std::u32string_view letters) {
  return letters.find(letter) != std::u32string_view::npos;
}
/// 0 past the end.
[[nodiscard]] constexpr char32_t letter_at(std::u32string_view run, std::size_t at) {
  return at < run.size() ? run[at] : U'\0';
}

}  // namespace interdict::text
