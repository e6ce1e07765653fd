#include "names/assign.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "names/formula.h"
#include "names/surnames.h"

namespace interdict::names {
namespace {

// Among equal choices, the one that keeps the order of the names.
constexpr double displacement_cost = 1e-4;
// What a Han or Hangul character reads as, against Latin letters: its reading is a rule, and so short that what is only
// near it is any syllable.
constexpr float reading_least = 0.9F;
constexpr float homophone = 0.8F;
// Of surnames of one stem: an ending that sounds so is another spelling of the same.
constexpr float same_surname = 0.9F;
constexpr int steps_max = 4000;
constexpr std::size_t searched_max = 64;  // one bit each

std::size_t first_token(const Name& name, std::size_t unit) {
  if (is_acronym(name, unit)) return static_cast<std::size_t>(std::countr_zero(name.acronym_mask));
  return unit < name.measures.size() ? unit : unit - name.measures.size();
}

std::uint64_t mask_of(const Name& name, std::size_t unit) {
  if (is_acronym(name, unit)) return name.acronym_mask;
  return (unit < name.measures.size() ? 1ULL : 3ULL) << first_token(name, unit);
}

double weight_of(const Name& name, std::size_t unit) {
  if (is_acronym(name, unit)) {
    double sum = 0;
    for (std::uint64_t left = name.acronym_mask; left != 0; left &= left - 1) {
      sum += static_cast<double>(name.measures[static_cast<std::size_t>(std::countr_zero(left))].weight);
    }
    return sum;
  }
  const std::size_t at = first_token(name, unit);
  const auto first = static_cast<double>(name.measures[at].weight);
  return unit < name.measures.size() ? first : first + static_cast<double>(name.measures[at + 1].weight);
}

/// Depth-first search over taking or leaving each edge, the greatest gain first.
class Search {
 public:
  explicit Search(const std::vector<Edge>& edges) : edges_(edges) {}

  std::uint64_t best() {
    descend(0, 0, 0, 0, 0);
    return best_taken_;
  }

 private:
  void descend(std::size_t at, std::uint64_t query, std::uint64_t listed, double gain, std::uint64_t taken) {
    if (gain > best_gain_ + 1e-12) {
      best_gain_ = gain;
      best_taken_ = taken;
    }
    if (++steps_ > steps_max) return;
    double rest = 0;
    for (std::size_t i = at; i < edges_.size(); ++i) {
      if ((edges_[i].query_mask & query) == 0 && (edges_[i].listed_mask & listed) == 0) rest += edges_[i].gain;
    }
    for (std::size_t i = at; i < edges_.size() && gain + rest > best_gain_ + 1e-12; ++i) {
      const Edge& edge = edges_[i];
      if ((edge.query_mask & query) != 0 || (edge.listed_mask & listed) != 0) continue;
      descend(i + 1, query | edge.query_mask, listed | edge.listed_mask, gain + edge.gain, taken | 1ULL << i);
      rest -= edge.gain;
    }
  }

