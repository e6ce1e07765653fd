// GET /entities/{id}, and what a party is related to.
#include <fmt/format.h>

#include <algorithm>
#include <ranges>

#include "serve/vocabulary.h"
#include "serve/yente.h"

namespace interdict::serve {
namespace {

using report::Json;

Response no_entity(const std::string& id) { return failure(404, "not_found", fmt::format("no entity '{}'", id)); }

}  // namespace

Response entity(const Site& site, const Request& request, const std::string& id) {
  Params params(request, {"nested"});
  const bool nested = params.flag("nested", true);
  if (!params.sound()) return params.refusal();
  const auto party = site.snapshot.find(id);
  if (!party) return no_entity(id);
  Json json;
  json.begin_object();
  put_entity(json, site, *party, nested ? Nested::yes : Nested::no);
  json.end_object();
  return json_of(json.str());
}

Response adjacent(const Site& site, const Request& request, const std::string& id, const std::string& property) {
  Params params(request, {"sort", "limit", "offset"});
  const std::size_t limit = params.count("limit", 10, page_max);
  const std::size_t offset = params.count("offset", 0, offset_max);
  const Names sorts = params.list("sort");
  if (!params.sound()) return params.refusal();
  const auto party = site.snapshot.find(id);
  if (!party) return no_entity(id);
  std::map<std::string, std::vector<Link>> by_property;
  for (Link& link : links_of(site, *party)) by_property[link.property].push_back(std::move(link));
  for (const std::string& sort : std::views::reverse(sorts)) {
    const std::size_t colon = sort.rfind(':');
    const std::string field = sort.substr(0, colon);
    const bool descending = colon != std::string::npos && sort.substr(colon + 1) == "desc";
    if (!field_values(site, *party, field)) {
      return failure(400, "bad_request", fmt::format("no field '{}' to sort by", field));
    }
    for (auto& [name, links] : by_property) {
      std::ranges::stable_sort(links, [&](const Link& a, const Link& b) {
        const auto left = *field_values(site, a.other, field);
        const auto right = *field_values(site, b.other, field);
        if (left.empty() || right.empty()) return !left.empty() && right.empty();
        return descending ? *right.rbegin() < *left.rbegin() : *left.begin() < *right.begin();
      });
    }
  }
  Json json;
  const auto put_list = [&](const std::vector<Link>& links) {
    json.key("results");
    json.begin_array();
    for (std::size_t i = offset; i < links.size() && i < offset + limit; ++i) put_link(json, site, *party, links[i]);
    json.end_array();
    put_total(json, links.size());
    json.key("limit");
    json.integer(static_cast<std::int64_t>(limit));
    json.key("offset");
    json.integer(static_cast<std::int64_t>(offset));
  };
  json.begin_object();
  if (property.empty()) {
    json.key("entity");
    json.begin_object();
    put_entity(json, site, *party);
    json.end_object();
    json.key("adjacent");
    json.begin_object();
    for (const auto& [name, links] : by_property) {
      json.key(name);
      json.begin_object();
      put_list(links);
      json.end_object();
    }
    json.end_object();
  } else {
    const auto* known = vocabulary::find_property(property);
    if (!by_property.contains(property) && property != "unknownLinkFrom" &&
        (known == nullptr || known->type != "entity")) {
      return failure(404, "not_found", fmt::format("no property '{}' that names entities", property));
    }
    put_list(by_property[property]);
  }
  json.end_object();
  return json_of(json.str());
}

}  // namespace interdict::serve
