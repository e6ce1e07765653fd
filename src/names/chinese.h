// Chinese names in Latin letters: pinyin and Wade-Giles. Private to the names room.
#pragma once

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

}  // namespace interdict::names
