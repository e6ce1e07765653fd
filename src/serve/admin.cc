// How the service stands, and how it is told to look for newer lists: /readyz, /updatez.
#include <algorithm>

#include "report/json.h"
#include "serve/handlers.h"
#include "serve/params.h"

namespace interdict::serve {
namespace {

/// Takes as long whatever is equal.
bool same_secret(std::string_view given, std::string_view secret) {
  unsigned char differs = given.size() == secret.size() ? 0 : 1;
  for (std::size_t i = 0; i < given.size(); ++i) {
    differs |= static_cast<unsigned char>(given[i] ^ secret[i % std::max<std::size_t>(1, secret.size())]);
  }
  return differs == 0 && !secret.empty();
}

}  // namespace

Response readyz(const Service& service) {
  const ListsState state = service.lists_state();
  report::Json json;
  json.begin_object();
  json.field("status", "ok");
  if (state.checked) json.field("lists_checked", to_string(*state.checked));
  if (!state.problem.empty()) json.field("problem", state.problem);
  json.end_object();
  return json_of(json.str());
}

Response updatez(const Service& service, const Request& request) {
  Params params(request, {"token", "sync"});
  const bool wait = params.flag("sync", false);
  if (!params.sound()) return params.refusal();
  // A key's role admits too, but not this machine without a key: any page open in its browser could ask then.
  const bool by_key = request.caller.may(access::Role::administer) && request.caller.key != access::local_caller().key;
  if (!by_key && !same_secret(params.text("token"), service.update_token())) {
    return failure(403, "wrong_token", "the token is not the server's (--update-token)");
  }
  if (!service.update_lists(wait)) {
    return failure(500, "io", "not every list could be brought up to date; what was last good is served");
  }
  return json_of(R"({"status":"ok"})");
}

}  // namespace interdict::serve
