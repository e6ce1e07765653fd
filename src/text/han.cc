#include "text/han.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace interdict::text {
namespace {

// The characters of the basic plane, and of its first extension.
constexpr char32_t first = 0x3400;
constexpr char32_t last = 0x9fff;
constexpr std::size_t places = last - first + 1;

struct Syllable {
  std::string_view latin;
  std::u32string_view characters;
};

constexpr Syllable syllables[] = {
#include "text/han.inc"
};

constexpr std::u32string_view traditional_and_simplified =
#include "text/han_simplified.inc"
    ;

/// The number of each character's syllable, from 1; 0 for none.
constexpr auto syllable_numbers = [] {
  std::array<std::uint16_t, places> numbers{};
  std::uint16_t number = 0;
  for (const Syllable& syllable : syllables) {
    ++number;
    for (const char32_t character : syllable.characters) numbers.at(character - first) = number;
  }
  return numbers;
}();

/// 0 for a character that is no traditional one.
constexpr auto simplified = [] {
  std::array<std::uint16_t, places> forms{};
  for (std::size_t i = 0; i < traditional_and_simplified.size(); i += 2) {
    forms.at(traditional_and_simplified[i] - first) = static_cast<std::uint16_t>(traditional_and_simplified[i + 1]);
  }
  return forms;
}();

constexpr bool has_place(char32_t character) { return character >= first && character <= last; }

}  // namespace

std::string_view han_latin(char32_t character) {
  const std::size_t number = has_place(character) ? syllable_numbers[character - first] : 0;
  return number == 0 ? std::string_view() : syllables[number - 1].latin;
}

char32_t han_simplified(char32_t character) {
  const char32_t form = has_place(character) ? simplified[character - first] : 0;
  return form == 0 ? character : form;
}

}  // namespace interdict::text
