// Long answers on threads of their own, which the system favours less, so that short ones do not wait behind them.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace interdict::serve {

class Apart {
 public:
  /// `most`: how many may wait beside those under way.
  Apart(unsigned threads, std::size_t most);
  Apart(const Apart&) = delete;
  Apart& operator=(const Apart&) = delete;
  /// Waits for what is under way; what waits is let go.
  ~Apart();

  /// False when too many wait. Thread-safe.
  [[nodiscard]] bool run(std::function<void()> job);

 private:
  void work();

  std::size_t most_;
  std::mutex guard_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace interdict::serve
