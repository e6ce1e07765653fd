#include "screen/sample.h"

#include <gtest/gtest.h>

#include <map>

namespace interdict::screen {
namespace {

Hit hit(const std::string& id) {
  Hit out;
  out.id = id;
  return out;
}

std::vector<std::string> draw(std::size_t size, std::uint64_t seed, bool backwards) {
  Sample sample(size, seed);
  for (std::uint64_t i = 0; i < 40; ++i) {
    const std::uint64_t place = backwards ? 39 - i : i;
    sample.offer(place, Query{}, hit("a:" + std::to_string(place % 7)));
  }
  EXPECT_EQ(sample.population(), 40U);
  std::vector<std::string> out;
  for (const Drawn& drawn : sample.take()) out.push_back(std::to_string(drawn.place) + drawn.hit.id);
  return out;
}

TEST(Sample, IsTheSameInAnyOrderAndAnotherForAnotherSeed) {
  EXPECT_EQ(draw(10, 1, false).size(), 10U);
  EXPECT_EQ(draw(10, 1, false), draw(10, 1, true));
  EXPECT_NE(draw(10, 1, false), draw(10, 2, false));
  EXPECT_EQ(draw(100, 1, false).size(), 40U);
}

TEST(Sample, FirstOfALargerSampleIsTheSmallerOne) {
  const auto large = draw(20, 5, false);
  EXPECT_EQ(draw(8, 5, false), std::vector(large.begin(), large.begin() + 8));
}

TEST(Sample, DrawsEveryPairAboutAsOften) {
  std::map<std::string, int> times;
  constexpr int rounds = 4000;
  for (std::uint64_t seed = 0; seed < rounds; ++seed) {
    for (const std::string& one : draw(10, seed, false)) ++times[one];
  }
  ASSERT_EQ(times.size(), 40U);
  // 1,000 expected of each, standard deviation 27.
  for (const auto& [pair, count] : times) EXPECT_NEAR(count, rounds / 4, 140) << pair;
}

}  // namespace
}  // namespace interdict::screen
