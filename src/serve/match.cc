// POST /match: who on the lists could these be? Where we differ from yente on purpose, docs/yente_compatibility.md says
// so.
#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>

#include "screen/fields.h"
#include "screen/screen.h"
#include "serve/asked.h"
#include "serve/vocabulary.h"
#include "serve/yente.h"

namespace interdict::serve {
namespace {

using report::Json;
using simdjson::dom::element;
using simdjson::dom::object;

/// FollowTheMoney properties that a query may give and the field of ours each is.
std::string_view field_of(std::string_view property) {
  static const std::map<std::string_view, std::string_view> fields = {{"name", "name"},
                                                                      {"alias", "alias"},
                                                                      {"weakAlias", "alias"},
                                                                      {"previousName", "alias"},
                                                                      {"abbreviation", "alias"},
                                                                      {"birthDate", "birth_date"},
                                                                      {"country", "country"},
                                                                      {"nationality", "country"},
                                                                      {"citizenship", "country"},
                                                                      {"jurisdiction", "country"},
                                                                      {"flag", "country"},
                                                                      {"gender", "gender"},
                                                                      {"address", "address"},
                                                                      {"registrationNumber", "id_number"},
                                                                      {"passportNumber", "id_number"},
                                                                      {"publicKey", "id_number"}};
  const auto at = fields.find(property);
  if (at != fields.end()) return at->second;
  const auto* known = vocabulary::find_property(property);
  return known != nullptr && known->type == "identifier" ? "id_number" : "";
}

/// Nothing for what is no text.
std::optional<std::string_view> text_of(const element& value) {
  std::string_view out;
  if (value.get(out) != simdjson::SUCCESS) return std::nullopt;
  return out;
}

/// The values of a property: one or a list of them; null says nothing.
Result<std::vector<std::string_view>> values_of(std::string_view property, const element& given) {
  std::vector<std::string_view> out;
  const auto add = [&](const element& value) {
    if (value.is_null()) return true;
    const auto text = text_of(value);
    if (text) out.push_back(*text);
    return text.has_value();
  };
  simdjson::dom::array list;
  bool sound = true;
  if (given.get(list) != simdjson::SUCCESS) {
    sound = add(given);
  } else {
    for (const element value : list) sound = sound && add(value);
  }
  if (!sound) return Error{Fault::bad_usage, fmt::format("'{}' must be text or a list of texts", property), {}};
  return out;
}

struct Asked {
  screen::Query query;
  std::vector<std::pair<std::string_view, std::vector<std::string_view>>> properties;
  std::vector<std::string_view> not_compared;
};

std::string joined_name(const Asked& asked) {
  std::string out;
  for (const char* part : {"firstName", "secondName", "middleName", "fatherName", "lastName"}) {
    for (const auto& [name, values] : asked.properties) {
      if (name == part && !values.empty()) out += (out.empty() ? "" : " ") + std::string(values.front());
    }
  }
  return out;
}

Result<Asked> query_from(std::string_view key, const element& given) {
  const auto wrong = [&](std::string_view what) {
    return Error{Fault::bad_usage, fmt::format("query '{}': {}", key, what), {}};
  };
  object fields;
  if (given.get(fields) != simdjson::SUCCESS) return wrong("not an object");
  Asked out;
  out.query.id = key;
  element schema;
  object properties;
  bool has_properties = false;
  for (const auto [name, value] : fields) {
    if (name == "id") {
      if (!value.is_null() && !text_of(value)) return wrong("'id' must be text");
      out.query.id = text_of(value).value_or(key);
    } else if (name == "schema") {
      schema = value;
    } else if (name == "properties") {
      has_properties = value.get(properties) == simdjson::SUCCESS;
    } else if (name != "params" && name != "caption" && name != "datasets" && name != "referents" && name != "target" &&
               name != "first_seen" && name != "last_seen" &&
               name != "last_change") {  // an entity given back as a query
      return wrong(fmt::format("unknown field '{}'", name));
    }
  }
  const auto schema_text = fields["schema"].error() == simdjson::SUCCESS ? text_of(schema) : std::nullopt;
  if (!schema_text) return wrong("'schema' is missing");
  if (auto set = screen::set_field(out.query, "schema", *schema_text); !set) return wrong(set.error().message);
  if (!has_properties) return wrong("'properties' is missing");
  for (const auto [name, value] : properties) {
    auto values = values_of(name, value);
    if (!values) return wrong(values.error().message);
    const std::string_view field = field_of(name);
    if (field.empty()) {
      if (!prop_from(name) && vocabulary::find_property(name) == nullptr) {
        return wrong(fmt::format("unknown property '{}'", name));
      }
      out.not_compared.push_back(name);
    }
    for (const std::string_view text : *values) {
      if (field.empty()) break;
      std::string one(text);
      // A ';' is part of a value here, not a separator.
      if (field != "name" && field != "address") std::ranges::replace(one, ';', ' ');
      if (auto set = screen::set_field(out.query, field, one); !set) return wrong(set.error().message);
    }
    out.properties.emplace_back(name, std::move(*values));
  }
  if (out.query.names.empty()) {
    const std::string name = joined_name(out);
    if (!name.empty()) {
      if (auto set = screen::set_field(out.query, "name", name); !set) return wrong(set.error().message);
      std::erase_if(out.not_compared, [](std::string_view n) {
        return n == "firstName" || n == "secondName" || n == "middleName" || n == "fatherName" || n == "lastName";
      });
    }
  }
  return out;
}

void put_query(Json& json, const Asked& asked) {
  json.begin_object();
  json.field("id", asked.query.id);
  json.field("schema", asked.query.schema);
  json.key("properties");
  json.begin_object();
  for (const auto& [name, values] : asked.properties) {
    json.key(name);
    json.begin_array();
    for (const std::string_view value : values) json.text(value);
    json.end_array();
  }
  json.end_object();
  json.end_object();
}

void put_explanations(Json& json, const screen::Hit& hit) {
  std::map<std::string, std::vector<const screen::Evidence*>> by_kind;
  for (const auto& evidence : hit.evidence) by_kind[evidence.kind].push_back(&evidence);
  json.key("explanations");
  json.begin_object();
  for (const auto& [kind, list] : by_kind) {
    double effect = 0;
    std::string detail;
    for (const auto* evidence : list) {
      effect += evidence->effect;
      std::string note = evidence->note;
      for (const auto& pair : evidence->name.pairs) {
        note += fmt::format("{}{} = {} ({}, {:.2f})", note.empty() ? "" : "; ", pair.query, pair.listed,
                            names::to_string(pair.how), pair.similarity);
      }
      if (!note.empty()) detail += (detail.empty() ? "" : "; ") + note;
    }
    json.key(kind);
    json.begin_object();
    json.field("detail", detail);
    json.key("score");
    json.number(effect);
    json.field("query", list.front()->query);
    json.field("candidate", kind == "name" ? hit.matched_name : list.front()->listed);
    json.end_object();
  }
  json.end_object();
}

struct Scope {
  Names sources;
  Names exclude_schema;
  Names exclude_ids;
  Names topics;
  std::optional<Instant> since;
  std::size_t limit = 0;
  double threshold = 0;
  double cutoff = 0;
};

bool admits(const Scope& scope, const Site& site, PartyNumber party) {
  if (among(scope.exclude_schema, site.snapshot.schema(party))) return false;
  if (is_known_as(site, party, scope.exclude_ids)) return false;
  if (scope.since && !changed_since(site, party, *scope.since)) return false;
  if (scope.topics.empty()) return true;
  const auto topics = field_values(site, party, "topics");
  return std::ranges::any_of(scope.topics, [&](const std::string& topic) { return topics->contains(topic); });
}

void put_response(Json& json, const Site& site, const Scope& scope, const Asked& asked) {
  screen::Options options;
  options.threshold = scope.cutoff;
  options.limit = 0;
  options.sources = scope.sources;
  std::vector<screen::Hit> hits;
  const bool asks = !asked.query.names.empty() || !asked.query.aliases.empty() || !asked.query.id_numbers.empty();
  if (!scope.sources.empty() && asks) hits = screen::screen(site.snapshot, asked.query, options);
  std::erase_if(hits, [&](const screen::Hit& hit) { return !admits(scope, site, *site.snapshot.find(hit.id)); });
  const auto matched =
      std::ranges::count_if(hits, [&](const screen::Hit& hit) { return hit.score >= scope.threshold; });
  json.begin_object();
  json.key("status");
  json.integer(200);
  json.key("results");
  json.begin_array();
  for (std::size_t h = 0; h < hits.size() && h < scope.limit; ++h) {
    json.begin_object();
    put_entity(json, site, *site.snapshot.find(hits[h].id));
    json.key("score");
    json.number(hits[h].score);
    json.key("match");
    json.boolean(hits[h].score >= scope.threshold);
    put_explanations(json, hits[h]);
    json.end_object();
  }
  json.end_array();
  put_total(json, static_cast<std::size_t>(matched));
  json.key("query");
  put_query(json, asked);
  if (!asked.not_compared.empty()) {
    json.key("not_compared");
    json.begin_array();
    for (const std::string_view name : asked.not_compared) json.text(name);
    json.end_array();
  }
  json.end_object();
}

}  // namespace

Result<screen::Query> query_of_entity(std::string_view id, const element& entity) {
  auto asked = query_from(id, entity);
  if (!asked) return std::move(asked).error();
  return std::move(asked->query);
}

Response match(const Site& site, const Request& request, const std::string& dataset) {
  Params params(request, {"limit", "threshold", "cutoff", "algorithm", "include_dataset", "exclude_dataset",
                          "exclude_schema", "topics", "changed_since", "exclude_entity_ids", "fuzzy"});
  Scope scope;
  scope.limit = params.count("limit", 5, page_max);
  scope.threshold = params.share("threshold", 0.7);
  scope.cutoff = std::min(params.share("cutoff", scope.threshold), scope.threshold);
  scope.exclude_schema = params.list("exclude_schema");
  scope.topics = params.list("topics");
  scope.since = params.moment("changed_since");
  scope.exclude_ids = params.list("exclude_entity_ids", 50);
  static_cast<void>(params.flag("fuzzy", false));
  const Names include = params.list("include_dataset");
  const Names exclude = params.list("exclude_dataset");
  if (!params.sound()) return params.refusal();
  auto sources = sources_of(site, dataset, include, exclude);
  if (!sources) return failure(sources.error());
  scope.sources = std::move(*sources);
  if (auto known = check_algorithm(params.text("algorithm", "best")); !known) return failure(known.error());

  simdjson::dom::parser parser;  // holds what the elements below point into
  object body;
  object queries;
  if (parser.parse(request.body).get(body) != simdjson::SUCCESS) {
    return unprocessable({{"json_invalid", {"body"}, "the body is no JSON object", ""}});
  }
  if (body["queries"].get(queries) != simdjson::SUCCESS) {
    return unprocessable({{"missing", {"body", "queries"}, "a map of queries by key is missing", ""}});
  }
  if (queries.size() > batch_max) {
    return failure(400, "bad_request", fmt::format("at most {} queries in one request", batch_max));
  }
  for (const auto [name, value] : body) {
    object settings;
    if (name == "queries" || value.is_null()) continue;
    if (name != "weights" && name != "config") {
      return failure(400, "bad_request", fmt::format("unknown field '{}' beside the queries", name));
    }
    if (value.get(settings) != simdjson::SUCCESS) {
      return unprocessable({{"dict_type", {"body", std::string(name)}, "not an object", ""}});
    }
    if (settings.size() > 0) {
      return failure(400, "unsupported",
                     fmt::format("'{}' in {}: the weights of this algorithm are fixed (docs/evidence.md)",
                                 (*settings.begin()).key, name));
    }
  }
  std::vector<std::pair<std::string_view, Asked>> asked;
  for (const auto [key, value] : queries) {
    if (value.is_null()) continue;
    auto one = query_from(key, value);
    if (!one) return failure(400, "bad_request", one.error().message);
    asked.emplace_back(key, std::move(*one));
  }
  if (asked.empty()) return failure(400, "bad_request", "no queries");

  Json json;
  json.begin_object();
  json.key("responses");
  json.begin_object();
  for (const auto& [key, one] : asked) {
    json.key(key);
    put_response(json, site, scope, one);
  }
  json.end_object();
  json.key("limit");
  json.integer(static_cast<std::int64_t>(scope.limit));
  json.key("world");
  json.raw(site.world_json);
  json.end_object();
  Response out = json_of(json.str());
  out.headers.emplace_back("x-batch-size", std::to_string(asked.size()));
  return out;
}

}  // namespace interdict::serve