  const std::vector<Edge>& edges_;
  double best_gain_ = 0;
  std::uint64_t best_taken_ = 0;
  int steps_ = 0;
};

/// Whether a joined unit agrees with the other no better than one of its parts does alone: then nothing was joined, and
/// the other part is left over (Geun, Geun-hye).
bool part_agrees(const Name& joined, std::size_t unit, const Unit& other, float similarity) {
  if (unit < joined.measures.size() || is_acronym(joined, unit)) return false;
  const std::size_t at = first_token(joined, unit);
  return std::max(likeness(joined.units[at], other).similarity, likeness(joined.units[at + 1], other).similarity) >=
         similarity;
}

/// How alike two units may be at most by the Han or Hangul characters they are written in: different ones are alike in
/// sound only, which says something of a given name of two (an input method offers all that sound so), and nothing of
/// the family name before it. Where one side alone is so written, the other must write its reading.
float most_by_characters(const Name& query, std::size_t q, const Name& listed, std::size_t l, float similarity) {
  const std::size_t q_first = first_token(query, q);
  const std::size_t l_first = first_token(listed, l);
  const std::uint32_t left = query.measures[q_first].syllable;
  const std::uint32_t right = listed.measures[l_first].syllable;
  if ((left == 0) != (right == 0)) return similarity < reading_least ? 0 : 1;
  const bool hangul = left >= 0xac00 && left <= 0xd7a3;
  if (left == 0 || right == 0 || hangul != (right >= 0xac00 && right <= 0xd7a3)) return 1;
  if (q >= query.measures.size() || l >= listed.measures.size()) return 0;
  if (left == right) return 1;
  const bool given = q_first > 0 && l_first > 0 && query.measures.size() > 2 && listed.measures.size() > 2;
  return !hangul && similarity >= 1 && given ? homophone : 0;
}

/// The edge between two units, if they are alike enough.
void add_edge(const Name& query, std::size_t q, const Name& listed, std::size_t l, std::vector<Edge>& edges) {
  Likeness found = likeness(query.units[q], listed.units[l]);
  if (found.similarity <= 0) return;
  const float most = most_by_characters(query, q, listed, l, found.similarity);
  if (most <= 0) return;
  if (query.kind == Kind::person && found.how != How::variant && found.similarity < same_surname &&
      are_other_surnames(query.units[q].form, listed.units[l].form)) {
    return;
  }
  if (found.similarity > most) found = {most, How::phonetic};
  if (found.similarity < least_for(query, q) || found.similarity < least_for(listed, l)) return;
  if (part_agrees(query, q, listed.units[l], found.similarity) ||
      part_agrees(listed, l, query.units[q], found.similarity)) {
    return;
  }
  if (is_acronym(query, q) || is_acronym(listed, l)) {
    // One beside the words it is of says nothing more: those words are compared.
    const Measure& letters = is_acronym(query, q) ? listed.measures[l] : query.measures[q];
    if (letters.pool == Pool::minor) return;
    found = {acronym_likeness(query.units[q].length), How::initial};
  }
  const double weight = weight_of(query, q);
  const auto moved = static_cast<double>(first_token(query, q)) - static_cast<double>(first_token(listed, l));
  const double gain =
      static_cast<double>(found.similarity) * (weight + weight_of(listed, l)) - displacement_cost * std::abs(moved);
  edges.push_back({.query_mask = mask_of(query, q),
                   .listed_mask = mask_of(listed, l),
                   .query_unit = static_cast<std::uint16_t>(q),
                   .listed_unit = static_cast<std::uint16_t>(l),
                   .likeness = found,
                   .weight = weight,
                   .gain = gain});
}

}  // namespace

float least_for(const Name& name, std::size_t unit) {
  if (unit < name.measures.size()) return 0;
  if (is_acronym(name, unit)) return 1;
  const std::size_t at = first_token(name, unit);
  return name.units[at].length == 1 || name.units[at + 1].length == 1 ? 1 : joined_least;
}

void find_edges(const Name& query, const Name& listed, std::vector<Edge>& edges) {
  edges.clear();
  for (std::size_t q = 0; q < query.units.size(); ++q) {
    const Glance& ours = query.glances[q / Glance::width];
    const bool joined = q >= query.measures.size();
    const std::size_t last = joined ? listed.measures.size() : listed.units.size();
    for (std::size_t first = 0; first < last; first += Glance::width) {
      const Glance& theirs = listed.glances[first / Glance::width];
      for (std::uint32_t left = may_be_alike(ours, q % Glance::width, theirs); left != 0; left &= left - 1) {
        const std::size_t l = first + static_cast<std::size_t>(std::countr_zero(left));
        if (l < last) add_edge(query, q, listed, l, edges);
      }
    }
  }
}

std::size_t choose(std::vector<Edge>& edges) {
  std::uint64_t query = 0;
  std::uint64_t listed = 0;
  bool free = true;
  for (const Edge& edge : edges) {
    if ((edge.query_mask & query) != 0 || (edge.listed_mask & listed) != 0) free = false;
    query |= edge.query_mask;
    listed |= edge.listed_mask;
  }
  if (free) return edges.size();
  std::ranges::sort(edges, [](const Edge& a, const Edge& b) {
    if (a.gain != b.gain) return a.gain > b.gain;
    return a.query_unit != b.query_unit ? a.query_unit < b.query_unit : a.listed_unit < b.listed_unit;
  });
  std::size_t count = 0;
  if (edges.size() <= searched_max) {
    const std::uint64_t taken = Search(edges).best();
    for (std::size_t i = 0; i < edges.size(); ++i) {
      if ((taken >> i & 1U) != 0) std::swap(edges[count++], edges[i]);
    }
  } else {
    // A word repeated many times over: the greatest gain first, so that a name is still like itself.
    query = listed = 0;
    for (std::size_t i = 0; i < edges.size(); ++i) {
      if ((edges[i].query_mask & query) != 0 || (edges[i].listed_mask & listed) != 0) continue;
      query |= edges[i].query_mask;
      listed |= edges[i].listed_mask;
      std::swap(edges[count++], edges[i]);
    }
  }
  std::sort(edges.begin(), edges.begin() + static_cast<std::ptrdiff_t>(count),
            [](const Edge& a, const Edge& b) { return a.query_mask < b.query_mask; });
  return count;
}

}  // namespace interdict::names
