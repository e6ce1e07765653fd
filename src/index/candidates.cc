// Which listed names could reach a score: by similar pieces, and by the bound that names::ScoreBound gives on them.
//
// What a listed name can score is bounded by its greatest similarity to each piece of the query and by what of it is
// left over. So:
//   1. Every piece of the vocabulary similar to some piece of the query is found, in bands of about the same similarity
//      (neighbours.h).
//   2. A plan spares some bands, those of the most common pieces (as in MaxScore): a name under nothing else is below
//      the floor if enough of it is left over. Postings are in the order of what else the name has, so that few are
//      read of the bands spared.
//   3. Beside a posting stands by what else the name may pair (its company). That tells under which bands the name may
//      be at most: a state, of which there are few. What the name would have to leave over to be below the floor is
//      worked out once a state. A name is met when a posting says that less is left over. Most share one word with the
//      query and nothing else, which their company shows: they are never touched.
//   4. Each name met has its similarities and what is left over worked out from its own units, and is kept if the bound
//      reaches the floor.
// Nothing is missed: of the postings through which the score pairs a name, each tells of all the others in its company,
// and one at least is in a band that is read, or has so little rest that it is read where bands are spared.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <functional>
#include <numeric>
#include <optional>
#include <string_view>
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

/// One of the company of a posting that agrees with something.
struct Agreeing {
  std::uint32_t posting;  // counted from the first of its run
  Companion companion;
};

/// What listed pieces agree with, looked up by the hash of the piece: open addressing, at most half full.
class Agreements {
 public:
  struct Agreement {
    std::uint32_t piece = none;
    float similarity = 0;
    std::uint16_t of = 0;      // piece of the query
    std::uint16_t band = 0;    // of its neighbourhood
    std::uint16_t hash = 0;    // of the piece
    std::uint16_t weight = 0;  // core weight of a unit of the piece, at most, in steps
  };

  explicit Agreements(std::vector<Agreement>& memory) : slots_(memory) { see(Companion::anybody); }
  void make_room(std::size_t most) { slots_.assign(std::bit_ceil(2 * most + 1), {}); }

  void add(Agreement agreement) {
    const std::uint16_t hash = agreement.hash = Companion::hash_of(agreement.piece);
    std::size_t at = place(hash);
    while (slots_[at].piece != none) at = next(at);
    slots_[at] = agreement;
    see(hash);
  }

  /// False when no piece of this hash agrees with anything.
  [[nodiscard]] bool has(std::uint16_t hash) const { return (seen_[hash / 64U] >> hash % 64U & 1U) != 0; }

  /// Those of the company of the first `end` postings of a run that agree with something, written to `memory`. Most do
  /// not, and which does cannot be foretold: so nothing else is done on the way, and no branch taken.
  [[nodiscard]] std::span<const Agreeing> among(std::span<const Companion> company, std::uint32_t end,
                                                std::vector<Agreeing>& memory) const {
    if (memory.size() < company.size()) memory.resize(company.size());
    Agreeing* out = memory.data();
    std::uint32_t postings = 0;
    for (const Companion companion : company) {
      postings += companion.is_first();
      if (postings > end) break;
      out->posting = postings - 1;  // not both at once: the compiler makes a round trip through memory of that
      out->companion = companion;
      out += has(companion.hash()) ? 1 : 0;
    }
    return {memory.data(), out};
  }

  /// Calls for each agreement of a piece that has this hash.
  template <typename Call>
  void with(std::uint16_t hash, const Call& call) const {
    for (std::size_t at = place(hash); slots_[at].piece != none; at = next(at)) {
      if (slots_[at].hash == hash) call(slots_[at]);
    }
  }

 private:
  static constexpr std::uint32_t none = 0xffffffffU;
  void see(std::uint16_t hash) { seen_.at(hash / 64U) |= std::uint64_t{1} << hash % 64U; }
  [[nodiscard]] std::size_t place(std::uint16_t hash) const { return hash * slots_.size() / Companion::hashes; }
  [[nodiscard]] std::size_t next(std::size_t at) const { return (at + 1) & (slots_.size() - 1); }

  std::vector<Agreement>& slots_;
  std::array<std::uint64_t, Companion::hashes / 64> seen_{};
};

