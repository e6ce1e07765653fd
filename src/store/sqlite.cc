#include "store/sqlite.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

namespace interdict::store {
namespace {

Error describe(int extended_code, int system_errno, const char* detail, const std::string& path,
               std::string_view name) {
  const Place place{.file = path, .line = 0, .column = 0, .record = {}};
  const bool no_space = system_errno == ENOSPC || system_errno == EFBIG || system_errno == EDQUOT;
  switch (extended_code & 0xff) {
    case SQLITE_FULL:
      return {Fault::io, "no space is left to write: nothing of this is kept, what was there before is intact", place};
    case SQLITE_IOERR:
      if (no_space) return describe(SQLITE_FULL, 0, detail, path, name);
      return {Fault::io, fmt::format("reading or writing the {} failed: {}", name, detail), place};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {Fault::io, fmt::format("another program is writing the {}; try again", name), place};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {Fault::io, fmt::format("the {} cannot be written: file or folder is read-only", name), place};
    case SQLITE_CANTOPEN:
      return {Fault::io,
              fmt::format("the {} cannot be opened{}{}: the file must be readable, and its folder writable even for "
                          "readers, because SQLite keeps its lock file beside it",
                          name, system_errno != 0 ? ": " : "", system_errno != 0 ? std::strerror(system_errno) : ""),
              place};
    case SQLITE_NOTADB:
      return {Fault::bad_input, fmt::format("the file is no interdict {}", name), place};
    case SQLITE_CORRUPT:
      return {Fault::bad_input, fmt::format("the {} is damaged: {}", name, detail), place};
    default:
      return {Fault::io, fmt::format("the {} failed: {}", name, detail), place};
  }
}

}  // namespace

Result<Database> Database::open(const std::filesystem::path& path, int flags, std::string_view name) {
  Database database;
  database.name_ = name;
  database.path_ = path.string();
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(database.path_.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  database.handle_.reset(handle);
  if (handle == nullptr) return Error{Fault::io, "out of memory", {}};
  if (code != SQLITE_OK) return database.error();
  sqlite3_extended_result_codes(handle, 1);
  return database;
}

Result<void> Database::run(const char* sql) const {
  if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) return error();
  return {};
}

Error Database::error() const {
  return describe(sqlite3_extended_errcode(handle_.get()), sqlite3_system_errno(handle_.get()),
                  sqlite3_errmsg(handle_.get()), path_, name_);
}

Query::Query(const Database& database, std::string_view sql) : database_(&database) {
  sqlite3_stmt* statement = nullptr;
  check(sqlite3_prepare_v2(database.handle(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr));
  statement_.reset(statement);
}

void Query::check(int code) {
  if (code != SQLITE_OK && status_.ok()) status_ = database_->error();
}

Query& Query::bind(int index, std::int64_t value) {
  if (status_.ok()) check(sqlite3_bind_int64(statement_.get(), index, value));
  return *this;
}

Query& Query::bind(int index, double value) {
  if (status_.ok()) check(sqlite3_bind_double(statement_.get(), index, value));
  return *this;
}

Query& Query::bind(int index, std::string_view text) {
  // A null pointer would bind NULL, which the empty text is not.
  const char* bytes = text.empty() ? "" : text.data();
  if (status_.ok()) {
    check(sqlite3_bind_text64(statement_.get(), index, bytes, text.size(), SQLITE_STATIC, SQLITE_UTF8));
  }
  return *this;
}

Query& Query::bind_blob(int index, std::string_view bytes) {
  if (status_.ok()) check(sqlite3_bind_blob64(statement_.get(), index, bytes.data(), bytes.size(), SQLITE_STATIC));
  return *this;
}

Query& Query::bind_null(int index) {
  if (status_.ok()) check(sqlite3_bind_null(statement_.get(), index));
  return *this;
}

bool Query::next() {
  if (!status_.ok() || ended_) return false;
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) check(code);
  ended_ = true;  // another step would begin the query anew
  return false;
}

Result<void> Query::run() {
  while (next()) {
  }
  reset();
  return status_;
}

void Query::reset() {
  ended_ = false;
  if (statement_) sqlite3_reset(statement_.get());
}

Result<void> Query::status() const { return status_; }

std::int64_t Query::integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }

double Query::real(int column) const { return sqlite3_column_double(statement_.get(), column); }

bool Query::is_null(int column) const { return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL; }

std::string_view Query::text(int column) const {
  const auto* bytes = sqlite3_column_text(statement_.get(), column);
  if (bytes == nullptr) return {};
  return {reinterpret_cast<const char*>(bytes),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::string_view Query::blob(int column) const {
  const void* bytes = sqlite3_column_blob(statement_.get(), column);
  if (bytes == nullptr) return {};
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

Writing::Writing(const Database& database) : database_(&database), status_(database.run("BEGIN IMMEDIATE")) {}

Writing::~Writing() {
  if (status_ && !over_) static_cast<void>(database_->run("ROLLBACK"));  // fails only where SQLite did it by itself
}

Result<void> Writing::commit() {
  auto done = database_->run("COMMIT");
  over_ = done.ok();
  return done;
}

Snapshot::Snapshot(const Database& database)
    : database_(&database), began_(sqlite3_get_autocommit(database.handle()) != 0) {
  if (began_) status_ = database.run("BEGIN");
}

Snapshot::~Snapshot() {
  // The transaction only read: there is nothing that ending it could lose.
  if (began_ && status_.ok()) static_cast<void>(database_->run("ROLLBACK"));
}

}  // namespace interdict::store
