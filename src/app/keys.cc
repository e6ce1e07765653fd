// interdict keys: who may ask the server what.
#include "access/keys.h"

#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "app/command.h"
#include "app/server_files.h"

namespace interdict::app {
namespace {

struct KeysOptions {
  std::string db;
  std::string name;
  std::string role;
  std::string expires;
  std::string id;
  unsigned rate = 0;
};

std::filesystem::path path_of(const KeysOptions& options) {
  Common common;
  common.db = options.db;
  return keys_path(common);
}

int add_key(const KeysOptions& options) {
  const auto role = access::role_named(options.role);
  if (!role)
    return fail({Fault::bad_usage, fmt::format("'{}' is no role: screen, analyse or administer", options.role), {}});
  std::optional<Instant> expires;
  if (!options.expires.empty()) {
    expires = parse_instant(options.expires);
    if (!expires) return fail({Fault::bad_usage, fmt::format("--expires '{}' is no day or time", options.expires), {}});
  }
  std::error_code fault;
  std::filesystem::create_directories(path_of(options).parent_path(), fault);
  auto keys = access::Keys::open(path_of(options), true);
  if (!keys) return fail(keys.error());
  const auto token = keys->add(options.name, *role, expires, options.rate, now());
  if (!token) return fail(token.error());
  fmt::print("{}\n", *token);
  fmt::print(stderr, "This is the only time the key is shown. It may {}{}.\n", options.role,
             expires ? ", until " + to_string(*expires) : "");
  return exit_done;
}

int list_keys(const KeysOptions& options) {
  auto keys = access::Keys::open(path_of(options), false);
  if (!keys) return fail(keys.error());
  const auto all = keys->list();
  if (!all) return fail(all.error());
  for (const access::Key& key : *all) {
    const char* state = key.revoked ? "revoked" : key.expires && *key.expires <= now() ? "expired" : "valid";
    fmt::print("{}  {:<10}  {:<7}  created {}{}{}  {}\n", key.id, access::to_string(key.role), state,
               to_string(key.created), key.expires ? "  until " + to_string(*key.expires) : "",
               key.rate != 0 ? fmt::format("  {}/min", key.rate) : "", key.name);
  }
  return exit_done;
}

int revoke_key(const KeysOptions& options) {
  auto keys = access::Keys::open(path_of(options), false);
  if (!keys) return fail(keys.error());
  if (auto done = keys->revoke(options.id, now()); !done) return fail(done.error());
  return exit_done;
}

}  // namespace

void add_keys(CLI::App& program, int& exit_code) {
  auto options = std::make_shared<KeysOptions>();
  CLI::App* verb = program.add_subcommand("keys", "API keys of the server: add, list, revoke");
  verb->require_subcommand(1);
  CLI::App* adds = verb->add_subcommand("add", "Makes a key and prints it, once");
  adds->add_option("name", options->name, "Whose it is")->required();
  adds->add_option("--role", options->role, "screen, analyse or administer; each may do what those before it may")
      ->required();
  adds->add_option("--expires", options->expires, "Day or time (UTC) from which it is not valid");
  adds->add_option("--rate", options->rate, "Requests a minute (default: the server's --rate)");
  CLI::App* lists = verb->add_subcommand("list", "All keys, by their ids; the keys themselves are not kept");
  CLI::App* revokes = verb->add_subcommand("revoke", "Ends a key; a running server hears of it within two seconds");
  revokes->add_option("id", options->id, "As `keys list` shows it")->required();
  for (CLI::App* one : {adds, lists, revokes}) {
    one->add_option("--db", options->db, "The store that the keys lie beside");
  }
  adds->callback([options, &exit_code] { exit_code = add_key(*options); });
  lists->callback([options, &exit_code] { exit_code = list_keys(*options); });
  revokes->callback([options, &exit_code] { exit_code = revoke_key(*options); });
}

}  // namespace interdict::app
