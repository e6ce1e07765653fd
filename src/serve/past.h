// Sites of other days than the server's own: made when asked for, kept while they are asked for.
#pragma once

#include <cstdint>
#include <functional>
#include <future>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "model/model.h"

namespace interdict::serve {

struct Site;

class Past {
 public:
  using Key = std::pair<Day, std::optional<Day>>;  // as of, known at the end of
  using Made = Result<std::shared_ptr<const Site>>;
  using Make = std::function<Made(Day as_of, std::optional<Day> known_at)>;

  /// Keeps the `most` asked for last. `make` is called from any thread, and from several at once for different days.
  explicit Past(Make make, std::size_t most = 8) : make_(std::move(make)), most_(most) {}

  /// Of those who ask for the same day at once one makes it and the others wait; who asks for another day does not.
  [[nodiscard]] Made of(const Key& key);
  /// After a load: what was made before it answers no more.
  void forget();

 private:
  struct Kept {
    Key key;
    std::uint64_t number;  // which of the sites made it is: a day may be forgotten and made anew meanwhile
    std::shared_future<Made> made;
  };
  void drop(std::uint64_t number);

  Make make_;
  std::size_t most_;
  std::mutex guard_;
  std::uint64_t last_ = 0;
  std::list<Kept> kept_;  // the one asked for last comes first
};

}  // namespace interdict::serve
