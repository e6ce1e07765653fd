// The text room: Unicode in, comparable forms out. The only room that knows ICU. All functions are pure and
// thread-safe; all text is UTF-8; no function throws.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace interdict::text {

/// Inline, and a word at a time: most text is ASCII, and most ways through this room are short for it.
[[nodiscard]] inline bool is_ascii(std::string_view text) {
  const auto word = [&](std::size_t at) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    return bytes;
  };
  std::uint64_t all = 0;
  if (text.size() < sizeof all) {
    for (const char c : text) all |= static_cast<unsigned char>(c);
  } else {
    for (std::size_t at = 0; at + sizeof all < text.size(); at += sizeof all) all |= word(at);
    all |= word(text.size() - sizeof all);  // the last ones, some of them twice
  }
  return (all & 0x8080808080808080U) == 0;
}

[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
/// One at least, and nothing else.
[[nodiscard]] constexpr bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

/// Byte offset of the first malformed sequence, or nothing.
[[nodiscard]] std::optional<std::size_t> first_invalid_utf8(std::string_view text);
[[nodiscard]] inline bool is_valid_utf8(std::string_view text) { return is_ascii(text) || !first_invalid_utf8(text); }

/// NFC, control and format characters and outer white space removed, runs of white space made one space. For values
/// that are stored and shown: spelling, case and script stay. Requires valid UTF-8 (asserted).
[[nodiscard]] std::string clean(std::string_view text);

/// ISO 15924 code of the script most letters are in ("Latn", "Cyrl", "Arab", "Hani", ...); empty when there are no
/// letters.
[[nodiscard]] std::string_view script(std::string_view text);

/// Lower-case Latin letters and digits separated by single spaces: transliterated, marks and apostrophes removed,
/// hyphens and other punctuation made spaces. ASCII except for letters no transliteration covers. Requires valid UTF-8
/// (asserted).
[[nodiscard]] std::string fold(std::string_view text);

/// Latin letters in Cyrillic or Greek words that look like letters of these, and the other way about, brought to the
/// alphabet of the word; where a word hides such letters among Latin ones, words of nothing else are taken for Latin
/// too. Requires valid UTF-8.
[[nodiscard]] std::string without_lookalikes(std::string_view text);

/// Equal for texts written with the same words in any order, but for case, marks and punctuation: nothing is
/// transliterated. Texts of other words differ but by chance.
[[nodiscard]] std::uint64_t words_signature(std::string_view text);

/// The code point of a text that is one Han character (its simplified form) or one Hangul syllable; else 0.
[[nodiscard]] std::uint32_t syllable_of(std::string_view text);

/// Levenshtein distance in bytes, or `limit` + 1 once it is certain to exceed `limit`.
[[nodiscard]] int edit_distance(std::string_view left, std::string_view right, int limit);

/// ISO 3166-1 alpha-2 in lower case from a code or a name in English, in other official languages, or as lists spell it
/// ("Korea, North", "Burma", "Russian Federation", "Беларусь"); nothing when unknown.
[[nodiscard]] std::optional<std::string> country_code(std::string_view text);
/// English short name of an alpha-2 code, empty when unknown.
[[nodiscard]] std::string_view country_name(std::string_view code);
/// ISO 639-3 from a two- or three-letter code or an English name; nothing when unknown.
[[nodiscard]] std::optional<std::string> language_code(std::string_view text);

}  // namespace interdict::text
