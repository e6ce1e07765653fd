// How it came about: the dated trail of a case, the ledger of people freed and arrested, and what was asked against
// what was granted. Events, claims and figures decide nothing; they are told beside the acts that do.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "law/law.h"

namespace interdict::law {

struct TrailEntry {
  PartialDate on;                // when it took effect or happened
  std::optional<Day> published;  // when the public could know, where that is another day
  std::string kind;              // act | measure | ground | listing | exception | event | claim | demand
  std::string id;
  std::string authority;  // empty for what no authority did
  std::string what;
  std::vector<std::string> sources;
  Confidence confidence = Confidence::high;
};

/// Everything about one thing of the case up to `dates.as_of`, by date: a measure with its listings and exceptions, a
/// party with its listings, licences, events and claims, an authority with its acts. An empty id: the whole case.
/// An id the case does not know gives nothing.
[[nodiscard]] std::vector<TrailEntry> trail(std::string_view id, const CaseIndex& world, const Dates& dates);

/// A release or an arrest with what they add up to by then.
struct LedgerLine {
  const Event* event = nullptr;
  int freed = 0;            // all releases so far that give a count
  int freed_by_broker = 0;  // of those, with this one's broker; 0 without a broker
  int arrested = 0;
};

/// A claim that carries a number, beside the number computed or measured.
struct Reckoning {
  const Claim* claim = nullptr;
  double claimed = 0;                // in units; of a percentage, of its base
  std::optional<double> computed;    // from the ledger, for claims about releases or arrests
  std::vector<const Figure*> other;  // figures of the same metric
};

struct Ledger {
  std::vector<LedgerLine> lines;
  std::vector<Reckoning> claims;
  std::vector<const Figure*> figures;  // by metric, then by date
};
/// `metric` of a claim: `releases` or `arrests` (of the claim's broker, if it names one), up to the claim's last day or
/// `dates.as_of` if earlier; any other metric is looked up among the figures.
[[nodiscard]] Ledger ledger(const CaseIndex& world, const Dates& dates);

/// What one party was promised and given by one authority.
struct Step {
  std::string party;
  std::string authority;
  std::optional<Day> announced;  // first said to be lifted
  std::optional<Day> licensed;   // a licence without limit of purpose that names it
  std::string licence;
  std::optional<Day> delisted;
};
struct Granted {
  const Demand* demand = nullptr;
  std::vector<Step> steps;           // by party, of authorities that took a step
  std::vector<std::string> unmoved;  // authorities that bind one of its parties and gave nothing
};
/// Steps up to `dates.as_of`, and not before the demand was made less a year: earlier relief answered something else.
[[nodiscard]] std::vector<Granted> granted(const CaseIndex& world, const Dates& dates);

/// A stretch of days on which a deal had one and the same verdict of every authority, resting on the same rules.
struct VerdictSpan {
  Day from;
  Day until;  // exclusive
  Judgment judgment;
};
/// Every day from `from` up to, not including, `until` is judged: nothing is inferred between two of them.
[[nodiscard]] std::vector<VerdictSpan> verdict_spans(const Deal& deal, const CaseIndex& world, Day from, Day until,
                                                     std::optional<Day> known_at);

}  // namespace interdict::law
