// Queries as typed or read from a file, checked strictly: an unknown field, country, schema or impossible date is an
// error that names it, never ignored.
#pragma once

#include <string_view>

#include "app/table.h"
#include "screen/screen.h"

namespace interdict::app {

/// Adds one value to a query's field by its column name (schema, name, alias, birth_date, country, gender, id_number,
/// address). Several values are split by ';' except in name, schema and address.
[[nodiscard]] Result<void> set_field(screen::Query& query, std::string_view column, std::string_view value);

/// Columns of a batch file.
[[nodiscard]] const std::vector<std::string>& required_columns();
[[nodiscard]] const std::vector<std::string>& optional_columns();

/// The row the reader stands on. A row without a name and without an id number asks nothing: an Error.
[[nodiscard]] Result<screen::Query> query_of(const TableReader& row);

}  // namespace interdict::app
