// What a part of a name counts. Private to the names room.
#pragma once

#include <cstddef>
#include <span>

#include "names/names.h"

namespace interdict::names {

/// Neither here nor there: particles, titles, legal forms.
[[nodiscard]] bool is_minor(Role role);
/// Whether an earlier token has the same form.
[[nodiscard]] bool is_repeated(std::span<const Token> tokens, std::size_t at);
/// Sets the weight of each token by its role, and by how rare it is.
void weigh(std::span<Token> tokens, Kind kind);
[[nodiscard]] Pool pool_of(const Token& token, Kind kind);

}  // namespace interdict::names
