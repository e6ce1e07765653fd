// What the handlers of yente's routes share: datasets, entities as yente writes them, filters.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "report/json.h"
#include "serve/handlers.h"
#include "serve/params.h"

namespace interdict::serve {

using Names = std::vector<std::string>;
using PartyNumber = std::uint32_t;

inline constexpr std::string_view algorithm_name = "interdict";
inline constexpr std::size_t batch_max = 100;    // queries in one request
inline constexpr std::size_t page_max = 500;     // results in one answer
inline constexpr std::size_t offset_max = 9499;  // as yente's, whose search engine goes no further
inline constexpr double search_threshold = 0.5;  // of names that /search and suggestions find

[[nodiscard]] bool among(const Names& values, std::string_view value);

/// Whether the name stands for all that is loaded.
[[nodiscard]] bool is_all(std::string_view dataset);
/// The sources that a dataset, narrowed by include and exclude, stands for; not_found for an unknown one.
[[nodiscard]] Result<Names> sources_of(const Site& site, std::string_view dataset, const Names& include,
                                       const Names& exclude);
/// "best" and our own name; bad_usage for any other.
[[nodiscard]] Result<void> check_algorithm(std::string_view algorithm);

/// A party of a source that the list says is related.
struct Link {
  std::string property;  // FollowTheMoney's, where the list speaks it; else "unknownLinkFrom" with the list's own word
  std::string role;
  PartyNumber other;
  std::string id;  // of the link itself
};
[[nodiscard]] std::vector<Link> links_of(const Site& site, PartyNumber party);

/// Where nested entities stop: a party names its neighbours, they name nobody.
enum class Nested : std::uint8_t { no, yes };
/// The fields of an entity, without the braces.
void put_entity(report::Json& json, const Site& site, PartyNumber party, Nested nested = Nested::no);
/// A related party as it stands in a property: itself, or, by the list's own word, inside an UnknownLink.
void put_link(report::Json& json, const Site& site, PartyNumber party, const Link& link);
void put_total(report::Json& json, std::size_t value);

/// All values of one field of a party, as filters, facets and sorting name them: schema, datasets, countries, topics,
/// genders, identifiers, dates, names, caption, id, first_seen, last_change, and every property, `properties.` before
/// it or not. Nothing for a field that nobody has.
[[nodiscard]] std::optional<std::set<std::string>> field_values(const Site& site, PartyNumber party,
                                                                std::string_view field);
/// Whether the record says that it changed later than that; not when the record says nothing.
[[nodiscard]] bool changed_since(const Site& site, PartyNumber party, Instant since);
/// Whether an id is the party's own, or another list's number for it.
[[nodiscard]] bool is_known_as(const Site& site, PartyNumber party, const Names& ids);

}  // namespace interdict::serve
