// Which listed names could reach a score: by similar pieces, and by the bound that names::ScoreBound gives on them.
//
// What a listed name can score is bounded by its greatest similarity to each piece of the query and by what of it is
// left over. So:
//   1. Every piece of the vocabulary similar to some piece of the query is found, in bands of about the same similarity
//      (neighbours.h).
//   2. A plan spares some bands, those of the most common pieces (as in MaxScore): a name under nothing else is below
//      the floor if enough of it is left over. Postings are in the order of what else the name has, so that few are
//      read of the bands spared.
//   3. The other postings are read one after the other, and for each name is noted under which bands it was seen: a
//      state, of which there are few. What the name would have to leave over to be below the floor, if it is under
//      those bands, the spared ones and no others, is worked out once a state. A name is met when a posting says that
//      less is left over.
//   4. Each name met has its similarities and what is left over worked out from its own units, and is kept if the bound
//      reaches the floor.
// Nothing is missed: of the postings through which the score pairs a name, one is read last, and by then the state
// covers all the pairs.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <functional>
#include <numeric>
#include <tuple>

#include "index/format.h"
#include "index/index.h"
#include "index/mapped.h"
#include "names/bound.h"

namespace interdict::index {
namespace {

/// Room for rounding between a bound and the score it bounds.
constexpr double rounding = 1e-9;

using Best = std::vector<float>;

/// Looks up what a listed piece agrees with: open addressing, at most half full.
class Agreements {
 public:
  /// With query piece `of`, to this degree.
  struct Agreement {
    std::uint32_t piece = none;
    std::uint32_t of = 0;
    float similarity = 0;
  };

  explicit Agreements(std::size_t most) : slots_(std::bit_ceil(2 * most + 1)), mask_(slots_.size() - 1) {}

  void add(const Agreement& agreement) {
    std::size_t at = place(agreement.piece);
    while (slots_[at].piece != none) at = (at + 1) & mask_;
    slots_[at] = agreement;
  }

  /// Calls for each of what the piece agrees with.
  template <typename Call>
  void of(std::uint32_t piece, const Call& call) const {
    for (std::size_t at = place(piece); slots_[at].piece != none; at = (at + 1) & mask_) {
      if (slots_[at].piece == piece) call(slots_[at]);
    }
  }

 private:
  static constexpr std::uint32_t none = 0xffffffffU;
  [[nodiscard]] std::size_t place(std::uint32_t piece) const { return (piece * 0x9E3779B1U >> 7U) & mask_; }

  std::vector<Agreement> slots_;
  std::size_t mask_;
};

/// What is known of each name while postings are read: the number of a state, 0 when nothing is.
class Marks {
 public:
  using State = std::uint8_t;
  static constexpr std::size_t states_most = 256;

  Marks(std::uint16_t* marks, std::uint16_t round) : marks_(marks), round_(round) {}
  [[nodiscard]] State operator[](std::uint32_t name) const {
    const auto state = static_cast<std::uint16_t>(marks_[name] - round_);
    return state < states_most ? static_cast<State>(state) : State{0};
  }
  void set(std::uint32_t name, State state) const { marks_[name] = static_cast<std::uint16_t>(round_ | state); }

 private:
  std::uint16_t* marks_;  // the round it was set in, above the state
  std::uint16_t round_;
};

/// Memory for them, kept by the thread. A new round forgets all at once: a query should cost what it reads.
class MarkTable {
 public:
  Marks begin_round(std::size_t names) {
    if (marks_.size() < names) marks_.resize(names, 0);
    round_ += Marks::states_most;
    if (round_ == 0) {
      std::ranges::fill(marks_, std::uint16_t{0});
      round_ = Marks::states_most;
    }
    return {marks_.data(), round_};
  }

 private:
  std::vector<std::uint16_t> marks_;
  std::uint16_t round_ = 0;
};

class Selection {
 public:
  Selection(const Snapshot::Impl& snapshot, const names::Name& query, double floor, const Snapshot::Scope& scope)
      : snapshot_(snapshot), query_(query), floor_(floor - rounding), scope_(scope), bound_(query) {}

  std::vector<Snapshot::Candidate> run() {
    if (query_.tokens.empty()) return {};
    if (!find_neighbourhoods()) return {};
    if (bound_.reaches(floor_, agreed(nothing()), {})) {
      meet_all();
    } else {
      meet(cheapest_plan());
    }
    return keep();
  }

