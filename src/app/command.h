// What every verb shares: the common options, how a verb is registered, and how it ends.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "model/model.h"

namespace interdict::app {

/// Exit codes of the contract.
enum Exit : int { exit_done = 0, exit_failed = 1, exit_usage = 2, exit_matched = 3 };

/// Options of every verb, as typed.
struct Common {
  std::string db;
  std::string as_of;
  std::string known_at;
  bool json = false;
};

/// The store's file: `--db`, else $INTERDICT_DB, else the user's data folder.
[[nodiscard]] std::filesystem::path database_path(const Common& common);
/// The memory of matches, beside the store's file.
[[nodiscard]] std::filesystem::path reviews_path(const Common& common);
/// The day and moment asked about; today when `--as-of` is absent. A day alone as `--known-at` means its end.
[[nodiscard]] Result<World> world_asked(const Common& common);

/// Prints "interdict: message" to standard error; gives exit_usage for bad usage, else exit_failed.
int fail(const Error& error);

/// Adds --db, --as-of, --known-at and --json to a verb.
void add_common(CLI::App& verb, Common& common);

// The verbs, one file each. Each registers itself and stores its exit code when run.
void add_screen(CLI::App& program, int& exit_code);
void add_compare(CLI::App& program, int& exit_code);
void add_tune(CLI::App& program, int& exit_code);
void add_show(CLI::App& program, int& exit_code);
void add_history(CLI::App& program, int& exit_code);
void add_changes(CLI::App& program, int& exit_code);
void add_sources(CLI::App& program, int& exit_code);
void add_update(CLI::App& program, int& exit_code);
void add_check(CLI::App& program, int& exit_code);
void add_relief(CLI::App& program, int& exit_code);
void add_simulate(CLI::App& program, int& exit_code);
void add_ledger(CLI::App& program, int& exit_code);
void add_timeline(CLI::App& program, int& exit_code);
void add_serve(CLI::App& program, int& exit_code);
void add_reviews(CLI::App& program, int& exit_code);
void add_keys(CLI::App& program, int& exit_code);
void add_audit(CLI::App& program, int& exit_code);
void add_explain(CLI::App& program, int& exit_code);
void add_case(CLI::App& program, int& exit_code);
void add_export(CLI::App& program, int& exit_code);

/// The pages on this machine: port 8000, or a free one where that is taken. Ends on Ctrl-C.
int serve_pages();

/// What runs without a verb: the bundled case, shown; on a terminal, then served.
int guided_run();

}  // namespace interdict::app
