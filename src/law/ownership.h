// Who is caught through ownership or control of listed parties, under one authority's own test.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "law/law.h"

namespace interdict::law {

/// A share or a statement of control, from the case or from the deal.
struct Link {
  std::string owner;
  std::string owned;
  double least = 0;
  double most = 0;
  Truth control = Truth::no;  // `yes` for a statement of control; shares leave it `no`
};

struct Caught {
  Truth truth = Truth::no;
  std::set<std::string> roots;  // listed parties it rests on
  std::vector<PathStep> path;   // steps nearest to the roots first
  bool presumed = false;
  std::optional<Day> test_from;  // of the test that decided: it reached nobody in this way before
};

struct OwnershipRules {
  std::vector<OwnershipTest> tests;    // those that hold on the day
  std::vector<OwnershipTest> earlier;  // those that held before: they tell since when
  std::vector<Link> links;             // those that hold on the day
};

/// The least fixpoint from the listed parties: with the least shares what is caught for sure, with the greatest what
/// may be. Cycles are harmless: a ring of firms that no listed party owns catches nothing. `country_of` gives a party's
/// country, empty when not stated. O(rounds × links), at most one round for each party.
[[nodiscard]] std::map<std::string, Caught> caught_by_ownership(
    const std::set<std::string>& listed, const OwnershipRules& rules,
    const std::function<const std::string&(const std::string&)>& country_of);

}  // namespace interdict::law
