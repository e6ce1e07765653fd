#include "index/neighbours.h"

#include <algorithm>
#include <optional>

#include "index/codec.h"
#include "index/format.h"
#include "index/mapped.h"

namespace interdict::index {
namespace {

/// Levenshtein distance to one fixed pattern of at most 64 bytes, a column a step (Myers 1999, in Hyyrö's form).
class BitParallelDistance {
 public:
  static constexpr std::size_t longest = 64;

  explicit BitParallelDistance(std::string_view pattern) : length_(pattern.size()) {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      places_[static_cast<unsigned char>(pattern[i])] |= std::uint64_t{1} << i;
    }
  }

  [[nodiscard]] std::size_t to(std::string_view text) const {
    if (length_ == 0) return text.size();
    const std::uint64_t last = std::uint64_t{1} << (length_ - 1);
    std::uint64_t up = ~std::uint64_t{0};
    std::uint64_t down = 0;
    std::size_t distance = length_;
    for (const char c : text) {
      const std::uint64_t same = places_[static_cast<unsigned char>(c)];
      const std::uint64_t diagonal = (((same & up) + up) ^ up) | same | down;
      const std::uint64_t right_up = down | ~(diagonal | up);
      const std::uint64_t right_down = up & diagonal;
      if ((right_up & last) != 0) ++distance;
      if ((right_down & last) != 0) --distance;
      const std::uint64_t carried = (right_up << 1U) | 1U;
      up = (right_down << 1U) | ~(diagonal | carried);
      down = carried & diagonal;
    }
    return distance;
  }

 private:
  std::size_t length_;
  std::array<std::uint64_t, 256> places_{};
};

std::size_t run_of(std::uint32_t piece, names::Kind kind) {
  return std::size_t{piece} * kind_count + static_cast<std::size_t>(kind);
}

/// What a search writes down on its way; kept for the next, which then asks for no memory.
struct Notes {
  struct Probe {
    std::uint64_t hash;
    int edits;
    std::span<const NearEntry> entries;
  };
  struct Met {
    std::uint32_t piece;
    Make make;
    bool operator==(const Met& other) const { return piece == other.piece; }
    bool operator<(const Met& other) const { return piece < other.piece; }
  };
  std::vector<Probe> probes;
  std::vector<Met> met;
};

class Search {
 public:
  Search(const Snapshot::Impl& snapshot, const names::Unit& piece, Make make, names::Kind kind, Notes& notes)
      : snapshot_(snapshot),
        unit_(piece),
        piece_(piece.form),
        make_(make),
        kind_(kind),
        probes_(notes.probes),
        met_(notes.met) {
    met_.clear();
    if (piece_.size() <= BitParallelDistance::longest) distance_.emplace(piece_);
  }

  std::vector<Neighbour> run() {
    meet_by_edits(Make::part);
    if (make_ == Make::part) meet_by_edits(Make::joined);
    meet_by_keys();
    drop_other_kinds();
    std::vector<Neighbour> found;
    found.reserve(met_.size());
    for (const Met& met : met_) {
      const float similarity = names::likeness(unit_, read_piece(snapshot_.pieces[met.piece])).similarity;
      const bool is_joined = make_ == Make::joined || met.make == Make::joined;
      if (similarity > 0 && (!is_joined || similarity >= names::joined_least)) found.push_back({met.piece, similarity});
    }
    std::sort(found.begin(), found.end(), [](const Neighbour& a, const Neighbour& b) {
      return a.similarity != b.similarity ? a.similarity > b.similarity : a.piece < b.piece;
    });
    return found;
  }

 private:
  using Probe = Notes::Probe;
  using Met = Notes::Met;

  /// The most by which a piece of that make may lie from ours, the shorter of the two being of this length.
  [[nodiscard]] int most_edits(Make theirs, std::size_t shorter) const {
    return edits_allowed(make_ == Make::joined ? make_ : theirs, shorter);
  }
  /// How far a piece of that make and length may lie from ours.
  [[nodiscard]] int edits_to(Make theirs, std::size_t length) const {
    const std::size_t shorter = std::min(length, piece_.size());
    return std::min(most_edits(theirs, shorter), names::max_edits(shorter, std::max(length, piece_.size())));
  }

