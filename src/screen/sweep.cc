#include "screen/sweep.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "model/result.h"

namespace interdict::screen {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? unknown : static_cast<double>(part) / static_cast<double>(whole);
}

/// Pairs counted by the highest threshold that they reach; slot 0 reaches none.
struct Counts {
  std::vector<std::size_t> pairs;
  std::vector<std::size_t> matches;

  explicit Counts(std::size_t thresholds) : pairs(thresholds + 1), matches(thresholds + 1) {}
  void add(std::size_t slot, bool is_match) {
    ++pairs[slot];
    matches[slot] += is_match ? 1 : 0;
  }
};

struct Shares {
  std::size_t hits;
  std::size_t true_hits;
  double precision;
  double recall;
  double f1;
};

/// By threshold, from the highest down: what has been added up so far reaches it.
std::vector<Shares> shares_of(const Counts& counts) {
  std::size_t matches = 0;
  for (const std::size_t n : counts.matches) matches += n;
  std::vector<Shares> out(counts.pairs.size() - 1);
  std::size_t hits = 0;
  std::size_t true_hits = 0;
  for (std::size_t t = out.size(); t-- > 0;) {
    hits += counts.pairs[t + 1];
    true_hits += counts.matches[t + 1];
    out[t] = {hits, true_hits, share(true_hits, hits), share(true_hits, matches), share(2 * true_hits, hits + matches)};
  }
  return out;
}

/// 2.5 and 97.5 percentiles of what could be told.
Estimate interval(double value, std::vector<double>& draws) {
  std::erase_if(draws, [](double v) { return std::isnan(v); });
  if (draws.empty()) return {value, unknown, unknown};
  std::ranges::sort(draws);
  const auto at = [&](double q) { return draws[static_cast<std::size_t>(q * static_cast<double>(draws.size() - 1))]; };
  return {value, at(0.025), at(0.975)};
}

}  // namespace

std::vector<SweepPoint> sweep(std::span<const Labelled> pairs, std::span<const double> thresholds) {
  INTERDICT_ASSERT(std::ranges::is_sorted(thresholds));
  std::vector<std::size_t> slots;
  Counts all(thresholds.size());
  for (const Labelled& pair : pairs) {
    const auto above = std::ranges::upper_bound(thresholds, pair.score);
    slots.push_back(static_cast<std::size_t>(above - thresholds.begin()));
    all.add(slots.back(), pair.is_match);
  }
  const std::size_t draws = pairs.empty() ? 0 : sweep_draws;
  std::vector<std::vector<Shares>> drawn;
  std::mt19937_64 random(sweep_seed);
  for (std::size_t draw = 0; draw < draws; ++draw) {
    Counts counts(thresholds.size());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const auto at = static_cast<std::size_t>(random() % pairs.size());
      counts.add(slots[at], pairs[at].is_match);
    }
    drawn.push_back(shares_of(counts));
  }
  const std::vector<Shares> shares = shares_of(all);
  std::vector<SweepPoint> points;
  for (std::size_t t = 0; t < thresholds.size(); ++t) {
    const auto estimate = [&](double Shares::* member) {
      std::vector<double> values;
      for (const std::vector<Shares>& one : drawn) values.push_back(one[t].*member);
      return interval(shares[t].*member, values);
    };
    points.push_back({thresholds[t], shares[t].hits, shares[t].true_hits, estimate(&Shares::precision),
                      estimate(&Shares::recall), estimate(&Shares::f1)});
  }
  return points;
}

const SweepPoint& best_f1(std::span<const SweepPoint> points) {
  INTERDICT_ASSERT(!points.empty());
  const SweepPoint* best = &points.front();
  for (const SweepPoint& point : points) {
    if (std::isnan(best->f1.value) || point.f1.value >= best->f1.value) best = &point;
  }
  return *best;
}

}  // namespace interdict::screen
