// Lists brought up to date behind a running server: the same update as `interdict update`, in a process of its own, so
// that a publisher's broken file can neither slow nor end the server; then a new site, swapped in while requests go on.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/case_at_hand.h"
#include "app/site.h"
#include "serve/serve.h"

namespace interdict::app {

/// "90s", "30m", "12h", "1d".
[[nodiscard]] std::optional<std::chrono::seconds> parse_span(std::string_view text);

class Refresher {
 public:
  /// `every` 0: only when asked. `service` must outlive it. `before_swap`, if any, sees each new site before it
  /// answers; its Error keeps what is served.
  Refresher(CaseOptions options, std::vector<std::string> update_arguments, std::chrono::seconds every,
            serve::Service& service, std::function<Result<void>(const MadeSite&)> before_swap = {});
  Refresher(const Refresher&) = delete;
  Refresher& operator=(const Refresher&) = delete;
  /// Ends a download that is under way; the store keeps its last good versions.
  ~Refresher();

  /// Asks for an update now; with `wait` returns when one that began after the call is done. False when it failed: what
  /// was served stays.
  bool update(bool wait);
  /// Makes the site anew from the store as it is and swaps it in.
  Result<void> reload();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace interdict::app
