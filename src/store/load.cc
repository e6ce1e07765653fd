// One version on its way in: records are staged as they come, then merged with what stands before and after.
//
// All of it is one transaction, begun before the first record and ended by commit(); a process that dies before leaves
// pages in the log that no reader ever counts. Memory does not grow with the list: what is staged is a temporary table,
// and the merge walks two sorted cursors side by side.

#include <fmt/format.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <tuple>

#include "store/schema.h"
#include "store/store_impl.h"
#include "store/timeline.h"

namespace interdict::store {
namespace {

struct Staged {
  std::string listing;
  std::array<std::int64_t, part_count> records{};  // 0: this version says nothing in that part
};

// Walks the staged records in order of listing, and digests them on the way.
class StagedCursor {
 public:
  StagedCursor(const Database& database, const std::array<bool, part_count>& supplied)
      : query_(database, "SELECT listing, part, record, digest FROM temp.staged ORDER BY listing, part") {
    begin_content(digest_, supplied);
    advance();
  }

  const Staged* current() const { return at_end_ ? nullptr : &staged_; }

  void advance() {
    if (!row_pending_ && !query_.next()) {
      at_end_ = true;
      return;
    }
    staged_ = {std::string(query_.text(0)), {}};
    do {
      const auto part = query_.integer(1);
      staged_.records.at(static_cast<std::size_t>(part)) = query_.integer(2);
      add_to_content(digest_, staged_.listing, static_cast<Part>(part), query_.blob(3));
      row_pending_ = query_.next();
    } while (row_pending_ && query_.text(0) == staged_.listing);
  }

  Result<void> status() const { return query_.status(); }
  std::string digest() { return digest_.finish(); }

 private:
  Query query_;
  Digest digest_;
  Staged staged_;
  bool row_pending_ = false;
  bool at_end_ = false;
};

// Where a version goes among those already there.
struct Position {
  std::optional<Rank> before;                        // the version published before it
  std::array<std::optional<Rank>, part_count> next;  // by part: the first one after it that supplies this part
};

Position position_of(const Timeline& timeline, Instant published, const std::string& hash) {
  const auto& versions = timeline.versions();
  const auto after = std::ranges::find_if(versions, [&](const Version& other) {
    return std::tie(other.published, other.info.hash) > std::tie(published, hash);
  });
  Position position;
  if (after != versions.begin()) position.before = static_cast<Rank>(after - versions.begin() - 1);
  for (std::size_t part = 0; part < part_count; ++part) {
    const auto supplier =
        std::find_if(after, versions.end(), [&](const Version& v) { return v.info.supplied.at(part); });
    if (supplier != versions.end()) position.next.at(part) = static_cast<Rank>(supplier - versions.begin());
  }
  return position;
}

std::int64_t mask_of(const std::array<bool, part_count>& supplied) {
  std::int64_t mask = 0;
  for (std::size_t part = 0; part < part_count; ++part) mask |= static_cast<std::int64_t>(supplied.at(part)) << part;
  return mask;
}

std::string names_json(const std::vector<std::string>& names) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  writer.StartArray();
  for (const std::string& name : names) {
    writer.String(name.c_str(), static_cast<rapidjson::SizeType>(name.size()));
  }
  writer.EndArray();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace

struct Load::Impl {
  Impl(Database opened, std::string_view name)
      : database(std::move(opened)),
        source(name),
        find_record(database, "SELECT id FROM record WHERE digest = ?1"),
        add_record(database, "INSERT INTO record(digest, json) VALUES(?1, ?2)"),
        stage(database,
              "INSERT INTO temp.staged(listing, part, record, digest) VALUES(?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING"),
        records(database) {}

  Result<void> add(const Record& record);
  Result<void> flush();
  Result<void> join_staged();
  Result<std::int64_t> keep(const std::string& digest);
  Result<LoadReport> commit(VersionInfo info, const std::vector<Rejection>& rejections, Instant loaded);

  Result<std::optional<Version>> stored(const Timeline& timeline, const std::string& hash);
  Result<void> check_supplied(const VersionInfo& info);
  Result<std::int64_t> insert_version(std::int64_t source_id, const VersionInfo& info, Instant loaded,
                                      std::size_t rejected);
  Result<void> merge(const Timeline& timeline, const Position& position, const VersionInfo& info, std::int64_t version);
  Result<Version> recount(std::int64_t source_id, std::int64_t version, const std::array<bool, part_count>& supplied);
  Result<void> insert_rejections(std::int64_t version, const std::vector<Rejection>& rejections);

