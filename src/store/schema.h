// The tables of a store, and opening a file that has them. docs/formats/store.md explains every column.
#pragma once

#include <filesystem>

#include "store/sqlite.h"
#include "store/store.h"

namespace interdict::store {

/// Opens a store, in Mode::write creating what is missing. Never alters a file that is something else.
Result<Database> open_store(const std::filesystem::path& path, Store::Mode mode);

}  // namespace interdict::store
