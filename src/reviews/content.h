// What of a customer and of a listing matters to a decision: when any of it changes, the decision is asked for again.
//
// Of the listing: what identifies (names, dates and places of birth and death, gender, countries, addresses,
// identifiers, flags) and what is imposed (programme, measure, topic). Not: when the entry was amended, remarks,
// reasons, links, or the order in which things are said. Of the customer: every field that is screened.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"
#include "screen/screen.h"

namespace interdict::reviews {

struct Fact {
  std::string field;  // FollowTheMoney's property: "birthDate"
  std::string value;  // without control characters; with what qualifies it in parentheses

  auto operator<=>(const Fact&) const = default;
};
using Facts = std::vector<Fact>;  // sorted, none twice

struct Content {
  Facts customer;
  Facts listing;
  std::string hash;  // "sha256:..." of both
};

[[nodiscard]] Facts listing_facts(std::string_view schema, const std::vector<Statement>& statements);
/// Of a listing in the snapshot; nothing when it is not there.
[[nodiscard]] std::optional<Facts> listing_facts(const index::Snapshot& snapshot, std::string_view listing);
[[nodiscard]] Facts customer_facts(const screen::Query& query);
[[nodiscard]] Content content_of(Facts customer, Facts listing);
/// Of a listing in the snapshot; an Error (not_found) when it is not there.
[[nodiscard]] Result<Content> content_of(const screen::Query& query, const index::Snapshot& snapshot,
                                         std::string_view listing);

/// A fact that came or went.
struct Difference {
  bool of_listing = false;  // else of the customer
  bool added = false;       // else removed
  Fact fact;

  bool operator==(const Difference&) const = default;
};
/// In order: the listing's, then the customer's; by field, what went before what came.
[[nodiscard]] std::vector<Difference> differences(const Content& before, const Content& after);

/// One line a fact; `facts_from` is its inverse.
[[nodiscard]] std::string to_text(const Facts& facts);
[[nodiscard]] Facts facts_from(std::string_view text);

}  // namespace interdict::reviews
