// What a caller of the room sees: schemas, sources, order, limits, batches, worlds swapped under load.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <thread>

#include "screen/screen.h"
#include "tests/index/synthetic.h"
#include "tests/screen/snapshot_of.h"

namespace interdict::screen {
namespace {

std::vector<std::string> ids(const std::vector<Hit>& hits) {
  std::vector<std::string> out;
  for (const Hit& hit : hits) out.push_back(hit.id);
  return out;
}

Party named(const std::string& id, const std::string& schema, const std::string& name) {
  return {
      id,
      id.substr(0, id.find(':')),
      schema,
      {{Prop::name, name, {}}, {Prop::programme, "P1", {}}, {Prop::programme, "P2", {}}, {Prop::programme, "P1", {}}}};
}

TEST(Screen, ComparesOnlyWhatIsComparable) {
  const index::Snapshot snapshot =
      snapshot_of({named("a:1", "Person", "Alpha Beta"), named("a:2", "Company", "Alpha Beta"),
                   named("a:3", "LegalEntity", "Alpha Beta"), named("a:4", "Vessel", "Alpha Beta"),
                   named("a:5", "Organization", "Alpha Beta")});
  const auto found = [&](const char* schema) {
    auto out = ids(screen(snapshot, {.schema = schema, .names = {"Alpha Beta"}}, {}));
    std::ranges::sort(out);
    return out;
  };
  EXPECT_EQ(found("Person"), (std::vector<std::string>{"a:1", "a:3"}));
  EXPECT_EQ(found("Company"), (std::vector<std::string>{"a:2", "a:3", "a:5"}));
  EXPECT_EQ(found("LegalEntity"), (std::vector<std::string>{"a:1", "a:2", "a:3", "a:5"}));
  EXPECT_EQ(found("Vessel"), (std::vector<std::string>{"a:4"}));
  EXPECT_EQ(found("Thing"), (std::vector<std::string>{"a:1", "a:2", "a:3", "a:4", "a:5"}));
}

TEST(Screen, OrdersTiesByListingIdAndLimits) {
  std::vector<Party> parties;
  for (int i = 0; i < 30; ++i) parties.push_back(named("t:" + std::to_string(i), "Person", "Ivan Petrov"));
  parties.push_back(named("t:x", "Person", "Ivan Petrow"));
  const index::Snapshot snapshot = snapshot_of(parties);
  const auto all = ids(screen(snapshot, {.names = {"Ivan Petrov"}}, {.limit = 0}));
  ASSERT_EQ(all.size(), 31U);
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end() - 1));
  EXPECT_EQ(all.back(), "t:x");
  const auto some = ids(screen(snapshot, {.names = {"Ivan Petrov"}}, {.limit = 7}));
  EXPECT_EQ(some, std::vector<std::string>(all.begin(), all.begin() + 7));
}

TEST(Screen, SaysWhatItFound) {
  const index::Snapshot snapshot =
      snapshot_of({named("a:1", "Person", "Alpha Beta"), named("b:1", "Person", "Alpha Beta")});
  const auto hits = screen(snapshot, {.names = {"Alpha Beta"}}, {.sources = {"b"}});
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].id, "b:1");
  EXPECT_EQ(hits[0].source, "b");
  EXPECT_EQ(hits[0].schema, "Person");
  EXPECT_EQ(hits[0].caption, "Alpha Beta");
  EXPECT_EQ(hits[0].matched_name, "Alpha Beta");
  EXPECT_EQ(hits[0].programmes, (std::vector<std::string>{"P1", "P2"}));
  EXPECT_TRUE(hits[0].match);
  ASSERT_EQ(hits[0].evidence.size(), 1U);
  EXPECT_EQ(hits[0].evidence[0].name.pairs.size(), 2U);
}

TEST(Screen, ThresholdsAreInclusive) {
  const index::Snapshot snapshot = snapshot_of({named("a:1", "Person", "Viktor Lukin")});
  const Query query{.names = {"Viktor Lukim"}};
  const double score = screen(snapshot, query, {.threshold = 0.1}).at(0).score;
  ASSERT_LT(score, 1);
  EXPECT_EQ(screen(snapshot, query, {.threshold = score}).size(), 1U);
  EXPECT_TRUE(screen(snapshot, query, {.threshold = std::nextafter(score, 2)}).empty());
}

