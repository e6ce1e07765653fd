// What each threshold would have done to pairs whose truth is known.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace interdict::screen {

/// A scored pair and whether it is one party.
struct Labelled {
  double score = 0;
  bool is_match = false;
};

/// A share with its 95 % interval; NaN where nothing can be said (no pair at or above the threshold).
struct Estimate {
  double value = 0;
  double low = 0;
  double high = 0;
};

struct SweepPoint {
  double threshold = 0;
  std::size_t hits = 0;       // pairs at or above it
  std::size_t true_hits = 0;  // of those, one party
  Estimate precision;
  Estimate recall;
  Estimate f1;
};

inline constexpr std::size_t sweep_draws = 2000;
inline constexpr std::uint64_t sweep_seed = 20260501;

/// One point a threshold (ascending). Intervals are percentiles over `sweep_draws` bootstrap samples of the pairs, from
/// a fixed seed: the same pairs give the same answer.
[[nodiscard]] std::vector<SweepPoint> sweep(std::span<const Labelled> pairs, std::span<const double> thresholds);

/// The point of greatest F1, the highest such threshold; points must not be empty.
[[nodiscard]] const SweepPoint& best_f1(std::span<const SweepPoint> points);

}  // namespace interdict::screen
