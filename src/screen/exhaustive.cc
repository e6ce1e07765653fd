// The oracle: every name of every party is compared, nothing is pruned, nothing is clever. It shares with `screen` what
// a score is (names::score, counted, weigh) and how a hit is written, and none of what decides whom to look at.
#include <algorithm>

#include "screen/evidence.h"
#include "screen/screen.h"
#include "screen/subject.h"

namespace interdict::screen {
namespace {

/// Asks for what scoring a name soon to come will read first: names lie scattered over memory, and most are unlike the
/// query at the first glance, so that waiting for memory is most of the time.
void ask_ahead(const index::Snapshot& snapshot, std::uint32_t name) {
  constexpr std::uint32_t ahead = 6;
  if (name + 2 * ahead < snapshot.name_count()) {
    const names::Name& later = snapshot.name(name + 2 * ahead);
    __builtin_prefetch(&later.measures);
    __builtin_prefetch(&later.glances);
  }
  if (name + ahead < snapshot.name_count()) {
    for (const names::Glance& glance : snapshot.name(name + ahead).glances) {
      __builtin_prefetch(&glance.letters);
      __builtin_prefetch(&glance.shapes);
    }
  }
}

}  // namespace

std::vector<Hit> exhaustive(const index::Snapshot& snapshot, const Query& query, const Options& options) {
  const Subject subject(snapshot, query, options);
  std::vector<Scored> reached;
  for (std::uint32_t party = 0; party < snapshot.party_count(); ++party) {
    if (!subject.is_in_scope(party)) continue;
    const std::vector<names::Name>& asked = subject.names(subject.kind_of(party));
    Scored best;
    best.party = party;
    for (std::uint32_t name = snapshot.first_name(party); name < snapshot.first_name(party + 1); ++name) {
      ask_ahead(snapshot, name);
      for (std::size_t i = 0; i < asked.size(); ++i) {
        const double counts = counted(names::score(asked[i], snapshot.name(name), 0), snapshot.use_of(name));
        if (counts > best.counted) {
          best.counted = counts;
          best.listed_name = name;
          best.query_name = i;
        }
      }
    }
    const bool asks = subject.questions().any();
    best.score = asks ? weigh(subject.questions(), snapshot.statements(party)).apply(best.counted) : best.counted;
    if (best.score >= options.threshold) reached.push_back(best);
  }
  std::ranges::sort(reached, ranks_before);
  if (options.limit != 0 && reached.size() > options.limit) reached.resize(options.limit);

  std::vector<Hit> hits;
  for (const Scored& scored : reached) hits.push_back(make_hit(snapshot, subject, scored, options.threshold));
  return hits;
}

}  // namespace interdict::screen
