#include "store/store.h"

#include <fmt/format.h>

#include <utility>

#include "store/schema.h"
#include "store/store_impl.h"
#include "store/timeline.h"

namespace interdict::store {
namespace {

// What one source can say of a world's day.
struct View {
  Timeline timeline;
  Coverage coverage = Coverage::not_covered;
  std::optional<Rank> current;  // absent exactly when not covered
  std::optional<Rank> next;
  Day day;
};

Result<View> view_of(const Database& database, Timeline timeline, Day day) {
  View view{std::move(timeline), Coverage::not_covered, {}, {}, day};
  const auto& versions = view.timeline.versions();
  view.current = view.timeline.last_before(day + std::chrono::days(1));
  const Rank following = view.current ? *view.current + 1 : 0;
  if (following < versions.size()) view.next = following;
  if (!view.current) return view;
  if (versions.at(*view.current).published >= day) {
    view.coverage = Coverage::covered;
  } else if (!view.next) {
    view.coverage = Coverage::last_known;
  } else {
    const Version& next = versions.at(*view.next);
    Tally tally{next.added, next.changed, next.removed};
    if (view.timeline.hides()) {
      const auto counted = count(database, view.timeline, *view.next);
      if (!counted) return counted.error();
      tally = *counted;
    }
    view.coverage = tally.added + tally.changed + tally.removed > 0 ? Coverage::in_gap : Coverage::covered;
  }
  return view;
}

enum class Settled : std::uint8_t { no, listed, not_yet };

// Whether the list itself says when a party that came in the gap was listed: the earliest of its listing dates, as far
// as that date is known precisely enough.
Settled settle(const std::vector<Statement>& statements, Day day) {
  std::optional<PartialDate> earliest;
  for (const Statement& statement : statements) {
    if (statement.prop != Prop::listing_date) continue;
    const auto date = PartialDate::parse(statement.value);
    if (date && (!earliest || date->last_day() < earliest->last_day())) earliest = date;
  }
  if (!earliest) return Settled::no;
  if (earliest->last_day() <= day) return Settled::listed;
  return earliest->first_day() > day ? Settled::not_yet : Settled::no;
}

Result<std::optional<Listed>> answer(const View& view, const Trail& trail, Records& records) {
  if (!view.current) return std::optional<Listed>();
  Listed listed;
  Rank rank = *view.current;
  const bool is_listed = trail.listed(rank);
  const bool comes = view.coverage == Coverage::in_gap && trail.listed(view.next);
  if (is_listed) {
    if (view.coverage == Coverage::last_known) listed.standing = Standing::last_known;
    if (view.coverage == Coverage::in_gap && !comes) listed.standing = Standing::removed_in_gap;
  } else if (comes) {
    listed.standing = Standing::added_in_gap;
    rank = *view.next;
  } else {
    return std::optional<Listed>();
  }
  auto content = records.read(trail, rank);
  if (!content) return content.error();
  if (listed.standing == Standing::added_in_gap) {
    const Settled settled = settle(content->statements, view.day);
    if (settled == Settled::not_yet) return std::optional<Listed>();
    if (settled == Settled::listed) listed.standing = Standing::listed;
  }
  const std::string& source = view.timeline.versions().at(rank).info.source;
  listed.party = {fmt::format("{}:{}", source, trail.listing), source, std::move(content->schema),
                  std::move(content->statements)};
  return std::optional<Listed>(std::move(listed));
}

Error no_source(std::string_view source) {
  return {Fault::not_found, fmt::format("the store has no source \"{}\"", source), {}};
}

Result<Timeline> read_timeline(const Database& database, std::string_view source, std::optional<Instant> known_at,
                               std::optional<std::int64_t> loaded_to = {}) {
  const auto id = find_source(database, source);
  if (!id) return id.error();
  if (!id->has_value()) return no_source(source);
  return Timeline::read(database, id->value(), known_at, loaded_to);
}

struct ListingId {
  std::string_view source;
  std::string_view id;
};

Result<ListingId> split(std::string_view listing) {
  const auto colon = listing.find(':');
  if (colon == 0 || colon == std::string_view::npos || colon + 1 == listing.size()) {
    return Error{Fault::bad_usage, fmt::format("\"{}\" is no listing id, which is source:id", listing), {}};
  }
  return ListingId{listing.substr(0, colon), listing.substr(colon + 1)};
}

Result<std::vector<std::string>> source_names(const Database& database, std::optional<std::int64_t> loaded_to = {}) {
  Query query(database,
              "SELECT name FROM source s WHERE ?1 IS NULL OR EXISTS (SELECT 1 FROM version v WHERE v.source = s.id AND "
              "v.id <= ?1) ORDER BY name");
  if (loaded_to) query.bind(1, *loaded_to);
  std::vector<std::string> names;
  while (query.next()) names.emplace_back(query.text(0));
  if (auto status = query.status(); !status) return status.error();
  return names;
}

// The timeline that holds a version, and its place there.
Result<std::pair<Timeline, Rank>> find_version(const Database& database, std::int64_t version) {
  Query query(database, "SELECT source FROM version WHERE id = ?1");
  query.bind(1, version);
  const bool found = query.next();
  if (auto status = query.status(); !status) return status.error();
  if (!found) return Error{Fault::not_found, fmt::format("the store has no version {}", version), {}};
  auto timeline = Timeline::read(database, query.integer(0));
  if (!timeline) return timeline.error();
  const auto rank = timeline->rank(version);
  INTERDICT_ASSERT(rank);
  return std::pair(std::move(*timeline), *rank);
}

}  // namespace

const char* to_string(Coverage coverage) {
  switch (coverage) {
    case Coverage::covered:
      return "covered";
    case Coverage::in_gap:
      return "in_gap";
    case Coverage::last_known:
      return "last_known";
    case Coverage::not_covered:
      return "not_covered";
  }
  return "unknown";
}

const char* to_string(Standing standing) {
  switch (standing) {
    case Standing::listed:
      return "listed";
    case Standing::added_in_gap:
      return "added_in_gap";
    case Standing::removed_in_gap:
      return "removed_in_gap";
    case Standing::last_known:
      return "last_known";
  }
  return "unknown";
}

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Result<Store> Store::open(const std::filesystem::path& path, Mode mode) {
  auto database = open_store(path, mode);
  if (!database) return database.error();
  return Store(std::make_unique<Impl>(Impl{std::move(*database), mode}));
}

Result<std::vector<Version>> Store::versions(std::string_view source, std::optional<Instant> known_at) const {
  const Snapshot snapshot(impl_->database);
  if (!snapshot.status().ok()) return snapshot.status().error();
  std::vector<std::string> names = {std::string(source)};
  if (source.empty()) {
    auto all = source_names(impl_->database);
    if (!all) return all.error();
    names = std::move(*all);
  }
  std::vector<Version> versions;
  for (const std::string& name : names) {
    auto timeline = read_timeline(impl_->database, name, known_at);
    if (!timeline) return timeline.error();
    versions.insert(versions.end(), timeline->versions().begin(), timeline->versions().end());
  }
  return versions;
}

Result<std::int64_t> Store::last_load() const {
  Query query(impl_->database, "SELECT coalesce(max(id), 0) FROM version");
  std::int64_t out = 0;
  if (query.next()) out = query.integer(0);
  if (auto status = query.status(); !status) return status.error();
  return out;
}

Result<std::vector<SourceCoverage>> Store::coverage(const World& world) const {
  const Snapshot snapshot(impl_->database);
  if (!snapshot.status().ok()) return snapshot.status().error();
  const auto names = source_names(impl_->database, world.loaded_to);
  if (!names) return names.error();
  std::vector<SourceCoverage> all;
  for (const std::string& name : *names) {
    auto timeline = read_timeline(impl_->database, name, world.known_at, world.loaded_to);
    if (!timeline) return timeline.error();
    const auto seen = view_of(impl_->database, std::move(*timeline), world.as_of);
    if (!seen) return seen.error();
    const View& view = *seen;
    const auto& versions = view.timeline.versions();
    SourceCoverage one;
    one.source = name;
    one.coverage = view.coverage;
    if (view.next) one.next = versions.at(*view.next);
    if (view.current) {
      one.version = versions.at(*view.current);
      for (Rank rank = 0; rank <= *view.current; ++rank) {
        const Version& version = versions.at(rank);
        for (std::size_t part = 0; part < part_count; ++part) {
          if (version.info.supplied.at(part)) one.supplied.at(part) = version.published;
        }
      }
    }
    all.push_back(std::move(one));
  }
  return all;
}

Result<void> Store::each(std::string_view source, const World& world,
                         const std::function<Result<void>(const Listed&)>& visit) const {
  const Snapshot snapshot(impl_->database);
  if (!snapshot.status().ok()) return snapshot.status();
  auto timeline = read_timeline(impl_->database, source, world.known_at, world.loaded_to);
  if (!timeline) return timeline.error();
  const auto seen = view_of(impl_->database, std::move(*timeline), world.as_of);
  if (!seen) return seen.error();
  const View& view = *seen;
  if (!view.current) return {};
  Records records(impl_->database);
  TrailCursor trails(impl_->database, view.timeline);
  while (const Trail* trail = trails.next()) {
    const auto listed = answer(view, *trail, records);
    if (!listed) return listed.error();
    if (!listed->has_value()) continue;
    if (auto done = visit(listed->value()); !done) return done;
  }
  return trails.status();
}

Result<void> Store::each_span(
    std::string_view source, const World& world,
    const std::function<void(const std::string& listing, Instant first, Instant changed, Instant last)>& visit) const {
  const Snapshot snapshot(impl_->database);
  if (!snapshot.status().ok()) return snapshot.status();
  auto timeline = read_timeline(impl_->database, source, world.known_at, world.loaded_to);
  if (!timeline) return timeline.error();
  const auto seen = view_of(impl_->database, std::move(*timeline), world.as_of);
  if (!seen) return seen.error();
  if (!seen->current) return {};
  const auto& versions = seen->timeline.versions();
  TrailCursor trails(impl_->database, seen->timeline);
  while (const Trail* trail = trails.next()) {
    std::optional<Rank> first;
    std::optional<Rank> changed;
    for (const Trail::Row& row : trail->rows) {
      if (row.rank > *seen->current) continue;
      if (row.record != 0) first = std::min(first.value_or(row.rank), row.rank);
      changed = std::max(changed.value_or(row.rank), row.rank);
    }
    if (!first) continue;
    visit(trail->listing, versions.at(*first).published, versions.at(*changed).published,
          versions.at(*seen->current).published);
  }
  return trails.status();
}

Result<std::optional<Listed>> Store::find(std::string_view listing, const World& world) const {
  const auto id = split(listing);
  if (!id) return id.error();
  const Snapshot snapshot(impl_->database);
  if (!snapshot.status().ok()) return snapshot.status().error();
  auto timeline = read_timeline(impl_->database, id->source, world.known_at, world.loaded_to);
  if (!timeline) return timeline.error();
  const auto seen = view_of(impl_->database, std::move(*timeline), world.as_of);
  if (!seen) return seen.error();
  const View& view = *seen;
  auto trail = TrailFinder(impl_->database, view.timeline).find(id->id);
  if (!trail) return trail.error();
  Records records(impl_->database);
  return answer(view, *trail, records);
}

Result<std::vector<Change>> Store::changes(std::int64_t version) const {
  const Snapshot snapshot(impl_->database);
  if (!snapshot.status().ok()) return snapshot.status().error();
  const auto found = find_version(impl_->database, version);
  if (!found) return found.error();
  const auto& [timeline, rank] = *found;
  const std::string& source = timeline.versions().at(rank).info.source;
  std::vector<Change> changes;
  auto done =
      each_difference(impl_->database, timeline, rank, [&](const std::string& listing, Difference&& difference) {
        const std::string id = fmt::format("{}:{}", source, listing);
        if (difference.step == Step::added) changes.push_back({Change::Kind::party_added, id, {}});
        if (difference.step == Step::removed) changes.push_back({Change::Kind::party_removed, id, {}});
        for (Statement& gone : difference.went) {
          changes.push_back({Change::Kind::statement_removed, id, std::move(gone)});
        }
        for (Statement& come : difference.came) {
          changes.push_back({Change::Kind::statement_added, id, std::move(come)});
        }
      });
  if (!done) return done.error();
  return changes;
}

Result<std::vector<Version>> Store::history(std::string_view listing) const {
  const auto id = split(listing);
  if (!id) return id.error();
  const Snapshot snapshot(impl_->database);
  if (!snapshot.status().ok()) return snapshot.status().error();
  const auto timeline = read_timeline(impl_->database, id->source, {});
  if (!timeline) return timeline.error();
  const auto trail = TrailFinder(impl_->database, *timeline).find(id->id);
  if (!trail) return trail.error();
  Records records(impl_->database);
  std::vector<Version> versions;
  for (Rank rank = 0; rank < timeline->versions().size(); ++rank) {
    if (!trail->touched(rank)) continue;
    const auto found = difference(*trail, rank, records);
    if (!found) return found.error();
    if (found->step != Step::nothing) versions.push_back(timeline->versions().at(rank));
  }
  return versions;
}

Result<std::vector<Rejection>> Store::rejections(std::int64_t version) const {
  Query query(impl_->database,
              "SELECT file, line, column, record, reason FROM rejection WHERE version = ?1 ORDER BY ordinal");
  query.bind(1, version);
  std::vector<Rejection> all;
  while (query.next()) {
    all.push_back({Place{std::string(query.text(0)), static_cast<std::uint64_t>(query.integer(1)),
                         static_cast<std::uint64_t>(query.integer(2)), std::string(query.text(3))},
                   std::string(query.text(4))});
  }
  if (auto status = query.status(); !status) return status.error();
  return all;
}

}  // namespace interdict::store
