// Where `update` downloads each source from: a table of official addresses, which a file may replace.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "model/model.h"

namespace interdict::app {

struct Publisher {
  std::string source;
  std::vector<std::string> urls;   // the files of one version
  std::vector<std::string> hosts;  // that may be contacted, redirects included
};

/// The official addresses, as of 2026-11.
[[nodiscard]] std::vector<Publisher> default_publishers();

/// A JSON file in the form that docs/operating.md describes:
/// [{"source": "un_sc_sanctions", "urls": ["https://..."], "hosts": ["..."]}, ...].
[[nodiscard]] Result<std::vector<Publisher>> read_publishers(const std::filesystem::path& path);

}  // namespace interdict::app
