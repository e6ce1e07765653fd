// The first letters of an organisation's words: International Monetary Fund, IMF. Private to the names room.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "names/names.h"

namespace interdict::names {

struct Acronym {
  std::string letters;     // three to eight, lower case
  std::uint64_t mask = 0;  // the tokens they stand for, without a gap; 0 when there is no acronym
};

/// Of the whole name; or, where a name gives an acronym of some of its words after them, of these: Islamic
/// Revolutionary Guard Corps (IRGC) Navy.
[[nodiscard]] Acronym acronym_of(std::span<const Token> tokens);

/// The token that is an acronym of those just before it, or their number: it says nothing more.
[[nodiscard]] std::size_t spelled_out(std::span<const Token> tokens);

}  // namespace interdict::names
