// Which listed names could reach a score: by similar pieces, and by the bound that names::score_bound gives on them.
//
// For a query with pieces q1..qn, what a listed name can score is bounded by best[i], its greatest similarity to each
// qi, and the bound is monotone in each. So:
//   1. Every piece of the vocabulary similar to some qi is found (neighbours.h).
//   2. Levels t are chosen such that bound(t) is below the floor. A name none of whose similarities exceeds its level
//      cannot be a candidate, so only postings above the levels are read: those of the rarer pieces (as in MaxScore).
//   3. Each name met there has its whole best[] computed from its own list of pieces, and is kept if bound(best)
//      reaches the floor.
#include <algorithm>
#include <bit>
#include <cmath>

#include "index/format.h"
#include "index/index.h"
#include "index/mapped.h"

namespace interdict::index {
namespace {

/// Room for rounding between a bound and the score it bounds.
constexpr double rounding = 1e-9;

using Best = std::vector<float>;

/// What a listed piece agrees with: query piece `of`, to this degree.
struct Agreement {
  std::uint32_t piece;
  std::uint32_t of;
  float similarity;
};

/// Looks up what a listed piece agrees with: open addressing, at most half full.
class Agreements {
 public:
  explicit Agreements(std::vector<Agreement> all) : all_(std::move(all)) {
    std::sort(all_.begin(), all_.end(), [](const Agreement& a, const Agreement& b) {
      return a.piece != b.piece ? a.piece < b.piece : a.of < b.of;
    });
    slots_.assign(std::bit_ceil(2 * all_.size() + 1), Slot{});
    mask_ = slots_.size() - 1;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (i > 0 && all_[i - 1].piece == all_[i].piece) continue;
      std::size_t at = place(all_[i].piece);
      while (slots_[at].begin != none) at = (at + 1) & mask_;
      slots_[at] = {all_[i].piece, static_cast<std::uint32_t>(i)};
    }
  }

  void raise(std::uint32_t piece, Best& best) const {
    for (std::size_t at = place(piece); slots_[at].begin != none; at = (at + 1) & mask_) {
      if (slots_[at].piece != piece) continue;
      for (std::size_t i = slots_[at].begin; i < all_.size() && all_[i].piece == piece; ++i) {
        best[all_[i].of] = std::max(best[all_[i].of], all_[i].similarity);
      }
      return;
    }
  }

 private:
  static constexpr std::uint32_t none = 0xffffffffU;
  struct Slot {
    std::uint32_t piece = none;
    std::uint32_t begin = none;
  };
  [[nodiscard]] std::size_t place(std::uint32_t piece) const { return (piece * 0x9E3779B1U >> 7U) & mask_; }

  std::vector<Agreement> all_;
  std::vector<Slot> slots_;
  std::size_t mask_ = 0;
};

/// The bound, remembered for the vectors met lately: most names met share one piece with the query and nothing else.
class Bounds {
 public:
  explicit Bounds(const names::Name& query)
      : query_(query), size_(query.pieces.size()), seen_(slots * size_), bounds_(slots, unknown) {}

  double operator()(const Best& best) {
    std::uint64_t hash = 0;
    for (const float b : best) hash = (hash ^ std::bit_cast<std::uint32_t>(b)) * 0x9E3779B97F4A7C15ULL;
    const std::size_t slot = (hash >> 40U) % slots;
    float* seen = seen_.data() + slot * size_;
    if (bounds_[slot] == unknown || !std::equal(best.begin(), best.end(), seen)) {
      std::copy(best.begin(), best.end(), seen);
      bounds_[slot] = names::score_bound(query_, best);
    }
    return bounds_[slot];
  }

 private:
  static constexpr std::size_t slots = 256;
  static constexpr double unknown = -1;
  const names::Name& query_;
  std::size_t size_;
  std::vector<float> seen_;
  std::vector<double> bounds_;
};

class Selection {
 public:
  Selection(const Snapshot::Impl& snapshot, const names::Name& query, double floor, const Snapshot::Scope& scope)
      : snapshot_(snapshot), query_(query), floor_(floor - rounding), scope_(scope), bounds_(query) {}

  std::vector<Snapshot::Candidate> run() {
    if (query_.tokens.empty()) return {};
    find_neighbourhoods();
    Best most;
    for (const auto& near : near_) most.push_back(near->empty() ? 0.0F : near->front().similarity);
    if (bounds_(most) < floor_) return {};
    const Best nothing(most.size(), 0.0F);
    if (bounds_(nothing) >= floor_) {
      meet_all();
    } else {
      meet_above(levels(most));
    }
    return keep();
  }

 private:
  void find_neighbourhoods() {
    for (const std::string& piece : query_.pieces) {
      near_.push_back(snapshot_.neighbour_cache.get(snapshot_, piece));
      std::uint64_t cost = 0;
      for (const Neighbour& n : *near_.back()) cost += postings(n.piece).size();
      costs_.push_back(cost);
    }
  }

