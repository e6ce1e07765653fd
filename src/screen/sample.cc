#include "screen/sample.h"

#include <algorithm>
#include <tuple>

namespace interdict::screen {
namespace {

/// A bijection that scatters (the finaliser of SplitMix64).
std::uint64_t mix(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31U);
}

bool drawn_before(const Drawn& a, const Drawn& b) {
  return std::tie(a.number, a.place, a.hit.id) < std::tie(b.number, b.place, b.hit.id);
}

}  // namespace

void Sample::offer(std::uint64_t place, const Query& query, const Hit& hit) {
  ++population_;
  std::uint64_t number = mix(mix(seed_) ^ place);
  for (const char c : hit.id) number = mix(number ^ static_cast<unsigned char>(c));
  if (size_ == 0 || (drawn_.size() == size_ && number > drawn_.front().number)) return;
  drawn_.push_back({number, place, query, hit});
  std::ranges::push_heap(drawn_, drawn_before);
  if (drawn_.size() <= size_) return;
  std::ranges::pop_heap(drawn_, drawn_before);
  drawn_.pop_back();
}

std::vector<Drawn> Sample::take() {
  std::ranges::sort(drawn_, drawn_before);
  return std::move(drawn_);
}

}  // namespace interdict::screen
