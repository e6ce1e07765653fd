// Which parts of one name go with which of the other.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "names/names.h"

namespace interdict::names {

/// A pair of units that are alike; masks tell which tokens it uses up.
struct Edge {
  std::uint64_t query_mask = 0;
  std::uint64_t listed_mask = 0;
  std::uint16_t query_unit = 0;
  std::uint16_t listed_unit = 0;
  Likeness likeness;
  double weight = 0;  // of the query's tokens
  double gain = 0;    // what the assignment maximises
};

/// Whether a unit is the acronym of the whole name.
[[nodiscard]] inline bool is_acronym(const Name& name, std::size_t unit) {
  return name.acronym_mask != 0 && unit + 1 == name.units.size();
}

/// A joined unit must agree nearly; one that swallows an initial, and an acronym, to the letter.
[[nodiscard]] float least_for(const Name& name, std::size_t unit);

/// Every pair of alike units except joined with joined.
void find_edges(const Name& query, const Name& listed, std::vector<Edge>& edges);

/// Moves to the front of `edges` a set of pairs that share no token and whose gain is greatest, in the order of the
/// query; returns how many. Exact unless there are more than 64 edges (then greedy) or some
/// thousand steps do not suffice (then the best found); deterministic.
std::size_t choose(std::vector<Edge>& edges);

}  // namespace interdict::names