  void meet_by_edits(Make theirs) {
    const auto reach = static_cast<std::size_t>(most_edits(theirs, piece_.size()));
    const std::size_t shortest = piece_.size() > reach ? piece_.size() - reach : 0;
    probes_.clear();
    for (std::size_t length = shortest; length <= piece_.size() + reach; ++length) probe_length(theirs, length);
    const std::size_t before = met_.size();
    read_probes(theirs);
    const auto begin = met_.begin() + static_cast<std::ptrdiff_t>(before);
    std::sort(begin, met_.end());
    met_.erase(std::unique(begin, met_.end()), met_.end());
    for (std::size_t i = before; i < met_.size(); ++i) prefetch(&snapshot_.pieces.offsets[met_[i].piece]);
    for (std::size_t i = before; i < met_.size(); ++i) prefetch(snapshot_.pieces[met_[i].piece].data());
    std::erase_if(met_, [&](const Met& met) {
      return met.make == theirs && !is_within_edits(theirs, snapshot_.form_of(met.piece));
    });
  }

  /// Probes for every piece of this length that has a segment of its own, in a possible place, in ours.
  void probe_length(Make make, std::size_t length) {
    const auto ours = static_cast<std::ptrdiff_t>(piece_.size());
    const auto theirs = static_cast<std::ptrdiff_t>(length);
    const std::ptrdiff_t edits = edits_to(make, length);
    const std::ptrdiff_t longer = ours - theirs;
    if (std::abs(longer) > edits) return;
    const std::size_t count = segment_count(make, length);
    const auto spare = static_cast<std::ptrdiff_t>(count) - 1;
    for (std::size_t i = 0; i < count; ++i) {
      const Segment theirs_i = segment(length, count, i);
      const auto start = static_cast<std::ptrdiff_t>(theirs_i.start);
      const auto before = static_cast<std::ptrdiff_t>(i);
      const std::ptrdiff_t after = spare - before;
      // A shift s of the segment costs |s| edits before it and |longer - s| after it. Together no more than `edits`;
      // and of all matching segments one can be chosen with no more edits before it than segments before it, and
      // likewise after it.
      const std::ptrdiff_t least = std::max({-(edits - longer) / 2, -before, longer - after});
      const std::ptrdiff_t most = std::min({(edits + longer) / 2, before, longer + after});
      for (std::ptrdiff_t shift = least; shift <= most; ++shift) {
        const std::ptrdiff_t at = start + shift;
        if (at < 0 || at + static_cast<std::ptrdiff_t>(theirs_i.length) > ours) continue;
        const std::string_view text = piece_.substr(static_cast<std::size_t>(at), theirs_i.length);
        probes_.push_back({hash_segment(kind_, make, length, i, text), static_cast<int>(edits), {}});
        snapshot_.near.prefetch_bucket(probes_.back().hash);
      }
    }
  }

  void read_probes(Make make) {
    for (Probe& probe : probes_) {
      probe.entries = snapshot_.near[probe.hash];
      prefetch(probe.entries.data());
    }
    for (const Probe& probe : probes_) {
      for (const NearEntry& entry : probe.entries) {
        if (has_at_most(letters_ & ~entry.tag, probe.edits) && has_at_most(entry.tag & ~letters_, probe.edits)) {
          met_.push_back({entry.piece, make});
        }
      }
    }
  }

  /// Bits counted off one by one: few are allowed, and not every processor we run on counts them all at once.
  static bool has_at_most(std::uint32_t bits, int count) {
    for (; count > 0; --count) bits &= bits - 1;
    return bits == 0;
  }

  [[nodiscard]] bool is_within_edits(Make theirs, std::string_view other) const {
    const auto edits = static_cast<std::size_t>(edits_to(theirs, other.size()));
    // Without a fast distance the similarity itself decides.
    return !distance_ || distance_->to(other) <= edits;
  }

  void meet_by_keys() {
    const std::size_t by_edits = met_.size();
    const bool may_be_joined = make_ == Make::part && piece_.size() > 1;
    for (const names::Key& key : names::lookup_keys(unit_)) {
      const std::uint64_t hash = hash_key(kind_, key);
      for (const NearEntry& entry : snapshot_.keys[hash >> 32U]) {
        if (entry.tag == key_tag(hash, Make::part)) met_.push_back({entry.piece, Make::part});
        if (may_be_joined && entry.tag == key_tag(hash, Make::joined)) {
          met_.push_back({entry.piece, Make::joined});
        }
      }
    }
    if (met_.size() == by_edits) return;
    std::sort(met_.begin(), met_.end());
    met_.erase(std::unique(met_.begin(), met_.end()), met_.end());
  }

  /// Those that only share a bucket with what was asked for.
  void drop_other_kinds() {
    for (const Met& met : met_) {
      prefetch(&snapshot_.postings.ranges[run_of(met.piece, kind_)]);
      prefetch(&snapshot_.pieces.offsets[met.piece]);
    }
    std::erase_if(met_, [&](const Met& met) { return snapshot_.postings.size_of(run_of(met.piece, kind_)) == 0; });
    for (const Met& met : met_) prefetch(snapshot_.pieces[met.piece].data());
  }

