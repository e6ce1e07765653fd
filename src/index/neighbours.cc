#include "index/neighbours.h"

#include <algorithm>
#include <cstring>
#include <numeric>
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
    const std::size_t last = length_ - 1;
    std::uint64_t up = ~std::uint64_t{0};
    std::uint64_t down = 0;
    std::size_t distance = length_;
    for (const char c : text) {
      const std::uint64_t same = places_[static_cast<unsigned char>(c)];
      const std::uint64_t diagonal = (((same & up) + up) ^ up) | same | down;
      const std::uint64_t right_up = down | ~(diagonal | up);
      const std::uint64_t right_down = up & diagonal;
      distance += (right_up >> last & 1U) - (right_down >> last & 1U);
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

/// What a piece is asked for as.
std::size_t use_of(Make make, names::Kind kind) {
  return static_cast<std::size_t>(make) * kind_count + static_cast<std::size_t>(kind);
}
std::uint64_t hash_of(const names::Unit& piece, std::size_t use) { return mixed(piece.hash + use); }

std::size_t run_of(std::uint32_t piece, names::Kind kind) {
  return std::size_t{piece} * kind_count + static_cast<std::size_t>(kind);
}

/// The most by which a piece of one make may lie from one of the other, the shorter being of this length.
int most_edits(Make ours, Make theirs, std::size_t shorter) {
  return edits_allowed(ours == Make::joined ? ours : theirs, shorter);
}
/// The same by both lengths.
int edits_between(Make ours, std::size_t our_length, Make theirs, std::size_t their_length) {
  const auto [shorter, longer] = std::minmax(our_length, their_length);
  return std::min(most_edits(ours, theirs, shorter), names::max_edits(shorter, longer));
}

/// Where in a piece of ours some segment of similar pieces may be found; follows from the lengths.
struct Place {
  std::uint64_t segment;  // segment_place
  std::uint64_t mask;     // of the bytes hashed
  std::uint32_t at;
  std::uint32_t edits;  // the most by which pieces of that length may lie from ours
};

/// Whatever piece of that length is near ours has a segment of its own in one of these.
void find_places(Make ours, std::size_t our_length, Make theirs, std::size_t their_length, std::vector<Place>& out) {
  const auto length = static_cast<std::ptrdiff_t>(our_length);
  const std::ptrdiff_t edits = edits_between(ours, our_length, theirs, their_length);
  const std::ptrdiff_t longer = length - static_cast<std::ptrdiff_t>(their_length);
  if (std::abs(longer) > edits) return;
  const std::size_t count = segment_count(theirs, their_length);
  const auto spare = static_cast<std::ptrdiff_t>(count) - 1;
  for (std::size_t i = 0; i < count; ++i) {
    const Segment segment_i = segment(their_length, count, i);
    const auto before = static_cast<std::ptrdiff_t>(i);
    const std::ptrdiff_t after = spare - before;
    // A shift s of the segment costs |s| edits before it and |longer - s| after it. Together no more than `edits`;
    // and of all matching segments one can be chosen with no more edits before it than segments before it, and
    // likewise after it.
    const std::ptrdiff_t least = std::max({-(edits - longer) / 2, -before, longer - after});
    const std::ptrdiff_t most = std::min({(edits + longer) / 2, before, longer + after});
    for (std::ptrdiff_t shift = least; shift <= most; ++shift) {
      const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(segment_i.start) + shift;
      if (at < 0 || at + static_cast<std::ptrdiff_t>(segment_i.length) > length) continue;
      const std::size_t unhashed = segment_bytes - std::min(segment_i.length, segment_bytes);
      out.push_back({segment_place(theirs, their_length, i),
                     unhashed == segment_bytes ? 0 : ~std::uint64_t{0} >> 8 * unhashed, static_cast<std::uint32_t>(at),
                     static_cast<std::uint32_t>(edits)});
    }
  }
}

std::vector<Place> find_places(Make ours, std::size_t length, Make theirs) {
  std::vector<Place> out;
  const auto reach = static_cast<std::size_t>(most_edits(ours, theirs, length));
  for (std::size_t other = length - std::min(length, reach); other <= length + reach; ++other) {
    find_places(ours, length, theirs, other, out);
  }
  return out;
}

/// For pieces of every length that may be similar: worked out once for our usual lengths, else into `memory`.
std::span<const Place> places_in(Make ours, std::size_t length, Make theirs, std::vector<Place>& memory) {
  constexpr std::size_t usual = 32;
  static const auto known = [] {
    std::array<std::array<std::array<std::vector<Place>, usual>, 2>, 2> out;
    for (const Make left : {Make::part, Make::joined}) {
      for (const Make right : {Make::part, Make::joined}) {
        auto& by_length = out.at(static_cast<std::size_t>(left)).at(static_cast<std::size_t>(right));
        for (std::size_t i = 0; i < usual; ++i) by_length.at(i) = find_places(left, i, right);
      }
    }
    return out;
  }();
  if (length < usual) return known[static_cast<std::size_t>(ours)][static_cast<std::size_t>(theirs)][length];
  return memory = find_places(ours, length, theirs);
}

/// What a search writes down on its way; kept for the next, which then asks for no memory.
struct Notes {
  struct Met {
    std::uint32_t piece;
    Make make;
    bool operator==(const Met& other) const { return piece == other.piece; }
    bool operator<(const Met& other) const { return piece < other.piece; }
  };
  std::string text;  // the piece, and as many bytes more as are read at once
  std::vector<Place> places;
  std::vector<std::uint64_t> hashes;
  std::vector<std::span<const NearEntry>> entries;
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
        notes_(notes),
        met_(notes.met) {
    met_.clear();
    notes.text = piece_;
    notes.text.append(segment_bytes, '\0');
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
  using Met = Notes::Met;

  void meet_by_edits(Make theirs) {
    const std::size_t before = met_.size();
    meet_by_segments(theirs);
    const auto begin = met_.begin() + static_cast<std::ptrdiff_t>(before);
    std::sort(begin, met_.end());
    met_.erase(std::unique(begin, met_.end()), met_.end());
    for (std::size_t i = before; i < met_.size(); ++i) prefetch(&snapshot_.pieces.offsets[met_[i].piece]);
    for (std::size_t i = before; i < met_.size(); ++i) prefetch(snapshot_.pieces[met_[i].piece].data());
    std::erase_if(met_, [&](const Met& met) {
      return met.make == theirs && !is_within_edits(theirs, snapshot_.form_of(met.piece));
    });
  }

  void meet_by_segments(Make theirs) {
    const std::span<const Place> places = places_in(make_, piece_.size(), theirs, notes_.places);
    auto& hashes = notes_.hashes;
    auto& entries = notes_.entries;
    hashes.resize(places.size());
    entries.resize(places.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
      std::uint64_t bytes = 0;
      std::memcpy(&bytes, notes_.text.data() + places[i].at, sizeof bytes);
      hashes[i] = hash_segment(kind_, places[i].segment, bytes & places[i].mask);
      snapshot_.near.prefetch_bucket(hashes[i]);
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
      entries[i] = snapshot_.near[hashes[i]];
      prefetch(entries[i].data());
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
      for (const NearEntry& entry : entries[i]) {
        if (has_at_most(letters_ & ~entry.tag, places[i].edits) &&
            has_at_most(entry.tag & ~letters_, places[i].edits)) {
          met_.push_back({entry.piece, theirs});
        }
      }
    }
  }

  /// Bits counted off one by one: few are allowed, and not every processor we run on counts them all at once.
  static bool has_at_most(std::uint32_t bits, std::uint32_t count) {
    for (; count > 0; --count) bits &= bits - 1;
    return bits == 0;
  }

  [[nodiscard]] bool is_within_edits(Make theirs, std::string_view other) const {
    const auto edits = static_cast<std::size_t>(edits_between(make_, piece_.size(), theirs, other.size()));
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
  Notes& notes_;
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

/// Adds to each place of `below` how many rests are first below it; `add_up` makes them all that are.
void count_rests(Band& band, std::span<const std::uint8_t> rests) {
  constexpr std::size_t few = 64;  // to look at one after the other
  const auto last = band.below.size() - 1;
  if (rests.size() <= few) {
    for (const std::uint8_t rest : rests) ++band.below[std::min<std::size_t>(rest / Band::coarse + 1, last)];
    return;
  }
  std::size_t counted = 0;
  for (std::size_t i = 0; i < last; ++i) {
    const auto at = std::ranges::lower_bound(rests.subspan(counted), i * Band::coarse);
    const auto below = static_cast<std::size_t>(at - rests.begin());
    band.below.at(i) += static_cast<std::uint32_t>(below - counted);
    counted = below;
  }
  band.below.back() += static_cast<std::uint32_t>(rests.size() - counted);
}
void add_up(Band& band) { std::partial_sum(band.below.begin(), band.below.end(), band.below.begin()); }

Neighbourhood put_in_bands(const Snapshot::Impl& snapshot, std::span<const Neighbour> found, names::Kind kind) {
  Neighbourhood out;
  out.runs.reserve(found.size());
  out.bands.reserve(std::min(found.size(), band_floors.size() + 1));
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
  for (Band& band : out.bands) add_up(band);
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

void NeighbourCache::Set::raise(std::size_t way) {
  for (; way > 0; --way) {
    std::swap(hashes[way], hashes[way - 1]);
    known[way].swap(known[way - 1]);
  }
}

void NeighbourCache::prefetch(const names::Unit& piece, Make make, names::Kind kind) const {
  const std::uint64_t hash = hash_of(piece, use_of(make, kind));
  const Shard& shard = shards_[hash % shard_count];
  const Set& set = shard.sets[Shard::set_of(hash)];
  index::prefetch(&shard.mutex);
  index::prefetch(&set.hashes);
  index::prefetch(&set.known);
}

std::shared_ptr<const Neighbourhood> NeighbourCache::get(const Snapshot::Impl& snapshot, const names::Unit& piece,
                                                         Make make, names::Kind kind) {
  const std::size_t use = use_of(make, kind);
  const std::uint64_t hash = hash_of(piece, use);
  Shard& shard = shards_[hash % shard_count];
  Set& set = shard.sets[Shard::set_of(hash)];  // to be looked into under the lock only
  const auto answer = [](const std::shared_ptr<const Known>& known) {
    return std::shared_ptr<const Neighbourhood>(known, &known->found);
  };
  {
    const std::scoped_lock lock(shard.mutex);
    for (std::size_t way = 0; way < ways; ++way) {
      if (set.hashes[way] != hash || !set.known[way]) continue;
      if (set.known[way]->use != use || set.known[way]->form != piece.form) continue;
      set.raise(way);
      return answer(set.known.front());
    }
  }
  // Searched outside the lock: two threads may do it twice, and find the same.
  const auto known = std::make_shared<const Known>(
      Known{piece.form, use, put_in_bands(snapshot, find_neighbours(snapshot, piece, make, kind), kind)});
  std::shared_ptr<const Known> last = known;  // what it makes room for is freed outside the lock
  const std::scoped_lock lock(shard.mutex);
  set.hashes.back() = hash;
  set.known.back().swap(last);
  set.raise(ways - 1);
  return answer(known);
}

}  // namespace interdict::index
