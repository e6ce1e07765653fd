// The pieces of a vocabulary that are similar to a given one: all of them. Private to the index room.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "index/format.h"
#include "index/index.h"

namespace interdict::index {

struct Neighbour {
  std::uint32_t piece;
  float similarity;  // names::piece_similarity, greater than 0
};
/// Most similar first, then by piece.
using Neighbourhood = std::vector<Neighbour>;

/// Exactly the pieces whose similarity is greater than 0 and, where this piece or that is only parts joined, at least
/// names::joined_least; joined pieces have no joined neighbours.
[[nodiscard]] Neighbourhood find_neighbours(const Snapshot::Impl& snapshot, std::string_view piece, Make make);

/// Neighbourhoods lately asked for, because the tokens of names repeat. Bounded: each shard keeps two generations and
/// drops the older one when the newer is full. Shared pointers, because an answer may outlive its place in the cache.
class NeighbourCache {
 public:
  [[nodiscard]] std::shared_ptr<const Neighbourhood> get(const Snapshot::Impl& snapshot, const std::string& piece,
                                                         Make make);

 private:
  using Generation = std::unordered_map<std::string, std::shared_ptr<const Neighbourhood>>;
  struct alignas(64) Shard {
    std::mutex mutex;
    Generation young;
    Generation old;
  };
  static constexpr std::size_t shard_count = 32;
  static constexpr std::size_t generation_size = 1024;
  std::array<Shard, shard_count> shards_;
};

}  // namespace interdict::index
