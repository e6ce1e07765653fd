// The FollowTheMoney vocabulary, as far as listed parties and queries for them go.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace interdict::serve::vocabulary {

struct Property {
  std::string_view schema;  // that has it first; its descendants have it too
  std::string_view name;
  std::string_view type;  // "name", "date", "country", "identifier", "entity", ...
};
[[nodiscard]] std::span<const Property> properties();
/// A property of that name of any schema; null when the vocabulary has none.
[[nodiscard]] const Property* find_property(std::string_view name);

struct Schema {
  std::string_view name;
  std::string_view plural;
  bool listed;  // lists hold such entities, so that they can be matched
};
[[nodiscard]] std::span<const Schema> schemata();
[[nodiscard]] const Schema* find_schema(std::string_view name);
/// Whether every `special` is a `general`: a Company is an Organization, a LegalEntity, an Asset and a Thing.
[[nodiscard]] bool is_a(std::string_view special, std::string_view general);

/// "birthDate" → "Birth date".
[[nodiscard]] std::string label(std::string_view camel_case);

}  // namespace interdict::serve::vocabulary
