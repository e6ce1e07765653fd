#include "names/bound.h"

#include <algorithm>

#include "model/result.h"
#include "names/assign.h"
#include "names/formula.h"

namespace interdict::names {
namespace {

constexpr auto core_pool = static_cast<std::size_t>(Pool::core);
constexpr auto number_pool = static_cast<std::size_t>(Pool::number);

/// Room for sums taken in another order.
constexpr double rounding = 1e-9;

/// What a pool costs with this much left over on each side.
constexpr double cost_of(const Costs& costs, double query_left, double listed_left) {
  const double both = std::min(query_left, listed_left);
  return costs.conflict * both + costs.query_left * (query_left - both) + costs.listed_left * (listed_left - both);
}

constexpr CoreReading core_begun = {.costs = pool_costs[core_pool], .beginning = 0};
constexpr CoreReading query_goes_on = [] {
  CoreReading reading = core_begun;
  reading.beginning = reading.costs.query_left * left_many * (1 - left_more);
  reading.costs.query_left *= left_more;
  return reading;
}();
constexpr CoreReading listed_goes_on = [] {
  CoreReading reading = core_begun;
  reading.beginning = reading.costs.listed_left * left_many * (1 - left_more);
  reading.costs.listed_left *= left_more;
  return reading;
}();

/// The least that one more unit left over by the query costs, whatever the listing leaves over.
constexpr double least_rate(const Costs& costs) {
  return std::min(costs.query_left, costs.conflict - costs.listed_left);
}

// Without these the bound would not fall with what is left over. Numbers are bounded by their factors.
static_assert(std::ranges::all_of(pool_costs, [](const Costs& costs) {
  return &costs == &pool_costs[number_pool] ||
         (costs.listed_left >= 0 && costs.conflict >= costs.query_left && least_rate(costs) >= 0);
}));
static_assert(left_more >= 0 && left_more <= 1 && least_rate(query_goes_on.costs) >= 0);
static_assert(pool_costs[number_pool].conflict >= 0 && number_factor <= number_missing_factor);
// One unit of agreement lost lowers what counts by 1 + compounding units, so that more agreement never counts less.
static_assert(compounding >= 0);

/// What counts of a part that agrees to this degree, if it is not the worst of the pairs. An initial is no slip.
constexpr double slipped(double similarity) {
  return std::max(similarity - compounding * (1 - similarity),
                  std::min(similarity, static_cast<double>(initial_likeness)));
}

}  // namespace

ScoreBound::ScoreBound(const Name& query) : query_(query), uses_(query.pieces.size(), Use{1, false}) {
  for (std::size_t unit = 0; unit < query.units.size(); ++unit) {
    Use& use = uses_[query.unit_pieces[unit]];
    use.least = std::min(use.least, least_for(query, unit));
    use.is_part = use.is_part || unit < query.measures.size();
  }
  const std::size_t count = query.measures.size();
  parts_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const Measure& measure = query.measures[i];
    const std::uint32_t own = query.unit_pieces[i];
    parts_.push_back({.weight = static_cast<double>(measure.weight),
                      .rate = least_rate(pool_costs[static_cast<std::size_t>(measure.pool)]),
                      .pool = measure.pool,
                      .in_acronym = (query.acronym_mask >> i & 1U) != 0,
                      .own = own,
                      .before = i > 0 ? query.unit_pieces[count + i - 1] : own,
                      .after = i + 1 < count ? query.unit_pieces[count + i] : own});
    has_numbers_ = has_numbers_ || measure.pool == Pool::number;
    if (measure.pool == Pool::core) core_all_ += parts_.back().weight;
  }
  paired_.reserve(count);
}

void ScoreBound::prepare(std::span<const float> best, const ListedLeft& left, bool open) {
  INTERDICT_ASSERT(best.size() == query_.pieces.size());
  const bool has_acronym = query_.acronym_mask != 0 && best[query_.unit_pieces.back()] >= 1;
  paired_.clear();
  double matched_most = 0;
  bool was_left = true;
  ListedLeft query_left{};
  for (const Part& part : parts_) {
    const float joined_before = &part == parts_.data() ? 0 : best[part.before];
    const auto similarity = static_cast<double>(std::max({best[part.own], joined_before, best[part.after]}));
    double whole = similarity;  // of the part, if it is in the worst pair
    double value = slipped(similarity);
    if (has_acronym && part.in_acronym) {
      const auto likeness = static_cast<double>(acronym_likeness(query_.units.back().length));
      whole = std::max(whole, likeness);
      value = std::max(value, likeness);
    }
    if (whole <= 0) {
      query_left[static_cast<std::size_t>(part.pool)] += part.weight;
      was_left = true;
      continue;
    }
    matched_most += part.weight;
    paired_.push_back({.weight = part.weight,
                       .value = part.weight * value,
                       .slip = part.weight * (whole - value),
                       .rate = part.rate,
                       .pool = part.pool,
                       .is_joined = !was_left && joined_before > 0});
    was_left = false;
  }

  double cost = 0;
  for (std::size_t pool = 0; pool < pool_count; ++pool) {
    if (pool != number_pool && pool != core_pool) cost += cost_of(pool_costs[pool], query_left[pool], left[pool]);
  }
  core_left_ = query_left[core_pool];
  thin_ = evidence_cost * std::max(0.0, evidence_enough - matched_most);
  if (core_left_ > 0 || left[core_pool] > 0) cost += thin_;
  // Of the numbers: those left over on one side cost by weight and by the factor; where both sides leave one over, the
  // factor may be all.
  constexpr Costs number = pool_costs[number_pool];
  const bool query_number = query_left[number_pool] > 0;
  const bool listed_number = left[number_pool] > 0;
  reading_count_ = 0;
  const auto read = [&](const CoreReading& core) {
    const double all = cost + core.beginning + cost_of(core.costs, core_left_, left[core_pool]);
    const double core_rate = least_rate(core.costs);
    if (!(query_number && listed_number)) {
      readings_.at(reading_count_++) = {
          .factor = query_number || listed_number ? number_missing_factor : 1.0,
          .number_rate = number.query_left,
          .core_rate = core_rate,
          .cost = all + number.query_left * query_left[number_pool] + number.listed_left * left[number_pool],
          .core = core};
    }
    if (has_numbers_) {
      readings_.at(reading_count_++) = {
          .factor = number_factor, .number_rate = 0, .core_rate = core_rate, .cost = all, .core = core};
    }
  };
  read(core_begun);
  if (core_all_ > left_many) read(query_goes_on);
  if (open || left[core_pool] > left_many) read(listed_goes_on);
}

