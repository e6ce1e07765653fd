// What changed on each list between two days, party by party and field by field.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace interdict::report {

/// What is looked back when no earlier day is given.
inline constexpr std::chrono::days changes_span{30};

/// "added" | "changed" | "removed"; nothing for any other word.
[[nodiscard]] std::optional<store::PartyChange::Kind> change_kind(std::string_view word);

/// The question. `world.as_of` is the later day; what is asked of one page is bounded by `limit`.
struct ChangesAsked {
  Day from;
  World world;
  std::vector<std::string> sources;              // empty: every one
  std::optional<store::PartyChange::Kind> kind;  // nothing: all three
  std::string text;                              // found in the id, the name or any value that differs; folded
  std::size_t offset = 0;
  std::size_t limit = 100;
};

/// Of one list, whatever kind and text were asked for.
struct ListChanges {
  store::Between between;
  std::uint64_t added = 0;
  std::uint64_t changed = 0;
  std::uint64_t removed = 0;
};

struct Changes {
  ChangesAsked asked;
  bool bundled = false;  // no list is loaded: the bundled one answers
  std::vector<ListChanges> lists;
  std::vector<store::PartyChange> parties;  // the page asked for, in order of listing id
  std::size_t total = 0;                    // parties of the kind and text asked for
};

/// An Error (not_found) for a source that the store does not hold; bad_usage when the days are the wrong way round.
[[nodiscard]] Result<Changes> changes_of(const store::Store& store, const ChangesAsked& asked);

[[nodiscard]] std::string changes_json(const Changes& changes);
[[nodiscard]] std::string changes_text(const Changes& changes);
/// One row for each field that differs, RFC 4180; a value that a spreadsheet would take for a formula begins with an
/// apostrophe.
[[nodiscard]] std::string changes_csv(const Changes& changes);

}  // namespace interdict::report
