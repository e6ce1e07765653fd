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

void add_query_fields(CLI::App& verb, const std::shared_ptr<QueryOptions>& options) {
  const auto field = [&](const char* flag, const char* column, const char* help) {
    verb.add_option_function<std::vector<std::string>>(
        flag,
        [options, column](const std::vector<std::string>& values) {
          for (const std::string& value : values) options->fields.emplace_back(column, value);
        },
        help);
  };
  field("--schema", "schema",
        "FollowTheMoney schema: Person, Company, Organization, Vessel, Airplane, ... (default: any)");
  field("--alias", "alias", "Another name of the same party");
  field("--birth-date", "birth_date", "YYYY, YYYY-MM or YYYY-MM-DD");
  field("--country", "country", "Nationality, residence, jurisdiction or flag: a code or a name");
  field("--gender", "gender", "male, female or other");
  field("--id-number", "id_number", "Passport, tax, registration, IMO, tail number, BIC, LEI, wallet, ...");
  field("--address", "address", "An address");
}

Result<screen::Query> query_of(std::string_view id, const QueryOptions& options) {
  screen::Query query;
  query.id = id;
  if (auto set = screen::set_field(query, "name", options.name); !set) return set.error();
  for (const auto& [column, value] : options.fields) {
    if (auto set = screen::set_field(query, column, value); !set) return set.error();
  }
  if (query.names.empty() && query.id_numbers.empty()) {
    return Error{Fault::bad_usage, "nothing to screen: give a name or --id-number", {}};
  }
  return query;
}

}  // namespace interdict::app
