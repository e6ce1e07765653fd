#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <future>
#include <sstream>
#include <thread>

#include "audit/trail.h"
#include "audit/writer.h"
#include "store/sqlite.h"

namespace interdict::audit {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using Kind = Flaw::Kind;

constexpr Instant noon{std::chrono::seconds{1'700'000'000}};
constexpr const char* somebody = "Zebulon Quixworthy";

Answered answered(int i) {
  Answered out;
  out.at = noon + std::chrono::seconds{i};
  out.request_id = "r" + std::to_string(i);
  out.key = "local";
  out.caller = "this machine";
  out.role = "administer";
  out.operation = i % 3 == 0 ? "screen" : "match";
  out.replayable = i % 2 == 0;
  out.method = "POST";
  out.target = "/match/default?i=" + std::to_string(i);
  out.origin = "http://127.0.0.1";
  out.body = std::string("{\"name\":\"") + somebody + "\"}";
  out.world = i < 5 ? "{\"as_of\":\"2023-11-14\"}" : "{\"as_of\":\"2023-11-15\"}";
  if (i % 4 == 0) out.reviews = i;
  out.status = 200;
  out.type = "application/json";
  out.answer = std::string("{\"\0\xff\":", 6) + std::to_string(i) + "}";
  return out;
}

/// Waits for the writer's word.
Result<std::int64_t> kept(Writer& writer, Answered what) {
  std::promise<Result<std::int64_t>> said;
  auto hears = said.get_future();
  writer.keep(std::move(what), [&](const Result<std::int64_t>& number) { said.set_value(number); });
  return hears.get();
}

class Trails : public testing::Test {
 protected:
  Trails() {
    std::string name = (fs::temp_directory_path() / "audit_test_XXXXXX").string();
    folder_ = mkdtemp(name.data());
    path_ = folder_ / "a.audit";
  }
  ~Trails() override { fs::remove_all(folder_); }

  void write(int count) {
    auto writer = Writer::open(path_);
    ASSERT_TRUE(writer) << writer.error().to_string();
    for (int i = 1; i <= count; ++i) {
      const auto number = kept(**writer, answered(i));
      ASSERT_TRUE(number) << number.error().to_string();
      ASSERT_EQ(*number, i);
    }
  }
  /// As somebody who has the file and SQLite.
  void tamper(const std::string& sql) {
    auto database = store::Database::open(path_, SQLITE_OPEN_READWRITE, "trail");
    ASSERT_TRUE(database);
    const std::string all = "DROP TRIGGER IF EXISTS record_is_kept; DROP TRIGGER IF EXISTS record_stays; " + sql;
    const auto done = database->run(all.c_str());
    ASSERT_TRUE(done) << done.error().to_string();
  }
  Verified verified(const std::optional<Head>& known = {}) {
    auto trail = Trail::open(path_);
    EXPECT_TRUE(trail) << trail.error().to_string();
    auto out = trail->verify(known);
    EXPECT_TRUE(out) << out.error().to_string();
    return *out;
  }
  /// "7 edited", or "sound".
  std::string flaw(const std::optional<Head>& known = {}) {
    const Verified out = verified(known);
    return out.flaw ? std::to_string(out.flaw->number) + " " + to_string(out.flaw->kind) : "sound";
  }
  std::string bytes() {
    std::ostringstream out;
    for (const auto& entry : fs::directory_iterator(folder_)) {
      out << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    }
    return std::move(out).str();
  }

  fs::path folder_;
  fs::path path_;
};

TEST_F(Trails, GiveBackWhatWasKept) {
  write(8);
  EXPECT_EQ(flaw(), "sound");
  EXPECT_EQ(verified().head.number, 8);
  auto trail = Trail::open(path_);
  const auto record = trail->record(4);
  ASSERT_TRUE(record);
  const Answered was = answered(4);
  const Answered& is = record->content->what;
  EXPECT_EQ(record->at, was.at);
  EXPECT_EQ(is.request_id, was.request_id);
  EXPECT_EQ(is.operation, was.operation);
  EXPECT_EQ(is.replayable, was.replayable);
  EXPECT_EQ(is.target, was.target);
  EXPECT_EQ(is.origin, was.origin);
  EXPECT_EQ(is.body, was.body);
  EXPECT_EQ(is.reviews, 4);
  EXPECT_EQ(is.status, 200U);
  EXPECT_EQ(is.answer, was.answer);
  EXPECT_EQ(*trail->text(is.world), was.world);
  EXPECT_THAT(trail->record(9).error().message, HasSubstr("no record 9: the trail ends at record 8"));
}

TEST_F(Trails, AreListedByWhoAndWhatAndWhen) {
  write(9);
  auto trail = Trail::open(path_);
  const auto numbers = [&](const Filter& filter) {
    std::vector<std::int64_t> out;
    EXPECT_TRUE(trail->each(filter, [&](const Record& record) {
      out.push_back(record.number);
      return true;
    }));
    return out;
  };
  EXPECT_THAT(numbers({}), testing::SizeIs(9));
  EXPECT_THAT(numbers({.limit = 2}), testing::ElementsAre(8, 9));
  EXPECT_THAT(numbers({.operation = "screen"}), testing::ElementsAre(3, 6, 9));
  EXPECT_THAT(numbers({.operation = "screen", .limit = 2}), testing::ElementsAre(6, 9));
  EXPECT_THAT(numbers({.replayable = true}), testing::ElementsAre(2, 4, 6, 8));
  EXPECT_THAT(numbers({.since = noon + std::chrono::seconds{4}, .until = noon + std::chrono::seconds{6}}),
              testing::ElementsAre(4, 5));
  EXPECT_THAT(numbers({.caller = "local"}), testing::SizeIs(9));
  EXPECT_THAT(numbers({.caller = "nobody"}), testing::IsEmpty());
}

TEST_F(Trails, AreForTheirOwnerOnly) {
  write(1);
  for (const auto& entry : fs::directory_iterator(folder_)) {
    EXPECT_EQ(entry.status().permissions() & fs::perms::all, fs::perms::owner_read | fs::perms::owner_write)
        << entry.path();
  }
}

TEST_F(Trails, ShowAnEditOfAnyColumn) {
  write(7);
  std::vector<std::string> columns;
  {
    auto database = store::Database::open(path_, SQLITE_OPEN_READWRITE, "trail");
    store::Query query(*database, "SELECT name FROM pragma_table_info('record')");
    while (query.next()) columns.emplace_back(query.text(0));
  }
  ASSERT_EQ(columns.size(), 21U);
  const fs::path sound = folder_ / "sound";
  fs::copy_file(path_, sound);
  for (const std::string& column : columns) {
    if (column == "number") continue;  // the order, below
    for (const char* change : {"CASE typeof({}) WHEN 'integer' THEN {} + 1 WHEN 'null' THEN 5 WHEN 'text' THEN {} || "
                               "'x' ELSE CAST({} || x'00' AS BLOB) END",
                               "CASE typeof({}) WHEN 'integer' THEN {} + 4294967296 WHEN 'null' THEN 0 WHEN 'text' "
                               "THEN '' ELSE x'' END"}) {
      std::string value = change;
      for (std::size_t at = 0; (at = value.find("{}")) != std::string::npos;) value.replace(at, 2, column);
      fs::copy_file(sound, path_, fs::copy_options::overwrite_existing);
      tamper("UPDATE record SET " + column + " = " + value + " WHERE number = 5");
      EXPECT_EQ(flaw(), "5 edited") << column << " = " << value;
    }
  }
  fs::copy_file(sound, path_, fs::copy_options::overwrite_existing);
  EXPECT_EQ(flaw(), "sound");
}

TEST_F(Trails, ShowARecordRemovedOrMoved) {
  write(9);
  const Head end = verified().head;
  const fs::path sound = folder_ / "sound";
  fs::copy_file(path_, sound);
  const auto after = [&](const std::string& sql, const std::optional<Head>& known = {}) {
    fs::copy_file(sound, path_, fs::copy_options::overwrite_existing);
    tamper(sql);
    return flaw(known);
  };
  EXPECT_EQ(after("DELETE FROM record WHERE number = 4"), "4 missing");
  EXPECT_EQ(after("DELETE FROM record WHERE number IN (4, 5)"), "4 missing");
  EXPECT_EQ(after("DELETE FROM record WHERE number = 1"), "1 missing");
  EXPECT_EQ(after("DELETE FROM record WHERE number = 4; UPDATE record SET number = number - 1 WHERE number > 4"),
            "4 missing");
  EXPECT_EQ(after("UPDATE record SET number = 100 WHERE number = 3; UPDATE record SET number = 3 WHERE number = 6; "
                  "UPDATE record SET number = 6 WHERE number = 100"),
            "3 out_of_order");
  EXPECT_EQ(after("UPDATE record SET number = 20 WHERE number = 9"), "20 out_of_order");
  EXPECT_EQ(after("DELETE FROM record WHERE number > 7"), "8 cut_short");
  EXPECT_EQ(after("DELETE FROM record"), "1 cut_short");
  // Whoever also mends what the trail says of its end is found out by a head kept elsewhere, and only by that.
  const std::string cut =
      "DELETE FROM record WHERE number > 7; UPDATE head SET number = 7, hash = (SELECT hash FROM record WHERE number = "
      "7)";
  EXPECT_EQ(after(cut), "sound");
  EXPECT_EQ(after(cut, end), "8 cut_short");
  Head other = end;
  other.hash[0] = static_cast<char>(other.hash[0] ^ 1);
  EXPECT_EQ(after("SELECT 1", other), "9 another");
  EXPECT_EQ(after("SELECT 1", end), "sound");
  EXPECT_EQ(after("UPDATE text SET value = replace(value, '2023', '2022')"), "1 text_edited");
  EXPECT_EQ(after("DELETE FROM text"), "1 text_edited");
}

TEST_F(Trails, ShowAWholeChainMadeAnewOnlyToWhoKeptAHead) {
  write(5);
  const Head end = verified().head;
  fs::remove_all(folder_);
  fs::create_directory(folder_);
  write(5);  // other nonces, so other hashes, as of other records
  EXPECT_EQ(flaw(), "sound");
  EXPECT_EQ(flaw(end), "5 another");
}

TEST_F(Trails, GoOnWhereTheyEnded) {
  write(3);
  auto writer = Writer::open(path_);
  ASSERT_TRUE(writer);
  EXPECT_EQ((*writer)->head().number, 3);
  EXPECT_EQ(*kept(**writer, answered(4)), 4);
  EXPECT_EQ(flaw(), "sound");
  EXPECT_EQ(parse_head(to_string((*writer)->head())), (*writer)->head());
}

TEST_F(Trails, TakeSeveralWritersAtOnce) {
  constexpr int each = 60;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      auto writer = Writer::open(path_);
      ASSERT_TRUE(writer) << writer.error().to_string();
      std::atomic<int> good = 0;
      for (int j = 0; j < each; ++j) {
        (*writer)->keep(answered(j), [&](const Result<std::int64_t>& number) { good += number.ok(); });
        if (j % 10 == 0) {
          EXPECT_TRUE((*writer)->hold("a case " + std::to_string(j)));
        }
      }
      writer->reset();  // what waits is written first
      EXPECT_EQ(good, each);
    });
  }
  threads.clear();
  EXPECT_EQ(flaw(), "sound");
  EXPECT_EQ(verified().head.number, 3 * each);
}

