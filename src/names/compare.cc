// Two names compared: the pairs of parts that agree, and the score computed from them.
#include <algorithm>
#include <array>

#include "model/result.h"
#include "names/assign.h"
#include "names/formula.h"
#include "names/names.h"

namespace interdict::names {
namespace {

/// The sums for the first `count` edges, which share no token.
Sums sums_of(const Name& query, const Name& listed, std::span<const Edge> chosen) {
  Sums sums;
  std::uint64_t query_used = 0;
  std::uint64_t listed_used = 0;
  std::uint64_t furthest = 0;
  for (const Edge& edge : chosen) {
    const auto similarity = static_cast<double>(edge.likeness.similarity);
    sums.agreed += edge.weight * similarity;
    sums.matched += edge.weight;
    if (edge.likeness.how != How::initial) {
      sums.slips += edge.weight * (1 - similarity);
      sums.worst = std::max(sums.worst, edge.weight * (1 - similarity));
    }
    sums.lineage_differs = sums.lineage_differs ||
                           ((edge.query_mask & query.children) != 0 && (edge.listed_mask & listed.fathers) != 0) ||
                           ((edge.query_mask & query.fathers) != 0 && (edge.listed_mask & listed.children) != 0);
    query_used |= edge.query_mask;
    listed_used |= edge.listed_mask;
    const bool joined = edge.query_unit >= query.measures.size() || edge.listed_unit >= listed.measures.size();
    sums.spacing_differs = sums.spacing_differs || (joined && edge.likeness.how != How::initial);
    const bool major = joined || query.measures[edge.query_unit].pool != Pool::minor;
    if (major && edge.listed_mask < furthest) sums.order_differs = true;
    if (major) furthest = edge.listed_mask;
  }
  const auto leave = [](const Name& name, std::uint64_t used, std::array<double, 5>& left) {
    for (std::size_t i = 0; i < name.measures.size(); ++i) {
      if ((used >> i & 1U) != 0) continue;
      left[static_cast<std::size_t>(name.measures[i].pool)] += static_cast<double>(name.measures[i].weight);
    }
  };
  leave(query, query_used, sums.query_left);
  leave(listed, listed_used, sums.listed_left);
  // The family name may come first or last, and the whole be turned round (Nguyen Van Hung, Hung Van Nguyen); two
  // neighbours exchanged, the third in its place, make another name.
  sums.syllables_differ = query.syllabic && listed.syllabic && chosen.size() == 3 &&
                          chosen.front().listed_mask < chosen.back().listed_mask &&
                          !std::ranges::is_sorted(chosen, {}, &Edge::listed_mask);
  sums.generation_differs = query.generation != 0 && listed.generation != 0 && query.generation != listed.generation;
  sums.imo_differs = query.imo != 0 && listed.imo != 0 && query.imo != listed.imo;
  sums.sex_differs = query.sex != Sex::unsaid && listed.sex != Sex::unsaid && query.sex != listed.sex;
  sums.writing_differs = query.writing != listed.writing;
  return sums;
}

std::string written(const Name& name, std::size_t unit) {
  if (unit < name.measures.size()) return name.tokens[unit].text;
  if (is_acronym(name, unit)) {
    std::string text;
    for (std::size_t i = 0; i < name.measures.size(); ++i) {
      if ((name.acronym_mask >> i & 1U) != 0) text += (text.empty() ? "" : " ") + name.tokens[i].text;
    }
    return text;
  }
  const std::size_t at = unit - name.measures.size();
  return name.tokens[at].text + " " + name.tokens[at + 1].text;
}

std::vector<Edge>& scratch() {
  thread_local std::vector<Edge> edges;
  return edges;
}

}  // namespace

const char* to_string(How how) {
  constexpr std::array<const char*, 6> names = {"same", "variant", "near", "initial", "compound", "phonetic"};
  return names[static_cast<std::size_t>(how)];
}

const char* to_string(Pool pool) {
  constexpr std::array<const char*, 5> names = {"core", "patronymic", "place", "number", "minor"};
  return names[static_cast<std::size_t>(pool)];
}

double score(const Name& query, const Name& listed, double floor) {
  std::vector<Edge>& edges = scratch();
  find_edges(query, listed, edges);
  if (edges.empty()) return 0;
  const std::size_t count = choose(edges);
  const double value = score_of(sums_of(query, listed, std::span(edges).first(count)));
  return value < floor ? 0 : value;
}

std::optional<Comparison> compare(const Name& query, const Name& listed, double floor) {
  std::vector<Edge>& edges = scratch();
  find_edges(query, listed, edges);
  const auto chosen = std::span(edges).first(choose(edges));
  const Sums sums = sums_of(query, listed, chosen);
  Comparison result;
  result.compounding = compounding;
  result.score = score_of(
      sums,
      [&](const char* what, Pool pool, double weight, double rate) {
        result.costs.push_back({what, pool, weight, rate});
      },
      [&](const char* what, double value) { result.factors.push_back({what, value}); });
  if (result.score < floor) return std::nullopt;
  std::uint64_t query_used = 0;
  std::uint64_t listed_used = 0;
  for (const Edge& edge : chosen) {
    const bool joined = edge.query_unit >= query.measures.size() || edge.listed_unit >= listed.measures.size();
    result.pairs.push_back({.query = written(query, edge.query_unit),
                            .listed = written(listed, edge.listed_unit),
                            .similarity = static_cast<double>(edge.likeness.similarity),
                            .weight = edge.weight,
                            .how = joined && edge.likeness.how != How::initial ? How::compound : edge.likeness.how});
    query_used |= edge.query_mask;
    listed_used |= edge.listed_mask;
  }
  const auto leave = [](const Name& name, std::uint64_t used, std::vector<Leftover>& left) {
    for (std::size_t i = 0; i < name.measures.size(); ++i) {
      if ((used >> i & 1U) != 0) continue;
      left.push_back({name.tokens[i].text, static_cast<double>(name.measures[i].weight), name.measures[i].pool});
    }
  };
  leave(query, query_used, result.query_left);
  leave(listed, listed_used, result.listed_left);
  const auto both_left = [&](Pool pool) {
    const auto at = static_cast<std::size_t>(pool);
    return sums.query_left[at] > 0 && sums.listed_left[at] > 0;
  };
  const auto one_left = [&](Pool pool) {
    const auto at = static_cast<std::size_t>(pool);
    return !both_left(pool) && sums.query_left[at] + sums.listed_left[at] > 0;
  };
  if (sums.matched > 0) {
    if (both_left(Pool::core)) result.notes.emplace_back("parts contradict");
    if (both_left(Pool::patronymic)) result.notes.emplace_back("patronymics differ");
    if (both_left(Pool::place)) result.notes.emplace_back("places differ");
    if (one_left(Pool::place)) result.notes.emplace_back("only one names a place");
    if (both_left(Pool::number)) result.notes.emplace_back("numbers differ");
    if (one_left(Pool::number)) result.notes.emplace_back("only one has a number");
    if (sums.order_differs) result.notes.emplace_back("order differs");
    if (sums.spacing_differs) result.notes.emplace_back("spacing differs");
    if (sums.syllables_differ) result.notes.emplace_back("syllables in another order");
    if (sums.generation_differs) result.notes.emplace_back("generations differ");
    if (sums.imo_differs) result.notes.emplace_back("IMO numbers differ");
    if (sums.sex_differs) result.notes.emplace_back("a man's name and a woman's");
    if (sums.lineage_differs) result.notes.emplace_back("father and child exchanged");
  }
  return result;
}

std::string_view table_version() {
  return "names-15."
#include "names/learnt_digest.inc"
      ;
}

}  // namespace interdict::names
