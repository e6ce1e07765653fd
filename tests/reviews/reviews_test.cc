#include "reviews/reviews.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <map>
#include <random>
#include <thread>

namespace interdict::reviews {
namespace {

const Instant noon = *parse_instant("2026-03-02T12:00:00Z");
const Day monday = *parse_day("2026-03-02");

Seen seen_of(const std::string& customer_name, const std::string& listed_name, double score = 0.9) {
  Seen out;
  out.content = content_of({{"name", customer_name}}, {{"name", listed_name}});
  out.score = score;
  out.as_of = monday;
  out.customer_name = customer_name;
  out.caption = listed_name;
  out.query = out.hit = out.world = "{}";
  return out;
}

class ABook : public testing::Test {
 protected:
  ABook() {
    std::string name = (std::filesystem::temp_directory_path() / "reviews_test_XXXXXX").string();
    folder_ = mkdtemp(name.data());
    path_ = folder_ / "store.db.reviews";
  }
  ~ABook() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] Book open() const {
    auto book = Book::open(path_, Book::Mode::write);
    EXPECT_TRUE(book) << book.error().to_string();
    return std::move(*book);
  }
  static Answer decide(Book& book, Decision decision, const Person& by, const Seen& seen = seen_of("Ivan", "IVAN")) {
    auto answer = book.decide("c1", "made_up:1", seen, decision, "another birth year", {}, by, noon);
    EXPECT_TRUE(answer) << answer.error().to_string();
    return std::move(*answer);
  }
  static Standing standing(const Book& book, const Seen& seen, Day today = monday) {
    auto out = book.standing_of("c1", "made_up:1", seen.content, seen.score, seen.as_of, today);
    EXPECT_TRUE(out);
    return std::move(*out);
  }

