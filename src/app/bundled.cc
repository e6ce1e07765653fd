#include "app/bundled.h"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <functional>

#include "app/load.h"

namespace interdict::app {
namespace fs = std::filesystem;

fs::path bundled_store_path(const fs::path& folder) {
  return folder / fmt::format("bundled-{:016x}.db", std::hash<std::string_view>{}(bundled_list()));
}

Result<store::Store> open_bundled_store(const fs::path& folder) {
  const fs::path path = bundled_store_path(folder);
  std::error_code error;
  if (!fs::exists(path, error)) {
    fs::create_directories(folder, error);
    // Made aside and renamed: two programs started at once, or one killed, never leave half a store under the name.
    const fs::path making = path.string() + fmt::format(".{}", getpid());
    const fs::path text = making.string() + ".ftm.json";
    std::ofstream(text, std::ios::binary) << bundled_list();
    auto loaded = [&]() -> Result<void> {
      auto made = store::Store::open(making, store::Store::Mode::write);
      if (!made) return std::move(made).error();
      const std::array files{text};
      LoadOptions options;
      options.source = bundled_source;
      options.published = parse_instant(bundled_published);
      auto report = load_files(*made, files, options);
      if (!report) return std::move(report).error();
      return {};
    }();
    fs::remove(text, error);
    if (loaded) {
      fs::rename(making, path, error);
      if (error) loaded = Error{Fault::io, error.message(), {path.string(), 0, 0, {}}};
    }
    if (!loaded) {
      fs::remove(making, error);
      return std::move(loaded).error();
    }
  }
  return store::Store::open(path, store::Store::Mode::read);
}

}  // namespace interdict::app
