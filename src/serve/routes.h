// Every route there is, in one table: what the server dispatches, whom it lets in, what the trail keeps, what the
// OpenAPI document describes and what the security tests iterate over.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/access.h"
#include "serve/serve.h"

namespace interdict::serve {

/// What the audit trail keeps of a route's answers.
enum class Kept : std::uint8_t {
  nothing,
  event,     // that it was asked and answered, with both texts: a decision, a change
  answer,    // the same, and the answer is a pure function of site and request, so that it can be replayed
  reviewed,  // as `answer`, of the reviews too, as they stood at Response::reviews
};

/// What a handler is given.
struct Call {
  const Service& service;
  const Site& site;  // one for the whole request, whatever is swapped in meanwhile
  const Request& request;
  const std::vector<std::string>& parts;  // what stood for each {...} of the pattern, decoded
};

/// What else is to be known of a route before its handler is asked.
enum Traits : std::uint8_t {
  plain = 0,
  by_line = 1,  // of its body each line is answered for itself, and may be sound or not
  apart = 2,    // may take long: answered on threads of its own
  dated = 4,    // takes as_of and known_at, which choose the site; of another day than the server's it may take long
};

struct Route {
  std::string_view method;   // GET | POST; GET answers HEAD too
  std::string_view pattern;  // "/entities/{id}/adjacent"; {...} stands for one part of the path
  access::Role role;         // the least that may ask
  Kept kept;
  std::string_view operation;  // the OpenAPI operationId
  Response (*handler)(const Call& call);
  unsigned traits = plain;
};

[[nodiscard]] std::span<const Route> routes();

/// The route a request is for. Without one, `refusal` says why: 400, 404 or 405.
struct Found {
  const Route* route = nullptr;
  std::vector<std::string> parts;
  Response refusal;
};
[[nodiscard]] Found find_route(const Request& request);

}  // namespace interdict::serve