TEST(Screen, AnswersNothingToNothing) {
  const index::Snapshot snapshot = snapshot_of(synthetic::world(1, 50));
  EXPECT_TRUE(screen(snapshot, {}, {}).empty());
  EXPECT_TRUE(screen(snapshot, {.names = {"", "!!!"}, .id_numbers = {"--"}}, {}).empty());
}

TEST(BelowTheLine, IsWhatALowerThresholdAdds) {
  const std::vector<Party> parties = synthetic::world(31, 600);
  const index::Snapshot snapshot = snapshot_of(parties);
  std::size_t seen = 0;
  for (std::size_t i = 0; i < 60; ++i) {
    const Query query{.names = {std::string(parties[i * 9].caption())}};
    const Options options{.threshold = 0.8, .limit = 0};
    const auto above = screen(snapshot, query, options);
    const auto wide = screen(snapshot, query, {.threshold = 0.3, .limit = 0});
    const auto below = below_the_line(snapshot, query, options, 0.3);
    ASSERT_EQ(above.size() + below.size(), wide.size());
    for (std::size_t k = 0; k < below.size(); ++k) {
      EXPECT_EQ(below[k].id, wide[above.size() + k].id);
      EXPECT_LT(below[k].score, 0.8);
      EXPECT_GE(below[k].score, 0.3);
      EXPECT_FALSE(below[k].match);
    }
    seen += below.size();
  }
  EXPECT_GT(seen, 20U);
}

TEST(WhyNot, AgreesWithScreening) {
  const std::vector<Party> parties = synthetic::world(41, 400);
  const index::Snapshot snapshot = snapshot_of(parties);
  synthetic::Random random(42);
  int hits_seen = 0;
  for (int i = 0; i < 200; ++i) {
    const Party& party = synthetic::pick(random, parties);
    Query query{.schema = synthetic::chance(random, 70) ? party.schema : "Person",
                .names = {synthetic::distort(random, std::string(party.caption()))}};
    query.countries = {"by"};
    const Options options{.limit = 0};
    const auto why = why_not(snapshot, query, options, party.id);
    ASSERT_TRUE(why.ok());
    const auto hits = screen(snapshot, query, options);
    const auto hit = std::ranges::find(hits, party.id, &Hit::id);
    ASSERT_EQ(hit != hits.end(), why->is_comparable && why->score >= why->threshold) << why->reason;
    if (hit == hits.end()) continue;
    EXPECT_EQ(hit->score, why->score);
    EXPECT_EQ(why->names.front().score, why->score);
    EXPECT_EQ(why->rank, static_cast<std::size_t>(hit - hits.begin()) + 1);
    const auto narrow = why_not(snapshot, query, {.limit = 1}, party.id);
    EXPECT_EQ(narrow->is_shown, why->rank == 1);
    ++hits_seen;
  }
  EXPECT_GT(hits_seen, 30);
}

TEST(WhyNot, NamesTheReason) {
  Party man = named("a:1", "Person", "Viktor Lukin");
  man.statements.push_back({Prop::alias, "Vitya", {}});
  man.statements.push_back({Prop::birth_date, "1950", {}});
  const index::Snapshot snapshot = snapshot_of({man});
  Query query{.schema = "Person", .names = {"Viktor Lukin"}};
  EXPECT_EQ(why_not(snapshot, query, {}, "a:2").error().fault, Fault::not_found);
  EXPECT_NE(why_not(snapshot, query, {}, "a:1")->reason.find("does hit"), std::string::npos);
  query.birth_dates = {*PartialDate::parse("1999")};
  const auto aged = why_not(snapshot, query, {.threshold = 0.9}, "a:1");
  EXPECT_NE(aged->reason.find("other evidence"), std::string::npos);
  ASSERT_EQ(aged->names.size(), 2U);
  EXPECT_EQ(aged->names[0].listed, "Viktor Lukin");
  EXPECT_FALSE(why_not(snapshot, query, {.sources = {"b"}}, "a:1")->is_among_sources);
  query.schema = "Vessel";
  const auto ship = why_not(snapshot, query, {}, "a:1");
  EXPECT_FALSE(ship->is_comparable);
  EXPECT_FALSE(ship->names.at(0).comparison.pairs.empty());  // still shown
}

