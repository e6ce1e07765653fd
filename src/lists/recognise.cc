// Files into versions: what each file is, and which files make one version.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "lists/forms.h"
#include "lists/lists.h"
#include "lists/ofac_csv.h"

namespace interdict::lists {
namespace {

// The files in it by name, so that the outcome does not depend on the disk; hidden ones left out.
Result<std::vector<std::filesystem::path>> files_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  std::filesystem::directory_iterator entries(folder, error);
  for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error)) {
    std::error_code ignored;
    if (!entries->is_regular_file(ignored) || entries->path().filename().string().starts_with('.')) continue;
    files.push_back(entries->path());
  }
  if (error) {
    return Error{Fault::io, fmt::format("cannot read the folder: {}", error.message()), {folder.string(), 0, 0, {}}};
  }
  std::sort(files.begin(), files.end());
  return files;
}

// The files of OFAC CSV sets in one folder, to be put together.
struct CsvFile {
  std::filesystem::path path;
  Seen seen;
};

// The set that a part belongs to: of the sets without a date in their name or with the same one, the only one, else the
// only one that holds all its ids. What fits several is an Error: merging versions silently would make a list that
// nobody published.
Result<std::size_t> owner_of(const CsvFile& part, const std::vector<CsvFile>& mains) {
  const auto dated = instant_in(part.path.filename().string());
  std::vector<std::size_t> fits;
  for (std::size_t i = 0; i < mains.size(); ++i) {
    const auto main_dated = instant_in(mains[i].path.filename().string());
    if (!dated || !main_dated || *dated == *main_dated) fits.push_back(i);
  }
  if (fits.size() == 1) return fits.front();
  if (fits.empty()) {
    return Error{Fault::inconsistent,
                 fmt::format("the {} of an OFAC CSV set without its sdn.csv or cons_prim.csv beside it",
                             to_string(part.seen.part)),
                 {part.path.string(), 0, 0, {}}};
  }
  auto ids = ofac_csv_ids(part.path);
  if (!ids) return std::move(ids).error();
  std::vector<std::size_t> holding;
  for (const std::size_t i : fits) {
    auto held = ofac_csv_ids(mains[i].path);
    if (!held) return std::move(held).error();
    if (std::all_of(ids->begin(), ids->end(), [&](std::uint64_t id) { return held->contains(id); })) {
      holding.push_back(i);
    }
  }
  if (holding.size() == 1) return holding.front();
  return Error{Fault::inconsistent,
               fmt::format("the {} of an OFAC CSV set fits {} of the {} lists beside it: keep each version in a folder "
                           "of its own",
                           to_string(part.seen.part), holding.empty() ? "none" : "several", fits.size()),
               {part.path.string(), 0, 0, {}}};
}

// Puts the OFAC CSV files of one folder together; what cannot be placed goes to `fail`.
template <typename Fail>
Result<void> group_csv(const std::vector<CsvFile>& files, std::vector<FileSet>& sets, Fail fail) {
  std::vector<CsvFile> mains;
  for (const CsvFile& file : files) {
    if (file.seen.part == Part::main) mains.push_back(file);
  }
  std::vector<std::array<std::optional<std::filesystem::path>, part_count>> parts(mains.size());
  for (std::size_t i = 0; i < mains.size(); ++i) parts[i][0] = mains[i].path;
  for (const CsvFile& file : files) {
    if (file.seen.part == Part::main) continue;
    auto owner = owner_of(file, mains);
    if (!owner) {
      if (auto failed = fail(std::move(owner).error()); !failed) return failed;
      continue;
    }
    auto& slot = parts[*owner][static_cast<std::size_t>(file.seen.part)];
    if (slot) {
      return Error{Fault::inconsistent,
                   fmt::format("{} holds the {} of the same list: keep each version in a folder of its own",
                               slot->string(), to_string(file.seen.part)),
                   {file.path.string(), 0, 0, {}}};
    }
    slot = file.path;
  }
  for (std::size_t i = 0; i < mains.size(); ++i) {
    FileSet set{mains[i].seen.source, "ofac_csv", {}};
    for (auto& part : parts[i]) {
      if (part) set.files.push_back(*part);
    }
    sets.push_back(std::move(set));
  }
  return {};
}

}  // namespace

Result<Recognised> recognise(std::span<const std::filesystem::path> paths) {
  Recognised out;
  std::map<std::filesystem::path, std::vector<CsvFile>> csv;  // by folder
  const auto take = [&](const std::filesystem::path& path) -> Result<void> {
    auto identified = identify(path);
    if (!identified) return std::move(identified).error();
    if (identified->form->name == "ofac_csv") {
      csv[path.parent_path()].push_back({path, identified->seen});
    } else {
      out.sets.push_back({identified->seen.source, std::string(identified->form->name), {path}});
    }
    return {};
  };
  std::set<std::filesystem::path> walked;
  for (const std::filesystem::path& path : paths) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(path, ignored)) {
      if (auto taken = take(path); !taken) return std::move(taken).error();
      continue;
    }
    auto files = files_in(path);
    if (!files) return std::move(files).error();
    for (const auto& file : *files) {
      walked.insert(file.parent_path());
      if (auto taken = take(file); !taken) out.skipped.push_back(std::move(taken).error());
    }
  }
  for (const auto& [folder, files] : csv) {
    const bool named = !walked.contains(folder);
    auto grouped = group_csv(files, out.sets, [&](Error error) -> Result<void> {
      if (named) return error;
      out.skipped.push_back(std::move(error));
      return {};
    });
    if (!grouped) return std::move(grouped).error();
  }
  return out;
}

Result<ReadSummary> read(const FileSet& set, const ReadOptions& options, Sink& sink) {
  const Form* form = form_named(set.form);
  if (form == nullptr) return Error{Fault::bad_usage, fmt::format("there is no form '{}'", set.form), {}};
  if (set.files.empty()) return Error{Fault::bad_usage, "a version without files", {}};
  Progress progress(options.progress, total_bytes(set.files));
  std::vector<std::string> digests;
  auto summary = form->read(set, options, progress, sink, digests);
  if (!summary) return std::move(summary).error();
  INTERDICT_ASSERT(digests.size() == set.files.size());

  VersionInfo& version = summary->version;
  if (version.source.empty()) version.source = set.source;
  version.form = set.form;
  if (digests.size() == 1) {
    version.hash = "sha256:" + digests.front();
  } else {
    Sha256 sha;
    for (const std::string& digest : digests) sha.add(digest);
    version.hash = "sha256:" + sha.finish();
  }
  for (const auto& file : set.files) version.files.push_back(file.string());
  if (version.published) {
    version.published_by = PublishedBy::file;
  } else {
    version.published = instant_in_name(set.files.front());
    if (version.published) version.published_by = PublishedBy::file_name;
  }
  return summary;
}

}  // namespace interdict::lists
