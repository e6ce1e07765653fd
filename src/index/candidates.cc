// Which listed names could reach a score: by similar pieces, and by the bound that names::ScoreBound gives on them.
//
// What a listed name can score is bounded by its greatest similarity to each piece of the query and by what of it is
// left over. So:
//   1. Every piece of the vocabulary similar to some piece of the query is found (neighbours.h).
//   2. Levels and a least rest are chosen such that a name none of whose similarities exceeds its level, and of which
//   at
//      least that rest is left over, is below the floor. So postings are read only above the levels, which are set to
//      spare the most common pieces (as in MaxScore), and below them only as far as less than that rest remains: within
//      a piece, names are posted by what else they have.
//   3. Each name met there has its similarities and what is left over worked out from its own units, and is kept if
//      the bound reaches the floor.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

#include "index/format.h"
#include "index/index.h"
#include "index/mapped.h"
#include "names/bound.h"

namespace interdict::index {
namespace {

/// Room for rounding between a bound and the score it bounds.
constexpr double rounding = 1e-9;

using Best = std::vector<float>;

/// What a listed piece agrees with: query piece `of`, to this degree.
struct Agreement {
  std::uint32_t piece;
  std::uint32_t of;
  float similarity;
};

/// Looks up what a listed piece agrees with: open addressing, at most half full.
class Agreements {
 public:
  explicit Agreements(std::vector<Agreement> all) : all_(std::move(all)) {
    std::sort(all_.begin(), all_.end(), [](const Agreement& a, const Agreement& b) {
      return a.piece != b.piece ? a.piece < b.piece : a.of < b.of;
    });
    slots_.assign(std::bit_ceil(2 * all_.size() + 1), Slot{});
    mask_ = slots_.size() - 1;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (i > 0 && all_[i - 1].piece == all_[i].piece) continue;
      std::size_t at = place(all_[i].piece);
      while (slots_[at].begin != none) at = (at + 1) & mask_;
      slots_[at] = {all_[i].piece, static_cast<std::uint32_t>(i)};
    }
  }

  /// Calls for each of what the piece agrees with.
  template <typename Call>
  void of(std::uint32_t piece, const Call& call) const {
    for (std::size_t at = place(piece); slots_[at].begin != none; at = (at + 1) & mask_) {
      if (slots_[at].piece != piece) continue;
      for (std::size_t i = slots_[at].begin; i < all_.size() && all_[i].piece == piece; ++i) call(all_[i]);
      return;
    }
  }

 private:
  static constexpr std::uint32_t none = 0xffffffffU;
  struct Slot {
    std::uint32_t piece = none;
    std::uint32_t begin = none;
  };
  [[nodiscard]] std::size_t place(std::uint32_t piece) const { return (piece * 0x9E3779B1U >> 7U) & mask_; }

  std::vector<Agreement> all_;
  std::vector<Slot> slots_;
  std::size_t mask_ = 0;
};

class Selection {
 public:
  Selection(const Snapshot::Impl& snapshot, const names::Name& query, double floor, const Snapshot::Scope& scope)
      : snapshot_(snapshot), query_(query), floor_(floor - rounding), scope_(scope), bound_(query) {}

  std::vector<Snapshot::Candidate> run() {
    if (query_.tokens.empty()) return {};
    find_neighbourhoods();
    Best most;
    for (const auto& near : near_) most.push_back(near.empty() ? 0.0F : near.front().similarity);
    if (!bound_.reaches(floor_, most, {})) return {};
    if (bound_.reaches(floor_, Best(most.size(), 0.0F), {})) {
      meet_all();
    } else {
      meet(cheapest_plan());
    }
    return keep();
  }

 private:
  /// What to read of the postings: of each query piece all whose similarity is above its level, and of the rest those
  /// names of which less than `rests` remains.
  struct Plan {
    Best level;
    std::vector<std::uint32_t> rests;  // in steps
    std::uint64_t cost = std::numeric_limits<std::uint64_t>::max();
  };

  void find_neighbourhoods() {
    for (std::size_t i = 0; i < query_.pieces.size(); ++i) {
      held_.push_back(snapshot_.neighbour_cache.get(snapshot_, query_.pieces[i]));
      std::span<const Neighbour> near = *held_.back();
      const float least = bound_.use_of(i).least;
      const auto end =
          std::partition_point(near.begin(), near.end(), [&](const Neighbour& n) { return n.similarity >= least; });
      near = near.first(static_cast<std::size_t>(end - near.begin()));
      near_.push_back(near);
      std::uint64_t cost = 0;
      for (const Neighbour& n : near) cost += snapshot_.postings.size_of(run_of(n.piece));
      costs_.push_back(cost);
    }
  }

  [[nodiscard]] std::size_t run_of(std::uint32_t piece) const {
    return std::size_t{piece} * kind_count + static_cast<std::size_t>(query_.kind);
  }

