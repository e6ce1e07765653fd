// The pieces of a vocabulary that are similar to a given one: all of them. Private to the index room.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/format.h"
#include "index/index.h"

namespace interdict::index {

struct Neighbour {
  std::uint32_t piece;
  float similarity;  // names::piece_similarity, greater than 0
};

/// Of the pieces in names of this kind those whose similarity is greater than 0 and, where this piece is only parts
/// joined or that is in all of them, at least names::joined_least; joined pieces have no joined neighbours. Where
/// hashes collide a few are more joined or less similar than that, and cannot pair. Most similar first, then by piece.
[[nodiscard]] std::vector<Neighbour> find_neighbours(const Snapshot::Impl& snapshot, const names::Unit& piece,
                                                     Make make, names::Kind kind);

/// The names of one kind that are posted under a neighbour.
struct Run {
  std::uint32_t piece;
  float similarity;
  std::uint32_t first;  // posting
  std::uint32_t count;
  std::uint32_t company;  // where it is told of these postings
  std::uint32_t company_end;
  std::uint8_t least = 0;  // rest of any
  std::uint8_t most = 0;
  std::uint8_t weight = 0;  // of piece_weights
};

/// Neighbours of about the same similarity, taken together: what they have in common is all that a plan needs to know.
struct Band {
  float most = 0;           // similarity
  std::uint32_t cover = 0;  // the most core weight that pairs by a neighbour of this band or a lower one, in steps
  std::uint32_t begin = 0;  // among the runs
  std::uint32_t end = 0;
  std::array<std::uint32_t, 18> below{};  // how many postings have less than so many `coarse` steps of rest; all

  [[nodiscard]] std::uint32_t count() const { return below.back(); }
  /// About how many postings have less than this rest: no fewer.
  [[nodiscard]] std::uint32_t count_below(std::uint32_t rest) const {
    return below.at(std::min<std::size_t>((rest + coarse - 1) / coarse, below.size() - 1));
  }
  static constexpr std::uint32_t coarse = 8;
};

/// The neighbours of a piece under which names of one kind are posted, in bands, the most similar first.
struct Neighbourhood {
  std::vector<Run> runs;
  std::vector<Band> bands;

  [[nodiscard]] std::span<const Run> runs_of(const Band& band) const {
    return std::span(runs).subspan(band.begin, band.end - band.begin);
  }
};

/// Neighbourhoods lately asked for, because the tokens of names repeat. A table of sets of eight, of which the one not
/// asked for longest makes room: bounded, and a look is two or three lines of memory. It is there from the start, so
/// that no query pays for it. Shared pointers, because an answer may outlive its place in the cache.
class NeighbourCache {
 public:
  [[nodiscard]] std::shared_ptr<const Neighbourhood> get(const Snapshot::Impl& snapshot, const names::Unit& piece,
                                                         Make make, names::Kind kind);
  /// Asks for the memory that `get` will look at first.
  void prefetch(const names::Unit& piece, Make make, names::Kind kind) const;

 private:
  struct Known {
    std::string form;
    std::size_t use;
    Neighbourhood found;
  };
  static constexpr std::size_t ways = 8;  // a line of hashes
  struct alignas(64) Set {
    std::array<std::uint64_t, ways> hashes{};  // the latest first
    std::array<std::shared_ptr<const Known>, ways> known;

    /// Puts what is at `way` first.
    void raise(std::size_t way);
  };
  static constexpr std::size_t shard_count = 32;
  static constexpr std::size_t set_count = 256;  // of a shard
  struct alignas(64) Shard {
    std::mutex mutex;
    std::array<Set, set_count> sets;

    [[nodiscard]] static std::size_t set_of(std::uint64_t hash) { return hash / shard_count % set_count; }
  };
  std::array<Shard, shard_count> shards_;
};

}  // namespace interdict::index
