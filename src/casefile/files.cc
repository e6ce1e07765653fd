// Case, deal and scenario files on the disk.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "casefile/casefile.h"

namespace interdict::casefile {

Result<File> read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path)) return Error{Fault::io, "cannot be opened", {path, 0, 0, ""}};
  std::string text(std::size_t{16} << 20U, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return File{path, std::move(text)};
}

namespace {

std::vector<std::string> yaml_files(const std::string& folder) {
  std::error_code fault;
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder, fault)) {
    if (entry.path().extension() == ".yaml") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

LoadedCase lint_case(const std::string& folder) {
  LoadedCase out;
  const std::vector<std::string> paths = yaml_files(folder);
  if (paths.empty()) {
    out.errors.push_back({Fault::io, "holds no case files (*.yaml)", {folder, 0, 0, ""}});
    return out;
  }
  std::vector<File> files;
  for (const auto& path : paths) {
    auto file = read_file(path);
    if (!file) {
      out.errors.push_back(file.error());
      return out;
    }
    files.push_back(std::move(*file));
  }
  return read_case(files);
}

Result<Case> load_case(const std::string& folder) {
  LoadedCase loaded = lint_case(folder);
  if (!loaded.errors.empty()) return loaded.errors.front();
  return std::move(loaded.value);
}

Result<Deal> load_deal(const std::string& path, const Case* known) {
  const auto file = read_file(path);
  if (!file) return file.error();
  return read_deal(*file, known);
}

Result<Scenario> load_scenario(const std::string& path, const Case* known) {
  const auto file = read_file(path);
  if (!file) return file.error();
  return read_scenario(*file, known);
}

std::vector<Error> lint_folder(const std::string& folder, const Case& known, FileKind kind) {
  std::vector<Error> out;
  for (const auto& path : yaml_files(folder)) {
    if (kind == FileKind::deal) {
      const auto deal = load_deal(path, &known);
      if (!deal) out.push_back(deal.error());
    } else {
      const auto scenario = load_scenario(path, &known);
      if (!scenario) out.push_back(scenario.error());
    }
  }
  return out;
}

}  // namespace interdict::casefile
