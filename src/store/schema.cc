#include "store/schema.h"

#include "store/layout.h"

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

constexpr Layout layout{application_id, schema_version, tables, "store", "there is no store yet: load a list first"};

}  // namespace

Result<Database> open_store(const std::filesystem::path& path, Store::Mode mode) {
  const bool writes = mode == Store::Mode::write;
  auto database = open_laid_out(path, layout, writes ? Opening::or_made : Opening::existing, patience_ms);
  if (!database) return database;
  // FULL: a commit that was reported is on the disk, also after a power failure; it costs one fsync a load.
  // Derived numbers are the engine's own business, so the trusted_schema and cell checks stay on: the file is input.
  const char* settings = writes ? "PRAGMA synchronous=FULL; PRAGMA trusted_schema=OFF; PRAGMA cache_size=-16000; "
                                  "PRAGMA journal_size_limit=67108864"
                                : "PRAGMA query_only=ON; PRAGMA trusted_schema=OFF; PRAGMA cache_size=-16000";
  if (auto done = database->run(settings); !done) return done.error();
  return database;
}

}  // namespace interdict::store
