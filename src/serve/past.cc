#include "serve/past.h"

#include <algorithm>

namespace interdict::serve {

Past::Made Past::of(const Key& key) {
  std::promise<Made> promise;
  std::uint64_t mine = 0;
  {
    std::unique_lock lock(guard_);
    const auto at = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& one) { return one.key == key; });
    if (at != kept_.end()) {
      kept_.splice(kept_.begin(), kept_, at);
      const auto made = at->made;
      lock.unlock();
      return made.get();
    }
    mine = ++last_;
    kept_.push_front({key, mine, promise.get_future().share()});
    if (kept_.size() > most_) kept_.pop_back();
  }
  try {
    Made made = make_(key.first, key.second);
    if (!made) drop(mine);
    promise.set_value(made);
    return made;
  } catch (...) {
    drop(mine);
    promise.set_exception(std::current_exception());
    throw;
  }
}

void Past::drop(std::uint64_t number) {
  const std::lock_guard lock(guard_);
  kept_.remove_if([&](const Kept& one) { return one.number == number; });
}

void Past::forget() {
  std::list<Kept> old;  // goes after the lock
  const std::lock_guard lock(guard_);
  old.swap(kept_);
}

}  // namespace interdict::serve