  std::filesystem::path folder_;
  std::filesystem::path path_;
};

const Person ann{"Ann", ""};
const Person bob{"Bob", ""};

TEST_F(ABook, NeedsASecondPersonForAFalsePositive) {
  Book book = open();
  const Answer decided = decide(book, Decision::false_positive, ann);
  EXPECT_EQ(decided.review.status, Status::pending);
  EXPECT_FALSE(standing(book, seen_of("Ivan", "IVAN")).is_quiet());
  EXPECT_EQ(book.confirm(1, "", {}, {"ANN", ""}, noon)->refusal, Refusal::same_person);
  EXPECT_EQ(book.confirm(1, "", {}, bob, noon)->review.status, Status::false_positive);
  const Standing quiet = standing(book, seen_of("Ivan", "IVAN"));
  EXPECT_TRUE(quiet.is_quiet());
  EXPECT_EQ(quiet.by.name, "Bob");
  EXPECT_EQ(book.confirm(1, "", {}, bob, noon)->refusal, Refusal::not_pending);
  EXPECT_EQ(decide(book, Decision::true_match, bob).refusal, Refusal::already_decided);
}

TEST_F(ABook, TakesOneKeyForOnePerson) {
  Book book = open();
  decide(book, Decision::false_positive, {"Ann", "k1"});
  EXPECT_EQ(book.confirm(1, "", {}, {"Bob", "k1"}, noon)->refusal, Refusal::same_person);
  EXPECT_EQ(book.confirm(1, "", {}, {"Bob", "k2"}, noon)->refusal, Refusal::none);
}

TEST_F(ABook, TakesADecisionBackByRejection) {
  Book book = open();
  decide(book, Decision::false_positive, ann);
  EXPECT_FALSE(book.reject(1, "", bob, noon)) << "without a reason";
  EXPECT_EQ(book.reject(1, "no proof", bob, noon)->review.status, Status::open);
  EXPECT_EQ(book.reject(1, "no proof", bob, noon)->refusal, Refusal::not_pending);
  EXPECT_EQ(decide(book, Decision::true_match, bob).review.status, Status::true_match);
}

TEST_F(ABook, FollowsThePolicyOfTheTimeOfEachDecision) {
  Book book = open();
  decide(book, Decision::false_positive, ann);
  ASSERT_TRUE(book.set_policy({.second_for_false_positive = false}, "one desk", ann, noon));
  EXPECT_EQ(book.review(1)->status, Status::pending) << "asked before the policy changed";
  const auto other = book.decide("c2", "made_up:1", seen_of("I", "J"), Decision::false_positive, "r", {}, ann, noon);
  EXPECT_EQ(other->review.status, Status::false_positive);
  EXPECT_EQ(open().review(2)->status, Status::false_positive) << "replayed";
  EXPECT_FALSE(book.set_policy({.score_rise = 2}, "", ann, noon));
}

TEST_F(ABook, ReopensAndSaysWhatChanged) {
  Book book = open();
  decide(book, Decision::true_match, ann);
  EXPECT_TRUE(standing(book, seen_of("Ivan", "IVAN", 0.95)).is_quiet()) << "no more than the policy's rise";
  EXPECT_THAT(standing(book, seen_of("Ivan", "IVAN", 0.96)).why, testing::ElementsAre("score_rose"));
  EXPECT_THAT(standing(book, seen_of("Iwan", "IVAN")).why, testing::ElementsAre("customer_changed"));
  const Seen changed = seen_of("Ivan", "IVAN PETROV");
  const Standing now = standing(book, changed);
  EXPECT_EQ(now.status, Status::reopened);
  EXPECT_TRUE(now.reopens_now);
  EXPECT_THAT(now.why, testing::ElementsAre("listing_changed"));
  EXPECT_THAT(now.changes, testing::ElementsAre(Difference{true, false, {"name", "IVAN"}},
                                                Difference{true, true, {"name", "IVAN PETROV"}}));
  EXPECT_EQ(book.reopen(now, changed, noon)->review.status, Status::reopened);
  EXPECT_EQ(book.reopen(now, changed, noon)->refusal, Refusal::not_decided) << "another screening was first";
  EXPECT_EQ(book.changes(*book.review(1))->size(), 2U);
  const Standing back = standing(book, seen_of("Ivan", "IVAN"));
  EXPECT_EQ(back.status, Status::reopened) << "a person must look, even if the list takes it back";
  EXPECT_FALSE(back.reopens_now);
  EXPECT_THAT(back.why, testing::ElementsAre("listing_changed"));
  EXPECT_EQ(decide(book, Decision::true_match, bob, changed).review.status, Status::true_match);
  EXPECT_TRUE(standing(book, changed).is_quiet());
  EXPECT_TRUE(book.verify());
}

TEST_F(ABook, VoidsAPendingDecisionWhenWhatItIsAboutChanges) {
  Book book = open();
  decide(book, Decision::false_positive, ann);
  EXPECT_EQ(book.confirm(1, "", Facts{{"name", "IVAN PETROV"}}, bob, noon)->refusal, Refusal::changed);
  const Seen changed = seen_of("Ivan", "IVAN PETROV");
  ASSERT_TRUE(book.reopen(standing(book, changed), changed, noon));
  EXPECT_EQ(book.confirm(1, "", {}, bob, noon)->refusal, Refusal::not_pending);
}

TEST_F(ABook, LooksAgainWhenTheTimeHasCome) {
  Book book = open();
  ASSERT_TRUE(book.set_policy({.again_after_days = 30}, "", ann, noon));
  decide(book, Decision::true_match, ann);
  const Seen same = seen_of("Ivan", "IVAN");
  EXPECT_TRUE(standing(book, same, monday + std::chrono::days{29}).is_quiet());
  EXPECT_THAT(standing(book, same, monday + std::chrono::days{30}).why, testing::ElementsAre("time_is_up"));
}

TEST_F(ABook, ALookIntoThePastChangesNothing) {
  Book book = open();
  decide(book, Decision::true_match, ann);
  Seen before = seen_of("Ivan", "JOHN");
  before.as_of = monday - std::chrono::days{1};
  const Standing then = standing(book, before);
  EXPECT_EQ(then.status, Status::reopened);
  EXPECT_FALSE(then.reopens_now);
}

TEST_F(ABook, TwoAtOnceOneWins) {
  Book first = open();
  Book second = open();  // as another process would have it
  for (int round = 0; round < 20; ++round) {
    std::atomic<int> won{0};
    std::atomic<int> lost{0};
    std::atomic<int> failed{0};
    const std::string customer = fmt::format("c{}", round);
    const auto act = [&](Book& book, const Person& by) {
      auto answer = book.decide(customer, "made_up:1", seen_of("a", "b"), Decision::true_match, "r", {}, by, noon);
      if (!answer) {
        ++failed;
      } else {
        ++(answer->refusal == Refusal::none ? won : answer->refusal == Refusal::already_decided ? lost : failed);
      }
    };
    {
      std::jthread a([&] { act(first, ann); });
      std::jthread b([&] { act(second, bob); });
      std::jthread c([&] { act(first, {"Cy", ""}); });
    }
    EXPECT_EQ(won, 1);
    EXPECT_EQ(lost, 2);
    EXPECT_EQ(failed, 0);
  }
  EXPECT_TRUE(first.verify());
  EXPECT_EQ(first.find({})->size(), 20U);
}

TEST_F(ABook, KeepsWhatItAnsweredWhenKilled) {
  {
    const Book made = open();
  }
  int told[2];
  ASSERT_EQ(pipe(told), 0);
  const pid_t child = fork();
  if (child == 0) {
    auto book = Book::open(path_, Book::Mode::write);
    for (int i = 0; book; ++i) {
      const std::string customer = fmt::format("c{}", i);
      const auto done = book->decide(customer, "l", seen_of("a", "b"), Decision::true_match, "r", {}, ann, noon);
      if (!done || write(told[1], "x", 1) != 1) _exit(1);
    }
    _exit(1);
  }
  close(told[1]);
  char byte = 0;
  std::size_t answered = 0;
  while (answered < 40 && read(told[0], &byte, 1) == 1) ++answered;
  ASSERT_EQ(answered, 40U);
  kill(child, SIGKILL);
  while (read(told[0], &byte, 1) == 1) ++answered;  // what it said before it died
  close(told[0]);
  int state = 0;
  waitpid(child, &state, 0);
  ASSERT_TRUE(WIFSIGNALED(state));
  const Book book = open();
  const auto kept = book.find({.status = Status::true_match});
  ASSERT_TRUE(kept);
  EXPECT_GE(kept->size(), answered);
  EXPECT_LE(kept->size(), answered + 1) << "the one under way";
  EXPECT_TRUE(book.verify());
}

TEST_F(ABook, OnlyGrowsAndFindsWhatWasAltered) {
  {
    Book book = open();
    decide(book, Decision::true_match, ann);
  }
  const auto run = [&](const char* sql) {
    sqlite3* handle = nullptr;
    EXPECT_EQ(sqlite3_open(path_.c_str(), &handle), SQLITE_OK);
    const int code = sqlite3_exec(handle, sql, nullptr, nullptr, nullptr);
    sqlite3_close(handle);
    return code;
  };
  EXPECT_EQ(run("UPDATE event SET by_name = 'Bob'") & 0xff, SQLITE_CONSTRAINT);
  EXPECT_EQ(run("DELETE FROM event") & 0xff, SQLITE_CONSTRAINT);
  EXPECT_EQ(run("DELETE FROM seen") & 0xff, SQLITE_CONSTRAINT);
  EXPECT_TRUE(open().verify());
  ASSERT_EQ(run("DROP TRIGGER seen_stays; UPDATE seen SET listing_facts = replace(listing_facts, 'IVAN', 'JOHN')"),
            SQLITE_OK);
  EXPECT_FALSE(open().verify());
}

TEST_F(ABook, LeavesOtherFilesAlone) {
  std::ofstream(path_) << "not a database, and long enough to be looked at as one, were anyone to try to open it";
  EXPECT_FALSE(Book::open(path_, Book::Mode::write));
  EXPECT_EQ(Book::open(folder_ / "none", Book::Mode::read).error().fault, Fault::not_found);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "none"));
  EXPECT_FALSE(Book::open(folder_, Book::Mode::write));
}

