// An SQLite file of one kind: opened, and laid out where it is new. A file that is something else stays as it is.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "store/sqlite.h"

namespace interdict::store {

struct Layout {
  std::int64_t application_id = 0;  // SQLite's PRAGMA of that name: which kind of file this is
  std::int64_t version = 0;         // of the tables; no other is read or written
  const char* tables = nullptr;     // SQL that makes them
  std::string_view name;            // what messages call the file: "store"
  std::string_view absent;          // what is said when there is none to read: "there is no store yet"
};

enum class Opening : std::uint8_t {
  existing,  // absent and empty files are an Error (not_found)
  or_made,   // makes the file if it is missing, not its folder
};

/// `patience_ms`: how long to wait for another program's lock. Whatever the opening, the connection can write: only so
/// can the first reader after a crash recover the log. The log is SQLite's write-ahead log.
Result<Database> open_laid_out(const std::filesystem::path& path, const Layout& layout, Opening opening,
                               int patience_ms);

}  // namespace interdict::store
