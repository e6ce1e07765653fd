#include "screen/sweep.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>

namespace interdict::screen {
namespace {

TEST(Sweep, CountsInclusively) {
  const std::array<Labelled, 4> pairs = {{{0.9, true}, {0.7, true}, {0.7, false}, {0.2, false}}};
  const std::array<double, 3> thresholds = {0.5, 0.7, 0.95};
  const auto points = sweep(pairs, thresholds);
  ASSERT_EQ(points.size(), 3U);
  EXPECT_EQ(points[1].hits, 3U);
  EXPECT_EQ(points[1].true_hits, 2U);
  EXPECT_DOUBLE_EQ(points[1].precision.value, 2.0 / 3);
  EXPECT_DOUBLE_EQ(points[1].recall.value, 1);
  EXPECT_DOUBLE_EQ(points[1].f1.value, 0.8);
  EXPECT_TRUE(std::isnan(points[2].precision.value));
  EXPECT_DOUBLE_EQ(points[2].recall.value, 0);
  EXPECT_EQ(best_f1(points).threshold, 0.7);
}

// The plain definition, and intervals that hold the truth about as often as they say: the sample's own interval must
// cover the share of a large population in most of many samples.
TEST(Sweep, IntervalsCoverTheTruth) {
  std::mt19937_64 random(3);
  const auto draw = [&](std::size_t count) {
    std::vector<Labelled> pairs;
    for (std::size_t i = 0; i < count; ++i) {
      const bool match = random() % 2 == 0;
      const double noise = static_cast<double>(random() % 1000) / 1000;
      pairs.push_back({match ? 0.4 + 0.6 * noise : 0.8 * noise, match});
    }
    return pairs;
  };
  const std::array<double, 1> thresholds = {0.6};
  // P(match and >= 0.6) = 1/2 * 2/3, P(other and >= 0.6) = 1/2 * 1/4
  const double precision = (2.0 / 3) / (2.0 / 3 + 1.0 / 4);
  int covered_precision = 0;
  int covered_recall = 0;
  for (int i = 0; i < 60; ++i) {
    const auto points = sweep(draw(300), thresholds);
    covered_precision += points[0].precision.low <= precision && precision <= points[0].precision.high ? 1 : 0;
    covered_recall += points[0].recall.low <= 2.0 / 3 && 2.0 / 3 <= points[0].recall.high ? 1 : 0;
  }
  EXPECT_GE(covered_precision, 51);
  EXPECT_GE(covered_recall, 51);
  EXPECT_LT(covered_precision + covered_recall, 120);  // not so wide that they always do
}

}  // namespace
}  // namespace interdict::screen
