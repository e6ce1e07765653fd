#include <map>

#include "report/json.h"
#include "report/report.h"

namespace interdict::report {
namespace {

void write_statement(Json& json, const Statement& statement) {
  json.begin_object();
  json.field("prop", to_string(statement.prop));
  json.field("value", statement.value);
  for (const Qualifier& qualifier : statement.details) {
    json.field(to_string(qualifier.detail), qualifier.value);
  }
  json.end_object();
}

}  // namespace

std::string party_json(const Party& party, std::string_view standing) {
  // FollowTheMoney readers look for `properties`; the statements beside them say everything the list said.
  std::map<std::string_view, std::vector<std::string_view>> properties;
  for (const Statement& s : party.statements) {
    if (s.prop != Prop::unmodelled) properties[to_string(s.prop)].emplace_back(s.value);
  }
  Json json;
  json.begin_object();
  json.field("id", party.id);
  json.field("caption", party.caption());
  json.field("schema", party.schema);
  json.field("source", party.source);
  if (!standing.empty()) json.field("standing", standing);
  json.key("properties");
  json.begin_object();
  for (const auto& [prop, values] : properties) {
    json.key(prop);
    json.begin_array();
    for (std::string_view value : values) json.text(value);
    json.end_array();
  }
  json.end_object();
  json.key("statements");
  json.begin_array();
  for (const Statement& s : party.statements) write_statement(json, s);
  json.end_array();
  json.end_object();
  return json.str();
}

}  // namespace interdict::report
