#include "store/schema.h"

#include <fmt/format.h>

#include <system_error>

namespace interdict::store {
namespace {

constexpr std::int64_t application_id = 0x49445354;  // "IDST"
constexpr std::int64_t schema_version = 1;

// How long a connection waits for another one that is only opening, closing or recovering the file. A running load
// holds its lock far longer, and then the second one is told so instead of waiting.
constexpr int patience_ms = 250;

constexpr const char* tables = R"sql(
CREATE TABLE source(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE version(
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source(id),
  form TEXT NOT NULL,
  hash TEXT NOT NULL,
  published INTEGER NOT NULL,
  published_by INTEGER NOT NULL,
  loaded INTEGER NOT NULL,
  supplied INTEGER NOT NULL,
  files TEXT NOT NULL,
  content BLOB NOT NULL,
  entries INTEGER NOT NULL,
  added INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  removed INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  UNIQUE(source, hash)
) STRICT;
CREATE TABLE record(
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE,
  json TEXT NOT NULL
) STRICT;
CREATE TABLE change(
  source INTEGER NOT NULL REFERENCES source(id),
  listing TEXT NOT NULL,
  part INTEGER NOT NULL,
  version INTEGER NOT NULL REFERENCES version(id),
  record INTEGER REFERENCES record(id),
  PRIMARY KEY(source, listing, part, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_of_version ON change(version);
CREATE TABLE rejection(
  version INTEGER NOT NULL REFERENCES version(id),
  ordinal INTEGER NOT NULL,
  file TEXT NOT NULL,
  line INTEGER NOT NULL,
  column INTEGER NOT NULL,
  record TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY(version, ordinal)
) STRICT, WITHOUT ROWID;
)sql";

Result<std::int64_t> number(const Database& database, const char* sql) {
  Query query(database, sql);
  std::int64_t value = 0;
  if (query.next()) value = query.integer(0);
  if (auto status = query.status(); !status) return status.error();
  return value;
}

struct Header {
  std::int64_t application = 0;
  std::int64_t version = 0;
  bool empty = false;
};

Result<Header> read_header(const Database& database) {
  auto application = number(database, "PRAGMA application_id");
  if (!application) return application.error();
  auto version = number(database, "PRAGMA user_version");
  if (!version) return version.error();
  auto objects = number(database, "SELECT count(*) FROM sqlite_master");
  if (!objects) return objects.error();
  return Header{*application, *version, *application == 0 && *version == 0 && *objects == 0};
}

Result<void> create_tables(const Database& database) {
  // WAL is a property of the file and cannot be set inside a transaction; a process killed between this and the
  // tables leaves an empty database, which the next one fills.
  if (auto done = database.run("PRAGMA journal_mode=WAL"); !done) return done;
  if (auto done = database.run("BEGIN IMMEDIATE"); !done) return done;
  auto header = read_header(database);  // another process may have been first
  if (!header) return header.error();
  if (!header->empty) return database.run("ROLLBACK");
  for (const std::string& sql : {std::string(tables), fmt::format("PRAGMA application_id={}", application_id),
                                 fmt::format("PRAGMA user_version={}", schema_version), std::string("COMMIT")}) {
    if (auto done = database.run(sql.c_str()); !done) {
      Error error = done.error();
      static_cast<void>(database.run("ROLLBACK"));  // fails only if SQLite rolled back by itself
      return error;
    }
  }
  return {};
}

Error wrong_file(const Database& database, std::string message) {
  return {Fault::bad_input, std::move(message), Place{database.path(), 0, 0, {}}};
}

}  // namespace

Result<Database> open_store(const std::filesystem::path& path, Store::Mode mode) {
  std::error_code failed;
  const auto kind = std::filesystem::status(path, failed).type();
  const Place place{path.string(), 0, 0, {}};
  if (kind == std::filesystem::file_type::directory) return Error{Fault::io, "a folder is no store file", place};
  if (mode == Store::Mode::read && kind == std::filesystem::file_type::not_found) {
    return Error{Fault::not_found, "there is no store yet: load a list first", place};
  }
  // Readers open for writing too: only so can the first of them after a crash recover the log.
  auto database = Database::open(path, SQLITE_OPEN_READWRITE | (mode == Store::Mode::write ? SQLITE_OPEN_CREATE : 0));
  if (!database) return database;
  sqlite3_busy_timeout(database->handle(), patience_ms);
  auto header = read_header(*database);
  if (!header) return header.error();
  if (header->empty) {
    if (mode == Store::Mode::read) {
      return Error{Fault::not_found, "the store is empty: load a list first", place};
    }
    if (auto made = create_tables(*database); !made) return made.error();
    header = read_header(*database);
    if (!header) return header.error();
  }
  if (header->application != application_id) {
    return wrong_file(*database, "the file is an SQLite database, but no interdict store");
  }
  if (header->version != schema_version) {
    return wrong_file(*database, fmt::format("the store has schema version {}, this program reads and writes {}",
                                             header->version, schema_version));
  }
  // FULL: a commit that was reported is on the disk, also after a power failure; it costs one fsync a load.
  // Derived numbers are the engine's own business, so the trusted_schema and cell checks stay on: the file is input.
  const char* settings = mode == Store::Mode::write
                             ? "PRAGMA synchronous=FULL; PRAGMA trusted_schema=OFF; PRAGMA cache_size=-16000; "
                               "PRAGMA journal_size_limit=67108864"
                             : "PRAGMA query_only=ON; PRAGMA trusted_schema=OFF; PRAGMA cache_size=-16000";
  if (auto done = database->run(settings); !done) return done.error();
  return database;
}

}  // namespace interdict::store
