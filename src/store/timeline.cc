#include "store/timeline.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>

namespace interdict::store {
namespace {

Result<std::vector<std::string>> read_names(std::string_view json) {
  simdjson::dom::parser parser;
  simdjson::dom::array array;
  std::vector<std::string> names;
  const Error damaged{Fault::bad_input, "a version's file names cannot be read", {}};
  if (parser.parse(simdjson::padded_string(json)).get(array) != simdjson::SUCCESS) return damaged;
  for (const auto element : array) {
    std::string_view name;
    if (element.get(name) != simdjson::SUCCESS) return damaged;
    names.emplace_back(name);
  }
  return names;
}

Instant instant(std::int64_t seconds) { return Instant(std::chrono::seconds(seconds)); }

Result<Version> read_version(const Query& query) {
  Version version;
  version.id = query.integer(0);
  version.info.source = query.text(1);
  version.info.form = query.text(2);
  version.info.hash = query.text(3);
  version.published = instant(query.integer(4));
  version.info.published = version.published;
  const auto published_by = query.integer(5);
  if (published_by < 0 || published_by > static_cast<std::int64_t>(PublishedBy::loading_time)) {
    return Error{Fault::bad_input, "a version says in no known way how its time of publication is known", {}};
  }
  version.info.published_by = static_cast<PublishedBy>(published_by);
  version.loaded = instant(query.integer(6));
  for (std::size_t part = 0; part < part_count; ++part) {
    version.info.supplied.at(part) = ((query.integer(7) >> part) & 1) != 0;
  }
  auto names = read_names(query.text(8));
  if (!names) return names.error();
  version.info.files = std::move(*names);
  version.content = digest_name(query.blob(9));
  version.entries = static_cast<std::uint64_t>(query.integer(10));
  version.added = static_cast<std::uint64_t>(query.integer(11));
  version.changed = static_cast<std::uint64_t>(query.integer(12));
  version.removed = static_cast<std::uint64_t>(query.integer(13));
  version.rejected = static_cast<std::uint64_t>(query.integer(14));
  return version;
}

// Statements of both sides that have no partner on the other: multisets, so a value said twice and then once went once.
void unpaired(std::vector<Statement>& before, std::vector<Statement>& after, Difference& out) {
  std::ranges::sort(before);
  std::ranges::sort(after);
  std::ranges::set_difference(before, after, std::back_inserter(out.went));
  std::ranges::set_difference(after, before, std::back_inserter(out.came));
}

Statement schema_statement(std::string_view schema) {
  Statement statement{Prop::unmodelled, std::string(schema), {}};
  statement.with(Detail::field, "schema");
  return statement;
}

}  // namespace

Result<std::optional<std::int64_t>> find_source(const Database& database, std::string_view name) {
  Query query(database, "SELECT id FROM source WHERE name = ?1");
  query.bind(1, name);
  std::optional<std::int64_t> id;
  if (query.next()) id = query.integer(0);
  if (auto status = query.status(); !status) return status.error();
  return id;
}

Result<Timeline> Timeline::read(const Database& database, std::int64_t source, std::optional<Instant> known_at,
                                std::optional<std::int64_t> loaded_to) {
  Query query(database,
              "SELECT v.id, s.name, v.form, v.hash, v.published, v.published_by, v.loaded, v.supplied, v.files,"
              " v.content, v.entries, v.added, v.changed, v.removed, v.rejected "
              "FROM version v JOIN source s ON s.id = v.source WHERE v.source = ?1 ORDER BY v.published, v.hash");
  query.bind(1, source);
  Timeline timeline;
  timeline.source_ = source;
  while (query.next()) {
    auto version = read_version(query);
    if (!version) return version.error();
    if (known_at && version->published > *known_at) break;
    timeline.places_.emplace(version->id, timeline.places_.size());
    if (loaded_to && version->id > *loaded_to) {
      timeline.hides_ = true;
      continue;
    }
    timeline.ranks_.emplace(version->id, timeline.versions_.size());
    timeline.versions_.push_back(std::move(*version));
  }
  if (auto status = query.status(); !status) return status.error();
  return timeline;
}

std::optional<Rank> Timeline::rank(std::int64_t version) const {
  const auto at = ranks_.find(version);
  if (at == ranks_.end()) return std::nullopt;
  return at->second;
}

std::optional<Rank> Timeline::last_before(Instant moment) const {
  const auto after = std::ranges::lower_bound(versions_, moment, {}, &Version::published);
  if (after == versions_.begin()) return std::nullopt;
  return static_cast<Rank>(after - versions_.begin() - 1);
}

/// Gathers a trail's rows.
class Reader {
 public:
  Reader(const Timeline& timeline, Trail& trail) : timeline_(timeline), trail_(trail) {}

