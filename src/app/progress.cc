#include "app/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace interdict::app {

Progress::Progress(std::string label)
    : label_(std::move(label)), started_(std::chrono::steady_clock::now()), terminal_(isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (visible_) fmt::print(stderr, "\r\x1b[K");
}

void Progress::show(std::uint64_t done, std::uint64_t total) {
  if (!terminal_) return;
  const auto now = std::chrono::steady_clock::now();
  // Short work stays silent; longer work is redrawn ten times a second.
  if (now - started_ < std::chrono::milliseconds{300} || now - drawn_ < std::chrono::milliseconds{100}) return;
  drawn_ = now;
  visible_ = true;
  if (total == 0) {
    fmt::print(stderr, "\r\x1b[K{} {}", label_, done);
  } else {
    constexpr std::uint64_t width = 30;
    const std::uint64_t filled = std::min(done, total) * width / total;
    const double seconds = std::chrono::duration<double>(now - started_).count();
    const double left =
        done > 0 ? seconds * static_cast<double>(total - std::min(done, total)) / static_cast<double>(done) : 0;
    fmt::print(stderr, "\r\x1b[K{} [{}{}] {:3}%  {:.0f} s left", label_, std::string(filled, '#'),
               std::string(width - filled, '.'), std::min(done, total) * 100 / total, left);
  }
  std::fflush(stderr);
}

}  // namespace interdict::app
