// Many queries on several threads, answered in order. Queries are numbered as they are read; an answer waits in its
// place of a ring until all before it have been handed over. Reading stops while the ring is full, so memory is
// bounded.
#include <condition_variable>
#include <mutex>
#include <thread>

#include "screen/screen.h"

namespace interdict::screen {
namespace {

class Batch {
 public:
  Batch(const index::Snapshot& snapshot, const Options& options, unsigned threads,
        const std::function<bool(Query&)>& next,
        const std::function<void(const Query&, const std::vector<Hit>&)>& deliver, bool use_exhaustive)
      : snapshot_(snapshot),
        options_(options),
        next_(next),
        deliver_(deliver),
        use_exhaustive_(use_exhaustive),
        ring_(std::size_t{threads} * places_a_thread) {}

  void work() {
    std::unique_lock lock(mutex_);
    while (true) {
      // Only one thread reads at a time, and never past the end of the ring.
      room_.wait(lock, [this] { return ended_ || (!reading_ && read_ < delivered_ + ring_.size()); });
      if (ended_) return;
      reading_ = true;
      Place& place = ring_[read_ % ring_.size()];
      lock.unlock();
      const bool got = next_(place.query);
      lock.lock();
      reading_ = false;
      room_.notify_all();
      if (!got) {
        ended_ = true;
        return;
      }
      ++read_;
      lock.unlock();
      place.hits =
          use_exhaustive_ ? exhaustive(snapshot_, place.query, options_) : screen(snapshot_, place.query, options_);
      lock.lock();
      place.done = true;
      hand_over(lock);
    }
  }

 private:
  static constexpr std::size_t places_a_thread = 64;

  struct Place {
    Query query;
    std::vector<Hit> hits;
    bool done = false;
  };

  /// Delivers every answer that is next in order; one thread at a time, outside the lock.
  void hand_over(std::unique_lock<std::mutex>& lock) {
    if (delivering_) return;  // that thread will come to ours
    delivering_ = true;
    while (delivered_ < read_ && ring_[delivered_ % ring_.size()].done) {
      Place& place = ring_[delivered_ % ring_.size()];
      lock.unlock();
      deliver_(place.query, place.hits);
      place.query = Query{};
      lock.lock();
      place.done = false;
      ++delivered_;
      room_.notify_one();
    }
    delivering_ = false;
  }

  const index::Snapshot& snapshot_;
  const Options& options_;
  const std::function<bool(Query&)>& next_;
  const std::function<void(const Query&, const std::vector<Hit>&)>& deliver_;
  bool use_exhaustive_;

  std::mutex mutex_;  // guards what follows; a place belongs to the thread that read into it until it is done
  std::condition_variable room_;
  std::vector<Place> ring_;
  std::uint64_t read_ = 0;
  std::uint64_t delivered_ = 0;
  bool reading_ = false;
  bool delivering_ = false;
  bool ended_ = false;
};

}  // namespace

void batch(const index::Snapshot& snapshot, const Options& options, unsigned threads,
           const std::function<bool(Query&)>& next,
           const std::function<void(const Query&, const std::vector<Hit>&)>& deliver, bool use_exhaustive) {
  const unsigned workers = std::max(threads, 1U);
  Batch state(snapshot, options, workers, next, deliver, use_exhaustive);
  std::vector<std::jthread> others;
  for (unsigned i = 1; i < workers; ++i) others.emplace_back([&state] { state.work(); });
  state.work();
}

}  // namespace interdict::screen
