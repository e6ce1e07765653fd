// What the bound of a score is worked out from, by looking at every unit of both names.
#pragma once

#include <algorithm>
#include <bit>
#include <vector>

#include "names/bound.h"

namespace interdict::oracle {

struct BoundInput {
  std::vector<float> best;   // by piece of the query
  names::ListedLeft left{};  // by pool
};

inline BoundInput bound_input(const names::Name& query, const names::Name& listed) {
  const names::ScoreBound bound(query);
  BoundInput out;
  out.best.assign(query.pieces.size(), 0.0F);
  const std::size_t parts = listed.measures.size();
  std::uint64_t paired = 0;
  for (std::size_t unit = 0; unit < listed.units.size(); ++unit) {
    const bool is_part = unit < parts;
    const bool is_acronym = listed.acronym_mask != 0 && unit + 1 == listed.units.size();
    const std::uint64_t mask = is_part      ? std::uint64_t{1} << unit
                               : is_acronym ? listed.acronym_mask
                                            : std::uint64_t{3} << (unit - parts);
    for (std::size_t piece = 0; piece < query.pieces.size(); ++piece) {
      const names::ScoreBound::Use use = bound.use_of(piece);
      const float similarity = names::piece_similarity(query.pieces[piece], listed.units[unit].form);
      if (similarity <= 0 || similarity < use.least) continue;
      if (!is_part && (!use.is_part || similarity < names::joined_least)) continue;
      out.best[piece] = std::max(out.best[piece], similarity);
      paired |= mask;
    }
  }
  for (std::size_t i = 0; i < parts; ++i) {
    if ((paired >> i & 1U) == 0) {
      out.left[static_cast<std::size_t>(listed.measures[i].pool)] += static_cast<double>(listed.measures[i].weight);
    }
  }
  return out;
}

}  // namespace interdict::oracle