// A plain model, written from docs/reviews.md and not from the code, and random acts on both.

struct Model {
  struct One {
    std::string status = "new";
    std::string decision;
    std::string decider;
    std::string about;  // the listed name decided on
  };
  std::map<int, One> all;
  bool second_fp = true;
  bool second_tm = false;

  std::string decide(int c, const std::string& decision, const std::string& who, const std::string& about) {
    One& one = all[c];
    if (one.status == "pending") return "awaiting_confirmation";
    if (one.status == "false_positive" || one.status == "true_match") return "already_decided";
    one = {((decision == "false_positive") ? second_fp : second_tm) ? "pending" : decision, decision, who, about};
    return "";
  }
  std::string confirm(int c, const std::string& who) {
    One& one = all[c];
    if (one.status != "pending") return "not_pending";
    if (one.decider == who) return "same_person";
    one.status = one.decision;
    return "";
  }
  std::string reject(int c) {
    if (all[c].status != "pending") return "not_pending";
    all[c].status = "open";
    return "";
  }
  std::string reopen(int c) {
    const std::string status = all[c].status;
    if (status != "pending" && status != "false_positive" && status != "true_match") return "not_decided";
    all[c].status = "reopened";
    return "";
  }
  std::string screened(int c, const std::string& about) {
    One& one = all[c];
    const bool stands = one.status == "pending" || one.status == "false_positive" || one.status == "true_match";
    if (stands && one.about != about) one.status = "reopened";
    return one.status;
  }
};

