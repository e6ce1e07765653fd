// Store::verify: the store read again from the ground up.

#include <fmt/format.h>

#include <unordered_map>

#include "store/store_impl.h"
#include "store/timeline.h"

namespace interdict::store {
namespace {

using Digests = std::unordered_map<std::int64_t, std::string>;

Error damaged(const Database& database, const std::string& what) {
  return {Fault::bad_input, fmt::format("the store is damaged: {}", what), Place{database.path(), 0, 0, {}}};
}

Result<void> check_file(const Database& database) {
  Query integrity(database, "PRAGMA integrity_check");
  if (integrity.next() && integrity.text(0) != "ok") return damaged(database, std::string(integrity.text(0)));
  if (auto status = integrity.status(); !status) return status;
  Query foreign(database, "PRAGMA foreign_key_check");
  if (foreign.next()) return damaged(database, fmt::format("a row of {} points nowhere", foreign.text(0)));
  return foreign.status();
}

Result<Digests> check_records(const Database& database) {
  Digests digests;
  Query query(database, "SELECT id, digest, json FROM record");
  while (query.next()) {
    if (sha256(query.text(2)) != query.blob(1)) {
      return damaged(database, fmt::format("record {} is not what its digest says", query.integer(0)));
    }
    digests.emplace(query.integer(0), query.blob(1));
  }
  if (auto status = query.status(); !status) return status.error();
  return digests;
}

Result<void> check_source(const Database& database, const Timeline& timeline, const Digests& digests) {
  const auto& versions = timeline.versions();
  std::vector<Digest> contents(versions.size());
  std::vector<std::uint64_t> entries(versions.size());
  for (Rank rank = 0; rank < versions.size(); ++rank) begin_content(contents.at(rank), versions.at(rank).info.supplied);
  TrailCursor trails(database, timeline);
  while (const Trail* trail = trails.next()) {
    for (Rank rank = 0; rank < versions.size(); ++rank) {
      if (trail->listed(rank)) ++entries.at(rank);
      for (const Part part : all_parts) {
        if (!versions.at(rank).info.supplied.at(static_cast<std::size_t>(part))) continue;
        const auto record = trail->record(part, rank);
        if (record == 0) continue;
        const auto digest = digests.find(record);
        if (digest == digests.end()) return damaged(database, fmt::format("no record {}", record));
        add_to_content(contents.at(rank), trail->listing, part, digest->second);
      }
    }
  }
  if (auto status = trails.status(); !status) return status;
  for (Rank rank = 0; rank < versions.size(); ++rank) {
    const Version& version = versions.at(rank);
    const auto name = [&] {
      return fmt::format("{} of {}", version.info.source, interdict::to_string(version.published));
    };
    if (digest_name(contents.at(rank).finish()) != version.content) {
      return damaged(database, fmt::format("{} does not hold what was loaded", name()));
    }
    auto tally = count(database, timeline, rank);
    if (!tally) return tally.error();
    if (version.entries != entries.at(rank) || version.added != tally->added || version.changed != tally->changed ||
        version.removed != tally->removed) {
      return damaged(database, fmt::format("the counts of {} do not agree with its changes", name()));
    }
  }
  return {};
}

}  // namespace

Result<void> Store::verify() const {
  const Database& database = impl_->database;
  const Snapshot snapshot(database);
  if (!snapshot.status().ok()) return snapshot.status();
  if (auto done = check_file(database); !done) return done;
  const auto digests = check_records(database);
  if (!digests) return digests.error();
  Query sources(database, "SELECT id FROM source");
  while (sources.next()) {
    const auto timeline = Timeline::read(database, sources.integer(0));
    if (!timeline) return timeline.error();
    if (auto done = check_source(database, *timeline, *digests); !done) return done;
  }
  return sources.status();
}

}  // namespace interdict::store
