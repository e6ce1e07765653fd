#include "access/access.h"

namespace interdict::access {

const char* to_string(Role role) {
  switch (role) {
    case Role::screen:
      return "screen";
    case Role::analyse:
      return "analyse";
    case Role::administer:
      return "administer";
    case Role::open:
      break;
  }
  return "open";
}

std::optional<Role> role_named(std::string_view name) {
  for (const Role role : {Role::screen, Role::analyse, Role::administer}) {
    if (name == to_string(role)) return role;
  }
  return std::nullopt;
}

Caller local_caller() { return {"local", "this machine", Role::administer}; }

}  // namespace interdict::access
