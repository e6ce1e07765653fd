#include "app/command.h"

#include <fmt/format.h>

#include <cstdlib>

namespace interdict::app {
namespace fs = std::filesystem;

fs::path database_path(const Common& common) {
  if (!common.db.empty()) return common.db;
  if (const char* db = std::getenv("INTERDICT_DB"); db != nullptr && *db != '\0') return db;
  if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data != '\0') {
    return fs::path(data) / "interdict" / "interdict.db";
  }
  const char* home = std::getenv("HOME");
  return fs::path(home != nullptr ? home : ".") / ".local" / "share" / "interdict" / "interdict.db";
}

fs::path reviews_path(const Common& common) { return database_path(common).string() + ".reviews"; }

Result<World> world_asked(const Common& common) {
  World world;
  world.as_of = std::chrono::floor<std::chrono::days>(now());
  if (!common.as_of.empty()) {
    const auto day = parse_day(common.as_of);
    if (!day) return Error{Fault::bad_usage, fmt::format("--as-of '{}' is no day (YYYY-MM-DD)", common.as_of), {}};
    world.as_of = *day;
  }
  if (!common.known_at.empty()) {
    world.known_at = parse_instant(common.known_at);
    if (!world.known_at) {
      return Error{Fault::bad_usage,
                   fmt::format("--known-at '{}' is no time (YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ)", common.known_at),
                   {}};
    }
    if (parse_day(common.known_at)) *world.known_at += std::chrono::hours{24} - std::chrono::seconds{1};
  }
  return world;
}

int fail(const Error& error) {
  fmt::print(stderr, "interdict: {}\n", error.to_string());
  return error.fault == Fault::bad_usage ? exit_usage : exit_failed;
}

void add_common(CLI::App& verb, Common& common) {
  verb.add_option("--db", common.db, "The store (default: $INTERDICT_DB, else the user's data folder)");
  verb.add_option("--as-of", common.as_of, "What was in force on this day (YYYY-MM-DD; default: today, UTC)");
  verb.add_option("--known-at", common.known_at, "Hide what was published after this day or time (UTC)");
  verb.add_flag("--json", common.json, "Results as JSON");
}

}  // namespace interdict::app
