// Queries read from a table.
#pragma once

#include <string_view>

#include "app/table.h"
#include "screen/screen.h"

namespace interdict::app {

/// Columns of a batch file.
[[nodiscard]] const std::vector<std::string>& required_columns();
[[nodiscard]] const std::vector<std::string>& optional_columns();

/// The row the reader stands on. A row without a name and without an id number asks nothing: an Error.
[[nodiscard]] Result<screen::Query> query_of(const TableReader& row);

}  // namespace interdict::app