  /// How many of a run of postings have a rest below this.
  [[nodiscard]] std::uint32_t count_below(std::size_t run, std::uint32_t rest) const {
    const std::uint32_t size = snapshot_.postings.size_of(run);
    if (rest > weight_most) return size;
    const auto rests = snapshot_.posting_rests.subspan(snapshot_.postings.ranges[run], size);
    return static_cast<std::uint32_t>(std::lower_bound(rests.begin(), rests.end(), rest) - rests.begin());
  }

  /// A name that agrees no more than the levels, and of which at least `left` steps are left over, is below the floor.
  /// The more is left over, the higher the levels; but names of which less remains must then be met below them too.
  [[nodiscard]] Plan cheapest_plan() {
    Plan best;
    for (const std::uint32_t left : {0U, 4U, 8U, 16U, 32U, 64U}) {
      Plan plan;
      plan.level = levels(left);
      limit_rests(plan, left);
      plan.cost = cost_of(plan);
      if (plan.cost < best.cost) best = std::move(plan);
    }
    return best;
  }

  /// Levels whose bound is below the floor, raised first where it saves the most postings.
  Best levels(std::uint32_t left) {
    names::ListedLeft listed_left{};
    listed_left[static_cast<std::size_t>(names::Pool::core)] = left / weight_steps;
    Best level(near_.size(), 0.0F);
    std::vector<std::size_t> order(near_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(),
              [this](std::size_t a, std::size_t b) { return costs_[a] != costs_[b] ? costs_[a] > costs_[b] : a < b; });
    for (const std::size_t i : order) {
      if (costs_[i] == 0) continue;
      // Neighbours come most similar first: the level is set at the first that the floor allows.
      const std::span<const Neighbour> near = near_[i];
      const auto allowed = std::partition_point(near.begin(), near.end(), [&](const Neighbour& n) {
        level[i] = n.similarity;
        return bound_.reaches(floor_, level, listed_left);
      });
      level[i] = allowed == near.end() ? 0.0F : allowed->similarity;
    }
    return level;
  }

  /// A name that agrees no more than the levels pairs somewhere, by a piece that it is posted under. The rest there is
  /// left over but for what other parts of the query pair with.
  void limit_rests(Plan& plan, std::uint32_t left) const {
    plan.rests.assign(near_.size(), 0);
    if (left == 0) return;
    const std::size_t parts = query_.measures.size();
    std::array<std::uint32_t, parts_most> covers{};  // the most core weight that pairs with each part
    for (std::size_t unit = 0; unit < query_.units.size(); ++unit) {
      const std::uint32_t cover = cover_of(query_.unit_pieces[unit], plan.level);
      for_each_part(unit, [&](std::size_t part) { covers.at(part) = std::max(covers.at(part), cover); });
    }
    std::uint32_t all = 0;
    for (std::size_t i = 0; i < parts; ++i) all += covers.at(i);
    for (std::size_t unit = 0; unit < query_.units.size(); ++unit) {
      std::uint32_t others = all;
      for_each_part(unit, [&](std::size_t part) { others -= covers.at(part); });
      std::uint32_t& rest = plan.rests[query_.unit_pieces[unit]];
      rest = std::max(rest, left + others);
    }
  }

  template <typename Call>
  void for_each_part(std::size_t unit, const Call& call) const {
    for (std::uint64_t mask = unit_mask(unit, query_.measures.size(), query_.acronym_mask); mask != 0;
         mask &= mask - 1) {
      call(static_cast<std::size_t>(std::countr_zero(mask)));
    }
  }

  [[nodiscard]] std::uint32_t cover_of(std::size_t piece, const Best& level) const {
    std::uint32_t most = 0;
    for (const Neighbour& n : near_[piece]) {
      if (n.similarity > level[piece]) continue;
      const std::uint32_t weight = snapshot_.piece_weights[run_of(n.piece)];
      most = std::max(most, weight == weight_most ? without_limit : weight);
    }
    return most;
  }

  [[nodiscard]] std::uint64_t cost_of(const Plan& plan) const {
    std::uint64_t cost = 0;
    for (std::size_t i = 0; i < near_.size(); ++i) {
      for (const Neighbour& n : near_[i]) {
        const std::size_t run = run_of(n.piece);
        cost += n.similarity > plan.level[i] ? snapshot_.postings.size_of(run) : count_below(run, plan.rests[i]);
      }
    }
    return cost;
  }

  void meet_all() {
    for (std::uint32_t name = 0; name < snapshot_.name_count(); ++name) {
      const std::uint16_t schema = snapshot_.party_schema[snapshot_.name_party[name]];
      if (snapshot_.label_kinds[schema] == query_.kind) met_.push_back(name);
    }
  }

