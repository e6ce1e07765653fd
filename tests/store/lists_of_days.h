// Small lists for store tests: a version is a day and the parties on it.
#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "store/store.h"

namespace interdict::store {

/// A file in a folder that goes with the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "interdict_store_XXXXXX").string();
    INTERDICT_ASSERT(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] std::filesystem::path file(const std::string& name = "store.db") const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

inline Statement said(Prop prop, std::string value) { return {prop, std::move(value), {}}; }

inline Record record(std::string id, std::vector<Statement> statements, Part part = Part::main) {
  return {std::move(id), part, part == Part::main ? "Person" : "", std::move(statements)};
}

inline Record named(const std::string& id, const std::string& name) { return record(id, {said(Prop::name, name)}); }

/// One publication, before it is loaded.
struct Publication {
  std::string published;  // "2022-03-01" or with a time
  std::vector<Record> records;
  std::array<bool, part_count> supplied = {true, false, false, false};
  std::string source = "xx_list";

  [[nodiscard]] VersionInfo info() const {
    VersionInfo info;
    info.source = source;
    info.form = "test";
    info.hash = "sha256:" + source + published;
    info.published = parse_instant(published);
    info.published_by = PublishedBy::user;
    info.supplied = supplied;
    info.files = {published + ".csv"};
    return info;
  }
};

inline Instant loading_time() { return *parse_instant("2024-01-01T00:00:00Z"); }

inline Result<LoadReport> load(Store& store, const Publication& publication) {
  auto load = store.begin(publication.source);
  if (!load) return load.error();
  for (const Record& one : publication.records) {
    if (auto done = load->add(one); !done) return done.error();
  }
  return load->commit(publication.info(), {}, loading_time());
}

inline World on(const std::string& day, const std::string& known_at = {}) {
  return {*parse_day(day), known_at.empty() ? std::nullopt : parse_instant(known_at)};
}

/// "1 listed Ann; 2 added_in_gap Bob": what each() gives for a day.
inline std::string listed_on(const Store& store, const std::string& day, const std::string& known_at = {}) {
  std::string out;
  auto done = store.each("xx_list", on(day, known_at), [&](const Listed& listed) -> Result<void> {
    if (!out.empty()) out += "; ";
    out += listed.party.id.substr(8) + " " + to_string(listed.standing);
    for (const Statement& statement : listed.party.statements) out += " " + statement.value;
    return {};
  });
  return done.ok() ? out : done.error().to_string();
}

/// All content by its meaning, without the numbers that depend on the order of loading.
inline std::string dump(const std::filesystem::path& path) {
  constexpr const char* sql =
      "SELECT s.name || '|' || v.hash || '|' || v.published || '|' || v.supplied || '|' || hex(v.content) || '|' ||"
      " v.entries || '|' || v.added || '|' || v.changed || '|' || v.removed FROM version v JOIN source s ON s.id = "
      "v.source UNION ALL "
      "SELECT s.name || '|' || c.listing || '|' || c.part || '|' || v.hash || '|' || ifnull(r.json, 'gone') FROM "
      "change "
      "c JOIN version v ON v.id = c.version JOIN source s ON s.id = c.source LEFT JOIN record r ON r.id = c.record "
      "UNION ALL SELECT hex(digest) || '|' || json FROM record ORDER BY 1";
  sqlite3* database = nullptr;
  std::string out;
  EXPECT_EQ(sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READWRITE, nullptr), SQLITE_OK);
  const auto append = [](void* to, int, char** values, char**) {
    *static_cast<std::string*>(to) += std::string(values[0]) + "\n";
    return 0;
  };
  EXPECT_EQ(sqlite3_exec(database, sql, append, &out, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
  sqlite3_close(database);
  return out;
}

}  // namespace interdict::store
