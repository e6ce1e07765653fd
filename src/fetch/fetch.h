// The fetch room: downloads from publishers.
//
// A download is conditional (nothing is moved when the publisher's file has not changed), resumable (an interrupted one
// goes on where it stopped), whole or absent (a file appears under its name only when complete), and goes to hosts that
// were named beforehand, redirects included: a publisher's page cannot send us elsewhere. TLS certificates are
// verified; plain http is refused except to the loopback, where tests live. Threads: one Fetcher per thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "model/model.h"

namespace interdict::fetch {

struct Request {
  std::string url;
  std::vector<std::string> hosts;  // that may be contacted; the URL's own must be among them
  std::filesystem::path target;  // beside it: `.part` while incomplete, `.http` with the validators of the last answer
  std::uint64_t size_max = std::uint64_t{1} << 30U;                       // bytes
  std::chrono::seconds stall_limit{60};                                   // no byte for this long ends the attempt
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;  // may be empty; total 0 when unknown
};

struct Fetched {
  bool changed = false;     // false: the publisher says the target is still current
  std::uint64_t bytes = 0;  // moved this time
  std::uint64_t resumed_at = 0;
};

/// Faults: bad_usage (host not named, scheme), io (network, HTTP status, disk), limit (too large). On an Error the
/// target is as it was; a resumable part is kept.
Result<Fetched> download(const Request& request);

}  // namespace interdict::fetch
