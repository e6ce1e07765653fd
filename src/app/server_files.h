// The files of a server beside its store.
#pragma once

#include <filesystem>

#include "app/command.h"

namespace interdict::app {

/// "<store>.keys": hashed API keys.
[[nodiscard]] inline std::filesystem::path keys_path(const Common& common) {
  return database_path(common).string() + ".keys";
}
/// "<store>.audit": the audit trail.
[[nodiscard]] inline std::filesystem::path audit_path(const Common& common) {
  return database_path(common).string() + ".audit";
}

}  // namespace interdict::app
