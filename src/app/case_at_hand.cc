#include "app/case_at_hand.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string_view>

namespace interdict::app {
namespace {
namespace fs = std::filesystem;

bool is_case_folder(const fs::path& folder) {
  std::error_code fault;
  if (!fs::is_directory(folder, fault)) return false;
  return std::any_of(fs::directory_iterator(folder, fault), fs::directory_iterator{},
                     [](const auto& entry) { return entry.path().extension() == ".yaml"; });
}

std::string folder_beside(const std::string& beside) {
  const fs::path path(beside);
  std::error_code fault;
  if (beside.empty() || !fs::exists(path, fault)) return {};
  const fs::path folder = fs::absolute(path, fault).lexically_normal().parent_path();
  // Only a deal that lies where a case keeps its deals says which case it is of.
  if (folder.filename() != "deals" && folder.filename() != "scenarios") return {};
  return is_case_folder(folder.parent_path()) ? folder.parent_path().string() : std::string{};
}

casefile::LoadedCase read_bundled() {
  std::vector<casefile::File> files;
  for (const BundledFile& file : bundled_case()) {
    if (std::string_view(file.path).find('/') == std::string_view::npos) files.push_back({file.path, file.text});
  }
  return casefile::read_case(files);
}

/// The case's own file `<kind>/<id>.yaml`, or the file at the path.
Result<casefile::File> own_file(const std::string& path_or_id, std::string_view kind, const OpenCase& at_hand) {
  std::error_code fault;
  if (!fs::is_regular_file(path_or_id, fault)) {
    const std::string name = fmt::format("{}/{}.yaml", kind, path_or_id);
    if (at_hand.folder.empty()) {
      for (const BundledFile& file : bundled_case()) {
        if (file.path == name) return casefile::File{file.path, file.text};
      }
    } else if (const fs::path path = fs::path(at_hand.folder) / name; fs::exists(path, fault)) {
      return casefile::read_file(path.string());
    }
    return Error{Fault::not_found,
                 fmt::format("no such file, and the case has no {} of that id", kind.substr(0, kind.size() - 1)),
                 {path_or_id, 0, 0, ""}};
  }
  return casefile::read_file(path_or_id);
}

}  // namespace

Result<std::vector<casefile::File>> case_files(const std::string& folder) {
  std::vector<casefile::File> out;
  if (folder.empty()) {
    for (const BundledFile& file : bundled_case()) out.push_back({file.path, file.text});
  }
  for (const char* part : {"", "deals/", "scenarios/"}) {
    if (folder.empty()) break;
    std::error_code fault;
    for (const auto& entry : fs::directory_iterator(fs::path(folder) / part, fault)) {
      if (entry.path().extension() != ".yaml") continue;
      auto file = casefile::read_file(entry.path().string());
      if (!file) return std::move(file).error();
      out.push_back({part + entry.path().filename().string(), std::move(file->text)});
    }
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  if (out.empty()) return Error{Fault::io, "holds no case files (*.yaml)", {folder, 0, 0, ""}};
  return out;
}

void add_case_options(CLI::App& verb, CaseOptions& options) {
  add_common(verb, options.common);
  verb.add_option("--case", options.folder,
                  "A folder of case files (default: CASE of a deal in CASE/deals, else the bundled Belarus case)");
}

Result<OpenCase> open_case(const CaseOptions& options, const std::string& beside) {
  OpenCase out;
  out.folder = options.folder.empty() ? folder_beside(beside) : options.folder;
  casefile::LoadedCase loaded = out.folder.empty() ? read_bundled() : casefile::lint_case(out.folder);
  if (!loaded.errors.empty()) {
    for (std::size_t i = 0; i + 1 < loaded.errors.size(); ++i) {
      fmt::print(stderr, "interdict: {}\n", loaded.errors[i].to_string());
    }
    return loaded.errors.back();
  }
  out.value = std::move(loaded.value);
  return out;
}

Result<Deal> open_deal(const std::string& path_or_id, const OpenCase& at_hand) {
  const auto file = own_file(path_or_id, "deals", at_hand);
  if (!file) return file.error();
  return casefile::read_deal(*file, &at_hand.value);
}

Result<Scenario> open_scenario(const std::string& path_or_id, const OpenCase& at_hand) {
  const auto file = own_file(path_or_id, "scenarios", at_hand);
  if (!file) return file.error();
  return casefile::read_scenario(*file, &at_hand.value);
}

namespace {

std::vector<std::string> own_ids(const OpenCase& at_hand, const std::string& kind) {
  std::vector<std::string> out;
  const auto add = [&](const fs::path& path) {
    if (path.extension() == ".yaml") out.push_back(path.stem().string());
  };
  if (at_hand.folder.empty()) {
    for (const BundledFile& file : bundled_case()) {
      if (std::string_view(file.path).starts_with(kind + "/")) add(file.path);
    }
  } else {
    std::error_code fault;
    for (const auto& entry : fs::directory_iterator(fs::path(at_hand.folder) / kind, fault)) add(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

std::vector<std::string> deal_ids(const OpenCase& at_hand) { return own_ids(at_hand, "deals"); }
std::vector<std::string> scenario_ids(const OpenCase& at_hand) { return own_ids(at_hand, "scenarios"); }

Result<law::Dates> dates_asked(const Common& common, std::optional<Day> otherwise) {
  const auto world = world_asked(common);
  if (!world) return world.error();
  law::Dates dates{world->as_of, {}};
  if (common.as_of.empty() && otherwise) dates.as_of = *otherwise;
  if (world->known_at) dates.known_at = std::chrono::floor<std::chrono::days>(*world->known_at);
  return dates;
}

}  // namespace interdict::app
