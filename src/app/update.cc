// interdict update: lists in.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "app/command.h"
#include "app/load.h"
#include "app/progress.h"
#include "app/publishers.h"
#include "fetch/fetch.h"
#include "report/json.h"

namespace interdict::app {
namespace fs = std::filesystem;
namespace {

struct UpdateOptions {
  Common common;
  std::vector<std::string> from;
  std::string published;
  std::string source;
  std::string publishers;         // a file that replaces the table of addresses
  std::vector<std::string> only;  // sources to download
};

constexpr std::size_t rejections_shown = 10;

void print_text(const LoadOutcome& outcome) {
  for (const Loaded& one : outcome.loaded) {
    const store::Version& v = one.report.version;
    fmt::print("{:<26} {}  {}  {} entries", v.info.source, to_string(v.published), v.info.hash.substr(0, 19),
               v.entries);
    if (one.report.already_loaded) {
      fmt::print(", already loaded\n");
    } else {
      fmt::print(", {} added, {} changed, {} removed, {} rejected\n", v.added, v.changed, v.removed, v.rejected);
    }
    if (v.info.published_by == PublishedBy::loading_time && !one.report.already_loaded) {
      fmt::print("  note: the file does not say when it was published; the loading time stands in (see --published)\n");
    }
    for (std::size_t i = 0; i < std::min(one.rejections.size(), rejections_shown); ++i) {
      const Rejection& r = one.rejections[i];
      fmt::print("  rejected: {}\n", Error{Fault::bad_input, r.reason, r.place}.to_string());
    }
    if (one.rejections.size() > rejections_shown) {
      fmt::print("  ... and {} more (--json lists them all)\n", one.rejections.size() - rejections_shown);
    }
  }
  for (const Error& skipped : outcome.skipped) fmt::print("passed over: {}\n", skipped.to_string());
}

void print_json(const LoadOutcome& outcome) {
  report::Json json;
  json.begin_object();
  json.key("loaded");
  json.begin_array();
  for (const Loaded& one : outcome.loaded) {
    const store::Version& v = one.report.version;
    json.begin_object();
    json.field("source", v.info.source);
    json.field("form", v.info.form);
    json.field("version", v.info.hash);
    json.field("published", to_string(v.published));
    json.field("published_by", to_string(v.info.published_by));
    json.key("already_loaded");
    json.boolean(one.report.already_loaded);
    for (const auto& [name, count] : {std::pair{"entries", v.entries}, std::pair{"added", v.added},
                                      std::pair{"changed", v.changed}, std::pair{"removed", v.removed}}) {
      json.key(name);
      json.integer(static_cast<std::int64_t>(count));
    }
    json.key("rejected");
    json.begin_array();
    for (const Rejection& r : one.rejections) json.text(Error{Fault::bad_input, r.reason, r.place}.to_string());
    json.end_array();
    json.end_object();
  }
  json.end_array();
  for (const auto& [name, errors] : {std::pair{"failed", &outcome.failed}, std::pair{"skipped", &outcome.skipped}}) {
    json.key(name);
    json.begin_array();
    for (const Error& error : *errors) json.text(error.to_string());
    json.end_array();
  }
  json.end_object();
  fmt::print("{}\n", json.str());
}

// Each source's files go to a folder of their own beside the store, where the next update finds what it need not move
// again.
Result<std::vector<fs::path>> download(const Publisher& publisher, const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return Error{Fault::io, "cannot make the folder: " + error.message(), {folder.string(), 0, 0, {}}};
  std::vector<fs::path> files;
  for (const std::string& url : publisher.urls) {
    Progress progress("Downloading " + publisher.source);
    fetch::Request request;
    request.url = url;
    request.hosts = publisher.hosts;
    const std::string path = url.substr(0, url.find('?'));
    request.target = folder / path.substr(path.rfind('/') + 1);
    request.progress = [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total); };
    if (auto fetched = fetch::download(request); !fetched) return std::move(fetched).error();
    files.push_back(request.target);
  }
  return files;
}

// A publisher that cannot be reached does not stop the others, and its last good version stays.
Result<LoadOutcome> update_from_publishers(store::Store& store, const UpdateOptions& options,
                                           const LoadOptions& load_options, const fs::path& folder) {
  std::vector<Publisher> publishers = default_publishers();
  if (!options.publishers.empty()) {
    auto read = read_publishers(options.publishers);
    if (!read) return std::move(read).error();
    publishers = std::move(*read);
  }
  for (const std::string& wanted : options.only) {
    if (std::none_of(publishers.begin(), publishers.end(), [&](const Publisher& p) { return p.source == wanted; })) {
      return Error{Fault::bad_usage, fmt::format("no address is known for source '{}'", wanted), {}};
    }
  }
  LoadOutcome outcome;
  for (const Publisher& publisher : publishers) {
    if (!options.only.empty() &&
        std::find(options.only.begin(), options.only.end(), publisher.source) == options.only.end()) {
      continue;
    }
    auto files = download(publisher, folder / publisher.source);
    if (!files) {
      outcome.failed.push_back(std::move(files).error());
      continue;
    }
    auto one = load_files(store, *files, load_options);
    if (!one) {
      outcome.failed.push_back(std::move(one).error());
      continue;
    }
    std::move(one->loaded.begin(), one->loaded.end(), std::back_inserter(outcome.loaded));
    std::move(one->failed.begin(), one->failed.end(), std::back_inserter(outcome.failed));
  }
  return outcome;
}

int run(const UpdateOptions& options) {
  LoadOptions load_options;
  load_options.source = options.source;
  load_options.show_progress = true;
  if (!options.published.empty()) {
    load_options.published = parse_instant(options.published);
    if (!load_options.published) {
      return fail({Fault::bad_usage,
                   fmt::format("--published '{}' is no time (YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ)", options.published),
                   {}});
    }
  }
  const fs::path path = database_path(options.common);
  std::error_code error;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), error);
  if (error)
    return fail({Fault::io, "cannot make the folder: " + error.message(), {path.parent_path().string(), 0, 0, {}}});
  auto opened = store::Store::open(path, store::Store::Mode::write);
  if (!opened) return fail(opened.error());
  const std::vector<fs::path> paths(options.from.begin(), options.from.end());
  auto outcome = paths.empty() ? update_from_publishers(*opened, options, load_options, path.string() + ".downloads")
                               : load_files(*opened, paths, load_options);
  if (!outcome) return fail(outcome.error());
  if (options.common.json) {
    print_json(*outcome);
  } else {
    print_text(*outcome);
  }
  for (const Error& failed : outcome->failed) fail(failed);
  return outcome->failed.empty() ? exit_done : exit_failed;
}

}  // namespace

void add_update(CLI::App& program, int& exit_code) {
  auto options = std::make_shared<UpdateOptions>();
  CLI::App* verb = program.add_subcommand("update", "Load lists into the store");
  add_common(*verb, options->common);
  CLI::Option* from = verb->add_option("--from", options->from,
                                       "Files, or folders of files; the format is recognised from content "
                                       "(default: download each source from its publisher)")
                          ->check(CLI::ExistingPath);
  verb->add_option("--only", options->only, "Download only these sources")->excludes(from);
  verb->add_option("--publishers", options->publishers, "A JSON file of addresses instead of the built-in table")
      ->excludes(from)
      ->check(CLI::ExistingFile);
  verb->add_option("--published", options->published, "When the file was published, where it does not say");
  verb->add_option("--source-id", options->source, "The source's id, for forms that do not say it (FollowTheMoney)");
  verb->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace interdict::app
