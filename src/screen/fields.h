// Queries as people and programs write them, checked strictly: an unknown field, country, schema or impossible date is
// an error that names it, never ignored.
#pragma once

#include <string_view>

#include "screen/screen.h"

namespace interdict::screen {

/// Adds one value to a query's field by its name (schema, name, alias, birth_date, country, gender, id_number,
/// address). Several values are split by ';' except in name, schema and address. UTF-8; cleaned of control characters.
[[nodiscard]] Result<void> set_field(Query& query, std::string_view field, std::string_view value);

/// The fields that set_field knows.
[[nodiscard]] std::vector<std::string> field_names();

}  // namespace interdict::screen
