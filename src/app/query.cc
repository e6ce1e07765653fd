#include "app/query.h"

#include <fmt/format.h>

#include <functional>

#include "text/text.h"

namespace interdict::app {
namespace {

using Setter = std::function<Result<void>(screen::Query&, const std::string&)>;

struct Column {
  std::string_view name;
  bool several;  // values split by ';'
  Setter set;
};

Error wrong(std::string message) { return {Fault::bad_usage, std::move(message), {}}; }

Result<void> set_schema(screen::Query& query, const std::string& value) {
  if (!is_matchable(value)) {
    return wrong(fmt::format(
        "unknown schema '{}' (Person, Company, Organization, LegalEntity, Vessel, Airplane, Thing, ...)", value));
  }
  query.schema = value;
  return {};
}

Result<void> add_birth_date(screen::Query& query, const std::string& value) {
  const auto date = PartialDate::parse(value);
  if (!date) return wrong(fmt::format("birth_date '{}' is no date (YYYY, YYYY-MM or YYYY-MM-DD)", value));
  query.birth_dates.push_back(*date);
  return {};
}

Result<void> add_country(screen::Query& query, const std::string& value) {
  auto code = text::country_code(value);
  if (!code) return wrong(fmt::format("unknown country '{}'", value));
  query.countries.push_back(std::move(*code));
  return {};
}

Result<void> add_gender(screen::Query& query, const std::string& value) {
  const std::string folded = text::fold(value);
  if (folded == "m" || folded == "male") {
    query.genders.emplace_back("male");
  } else if (folded == "f" || folded == "female") {
    query.genders.emplace_back("female");
  } else if (folded == "other" || folded == "x") {
    query.genders.emplace_back("other");
  } else {
    return wrong(fmt::format("unknown gender '{}' (male, female, other)", value));
  }
  return {};
}

Setter adds_to(std::vector<std::string> screen::Query::* list) {
  return [list](screen::Query& query, const std::string& value) -> Result<void> {
    (query.*list).push_back(value);
    return {};
  };
}

const std::vector<Column>& columns() {
  static const std::vector<Column> all = {
      {"schema", false, set_schema},
      {"name", false, adds_to(&screen::Query::names)},
      {"alias", true, adds_to(&screen::Query::aliases)},
      {"birth_date", true, add_birth_date},
      {"country", true, add_country},
      {"gender", true, add_gender},
      {"id_number", true, adds_to(&screen::Query::id_numbers)},
      {"address", false, adds_to(&screen::Query::addresses)},
  };
  return all;
}

}  // namespace

Result<void> set_field(screen::Query& query, std::string_view column, std::string_view value) {
  for (const Column& known : columns()) {
    if (known.name != column) continue;
    while (!value.empty()) {
      const std::size_t end = known.several ? value.find(';') : std::string_view::npos;
      const std::string_view one = value.substr(0, end);
      if (!text::is_valid_utf8(one)) return wrong(fmt::format("{} is not valid UTF-8", column));
      const std::string clean = text::clean(one);
      if (!clean.empty()) {
        if (auto set = known.set(query, clean); !set) return set;
      }
      value = end == std::string_view::npos ? std::string_view{} : value.substr(end + 1);
    }
    return {};
  }
  return wrong(fmt::format("unknown field '{}'", column));
}

const std::vector<std::string>& required_columns() {
  static const std::vector<std::string> required = {"id", "name"};
  return required;
}

const std::vector<std::string>& optional_columns() {
  static const std::vector<std::string> optional = [] {
    std::vector<std::string> out;
    for (const Column& column : columns()) {
      if (column.name != "name") out.emplace_back(column.name);
    }
    return out;
  }();
  return optional;
}

Result<screen::Query> query_of(const TableReader& row) {
  screen::Query query;
  query.id = row.field("id");
  for (const Column& column : columns()) {
    if (auto set = set_field(query, column.name, row.field(column.name)); !set) {
      return Error{set.error().fault, set.error().message, row.place()};
    }
  }
  if (query.names.empty() && query.aliases.empty() && query.id_numbers.empty()) {
    return Error{Fault::bad_usage, "neither a name nor an id number", row.place()};
  }
  return query;
}

}  // namespace interdict::app
