#include "app/query.h"

#include "screen/fields.h"

namespace interdict::app {

const std::vector<std::string>& required_columns() {
  static const std::vector<std::string> required = {"id", "name"};
  return required;
}

const std::vector<std::string>& optional_columns() {
  static const std::vector<std::string> optional = [] {
    std::vector<std::string> out = screen::field_names();
    std::erase(out, "name");
    return out;
  }();
  return optional;
}

Result<screen::Query> query_of(const TableReader& row) {
  screen::Query query;
  query.id = row.field("id");
  for (const std::string& field : screen::field_names()) {
    if (auto set = screen::set_field(query, field, row.field(field)); !set) {
      return Error{set.error().fault, set.error().message, row.place()};
    }
  }
  if (query.names.empty() && query.aliases.empty() && query.id_numbers.empty()) {
    return Error{Fault::bad_usage, "neither a name nor an id number", row.place()};
  }
  return query;
}

}  // namespace interdict::app