class Selection {
 public:
  Selection(const Snapshot::Impl& snapshot, const names::Name& query, double floor, const Snapshot::Scope& scope)
      : snapshot_(snapshot), query_(query), floor_(floor - rounding), scope_(scope), bound_(query) {}

  std::vector<Snapshot::Candidate> run() {
    if (query_.tokens.empty()) return {};
    if (!find_neighbourhoods()) return {};
    note_agreements();
    if (bound_.reaches(floor_, agreed(nothing()), {})) {
      meet_all();
    } else {
      meet();
    }
    return keep();
  }

 private:
  /// For each piece of the query a band of its neighbourhood, the number of bands standing for none: the highest under
  /// which a name may be; or in a plan, the first of those that are not read.
  using Reach = std::array<std::uint8_t, 2 * names::parts_most>;

  /// What follows for a name that is under no higher bands than these.
  struct Known {
    Reach reach;
    /// Of each piece: a name posted under a neighbour of it with so much rest is below the floor.
    std::array<std::uint16_t, 2 * names::parts_most> limits{};
    std::uint16_t spare = 0;  // with so much core weight left over it is, in steps
  };
  static constexpr std::uint16_t every_rest = weight_most + 1;

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
    const auto make_of = [&](std::size_t i) { return bound_.use_of(i).is_part ? Make::part : Make::joined; };
    for (std::size_t i = 0; i < count; ++i) {
      snapshot_.neighbour_cache.prefetch(*units[i], make_of(i), query_.kind);
    }
    Best most(count, 1.0F);
    for (const std::uint32_t i : order) {
      near_[i] = snapshot_.neighbour_cache.get(snapshot_, *units[i], make_of(i), query_.kind);
      std::span<const Band> bands = near_[i]->bands;
      while (!bands.empty() && bands.back().most < bound_.use_of(i).least) bands = bands.first(bands.size() - 1);
      bands_[i] = bands;
      most[i] = bands.empty() ? 0.0F : bands.front().most;
      if (bands.empty() && !bound_.reaches(floor_, most, {})) return false;
    }
    return bound_.reaches(floor_, most, {});
  }

  void note_agreements() {
    std::size_t count = 0;
    for (const auto& bands : bands_) count += bands.empty() ? 0 : bands.back().end;
    agreements_.make_room(count);
    for (std::uint32_t i = 0; i < bands_.size(); ++i) {
      for (std::uint32_t b = 0; b < bands_[i].size(); ++b) {
        for (const Run& run : near_[i]->runs_of(bands_[i][b])) {
          agreements_.add({.piece = run.piece,
                           .similarity = run.similarity,
                           .of = static_cast<std::uint16_t>(i),
                           .band = static_cast<std::uint16_t>(b),
                           .weight = run.weight == weight_most ? every_rest : std::uint16_t{run.weight}});
        }
      }
    }
  }

  [[nodiscard]] static Reach all() { return {}; }
  [[nodiscard]] Reach nothing() const {
    Reach reach{};
    for (std::size_t i = 0; i < bands_.size(); ++i) reach.at(i) = static_cast<std::uint8_t>(bands_[i].size());
    return reach;
  }
  [[nodiscard]] const Band* band(std::size_t piece, const Reach& reach) const {
    return reach[piece] < bands_[piece].size() ? &bands_[piece][reach[piece]] : nullptr;
  }
  [[nodiscard]] std::span<const float> agreed(const Reach& reach) {
    notes_.agreed.resize(bands_.size());
    for (std::size_t i = 0; i < bands_.size(); ++i) {
      const Band* at = band(i, reach);
      notes_.agreed[i] = at == nullptr ? 0.0F : at->most;
    }
    return notes_.agreed;
  }

  [[nodiscard]] Known know(const Reach& reach) {
    Known known{reach};
    const double left = bound_.most_left(floor_, agreed(known.reach));
    if (left < 0) return known;
    const auto steps = static_cast<std::uint32_t>(std::min(left * weight_steps + rounding, double{every_rest}));
    known.spare = static_cast<std::uint16_t>(steps + 1);
    // Of the rest of a posting, as much may pair with other parts of the query as the bands there cover.
    std::array<std::uint32_t, names::parts_most> covers{};  // the most core weight that pairs with each part
    for (std::size_t unit = 0; unit < query_.units.size(); ++unit) {
      const Band* at = band(query_.unit_pieces[unit], known.reach);
      if (at == nullptr) continue;
      for_each_part(unit, [&](std::size_t part) { covers.at(part) = std::max(covers.at(part), at->cover); });
    }
    std::uint32_t all = 0;
    for (std::size_t part = 0; part < query_.measures.size(); ++part) all += covers.at(part);
    for (std::size_t unit = 0; unit < query_.units.size(); ++unit) {
      std::uint32_t others = all;
      for_each_part(unit, [&](std::size_t part) { others -= covers.at(part); });
      std::uint16_t& limit = known.limits.at(query_.unit_pieces[unit]);
      limit = std::max(limit, static_cast<std::uint16_t>(std::min<std::uint32_t>(every_rest, steps + 1 + others)));
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
  static constexpr std::uint64_t cost_to_look = 8;  // at a name met
  static constexpr std::uint64_t cost_to_plan = 300;

  /// The bands that are not read: from these on. Every plan is exact; which is cheapest depends on how common the words
  /// of the query are and of what weight. Each band, the most common first, is spared with those below it if that pays.
  [[nodiscard]] Known cheapest_plan(const Known& most) {
    struct Place {
      std::size_t piece;
      std::uint8_t band;
      std::uint32_t count;
    };
    std::vector<Place> places;
    for (std::size_t i = 0; i < bands_.size(); ++i) {
      for (std::size_t b = 0; b < bands_[i].size(); ++b) {
        places.push_back({i, static_cast<std::uint8_t>(b), bands_[i][b].count()});
      }
    }
    Known best = notes_.known[under_nothing];
    std::uint64_t least = cost_of(best, most);
    if (least < cost_to_plan) return best;
    std::ranges::stable_sort(places, std::greater{}, &Place::count);
    constexpr std::uint64_t few = 16;  // postings not worth planning for: one in so many
    for (const Place& place : places) {
      if (place.count < least / few) break;
      if (place.band >= best.reach.at(place.piece)) continue;
      Reach reach = best.reach;
      reach.at(place.piece) = place.band;
      const Known plan = know(reach);
      if (const std::uint64_t cost = cost_of(plan, most); cost < least) {
        least = cost;
        best = plan;
      }
    }
    return best;
  }

  /// Of reading postings, and of looking at names where those are met that little is left of. The other names looked at
  /// are about the same by every plan.
  [[nodiscard]] std::uint64_t cost_of(const Known& plan, const Known& most) const {
    std::uint64_t cost = 0;
    for (std::size_t i = 0; i < bands_.size(); ++i) {
      for (std::size_t b = 0; b < bands_[i].size(); ++b) {
        const bool is_spared = b >= plan.reach.at(i);
        cost += is_spared ? (1 + cost_to_look) * bands_[i][b].count_below(plan.limits.at(i))
                          : bands_[i][b].count_below(most.limits.at(i));
      }
    }
    return cost;
  }

  // Meeting -----------------------------------------------------------------------------------------------------------

  /// What is known of a name by its being under these bands and no higher.
  using State = std::uint16_t;
  static constexpr std::size_t states_most = 384;
  static constexpr std::size_t bands_told_apart = 20;  // of more, their states would be too many
  static constexpr State under_nothing = 0;
  static constexpr State under_all = 1;  // for a name of which no more can be told

  void meet_all() {
    for (std::uint32_t name = 0; name < snapshot_.name_count(); ++name) {
      const std::uint16_t schema = snapshot_.party_schema[snapshot_.name_party[name]];
      if (snapshot_.label_kinds[schema] == query_.kind) notes_.met.push_back(name);
    }
  }

  void meet() {
    for (const auto& bands : bands_) {
      first_band_.push_back(band_count_);
      band_count_ += bands.size();
    }
    add_state(nothing(), hash_of(nothing()));
    add_state(all(), hash_of(all()));
    const Known plan = cheapest_plan(notes_.known[under_all]);
    std::vector<Reading> readings;  // all of them first: those states must find room
    for (std::size_t i = 0; i < bands_.size(); ++i) {
      for (std::size_t b = 0; b < bands_[i].size(); ++b) {
        const std::uint32_t limit = (b < plan.reach.at(i) ? notes_.known[under_all] : plan).limits.at(i);
        if (limit == 0) continue;
        for (const Run& run : near_[i]->runs_of(bands_[i][b])) {
          if (run.least < limit) readings.push_back({&run, i, step(under_nothing, i, b), limit});
        }
      }
    }
    constexpr std::size_t ahead = 4;
    for (std::size_t i = 0; i < readings.size() + ahead; ++i) {
      if (i < readings.size()) prefetch_run(*readings[i].run);
      if (i >= ahead) read(readings[i - ahead]);
    }
    for (const std::uint32_t posting : notes_.passed) {
      notes_.met.push_back(snapshot_.postings.values[posting]);
      prefetch(&snapshot_.name_units.ranges[notes_.met.back()]);
    }
    std::ranges::sort(notes_.met);
    const auto twice = std::ranges::unique(notes_.met);
    notes_.met.erase(twice.begin(), twice.end());
  }

  /// The postings of a run with less rest than the limit.
  struct Reading {
    const Run* run;
    std::size_t piece;  // of the query
    State alone;        // of a name that is under this band only
    std::uint32_t limit;
  };

  void prefetch_run(const Run& run) const {
    constexpr std::size_t line = section_alignment / sizeof(Companion);
    constexpr std::size_t most = 16 * line;
    prefetch(&snapshot_.posting_rests[run.first]);
    const std::size_t end = std::min<std::size_t>(run.company_end, run.company + most);
    for (std::size_t at = run.company; at < end; at += line) prefetch(snapshot_.company.data() + at);
  }

  /// Passes on the postings that have little enough rest for a name under this band alone, and those that have little
  /// enough for the bands that their company is in.
  void read(const Reading& reading) {
    const Run& run = *reading.run;
    const auto rests = snapshot_.posting_rests.subspan(run.first, run.count);
    const std::uint32_t enough = std::min(reading.limit, limit_of(reading, {.state = reading.alone}));
    const std::uint32_t end = run.most < reading.limit ? run.count : count_below(rests, reading.limit);
    const std::uint32_t little = run.least >= enough ? 0 : count_below(rests, enough);
    for (std::uint32_t i = 0; i < little; ++i) pass(run.first + i);
    if (little == end) return;
    const std::span<const Companion> company = snapshot_.company.subspan(run.company, run.company_end - run.company);
    const std::span<const Agreeing> agreeing = agreements_.among(company, end, notes_.agreeing);
    for (auto at = std::ranges::lower_bound(agreeing, little, {}, &Agreeing::posting); at != agreeing.end();) {
      const std::uint32_t posting = at->posting;
      Seen seen{.state = reading.alone};
      for (; at != agreeing.end() && at->posting == posting; ++at) see(at->companion, seen);
      if (rests[posting] < limit_of(reading, seen)) pass(run.first + posting);
    }
  }

  /// What of a name's company agrees with something.
  struct Seen {
    State state;
    std::uint32_t weight = 0;  // in steps, at most
  };
  void see(Companion companion, Seen& seen) {
    if (companion.hash() == Companion::anybody) {
      seen = {.state = under_all, .weight = every_rest};
      return;
    }
    std::uint16_t weight = 0;
    agreements_.with(companion.hash(), [&](const Agreements::Agreement& with) {
      seen.state = step(seen.state, with.of, with.band);
      weight = std::max(weight, with.weight);
    });
    seen.weight += weight;
  }

  /// Of the rest of a name, no more than what was seen may pair, and no more than the bands it is in cover.
  [[nodiscard]] std::uint32_t limit_of(const Reading& reading, const Seen& seen) const {
    const Known& known = notes_.known[seen.state];
    return std::min<std::uint32_t>(known.limits.at(reading.piece), known.spare + seen.weight);
  }

  static std::uint32_t count_below(std::span<const std::uint8_t> rests, std::uint32_t limit) {
    return static_cast<std::uint32_t>(std::ranges::lower_bound(rests, limit) - rests.begin());
  }

  void pass(std::uint32_t posting) {
    notes_.passed.push_back(posting);
    prefetch(&snapshot_.postings.values[posting]);
  }

  /// The state of a name that is under this band too, or a state that takes it to be under a higher one.
  State step(State from, std::size_t piece, std::size_t band) {
    if (band_count_ > bands_told_apart) band = 0;
    const std::size_t at = from * band_count_ + first_band_[piece] + band;
    if (notes_.next[at] != not_worked_out) return static_cast<State>(notes_.next[at]);
    Reach reach = notes_.known[from].reach;
    reach.at(piece) = std::min(reach.at(piece), static_cast<std::uint8_t>(band));
    // By its hash; of two states with one hash, which does not happen, the second is under all.
    const std::uint64_t hash = hash_of(reach);
    const auto same = std::ranges::find(notes_.hashes, hash);
    auto state = static_cast<std::size_t>(same - notes_.hashes.begin());
    if (state < notes_.hashes.size() && notes_.known[state].reach != reach) state = under_all;
    if (state == states_most) state = under_all;
    if (state == notes_.hashes.size()) add_state(reach, hash);
    notes_.next[at] = static_cast<std::uint16_t>(state);
    return static_cast<State>(state);
  }

  [[nodiscard]] std::uint64_t hash_of(const Reach& reach) const {
    return std::hash<std::string_view>{}({reinterpret_cast<const char*>(reach.data()), bands_.size()});
  }

  void add_state(const Reach& reach, std::uint64_t hash) {
    notes_.hashes.push_back(hash);
    notes_.known.push_back(know(reach));
    notes_.next.resize(notes_.known.size() * band_count_, not_worked_out);
  }

  std::vector<Snapshot::Candidate> keep() {
    std::vector<Snapshot::Candidate> kept;
    Best best(bands_.size());
    constexpr std::size_t ahead = 8;
    for (std::size_t i = 0; i < notes_.met.size() + ahead; ++i) {
      if (i < notes_.met.size()) {
        const std::uint32_t first = snapshot_.name_units.ranges[notes_.met[i]];
        prefetch(snapshot_.name_units.values.data() + first);
        prefetch(snapshot_.name_weights.data() + first);
      }
      if (i < ahead) continue;
      const std::uint32_t name = notes_.met[i - ahead];
      const names::ListedLeft left = look_at(name, best);
      const std::optional<double> bound = bound_.from(floor_, best, left);
      if (bound && in_scope(name)) kept.push_back({name, round_up(*bound)});
    }
    return kept;
  }

  /// How alike the name is to each piece of the query, and what of it resembles nothing there.
  names::ListedLeft look_at(std::uint32_t name, Best& best) const {
    std::fill(best.begin(), best.end(), 0.0F);
    const std::span<const std::uint32_t> units = snapshot_.name_units[name];
    const std::size_t parts = parts_among(units.size());
    std::uint64_t paired = 0;
    for (std::size_t unit = 0; unit < units.size(); ++unit) {
      const bool is_part = unit < parts;
      const std::uint16_t hash = Companion::hash_of(units[unit]);
      if (!agreements_.has(hash)) continue;
      agreements_.with(hash, [&](const Agreements::Agreement& agreement) {
        if (agreement.piece != units[unit]) return;
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
  std::vector<std::size_t> first_band_;                     // of each query piece, bands counted through
  std::size_t band_count_ = 0;
  static constexpr State not_worked_out = 0xffff;

  /// What grows on the way; kept for the next query of this thread, which then asks for no memory.
  struct Notes {
    std::vector<Agreements::Agreement> agreements;
    std::vector<Agreeing> agreeing;
    std::vector<float> agreed;          // worked out last
    std::vector<Known> known;           // of each state
    std::vector<std::uint64_t> hashes;  // of their reach
    std::vector<State> next;            // by state, then band
    std::vector<std::uint32_t> passed;  // postings
    std::vector<std::uint32_t> met;
  };
  static Notes& cleared(Notes& notes) {
    notes.known.clear();
    notes.hashes.clear();
    notes.next.clear();
    notes.passed.clear();
    notes.met.clear();
    return notes;
  }
  static inline thread_local Notes kept_;
  Notes& notes_ = cleared(kept_);
  Agreements agreements_{notes_.agreements};  // of the pieces in the bands
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