TEST_F(ABook, DoesWhatAPlainModelDoesWhateverTheOrderOfActs) {
  std::mt19937 random(20261124);  // NOLINT: the same acts in every run
  const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const std::vector<Person> people = {ann, bob, {"Cy", ""}};
  const std::vector<std::string> names = {"IVAN", "IVAN PETROV"};
  for (int run = 0; run < 8; ++run) {
    std::filesystem::remove(path_);
    std::filesystem::remove(path_.string() + "-wal");
    std::filesystem::remove(path_.string() + "-shm");
    Book book = open();
    Book other = open();
    Model model;
    std::map<int, std::int64_t> ids;
    for (int step = 0; step < 150; ++step) {
      Book& acting = pick(2) == 0 ? book : other;
      const int c = pick(4);
      const std::string customer = fmt::format("c{}", c);
      const Person& who = people.at(static_cast<std::size_t>(pick(3)));
      const Seen seen = seen_of("x", names.at(static_cast<std::size_t>(pick(2))));
      const int act = pick(7);
      std::string expected;
      Result<Answer> got = Answer{};
      if (act == 0) {
        const Decision decision = pick(2) == 0 ? Decision::false_positive : Decision::true_match;
        expected = model.decide(c, std::string(to_string(decision)), who.name, seen.caption);
        got = acting.decide(customer, "l", seen, decision, "r", {}, who, noon);
        ASSERT_TRUE(got);
        ids[c] = got->review.id;
      } else if (act == 5) {
        const auto now = acting.standing_of(customer, "l", seen.content, seen.score, seen.as_of, monday);
        ASSERT_TRUE(now);
        EXPECT_EQ(to_string(now->status), model.screened(c, seen.caption));
        if (now->reopens_now) {
          ASSERT_TRUE(acting.reopen(*now, seen, noon));
        }
        continue;
      } else if (act == 6) {
        model.second_fp = pick(2) == 0;
        model.second_tm = pick(2) == 0;
        ASSERT_TRUE(acting.set_policy({model.second_fp, model.second_tm, 0.05, 0}, "", who, noon));
        continue;
      } else if (!ids.contains(c)) {
        EXPECT_EQ(acting.confirm(99, "", {}, who, noon).error().fault, Fault::not_found);
        continue;
      } else if (act == 1) {
        expected = model.confirm(c, who.name);
        got = acting.confirm(ids[c], "", {}, who, noon);
      } else if (act == 2) {
        expected = model.reject(c);
        got = acting.reject(ids[c], "r", who, noon);
      } else if (act == 3) {
        expected = model.reopen(c);
        got = acting.reopen(ids[c], "r", who, noon);
      } else {
        got = acting.comment(ids[c], "r", who, noon);
      }
      ASSERT_TRUE(got) << got.error().to_string();
      EXPECT_EQ(to_string(got->refusal), expected) << "run " << run << " step " << step;
      EXPECT_EQ(to_string(got->review.status), model.all[c].status) << "run " << run << " step " << step;
    }
    const Book anew = open();
    EXPECT_TRUE(anew.verify());
    for (const auto& [c, id] : ids) EXPECT_EQ(to_string(anew.review(id)->status), model.all[c].status);
  }
}

// -- contents ---------------------------------------------------------------------------------------------------------

TEST(Content, IsBlindToOrderAndToWhatDoesNotMatter) {
  const Statement name{Prop::name, "Ivan", {}};
  const Statement born{Prop::birth_date, "1961", {}};
  const Statement remark{Prop::notes, "a remark", {}};
  const Statement amended{Prop::amended_date, "2026-01-01", {}};
  EXPECT_EQ(listing_facts("Person", {name, born}), listing_facts("Person", {amended, born, remark, name, name}));
  EXPECT_NE(listing_facts("Person", {name, born}), listing_facts("Company", {name, born}));
  Statement weak = name;
  weak.with(Detail::strength, "weak");
  EXPECT_NE(listing_facts("Person", {name}), listing_facts("Person", {weak}));
  Statement numbered = name;
  numbered.with(Detail::id, "501");
  EXPECT_EQ(listing_facts("Person", {name}), listing_facts("Person", {numbered}));
}

TEST(Content, TellsACustomersFieldsApart) {
  EXPECT_NE(content_of({{"name", "a"}}, {}).hash, content_of({{"alias", "a"}}, {}).hash);
  EXPECT_NE(content_of({{"name", "a"}}, {}).hash, content_of({}, {{"name", "a"}}).hash);
  screen::Query query;
  query.names = {"line\nbreak\tand tab"};
  const Facts facts = customer_facts(query);
  EXPECT_EQ(facts_from(to_text(facts)), facts);
}

}  // namespace
}  // namespace interdict::reviews
