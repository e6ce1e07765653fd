// /reconcile: the reconciliation service protocol 0.2, which OpenRefine and its kin speak.
#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>

#include "screen/fields.h"
#include "screen/screen.h"
#include "serve/vocabulary.h"
#include "serve/yente.h"
#include "text/text.h"

namespace interdict::serve {
namespace {

using report::Json;
using simdjson::dom::element;
using simdjson::dom::object;

void put_type(Json& json, std::string_view name) {
  const auto* schema = vocabulary::find_schema(name);
  json.begin_object();
  json.field("id", name);
  json.field("name", schema != nullptr ? schema->plural : name);
  json.field("description", vocabulary::label(name));
  json.end_object();
}

void put_found(Json& json, const Site& site, PartyNumber party) {
  const std::string_view schema = site.snapshot.schema(party);
  json.field("id", site.snapshot.id(party));
  json.field("name", site.snapshot.caption(party));
  json.field("description", fmt::format("{}, {}", vocabulary::label(schema), site.snapshot.source(party)));
  json.key("type");
  json.begin_array();
  put_type(json, schema);
  json.end_array();
}

/// A form's fields, as application/x-www-form-urlencoded.
std::optional<std::map<std::string, std::string>> form_of(std::string_view body) {
  std::map<std::string, std::string> out;
  while (!body.empty()) {
    const std::string_view pair = body.substr(0, body.find('&'));
    body.remove_prefix(std::min(body.size(), pair.size() + 1));
    const std::size_t equals = pair.find('=');
    auto name = percent_decoded(pair.substr(0, equals), true);
    auto value = equals == std::string_view::npos ? std::string() : percent_decoded(pair.substr(equals + 1), true);
    if (!name || !value) return std::nullopt;
    out.insert_or_assign(std::move(*name), std::move(*value));
  }
  return out;
}

/// "birthDate" or "Person:birthDate" → the field of a query that it is; empty for what is not compared, nothing for
/// what the vocabulary does not have.
std::optional<std::string_view> asked_field(std::string_view pid) {
  const std::string_view name = pid.substr(pid.find(':') == std::string_view::npos ? 0 : pid.find(':') + 1);
  const auto* property = vocabulary::find_property(name);
  if (property == nullptr) return std::nullopt;
  if (name == "birthDate") return "birth_date";
  if (name == "flag" || name == "country" || name == "nationality" || name == "citizenship" || name == "jurisdiction")
    return "country";
  if (property->type == "name") return "alias";
  if (property->type == "identifier" || name == "registrationNumber") return "id_number";
  if (property->type == "address") return "address";
  if (property->type == "gender") return "gender";
  return "";
}

Result<void> add_property(screen::Query& query, const object& given) {
  std::string_view pid;
  element value;
  if (given["pid"].get(pid) != simdjson::SUCCESS || given["v"].get(value) != simdjson::SUCCESS) {
    return Error{Fault::bad_usage, "a property has a pid and a v", {}};
  }
  const auto field = asked_field(pid);
  if (!field) return Error{Fault::bad_usage, fmt::format("unknown property '{}'", pid), {}};
  const auto add = [&](const element& one) -> Result<void> {
    std::string_view text;
    object named;  // an entity chosen before: {"id", "name"}
    if (one.get(named) == simdjson::SUCCESS) {
      if (named["name"].get(text) != simdjson::SUCCESS) return {};
    } else if (one.get(text) != simdjson::SUCCESS) {
      return Error{Fault::bad_usage, fmt::format("'{}' is no text", pid), {}};
    }
    if (field->empty()) return {};
    return screen::set_field(query, *field, text);
  };
  simdjson::dom::array list;
  if (value.get(list) != simdjson::SUCCESS) return add(value);
  for (const element one : list) {
    if (auto added = add(one); !added) return added;
  }
  return {};
}

struct Lookup {
  screen::Query query;
  std::size_t limit = 5;
};

Result<Lookup> lookup_from(std::string_view key, const element& given) {
  const auto wrong = [&](std::string_view what) {
    return Error{Fault::bad_usage, fmt::format("query '{}': {}", key, what), {}};
  };
  object fields;
  if (given.get(fields) != simdjson::SUCCESS) return wrong("not an object");
  Lookup out;
  out.query.id = key;
  element value;
  if (fields["type"].get(value) == simdjson::SUCCESS && !value.is_null()) {
    std::string_view type;
    simdjson::dom::array types;
    if (value.get(types) == simdjson::SUCCESS && types.size() > 0) value = types.at(0).value_unsafe();
    if (value.get(type) != simdjson::SUCCESS) return wrong("'type' is the name of a schema");
    if (auto set = screen::set_field(out.query, "schema", type); !set) return wrong(set.error().message);
  }
  std::string_view text;
  if (fields["query"].get(text) == simdjson::SUCCESS) {
    if (auto set = screen::set_field(out.query, "name", text); !set) return wrong(set.error().message);
  }
  if (fields["limit"].get(value) == simdjson::SUCCESS && !value.is_null()) {
    std::int64_t limit = 0;
    if (value.get(limit) != simdjson::SUCCESS || limit < 0) return wrong("'limit' is a number from 0");
    out.limit = std::min(static_cast<std::size_t>(limit), page_max);
  }
  if (simdjson::dom::array properties; fields["properties"].get(properties) == simdjson::SUCCESS) {
    for (const element one : properties) {
      object property;
      if (one.get(property) != simdjson::SUCCESS) return wrong("a property is an object");
      if (auto added = add_property(out.query, property); !added) return wrong(added.error().message);
    }
  }
  return out;
}

Response answer_queries(const Site& site, const Names& sources, std::optional<Instant> since, std::string_view text) {
  simdjson::dom::parser parser;
  object queries;
  if (parser.parse(text.data(), text.size()).get(queries) != simdjson::SUCCESS) {
    return failure(400, "bad_request", "'queries' is no JSON object");
  }
  if (queries.size() > batch_max) {
    return failure(400, "bad_request", fmt::format("at most {} queries in one request", batch_max));
  }
  Json json;
  json.begin_object();
  for (const auto [key, value] : queries) {
    const auto asked = lookup_from(key, value);
    if (!asked) return failure(asked.error());
    screen::Options options;
    options.threshold = search_threshold;
    options.limit = 0;
    options.sources = sources;
    std::vector<screen::Hit> hits;
    if (!sources.empty() && (!asked->query.names.empty() || !asked->query.id_numbers.empty())) {
      hits = screen::screen(site.snapshot, asked->query, options);
    }
    std::erase_if(hits,
                  [&](const auto& hit) { return since && !changed_since(site, *site.snapshot.find(hit.id), *since); });
    json.key(key);
    json.begin_object();
    json.key("result");
    json.begin_array();
    for (std::size_t i = 0; i < hits.size() && i < asked->limit; ++i) {
      json.begin_object();
      put_found(json, site, *site.snapshot.find(hits[i].id));
      json.key("score");
      json.number(hits[i].score);
      json.key("match");
      json.boolean(hits[i].score >= screen::Options{}.threshold);
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_object();
  Response out = json_of(json.str());
  out.headers.emplace_back("x-batch-size", std::to_string(queries.size()));
  return out;
}

struct Column {
  std::string id;
  std::string name;  // without the schema
  std::size_t limit = 0;
};

Result<std::vector<Column>> columns_of(const object& extend) {
  std::vector<Column> out;
  simdjson::dom::array properties;
  if (extend["properties"].get(properties) != simdjson::SUCCESS) {
    return Error{Fault::bad_usage, "'properties' of the extension is a list", {}};
  }
  for (const element one : properties) {
    object property;
    std::string_view id;
    if (one.get(property) != simdjson::SUCCESS || property["id"].get(id) != simdjson::SUCCESS) {
      return Error{Fault::bad_usage, "a property to extend by has an id", {}};
    }
    Column column{std::string(id),
                  std::string(id.substr(id.find(':') == std::string_view::npos ? 0 : id.find(':') + 1)), 0};
    object settings;
    if (property["settings"].get(settings) == simdjson::SUCCESS) {
      std::int64_t limit = 0;
      std::string_view limit_text;  // OpenRefine sends what its box holds
      if (settings["limit"].get(limit_text) == simdjson::SUCCESS) limit = std::atoll(std::string(limit_text).c_str());
      if (settings["limit"].error() == simdjson::SUCCESS && settings["limit"].get(limit) != simdjson::SUCCESS &&
          limit_text.empty()) {
        return Error{Fault::bad_usage, "'limit' of a property is a number", {}};
      }
      if (limit < 0) return Error{Fault::bad_usage, "'limit' of a property is a number from 0", {}};
      column.limit = static_cast<std::size_t>(limit);
    }
    out.push_back(std::move(column));
  }
  return out;
}

Response answer_extension(const Site& site, std::string_view text) {
  simdjson::dom::parser parser;
  object extend;
  simdjson::dom::array ids;
  if (parser.parse(text.data(), text.size()).get(extend) != simdjson::SUCCESS ||
      extend["ids"].get(ids) != simdjson::SUCCESS) {
    return failure(400, "bad_request", "'extend' is no JSON object with 'ids' and 'properties'");
  }
  if (ids.size() > batch_max) {
    return failure(400, "bad_request", fmt::format("at most {} ids in one request", batch_max));
  }
  const auto columns = columns_of(extend);
  if (!columns) return failure(columns.error());
  Json json;
  json.begin_object();
  json.key("meta");
  json.begin_array();
  for (const Column& column : *columns) {
    json.begin_object();
    json.field("id", column.id);
    json.field("name", vocabulary::label(column.name));
    json.end_object();
  }
  json.end_array();
  json.key("rows");
  json.begin_object();
  for (const element one : ids) {
    std::string_view id;
    if (one.get(id) != simdjson::SUCCESS) return failure(400, "bad_request", "an id is text");
    json.key(id);
    json.begin_object();
    const auto party = site.snapshot.find(id);
    for (const Column& column : *columns) {
      json.key(column.id);
      json.begin_array();
      std::size_t count = 0;
      const auto values = party ? field_values(site, *party, "properties." + column.name) : std::nullopt;
      for (const std::string& value : values.value_or(std::set<std::string>{})) {
        if (column.limit > 0 && count++ == column.limit) break;
        json.begin_object();
        json.field("str", value);
        json.end_object();
      }
      json.end_array();
    }
    json.end_object();
  }
  json.end_object();
  json.end_object();
  Response out = json_of(json.str());
  out.headers.emplace_back("x-batch-size", std::to_string(ids.size()));
  return out;
}

bool starts_alike(std::string_view label, std::string_view prefix) {
  return text::fold(label).starts_with(text::fold(prefix));
}

template <typename Put>
Response suggestions(const Request& request, const Put& put) {
  Json json;
  json.begin_object();
  json.field("code", "/api/status/ok");
  json.field("status", "200 OK");
  json.field("prefix", request.first("prefix"));
  json.key("result");
  json.begin_array();
  put(json);
  json.end_array();
  json.end_object();
  return json_of(json.str());
}

constexpr std::size_t suggestions_max = 50;

void put_property(Json& json, const vocabulary::Property& property) {
  json.begin_object();
  json.field("id", fmt::format("{}:{}", property.schema, property.name));
  json.field("name", vocabulary::label(property.name));
  json.end_object();
}

}  // namespace

Response reconcile_manifest(const Site& site, const Request& request, const std::string& dataset) {
  if (auto known = sources_of(site, dataset, {}, {}); !known) return failure(known.error());
  const std::string here =
      fmt::format("{}/reconcile/{}", request.origin.empty() ? "http://127.0.0.1" : request.origin, dataset);
  Json json;
  const auto put_service = [&](std::string_view key, std::string_view path) {
    json.key(key);
    json.begin_object();
    json.field("service_url", here);
    json.field("service_path", path);
    json.end_object();
  };
  json.begin_object();
  json.key("versions");
  json.begin_array();
  json.text("0.2");
  json.end_array();
  json.field("name", fmt::format("{} (interdict)", dataset));
  json.field("identifierSpace", "https://www.opensanctions.org/reference/#schema");
  json.field("schemaSpace", "https://www.opensanctions.org/reference/#schema");
  json.field("documentation", fmt::format("{}/", request.origin.empty() ? "http://127.0.0.1" : request.origin));
  json.key("batchSize");
  json.integer(static_cast<std::int64_t>(batch_max));
  json.key("view");
  json.begin_object();
  json.field("url", fmt::format("{}/entities/{{{{id}}}}", request.origin));
  json.end_object();
  json.key("suggest");
  json.begin_object();
  put_service("entity", "/suggest/entity");
  put_service("type", "/suggest/type");
  put_service("property", "/suggest/property");
  json.end_object();
  json.key("extend");
  json.begin_object();
  put_service("propose_properties", "/extend/property");
  json.key("property_settings");
  json.begin_array();
  json.begin_object();
  json.field("name", "limit");
  json.field("label", "Limit");
  json.field("type", "number");
  json.key("default");
  json.integer(0);
  json.field("help_text", "The most values in a row; 0 for all");
  json.end_object();
  json.end_array();
  json.end_object();
  json.key("defaultTypes");
  json.begin_array();
  for (const auto& schema : vocabulary::schemata()) {
    if (schema.listed) put_type(json, schema.name);
  }
  json.end_array();
  json.end_object();
  return json_of(json.str());
}

Response reconcile(const Site& site, const Request& request, const std::string& dataset) {
  Params params(request, {"algorithm", "changed_since"});
  const auto since = params.moment("changed_since");
  if (!params.sound()) return params.refusal();
  const auto sources = sources_of(site, dataset, {}, {});
  if (!sources) return failure(sources.error());
  if (auto known = check_algorithm(params.text("algorithm", "best")); !known) return failure(known.error());
  auto form = form_of(request.body);
  if (!form) return failure(400, "bad_request", "the body is no form");
  if (const auto extend = form->find("extend"); extend != form->end() && !extend->second.empty()) {
    return answer_extension(site, extend->second);
  }
  const auto queries = form->find("queries");
  if (queries == form->end()) return failure(400, "bad_request", "the form has neither 'queries' nor 'extend'");
  return answer_queries(site, *sources, since, queries->second);
}

Response suggest_entity(const Site& site, const Request& request, const std::string& dataset) {
  Params params(request, {"prefix", "limit", "cursor"});
  const std::size_t limit = params.count("limit", 10, page_max);
  if (!params.sound()) return params.refusal();
  const auto sources = sources_of(site, dataset, {}, {});
  if (!sources) return failure(sources.error());
  screen::Query query;
  if (auto set = screen::set_field(query, "name", params.text("prefix")); !set) return failure(set.error());
  return suggestions(request, [&](Json& json) {
    if (query.names.empty() || sources->empty()) return;
    screen::Options options;
    options.threshold = search_threshold;
    options.limit = limit;
    options.sources = *sources;
    if (limit == 0) return;
    for (const auto& hit : screen::screen(site.snapshot, query, options)) {
      json.begin_object();
      put_found(json, site, *site.snapshot.find(hit.id));
      json.end_object();
    }
  });
}

Response suggest_property(const Site& site, const Request& request, const std::string& dataset) {
  Params params(request, {"prefix", "cursor"});
  if (!params.sound()) return params.refusal();
  if (auto known = sources_of(site, dataset, {}, {}); !known) return failure(known.error());
  const std::string prefix = params.text("prefix");
  return suggestions(request, [&](Json& json) {
    std::size_t put = 0;
    for (const auto& property : vocabulary::properties()) {
      if (prefix.empty() || property.type == "entity" || put == suggestions_max) continue;
      const auto* schema = vocabulary::find_schema(property.schema);
      if (schema == nullptr || !(schema->listed || schema->name == "Thing")) continue;
      if (!starts_alike(property.name, prefix) && !starts_alike(vocabulary::label(property.name), prefix)) continue;
      put_property(json, property);
      ++put;
    }
  });
}

Response suggest_type(const Site& site, const Request& request, const std::string& dataset) {
  Params params(request, {"prefix", "cursor"});
  if (!params.sound()) return params.refusal();
  if (auto known = sources_of(site, dataset, {}, {}); !known) return failure(known.error());
  const std::string prefix = params.text("prefix");
  return suggestions(request, [&](Json& json) {
    for (const auto& schema : vocabulary::schemata()) {
      if (prefix.empty() || !schema.listed) continue;
      if (starts_alike(schema.name, prefix) || starts_alike(schema.plural, prefix)) put_type(json, schema.name);
    }
  });
}

Response extend_property(const Site& site, const Request& request, const std::string& dataset) {
  Params params(request, {"type", "limit"});
  const std::size_t limit = params.count("limit", suggestions_max, page_max);
  const std::string type = params.text("type", "Thing");
  if (!params.sound()) return params.refusal();
  if (auto known = sources_of(site, dataset, {}, {}); !known) return failure(known.error());
  if (vocabulary::find_schema(type) == nullptr) {
    return failure(400, "bad_request", fmt::format("unknown schema '{}'", type));
  }
  Json json;
  json.begin_object();
  json.key("limit");
  json.integer(static_cast<std::int64_t>(limit));
  json.field("type", type);
  json.key("properties");
  json.begin_array();
  std::size_t put = 0;
  for (const auto& property : vocabulary::properties()) {
    if (!vocabulary::is_a(type, property.schema) || property.type == "entity") continue;
    if (limit > 0 && put++ == limit) break;
    json.begin_object();
    json.field("id", property.name);
    json.field("name", vocabulary::label(property.name));
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json_of(json.str());
}

}  // namespace interdict::serve
