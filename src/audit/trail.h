// A trail on the disk, read, verified and pruned. A server may be writing it meanwhile.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "audit/record.h"

namespace interdict::audit {

/// Which records; what is empty does not matter.
struct Filter {
  std::optional<Instant> since{};
  std::optional<Instant> until{};  // up to and without
  std::string caller{};            // a name or a key's id
  std::string operation{};
  bool replayable = false;  // only those
  std::size_t limit = 0;    // the newest so many; 0: all
};

/// What is wrong with a trail.
struct Flaw {
  enum class Kind : std::uint8_t {
    edited,        // the record is not what its own hashes say
    missing,       // a record was removed
    out_of_order,  // the record was written after another one than that before it
    emptied,       // its content is gone, and no prune says so
    text_edited,   // a world or case that it names is not what its name says, or is gone
    cut_short,     // records at the end are gone
    another,       // the record of the head given is another one than it was then
  };
  Kind kind = Kind::edited;
  std::int64_t number = 0;  // the first bad record
  std::string detail;       // a sentence
};
[[nodiscard]] const char* to_string(Flaw::Kind kind);

struct Verified {
  Head head;
  std::int64_t pruned = 0;   // records without their content
  std::optional<Flaw> flaw;  // the first
};

class Trail {
 public:
  static Result<Trail> open(const std::filesystem::path& path);
  Trail(Trail&&) noexcept;
  Trail& operator=(Trail&&) noexcept;
  ~Trail();

  Result<Head> head() const;
  /// By number, oldest first. `visit` returns false to end.
  Result<void> each(const Filter& filter, const std::function<bool(const Record&)>& visit) const;
  /// An Error (not_found) when there is none of that number.
  Result<Record> record(std::int64_t number) const;
  /// What many records share, by its name.
  Result<std::string> text(const std::string& name) const;

  /// Reads everything. With `known` also that its record is the one it was. Who can write the file can make it whole
  /// again after any change: only a head kept elsewhere shows that.
  Result<Verified> verify(const std::optional<Head>& known = {}) const;

  /// Empties every record older than `before` but for its hashes and time, and records that, in the name of `by`. Gives
  /// how many. Nothing of them is left in the file.
  Result<std::int64_t> prune(Instant before, const std::string& by, Instant now);

 private:
  struct Impl;
  explicit Trail(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

inline constexpr std::string_view prune_operation = "auditPrune";

}  // namespace interdict::audit
