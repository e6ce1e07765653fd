// The formula: from agreed and left-over weights to a score. Documented in docs/matching.md; used by score, compare and
// ScoreBound alike, so that they cannot drift apart.
#pragma once

#include <algorithm>
#include <array>

#include "names/names.h"

namespace interdict::names {

/// What one unit of weight costs when it stands on one side only, or on both sides in contradiction.
struct Costs {
  double query_left = 0;   // the query says more than the listing
  double listed_left = 0;  // the listing says more than the query
  double conflict = 0;
};

inline constexpr std::array<Costs, 5> pool_costs = {{
    {.query_left = 0.42, .listed_left = 0.36, .conflict = 2.4},  // core
    {.query_left = 0.15, .listed_left = 0.12, .conflict = 2.4},  // patronymic
    {.query_left = 1.10, .listed_left = 1.10, .conflict = 2.4},  // place
    {.query_left = 1.20, .listed_left = 1.20, .conflict = 0.0},  // number
    {.query_left = 0.40, .listed_left = 0.30, .conflict = 0.7},  // minor
}};

/// Whoever leaves one name out leaves out others: of core weight that one side alone has, what goes beyond this counts
/// this share of its rate.
inline constexpr double left_many = 1.2;
inline constexpr double left_more = 0.5;

/// Agreement on less than this much weight is thin evidence where the names also say different things.
inline constexpr double evidence_enough = 1.5;
inline constexpr double evidence_cost = 0.35;

/// Of the agreement missing in the pairs, all but the worst pair's counts this much again: one slip is likely, several
/// in one name are not.
inline constexpr double compounding = 0.7;

/// Fund II is not Fund III, however long the rest of the name.
inline constexpr double number_factor = 0.68;
/// A fund without a number is seldom Fund II.
inline constexpr double number_missing_factor = 0.8;
inline constexpr double order_factor = 0.97;
inline constexpr double spacing_factor = 0.985;
/// Kim Chol Sok is not Kim Sok Chol, though the family name may come last.
inline constexpr double syllables_factor = 0.7;
/// Ali bin Omar is not Omar bin Ali.
inline constexpr double lineage_factor = 0.7;
/// King Sr. is not King Jr.
inline constexpr double generation_factor = 0.7;
/// One ship's name is another's too, its IMO number is not.
inline constexpr double imo_factor = 0.68;
/// Norazlan bin Yusof is not Norazlina binti Yusof.
inline constexpr double sex_factor = 0.75;
/// What the score of 1 loses when the names read alike and are written with other words; a lower score loses less.
inline constexpr double writing_cost = 0.01;

/// An organisation's initials for its name agree to this degree, by how many they are.
constexpr float acronym_likeness(std::size_t letters) { return letters < 4 ? 0.76F : 0.85F; }

/// Sums over the chosen pairs and the parts left over.
struct Sums {
  double agreed = 0;   // weight times similarity
  double matched = 0;  // weight
  double slips = 0;    // weight times missing similarity, but of initials, which are no slips
  double worst = 0;    // the greatest of these
  std::array<double, 5> query_left{};
  std::array<double, 5> listed_left{};
  bool order_differs = false;
  bool spacing_differs = false;
  bool syllables_differ = false;
  bool lineage_differs = false;
  bool generation_differs = false;
  bool imo_differs = false;
  bool sex_differs = false;
  bool writing_differs = false;
};

/// The score; `cost(what, pool, weight, rate)` and `factor(what, value)` are told whatever lowered it, so that an
/// explanation is told what was computed and not what should have been.
template <typename OnCost, typename OnFactor>
double score_of(const Sums& sums, const OnCost& on_cost, const OnFactor& on_factor) {
  if (sums.matched <= 0) return 0;
  double total = sums.matched;
  const auto cost = [&](const char* what, std::size_t pool, double weight, double rate) {
    total += weight * rate;
    if (weight > 0 && rate > 0) on_cost(what, static_cast<Pool>(pool), weight, rate);
  };
  constexpr auto core = static_cast<std::size_t>(Pool::core);
  constexpr auto number = static_cast<std::size_t>(Pool::number);
  for (std::size_t pool = 0; pool < pool_costs.size(); ++pool) {
    const double both = std::min(sums.query_left[pool], sums.listed_left[pool]);
    cost("contradict", pool, both, pool_costs[pool].conflict);
    const auto left_on_one_side = [&](const char* what, const char* more, double weight, double rate) {
      const double many = pool == core ? std::max(0.0, weight - left_many) : 0;
      cost(what, pool, weight - many, rate);
      cost(more, pool, many, rate * left_more);
    };
    left_on_one_side("only in the query", "more only in the query", sums.query_left[pool] - both,
                     pool_costs[pool].query_left);
    left_on_one_side("only on the list", "more only on the list", sums.listed_left[pool] - both,
                     pool_costs[pool].listed_left);
  }
  if (sums.query_left[core] > 0 || sums.listed_left[core] > 0) {
    cost("thin evidence", core, std::max(0.0, evidence_enough - sums.matched), evidence_cost);
  }
  double score = (sums.agreed - compounding * (sums.slips - sums.worst)) / total;
  const auto factor = [&](bool applies, const char* what, double value) {
    if (!applies) return;
    score *= value;
    on_factor(what, value);
  };
  const bool query_number = sums.query_left[number] > 0;
  const bool listed_number = sums.listed_left[number] > 0;
  factor(query_number && listed_number, "numbers differ", number_factor);
  factor(query_number != listed_number, "only one has a number", number_missing_factor);
  factor(sums.order_differs, "order differs", order_factor);
  factor(sums.spacing_differs, "spacing differs", spacing_factor);
  factor(sums.syllables_differ, "syllables in another order", syllables_factor);
  factor(sums.lineage_differs, "father and child exchanged", lineage_factor);
  factor(sums.generation_differs, "generations differ", generation_factor);
  factor(sums.imo_differs, "IMO numbers differ", imo_factor);
  factor(sums.sex_differs, "a man's name and a woman's", sex_factor);
  score = std::clamp(score, 0.0, 1.0);
  factor(sums.writing_differs, "written with other words", 1 - writing_cost * score * score * score);
  return score;
}

inline double score_of(const Sums& sums) {
  return score_of(sums, [](const char*, Pool, double, double) {}, [](const char*, double) {});
}

}  // namespace interdict::names
