// A set of 128-bit digests in one piece of memory: open addressing, at most half full.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace interdict::lists {

class DigestSet {
 public:
  using Digest = std::pair<std::uint64_t, std::uint64_t>;

  /// Whether it was not there yet. The high bits of the first number must be well mixed.
  bool insert(Digest digest) {
    if (digest == empty) digest.second = 1;
    if (2 * size_ >= slots_.size()) grow();
    return place(digest);
  }

 private:
  static constexpr Digest empty = {0, 0};

  bool place(const Digest& digest) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = digest.first >> (65 - std::bit_width(slots_.size()));
    for (; slots_[at] != empty; at = (at + 1) & mask) {
      if (slots_[at] == digest) return false;
    }
    slots_[at] = digest;
    ++size_;
    return true;
  }

  void grow() {
    const std::vector<Digest> before =
        std::exchange(slots_, std::vector<Digest>(slots_.empty() ? 256 : 2 * slots_.size()));
    size_ = 0;
    for (const Digest& digest : before) {
      if (digest != empty) place(digest);
    }
  }

  std::vector<Digest> slots_;  // a power of two of them
  std::size_t size_ = 0;
};

}  // namespace interdict::lists
