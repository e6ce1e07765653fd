// From a store and a day to something that can be searched.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/command.h"
#include "index/index.h"
#include "screen/screen.h"
#include "store/store.h"

namespace interdict::app {

/// A source's answer is "last known" when the day lies this long past its last version.
inline constexpr std::chrono::days freshness_limit{7};

/// The store that answers: the user's, or the bundled case's while the user's holds nothing.
struct OpenStore {
  store::Store store;
  std::filesystem::path path;
  bool bundled = false;
};
[[nodiscard]] Result<OpenStore> open_store(const Common& common);
/// The bundled case's, whatever the user's holds by now.
[[nodiscard]] Result<OpenStore> open_bundled(const Common& common);

/// A searchable world.
struct OpenWorld {
  World world;
  std::vector<store::SourceCoverage> coverage;
  index::Snapshot snapshot;
  std::string json;  // the `world` of every result
  OpenStore store;   // what it was opened from
  bool bundled = false;
};
/// Opens the snapshot of the day asked, compiling it first when none is kept beside the store.
[[nodiscard]] Result<OpenWorld> open_world(const Common& common);
[[nodiscard]] Result<OpenWorld> open_world(OpenStore opened, const World& world);

/// Past the freshness limit: the last publication is this old on the day asked.
[[nodiscard]] bool is_stale(const store::SourceCoverage& coverage, const World& world);
/// One line per source whose answer is not plainly covered: not covered, in a gap, last known. For people.
[[nodiscard]] std::string coverage_text(const OpenWorld& world);
/// Empty when plainly listed; else why it is uncertain: in a gap, or last known because the source is stale.
[[nodiscard]] std::string standing_note(store::Standing standing, std::string_view source,
                                        const std::vector<store::SourceCoverage>& coverage, const World& world);
/// Marks hits of stale sources as last known; to be called on every answer.
void mark_stale(const OpenWorld& world, std::vector<screen::Hit>& hits);

}  // namespace interdict::app
