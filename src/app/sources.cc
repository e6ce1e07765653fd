// interdict sources: what is loaded, from when, and where to get it.
#include <fmt/format.h>

#include <memory>

#include "app/command.h"
#include "app/world.h"
#include "lists/lists.h"
#include "report/json.h"

namespace interdict::app {
namespace {

struct SourcesOptions {
  Common common;
  bool versions = false;
};

void print_json(const std::vector<store::Version>& versions) {
  report::Json json;
  json.begin_array();
  for (const store::Version& v : versions) {
    json.begin_object();
    json.field("source", v.info.source);
    json.field("form", v.info.form);
    json.field("version", v.info.hash);
    json.field("published", to_string(v.published));
    json.field("published_by", to_string(v.info.published_by));
    json.field("loaded", to_string(v.loaded));
    for (const auto& [name, count] :
         {std::pair{"entries", v.entries}, std::pair{"added", v.added}, std::pair{"changed", v.changed},
          std::pair{"removed", v.removed}, std::pair{"rejected", v.rejected}}) {
      json.key(name);
      json.integer(static_cast<std::int64_t>(count));
    }
    json.key("supplied");
    json.begin_array();
    for (std::size_t part = 0; part < part_count; ++part) {
      if (v.info.supplied.at(part)) json.text(to_string(static_cast<Part>(part)));
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
  fmt::print("{}\n", json.str());
}

void print_versions(const std::vector<store::Version>& versions) {
  for (const store::Version& v : versions) {
    fmt::print("{:<26} {}  by {:<12} {:>7} entries  +{} ~{} -{}  {} rejected  {}\n", v.info.source,
               to_string(v.published), to_string(v.info.published_by), v.entries, v.added, v.changed, v.removed,
               v.rejected, v.info.hash.substr(0, 19));
  }
}

void print_summary(const std::vector<store::Version>& versions) {
  const auto day = [](Instant at) { return to_string(std::chrono::floor<std::chrono::days>(at)); };
  for (std::size_t first = 0; first < versions.size();) {
    std::size_t end = first;
    while (end < versions.size() && versions[end].info.source == versions[first].info.source) ++end;
    const store::Version& last = versions[end - 1];
    fmt::print("{:<26} {:>4} {}  {} to {}  {} entries in the last\n", last.info.source, end - first,
               end - first == 1 ? "version " : "versions", day(versions[first].published), day(last.published),
               last.entries);
    first = end;
  }
}

int run(const SourcesOptions& options) {
  const auto world = world_asked(options.common);
  if (!world) return fail(world.error());
  auto opened = open_store(options.common);
  if (!opened) return fail(opened.error());
  const auto versions = opened->store.versions({}, world->known_at);
  if (!versions) return fail(versions.error());
  if (options.common.json) {
    print_json(*versions);
    return exit_done;
  }
  if (opened->bundled) fmt::print("No list is loaded; the bundled Belarus case answers.\n\n");
  if (options.versions) {
    print_versions(*versions);
  } else {
    print_summary(*versions);
  }
  std::string missing;
  for (const lists::KnownSource& known : lists::known_sources()) {
    bool held = false;
    for (const store::Version& v : *versions) held = held || v.info.source == known.id;
    if (!held && !known.address.empty())
      missing += fmt::format("  {:<26} {}\n  {:<26} {}\n", known.id, known.title, "", known.address);
  }
  if (!missing.empty())
    fmt::print("\nNot loaded, and where the publisher keeps it (download, then interdict update --from FILE):\n{}",
               missing);
  return exit_done;
}

}  // namespace

void add_sources(CLI::App& program, int& exit_code) {
  auto options = std::make_shared<SourcesOptions>();
  CLI::App* verb = program.add_subcommand("sources", "Loaded sources, their versions and dates");
  add_common(*verb, options->common);
  verb->add_flag("--versions", options->versions, "Every version, with what it changed");
  verb->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace interdict::app
