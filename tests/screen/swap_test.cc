// Several versions of the world open at once, and one put in place of another while queries run.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <thread>

#include "screen/screen.h"
#include "tests/index/synthetic.h"
#include "tests/screen/snapshot_of.h"

namespace interdict::screen {
namespace {

using Shared = std::shared_ptr<const index::Snapshot>;

/// What a server holds: the world that answers now.
class Current {
 public:
  explicit Current(Shared first) : now_(std::move(first)) {}
  [[nodiscard]] Shared get() const {
    const std::scoped_lock lock(mutex_);
    return now_;
  }
  void put(Shared next) {
    const std::scoped_lock lock(mutex_);
    now_.swap(next);
  }

 private:
  mutable std::mutex mutex_;
  Shared now_;
};

std::string told(const std::vector<Hit>& hits) {
  std::string out;
  for (const Hit& hit : hits) out += hit.id + " " + std::to_string(hit.score) + " " + hit.matched_name + "\n";
  return out;
}

// Every answer is wholly that of one version, the old goes when its last query ends, and caches of one version never
// answer for another.
TEST(Swap, EveryAnswerIsOfOneVersion) {
  const std::vector<Party> parties = synthetic::world(51, 600);
  const std::vector<std::vector<Party>> worlds = {{parties.begin(), parties.begin() + 400},
                                                  {parties.begin() + 200, parties.end()}};
  synthetic::Random random(52);
  std::vector<Query> queries;
  for (int i = 0; i < 40; ++i) {
    queries.push_back({.names = {synthetic::distort(random, std::string(synthetic::pick(random, parties).caption()))}});
  }
  const auto open = [&](std::size_t which) {
    return std::make_shared<const index::Snapshot>(snapshot_of(worlds[which]));
  };
  std::vector<std::vector<std::string>> expected(2);
  std::size_t different = 0;
  for (const std::size_t which : {0U, 1U}) {
    const Shared snapshot = open(which);
    for (const Query& query : queries) expected[which].push_back(told(screen(*snapshot, query, {})));
  }
  for (std::size_t i = 0; i < queries.size(); ++i) different += expected[0][i] != expected[1][i] ? 1 : 0;
  ASSERT_GT(different, 10U);

  Current current(open(0));
  std::weak_ptr<const index::Snapshot> oldest = current.get();
  std::atomic<bool> done = false;
  std::atomic<int> wrong = 0;
  std::array<std::atomic<int>, 2> of_version{};
  std::vector<std::jthread> askers;
  for (std::size_t thread = 0; thread < 3; ++thread) {
    askers.emplace_back([&, thread] {
      for (std::size_t i = thread; !done; i = (i + 1) % queries.size()) {
        const std::string answer = told(screen(*current.get(), queries[i], {}));
        const bool first = answer == expected[0][i];
        const bool second = answer == expected[1][i];
        if (!first && !second) ++wrong;
        if (first != second) ++of_version.at(first ? 0 : 1);
      }
    });
  }
  for (std::size_t swap = 1; swap <= 12; ++swap) {
    const int before = of_version.at(swap % 2);
    current.put(open(swap % 2));
    while (of_version.at(swap % 2) == before && wrong == 0) std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
  done = true;
  askers.clear();
  EXPECT_EQ(wrong, 0);
  EXPECT_TRUE(oldest.expired());
}

}  // namespace
}  // namespace interdict::screen
