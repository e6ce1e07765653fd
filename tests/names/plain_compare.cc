#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <vector>

#include "names/surnames.h"
#include "tests/oracle/plain_compare.h"

namespace interdict::oracle {
namespace {

using names::Name;
using names::Pool;

struct Choice {
  std::size_t query;
  std::size_t query_count;
  std::size_t listed;
  std::size_t listed_count;
  double similarity;
  bool initial;
};

std::string joined(const Name& name, std::size_t at, std::size_t count) {
  std::string out;
  for (std::size_t i = at; i < at + count; ++i) out += name.tokens[i].form;
  return out;
}

double weight(const Name& name, std::size_t at, std::size_t count) {
  double sum = 0;
  for (std::size_t i = at; i < at + count; ++i) sum += static_cast<double>(name.tokens[i].weight);
  return sum;
}

double gain(const Name& query, const Name& listed, const Choice& c) {
  const double moved = std::abs(static_cast<double>(c.query) - static_cast<double>(c.listed));
  return c.similarity * (weight(query, c.query, c.query_count) + weight(listed, c.listed, c.listed_count)) -
         1e-4 * moved;
}

double alone(const std::string& first, const std::string& second, const std::string& other) {
  return static_cast<double>(std::max(names::piece_similarity(first, other), names::piece_similarity(second, other)));
}

std::vector<Choice> all_choices(const Name& query, const Name& listed) {
  std::vector<Choice> choices;
  for (std::size_t q = 0; q < query.tokens.size(); ++q) {
    for (std::size_t l = 0; l < listed.tokens.size(); ++l) {
      for (const auto& [qn, ln] : {std::pair<std::size_t, std::size_t>{1, 1}, {1, 2}, {2, 1}}) {
        if (q + qn > query.tokens.size() || l + ln > listed.tokens.size()) continue;
        const names::Likeness found =
            names::likeness(names::make_unit(joined(query, q, qn)), names::make_unit(joined(listed, l, ln)));
        const auto similarity = static_cast<double>(found.similarity);
        const bool letter = query.tokens[q].form.size() == 1 || query.tokens[q + qn - 1].form.size() == 1;
        const bool other_letter = listed.tokens[l].form.size() == 1 || listed.tokens[l + ln - 1].form.size() == 1;
        const double least = (qn == 2 && letter) || (ln == 2 && other_letter) ? 1 : static_cast<double>(0.85F);
        const std::string left = joined(query, q, qn);
        const std::string right = joined(listed, l, ln);
        const bool one_read = (query.measures[q].syllable == 0) != (listed.measures[l].syllable == 0);
        if (one_read && similarity < static_cast<double>(0.9F)) continue;
        if (query.kind == names::Kind::person && found.how != names::How::variant && found.similarity < 0.9F &&
            names::are_other_surnames(left, right)) {
          continue;
        }
        // Of two joined, one that agrees as well alone is not joined.
        if (qn == 2 && alone(query.tokens[q].form, query.tokens[q + 1].form, right) >= similarity) continue;
        if (ln == 2 && alone(listed.tokens[l].form, listed.tokens[l + 1].form, left) >= similarity) continue;
        if (similarity > 0 && (qn + ln == 2 || similarity >= least)) {
          choices.push_back({q, qn, l, ln, similarity, left != right && (left.size() == 1 || right.size() == 1)});
        }
      }
    }
  }
  // An acronym on one side, the words it is made of on the other.
  const auto range = [](const Name& name) {
    const auto first = static_cast<std::size_t>(std::countr_zero(name.acronym_mask));
    return std::pair(first, static_cast<std::size_t>(std::popcount(name.acronym_mask)));
  };
  const auto likeness = [](std::size_t letters) { return static_cast<double>(letters < 4 ? 0.76F : 0.85F); };
  if (query.acronym_mask != 0) {
    for (std::size_t l = 0; l < listed.tokens.size(); ++l) {
      const std::string& form = listed.tokens[l].form;
      if (form != query.units.back().form || listed.measures[l].pool == Pool::minor) continue;
      choices.push_back({range(query).first, range(query).second, l, 1, likeness(form.size()), true});
    }
  }
  if (listed.acronym_mask != 0) {
    for (std::size_t q = 0; q < query.tokens.size(); ++q) {
      const std::string& form = query.tokens[q].form;
      if (form != listed.units.back().form || query.measures[q].pool == Pool::minor) continue;
      choices.push_back({q, 1, range(listed).first, range(listed).second, likeness(form.size()), true});
    }
  }
  return choices;
}

struct Best {
  double gain = -1;
  double score = 0;
};

/// Three parts of one syllable each on both sides, two neighbours exchanged and the third in its place.
bool syllables_differ(const Name& query, const Name& listed, const std::vector<Choice>& chosen) {
  if (!query.syllabic || !listed.syllabic || chosen.size() != 3) return false;
  const std::vector<std::size_t> order = {chosen[0].listed, chosen[1].listed, chosen[2].listed};
  return order == std::vector<std::size_t>{0, 2, 1} || order == std::vector<std::size_t>{1, 0, 2};
}

double formula(const Name& query, const Name& listed, std::vector<Choice> chosen) {
  std::ranges::sort(chosen, {}, &Choice::query);
  std::vector<bool> query_used(query.tokens.size());
  std::vector<bool> listed_used(listed.tokens.size());
  double matched = 0;
  double agreed = 0;
  double slips = 0;
  double worst = 0;
  bool lineage = false;
  bool spacing = false;
  bool order = false;
  std::size_t furthest = 0;
  for (const Choice& c : chosen) {
    const double w = weight(query, c.query, c.query_count);
    matched += w;
    agreed += w * c.similarity;
    if (!c.initial) {
      slips += w * (1 - c.similarity);
      worst = std::max(worst, w * (1 - c.similarity));
    }
    const auto mask = [](std::size_t at, std::size_t count) { return ((1ULL << count) - 1) << at; };
    const std::uint64_t of_query = mask(c.query, c.query_count);
    const std::uint64_t of_listed = mask(c.listed, c.listed_count);
    lineage = lineage || ((of_query & query.children) != 0 && (of_listed & listed.fathers) != 0) ||
              ((of_query & query.fathers) != 0 && (of_listed & listed.children) != 0);
    for (std::size_t i = 0; i < c.query_count; ++i) query_used[c.query + i] = true;
    for (std::size_t i = 0; i < c.listed_count; ++i) listed_used[c.listed + i] = true;
    const bool joint = c.query_count + c.listed_count > 2;
    spacing = spacing || (joint && !c.initial);
    if (joint || query.measures[c.query].pool != Pool::minor) {
      const std::size_t last = c.listed + c.listed_count - 1;
      order = order || last < furthest;
      furthest = last;
    }
  }
  if (matched <= 0) return 0;
  std::map<Pool, double> query_left;
  std::map<Pool, double> listed_left;
  for (std::size_t i = 0; i < query.tokens.size(); ++i) {
    if (!query_used[i]) query_left[query.measures[i].pool] += static_cast<double>(query.tokens[i].weight);
  }
  for (std::size_t i = 0; i < listed.tokens.size(); ++i) {
    if (!listed_used[i]) listed_left[listed.measures[i].pool] += static_cast<double>(listed.tokens[i].weight);
  }
  const auto cost = [&](Pool pool, double more_said, double less_said, double conflict) {
    const double both = std::min(query_left[pool], listed_left[pool]);
    const auto counted = [&](double left) {
      return pool == Pool::core && left > 1.2 ? 1.2 + 0.5 * (left - 1.2) : left;
    };
    return conflict * both + more_said * counted(query_left[pool] - both) +
           less_said * counted(listed_left[pool] - both);
  };
  double total = matched + cost(Pool::core, 0.42, 0.36, 2.4) + cost(Pool::patronymic, 0.15, 0.12, 2.4) +
                 cost(Pool::place, 1.1, 1.1, 2.4) + cost(Pool::number, 1.2, 1.2, 0) + cost(Pool::minor, 0.4, 0.3, 0.7);
  if (query_left[Pool::core] > 0 || listed_left[Pool::core] > 0) total += 0.35 * std::max(0.0, 1.5 - matched);
  double score = (agreed - 0.7 * (slips - worst)) / total;
  const bool query_number = query_left[Pool::number] > 0;
  const bool listed_number = listed_left[Pool::number] > 0;
  if (query_number && listed_number) {
    score *= 0.68;
  } else if (query_number || listed_number) {
    score *= 0.8;
  }
  if (order) score *= 0.97;
  if (spacing) score *= 0.985;
  if (syllables_differ(query, listed, chosen)) score *= 0.7;
  if (lineage) score *= 0.7;
  if (query.generation > 0 && listed.generation > 0 && query.generation != listed.generation) score *= 0.7;
  if (query.imo != 0 && listed.imo != 0 && query.imo != listed.imo) score *= 0.68;
  if (query.sex != names::Sex::unsaid && listed.sex != names::Sex::unsaid && query.sex != listed.sex) score *= 0.75;
  if (query.writing != listed.writing) score -= 0.01 * std::pow(score, 4);
  return std::clamp(score, 0.0, 1.0);
}

void descend(const Name& query, const Name& listed, const std::vector<Choice>& choices, std::size_t at,
             std::vector<Choice>& chosen, double gained, Best& best) {
  if (gained > best.gain + 1e-12) best = {gained, formula(query, listed, chosen)};
  for (std::size_t i = at; i < choices.size(); ++i) {
    const Choice& c = choices[i];
    const bool clashes = std::ranges::any_of(chosen, [&](const Choice& o) {
      const auto overlaps = [](std::size_t a, std::size_t an, std::size_t b, std::size_t bn) {
        return a < b + bn && b < a + an;
      };
      return overlaps(c.query, c.query_count, o.query, o.query_count) ||
             overlaps(c.listed, c.listed_count, o.listed, o.listed_count);
    });
    if (clashes) continue;
    chosen.push_back(c);
    descend(query, listed, choices, i + 1, chosen, gained + gain(query, listed, c), best);
    chosen.pop_back();
  }
}

}  // namespace

double plain_score(const Name& query, const Name& listed) {
  Best best;
  std::vector<Choice> chosen;
  descend(query, listed, all_choices(query, listed), 0, chosen, 0, best);
  return best.score;
}

}  // namespace interdict::oracle
