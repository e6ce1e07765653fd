// A query made ready against one snapshot, and what turns a scored party into a hit. Private to the screen room; used
// by `screen` and by `exhaustive` alike, for it decides nothing about which parties are looked at.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "index/index.h"
#include "names/names.h"
#include "screen/evidence.h"
#include "screen/screen.h"

namespace interdict::screen {

class Subject {
 public:
  /// The query must outlive the subject.
  Subject(const index::Snapshot& snapshot, const Query& query, const Options& options);

  /// The query's names, analysed as names of this kind: the listed party decides how a name is read. Empty for kinds
  /// that no party in scope has.
  [[nodiscard]] const std::vector<names::Name>& names(names::Kind kind) const {
    return names_[static_cast<std::size_t>(kind)];
  }
  [[nodiscard]] names::Kind kind_of(std::uint32_t party) const { return kinds_[snapshot_.schema_label(party)]; }
  /// Comparable by schema, and of a source asked for.
  [[nodiscard]] bool is_in_scope(std::uint32_t party) const {
    return scope_.schemas[snapshot_.schema_label(party)] &&
           (scope_.sources.empty() || scope_.sources[snapshot_.source_label(party)]);
  }
  [[nodiscard]] const index::Snapshot::Scope& scope() const { return scope_; }
  [[nodiscard]] const Questions& questions() const { return questions_; }

 private:
  const index::Snapshot& snapshot_;
  Questions questions_;
  index::Snapshot::Scope scope_;
  std::vector<names::Kind> kinds_;  // by label
  std::array<std::vector<names::Name>, 3> names_;
};

/// A party's best name, and what the party scores by it.
struct Scored {
  std::uint32_t party = 0;
  double score = 0;                          // of the party, all evidence applied
  double counted = 0;                        // of its best name, as it counts
  std::optional<std::uint32_t> listed_name;  // nothing when no name agrees at all
  std::size_t query_name = 0;                // in Subject::names
};

/// Best first; ties by listing id, which is the order of party numbers.
[[nodiscard]] inline bool ranks_before(const Scored& a, const Scored& b) {
  return a.score != b.score ? a.score > b.score : a.party < b.party;
}

[[nodiscard]] Hit make_hit(const index::Snapshot& snapshot, const Subject& subject, const Scored& scored,
                           double threshold);

}  // namespace interdict::screen