TEST_F(Trails, SayWhenARecordCouldNotBeKept) {
  write(4);
  auto writer = Writer::open(path_);
  ASSERT_TRUE(writer);
  ASSERT_TRUE(kept(**writer, answered(5)));
  tamper("DELETE FROM record WHERE number = 5");
  const auto refused = kept(**writer, answered(6));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::inconsistent);
  EXPECT_EQ(verified().head.number, 4);  // nothing was written after it
  writer->reset();
  const auto again = Writer::open(path_);
  ASSERT_FALSE(again);
  EXPECT_THAT(again.error().message, HasSubstr("ends at record 4, but was written up to record 5"));
}

TEST_F(Trails, HoldWholeRecordsWhateverMomentTheWriterDies) {
  int said[2];
  ASSERT_EQ(pipe(said), 0);
  const pid_t child = fork();
  if (child == 0) {
    close(said[0]);
    auto writer = Writer::open(path_);
    if (!writer) _exit(1);
    for (int i = 1;; ++i) {
      (*writer)->keep(answered(i), [&](const Result<std::int64_t>& number) {
        const std::int64_t told = number ? *number : -1;
        if (::write(said[1], &told, sizeof told) != sizeof told) _exit(1);
      });
      if (i % 7 == 0) usleep(200);
    }
  }
  close(said[1]);
  std::int64_t last = 0;
  std::int64_t told = 0;
  for (int i = 0; i < 200 && read(said[0], &told, sizeof told) == sizeof told; ++i) last = told;
  kill(child, SIGKILL);
  while (read(said[0], &told, sizeof told) == sizeof told) last = told;
  close(said[0]);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_GE(last, 200);
  EXPECT_EQ(flaw(), "sound");
  EXPECT_GE(verified().head.number, last);  // what was said to be kept is there
}

