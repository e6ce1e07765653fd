// The versions of one source in publication order, and what listings were at each of them.
//
// A version's place in that order is its rank; a listing's history is the rows of table `change`, each saying from
// which rank on a part of it has which record. Everything the store answers is folded from these two.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "store/record_codec.h"
#include "store/sqlite.h"
#include "store/store.h"

namespace interdict::store {

using Rank = std::size_t;

/// The id of a source, or nothing if the store has none of that name.
Result<std::optional<std::int64_t>> find_source(const Database& database, std::string_view name);

class Timeline {
 public:
  /// Without versions published after `known_at` or loaded after `loaded_to`.
  static Result<Timeline> read(const Database& database, std::int64_t source, std::optional<Instant> known_at = {},
                               std::optional<std::int64_t> loaded_to = {});

  [[nodiscard]] std::int64_t source() const { return source_; }
  [[nodiscard]] const std::vector<Version>& versions() const { return versions_; }
  /// Nothing for a version that is not in this timeline.
  [[nodiscard]] std::optional<Rank> rank(std::int64_t version) const;
  /// The last version published before `moment`, by rank.
  [[nodiscard]] std::optional<Rank> last_before(Instant moment) const;
  /// Whether `loaded_to` hides versions: then the counts kept with the others may be against a hidden one.
  [[nodiscard]] bool hides() const { return hides_; }

 private:
  friend class Reader;
  std::int64_t source_ = 0;
  std::vector<Version> versions_;
  std::unordered_map<std::int64_t, Rank> ranks_;
  // With versions hidden by `loaded_to`, a row's meaning still needs the hidden ones: a row is left out where it would
  // only repeat the version before it, which may be one of them.
  bool hides_ = false;
  std::unordered_map<std::int64_t, Rank> places_;  // of every version up to `known_at`, hidden or not
};

/// Everything the versions of a timeline say about one listing.
struct Trail {
  struct Row {
    Part part;
    Rank rank;
    std::int64_t record;  // 0: gone
  };
  std::string listing;  // the publisher's id
  std::vector<Row> rows;

  /// The record in force at a rank, 0 for none; before the first version there is none.
  [[nodiscard]] std::int64_t record(Part part, std::optional<Rank> rank) const;
  /// Whether the version at a rank says anything new.
  [[nodiscard]] bool touched(Rank rank) const;
  [[nodiscard]] bool listed(std::optional<Rank> rank) const { return record(Part::main, rank) != 0; }
};

/// Walks the trails of a source in order of listing id.
class TrailCursor {
 public:
  TrailCursor(const Database& database, const Timeline& timeline);

  /// The next trail, valid until the next call; null at the end and on any error. A trail may have no rows: all of its
  /// versions are outside the timeline.
  [[nodiscard]] const Trail* next();
  [[nodiscard]] Result<void> status() const { return query_.status(); }

 private:
  const Timeline* timeline_;
  Query query_;
  bool row_pending_ = false;
  bool ended_ = false;
  Trail trail_;
};

/// Fetches single trails.
class TrailFinder {
 public:
  TrailFinder(const Database& database, const Timeline& timeline);
  /// Without rows when the source never had this listing.
  Result<Trail> find(std::string_view listing);

 private:
  const Timeline* timeline_;
  Query query_;
};

/// Fetches records by id.
class Records {
 public:
  explicit Records(const Database& database);
  /// Appends the content of a record.
  Result<void> read(std::int64_t id, Content& content);
  /// What a listing said at a rank, all parts together in order; empty if it was not listed.
  Result<Content> read(const Trail& trail, Rank rank);

 private:
  const Database* database_;
  Query query_;
  Decoder decoder_;
};

enum class Step : std::uint8_t { nothing, added, changed, removed };

/// What one version did to one listing, statement by statement. A change of mere order is nothing; so is a change in a
/// part of a listing whose main part is absent.
struct Difference {
  Step step = Step::nothing;
  std::vector<Statement> came;  // only of Step::changed; both sorted
  std::vector<Statement> went;
};
Result<Difference> difference(const Trail& trail, Rank rank, Records& records);

/// The same of two ranks, however far apart; and what the listing says at the later one, or said at the earlier one
/// when it is gone by then.
struct Comparison {
  Difference difference;
  Content content;
};
Result<Comparison> compare(const Trail& trail, Rank from, Rank to, Records& records);

/// The ids, in order, of the listings that may differ between two ranks; nothing stands for before the first version.
/// The timeline must outlive the query.
Query touched_listings(const Database& database, const Timeline& timeline, std::optional<Rank> from, Rank to);

/// Every listing that the version at a rank added, changed or removed, in order of listing id.
Result<void> each_difference(const Database& database, const Timeline& timeline, Rank rank,
                             const std::function<void(const std::string& listing, Difference&&)>& visit);

struct Tally {
  std::uint64_t added = 0;
  std::uint64_t changed = 0;
  std::uint64_t removed = 0;
};
Result<Tally> count(const Database& database, const Timeline& timeline, Rank rank);

/// A version's content digest is over its supplied parts (one byte, a bit a part) and then each of its records, in
/// order of listing and part: the id, a zero byte, the part as a byte, the record's digest.
void add_to_content(Digest& digest, std::string_view listing, Part part, std::string_view record_digest);
void begin_content(Digest& digest, const std::array<bool, part_count>& supplied);

}  // namespace interdict::store
