// Counts and durations in Prometheus' text form. Thread-safe.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "serve/serve.h"

namespace interdict::serve {

class Metrics {
 public:
  void request(std::string_view route, unsigned status, double seconds);
  void connections(std::size_t now) { connections_ = now; }
  void rate_limited() { ++rate_limited_; }
  void audited(bool kept) { ++(kept ? audit_kept_ : audit_failed_); }
  /// A refresh of a source, or of the whole site ("site"), that worked or not.
  void refreshed(const std::string& source, bool worked);

  /// All of it, and the versions and ages of the site's lists.
  [[nodiscard]] std::string text(const Site& site) const;

 private:
  static constexpr std::array<double, 9> bounds = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1, 5};  // seconds
  struct Series {
    std::array<std::uint64_t, bounds.size() + 1> counts{};
    double sum = 0;
  };
  mutable std::mutex guard_;
  std::map<std::pair<std::string, unsigned>, Series> requests_;
  std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> refreshes_;  // worked, failed
  std::atomic<std::size_t> connections_{0};
  std::atomic<std::uint64_t> rate_limited_{0};
  std::atomic<std::uint64_t> audit_kept_{0};
  std::atomic<std::uint64_t> audit_failed_{0};
};

}  // namespace interdict::serve