ScoreBound::Choice ScoreBound::choose(double quotient, const Reading& reading) const {
  // A part is matched, adding its value above and its weight below the line, or left, adding its cost below: matched
  // where value - quotient·weight > -quotient·rate·weight. One pair, the worst, keeps its slip besides.
  Choice choice{0, reading.cost};
  Choice worst{0, 0};
  Choice before{0, 0};
  const auto worth = [quotient](const Choice& c) { return c.agreed - quotient * c.total; };
  for (const Paired& part : paired_) {
    const double rate = part.pool == Pool::number ? reading.number_rate
                        : part.pool == Pool::core ? reading.core_rate
                                                  : part.rate;
    const Choice matched{part.value, part.weight};
    const Choice left{0, part.weight * rate};
    const bool is_matched = worth(matched) > worth(left);
    const Choice& best = is_matched ? matched : left;
    choice.agreed += best.agreed;
    choice.total += best.total;
    Choice more{0, 0};
    if (worth(matched) + part.slip > worth(best)) {
      more = {matched.agreed + part.slip - best.agreed, matched.total - best.total};
    }
    if (worth(more) > worth(worst)) worst = more;
    if (part.is_joined) {
      const Choice both{before.agreed + more.agreed, before.total + more.total};
      if (worth(both) > worth(worst)) worst = both;
    }
    before = more;
  }
  return {choice.agreed + worst.agreed, choice.total + worst.total};
}

double ScoreBound::greatest(const Reading& reading, Choice choice) const {
  // The quotient rises to the greatest in a few rounds (Dinkelbach's method).
  double bound = 0;
  for (int round = 0; round < 30; ++round) {
    const double next = choice.total > 0 ? choice.agreed / choice.total : 0;
    if (next <= bound + 1e-12) break;
    bound = next;
    choice = choose(bound, reading);
  }
  return bound * reading.factor;
}

std::optional<ScoreBound::Choice> ScoreBound::reaching(double floor, const Reading& reading) const {
  const double quotient = std::max(floor, 0.0) / reading.factor;
  const Choice choice = choose(quotient, reading);
  return choice.agreed - quotient * choice.total >= -rounding ? std::optional(choice) : std::nullopt;
}

std::optional<double> ScoreBound::from(double floor, std::span<const float> best, const ListedLeft& left) {
  prepare(best, left);
  if (paired_.empty()) return floor <= 0 ? std::optional(0.0) : std::nullopt;
  std::optional<double> bound;
  for (std::size_t i = 0; i < reading_count_; ++i) {
    const Reading& reading = readings_.at(i);
    const std::optional<Choice> choice = reaching(floor, reading);
    if (choice) bound = std::max(bound.value_or(0), greatest(reading, *choice));
  }
  if (bound) *bound = std::min(1.0, *bound + rounding);
  return bound;
}

bool ScoreBound::reaches(double floor, std::span<const float> best, const ListedLeft& left) {
  prepare(best, left);
  if (paired_.empty()) return floor <= 0;
  return std::ranges::any_of(std::span(readings_).first(reading_count_),
                             [&](const Reading& reading) { return reaching(floor, reading).has_value(); });
}

double ScoreBound::most_left(double floor, std::span<const float> best) {
  prepare(best, {}, true);
  if (paired_.empty()) return -1;
  double most = -1;
  for (std::size_t i = 0; i < reading_count_; ++i) {
    const Reading& reading = readings_.at(i);
    const double quotient = floor / reading.factor;
    const auto [agreed, total] = choose(quotient, reading);
    double spare = (agreed + rounding) / quotient - total;  // what more may stand below the line
    if (spare < 0) continue;
    if (core_left_ <= 0) spare = std::max(0.0, spare - thin_);
    // Each unit left over contradicts one of the query's first.
    const Costs& costs = reading.core.costs;
    const double rate = costs.conflict - costs.query_left;
    const double contradicted = std::min(core_left_, spare / rate);
    most = std::max(most, contradicted + (spare - contradicted * rate) / costs.listed_left);
  }
  return most;
}

}  // namespace interdict::names
