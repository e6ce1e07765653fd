#include "store/layout.h"

#include <fmt/format.h>

#include <chrono>
#include <string>
#include <system_error>
#include <thread>

namespace interdict::store {
namespace {

Result<std::int64_t> number(const Database& database, const char* sql) {
  Query query(database, sql);
  const std::int64_t value = query.next() ? query.integer(0) : 0;
  if (auto status = query.status(); !status) return status.error();
  return value;
}

struct Header {
  std::int64_t application = 0;
  std::int64_t version = 0;
  bool empty = false;
};

Result<Header> read_header(const Database& database) {
  const Snapshot one_state(database);  // another process may be laying it out
  if (!one_state.status()) return one_state.status().error();
  auto application = number(database, "PRAGMA application_id");
  if (!application) return application.error();
  auto version = number(database, "PRAGMA user_version");
  if (!version) return version.error();
  auto objects = number(database, "SELECT count(*) FROM sqlite_master");
  if (!objects) return objects.error();
  return Header{*application, *version, *application == 0 && *version == 0 && *objects == 0};
}

/// SQLite waits for no lock here, so we do.
Result<void> use_log(const Database& database, int patience_ms) {
  constexpr int pause_ms = 5;
  for (int waited = 0;; waited += pause_ms) {
    auto done = database.run("PRAGMA journal_mode=WAL");
    if (done || sqlite3_errcode(database.handle()) != SQLITE_BUSY || waited >= patience_ms) return done;
    std::this_thread::sleep_for(std::chrono::milliseconds(pause_ms));
  }
}

Result<void> lay_out(const Database& database, const Layout& layout, int patience_ms) {
  // WAL is a property of the file and cannot be set inside a transaction; a process killed between this and the
  // tables leaves an empty database, which the next one fills.
  if (auto done = use_log(database, patience_ms); !done) return done;
  Writing writing(database);
  if (!writing.status()) return writing.status();
  auto header = read_header(database);  // another process may have been first
  if (!header) return header.error();
  if (!header->empty) return {};
  for (const std::string& sql :
       {std::string(layout.tables), fmt::format("PRAGMA application_id={}", layout.application_id),
        fmt::format("PRAGMA user_version={}", layout.version)}) {
    if (auto done = database.run(sql.c_str()); !done) return done;
  }
  return writing.commit();
}

}  // namespace

Result<Database> open_laid_out(const std::filesystem::path& path, const Layout& layout, Opening opening,
                               int patience_ms) {
  const bool make = opening == Opening::or_made;
  std::error_code failed;
  const auto kind = std::filesystem::status(path, failed).type();
  const Place place{path.string(), 0, 0, {}};
  if (kind == std::filesystem::file_type::directory) {
    return Error{Fault::io, fmt::format("a folder is no {} file", layout.name), place};
  }
  if (!make && kind == std::filesystem::file_type::not_found) {
    return Error{Fault::not_found, std::string(layout.absent), place};
  }
  auto database = Database::open(path, SQLITE_OPEN_READWRITE | (make ? SQLITE_OPEN_CREATE : 0), layout.name);
  if (!database) return database;
  sqlite3_busy_timeout(database->handle(), patience_ms);
  auto header = read_header(*database);
  if (!header) return header.error();
  if (header->empty) {
    if (!make) return Error{Fault::not_found, std::string(layout.absent), place};
    if (auto made = lay_out(*database, layout, patience_ms); !made) return made.error();
    header = read_header(*database);
    if (!header) return header.error();
  }
  if (header->application != layout.application_id) {
    return Error{Fault::bad_input, fmt::format("the file is an SQLite database, but no interdict {}", layout.name),
                 place};
  }
  if (header->version != layout.version) {
    return Error{Fault::bad_input,
                 fmt::format("the {} has schema version {}, this program reads and writes {}", layout.name,
                             header->version, layout.version),
                 place};
  }
  return database;
}

}  // namespace interdict::store
