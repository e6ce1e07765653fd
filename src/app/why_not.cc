#include "app/why_not.h"

#include <fmt/format.h>

#include "report/json.h"
#include "report/report.h"

namespace interdict::app {
namespace {

std::string day_of(const store::Version& version) {
  return to_string(std::chrono::floor<std::chrono::days>(version.published));
}

/// Whether the version says that the listing came (true), went (false), or neither.
Result<std::optional<bool>> came_or_went(const store::Store& store, const store::Version& version,
                                         const std::string& listing) {
  const auto changes = store.changes(version.id);
  if (!changes) return changes.error();
  for (const store::Change& change : *changes) {
    if (change.listing != listing) continue;
    if (change.kind == store::Change::Kind::party_added) return std::optional<bool>(true);
    if (change.kind == store::Change::Kind::party_removed) return std::optional<bool>(false);
  }
  return std::optional<bool>{};
}

/// Why a listing is not in the index of the world asked about: its whole story, told up to that world.
Result<std::string> absence(const store::Store& store, const OpenWorld& world, const std::string& listing) {
  const std::string source = listing.substr(0, listing.find(':'));
  const auto held = std::ranges::find(world.coverage, source, &store::SourceCoverage::source);
  if (held == world.coverage.end()) return fmt::format("its source '{}' is not loaded (see interdict sources)", source);
  const auto listed = store.find(listing, world.world);
  if (!listed) return listed.error();
  if (*listed) return fmt::format("it is listed, but as a {}, which is not screened", (*listed)->party.schema);
  const auto versions = store.history(listing);
  if (!versions) return versions.error();
  if (versions->empty()) {
    return Error{Fault::not_found, fmt::format("no listing '{}' in any loaded version", listing), {}};
  }
  const std::string asked = to_string(world.world.as_of);
  std::optional<std::string> went;
  for (const store::Version& version : *versions) {
    const auto step = came_or_went(store, version, listing);
    if (!step) return step.error();
    if (!*step) continue;
    const Day day = std::chrono::floor<std::chrono::days>(version.published);
    const bool is_hidden = world.world.known_at && version.published > *world.world.known_at;
    if (is_hidden && day <= world.world.as_of) {
      return fmt::format("hidden by --known-at: it was {} in the version of {}, published later",
                         **step ? "listed" : "removed", day_of(version));
    }
    if (is_hidden || day > world.world.as_of) {
      if (went) break;
      const bool covered = held->coverage != store::Coverage::not_covered;
      return covered ? fmt::format("not yet listed on {}: it came in the version of {}", asked, day_of(version))
                     : fmt::format("its source is not covered on {}; it is listed since the first version, of {}",
                                   asked, day_of(version));
    }
    went = **step ? std::nullopt : std::optional<std::string>(day_of(version));
  }
  if (went) return fmt::format("removed from the list in the version of {}", *went);
  return fmt::format("not listed on {}", asked);
}

int print_absence(const Common& common, const OpenWorld& world, const std::string& listing) {
  const auto opened = open_store(common);
  if (!opened) return fail(opened.error());
  const auto reason = absence(opened->store, world, listing);
  if (!reason) return fail(reason.error());
  if (!common.json) {
    fmt::print("{}: no hit\n       {}\n", listing, *reason);
    return exit_done;
  }
  report::Json json;
  json.begin_object();
  json.key("world");
  json.raw(world.json);
  json.field("id", listing);
  json.key("hit");
  json.boolean(false);
  json.field("reason", *reason);
  json.end_object();
  fmt::print("{}\n", json.str());
  return exit_done;
}

}  // namespace

int print_why_not(const Common& common, const OpenWorld& world, const screen::Query& query,
                  const screen::Options& options, const std::string& listing) {
  if (listing.find(':') == std::string::npos) {
    return fail({Fault::bad_usage, fmt::format("'{}' is no listing id, such as us_ofac_sdn:9760", listing), {}});
  }
  if (!world.snapshot.find(listing)) return print_absence(common, world, listing);
  const auto why = screen::why_not(world.snapshot, query, options, listing);
  if (!why) return fail(why.error());
  if (common.json) {
    fmt::print("{}\n", report::why_not_json(query, *why, world.json));
    return exit_done;
  }
  fmt::print("{}", report::why_not_text(query, *why));
  const std::string coverage = coverage_text(world);
  if (!coverage.empty()) fmt::print("\n{}", coverage);
  return exit_done;
}

}  // namespace interdict::app