  const Snapshot::Impl& snapshot_;
  const names::Unit& unit_;
  std::string_view piece_;  // its form
  Make make_;
  names::Kind kind_;
  std::uint32_t letters_ = letters(piece_);
  std::optional<BitParallelDistance> distance_;
  std::vector<Probe>& probes_;
  std::vector<Met>& met_;
};

/// The least similarity of each band, but for the last. Only what is as written may pair with some pieces: that is a
/// band of its own.
constexpr std::array<float, 3> band_floors = {1.0F, 0.9F, 0.8F};

std::size_t band_of(float similarity) {
  std::size_t band = 0;
  while (band < band_floors.size() && similarity < band_floors.at(band)) ++band;
  return band;
}

void count_rests(Band& band, std::span<const std::uint8_t> rests) {
  constexpr std::size_t few = 32;  // to look at one after the other
  std::size_t counted = 0;
  for (std::size_t i = 0; i + 1 < band.below.size(); ++i) {
    const auto limit = i * Band::coarse;
    if (rests.size() - counted > few) {
      const auto at = std::ranges::lower_bound(rests.subspan(counted), limit);
      counted = static_cast<std::size_t>(at - rests.begin());
    }
    while (counted < rests.size() && rests[counted] < limit) ++counted;
    band.below.at(i) += static_cast<std::uint32_t>(counted);
  }
  band.below.back() += static_cast<std::uint32_t>(rests.size());
}

Neighbourhood put_in_bands(const Snapshot::Impl& snapshot, std::span<const Neighbour> found, names::Kind kind) {
  Neighbourhood out;
  for (const Neighbour& n : found) {
    const std::size_t run = run_of(n.piece, kind);
    out.runs.push_back({.piece = n.piece,
                        .similarity = n.similarity,
                        .first = snapshot.postings.ranges[run],
                        .count = snapshot.postings.size_of(run),
                        .company = snapshot.company_ranges[run],
                        .company_end = snapshot.company_ranges[run + 1]});
    prefetch(&snapshot.piece_weights[run]);
    prefetch(&snapshot.posting_rests[out.runs.back().first]);
  }
  for (std::uint32_t i = 0; i < out.runs.size(); ++i) {
    Run& run = out.runs[i];
    if (out.bands.empty() || band_of(run.similarity) != band_of(out.bands.back().most)) {
      out.bands.push_back({.most = run.similarity, .begin = i});
    }
    Band& band = out.bands.back();
    band.end = i + 1;
    run.weight = snapshot.piece_weights[run_of(run.piece, kind)];
    band.cover = std::max(band.cover, run.weight == weight_most ? without_limit : run.weight);
    const auto rests = snapshot.posting_rests.subspan(run.first, run.count);
    run.least = rests.front();
    run.most = rests.back();
    count_rests(band, rests);
  }
  for (std::size_t i = out.bands.size(); i > 1; --i) {
    out.bands[i - 2].cover = std::max(out.bands[i - 2].cover, out.bands[i - 1].cover);
  }
  return out;
}

}  // namespace

std::vector<Neighbour> find_neighbours(const Snapshot::Impl& snapshot, const names::Unit& piece, Make make,
                                       names::Kind kind) {
  thread_local Notes notes;
  return Search(snapshot, piece, make, kind, notes).run();
}

std::shared_ptr<const Neighbourhood> NeighbourCache::get(const Snapshot::Impl& snapshot, const names::Unit& piece,
                                                         Make make, names::Kind kind) {
  const auto use = static_cast<char>(static_cast<std::size_t>(make) * kind_count + static_cast<std::size_t>(kind));
  const std::uint64_t hash = hash_bytes(piece.form, static_cast<std::uint64_t>(use));
  Shard& shard = shards_[(hash >> 48U) % shard_count];
  std::string key = piece.form;
  key += use;
  {
    const std::scoped_lock lock(shard.mutex);
    if (const auto at = shard.young.find(key); at != shard.young.end()) return at->second;
    if (auto node = shard.old.extract(key)) {
      return shard.young.insert(std::move(node)).position->second;
    }
  }
  // Searched outside the lock: two threads may do it twice, and find the same.
  auto found =
      std::make_shared<const Neighbourhood>(put_in_bands(snapshot, find_neighbours(snapshot, piece, make, kind), kind));
  const std::scoped_lock lock(shard.mutex);
  if (shard.young.size() >= generation_size) {
    shard.old = std::move(shard.young);
    shard.young.clear();
  }
  return shard.young.emplace(std::move(key), std::move(found)).first->second;
}

}  // namespace interdict::index
