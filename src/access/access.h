// The access room: who may ask what of the server.
//
// A caller has one role; each role may do what those before it may. What a route asks for is in serve/routes.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace interdict::access {

enum class Role : std::uint8_t {
  open,        // nobody: health and the pages' own files
  screen,      // names against the lists
  analyse,     // deals, relief, simulations, histories; the memory of matches
  administer,  // metrics, refreshing, the audit trail
};
[[nodiscard]] const char* to_string(Role role);
/// "screen", "analyse" or "administer": what a key can have.
[[nodiscard]] std::optional<Role> role_named(std::string_view name);

/// Who asks, once known.
struct Caller {
  std::string key;   // the public id of the key; "local" where this machine may ask without one; empty for nobody
  std::string name;  // whose key it is
  Role role = Role::open;

  [[nodiscard]] bool may(Role needed) const { return role >= needed; }
};

/// This machine, while no keys exist.
[[nodiscard]] Caller local_caller();

}  // namespace interdict::access
