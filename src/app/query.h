// Queries read from a table or from options.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/table.h"
#include "screen/screen.h"

namespace interdict::app {

/// Columns of a batch file.
[[nodiscard]] const std::vector<std::string>& required_columns();
[[nodiscard]] const std::vector<std::string>& optional_columns();

/// The row the reader stands on. A row without a name and without an id number asks nothing: an Error.
[[nodiscard]] Result<screen::Query> query_of(const TableReader& row);

/// One party as its options describe it.
struct QueryOptions {
  std::string name;
  std::vector<std::pair<std::string, std::string>> fields;  // column, value
};
/// --schema, --alias, --birth-date, ...
void add_query_fields(CLI::App& verb, const std::shared_ptr<QueryOptions>& options);
/// Without a name and without an id number it asks nothing: an Error.
[[nodiscard]] Result<screen::Query> query_of(std::string_view id, const QueryOptions& options);

}  // namespace interdict::app