TEST_F(Trails, ArePrunedAndVerifiedAsBefore) {
  write(8);
  const Head end = verified().head;
  EXPECT_THAT(bytes(), HasSubstr(somebody));
  auto trail = Trail::open(path_);
  EXPECT_EQ(trail->prune(noon + std::chrono::hours{48}, "me", noon).error().fault, Fault::bad_usage);
  EXPECT_EQ(*trail->prune(noon + std::chrono::seconds{6}, "me", noon + std::chrono::hours{1}), 5);
  EXPECT_EQ(flaw(end), "sound");
  EXPECT_EQ(verified().pruned, 5);
  EXPECT_EQ(verified().head.number, 9);  // the prune is a record
  EXPECT_FALSE(trail->record(5)->content);
  EXPECT_EQ(trail->record(5)->at, answered(5).at);
  EXPECT_TRUE(trail->record(6)->content);
  EXPECT_EQ(trail->record(9)->content->what.caller, "me");
  EXPECT_EQ(*trail->prune(noon + std::chrono::seconds{6}, "me", noon + std::chrono::hours{2}), 0);
  EXPECT_EQ(verified().head.number, 9);
  // All of it, the first prune too.
  EXPECT_EQ(*trail->prune(noon + std::chrono::hours{2}, "me", noon + std::chrono::hours{3}), 4);
  EXPECT_THAT(bytes(), testing::Not(HasSubstr(somebody)));
  EXPECT_EQ(flaw(end), "sound");
  EXPECT_EQ(verified().pruned, 9);
}

