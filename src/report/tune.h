// What thresholds would do, as a table, as JSON and as a picture.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "screen/sweep.h"

namespace interdict::report {

/// What a customer file would raise at each threshold of a sweep.
struct Alerts {
  std::uint64_t customers = 0;
  std::vector<std::uint64_t> alerted;  // customers with a hit, by threshold
  std::vector<std::uint64_t> hits;     // hits, by threshold
};

struct Tuning {
  std::string title;  // the labelled file's name
  std::size_t pairs = 0;
  std::size_t matches = 0;  // pairs labelled as one party
  std::vector<screen::SweepPoint> points;
  std::optional<Alerts> alerts;
};

/// Every threshold of the sweep.
[[nodiscard]] std::string tuning_json(const Tuning& tuning);
/// Every fifth threshold, and the one of the best F1.
[[nodiscard]] std::string tuning_text(const Tuning& tuning);
/// SVG 1.1: precision, recall and F1 with their intervals, and below them the alerts, over one axis.
[[nodiscard]] std::string tuning_svg(const Tuning& tuning);

}  // namespace interdict::report
