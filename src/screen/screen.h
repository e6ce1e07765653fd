// The screen room: who on the lists could this be?
//
// A query's names bring candidates from the index, identifiers bring theirs; each candidate party is scored by its best
// name and by what else is known of both, for and against. Exact: the hits equal those of `exhaustive`, which scores
// every name of the snapshot by separate plain code. Evidence for a party closes a share of the gap between its score
// and 1, evidence against takes a share away, an equal identifier closes nearly all of it; docs/evidence.md states
// every share. Thresholds are inclusive and compared before rounding; ties order by listing id. Threads: all functions
// are const and thread-safe on a shared Snapshot.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "index/index.h"
#include "model/model.h"
#include "names/names.h"

namespace interdict::screen {

// Members are initialised so that a query can be written with designated initialisers.
struct Query {
  std::string id{};
  std::string schema = "Thing";  // FollowTheMoney; Thing compares with everything
  std::vector<std::string> names{};
  std::vector<std::string> aliases{};  // other names of the queried party; as good as names
  std::vector<PartialDate> birth_dates{};
  std::vector<std::string> countries{};  // alpha-2
  std::vector<std::string> genders{};    // male | female | other
  std::vector<std::string> id_numbers{};
  std::vector<std::string> addresses{};
};

struct Options {
  double threshold = 0.70;
  std::size_t limit = 10;              // hits per query, best first; 0 for all
  std::vector<std::string> sources{};  // empty: all
};

/// One thing that moved the score, or was looked at and did not. In order: added up, the effects are the score.
struct Evidence {
  std::string kind;   // "name", "birth_date", "country", "gender", "identifier", "address", "weak_alias"
  double effect = 0;  // what it added or took; for "name" the name score itself
  double share = 0;   // of the gap to 1 that it closes, or below 0 of the score that it takes (docs/evidence.md)
  std::string query;
  std::string listed;
  std::string note;        // for a reviewer: "same year, the list gives no day"
  names::Comparison name;  // only for kind "name"
};

struct Hit {
  std::string id;
  std::string source;
  std::string schema;
  std::string caption;
  std::string standing;
  double score = 0;
  bool match = false;  // score >= threshold
  std::string matched_name;
  std::vector<std::string> programmes;
  std::vector<Evidence> evidence;
};

/// Hits at or above the threshold, best first.
[[nodiscard]] std::vector<Hit> screen(const index::Snapshot& snapshot, const Query& query, const Options& options);
/// The oracle: the same answer by scoring every name. Shares no candidate or pruning code with `screen`.
[[nodiscard]] std::vector<Hit> exhaustive(const index::Snapshot& snapshot, const Query& query, const Options& options);

/// What scores in [low, options.threshold): the sample below the line by which a threshold is validated. Exact like
/// `screen`; `match` is false throughout.
[[nodiscard]] std::vector<Hit> below_the_line(const index::Snapshot& snapshot, const Query& query,
                                              const Options& options, double low);

/// Why a listing is not among the hits, or by what it is.
struct WhyNot {
  struct Name {
    std::string listed;
    index::NameUse use = index::NameUse::primary;
    std::string query;             // the name of the query that agrees best with it
    names::Comparison comparison;  // of the two
    double score = 0;              // of the party, were this its only name
  };
  std::string id;
  std::string caption;
  std::string schema;
  std::string source;
  double score = 0;  // of the party by its best name
  double threshold = 0;
  double needed = 0;     // what its best name would have to count for, beside the same other evidence; may exceed 1
  std::size_t rank = 0;  // its place among all that reach the threshold, from 1; 0 when it does not
  bool is_comparable = true;       // else its schema keeps it out, whatever it scores
  bool is_among_sources = true;    // else the sources asked for do
  bool is_shown = false;           // it is among the hits, within the limit
  std::string reason;              // one sentence, for a reviewer
  std::vector<Name> names;         // best first
  std::vector<Evidence> evidence;  // all but the name, applied to the best name
};
/// An Error (not_found) when the snapshot has no such listing.
[[nodiscard]] Result<WhyNot> why_not(const index::Snapshot& snapshot, const Query& query, const Options& options,
                                     std::string_view listing_id);

/// Screens queries on `threads` threads, results handed to `deliver` in the order of the queries, one at a time.
/// `next` is called by one thread at a time, with an empty query to fill, and returns false at the end; it may run
/// while `deliver` does. Neither may throw. Memory is bounded by the threads, not by the batch.
void batch(const index::Snapshot& snapshot, const Options& options, unsigned threads,
           const std::function<bool(Query&)>& next,
           const std::function<void(const Query&, const std::vector<Hit>&)>& deliver, bool use_exhaustive = false);

}  // namespace interdict::screen