 private:
  /// For each piece of the query a band of its neighbourhood, the number of bands standing for none: the highest under
  /// which a name may be; or in a plan, the first of those that are not read.
  using Reach = std::vector<std::uint8_t>;

  /// What follows for a name that is under no higher bands than these.
  struct Known {
    Reach reach;
    /// Of each piece: a name posted under a neighbour of it with so much rest is below the floor.
    std::vector<std::uint32_t> limits;
  };
  static constexpr std::uint32_t every_rest = weight_most + 1;

  /// False when the bound does not reach the floor: mostly a rare part that nothing resembles says so, before the many
  /// neighbours of a common one have been looked for.
  bool find_neighbourhoods() {
    const std::size_t count = query_.pieces.size();
    std::vector<const names::Unit*> units(count);  // any of the piece: they are alike
    std::vector<float> weights(count);             // as a part
    for (std::size_t unit = 0; unit < query_.units.size(); ++unit) {
      const std::uint32_t piece = query_.unit_pieces[unit];
      units[piece] = &query_.units[unit];
      if (unit < query_.measures.size()) weights[piece] = std::max(weights[piece], query_.measures[unit].weight);
    }
    std::vector<std::uint32_t> order(count);
    std::iota(order.begin(), order.end(), 0U);
    // What is only made of parts has few neighbours.
    std::ranges::sort(order, {}, [&](std::uint32_t i) { return std::tuple(bound_.use_of(i).is_part, -weights[i], i); });
    near_.resize(count);
    bands_.resize(count);
    Best most(count, 1.0F);
    for (const std::uint32_t i : order) {
      const auto [least, is_part] = bound_.use_of(i);
      near_[i] = snapshot_.neighbour_cache.get(snapshot_, *units[i], is_part ? Make::part : Make::joined, query_.kind);
      std::span<const Band> bands = near_[i]->bands;
      while (!bands.empty() && bands.back().most < least) bands = bands.first(bands.size() - 1);
      bands_[i] = bands;
      most[i] = bands.empty() ? 0.0F : bands.front().most;
      if (bands.empty() && !bound_.reaches(floor_, most, {})) return false;
    }
    return bound_.reaches(floor_, most, {});
  }

  [[nodiscard]] Reach all() const { return Reach(bands_.size(), 0); }
  [[nodiscard]] Reach nothing() const {
    Reach reach;
    for (const auto& bands : bands_) reach.push_back(static_cast<std::uint8_t>(bands.size()));
    return reach;
  }
  [[nodiscard]] const Band* band(std::size_t piece, const Reach& reach) const {
    return reach[piece] < bands_[piece].size() ? &bands_[piece][reach[piece]] : nullptr;
  }
  [[nodiscard]] Best agreed(const Reach& reach) const {
    Best best;
    for (std::size_t i = 0; i < bands_.size(); ++i) {
      const Band* at = band(i, reach);
      best.push_back(at == nullptr ? 0.0F : at->most);
    }
    return best;
  }

  [[nodiscard]] Known know(Reach reach) {
    Known known{std::move(reach), std::vector<std::uint32_t>(bands_.size(), 0)};
    const double left = bound_.most_left(floor_, agreed(known.reach));
    if (left < 0) return known;
    const auto steps = static_cast<std::uint32_t>(std::min(left * weight_steps + rounding, double{every_rest}));
    // Of the rest of a posting, as much may pair with other parts of the query as the bands there cover.
    std::array<std::uint32_t, names::parts_most> covers{};  // the most core weight that pairs with each part
    for (std::size_t unit = 0; unit < query_.units.size(); ++unit) {
      const Band* at = band(query_.unit_pieces[unit], known.reach);
      if (at == nullptr) continue;
      for_each_part(unit, [&](std::size_t part) { covers.at(part) = std::max(covers.at(part), at->cover); });
    }
    std::uint32_t all = 0;
    for (const std::uint32_t cover : covers) all += cover;
    for (std::size_t unit = 0; unit < query_.units.size(); ++unit) {
      std::uint32_t others = all;
      for_each_part(unit, [&](std::size_t part) { others -= covers.at(part); });
      std::uint32_t& limit = known.limits[query_.unit_pieces[unit]];
      limit = std::max(limit, std::min(every_rest, steps + 1 + others));
    }
    return known;
  }