  Database database;  // first in, last out: the queries below live on it
  std::string source;
  Record pending;  // rows of one entry mostly follow one another: joined here, before anything is written
  bool has_pending = false;
  std::string json;
  bool joined_late = false;  // a record came back after others: what it was before may now be nobody's
  std::int64_t records_before = 0;
  Result<void> state;  // the first failure; nothing goes on after it
  Query find_record;
  Query add_record;
  Query stage;
  Records records;
};

Result<Load> Store::begin(std::string_view source) {
  INTERDICT_ASSERT(impl_ != nullptr);
  if (impl_->mode != Mode::write) return Error{Fault::bad_usage, "the store is open for reading only", {}};
  if (source.empty()) return Error{Fault::bad_usage, "a source needs a name", {}};
  auto database = open_store(impl_->database.path(), Mode::write);
  if (!database) return database.error();
  // The lock is taken before the first record is read, so that a second load learns of it at once.
  for (const char* sql : {"BEGIN IMMEDIATE",
                          "CREATE TEMP TABLE staged(listing TEXT NOT NULL, part INTEGER NOT NULL, record INTEGER NOT "
                          "NULL, digest BLOB NOT NULL, PRIMARY KEY(listing, part)) WITHOUT ROWID"}) {
    if (auto done = database->run(sql); !done) return done.error();
  }
  auto load = std::make_unique<Load::Impl>(std::move(*database), source);
  Query last(load->database, "SELECT ifnull(max(id), 0) FROM record");
  if (last.next()) load->records_before = last.integer(0);
  if (auto status = last.status(); !status) return status.error();
  return Load(std::move(load));
}

Result<void> Load::Impl::add(const Record& record) {
  if (!state.ok()) return state;
  if (record.id.empty() || record.id.find('\0') != std::string::npos) {
    return Error{Fault::bad_input, "a record without a usable id", {}};
  }
  if (has_pending && pending.id == record.id && pending.part == record.part) {
    if (pending.schema.empty()) pending.schema = record.schema;
    pending.statements.insert(pending.statements.end(), record.statements.begin(), record.statements.end());
    return {};
  }
  if (auto done = flush(); !done) return done;
  pending = record;
  has_pending = true;
  return {};
}

// The id of the record whose text is in `json`, stored now if it is new.
Result<std::int64_t> Load::Impl::keep(const std::string& digest) {
  find_record.reset();
  find_record.bind_blob(1, digest);
  if (find_record.next()) return find_record.integer(0);
  if (auto status = find_record.status(); !status) return status.error();
  if (auto done = add_record.bind_blob(1, digest).bind(2, json).run(); !done) return done.error();
  return sqlite3_last_insert_rowid(database.handle());
}

Result<void> Load::Impl::flush() {
  if (!has_pending) return {};
  has_pending = false;
  if (auto done = encode(pending.schema, pending.statements, json); !done) {
    Error error = done.error();
    error.place.record = pending.id;
    return state = error;
  }
  const std::string digest = sha256(json);
  const auto record = keep(digest);
  if (!record) return state = record.error();
  stage.bind(1, pending.id).bind(2, static_cast<std::int64_t>(pending.part)).bind(3, *record).bind_blob(4, digest);
  if (auto done = stage.run(); !done) return state = done;
  if (sqlite3_changes64(database.handle()) == 0) return state = join_staged();
  return {};
}

// Joins the pending record to the one of its id and part that was staged earlier, with others between them.
Result<void> Load::Impl::join_staged() {
  joined_late = true;
  Query find(database, "SELECT record FROM temp.staged WHERE listing = ?1 AND part = ?2");
  find.bind(1, pending.id).bind(2, static_cast<std::int64_t>(pending.part));
  const bool found = find.next();
  if (auto status = find.status(); !status) return status;
  INTERDICT_ASSERT(found);
  Content content;
  if (auto done = records.read(find.integer(0), content); !done) return done;
  if (content.schema.empty()) content.schema = pending.schema;
  content.statements.insert(content.statements.end(), pending.statements.begin(), pending.statements.end());
  if (auto done = encode(content.schema, content.statements, json); !done) return done;
  const std::string digest = sha256(json);
  const auto record = keep(digest);
  if (!record) return record.error();
  find.reset();
  Query update(database, "UPDATE temp.staged SET record = ?3, digest = ?4 WHERE listing = ?1 AND part = ?2");
  update.bind(1, pending.id).bind(2, static_cast<std::int64_t>(pending.part)).bind(3, *record).bind_blob(4, digest);
  return update.run();
}

Result<void> Load::Impl::check_supplied(const VersionInfo& info) {
  const std::int64_t supplied = mask_of(info.supplied);
  if (supplied == 0) return Error{Fault::inconsistent, "the version supplies no part of its list", {}};
  Query stray(database, "SELECT listing, part FROM temp.staged WHERE (?1 >> part) & 1 = 0 LIMIT 1");
  stray.bind(1, supplied);
  if (stray.next()) {
    const Place place{.file = {}, .line = 0, .column = 0, .record = std::string(stray.text(0))};
    return Error{Fault::inconsistent,
                 fmt::format("a record of part \"{}\", which the version says it does not supply",
                             to_string(static_cast<Part>(stray.integer(1)))),
                 place};
  }
  return stray.status();
}

Result<std::int64_t> Load::Impl::insert_version(std::int64_t source_id, const VersionInfo& info, Instant loaded,
                                                std::size_t rejected) {
  const std::string files = names_json(info.files);
  Query insert(database,
               "INSERT INTO version(source, form, hash, published, published_by, loaded, supplied, files, content,"
               " entries, added, changed, removed, rejected) "
               "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, x'', 0, 0, 0, 0, ?9)");
  insert.bind(1, source_id).bind(2, info.form).bind(3, info.hash);
  insert.bind(4, info.published->time_since_epoch().count()).bind(5, static_cast<std::int64_t>(info.published_by));
  insert.bind(6, loaded.time_since_epoch().count()).bind(7, mask_of(info.supplied)).bind(8, files);
  insert.bind(9, static_cast<std::int64_t>(rejected));
  if (auto done = insert.run(); !done) return done.error();
  return sqlite3_last_insert_rowid(database.handle());
}

// Writes what the version changes, and rewrites what its successors change where the two touch. `timeline` is that of
// before, so the rows written here are invisible to the cursor that walks it, whether or not it meets them.
Result<void> Load::Impl::merge(const Timeline& timeline, const Position& position, const VersionInfo& info,
                               std::int64_t version) {
  Query put(database,
            "INSERT OR REPLACE INTO change(source, listing, part, version, record) VALUES(?1, ?2, ?3, ?4, ?5)");
  Query drop(database, "DELETE FROM change WHERE source = ?1 AND listing = ?2 AND part = ?3 AND version = ?4");
  const auto write = [&](std::string_view listing, std::size_t part, std::int64_t at, std::int64_t record) {
    put.bind(1, timeline.source()).bind(2, listing).bind(3, static_cast<std::int64_t>(part)).bind(4, at);
    if (record != 0) {
      put.bind(5, record);
    } else {
      put.bind_null(5);
    }
    return put.run();
  };
  StagedCursor staged(database, info.supplied);
  TrailCursor trails(database, timeline);
  const Trail* trail = trails.next();
  const Trail nowhere;
  while (trail != nullptr || staged.current() != nullptr) {
    const bool in_staged =
        staged.current() != nullptr && (trail == nullptr || staged.current()->listing <= trail->listing);
    const bool in_trail = trail != nullptr && (!in_staged || staged.current()->listing == trail->listing);
    const Trail& known = in_trail ? *trail : nowhere;
    const std::string& listing = in_trail ? trail->listing : staged.current()->listing;
    for (std::size_t part = 0; part < part_count; ++part) {
      if (!info.supplied.at(part)) continue;
      const auto before = known.record(static_cast<Part>(part), position.before);
      const auto now = in_staged ? staged.current()->records.at(part) : 0;
      if (now == before) continue;
      if (auto done = write(listing, part, version, now); !done) return done;
      const auto& next = position.next.at(part);
      if (!next) continue;
      const auto then = known.record(static_cast<Part>(part), next);
      const auto successor = timeline.versions().at(*next).id;
      if (then != now) {
        if (auto done = write(listing, part, successor, then); !done) return done;
      } else {
        drop.bind(1, timeline.source()).bind(2, listing).bind(3, static_cast<std::int64_t>(part)).bind(4, successor);
        if (auto done = drop.run(); !done) return done;
      }
    }
    if (in_trail) trail = trails.next();
    if (in_staged) staged.advance();
  }
  if (auto status = trails.status(); !status) return status;
  if (auto status = staged.status(); !status) return status;
  Query content(database, "UPDATE version SET content = ?2 WHERE id = ?1");
  const std::string digest = staged.digest();
  return content.bind(1, version).bind_blob(2, digest).run();
}

// Counts anew the version and those after it up to the last one whose predecessor it changed.
Result<Version> Load::Impl::recount(std::int64_t source_id, std::int64_t version,
                                    const std::array<bool, part_count>& supplied) {
  auto timeline = Timeline::read(database, source_id);
  if (!timeline) return timeline.error();
  const auto first = timeline->rank(version);
  INTERDICT_ASSERT(first);
  const auto& versions = timeline->versions();
  Rank last = *first;
  for (std::size_t part = 0; part < part_count; ++part) {
    if (!supplied.at(part)) continue;
    Rank supplier = *first + 1;
    while (supplier < versions.size() && !versions.at(supplier).info.supplied.at(part)) ++supplier;
    last = std::max(last, std::min(supplier, versions.size() - 1));
  }
  std::uint64_t entries = *first > 0 ? versions.at(*first - 1).entries : 0;
  Version result;
  for (Rank rank = *first; rank <= last; ++rank) {
    Version counted = versions.at(rank);
    auto tally = count(database, *timeline, rank);
    if (!tally) return tally.error();
    counted.added = tally->added;
    counted.changed = tally->changed;
    counted.removed = tally->removed;
    INTERDICT_ASSERT(entries + counted.added >= counted.removed);
    counted.entries = entries = entries + counted.added - counted.removed;
    Query update(database, "UPDATE version SET entries = ?2, added = ?3, changed = ?4, removed = ?5 WHERE id = ?1");
    update.bind(1, counted.id).bind(2, static_cast<std::int64_t>(counted.entries));
    update.bind(3, static_cast<std::int64_t>(counted.added)).bind(4, static_cast<std::int64_t>(counted.changed));
    update.bind(5, static_cast<std::int64_t>(counted.removed));
    if (auto done = update.run(); !done) return done.error();
    if (rank == *first) result = std::move(counted);
  }
  return result;
}

Result<void> Load::Impl::insert_rejections(std::int64_t version, const std::vector<Rejection>& rejections) {
  Query insert(database,
               "INSERT INTO rejection(version, ordinal, file, line, column, record, reason) "
               "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
  std::int64_t ordinal = 0;
  for (const Rejection& rejection : rejections) {
    insert.bind(1, version).bind(2, ++ordinal).bind(3, rejection.place.file);
    insert.bind(4, static_cast<std::int64_t>(rejection.place.line));
    insert.bind(5, static_cast<std::int64_t>(rejection.place.column));
    insert.bind(6, rejection.place.record).bind(7, rejection.reason);
    if (auto done = insert.run(); !done) return done;
  }
  return {};
}

Result<LoadReport> Load::Impl::commit(VersionInfo info, const std::vector<Rejection>& rejections, Instant loaded) {
  if (auto done = flush(); !done) return done.error();
  if (!state.ok()) return state.error();
  if (info.source != source) {
    return Error{
        Fault::inconsistent, fmt::format("a version of \"{}\" in a load begun for \"{}\"", info.source, source), {}};
  }
  if (info.hash.empty()) return Error{Fault::inconsistent, "the version has no hash", {}};
  if (auto done = check_supplied(info); !done) return done.error();
  if (!info.published) {
    info.published = loaded;
    info.published_by = PublishedBy::loading_time;
  }
  Query add_source(database, "INSERT OR IGNORE INTO source(name) VALUES(?1)");
  if (auto done = add_source.bind(1, source).run(); !done) return done.error();
  const auto source_id = find_source(database, source);
  if (!source_id) return source_id.error();
  auto timeline = Timeline::read(database, source_id->value());
  if (!timeline) return timeline.error();
  for (const Version& known : timeline->versions()) {
    if (known.info.hash == info.hash) return LoadReport{known, true};  // the transaction goes with the load
  }
  const auto version = insert_version(source_id->value(), info, loaded, rejections.size());
  if (!version) return version.error();
  const Position position = position_of(*timeline, *info.published, info.hash);
  if (auto done = merge(*timeline, position, info, *version); !done) return done.error();
  auto counted = recount(source_id->value(), *version, info.supplied);
  if (!counted) return counted.error();
  if (auto done = insert_rejections(*version, rejections); !done) return done.error();
  if (joined_late) {
    Query sweep(database, "DELETE FROM record WHERE id > ?1 AND id NOT IN (SELECT record FROM temp.staged)");
    if (auto done = sweep.bind(1, records_before).run(); !done) return done.error();
  }
  if (auto done = database.run("COMMIT"); !done) return done.error();
  return LoadReport{std::move(*counted), false};
}

Load::Load(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Load::Load(Load&&) noexcept = default;
Load& Load::operator=(Load&&) noexcept = default;
Load::~Load() = default;

Result<void> Load::add(const Record& record) {
  INTERDICT_ASSERT(impl_ != nullptr);
  return impl_->add(record);
}

Result<LoadReport> Load::commit(const VersionInfo& info, const std::vector<Rejection>& rejections, Instant loaded) {
  INTERDICT_ASSERT(impl_ != nullptr);
  auto report = impl_->commit(info, rejections, loaded);
  impl_.reset();  // closing the connection undoes whatever was not committed
  return report;
}

}  // namespace interdict::store
