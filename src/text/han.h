// What a Han character reads as, from tables made once of Unicode's CLDR. Private to the text room.
#pragma once

#include <string_view>

namespace interdict::text {

/// Its Mandarin syllable in plain Latin letters, no tone; empty for one that the table does not hold.
[[nodiscard]] std::string_view han_latin(char32_t character);
/// The simplified form of a traditional character; itself for any other.
[[nodiscard]] char32_t han_simplified(char32_t character);

}  // namespace interdict::text
