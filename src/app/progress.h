// A progress line for long work: on a terminal only, on standard error, redrawn a few times a second.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace interdict::app {

class Progress {
 public:
  explicit Progress(std::string label);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// `total` 0 means unknown: only the count is shown.
  void show(std::uint64_t done, std::uint64_t total);

 private:
  std::string label_;
  std::chrono::steady_clock::time_point drawn_;
  std::chrono::steady_clock::time_point started_;
  bool terminal_;
  bool visible_ = false;
};

}  // namespace interdict::app