  void meet(const Plan& plan) {
    std::vector<std::uint64_t>& marked = marks();
    for (std::size_t i = 0; i < near_.size(); ++i) {
      for (const Neighbour& n : near_[i]) {
        const std::size_t run = run_of(n.piece);
        const std::span<const std::uint32_t> all = snapshot_.postings[run];
        const bool is_above = n.similarity > plan.level[i];
        for (const std::uint32_t name : is_above ? all : all.first(count_below(run, plan.rests[i]))) {
          std::uint64_t& word = marked[name / 64];
          const std::uint64_t bit = std::uint64_t{1} << (name % 64);
          if ((word & bit) == 0) met_.push_back(name);
          word |= bit;
        }
      }
    }
    for (const std::uint32_t name : met_) marked[name / 64] = 0;
    std::sort(met_.begin(), met_.end());
  }

  /// One bit a name, all zero between uses; kept by the thread because a query should cost what it meets.
  std::vector<std::uint64_t>& marks() const {
    thread_local std::vector<std::uint64_t> marked;
    const std::size_t words = snapshot_.name_count() / 64 + 1;
    if (marked.size() < words) marked.resize(words, 0);
    return marked;
  }

  std::vector<Snapshot::Candidate> keep() {
    std::vector<Agreement> all;
    for (std::uint32_t i = 0; i < near_.size(); ++i) {
      for (const Neighbour& n : near_[i]) all.push_back({n.piece, i, n.similarity});
    }
    const Agreements agreements(std::move(all));
    std::vector<Snapshot::Candidate> kept;
    Best best(near_.size());
    constexpr std::size_t ahead = 12;
    for (std::size_t i = 0; i < met_.size(); ++i) {
      if (i + 2 * ahead < met_.size()) {
        prefetch(&snapshot_.name_party[met_[i + 2 * ahead]]);
        prefetch(&snapshot_.name_units.ranges[met_[i + 2 * ahead]]);
      }
      if (i + ahead < met_.size()) {
        const std::uint32_t first = snapshot_.name_units.ranges[met_[i + ahead]];
        prefetch(snapshot_.name_units.values.data() + first);
        prefetch(snapshot_.name_weights.data() + first);
      }
      const std::uint32_t name = met_[i];
      if (!in_scope(name)) continue;
      const names::ListedLeft left = look_at(name, agreements, best);
      if (bound_.reaches(floor_, best, left)) kept.push_back({name, round_up(bound_(best, left))});
    }
    return kept;
  }

  /// How alike the name is to each piece of the query, and what of it resembles nothing there.
  names::ListedLeft look_at(std::uint32_t name, const Agreements& agreements, Best& best) const {
    std::fill(best.begin(), best.end(), 0.0F);
    const std::span<const std::uint32_t> units = snapshot_.name_units[name];
    const std::size_t parts = parts_among(units.size());
    std::uint64_t paired = 0;
    for (std::size_t unit = 0; unit < units.size(); ++unit) {
      const bool is_part = unit < parts;
      agreements.of(units[unit], [&](const Agreement& agreement) {
        const bool may_pair =
            is_part || (agreement.similarity >= names::joined_least && bound_.use_of(agreement.of).is_part);
        if (!may_pair) return;
        best[agreement.of] = std::max(best[agreement.of], agreement.similarity);
        // Which parts an acronym stands for is not kept: it may be all.
        paired |= unit_mask(unit, parts, ~std::uint64_t{0});
      });
    }
    names::ListedLeft left{};
    const PartWeight* weights = snapshot_.name_weights.data() + snapshot_.name_units.ranges[name];
    for (std::size_t i = 0; i < parts; ++i) {
      if ((paired >> i & 1U) == 0) left.at(weights[i].pool()) += weights[i].weight();
    }
    return left;
  }

  [[nodiscard]] bool in_scope(std::uint32_t name) const {
    const std::uint32_t party = snapshot_.name_party[name];
    return (scope_.schemas.empty() || scope_.schemas[snapshot_.party_schema[party]]) &&
           (scope_.sources.empty() || scope_.sources[snapshot_.party_source[party]]);
  }

  static float round_up(double bound) { return std::nextafter(static_cast<float>(bound), 2.0F); }

  /// Greater than any sum of steps, and small enough that a sum of it over all parts is a number.
  static constexpr std::uint32_t without_limit = 1U << 20U;

  const Snapshot::Impl& snapshot_;
  const names::Name& query_;
  double floor_;
  const Snapshot::Scope& scope_;
  names::ScoreBound bound_;
  std::vector<std::shared_ptr<const Neighbourhood>> held_;  // keep what near_ shows
  std::vector<std::span<const Neighbour>> near_;            // of each query piece, those that may pair
  std::vector<std::uint64_t> costs_;                        // postings of each
  std::vector<std::uint32_t> met_;
};

}  // namespace

std::vector<Snapshot::Candidate> Snapshot::candidates(const names::Name& query, double floor) const {
  return candidates(query, floor, Scope{});
}

std::vector<Snapshot::Candidate> Snapshot::candidates(const names::Name& query, double floor,
                                                      const Scope& scope) const {
  return Selection(*impl_, query, floor, scope).run();
}

}  // namespace interdict::index
