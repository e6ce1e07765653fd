#include "screen/fields.h"

#include <fmt/format.h>

#include <functional>

#include "text/text.h"

namespace interdict::screen {
namespace {

using Setter = std::function<Result<void>(Query&, const std::string&)>;

struct Field {
  std::string_view name;
  bool several;  // values split by ';'
  Setter set;
};

Error wrong(std::string message) { return {Fault::bad_usage, std::move(message), {}}; }

Result<void> set_schema(Query& query, const std::string& value) {
  if (!is_matchable(value)) {
    return wrong(fmt::format(
        "unknown schema '{}' (Person, Company, Organization, LegalEntity, Vessel, Airplane, Thing, ...)", value));
  }
  query.schema = value;
  return {};
}

Result<void> add_birth_date(Query& query, const std::string& value) {
  const auto date = PartialDate::parse(value);
  if (!date) return wrong(fmt::format("birth_date '{}' is no date (YYYY, YYYY-MM or YYYY-MM-DD)", value));
  query.birth_dates.push_back(*date);
  return {};
}

Result<void> add_country(Query& query, const std::string& value) {
  auto code = text::country_code(value);
  if (!code) return wrong(fmt::format("unknown country '{}'", value));
  query.countries.push_back(std::move(*code));
  return {};
}

Result<void> add_gender(Query& query, const std::string& value) {
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

Setter adds_to(std::vector<std::string> Query::* list) {
  return [list](Query& query, const std::string& value) -> Result<void> {
    (query.*list).push_back(value);
    return {};
  };
}

const std::vector<Field>& known_fields() {
  static const std::vector<Field> all = {
      {"schema", false, set_schema},
      {"name", false, adds_to(&Query::names)},
      {"alias", true, adds_to(&Query::aliases)},
      {"birth_date", true, add_birth_date},
      {"country", true, add_country},
      {"gender", true, add_gender},
      {"id_number", true, adds_to(&Query::id_numbers)},
      {"address", false, adds_to(&Query::addresses)},
  };
  return all;
}

}  // namespace

Result<void> set_field(Query& query, std::string_view field, std::string_view value) {
  for (const Field& known : known_fields()) {
    if (known.name != field) continue;
    while (!value.empty()) {
      const std::size_t end = known.several ? value.find(';') : std::string_view::npos;
      const std::string_view one = value.substr(0, end);
      if (!text::is_valid_utf8(one)) return wrong(fmt::format("{} is not valid UTF-8", field));
      const std::string clean = text::clean(one);
      if (!clean.empty()) {
        if (auto set = known.set(query, clean); !set) return set;
      }
      value = end == std::string_view::npos ? std::string_view{} : value.substr(end + 1);
    }
    return {};
  }
  return wrong(fmt::format("unknown field '{}'", field));
}

std::vector<std::string> field_names() {
  std::vector<std::string> out;
  for (const Field& field : known_fields()) out.emplace_back(field.name);
  return out;
}

}  // namespace interdict::screen
