// GET /search: names and identifiers by a piece of text, with filters, sorting and facets.
#include <fmt/format.h>

#include <algorithm>
#include <ranges>

#include "screen/fields.h"
#include "screen/screen.h"
#include "serve/vocabulary.h"
#include "serve/yente.h"
#include "text/text.h"

namespace interdict::serve {
namespace {

using report::Json;

struct Filter {
  std::string field;
  Names values;
};

struct Sort {
  std::string field;
  bool descending = false;
};

/// "field:value" by field, several of one field together; an Error for what is none or names no field.
Result<std::vector<Filter>> filters_of(const Site& site, const Names& given) {
  std::vector<Filter> out;
  for (const std::string& one : given) {
    const std::size_t colon = one.find(':');
    if (colon == std::string::npos) return Error{Fault::bad_usage, fmt::format("'{}' is no field:value", one), {}};
    const std::string field = one.substr(0, colon);
    if (site.snapshot.party_count() > 0 && !field_values(site, 0, field)) {
      return Error{Fault::bad_usage, fmt::format("no field '{}' to filter by", field), {}};
    }
    const auto at = std::ranges::find(out, field, &Filter::field);
    if (at != out.end()) {
      at->values.push_back(one.substr(colon + 1));
    } else {
      out.push_back({field, {one.substr(colon + 1)}});
    }
  }
  return out;
}

Result<std::vector<Sort>> sorts_of(const Site& site, const Names& given) {
  std::vector<Sort> out;
  for (const std::string& one : given) {
    Sort sort{one, false};
    const std::size_t colon = one.rfind(':');
    if (colon != std::string::npos) {
      sort = {one.substr(0, colon), one.substr(colon + 1) == "desc"};
      if (!sort.descending && one.substr(colon + 1) != "asc") {
        return Error{Fault::bad_usage, fmt::format("'{}' sorts neither asc nor desc", one), {}};
      }
    }
    if (sort.field == "_score") continue;  // the order they come in
    if (site.snapshot.party_count() > 0 && !field_values(site, 0, sort.field)) {
      return Error{Fault::bad_usage, fmt::format("no field '{}' to sort by", sort.field), {}};
    }
    out.push_back(std::move(sort));
  }
  return out;
}

/// Those without a value come last, whichever way.
void sort_by(const Site& site, const std::vector<Sort>& sorts, std::vector<PartyNumber>& parties) {
  for (const Sort& sort : std::views::reverse(sorts)) {
    std::vector<std::pair<std::optional<std::string>, PartyNumber>> keyed;
    keyed.reserve(parties.size());
    for (const PartyNumber party : parties) {
      const auto values = *field_values(site, party, sort.field);
      std::optional<std::string> key;
      if (!values.empty()) key = sort.descending ? *values.rbegin() : *values.begin();
      keyed.emplace_back(std::move(key), party);
    }
    std::ranges::stable_sort(keyed, [&](const auto& a, const auto& b) {
      if (!a.first || !b.first) return a.first.has_value() && !b.first.has_value();
      return sort.descending ? *b.first < *a.first : *a.first < *b.first;
    });
    std::ranges::transform(keyed, parties.begin(), [](const auto& entry) { return entry.second; });
  }
}

bool passes(const Site& site, PartyNumber party, const std::vector<Filter>& filters, bool all_of_a_field) {
  return std::ranges::all_of(filters, [&](const Filter& filter) {
    const auto values = *field_values(site, party, filter.field);
    const auto has = [&](const std::string& value) { return values.contains(value); };
    return all_of_a_field ? std::ranges::all_of(filter.values, has) : std::ranges::any_of(filter.values, has);
  });
}

std::vector<PartyNumber> found(const Site& site, const Names& sources, std::string_view text) {
  std::vector<PartyNumber> out;
  if (sources.empty()) return out;
  screen::Query query;
  if (!screen::set_field(query, "name", text) || query.names.empty()) {
    for (PartyNumber p = 0; p < site.snapshot.party_count(); ++p) {
      if (among(sources, site.snapshot.source(p))) out.push_back(p);
    }
    return out;
  }
  query.id_numbers = query.names;
  screen::Options options;
  options.threshold = search_threshold;
  options.limit = 0;
  options.sources = sources;
  for (const auto& hit : screen::screen(site.snapshot, query, options)) out.push_back(*site.snapshot.find(hit.id));
  return out;
}

std::string label_of(std::string_view facet, const std::string& value) {
  if (facet == "schema") {
    const auto* schema = vocabulary::find_schema(value);
    return schema != nullptr ? std::string(schema->plural) : value;
  }
  return value;
}

void put_facet(Json& json, const Site& site, const std::vector<PartyNumber>& parties, std::string_view name) {
  static const std::map<std::string_view, std::string_view> labels = {
      {"countries", "Countries"}, {"topics", "Topics"},           {"datasets", "Data sources"},
      {"schema", "Types"},        {"identifiers", "Identifiers"}, {"genders", "Genders"}};
  constexpr std::size_t values_max = 1000;
  std::map<std::string, std::size_t> counts;
  for (const PartyNumber party : parties) {
    const auto values = field_values(site, party, name);
    for (const std::string& value : *values) ++counts[value];
  }
  std::vector<std::pair<std::string, std::size_t>> sorted(counts.begin(), counts.end());
  std::ranges::stable_sort(sorted, [](const auto& a, const auto& b) { return a.second > b.second; });
  if (sorted.size() > values_max) sorted.resize(values_max);
  json.key(name);
  json.begin_object();
  json.field("label", labels.at(name));
  json.key("values");
  json.begin_array();
  for (const auto& [value, count] : sorted) {
    json.begin_object();
    json.field("name", value);
    json.field("label", label_of(name, value));
    json.key("count");
    json.integer(static_cast<std::int64_t>(count));
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace

Response search(const Site& site, const Request& request, const std::string& dataset) {
  Params params(request, {"q", "schema", "include_dataset", "exclude_dataset", "exclude_schema", "changed_since",
                          "countries", "topics", "datasets", "filter", "limit", "offset", "sort", "target", "fuzzy",
                          "simple", "facets", "filter_op"});
  const std::size_t limit = params.count("limit", 10, page_max);
  const std::size_t offset = params.count("offset", 0, offset_max);
  const std::string schema = params.text("schema", "Thing");
  const auto since = params.moment("changed_since");
  const Names exclude_schema = params.list("exclude_schema");
  const bool targets = params.flag("target", true);
  static_cast<void>(params.flag("fuzzy", false));
  static_cast<void>(params.flag("simple", false));
  Names facets = params.choices("facets", {"datasets", "schema", "countries", "identifiers", "topics", "genders"});
  const Names operators = params.choices("filter_op", {"OR", "AND"});
  Names conditions = params.list("filter");
  for (const char* name : {"countries", "topics", "datasets"}) {
    for (const std::string& value : params.list(name)) conditions.push_back(fmt::format("{}:{}", name, value));
  }
  const Names include = params.list("include_dataset");
  const Names exclude = params.list("exclude_dataset");
  if (!params.sound()) return params.refusal();
  const auto sources = sources_of(site, dataset, include, exclude);
  if (!sources) return failure(sources.error());
  if (vocabulary::find_schema(schema) == nullptr) {
    return failure(400, "bad_request", fmt::format("unknown schema '{}'", schema));
  }
  const auto filters = filters_of(site, conditions);
  if (!filters) return failure(filters.error());
  const auto sorts = sorts_of(site, params.list("sort"));
  if (!sorts) return failure(sorts.error());

  std::vector<PartyNumber> parties = found(site, *sources, params.text("q"));
  const bool all_of_a_field = !operators.empty() && operators.front() == "AND";
  std::erase_if(parties, [&](PartyNumber party) {
    const std::string_view its = site.snapshot.schema(party);
    return !targets || !vocabulary::is_a(its, schema) || among(exclude_schema, its) ||
           (since && !changed_since(site, party, *since)) || !passes(site, party, *filters, all_of_a_field);
  });
  sort_by(site, *sorts, parties);

  if (facets.empty()) facets = {"countries", "topics", "datasets"};
  std::ranges::sort(facets);
  facets.erase(std::ranges::unique(facets).begin(), facets.end());
  Json json;
  json.begin_object();
  json.key("limit");
  json.integer(static_cast<std::int64_t>(limit));
  json.key("offset");
  json.integer(static_cast<std::int64_t>(offset));
  put_total(json, parties.size());
  json.key("results");
  json.begin_array();
  for (std::size_t i = offset; i < parties.size() && i < offset + limit; ++i) {
    json.begin_object();
    put_entity(json, site, parties[i]);
    json.end_object();
  }
  json.end_array();
  json.key("facets");
  json.begin_object();
  for (const std::string& facet : facets) put_facet(json, site, parties, facet);
  json.end_object();
  json.key("world");
  json.raw(site.world_json);
  json.end_object();
  return json_of(json.str());
}

}  // namespace interdict::serve
