// The store room: the dated record of what every list said, on SQLite.
//
// A version is one publication of one source. What is kept per version is only what changed since the publication
// before it, so size grows with change; versions order by publication time whatever the loading order, and loading the
// same versions in any order gives the same content. A load is one transaction: a process killed at any moment leaves
// the last good version. Parts that a version does not supply keep what was last supplied and say of which version;
// they are never "removed".
//
// Times: `published` orders versions and answers `as_of` and `known_at`; `loaded` is for audit only.
// Threads: one Store per thread; any number of readers beside one writer (WAL).
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"

namespace interdict::store {

/// One loaded version, as `interdict sources` shows it.
struct Version {
  std::int64_t id = 0;
  VersionInfo info;
  Instant published;  // never absent once stored: the loading time at worst
  Instant loaded;
  std::string content;        // "sha256:..." of what it supplied, record by record; what Store::verify checks
  std::uint64_t entries = 0;  // parties listed in it
  std::uint64_t added = 0;    // parties, against the version published before it
  std::uint64_t changed = 0;
  std::uint64_t removed = 0;
  std::uint64_t rejected = 0;
};

struct LoadReport {
  Version version;
  bool already_loaded = false;  // same source and hash: nothing was written
};

/// What a source can say about a day.
enum class Coverage : std::uint8_t {
  covered,      // a version was published that day, or nothing changed between the versions around it
  in_gap,       // between two versions: changes between them may have come before or after the day
  last_known,   // past the last version
  not_covered,  // before the first version
};
[[nodiscard]] const char* to_string(Coverage coverage);

struct SourceCoverage {
  std::string source;
  Coverage coverage = Coverage::not_covered;
  std::optional<Version> version;  // the one that answers: the latest published by the end of the day
  std::optional<Version> next;     // the first published after it
  std::array<std::optional<Instant>, part_count> supplied;  // when each part in use was last supplied
};

/// How sure it is that a party was listed on the day asked.
enum class Standing : std::uint8_t {
  listed,          // in the version that answers, and still in the next one if the day lies in a gap
  added_in_gap,    // only in the next version, and no listing date of its own settles it
  removed_in_gap,  // in the version that answers, gone from the next
  last_known,      // past the last version: listed when last seen
};
[[nodiscard]] const char* to_string(Standing standing);

struct Listed {
  Party party;
  Standing standing = Standing::listed;
};

/// One statement that came or went between two versions.
struct Change {
  enum class Kind : std::uint8_t { party_added, party_removed, statement_added, statement_removed };
  Kind kind;
  std::string listing;  // "us_ofac_sdn:9760"
  Statement statement;  // empty for whole parties; a changed schema is Prop::unmodelled with Detail::field = "schema"
};

/// What became of one listing between two versions of its list.
struct PartyChange {
  enum class Kind : std::uint8_t { added, changed, removed };
  Kind kind = Kind::changed;
  std::string listing;
  std::string caption;  // as it is now; as it was, of one that is gone
  std::string schema;
  std::vector<Statement> went;  // sorted; of one that is gone, all it said
  std::vector<Statement> came;  // sorted; of one that is new, all it says
};
[[nodiscard]] const char* to_string(PartyChange::Kind kind);

/// Which versions of a list two days are answered from.
struct Between {
  std::string source;
  std::vector<Version> versions;  // all that are known, by publication
  std::optional<Version> from;    // nothing: the list has no version by the later day
  std::optional<Version> to;
  bool from_first = false;  // the earlier day lies before the first version, which stands in for it
};

class Load;

class Store {
 public:
  enum class Mode : std::uint8_t { read, write };

  /// Opens or (in Mode::write) creates. A file that is no store, or of another schema version, is an Error. The folder
  /// must be writable in either mode, because SQLite keeps its lock file beside the store.
  static Result<Store> open(const std::filesystem::path& path, Mode mode);
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  /// Begins the one load there can be at a time; dropped without commit, it leaves no trace.
  Result<Load> begin(std::string_view source);

  /// Every version known by `known_at`, ordered by source and publication; of one source if it is not empty.
  Result<std::vector<Version>> versions(std::string_view source = {}, std::optional<Instant> known_at = {}) const;
  /// The highest version id: ids grow with loading, so this names a state of the store (World::loaded_to).
  Result<std::int64_t> last_load() const;
  /// What each source of the store can say of the world's day.
  Result<std::vector<SourceCoverage>> coverage(const World& world) const;

  /// Every party of a source listed, or perhaps listed, on the world's day; in order of listing id.
  Result<void> each(std::string_view source, const World& world,
                    const std::function<Result<void>(const Listed&)>& visit) const;
  /// When each listing of a source came (the first version that has it) and last changed, by the versions that answer
  /// for the world's day; in order of listing id. `last` is the version that answers.
  Result<void> each_span(
      std::string_view source, const World& world,
      const std::function<void(const std::string& listing, Instant first, Instant changed, Instant last)>& visit) const;
  /// One party by listing id; nothing when it was not listed on that day.
  Result<std::optional<Listed>> find(std::string_view listing, const World& world) const;
  /// What one version changed against the one published before it, field by field, in order of listing id.
  Result<std::vector<Change>> changes(std::int64_t version) const;
  /// What a list says on `to.as_of` against what it said on `from`: one visit a listing that differs, in order of id.
  /// What came and went again in between is no difference. Nothing is told of days before the first version.
  Result<Between> between(std::string_view source, Day from, const World& to,
                          const std::function<void(PartyChange&&)>& visit) const;
  /// The versions in which a listing appeared, changed or went, oldest first.
  Result<std::vector<Version>> history(std::string_view listing) const;
  /// What a version's reader could not take.
  Result<std::vector<Rejection>> rejections(std::int64_t version) const;

  /// Rereads everything: the file's own integrity, every record against its digest, every version's content against the
  /// digest taken when it was loaded, its counts against its changes. The first thing that is wrong is the Error.
  Result<void> verify() const;

  struct Impl;

 private:
  friend class Load;
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// One version on its way in, on a connection of its own: the Store it came from may go on reading, and may go.
class Load {
 public:
  Load(Load&&) noexcept;
  Load& operator=(Load&&) noexcept;
  ~Load();

  /// Two records of one id and part are joined, which lists with an entry in several rows need.
  Result<void> add(const Record& record);
  /// `info.published` empty means the loading time. Same source and hash as a stored version: nothing is written.
  /// Whatever the outcome, the load is over: an Error leaves the store as it was.
  Result<LoadReport> commit(const VersionInfo& info, const std::vector<Rejection>& rejections, Instant loaded);

  struct Impl;

 private:
  friend class Store;
  explicit Load(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace interdict::store
