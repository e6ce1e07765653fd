// yente's HTTP API on our matcher. Where the two differ on purpose, docs/api.md says so.
#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "report/json.h"
#include "screen/fields.h"
#include "screen/screen.h"
#include "serve/handlers.h"
#include "text/text.h"

namespace interdict::serve {
namespace {

using report::Json;
using Names = std::vector<std::string>;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::string_view algorithm_name = "interdict";

bool among(const Names& values, std::string_view value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

template <typename T>
std::optional<T> number(std::string_view text) {
  T out{};
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

bool is_all(std::string_view dataset) { return dataset == "default" || dataset == "sanctions" || dataset == "all"; }

/// The sources that a dataset with its include and exclude stands for; an Error for an unknown one.
Result<Names> sources_of(const Site& site, const std::string& dataset, const Request& request) {
  const auto known = [&](const std::string& name) {
    return is_all(name) ||
           std::any_of(site.datasets.begin(), site.datasets.end(), [&](const Dataset& d) { return d.name == name; });
  };
  if (!known(dataset)) return Error{Fault::not_found, fmt::format("no dataset '{}'", dataset), {}};
  const Names include = request.all("include_dataset");
  const Names exclude = request.all("exclude_dataset");
  for (const Names* names : {&include, &exclude}) {
    for (const std::string& name : *names) {
      if (!known(name)) return Error{Fault::not_found, fmt::format("no dataset '{}'", name), {}};
    }
  }
  Names out;
  for (const Dataset& d : site.datasets) {
    if (!is_all(dataset) && d.name != dataset) continue;
    if (!include.empty() && !among(include, d.name)) continue;
    if (among(exclude, d.name)) continue;
    out.push_back(d.name);
  }
  return out;
}

Result<std::size_t> limit_of(const Request& request, std::size_t otherwise, std::size_t most,
                             std::string_view name = "limit") {
  const std::string_view text = request.first(name);
  if (text.empty()) return otherwise;
  const auto value = number<std::size_t>(text);
  if (!value || *value > most) {
    return Error{Fault::bad_usage, fmt::format("{} must be a number up to {}", name, most), {}};
  }
  return *value;
}

/// A date as yente gives it: seconds, no zone.
void put_time(Json& json, std::string_view key, std::string_view day) {
  json.key(key);
  if (parse_day(day)) {
    json.text(fmt::format("{}T00:00:00", day));
  } else {
    json.null();
  }
}

/// The fields of an entity, without the braces.
void put_entity(Json& json, const index::Snapshot& snapshot, std::uint32_t party) {
  const index::Entry entry = snapshot.entry(party);
  std::map<std::string_view, std::vector<std::string_view>> properties;
  std::string_view listed;
  std::string_view amended;
  for (const Statement& s : entry.statements) {
    if (s.prop == Prop::listing_date) listed = s.value;
    if (s.prop == Prop::amended_date) amended = s.value;
    if (s.prop == Prop::unmodelled || s.prop == Prop::relation) continue;
    auto& values = properties[to_string(s.prop)];
    if (std::find(values.begin(), values.end(), s.value) == values.end()) values.push_back(s.value);
  }
  properties["topics"].push_back("sanction");
  json.field("id", entry.id);
  json.field("caption", entry.caption);
  json.field("schema", entry.schema);
  json.key("properties");
  json.begin_object();
  for (const auto& [prop, values] : properties) {
    json.key(prop);
    json.begin_array();
    for (const std::string_view value : values) json.text(value);
    json.end_array();
  }
  json.end_object();
  json.key("datasets");
  json.begin_array();
  json.text(entry.source);
  json.end_array();
  json.key("referents");
  json.begin_array();
  json.end_array();
  json.key("target");
  json.boolean(true);
  put_time(json, "first_seen", listed);
  json.key("last_seen");
  json.null();
  put_time(json, "last_change", amended);
  if (!entry.standing.empty()) json.field("standing", entry.standing);
}

void put_total(Json& json, std::size_t value) {
  json.key("total");
  json.begin_object();
  json.key("value");
  json.integer(static_cast<std::int64_t>(value));
  json.field("relation", "eq");
  json.end_object();
}

// -- /match -----------------------------------------------------------------------------------------------------------

/// FollowTheMoney properties that a query may give and the field of ours each is.
const std::map<std::string_view, std::string_view>& query_properties() {
  static const std::map<std::string_view, std::string_view> fields = {{"name", "name"},
                                                                      {"alias", "alias"},
                                                                      {"weakAlias", "alias"},
                                                                      {"previousName", "alias"},
                                                                      {"birthDate", "birth_date"},
                                                                      {"country", "country"},
                                                                      {"nationality", "country"},
                                                                      {"citizenship", "country"},
                                                                      {"jurisdiction", "country"},
                                                                      {"gender", "gender"},
                                                                      {"idNumber", "id_number"},
                                                                      {"passportNumber", "id_number"},
                                                                      {"registrationNumber", "id_number"},
                                                                      {"taxNumber", "id_number"},
                                                                      {"innCode", "id_number"},
                                                                      {"ogrnCode", "id_number"},
                                                                      {"leiCode", "id_number"},
                                                                      {"swiftBic", "id_number"},
                                                                      {"imoNumber", "id_number"},
                                                                      {"mmsi", "id_number"},
                                                                      {"publicKey", "id_number"},
                                                                      {"socialSecurityNumber", "id_number"},
                                                                      {"npiCode", "id_number"},
                                                                      {"uniqueEntityId", "id_number"},
                                                                      {"address", "address"},
                                                                      {"flag", "country"}};
  return fields;
}

/// Properties of the vocabulary that no list we read lets us weigh: taken and shown back, not compared.
bool is_uncompared(std::string_view property) {
  static const std::set<std::string_view> known = {"firstName",
                                                   "secondName",
                                                   "middleName",
                                                   "fatherName",
                                                   "motherName",
                                                   "lastName",
                                                   "title",
                                                   "birthPlace",
                                                   "birthCountry",
                                                   "deathDate",
                                                   "position",
                                                   "email",
                                                   "phone",
                                                   "website",
                                                   "notes",
                                                   "topics",
                                                   "incorporationDate",
                                                   "dissolutionDate",
                                                   "mainCountry",
                                                   "legalForm",
                                                   "type",
                                                   "model",
                                                   "callSign",
                                                   "owner",
                                                   "operator",
                                                   "buildDate",
                                                   "summary",
                                                   "keywords",
                                                   "sourceUrl",
                                                   "wikidataId",
                                                   "isin",
                                                   "isinCode",
                                                   "ethnicity",
                                                   "religion",
                                                   "sector",
                                                   "status",
                                                   "classification",
                                                   "addressEntity",
                                                   "permId",
                                                   "ogrnCode",
                                                   "kppCode",
                                                   "okpoCode",
                                                   "dunsCode",
                                                   "cryptoWallets",
                                                   "programId",
                                                   "program",
                                                   "opencorporatesUrl",
                                                   "taxStatus",
                                                   "deadweightTonnage",
                                                   "grossRegisteredTonnage",
                                                   "tonnage",
                                                   "serialNumber"};
  return known.contains(property);
}

struct Asked {
  screen::Query query;
  object properties;
};

/// Nothing for what is no text.
std::optional<std::string_view> text_of(const element& value) {
  std::string_view out;
  if (value.get(out) != simdjson::SUCCESS) return std::nullopt;
  return out;
}

Result<void> add_values(screen::Query& query, std::string_view property, std::string_view field,
                        const element& values) {
  const auto add = [&](const element& value) -> Result<void> {
    const auto text = text_of(value);
    if (!text) return Error{Fault::bad_usage, fmt::format("'{}' must be text or a list of texts", property), {}};
    if (field == "name" || field == "address") return screen::set_field(query, field, *text);
    // A ';' is part of a value here, not a separator.
    std::string one(*text);
    std::replace(one.begin(), one.end(), ';', ' ');
    return screen::set_field(query, field, one);
  };
  simdjson::dom::array list;
  if (values.get(list) != simdjson::SUCCESS) return add(values);
  for (const element value : list) {
    if (auto added = add(value); !added) return added;
  }
  return {};
}

std::string joined_name(const object& properties) {
  std::string out;
  for (const char* part : {"firstName", "secondName", "middleName", "fatherName", "lastName"}) {
    element value;
    if (properties[part].get(value) != simdjson::SUCCESS) continue;
    simdjson::dom::array list;
    if (value.get(list) == simdjson::SUCCESS && list.at(0).get(value) != simdjson::SUCCESS) continue;
    if (const auto text = text_of(value)) out += (out.empty() ? "" : " ") + std::string(*text);
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
  for (const auto [name, value] : fields) {
    static const std::set<std::string_view> known = {"id", "schema", "properties", "params", "caption", "datasets"};
    if (!known.contains(name)) return wrong(fmt::format("unknown field '{}'", name));
    if (name == "id") out.query.id = text_of(value).value_or(key);
  }
  element schema;
  if (fields["schema"].get(schema) != simdjson::SUCCESS || !text_of(schema)) return wrong("'schema' is missing");
  if (auto set = screen::set_field(out.query, "schema", *text_of(schema)); !set) return set.error();
  if (fields["properties"].get(out.properties) != simdjson::SUCCESS) return wrong("'properties' is missing");
  for (const auto [name, value] : out.properties) {
    const auto field = query_properties().find(name);
    if (field == query_properties().end()) {
      if (is_uncompared(name)) continue;
      return wrong(fmt::format("unknown property '{}'", name));
    }
    if (auto added = add_values(out.query, name, field->second, value); !added) return wrong(added.error().message);
  }
  if (out.query.names.empty()) {
    const std::string name = joined_name(out.properties);
    if (!name.empty()) {
      if (auto set = screen::set_field(out.query, "name", name); !set) return set.error();
    }
  }
  return out;
}

void put_value(Json& json, const element& value) {
  if (const auto text = text_of(value)) {
    json.text(*text);
  } else {
    json.null();
  }
}

void put_query(Json& json, const Asked& asked) {
  json.begin_object();
  json.field("id", asked.query.id);
  json.field("schema", asked.query.schema);
  json.key("properties");
  json.begin_object();
  for (const auto [name, value] : asked.properties) {
    json.key(name);
    json.begin_array();
    simdjson::dom::array list;
    if (value.get(list) == simdjson::SUCCESS) {
      for (const element one : list) put_value(json, one);
    } else {
      put_value(json, value);
    }
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

bool excluded(const index::Snapshot& snapshot, std::uint32_t party, const Names& schemas, const Names& ids) {
  if (among(ids, snapshot.id(party))) return true;
  return !schemas.empty() && among(schemas, snapshot.labels()[snapshot.schema_label(party)]);
}

}  // namespace

Response match(const Site& site, const Request& request, const std::string& dataset) {
  const auto sources = sources_of(site, dataset, request);
  if (!sources) return failure(sources.error());
  const auto limit = limit_of(request, 5, 500);
  if (!limit) return failure(limit.error());
  const std::string_view asked_threshold = request.first("threshold");
  const auto threshold = asked_threshold.empty() ? std::optional<double>(0.7) : number<double>(asked_threshold);
  const std::string_view asked_cutoff = request.first("cutoff");
  const auto cutoff = asked_cutoff.empty() ? threshold : number<double>(asked_cutoff);
  if (!threshold || !cutoff || *threshold < 0 || *threshold > 1 || *cutoff < 0 || *cutoff > 1) {
    return failure(422, "bad_request", "threshold and cutoff are numbers from 0 to 1");
  }
  const std::string_view algorithm = request.first("algorithm", "best");
  if (algorithm != "best" && algorithm != algorithm_name) {
    return failure(400, "bad_request", fmt::format("unknown algorithm '{}'; see /algorithms", algorithm));
  }
  simdjson::dom::parser parser;  // holds what the elements below point into
  object body;
  object queries;
  if (parser.parse(request.body).get(body) != simdjson::SUCCESS) {
    return failure(422, "bad_request", "the body is no JSON object");
  }
  if (body["queries"].get(queries) != simdjson::SUCCESS) {
    return failure(422, "bad_request", "'queries' is missing: a map of queries by key");
  }
  if (queries.size() > 100) return failure(400, "bad_request", "at most 100 queries in one request");
  if (object config; body["config"].get(config) == simdjson::SUCCESS && config.size() > 0) {
    return failure(400, "bad_request", fmt::format("unknown config '{}'", (*config.begin()).key));
  }
  const Names exclude_schema = request.all("exclude_schema");
  const Names exclude_ids = request.all("exclude_entity_ids");
  if (exclude_ids.size() > 50) return failure(400, "bad_request", "at most 50 exclude_entity_ids");
  std::vector<Asked> asked;
  for (const auto [key, value] : queries) {
    auto one = query_from(key, value);
    if (!one) return failure(400, "bad_request", one.error().message);
    asked.push_back(std::move(*one));
  }
  Json json;
  json.begin_object();
  json.key("responses");
  json.begin_object();
  std::size_t i = 0;
  for (const auto [key, value] : queries) {
    const Asked& one = asked[i++];
    screen::Options options;
    options.threshold = std::min(*threshold, *cutoff);
    options.limit = 0;
    options.sources = *sources;
    std::vector<screen::Hit> hits;
    if (!sources->empty() &&
        (!one.query.names.empty() || !one.query.aliases.empty() || !one.query.id_numbers.empty())) {
      hits = screen::screen(site.snapshot, one.query, options);
    }
    std::erase_if(hits, [&](const screen::Hit& hit) {
      const auto party = site.snapshot.find(hit.id);
      return !party || excluded(site.snapshot, *party, exclude_schema, exclude_ids);
    });
    const auto matched = static_cast<std::size_t>(
        std::count_if(hits.begin(), hits.end(), [&](const screen::Hit& hit) { return hit.score >= *threshold; }));
    json.key(key);
    json.begin_object();
    json.key("status");
    json.integer(200);
    json.key("results");
    json.begin_array();
    for (std::size_t h = 0; h < hits.size() && h < *limit; ++h) {
      json.begin_object();
      put_entity(json, site.snapshot, *site.snapshot.find(hits[h].id));
      json.key("score");
      json.number(hits[h].score);
      json.key("match");
      json.boolean(hits[h].score >= *threshold);
      put_explanations(json, hits[h]);
      json.end_object();
    }
    json.end_array();
    put_total(json, matched);
    json.key("query");
    put_query(json, one);
    json.end_object();
  }
  json.end_object();
  json.key("limit");
  json.integer(static_cast<std::int64_t>(*limit));
  json.key("world");
  json.raw(site.world_json);
  json.end_object();
  Response out;
  out.body = json.str();
  out.headers.emplace_back("x-batch-size", std::to_string(asked.size()));
  return out;
}

// -- /search, /entities -----------------------------------------------------------------------------------------------

namespace {

bool has_value(const index::Snapshot& snapshot, std::uint32_t party, const std::vector<Prop>& props,
               const Names& wanted) {
  if (wanted.empty()) return true;
  for (const index::StatementView& s : snapshot.statements(party)) {
    if (std::find(props.begin(), props.end(), s.prop) != props.end() && among(wanted, s.value)) return true;
  }
  return false;
}

const std::vector<Prop>& country_props() {
  static const std::vector<Prop> props = {Prop::country, Prop::nationality, Prop::citizenship, Prop::jurisdiction,
                                          Prop::flag};
  return props;
}

/// FollowTheMoney's tree, as far as listed parties go.
bool is_a(std::string_view schema, std::string_view wanted) {
  if (wanted == "Thing" || wanted == schema) return true;
  if (wanted == "LegalEntity")
    return schema == "Person" || schema == "Organization" || schema == "Company" || schema == "PublicBody";
  if (wanted == "Organization") return schema == "Company" || schema == "PublicBody";
  if (wanted == "Vehicle") return schema == "Vessel" || schema == "Airplane";
  return false;
}

void put_facet(Json& json, std::string_view name, std::string_view label,
               const std::map<std::string, std::size_t>& counts) {
  json.key(name);
  json.begin_object();
  json.field("label", label);
  json.key("values");
  json.begin_array();
  std::vector<std::pair<std::string, std::size_t>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  for (const auto& [value, count] : sorted) {
    json.begin_object();
    json.field("name", value);
    json.field("label", value);
    json.key("count");
    json.integer(static_cast<std::int64_t>(count));
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace

Response search(const Site& site, const Request& request, const std::string& dataset) {
  const auto sources = sources_of(site, dataset, request);
  if (!sources) return failure(sources.error());
  const auto limit = limit_of(request, 10, 500);
  const auto offset = limit_of(request, 0, 9499, "offset");
  if (!limit) return failure(limit.error());
  if (!offset) return failure(offset.error());
  const std::string schema(request.first("schema", "Thing"));
  screen::Query query;
  if (auto set = screen::set_field(query, "schema", "Thing"); !set) return failure(set.error());
  std::vector<std::uint32_t> parties;
  const std::string_view text = request.first("q");
  if (text.empty()) {
    for (std::uint32_t p = 0; p < site.snapshot.party_count(); ++p) {
      if (among(*sources, site.snapshot.labels()[site.snapshot.source_label(p)])) parties.push_back(p);
    }
  } else {
    if (auto set = screen::set_field(query, "name", text); !set) return failure(set.error());
    query.id_numbers = {std::string(text)};
    screen::Options options;
    options.threshold = 0.5;
    options.limit = 0;
    options.sources = *sources;
    if (!sources->empty()) {
      for (const auto& hit : screen::screen(site.snapshot, query, options)) {
        if (const auto party = site.snapshot.find(hit.id)) parties.push_back(*party);
      }
    }
  }
  const Names countries = request.all("countries");
  const Names topics = request.all("topics");
  const Names datasets = request.all("datasets");
  const Names exclude_schema = request.all("exclude_schema");
  std::erase_if(parties, [&](std::uint32_t party) {
    const std::string_view its = site.snapshot.labels()[site.snapshot.schema_label(party)];
    if (!is_a(its, schema) || among(exclude_schema, its)) return true;
    if (!datasets.empty() && !among(datasets, site.snapshot.labels()[site.snapshot.source_label(party)])) return true;
    if (!topics.empty() && !among(topics, "sanction") && !has_value(site.snapshot, party, {Prop::topic}, topics))
      return true;
    return !has_value(site.snapshot, party, country_props(), countries);
  });
  std::map<std::string, std::size_t> by_country;
  std::map<std::string, std::size_t> by_source;
  std::map<std::string, std::size_t> by_schema;
  for (const std::uint32_t party : parties) {
    ++by_source[std::string(site.snapshot.labels()[site.snapshot.source_label(party)])];
    ++by_schema[std::string(site.snapshot.labels()[site.snapshot.schema_label(party)])];
    std::set<std::string> seen;
    for (const index::StatementView& s : site.snapshot.statements(party)) {
      if (std::find(country_props().begin(), country_props().end(), s.prop) != country_props().end())
        seen.insert(std::string(s.value));
    }
    for (const std::string& country : seen) ++by_country[country];
  }
  Json json;
  json.begin_object();
  json.key("limit");
  json.integer(static_cast<std::int64_t>(*limit));
  json.key("offset");
  json.integer(static_cast<std::int64_t>(*offset));
  put_total(json, parties.size());
  json.key("results");
  json.begin_array();
  for (std::size_t i = *offset; i < parties.size() && i < *offset + *limit; ++i) {
    json.begin_object();
    put_entity(json, site.snapshot, parties[i]);
    json.end_object();
  }
  json.end_array();
  Names facets = request.all("facets");
  if (facets.empty()) facets = {"countries", "topics", "datasets"};
  json.key("facets");
  json.begin_object();
  if (among(facets, "countries")) put_facet(json, "countries", "Countries", by_country);
  if (among(facets, "topics")) put_facet(json, "topics", "Topics", {{"sanction", parties.size()}});
  if (among(facets, "datasets")) put_facet(json, "datasets", "Data sources", by_source);
  if (among(facets, "schema")) put_facet(json, "schema", "Types", by_schema);
  json.end_object();
  json.end_object();
  Response out;
  out.body = json.str();
  return out;
}

Response entity(const Site& site, const std::string& id) {
  const auto party = site.snapshot.find(id);
  if (!party) return failure(404, "not_found", fmt::format("no entity '{}'", id));
  Json json;
  json.begin_object();
  put_entity(json, site.snapshot, *party);
  json.end_object();
  Response out;
  out.body = json.str();
  return out;
}

Response adjacent(const Site& site, const Request& request, const std::string& id, const std::string& property) {
  const auto party = site.snapshot.find(id);
  if (!party) return failure(404, "not_found", fmt::format("no entity '{}'", id));
  const auto limit = limit_of(request, 10, 500);
  const auto offset = limit_of(request, 0, 9499, "offset");
  if (!limit) return failure(limit.error());
  if (!offset) return failure(offset.error());
  // Relations as the list gives them: the role, and the other party where it is listed too.
  std::map<std::string, std::vector<std::uint32_t>> by_role;
  for (const index::StatementView& s : site.snapshot.statements(*party)) {
    if (s.prop != Prop::relation) continue;
    std::string_view role = s.detail(Detail::role);
    if (role.empty()) role = "relation";
    const std::string source(site.snapshot.labels()[site.snapshot.source_label(*party)]);
    auto other = site.snapshot.find(s.value);
    if (!other) other = site.snapshot.find(source + ":" + std::string(s.value));
    if (!other && !s.detail(Detail::id).empty())
      other = site.snapshot.find(source + ":" + std::string(s.detail(Detail::id)));
    if (other) by_role[std::string(role)].push_back(*other);
  }
  Json json;
  const auto put_list = [&](const std::vector<std::uint32_t>& others) {
    json.key("results");
    json.begin_array();
    for (std::size_t i = *offset; i < others.size() && i < *offset + *limit; ++i) {
      json.begin_object();
      put_entity(json, site.snapshot, others[i]);
      json.end_object();
    }
    json.end_array();
    put_total(json, others.size());
    json.key("limit");
    json.integer(static_cast<std::int64_t>(*limit));
    json.key("offset");
    json.integer(static_cast<std::int64_t>(*offset));
  };
  json.begin_object();
  if (property.empty()) {
    json.key("entity");
    json.begin_object();
    put_entity(json, site.snapshot, *party);
    json.end_object();
    json.key("adjacent");
    json.begin_object();
    for (const auto& [role, others] : by_role) {
      json.key(role);
      json.begin_object();
      put_list(others);
      json.end_object();
    }
    json.end_object();
  } else {
    put_list(by_role[property]);
  }
  json.end_object();
  Response out;
  out.body = json.str();
  return out;
}

Response catalog(const Site& site) {
  Json json;
  json.begin_object();
  json.key("datasets");
  json.begin_array();
  std::string newest;
  for (const Dataset& d : site.datasets) {
    newest = std::max(newest, d.published);
    json.begin_object();
    json.field("name", d.name);
    json.field("title", d.name);
    json.field("version", d.version);
    json.field("updated_at", d.published);
    json.field("last_export", d.published);
    json.key("entity_count");
    json.integer(static_cast<std::int64_t>(d.entries));
    json.key("load");
    json.boolean(true);
    json.field("index_version", d.version);
    json.key("index_current");
    json.boolean(true);
    json.key("children");
    json.begin_array();
    json.end_array();
    json.end_object();
  }
  for (const char* name : {"sanctions", "default"}) {
    json.begin_object();
    json.field("name", name);
    json.field("title", "All loaded lists");
    json.field("version", newest);
    json.key("load");
    json.boolean(true);
    json.field("index_version", newest);
    json.key("index_current");
    json.boolean(true);
    json.key("children");
    json.begin_array();
    for (const Dataset& d : site.datasets) json.text(d.name);
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.key("current");
  json.begin_array();
  for (const Dataset& d : site.datasets) json.text(d.name);
  json.end_array();
  json.key("outdated");
  json.begin_array();
  json.end_array();
  json.key("index_stale");
  json.boolean(false);
  json.end_object();
  Response out;
  out.body = json.str();
  out.headers.emplace_back("Cache-Control", "max-age=300");
  return out;
}

Response algorithms() {
  Response out;
  out.body =
      R"({"algorithms":[{"name":"interdict","description":"Names compared part by part with learnt variants and rarity; birth date, country, gender, identifiers and addresses weigh for and against. Exact: equal to scoring every name.","features":{"name":{"description":"Similarity of the best pair of names","coefficient":1.0,"url":null},"weak_alias":{"description":"The best name is one the list itself calls weak","coefficient":0,"url":null},"birth_date":{"description":"Agreement or contradiction of birth dates","coefficient":0,"url":null},"country":{"description":"Shared or different countries","coefficient":0,"url":null},"gender":{"description":"Same or different gender","coefficient":0,"url":null},"identifier":{"description":"An identifier of the party","coefficient":0,"url":null},"address":{"description":"Alike addresses","coefficient":0,"url":null}},"docs":{"name":"interdict","description":"See docs/matching.md and docs/evidence.md","config":{},"features":{}}}],"default":"interdict","best":"interdict"})";
  return out;
}

}  // namespace interdict::serve
