// Which listed names could reach a score: by similar pieces, and by the bound that names::ScoreBound gives on them.
//
// What a listed name can score is bounded by its greatest similarity to each piece of the query and by what of it is
// left over. So:
//   1. Every piece of the vocabulary similar to some piece of the query is found (neighbours.h).
//   2. Levels and a least rest are chosen such that a name none of whose similarities exceeds its level, and of which
//      at least that rest is left over, is below the floor. So postings are read only above the levels, which are set
//      to spare the most common pieces (as in MaxScore), and below them only as far as less than that rest remains:
//      within a piece, names are posted by what else they have. Where all pieces are common, it is cheaper to look only
//      at names that two of them share, or of which little remains beside one.
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
  /// What to read of the postings. Met are, for each query piece: all names under neighbours more similar than its
  /// level; all names of which less than `rests` remains; and all names that are under two pieces of those crossed.
  struct Plan {
    Best level;
    std::vector<std::uint32_t> rests;  // in steps
    std::vector<bool> crossed;
    std::uint64_t cost = std::numeric_limits<std::uint64_t>::max();
  };
  static constexpr std::uint64_t cost_to_look = 16;  // at a name met, in units of reading a posting
  static constexpr float above_all = 2;

  /// A neighbour of a piece of the query, and the names of the query's kind under it.
  struct Run {
    std::uint32_t piece;
    float similarity;
    std::uint32_t cover;  // the most core weight that pairs by it
    std::span<const std::uint32_t> names;
    const std::uint8_t* rests;  // of each

    /// Those of which less than this remains.
    [[nodiscard]] std::size_t count_below(std::uint32_t rest) const {
      if (rest == 0) return 0;
      if (rest > weight_most) return names.size();
      return static_cast<std::size_t>(std::lower_bound(rests, rests + names.size(), rest) - rests);
    }
  };

  void find_neighbourhoods() {
    for (std::size_t i = 0; i < query_.pieces.size(); ++i) {
      const auto [least, is_part] = bound_.use_of(i);
      const auto held = snapshot_.neighbour_cache.get(snapshot_, query_.pieces[i], is_part ? Make::part : Make::joined);
      std::span<const Neighbour> near = *held;
      const auto end =
          std::partition_point(near.begin(), near.end(), [least](const Neighbour& n) { return n.similarity >= least; });
      near = near.first(static_cast<std::size_t>(end - near.begin()));
      for (const Neighbour& n : near) prefetch(&snapshot_.postings.ranges[run_of(n.piece)]);
      std::vector<Run>& runs = near_.emplace_back();
      std::uint64_t cost = 0;
      for (const Neighbour& n : near) {
        const std::size_t run = run_of(n.piece);
        const std::span<const std::uint32_t> names = snapshot_.postings[run];
        if (names.empty()) continue;
        const std::uint32_t weight = snapshot_.piece_weights[run];
        runs.push_back({.piece = n.piece,
                        .similarity = n.similarity,
                        .cover = weight == weight_most ? without_limit : weight,
                        .names = names,
                        .rests = snapshot_.posting_rests.data() + snapshot_.postings.ranges[run]});
        cost += names.size();
      }
      costs_.push_back(cost);
    }
  }

  [[nodiscard]] std::size_t run_of(std::uint32_t piece) const {
    return std::size_t{piece} * kind_count + static_cast<std::size_t>(query_.kind);
  }

  /// Every plan is exact; which is cheapest depends on how common the words of the query are and of what weight.
  [[nodiscard]] Plan cheapest_plan() {
    std::vector<std::size_t> costliest(near_.size());
    for (std::size_t i = 0; i < costliest.size(); ++i) costliest[i] = i;
    std::sort(costliest.begin(), costliest.end(),
              [this](std::size_t a, std::size_t b) { return costs_[a] != costs_[b] ? costs_[a] > costs_[b] : a < b; });
    Plan best;
    const auto offer = [&best, this](Plan plan) {
      plan.cost = cost_of(plan);
      if (plan.cost < best.cost) best = std::move(plan);
    };
    for (const std::uint32_t left : {0U, 4U, 8U, 16U, 32U, 64U}) offer(leveled(costliest, left));
    constexpr std::uint64_t few = 100 * cost_to_look;
    constexpr std::size_t spared_most = 4;
    for (std::size_t spared = 0; spared < std::min(spared_most, near_.size()) && best.cost > few; ++spared) {
      offer(crossing(std::span(costliest).first(spared)));
    }
    return best;
  }

  /// A name that agrees no more than the levels, and of which at least `left` steps are left over, is below the floor.
  /// The more is left over, the higher the levels; but names of which less remains must then be met below them too.
  Plan leveled(std::span<const std::size_t> costliest, std::uint32_t left) {
    Plan plan;
    plan.level = levels(costliest, left);
    plan.rests.assign(near_.size(), 0);
    plan.crossed.assign(near_.size(), false);
    if (left > 0) {
      for (std::size_t i = 0; i < near_.size(); ++i) {
        if (plan.level[i] > 0) plan.rests[i] = left + others_cover(i, plan.level);
      }
    }
    return plan;
  }

  /// A name that agrees with no other piece than the spared ones and one more, and of which at least so much is left
  /// over, is below the floor. So of the other pieces two must agree, or little remain.
  Plan crossing(std::span<const std::size_t> spared) {
    Plan plan;
    plan.level.assign(near_.size(), above_all);
    plan.rests.assign(near_.size(), 0);
    plan.crossed.assign(near_.size(), true);
    Best agreed(near_.size(), 0.0F);
    for (const std::size_t i : spared) {
      agreed[i] = near_[i].empty() ? 0.0F : near_[i].front().similarity;
      plan.crossed[i] = false;
    }
    if (const std::uint32_t left = left_needed(agreed); left > 0) {
      for (const std::size_t i : spared) plan.rests[i] = left + others_cover(i, agreed);
    }
    for (std::size_t i = 0; i < near_.size(); ++i) {
      if (!plan.crossed[i] || near_[i].empty()) continue;
      agreed[i] = near_[i].front().similarity;
      if (const std::uint32_t left = left_needed(agreed); left > 0) plan.rests[i] = left + others_cover(i, agreed);
      agreed[i] = 0;
    }
    return plan;
  }

  /// How many steps left over on the list bring the bound below the floor.
  std::uint32_t left_needed(const Best& agreed) {
    for (const std::uint32_t left : {0U, 4U, 8U, 16U, 32U, 64U, 128U}) {
      if (!reaches(agreed, left)) return left;
    }
    return without_limit;
  }

  [[nodiscard]] bool reaches(const Best& best, std::uint32_t left) {
    names::ListedLeft listed_left{};
    listed_left[static_cast<std::size_t>(names::Pool::core)] = left / weight_steps;
    return bound_.reaches(floor_, best, listed_left);
  }

  /// Levels whose bound is below the floor, raised first where it saves the most postings.
  Best levels(std::span<const std::size_t> costliest, std::uint32_t left) {
    Best level(near_.size(), 0.0F);
    for (const std::size_t i : costliest) {
      if (costs_[i] == 0) continue;
      // Neighbours come most similar first: the level is set at the first that the floor allows.
      const std::vector<Run>& near = near_[i];
      const auto allowed = std::partition_point(near.begin(), near.end(), [&](const Run& n) {
        level[i] = n.similarity;
        return reaches(level, left);
      });
      level[i] = allowed == near.end() ? 0.0F : allowed->similarity;
    }
    return level;
  }

  /// Of a name posted under a neighbour of this piece, how much of the rest there may pair with other parts of the
  /// query, where no piece agrees more than `agreed`. In steps.
  [[nodiscard]] std::uint32_t others_cover(std::size_t piece, const Best& agreed) const {
    std::array<std::uint32_t, parts_most> covers{};  // the most core weight that pairs with each part
    for (std::size_t unit = 0; unit < query_.units.size(); ++unit) {
      const std::uint32_t cover = cover_of(query_.unit_pieces[unit], agreed);
      for_each_part(unit, [&](std::size_t part) { covers.at(part) = std::max(covers.at(part), cover); });
    }
    std::uint32_t all = 0;
    for (const std::uint32_t cover : covers) all += cover;
    std::uint32_t most = 0;
    for (std::size_t unit = 0; unit < query_.units.size(); ++unit) {
      if (query_.unit_pieces[unit] != piece) continue;
      std::uint32_t others = all;
      for_each_part(unit, [&](std::size_t part) { others -= covers.at(part); });
      most = std::max(most, others);
    }
    return most;
  }

  template <typename Call>
  void for_each_part(std::size_t unit, const Call& call) const {
    for (std::uint64_t mask = unit_mask(unit, query_.measures.size(), query_.acronym_mask); mask != 0;
         mask &= mask - 1) {
      call(static_cast<std::size_t>(std::countr_zero(mask)));
    }
  }

  [[nodiscard]] std::uint32_t cover_of(std::size_t piece, const Best& agreed) const {
    std::uint32_t most = 0;
    if (agreed[piece] <= 0) return most;
    for (const Run& run : near_[piece]) {
      if (run.similarity <= agreed[piece]) most = std::max(most, run.cover);
    }
    return most;
  }

  [[nodiscard]] std::uint64_t cost_of(const Plan& plan) const {
    std::uint64_t cost = 0;
    for (std::size_t i = 0; i < near_.size(); ++i) {
      if (plan.crossed[i]) cost += costs_[i];
      for (const Run& run : near_[i]) cost += cost_to_look * read_of(run, plan, i).size();
    }
    return cost;
  }

  /// All names under a neighbour of piece i that the plan has met.
  [[nodiscard]] static std::span<const std::uint32_t> read_of(const Run& run, const Plan& plan, std::size_t i) {
    return run.similarity > plan.level[i] ? run.names : run.names.first(run.count_below(plan.rests[i]));
  }

  void meet_all() {
    for (std::uint32_t name = 0; name < snapshot_.name_count(); ++name) {
      const std::uint16_t schema = snapshot_.party_schema[snapshot_.name_party[name]];
      if (snapshot_.label_kinds[schema] == query_.kind) met_.push_back(name);
    }
  }

  void meet(const Plan& plan) {
    Marks& met = marks().met;
    const auto meet_one = [&](std::uint32_t name) {
      if (met.set(name)) met_.push_back(name);
    };
    for (std::size_t i = 0; i < near_.size(); ++i) {
      for (const Run& run : near_[i]) {
        for (const std::uint32_t name : read_of(run, plan, i)) meet_one(name);
      }
    }
    cross(plan, meet_one);
    for (const std::uint32_t name : met_) met.unset(name);
    std::sort(met_.begin(), met_.end());
  }

  template <typename Call>
  void cross(const Plan& plan, const Call& meet_one) {
    if (std::ranges::find(plan.crossed, true) == plan.crossed.end()) return;
    Marks& once = marks().once;
    for (std::size_t i = 0; i < near_.size(); ++i) {
      if (!plan.crossed[i]) continue;
      for (const Run& run : near_[i]) {
        for (const std::uint32_t name : run.names) {
          if (!once.set(name)) meet_one(name);
        }
      }
    }
    once.unset_all();
  }

  /// One bit a name.
  class Marks {
   public:
    void fit(std::size_t names) {
      if (words_.size() < names / 64 + 1) words_.resize(names / 64 + 1, 0);
    }
    /// Whether it was not set before.
    bool set(std::uint32_t name) {
      std::uint64_t& word = words_[name / 64];
      const std::uint64_t bit = std::uint64_t{1} << (name % 64);
      const bool is_new = (word & bit) == 0;
      word |= bit;
      return is_new;
    }
    void unset(std::uint32_t name) { words_[name / 64] = 0; }
    void unset_all() { std::ranges::fill(words_, 0); }

   private:
    std::vector<std::uint64_t> words_;
  };
  struct AllMarks {
    Marks met;
    Marks once;
  };
  /// All zero between uses; kept by the thread because a query should cost what it meets.
  [[nodiscard]] AllMarks& marks() const {
    thread_local AllMarks marked;
    marked.met.fit(snapshot_.name_count());
    marked.once.fit(snapshot_.name_count());
    return marked;
  }

  std::vector<Snapshot::Candidate> keep() {
    std::vector<Snapshot::Candidate> kept;
    if (met_.empty()) return kept;
    std::vector<Agreement> all;
    for (std::uint32_t i = 0; i < near_.size(); ++i) {
      for (const Run& run : near_[i]) all.push_back({run.piece, i, run.similarity});
    }
    const Agreements agreements(std::move(all));
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
  std::vector<std::vector<Run>> near_;  // of each query piece, those that may pair
  std::vector<std::uint64_t> costs_;    // postings of each
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
