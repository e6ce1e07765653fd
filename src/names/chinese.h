// Chinese names in other letters than their own: pinyin, Wade-Giles, and Palladius' Cyrillic. Private to the names
// room.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace interdict::names {

/// A form read as Chinese syllables.
struct ChineseReading {
  std::string wade_giles;  // without marks of breath, which lists leave out; empty if it cannot be read so
  bool is_pinyin = false;  // written so; else in Wade-Giles
};

/// Reads one to three syllables written together (a name has no more), with pinyin where both are possible.
[[nodiscard]] ChineseReading read_chinese(std::string_view form);

/// The pinyin of one to three syllables written together in Cyrillic by the system of Palladius (1888), in UTF-8 and
/// either case; nothing if it cannot be read so.
[[nodiscard]] std::optional<std::string> read_palladius(std::string_view word);

}  // namespace interdict::names