class Batch : public ::testing::TestWithParam<unsigned> {};

TEST_P(Batch, AnswersInOrderAsOneByOne) {
  const std::vector<Party> parties = synthetic::world(51, 500);
  const index::Snapshot snapshot = snapshot_of(parties);
  synthetic::Random random(52);
  std::vector<Query> queries;
  for (int i = 0; i < 700; ++i) {
    queries.push_back({.id = std::to_string(i),
                       .names = {synthetic::distort(random, std::string(synthetic::pick(random, parties).caption()))}});
    if (i % 50 == 0) queries.back().birth_dates = {*PartialDate::parse("1970")};
  }
  const Options options;
  std::size_t asked = 0;
  std::size_t answered = 0;
  batch(
      snapshot, options, GetParam(),
      [&](Query& query) {
        EXPECT_TRUE(query.names.empty() && query.birth_dates.empty());  // a clean one each time
        if (asked == queries.size()) return false;
        query = queries[asked++];
        return true;
      },
      [&](const Query& query, const std::vector<Hit>& hits) {
        ASSERT_EQ(query.id, queries[answered].id);
        const auto alone = screen(snapshot, queries[answered], options);
        ASSERT_EQ(ids(hits), ids(alone));
        ++answered;
      });
  EXPECT_EQ(answered, queries.size());
}

INSTANTIATE_TEST_SUITE_P(Threads, Batch, ::testing::Values(0U, 1U, 2U, 5U));

TEST(BatchMemory, ReadsNoFurtherAheadThanItMay) {
  const index::Snapshot snapshot = snapshot_of(synthetic::world(61, 50));
  std::atomic<int> read = 0;
  std::atomic<int> delivered = 0;
  std::atomic<int> furthest = 0;
  batch(
      snapshot, {}, 2,
      [&](Query& query) {
        furthest = std::max(furthest.load(), read.load() - delivered.load());
        query.names = {"Ivan Petrov"};
        return ++read <= 3000;
      },
      [&](const Query&, const std::vector<Hit>&) { ++delivered; });
  EXPECT_EQ(delivered, 3000);
  EXPECT_LE(furthest, 2 * 64 + 2);
}

TEST(BatchMemory, EndsOnNothing) {
  const index::Snapshot snapshot = snapshot_of({});
  batch(snapshot, {}, 3, [](Query&) { return false; }, [](const Query&, const std::vector<Hit>&) { FAIL(); });
}

// A server holds the current world in a shared pointer and swaps it; who is mid-query keeps the old one alive.
TEST(Worlds, AreSwappedUnderLoad) {
  const auto with = [](const char* name) {
    return std::make_shared<const index::Snapshot>(
        snapshot_of({named("w:1", "Person", name), named("w:2", "Person", "Other Man")}));
  };
  std::mutex mutex;
  std::shared_ptr<const index::Snapshot> current = with("Viktor Lukin");
  std::atomic<bool> stop = false;
  std::atomic<int> old_world = 0;
  std::atomic<int> new_world = 0;
  std::vector<std::jthread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      while (!stop) {
        std::shared_ptr<const index::Snapshot> mine;
        {
          const std::scoped_lock lock(mutex);
          mine = current;
        }
        const auto hits = screen(*mine, {.names = {"Viktor Lukin"}}, {});
        // Whole worlds only: the man is there, or he is not.
        if (hits.size() == 1 && hits[0].caption == "Viktor Lukin") ++old_world;
        if (hits.empty()) ++new_world;
        if (hits.size() > 1) stop = true;
      }
    });
  }
  for (int i = 0; i < 20; ++i) {
    while (!stop && old_world < 20 * (i + 1)) std::this_thread::yield();
    auto next = with("Someone Else");
    {
      const std::scoped_lock lock(mutex);
      current = std::move(next);
    }
    while (!stop && new_world < 20 * (i + 1)) std::this_thread::yield();
    next = with("Viktor Lukin");
    const std::scoped_lock lock(mutex);
    current = std::move(next);
  }
  EXPECT_FALSE(stop);
  stop = true;
}

}  // namespace
}  // namespace interdict::screen