  template <typename Call>
  void for_each_part(std::size_t unit, const Call& call) const {
    for (std::uint64_t mask = unit_mask(unit, query_.measures.size(), query_.acronym_mask); mask != 0;
         mask &= mask - 1) {
      call(static_cast<std::size_t>(std::countr_zero(mask)));
    }
  }

  // Planning ----------------------------------------------------------------------------------------------------------

  // In units of reading a posting:
  static constexpr std::uint64_t cost_to_look = 20;  // at a name met
  static constexpr std::uint64_t cost_to_plan = 2000;

  /// The bands that are not read: from these on. Every plan is exact; which is cheapest depends on how common the words
  /// of the query are and of what weight. Each band, the most common first, is spared with those below it if that pays.
  [[nodiscard]] Known cheapest_plan() {
    struct Place {
      std::size_t piece;
      std::uint8_t band;
      std::uint32_t count;
    };
    std::vector<Place> places;
    std::uint64_t postings = 0;
    for (std::size_t i = 0; i < bands_.size(); ++i) {
      for (std::size_t b = 0; b < bands_[i].size(); ++b) {
        places.push_back({i, static_cast<std::uint8_t>(b), bands_[i][b].count()});
        postings += places.back().count;
      }
    }
    Known best = know(nothing());
    if (postings < cost_to_plan) return best;
    std::ranges::stable_sort(places, std::greater{}, &Place::count);
    const Known most = know(all());
    std::uint64_t least = cost_of(best, most);
    constexpr std::uint64_t few = 16;  // postings not worth planning for: one in so many
    for (const Place& place : places) {
      if (place.count < least / few) break;
      if (place.band >= best.reach[place.piece]) continue;
      Reach reach = best.reach;
      reach[place.piece] = place.band;
      Known plan = know(std::move(reach));
      if (cost_of_spared(plan) >= least) continue;
      if (const std::uint64_t cost = cost_of(plan, most); cost < least) {
        least = cost;
        best = std::move(plan);
      }
    }
    return best;
  }

  /// Of reading the postings, and of looking at the names that it takes but one band to meet.
  [[nodiscard]] std::uint64_t cost_of(const Known& plan, const Known& most) {
    std::uint64_t cost = cost_of_spared(plan);
    for (std::size_t i = 0; i < bands_.size(); ++i) {
      for (std::uint8_t b = 0; b < plan.reach[i]; ++b) {
        const Band& band = bands_[i][b];
        Reach reach = plan.reach;
        reach[i] = b;
        cost += band.count_below(most.limits[i]) + cost_to_look * band.count_below(know(std::move(reach)).limits[i]);
      }
    }
    return cost;
  }

  [[nodiscard]] std::uint64_t cost_of_spared(const Known& plan) const {
    std::uint64_t cost = 0;
    for (std::size_t i = 0; i < bands_.size(); ++i) {
      for (const Band& band : bands_[i].subspan(plan.reach[i])) {
        cost += cost_to_look * band.count_below(plan.limits[i]);
      }
    }
    return cost;
  }

  // Meeting -----------------------------------------------------------------------------------------------------------

  /// Where reading one more posting of a name leads: to a state, unless it has less rest than the limit and is met.
  struct Step {
    Marks::State next = 0;  // 0: not yet worked out
    std::uint16_t limit = 0;
  };
  using Steps = std::array<Step, Marks::states_most>;  // by the state before
  static constexpr Marks::State met = 1;
  static constexpr std::size_t first_known = 2;  // the state of known_[0], which is that of state 0 too

  void meet_all() {
    for (std::uint32_t name = 0; name < snapshot_.name_count(); ++name) {
      const std::uint16_t schema = snapshot_.party_schema[snapshot_.name_party[name]];
      if (snapshot_.label_kinds[schema] == query_.kind) met_.push_back(name);
    }
  }

  void meet(Known plan) {
    thread_local MarkTable table;
    const Marks marks = table.begin_round(snapshot_.name_count());
    const Known most = know(all());
    known_.push_back(std::move(plan));
    for (std::size_t i = 0; i < bands_.size(); ++i) {
      for (std::size_t b = 0; b < bands_[i].size(); ++b) {
        const bool is_spared = b >= known_.front().reach[i];
        const std::uint32_t limit = (is_spared ? known_.front() : most).limits[i];
        if (limit > 0)
          read({.piece = i, .band = static_cast<std::uint8_t>(b), .is_spared = is_spared, .limit = limit}, marks);
      }
    }
  }

