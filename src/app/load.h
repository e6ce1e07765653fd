// Files into the store: recognise, read, load. What `update --from` does, and the bundled list with it.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lists/lists.h"
#include "store/store.h"

namespace interdict::app {

struct LoadOptions {
  std::string source;                // for forms that do not say their source
  std::optional<Instant> published;  // for files that do not say when they were published
  bool show_progress = false;
};

struct Loaded {
  lists::FileSet set;
  store::LoadReport report;
  std::vector<Rejection> rejections;
};

/// What became of each set; a set that fails does not stop the others.
struct LoadOutcome {
  std::vector<Loaded> loaded;
  std::vector<Error> failed;   // sets that could not be read or stored
  std::vector<Error> skipped;  // files of a folder that are no list
};

/// An Error only when nothing could be recognised at all.
[[nodiscard]] Result<LoadOutcome> load_files(store::Store& store, std::span<const std::filesystem::path> paths,
                                             const LoadOptions& options);

}  // namespace interdict::app
