// A random sample of what lies below the threshold, for whoever must show that nothing of worth lies there.
//
// Every pair of a query and a listing with low <= score < high is drawn with the same chance, without replacement. Each
// pair gets a number from the seed, the query's place in the file and the listing id; the smallest numbers are the
// sample. So it depends on nothing else: not on threads, not on the order of the work. Memory is that of the sample.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "screen/screen.h"

namespace interdict::screen {

struct Drawn {
  std::uint64_t number = 0;  // what it was drawn by
  std::uint64_t place = 0;   // of the query in the file, from 0
  Query query;
  Hit hit;
};

class Sample {
 public:
  Sample(std::size_t size, std::uint64_t seed) : size_(size), seed_(seed) {}

  /// Offers one pair; `place` tells queries apart that have the same id.
  void offer(std::uint64_t place, const Query& query, const Hit& hit);
  /// Pairs offered so far.
  [[nodiscard]] std::uint64_t population() const { return population_; }
  /// In the order drawn, so that the first of it are a sample too.
  [[nodiscard]] std::vector<Drawn> take();

 private:
  std::size_t size_;
  std::uint64_t seed_;
  std::uint64_t population_ = 0;
  std::vector<Drawn> drawn_;  // a heap, the greatest number on top
};

}  // namespace interdict::screen
