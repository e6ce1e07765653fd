// SQLite behind Result: a connection and a prepared query, no more.
//
// A Query remembers its first error instead of returning one at every step, so that a loop reads as a loop:
//
//   Query query(database, "SELECT id FROM version WHERE source = ?1");
//   query.bind(1, source);
//   while (query.next()) ids.push_back(query.integer(0));
//   if (auto status = query.status(); !status) return status.error();
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "model/result.h"

namespace interdict::store {

class Database {
 public:
  /// `flags` are sqlite3_open_v2's; `name` is what messages call the file.
  static Result<Database> open(const std::filesystem::path& path, int flags, std::string_view name);

  /// Runs statements that give no rows.
  Result<void> run(const char* sql) const;
  /// What went wrong last, in words for its user.
  [[nodiscard]] Error error() const;

  [[nodiscard]] sqlite3* handle() const { return handle_.get(); }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  std::unique_ptr<sqlite3, Close> handle_;
  std::string path_;
  std::string name_;
};

class Query {
 public:
  Query(const Database& database, std::string_view sql);

  /// Bytes bound must live until the query is reset. Indices count from 1, as in SQL.
  Query& bind(int index, std::int64_t value);
  Query& bind(int index, double value);
  Query& bind(int index, std::string_view text);
  Query& bind_blob(int index, std::string_view bytes);
  Query& bind_null(int index);

  /// Moves to the next row; false at the end and on any error.
  bool next();
  /// For statements without rows: runs once and resets.
  Result<void> run();
  void reset();
  [[nodiscard]] Result<void> status() const;

  // Columns count from 0; views live until the next step or reset.
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::string_view blob(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  void check(int code);

  const Database* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  Result<void> status_;
  bool ended_ = false;
};

/// A transaction that writes; rolled back unless committed.
class Writing {
 public:
  explicit Writing(const Database& database);
  ~Writing();
  Writing(const Writing&) = delete;
  Writing& operator=(const Writing&) = delete;

  [[nodiscard]] const Result<void>& status() const { return status_; }
  Result<void> commit();

 private:
  const Database* database_;
  Result<void> status_;
  bool over_ = false;
};

/// Holds one state of the database for all reads in its scope; within another one it does nothing.
class Snapshot {
 public:
  explicit Snapshot(const Database& database);
  ~Snapshot();
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

  [[nodiscard]] const Result<void>& status() const { return status_; }

 private:
  const Database* database_;
  bool began_;
  Result<void> status_;
};

}  // namespace interdict::store