  [[nodiscard]] std::span<const std::uint32_t> postings(std::uint32_t piece) const {
    return snapshot_.postings[piece * kind_count + static_cast<std::size_t>(query_.kind)];
  }

  /// Levels whose bound is below the floor, raised first where it saves the most postings.
  Best levels(const Best& most) {
    Best level(most.size(), 0.0F);
    std::vector<std::size_t> order(most.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(),
              [this](std::size_t a, std::size_t b) { return costs_[a] != costs_[b] ? costs_[a] > costs_[b] : a < b; });
    for (const std::size_t i : order) {
      if (costs_[i] == 0) continue;
      // Neighbours come most similar first: the level is set at the first that the floor allows.
      const Neighbourhood& near = *near_[i];
      const auto allowed = std::partition_point(near.begin(), near.end(), [&](const Neighbour& n) {
        level[i] = n.similarity;
        return names::score_bound(query_, level) >= floor_;
      });
      level[i] = allowed == near.end() ? 0.0F : allowed->similarity;
    }
    return level;
  }

  void meet_all() {
    for (std::uint32_t name = 0; name < snapshot_.name_count(); ++name) {
      const std::uint16_t schema = snapshot_.party_schema[snapshot_.name_party[name]];
      if (snapshot_.label_kinds[schema] == query_.kind) met_.push_back(name);
    }
  }

  void meet_above(const Best& level) {
    std::vector<std::uint64_t>& marked = marks();
    for (std::size_t i = 0; i < near_.size(); ++i) {
      for (const Neighbour& n : *near_[i]) {
        if (n.similarity <= level[i]) break;
        for (const std::uint32_t name : postings(n.piece)) {
          std::uint64_t& word = marked[name / 64];
          const std::uint64_t bit = std::uint64_t{1} << (name % 64);
          if ((word & bit) == 0) met_.push_back(name);
          word |= bit;
        }
      }
    }
    for (const std::uint32_t name : met_) marked[name / 64] = 0;
    std::sort(met_.begin(), met_.end());
  }

  /// One bit a name, all zero between uses; kept by the thread because a query should cost what it meets.
  std::vector<std::uint64_t>& marks() const {
    thread_local std::vector<std::uint64_t> marked;
    const std::size_t words = snapshot_.name_count() / 64 + 1;
    if (marked.size() < words) marked.resize(words, 0);
    return marked;
  }

  std::vector<Snapshot::Candidate> keep() {
    std::vector<Agreement> all;
    for (std::uint32_t i = 0; i < near_.size(); ++i) {
      for (const Neighbour& n : *near_[i]) all.push_back({n.piece, i, n.similarity});
    }
    const Agreements agreements(std::move(all));
    std::vector<Snapshot::Candidate> kept;
    Best best(near_.size());
    constexpr std::size_t ahead = 12;
    for (std::size_t i = 0; i < met_.size(); ++i) {
      if (i + 2 * ahead < met_.size()) {
        prefetch(&snapshot_.name_party[met_[i + 2 * ahead]]);
        prefetch(&snapshot_.name_pieces.ranges[met_[i + 2 * ahead]]);
      }
      if (i + ahead < met_.size()) prefetch(snapshot_.name_pieces[met_[i + ahead]].data());
      const std::uint32_t name = met_[i];
      if (!in_scope(name)) continue;
      std::fill(best.begin(), best.end(), 0.0F);
      for (const std::uint32_t piece : snapshot_.name_pieces[name]) agreements.raise(piece, best);
      const double bound = bounds_(best);
      if (bound >= floor_) kept.push_back({name, round_up(bound)});
    }
    return kept;
  }

  [[nodiscard]] bool in_scope(std::uint32_t name) const {
    const std::uint32_t party = snapshot_.name_party[name];
    return (scope_.schemas.empty() || scope_.schemas[snapshot_.party_schema[party]]) &&
           (scope_.sources.empty() || scope_.sources[snapshot_.party_source[party]]);
  }

  static float round_up(double bound) { return std::nextafter(static_cast<float>(bound), 2.0F); }

  const Snapshot::Impl& snapshot_;
  const names::Name& query_;
  double floor_;
  const Snapshot::Scope& scope_;
  Bounds bounds_;
  std::vector<std::shared_ptr<const Neighbourhood>> near_;  // of each query piece
  std::vector<std::uint64_t> costs_;                        // postings of each
  std::vector<std::uint32_t> met_;
};

}  // namespace

std::vector<Snapshot::Candidate> Snapshot::candidates(const names::Name& query, double floor) const {
  return candidates(query, floor, Scope{});
}

std::vector<Snapshot::Candidate> Snapshot::candidates(const names::Name& query, double floor,
                                                      const Scope& scope) const {
  return Selection(*impl_, query, floor, scope).run();
}

}  // namespace interdict::index