TEST_F(Trails, AreNotEmptiedWithoutAPrune) {
  const std::string empty =
      "UPDATE record SET nonce = NULL, request_id = NULL, key = NULL, caller = NULL, role = NULL, operation = NULL, "
      "replayable = NULL, method = NULL, target = NULL, origin = NULL, body = NULL, world = NULL, reviews = NULL, "
      "status = NULL, type = NULL, answer = NULL WHERE number = ";
  write(6);
  auto trail = Trail::open(path_);
  ASSERT_TRUE(trail->prune(noon + std::chrono::seconds{3}, "me", noon + std::chrono::hours{1}));
  tamper(empty + "5");
  EXPECT_EQ(flaw(), "5 emptied");
  const auto refused = trail->prune(noon + std::chrono::seconds{9}, "me", noon + std::chrono::hours{1});
  ASSERT_FALSE(refused);  // evidence stays
  EXPECT_THAT(refused.error().message, HasSubstr("record 5"));
}

TEST_F(Trails, AreToldFromOtherFiles) {
  EXPECT_EQ(Trail::open(path_).error().fault, Fault::not_found);
  std::ofstream(path_)
      << "Some text, long enough to be taken for the header of a database, which it is not. Some text.";
  EXPECT_EQ(Writer::open(path_).error().fault, Fault::bad_input);
  EXPECT_THAT(bytes(), HasSubstr("Some text"));
}

TEST(Heads, AreReadStrictly) {
  const std::string digits(64, 'a');
  EXPECT_TRUE(parse_head("7:" + digits));
  for (const std::string& text : {std::string("7"), ":" + digits, "7:" + digits + "a", "-7:" + digits, "x:" + digits,
                                  "7:" + std::string(64, 'g'), "7 " + digits, std::string()}) {
    EXPECT_FALSE(parse_head(text)) << text;
  }
}

}  // namespace
}  // namespace interdict::audit
