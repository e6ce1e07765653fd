// The file of a trail, as SQLite keeps it.
#pragma once

#include <filesystem>
#include <functional>

#include "audit/record.h"
#include "store/sqlite.h"

namespace interdict::audit {

/// Opens a trail, with `make` making what is missing, readable by its owner only. Never alters a file that is something
/// else.
Result<store::Database> open_file(const std::filesystem::path& path, bool make);

/// The columns that `record_in` reads, from "record r".
extern const char* const record_columns;
[[nodiscard]] Record record_in(const store::Query& row);

/// Where the records end; number 0 when there are none.
Result<Head> last_record(const store::Database& database);
/// What the last writer said of where they end.
Result<Head> written_head(const store::Database& database);

// Inside a transaction.
Result<void> insert(const store::Database& database, const Record& record);
Result<void> write_head(const store::Database& database, const Head& head);
Result<void> insert_text(const store::Database& database, const std::string& name, std::string_view text);

/// The next record of a trail that ends at `head`, which moves on to it. `what.world` is a name.
Record next_record(Head& head, Answered what);

}  // namespace interdict::audit