  struct Reading {
    std::size_t piece;
    std::uint8_t band;
    bool is_spared;       // but for little rest: met at once
    std::uint32_t limit;  // read are postings with less rest
  };
  void read(const Reading& reading, const Marks marks) {
    Steps steps{};
    if (reading.is_spared) steps.fill({.next = met, .limit = every_rest});
    steps[met] = {.next = met, .limit = 0};
    const std::span<const Run> runs = near_[reading.piece]->runs_of(bands_[reading.piece][reading.band]);
    const std::uint32_t* names = snapshot_.postings.values.data();
    const std::uint8_t* rests = snapshot_.posting_rests.data();
    constexpr std::size_t ahead = 4;
    for (std::size_t r = 0; r < runs.size(); ++r) {
      if (r + ahead < runs.size()) {
        prefetch(names + runs[r + ahead].first);
        prefetch(rests + runs[r + ahead].first);
      }
      const std::uint32_t end = runs[r].first + runs[r].count;
      for (std::uint32_t at = runs[r].first; at < end && rests[at] < reading.limit; ++at) {
        const Marks::State state = marks[names[at]];
        Step step = steps[state];
        if (step.next == 0) step = steps[state] = find_step(state, reading);
        const bool is_met = rests[at] < step.limit;
        if (is_met) met_.push_back(names[at]);
        marks.set(names[at], is_met ? met : step.next);
      }
    }
  }

  Step find_step(Marks::State from, const Reading& reading) {
    Reach reach = known_[from == 0 ? 0 : from - first_known].reach;
    reach[reading.piece] = std::min(reach[reading.piece], reading.band);
    std::size_t known = 0;
    while (known < known_.size() && known_[known].reach != reach) ++known;
    if (known == known_.size()) {
      if (known + first_known == Marks::states_most) return {.next = met, .limit = every_rest};
      known_.push_back(know(std::move(reach)));
    }
    return {.next = static_cast<Marks::State>(known + first_known),
            .limit = static_cast<std::uint16_t>(known_[known].limits[reading.piece])};
  }

  std::vector<Snapshot::Candidate> keep() {
    std::vector<Snapshot::Candidate> kept;
    if (met_.empty()) return kept;
    const Agreements agreements = all_agreements();
    Best best(bands_.size());
    constexpr std::size_t ahead = 12;
    for (std::size_t i = 0; i < met_.size(); ++i) {
      if (i + 2 * ahead < met_.size()) {
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
    std::ranges::sort(kept, {}, &Snapshot::Candidate::name);
    return kept;
  }

  [[nodiscard]] Agreements all_agreements() const {
    std::size_t count = 0;
    for (const auto& bands : bands_) count += bands.empty() ? 0 : bands.back().end;
    Agreements agreements(count);
    for (std::uint32_t i = 0; i < bands_.size(); ++i) {
      for (const Band& band : bands_[i]) {
        for (const Run& run : near_[i]->runs_of(band)) agreements.add({run.piece, i, run.similarity});
      }
    }
    return agreements;
  }

  /// How alike the name is to each piece of the query, and what of it resembles nothing there.
  names::ListedLeft look_at(std::uint32_t name, const Agreements& agreements, Best& best) const {
    std::fill(best.begin(), best.end(), 0.0F);
    const std::span<const std::uint32_t> units = snapshot_.name_units[name];
    const std::size_t parts = parts_among(units.size());
    std::uint64_t paired = 0;
    for (std::size_t unit = 0; unit < units.size(); ++unit) {
      const bool is_part = unit < parts;
      agreements.of(units[unit], [&](const Agreements::Agreement& agreement) {
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
    if (scope_.schemas.empty() && scope_.sources.empty()) return true;
    const std::uint32_t party = snapshot_.name_party[name];
    return (scope_.schemas.empty() || scope_.schemas[snapshot_.party_schema[party]]) &&
           (scope_.sources.empty() || scope_.sources[snapshot_.party_source[party]]);
  }

  static float round_up(double bound) { return std::nextafter(static_cast<float>(bound), 2.0F); }

  const Snapshot::Impl& snapshot_;
  const names::Name& query_;
  double floor_;
  const Snapshot::Scope& scope_;
  names::ScoreBound bound_;
  std::vector<std::shared_ptr<const Neighbourhood>> near_;  // of each query piece
  std::vector<std::span<const Band>> bands_;                // of each, those that may pair
  std::vector<Known> known_;                                // of each state from first_known on; the plan first
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
