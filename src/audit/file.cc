#include "audit/file.h"

#include <fcntl.h>
#include <openssl/rand.h>
#include <unistd.h>

#include <system_error>

#include "store/layout.h"

namespace interdict::audit {
namespace {

using store::Database;
using store::Query;

constexpr int patience_ms = 10000;
constexpr std::size_t nonce_length = 16;

// `text` holds what many records share: worlds, and the files of cases. The content columns are NULL once pruned.
constexpr const char* tables = R"sql(
CREATE TABLE text(
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
CREATE TABLE record(
  number INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  previous BLOB NOT NULL,
  content BLOB NOT NULL,
  hash BLOB NOT NULL,
  nonce BLOB,
  request_id TEXT,
  key TEXT,
  caller TEXT,
  role TEXT,
  operation TEXT,
  replayable INTEGER,
  method TEXT,
  target TEXT,
  origin TEXT,
  body BLOB,
  world TEXT,
  reviews INTEGER,
  status INTEGER,
  type TEXT,
  answer BLOB
) STRICT;
CREATE INDEX record_at ON record(at);
CREATE TABLE head(
  one INTEGER PRIMARY KEY CHECK (one = 1),
  number INTEGER NOT NULL,
  hash BLOB NOT NULL
) STRICT;
CREATE TRIGGER record_is_kept BEFORE DELETE ON record BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER record_stays BEFORE UPDATE ON record WHEN NEW.nonce IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'append only'); END;
)sql";

constexpr store::Layout layout{0x49444154 /* "IDAT" */, 1, tables, "audit trail", "there is no audit trail"};

constexpr int first_of_content = 5;  // of `record_columns`
constexpr int columns = 21;
constexpr int replayable_at = 11;
constexpr int reviews_at = 17;
constexpr int status_at = 18;

bool all_null(const Query& row) {
  for (int i = first_of_content; i < columns; ++i) {
    if (!row.is_null(i)) return false;
  }
  return true;
}

/// No NULL that would read as an empty text, no number that would read as another.
bool is_content(const Query& row) {
  for (int i = first_of_content; i < columns; ++i) {
    if (row.is_null(i) && i != reviews_at) return false;
  }
  const std::int64_t flag = row.integer(replayable_at);
  const std::int64_t status = row.integer(status_at);
  return (flag == 0 || flag == 1) && status >= 0 && status <= 999;
}

Result<Head> head_in(Query query) {
  Head out;
  if (query.next()) out = {query.integer(0), std::string(query.blob(1))};
  if (auto status = query.status(); !status) return status.error();
  return out;
}

}  // namespace

Result<Database> open_file(const std::filesystem::path& path, bool make) {
  if (make) {
    std::error_code failed;
    if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), failed);
    // Made before SQLite would, whose files beside it take over its mode; opening says what is wrong, if anything is.
    const int made = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (made >= 0) ::close(made);
  }
  auto database =
      store::open_laid_out(path, layout, make ? store::Opening::or_made : store::Opening::existing, patience_ms);
  if (!database) return database;
  // FULL: a record that was answered for is on the disk, also after a power failure.
  if (auto done = database->run("PRAGMA synchronous=FULL; PRAGMA trusted_schema=OFF"); !done) return done.error();
  return database;
}

const char* const record_columns =
    "r.number, r.at, r.previous, r.content, r.hash, r.nonce, r.request_id, r.key, r.caller, r.role, r.operation, "
    "r.replayable, r.method, r.target, r.origin, r.body, r.world, r.reviews, r.status, r.type, r.answer";

Record record_in(const Query& row) {
  Record out;
  out.number = row.integer(0);
  out.at = Instant(std::chrono::seconds(row.integer(1)));
  out.previous = row.blob(2);
  out.content_hash = row.blob(3);
  out.hash = row.blob(4);
  out.sound = row.is_null(first_of_content) ? all_null(row) : is_content(row);
  if (row.is_null(first_of_content)) return out;
  Content content;
  content.nonce = row.blob(5);
  Answered& what = content.what;
  what.at = out.at;
  what.request_id = row.text(6);
  what.key = row.text(7);
  what.caller = row.text(8);
  what.role = row.text(9);
  what.operation = row.text(10);
  what.replayable = row.integer(11) != 0;
  what.method = row.text(12);
  what.target = row.text(13);
  what.origin = row.text(14);
  what.body = row.blob(15);
  what.world = row.text(16);
  if (!row.is_null(17)) what.reviews = row.integer(17);
  what.status = static_cast<unsigned>(row.integer(18));
  what.type = row.text(19);
  what.answer = row.blob(20);
  out.content = std::move(content);
  return out;
}

Result<Head> last_record(const Database& database) {
  return head_in(Query(database, "SELECT number, hash FROM record ORDER BY number DESC LIMIT 1"));
}

Result<Head> written_head(const Database& database) {
  return head_in(Query(database, "SELECT number, hash FROM head"));
}

Result<void> insert(const Database& database, const Record& record) {
  Query query(database,
              "INSERT INTO record VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, "
              "?18, ?19, ?20, ?21)");
  const std::string& nonce = record.content->nonce;
  const Answered& what = record.content->what;
  query.bind(1, record.number).bind(2, static_cast<std::int64_t>(record.at.time_since_epoch().count()));
  query.bind_blob(3, record.previous).bind_blob(4, record.content_hash).bind_blob(5, record.hash).bind_blob(6, nonce);
  query.bind(7, what.request_id).bind(8, what.key).bind(9, what.caller).bind(10, what.role).bind(11, what.operation);
  query.bind(12, std::int64_t{what.replayable}).bind(13, what.method).bind(14, what.target).bind(15, what.origin);
  query.bind_blob(16, what.body).bind(17, what.world);
  if (what.reviews) {
    query.bind(18, *what.reviews);
  } else {
    query.bind_null(18);
  }
  query.bind(19, std::int64_t{what.status}).bind(20, what.type);
  query.bind_blob(21, what.answer);
  return query.run();
}

Result<void> write_head(const Database& database, const Head& head) {
  Query query(database, "INSERT OR REPLACE INTO head VALUES(1, ?1, ?2)");
  return query.bind(1, head.number).bind_blob(2, head.hash).run();
}

Result<void> insert_text(const Database& database, const std::string& name, std::string_view text) {
  Query query(database, "INSERT OR IGNORE INTO text VALUES(?1, ?2)");
  return query.bind(1, name).bind(2, text).run();
}

Record next_record(Head& head, Answered what) {
  Record out;
  out.number = head.number + 1;
  out.at = what.at;
  out.previous = head.hash;
  std::string nonce(nonce_length, '\0');
  INTERDICT_ASSERT(RAND_bytes(reinterpret_cast<unsigned char*>(nonce.data()), static_cast<int>(nonce.size())) == 1);
  out.content = Content{std::move(nonce), std::move(what)};
  out.content_hash = hash_of(*out.content);
  out.hash = chained(out.previous, out.at, out.content_hash);
  head = {out.number, out.hash};
  return out;
}

}  // namespace interdict::audit
