// The Ethiopic syllabary: each letter is a consonant and a vowel, or a consonant that may have none (the sixth order).
//
// Whether the sixth order is heard is not written. A consonant stands at the end of the syllable before it where it
// can, and takes a short vowel where it begins one of its own.
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "text/readers.h"

namespace interdict::text {
namespace {

/// The vowels of the eight orders.
using Orders = std::array<std::string_view, 8>;
constexpr Orders plain = {"e", "u", "i", "a", "e", "", "o", "wa"};
constexpr Orders guttural = {"a", "u", "i", "a", "e", "", "o", "wa"};
constexpr Orders rounded = {"o", "", "wi", "wa", "we", "u", "", ""};  // ጐ go, ኳ kwa, ቍ ku

/// Eight letters of one consonant. The glottal stop has no letter in Latin; ኘ is spelt as in Desalegn.
struct Row {
  std::string_view consonant;
  const Orders& vowels = plain;
};

constexpr Row rows[] = {
    {"h", guttural}, {"l"},          {"h", guttural}, {"m"},          {"s"},          {"r"},  {"s"},          {"sh"},
    {"k"},           {"k", rounded}, {"k"},           {"k", rounded}, {"b"},          {"v"},  {"t"},          {"ch"},
    {"h", guttural}, {"h", rounded}, {"n"},           {"gn"},         {"", guttural}, {"k"},  {"k", rounded}, {"h"},
    {"h", rounded},  {"w"},          {"", guttural},  {"z"},          {"zh"},         {"y"},  {"d"},          {"d"},
    {"j"},           {"g"},          {"g", rounded},  {"ng"},         {"t"},          {"ch"}, {"p"},          {"ts"},
    {"ts"},          {"f"},          {"p"},  // from U+1200
};
constexpr Row extended_rows[] = {{"sh"}, {"ch"}, {"z"}, {"ch"}, {"k"}, {"k"}, {"h"}, {"g"}};  // from U+2DA0

/// The supplement has four letters of each of these consonants, all of them rounded.
constexpr std::array<std::string_view, 4> supplement = {"m", "b", "f", "p"};
constexpr Orders supplement_vowels = {"we", "wi", "we", "wi"};

/// From U+2D80 one letter of each consonant, with the vowel oa.
constexpr auto extended = std::to_array<std::string_view>(
    {"l", "m", "r", "s", "sh", "b", "t", "ch", "n", "gn", "", "z", "d", "d", "j", "t", "ch", "p", "p"});

struct Letter {
  std::string_view consonant;
  std::string_view vowel;

  /// Of the sixth order.
  [[nodiscard]] bool is_bare() const { return vowel.empty(); }
  /// Whether it begins with its vowel, as it is spelt.
  [[nodiscard]] bool is_vowel() const { return consonant.empty() && !is_bare(); }
};

std::optional<Letter> letter_in(std::span<const Row> table, char32_t first, char32_t code) {
  if (code < first || (code - first) / 8 >= table.size()) return std::nullopt;
  const Row& row = table[(code - first) / 8];
  return Letter{row.consonant, row.vowels[(code - first) % 8]};
}

std::optional<Letter> letter_of(char32_t code) {
  if (code >= 0x1380 && code <= 0x138f) return Letter{supplement[(code - 0x1380) / 4], supplement_vowels[code % 4]};
  if (code >= 0x2d80 && code - 0x2d80 < extended.size()) return Letter{extended[code - 0x2d80], "oa"};
  if (const auto letter = letter_in(rows, 0x1200, code)) return letter;
  return letter_in(extended_rows, 0x2da0, code);
}

std::vector<Letter> letters_of(std::u32string_view run) {
  std::vector<Letter> letters;
  letters.reserve(run.size());
  for (const char32_t code : run) {
    if (const auto letter = letter_of(code)) letters.push_back(*letter);
  }
  return letters;
}

/// Whether two last consonants are spoken together: Work, Negest; not Yohannes, Shimelis, Mekonnen.
bool close_together(std::string_view consonant, std::string_view last) {
  if (consonant == "y" || consonant == "w") return true;
  if (last == "s") return consonant != "l" && consonant != "n";
  constexpr std::string_view open = "hlmnr";
  return last.empty() || open.find(last) == std::string_view::npos;
}

enum class Place : std::uint8_t { word_start, after_vowel, after_consonant };

/// What is heard after the bare consonant that `rest` begins with.
std::string_view short_vowel(std::span<const Letter> rest, Place place) {
  if (rest.size() == 1) return "";
  const std::string_view consonant = rest[0].consonant;
  const Letter& next = rest[1];
  if (next.is_vowel()) {
    if (next.vowel == "e") return "i";             // Daniel, Gebriel
    return place == Place::word_start ? "e" : "";  // Leul; Goitom
  }
  if (next.consonant == "y" && !next.is_bare() && !consonant.empty()) return "";  // Debretsion
  const auto is_st = [&](std::size_t at) {
    return at + 1 < rest.size() && rest[at].is_bare() && rest[at].consonant == "s" && rest[at + 1].consonant == "t";
  };
  if (place == Place::after_vowel) {
    if (rest.size() == 2 && next.is_bare()) return close_together(consonant, next.consonant) ? "" : "e";
    if (consonant == "s" && next.consonant == "h") return "e";  // Fisseha: no sh
    return is_st(1) ? "i" : "";                                 // Nigist
  }
  if (is_st(0)) return "";                                                         // Stefanos
  if (consonant == "r" && next.consonant == "h" && next.vowel == "a") return "a";  // Abraham
  if (consonant.empty()) return "e";                                               // Eskinder
  return consonant == "w" ? "u" : "i";                                             // Wubshet; Birhanu
}

/// A y beside a consonant is written i (Haile, Mariam), and not at all where an i or another y stands beside it.
std::string_view spell_y(std::span<const Letter> rest, Place place, std::string_view before) {
  if (place == Place::word_start) return "y";
  if (place == Place::after_consonant) return rest[0].is_bare() ? "y" : "i";
  if (!rest[0].is_bare() || rest.size() == 1 || rest[1].is_vowel()) return "y";  // Abiy
  return rest[1].consonant == "y" || before.ends_with('i') ? "" : "i";           // Isayas, Hiwot
}

}  // namespace

std::string read_ethiopic(std::u32string_view run) {
  const std::vector<Letter> letters = letters_of(run);
  std::string latin;
  Place place = Place::word_start;
  for (auto rest = std::span(letters); !rest.empty(); rest = rest.subspan(1)) {
    const Letter& letter = rest[0];
    std::string_view vowel = letter.is_bare() ? short_vowel(rest, place) : letter.vowel;
    // Wolde, Worku, but Werede.
    if (letter.consonant == "w" && vowel == "e" && rest.size() > 1 && rest[1].is_bare()) vowel = "o";
    latin += letter.consonant == "y" ? spell_y(rest, place, latin) : letter.consonant;
    latin += vowel;
    place = vowel.empty() ? Place::after_consonant : Place::after_vowel;
  }
  return latin;
}

}  // namespace interdict::text
