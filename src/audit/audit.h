// The audit room: who asked what, when, of which world, and what was answered.
//
// The server gives each answered request of a route that is kept (serve/routes.h) to a Sink, and sends the answer only
// when the sink says that its record will not be lost. `Writer` (writer.h) is the sink that keeps a trail on the disk;
// `Trail` (trail.h) reads and verifies one; what a record is and how it is hashed is in record.h.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "model/model.h"

namespace interdict::audit {

/// One answered request.
struct Answered {
  Instant at;  // UTC, to the second
  std::string request_id;
  std::string key;     // access::Caller::key
  std::string caller;  // access::Caller::name
  std::string role;
  std::string operation;  // serve::Route::operation
  bool replayable = false;
  std::string method;
  std::string target;  // path and query as sent
  std::string origin;  // "http://host:port", as the client named the server: links in an answer begin with it
  std::string body;
  std::string world;  // what the answer was made from, as JSON
  /// The last event of the reviews that the answer knows of, where it looked at them.
  std::optional<std::int64_t> reviews;
  unsigned status = 0;
  std::string type;  // of the answer
  std::string answer;
};

class Sink {
 public:
  virtual ~Sink() = default;
  /// Returns at once. `then` is called exactly once, from any thread: with the record's number when it is on the disk,
  /// else with why it is not.
  virtual void keep(Answered answered, std::function<void(const Result<std::int64_t>&)> then) = 0;
};

}  // namespace interdict::audit
