// Surnames of one stem and another ending are other families' names: Petrov, Petrenko; Salvi, Salvini.
#pragma once

#include <string_view>

namespace interdict::names {

/// Whether two forms have one stem and endings that make other surnames of it; never where one letter differs.
[[nodiscard]] bool are_other_surnames(std::string_view left, std::string_view right);

/// The length of an ending that both forms have and that many names have (Nasiruddin, Badruddin), or 0: what is alike
/// is then in the stems.
[[nodiscard]] std::size_t shared_ending(std::string_view left, std::string_view right);

}  // namespace interdict::names