  // A row of a version outside the timeline says nothing here.
  void add(const Query& query) {
    const auto part = query.integer(1);
    const auto place = timeline_.places_.find(query.integer(2));
    if (place != timeline_.places_.end() && part >= 0 && part < static_cast<std::int64_t>(part_count)) {
      trail_.rows.push_back({static_cast<Part>(part), place->second, query.integer(3)});
    }
  }

  /// To be called after the last row.
  void finish() {
    if (!timeline_.hides_) return;
    Trail kept{trail_.listing, {}};
    std::array<std::int64_t, part_count> before{};
    for (Rank rank = 0; rank < timeline_.versions_.size(); ++rank) {
      const Version& version = timeline_.versions_[rank];
      for (const Part part : all_parts) {
        if (!version.info.supplied.at(static_cast<std::size_t>(part))) continue;
        const std::int64_t record = trail_.record(part, timeline_.places_.at(version.id));
        std::int64_t& last = before.at(static_cast<std::size_t>(part));
        if (record != last) kept.rows.push_back({part, rank, record});  // as it would be without the hidden ones
        last = record;
      }
    }
    trail_ = std::move(kept);
  }

 private:
  const Timeline& timeline_;
  Trail& trail_;
};

std::int64_t Trail::record(Part part, std::optional<Rank> rank) const {
  const Row* latest = nullptr;
  for (const Row& row : rows) {
    if (rank && row.part == part && row.rank <= *rank && (latest == nullptr || row.rank > latest->rank)) latest = &row;
  }
  return latest != nullptr ? latest->record : 0;
}

bool Trail::touched(Rank rank) const {
  return std::ranges::any_of(rows, [&](const Row& row) { return row.rank == rank; });
}

TrailCursor::TrailCursor(const Database& database, const Timeline& timeline)
    : timeline_(&timeline),
      query_(database,
             "SELECT listing, part, version, record FROM change WHERE source = ?1 ORDER BY listing, part, version") {
  query_.bind(1, timeline.source());
}

const Trail* TrailCursor::next() {
  if (ended_) return nullptr;
  if (!row_pending_ && !query_.next()) {
    ended_ = true;
    return nullptr;
  }
  trail_.listing = query_.text(0);
  trail_.rows.clear();
  Reader reader(*timeline_, trail_);
  do {
    reader.add(query_);
    row_pending_ = query_.next();
  } while (row_pending_ && query_.text(0) == trail_.listing);
  reader.finish();
  ended_ = !row_pending_;
  // A row that could not be read may belong to this very trail, so nothing of it is given out.
  return query_.status().ok() ? &trail_ : nullptr;
}

TrailFinder::TrailFinder(const Database& database, const Timeline& timeline)
    : timeline_(&timeline),
      query_(database, "SELECT listing, part, version, record FROM change WHERE source = ?1 AND listing = ?2") {}

Result<Trail> TrailFinder::find(std::string_view listing) {
  Trail trail{std::string(listing), {}};
  query_.bind(1, timeline_->source()).bind(2, listing);
  Reader reader(*timeline_, trail);
  while (query_.next()) reader.add(query_);
  reader.finish();
  query_.reset();
  if (auto status = query_.status(); !status) return status.error();
  return trail;
}

Records::Records(const Database& database)
    : database_(&database), query_(database, "SELECT json FROM record WHERE id = ?1") {}

Result<void> Records::read(std::int64_t id, Content& content) {
  query_.reset();
  query_.bind(1, id);
  if (query_.next()) return decoder_.decode(query_.text(0), content);
  if (auto status = query_.status(); !status) return status;
  return Error{Fault::bad_input, fmt::format("the store is damaged: no record {}", id),
               Place{database_->path(), 0, 0, {}}};
}

Result<Content> Records::read(const Trail& trail, Rank rank) {
  Content content;
  if (!trail.listed(rank)) return content;
  for (const Part part : all_parts) {
    const auto record = trail.record(part, rank);
    if (record == 0) continue;
    if (auto done = read(record, content); !done) return done.error();
  }
  return content;
}

Result<Difference> difference(const Trail& trail, Rank rank, Records& records) {
  Difference out;
  const std::optional<Rank> previous = rank > 0 ? std::optional<Rank>(rank - 1) : std::nullopt;
  const bool was_listed = trail.listed(previous);
  const bool is_listed = trail.listed(rank);
  if (!was_listed || !is_listed) {
    if (is_listed) out.step = Step::added;
    if (was_listed) out.step = Step::removed;
    return out;
  }
  Content before;
  Content after;
  for (const Part part : all_parts) {
    const auto old_record = trail.record(part, previous);
    const auto new_record = trail.record(part, rank);
    if (old_record == new_record) continue;
    if (old_record != 0) {
      if (auto done = records.read(old_record, before); !done) return done.error();
    }
    if (new_record != 0) {
      if (auto done = records.read(new_record, after); !done) return done.error();
    }
  }
  unpaired(before.statements, after.statements, out);
  if (before.schema != after.schema) {
    out.went.push_back(schema_statement(before.schema));
    out.came.push_back(schema_statement(after.schema));
  }
  if (!out.came.empty() || !out.went.empty()) out.step = Step::changed;
  return out;
}

Result<Comparison> compare(const Trail& trail, Rank from, Rank to, Records& records) {
  Comparison out;
  auto before = records.read(trail, from);
  if (!before) return std::move(before).error();
  auto after = records.read(trail, to);
  if (!after) return std::move(after).error();
  const bool was_listed = trail.listed(from);
  const bool is_listed = trail.listed(to);
  out.content = is_listed ? *after : *before;
  Difference& difference = out.difference;
  unpaired(before->statements, after->statements, difference);
  if (was_listed && is_listed && before->schema != after->schema) {
    difference.went.push_back(schema_statement(before->schema));
    difference.came.push_back(schema_statement(after->schema));
  }
  if (was_listed != is_listed) {
    difference.step = is_listed ? Step::added : Step::removed;
  } else if (!difference.came.empty() || !difference.went.empty()) {
    difference.step = Step::changed;
  }
  return out;
}

Query touched_listings(const Database& database, const Timeline& timeline, std::optional<Rank> from, Rank to) {
  // Rows of versions hidden between the two count: the later one has no row of its own where it repeats a hidden one.
  Query query(database,
              "SELECT DISTINCT c.listing FROM version v JOIN change c ON c.version = v.id WHERE v.source = ?1 AND "
              "(v.published, v.hash) > (?2, ?3) AND (v.published, v.hash) <= (?4, ?5) ORDER BY c.listing");
  query.bind(1, timeline.source());
  if (from) {
    const Version& version = timeline.versions().at(*from);
    query.bind(2, version.published.time_since_epoch().count()).bind(3, version.info.hash);
  } else {
    query.bind(2, std::numeric_limits<std::int64_t>::min()).bind(3, std::string_view(""));
  }
  const Version& version = timeline.versions().at(to);
  query.bind(4, version.published.time_since_epoch().count()).bind(5, version.info.hash);
  return query;
}

Result<void> each_difference(const Database& database, const Timeline& timeline, Rank rank,
                             const std::function<void(const std::string& listing, Difference&&)>& visit) {
  Records records(database);
  TrailFinder trails(database, timeline);
  Query touched = touched_listings(database, timeline, rank > 0 ? std::optional<Rank>(rank - 1) : std::nullopt, rank);
  while (touched.next()) {
    const auto trail = trails.find(touched.text(0));
    if (!trail) return trail.error();
    auto found = difference(*trail, rank, records);
    if (!found) return found.error();
    if (found->step != Step::nothing) visit(trail->listing, std::move(*found));
  }
  return touched.status();
}

Result<Tally> count(const Database& database, const Timeline& timeline, Rank rank) {
  Tally tally;
  auto done = each_difference(database, timeline, rank, [&](const std::string&, const Difference& found) {
    if (found.step == Step::added) ++tally.added;
    if (found.step == Step::changed) ++tally.changed;
    if (found.step == Step::removed) ++tally.removed;
  });
  if (!done) return done.error();
  return tally;
}

void begin_content(Digest& digest, const std::array<bool, part_count>& supplied) {
  unsigned mask = 0;
  for (std::size_t part = 0; part < part_count; ++part) mask |= static_cast<unsigned>(supplied.at(part)) << part;
  const char byte = static_cast<char>(mask);
  digest.add({&byte, 1});
}

void add_to_content(Digest& digest, std::string_view listing, Part part, std::string_view record_digest) {
  const std::array<char, 2> rest = {'\0', static_cast<char>(part)};
  digest.add(listing);
  digest.add({rest.data(), rest.size()});
  digest.add(record_digest);
}

}  // namespace interdict::store
