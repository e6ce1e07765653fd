// What of the vocabulary agrees with pieces of a query, and which of the company of postings does. Private to the index
// room.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "index/format.h"

namespace interdict::index {

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

  /// The memory may be kept for the next.
  explicit Agreements(std::vector<Agreement>& memory) : memory_(memory) { see(Companion::anybody); }
  /// For no more than these to be added.
  void make_room(std::size_t most);
  void add(Agreement agreement);

  /// False when no piece of this hash agrees with anything.
  [[nodiscard]] bool has(std::uint16_t hash) const { return (seen_[hash / 32U] >> hash % 32U & 1U) != 0; }

  /// Calls for each agreement of a piece that has this hash.
  template <typename Call>
  void with(std::uint16_t hash, const Call& call) const {
    for (std::size_t at = place(hash); slots_[at].piece != none; at = (at + 1) & last_) {
      if (slots_[at].hash == hash) call(slots_[at]);
    }
  }

  /// Those of the company of the first `end` postings of a run that agree with something, written to `memory`. By the
  /// vector instructions of the processor where it has any that help, else one by one.
  [[nodiscard]] std::span<const Agreeing> among(std::span<const Companion> company, std::uint32_t end,
                                                std::vector<Agreeing>& memory) const;
  [[nodiscard]] std::span<const Agreeing> among_one_by_one(std::span<const Companion> company, std::uint32_t end,
                                                           std::vector<Agreeing>& memory) const;

 private:
  static constexpr std::uint32_t none = 0xffffffffU;
  void see(std::uint16_t hash) { seen_.at(hash / 32U) |= 1U << hash % 32U; }
  [[nodiscard]] std::size_t place(std::uint16_t hash) const { return hash * (last_ + 1) / Companion::hashes; }

  std::vector<Agreement>& memory_;
  Agreement* slots_ = nullptr;
  std::size_t last_ = 0;
  std::array<std::uint32_t, Companion::hashes / 32> seen_{};
};

}  // namespace interdict::index
