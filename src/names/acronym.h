// The first letters of an organisation's words: International Monetary Fund, IMF. Private to the names room.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "names/names.h"

namespace interdict::names {

struct Acronym {
  std::string letters;     // lower case
  std::uint64_t mask = 0;  // the tokens they stand for, without a gap; 0 when there is no acronym
};

/// Of the whole name; of what stands before its other name in brackets, which analysis made a particle; or, where a
/// name gives an acronym of some of its words after them, of these: Islamic Revolutionary Guard Corps (IRGC) Navy.
[[nodiscard]] Acronym acronym_of(std::span<const Token> tokens);

/// Whether it looks like a short name: letters, three capitals at least among them (SPND, GosNIIOKhT).
[[nodiscard]] bool is_other_name(std::string_view text);

/// The token that is an acronym of those just before it, or their number: it says nothing more.
[[nodiscard]] std::size_t spelled_out(std::span<const Token> tokens);

}  // namespace interdict::names
