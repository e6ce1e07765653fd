#include "store/store.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "tests/store/lists_of_days.h"

namespace interdict::store {
namespace {

using ::testing::HasSubstr;

Store open(const TemporaryFolder& folder, Store::Mode mode = Store::Mode::write) {
  auto store = Store::open(folder.file(), mode);
  EXPECT_TRUE(store.ok()) << store.error().to_string();
  return std::move(*store);
}

void load_all(Store& store, const std::vector<Publication>& all) {
  for (const Publication& one : all) {
    const auto report = load(store, one);
    ASSERT_TRUE(report.ok()) << report.error().to_string();
  }
}

const std::vector<Publication>& three_days() {
  static const std::vector<Publication> days = {
      {"2022-03-01", {named("1", "Ann"), named("2", "Bob")}},
      {"2022-03-05", {named("1", "Ann"), named("3", "Cyd")}},
      {"2022-03-09", {named("1", "Anna"), named("3", "Cyd")}},
  };
  return days;
}

TEST(Store, AnswersEachDayFromTheRecord) {
  const TemporaryFolder folder;
  Store store = open(folder);
  load_all(store, three_days());
  EXPECT_EQ(listed_on(store, "2022-02-28"), "");
  EXPECT_EQ(listed_on(store, "2022-03-01"), "1 listed Ann; 2 listed Bob");
  EXPECT_EQ(listed_on(store, "2022-03-02"), "1 listed Ann; 2 removed_in_gap Bob; 3 added_in_gap Cyd");
  EXPECT_EQ(listed_on(store, "2022-03-05"), "1 listed Ann; 3 listed Cyd");
  EXPECT_EQ(listed_on(store, "2022-03-08"), "1 listed Ann; 3 listed Cyd");
  EXPECT_EQ(listed_on(store, "2022-03-09"), "1 listed Anna; 3 listed Cyd");
  EXPECT_EQ(listed_on(store, "2022-03-10"), "1 last_known Anna; 3 last_known Cyd");
  // What was published after the moment of knowing does not exist.
  EXPECT_EQ(listed_on(store, "2022-03-10", "2022-03-04"), "1 last_known Ann; 2 last_known Bob");
  EXPECT_EQ(listed_on(store, "2022-03-10", "2022-02-01"), "");
  EXPECT_TRUE(store.verify().ok());
}

TEST(Store, FindAnswersAsEachDoes) {
  const TemporaryFolder folder;
  Store store = open(folder);
  load_all(store, three_days());
  const auto gone = store.find("xx_list:2", on("2022-03-02"));
  ASSERT_TRUE(gone.ok() && gone->has_value());
  EXPECT_EQ(gone->value().standing, Standing::removed_in_gap);
  EXPECT_EQ(gone->value().party.caption(), "Bob");
  EXPECT_FALSE(store.find("xx_list:2", on("2022-03-05"))->has_value());
  EXPECT_FALSE(store.find("xx_list:99", on("2022-03-05"))->has_value());
  EXPECT_EQ(store.find("zz_list:1", on("2022-03-05")).error().fault, Fault::not_found);
  EXPECT_EQ(store.find("nothing", on("2022-03-05")).error().fault, Fault::bad_usage);
}

TEST(Store, CoverageSaysWhatADayCanKnow) {
  const TemporaryFolder folder;
  Store store = open(folder);
  load_all(
      store,
      {{"2022-03-01T10:00", {named("1", "Ann")}}, {"2022-03-05T23:59:59", {named("1", "Ann")}}, {"2022-03-09", {}}});
  const auto at = [&](const std::string& day) { return store.coverage(on(day))->at(0).coverage; };
  EXPECT_EQ(at("2022-02-28"), Coverage::not_covered);
  EXPECT_EQ(at("2022-03-01"), Coverage::covered);
  EXPECT_EQ(at("2022-03-03"), Coverage::covered);  // nothing differs between the versions around it
  EXPECT_EQ(at("2022-03-05"), Coverage::covered);
  EXPECT_EQ(at("2022-03-06"), Coverage::in_gap);
  EXPECT_EQ(at("2022-03-09"), Coverage::covered);
  EXPECT_EQ(at("2022-03-10"), Coverage::last_known);
  EXPECT_EQ(listed_on(store, "2022-03-09"), "");
}

TEST(Store, AListingDateSettlesAnAdditionInAGap) {
  const TemporaryFolder folder;
  Store store = open(folder);
  const auto dated = [](const std::string& id, const std::string& date) {
    return record(id, {said(Prop::name, "X"), said(Prop::listing_date, date)});
  };
  load_all(store, {{"2022-03-01", {named("0", "Zoe")}},
                   {"2022-03-09",
                    {named("0", "Zoe"), dated("1", "2022-03-04"), dated("2", "2022-03-05"), dated("3", "2022-03-06"),
                     dated("4", "2022-03"), dated("5", "soon")}}});
  EXPECT_EQ(listed_on(store, "2022-03-05"),
            "0 listed Zoe; 1 listed X 2022-03-04; 2 listed X 2022-03-05; 4 added_in_gap X 2022-03; "
            "5 added_in_gap X soon");
}

TEST(Store, APartNotSuppliedIsCarriedForward) {
  const TemporaryFolder folder;
  Store store = open(folder);
  const auto alias = [](const std::string& id, const std::string& name) {
    return record(id, {said(Prop::alias, name)}, Part::aliases);
  };
  load_all(store, {{"2022-03-01", {named("1", "Ann"), alias("1", "Annie")}, {true, true, false, false}},
                   {"2022-03-05", {named("1", "Ann")}},
                   {"2022-03-09", {named("1", "Ann")}, {true, true, false, false}}});
  EXPECT_EQ(listed_on(store, "2022-03-05"), "1 listed Ann Annie");
  EXPECT_EQ(listed_on(store, "2022-03-09"), "1 listed Ann");
  const auto coverage = store.coverage(on("2022-03-05"));
  EXPECT_EQ(coverage->at(0).supplied.at(0), parse_instant("2022-03-05"));
  EXPECT_EQ(coverage->at(0).supplied.at(1), parse_instant("2022-03-01"));
  EXPECT_FALSE(coverage->at(0).supplied.at(2));
  const auto versions = store.versions();
  EXPECT_EQ(versions->at(1).changed, 0U);
  EXPECT_EQ(versions->at(2).changed, 1U);
}

TEST(Store, RecordsOfOneIdAndPartAreJoined) {
  const TemporaryFolder folder;
  Store store = open(folder);
  load_all(store, {{"2022-03-01",
                    {named("1", "Ann"), record("1", {said(Prop::alias, "A")}), named("2", "Bob"),
                     record("1", {said(Prop::alias, "B")})}}});
  EXPECT_EQ(listed_on(store, "2022-03-01"), "1 listed Ann A B; 2 listed Bob");
  EXPECT_THAT(dump(folder.file()), Not(HasSubstr(R"(["alias","A"]]})")));  // what it was before the last row is gone
  EXPECT_TRUE(store.verify().ok());
}

TEST(Store, ChangesAreFieldByField) {
  const TemporaryFolder folder;
  Store store = open(folder);
  load_all(store, three_days());
  const auto versions = store.versions("xx_list");
  const auto second = store.changes(versions->at(1).id);
  ASSERT_EQ(second->size(), 2U);
  EXPECT_EQ(second->at(0).kind, Change::Kind::party_removed);
  EXPECT_EQ(second->at(0).listing, "xx_list:2");
  EXPECT_EQ(second->at(1).kind, Change::Kind::party_added);
  const auto third = store.changes(versions->at(2).id);
  ASSERT_EQ(third->size(), 2U);
  EXPECT_EQ(third->at(0).statement.value, "Ann");
  EXPECT_EQ(third->at(0).kind, Change::Kind::statement_removed);
  EXPECT_EQ(third->at(1).statement.value, "Anna");
  EXPECT_EQ(store.history("xx_list:1")->size(), 2U);
  EXPECT_EQ(store.history("xx_list:2")->at(1).id, versions->at(1).id);
}

TEST(Store, AMereOrderIsKeptButIsNoChange) {
  const TemporaryFolder folder;
  Store store = open(folder);
  load_all(store, {{"2022-03-01", {record("1", {said(Prop::name, "A"), said(Prop::alias, "B")})}},
                   {"2022-03-05", {record("1", {said(Prop::alias, "B"), said(Prop::name, "A")})}}});
  EXPECT_EQ(listed_on(store, "2022-03-05"), "1 listed B A");
  EXPECT_EQ(store.versions()->at(1).changed, 0U);
  EXPECT_TRUE(store.changes(store.versions()->at(1).id)->empty());
}

// Random versions, parts supplied at random, equal times included.
std::vector<Publication> random_publications(std::mt19937& random) {
  const auto upto = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  std::vector<Publication> all;
  for (int i = 0; i < 9; ++i) {
    Publication one{"2022-03-0" + std::to_string(1 + upto(5)), {}, {upto(4) > 0, upto(2) > 0, false, false}};
    one.supplied.at(2) = !one.supplied.at(0) && !one.supplied.at(1);
    one.published += "T00:00:0" + std::to_string(i / 2);  // some share a time, no two a hash
    one.published += "." + std::to_string(i);
    for (std::size_t part = 0; part < 3; ++part) {
      for (int id = 0; one.supplied.at(part) && id < 6; ++id) {
        if (upto(3) == 0) continue;
        one.records.push_back(record(std::to_string(id),
                                     {said(Prop::name, std::string(1, static_cast<char>('a' + upto(3))))},
                                     static_cast<Part>(part)));
      }
    }
    all.push_back(std::move(one));
  }
  return all;
}

// Every order of loading gives the same content.
TEST(Store, TheOrderOfLoadingDoesNotMatter) {
  std::mt19937 random(20220301);
  for (int round = 0; round < 12; ++round) {
    std::vector<Publication> all = random_publications(random);
    std::string expected;
    for (int order = 0; order < 6; ++order) {
      const TemporaryFolder folder;
      Store store = open(folder);
      load_all(store, all);
      const auto sound = store.verify();
      ASSERT_TRUE(sound.ok()) << sound.error().to_string();
      const std::string content = dump(folder.file());
      if (order == 0) expected = content;
      ASSERT_EQ(content, expected) << "round " << round << ", order " << order;
      std::shuffle(all.begin(), all.end(), random);
    }
  }
}

// What was answered before later loads, of later or earlier days, can be answered again.
TEST(Store, AnswersAgainAsItStoodAfterAnyLoad) {
  std::mt19937 random(20220302);
  const auto answers = [](const Store& store, std::optional<std::int64_t> loaded_to) {
    std::string out;
    for (int day = 1; day < 8; ++day) {
      World world = on("2022-03-0" + std::to_string(day));
      world.loaded_to = loaded_to;
      const auto coverage = store.coverage(world);
      for (const SourceCoverage& one : *coverage) {
        out += one.source + " " + to_string(one.coverage) + (one.version ? one.version->info.hash : "") +
               (one.next ? one.next->info.hash : "");
        for (const auto& supplied : one.supplied) out += supplied ? " " + interdict::to_string(*supplied) : " -";
        out += "\n";
        const auto done = store.each(one.source, world, [&](const Listed& listed) -> Result<void> {
          out += listed.party.id + " " + to_string(listed.standing);
          for (const Statement& statement : listed.party.statements) out += " " + statement.value;
          out += (*store.find(listed.party.id, world))->party.statements == listed.party.statements ? "\n" : "differs";
          return {};
        });
        EXPECT_TRUE(done.ok());
        const auto told = store.each_span(
            one.source, world, [&](const std::string& listing, Instant first, Instant changed, Instant last) {
              out += fmt::format("{} {} {} {}\n", listing, interdict::to_string(first), interdict::to_string(changed),
                                 interdict::to_string(last));
            });
        EXPECT_TRUE(told.ok());
      }
    }
    return out;
  };
  for (int round = 0; round < 12; ++round) {
    std::vector<Publication> all = random_publications(random);
    all.back().source = "yy_list";  // a source that comes late, too
    std::shuffle(all.begin(), all.end(), random);
    const TemporaryFolder folder;
    Store store = open(folder);
    std::map<std::int64_t, std::string> then;
    for (const Publication& one : all) {
      ASSERT_TRUE(load(store, one).ok());
      then[*store.last_load()] = answers(store, {});
    }
    for (const auto& [loaded_to, answer] : then) ASSERT_EQ(answers(store, loaded_to), answer) << "round " << round;
  }
}

TEST(Store, TheSameVersionAgainWritesNothing) {
  const TemporaryFolder folder;
  Store store = open(folder);
  load_all(store, three_days());
  const std::string before = dump(folder.file());
  const auto again = load(store, three_days().at(1));
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(again->already_loaded);
  EXPECT_EQ(again->version.added, 1U);
  EXPECT_EQ(dump(folder.file()), before);
}

TEST(Store, ALoadNotCommittedLeavesNoTrace) {
  const TemporaryFolder folder;
  Store store = open(folder);
  load_all(store, three_days());
  const std::string before = dump(folder.file());
  {
    auto dropped = store.begin("xx_list");
    ASSERT_TRUE(dropped.ok());
    ASSERT_TRUE(dropped->add(named("9", "Nobody")).ok());
  }
  EXPECT_EQ(dump(folder.file()), before);
}

std::string told(const Store& store, const std::string& from, const std::string& to,
                 std::optional<std::int64_t> loaded_to = {}, const std::string& known_at = {}) {
  World world = on(to, known_at);
  world.loaded_to = loaded_to;
  std::string out;
  const auto between = store.between("xx_list", *parse_day(from), world, [&](PartyChange&& party) {
    if (!out.empty()) out += "; ";
    out += std::string(to_string(party.kind)) + " " + party.listing.substr(8) + " " + party.caption;
    for (const Statement& statement : party.went) out += " -" + statement.value;
    for (const Statement& statement : party.came) out += " +" + statement.value;
  });
  EXPECT_TRUE(between.ok());
  return out;
}

TEST(Store, TellsWhatChangedBetweenTwoDays) {
  const TemporaryFolder folder;
  Store store = open(folder);
  ASSERT_TRUE(load(store, {"2022-03-01", {named("1", "Ann"), named("2", "Bob"), named("4", "Dan")}}).ok());
  // Cyd comes and goes in between; Dan goes and comes back as he was: neither is a difference over the whole span.
  ASSERT_TRUE(load(store, {"2022-03-10", {named("1", "Anna"), named("2", "Bob"), named("3", "Cyd")}}).ok());
  ASSERT_TRUE(load(store, {"2022-03-20", {named("1", "Anne"), named("4", "Dan"), named("5", "Eve")}}).ok());
  EXPECT_EQ(told(store, "2022-03-01", "2022-03-31"), "changed 1 Anne -Ann +Anne; removed 2 Bob -Bob; added 5 Eve +Eve");
  EXPECT_EQ(told(store, "2022-03-05", "2022-03-10"), "changed 1 Anna -Ann +Anna; added 3 Cyd +Cyd; removed 4 Dan -Dan");
  EXPECT_EQ(told(store, "2022-03-10", "2022-03-19"), "") << "one version answers for both days";
  EXPECT_EQ(told(store, "2020-01-01", "2022-03-12"), told(store, "2022-03-01", "2022-03-12"))
      << "the first version stands in for what was before it: its parties did not come then";
  EXPECT_EQ(told(store, "2020-01-01", "2020-02-01"), "");
  EXPECT_EQ(told(store, "2022-03-01", "2022-03-31", {}, "2022-03-15T00:00:00Z"),
            told(store, "2022-03-01", "2022-03-12"));
  const auto before = store.between("xx_list", *parse_day("2020-01-01"), on("2020-02-01"), [](PartyChange&&) {});
  ASSERT_TRUE(before.ok());
  EXPECT_FALSE(before->to);
  EXPECT_EQ(before->versions.size(), 3U);
  EXPECT_FALSE(store.between("none", *parse_day("2020-01-01"), on("2020-02-01"), [](PartyChange&&) {}).ok());
}

TEST(Store, TellsChangesAsTheyWereToldBeforeALaterLoad) {
  const TemporaryFolder folder;
  Store store = open(folder);
  ASSERT_TRUE(load(store, {"2022-03-01", {named("1", "Ann"), named("2", "Bob")}}).ok());
  ASSERT_TRUE(load(store, {"2022-03-20", {named("1", "Anne"), named("2", "Bob")}}).ok());
  const auto then = store.last_load();
  ASSERT_TRUE(then.ok());
  const std::string was = told(store, "2022-03-01", "2022-03-31", *then);
  EXPECT_EQ(was, "changed 1 Anne -Ann +Anne");
  // The same "Anne" is now said by a version between the two, so the last one has no row of its own for it.
  ASSERT_TRUE(load(store, {"2022-03-10", {named("1", "Anne")}}).ok());
  EXPECT_EQ(told(store, "2022-03-01", "2022-03-31", *then), was);
  EXPECT_EQ(told(store, "2022-03-10", "2022-03-31"), "added 2 Bob +Bob");
  World world = on("2022-03-31");
  world.loaded_to = *then;
  const auto between = store.between("xx_list", *parse_day("2022-03-01"), world, [](PartyChange&&) {});
  ASSERT_TRUE(between.ok());
  ASSERT_EQ(between->versions.size(), 2U);
  EXPECT_EQ(between->versions.back().changed, 1U) << "counted against the version known then, not the hidden one";
}

TEST(Store, ASecondLoadIsRefusedAtOnceAndReadersGoOn) {
  const TemporaryFolder folder;
  Store store = open(folder);
  load_all(store, three_days());
  auto first = store.begin("xx_list");
  ASSERT_TRUE(first.ok());
  const auto second = store.begin("yy_list");
  ASSERT_FALSE(second.ok());
  EXPECT_THAT(second.error().message, HasSubstr("another program is writing the store"));
  const Store reader = open(folder, Store::Mode::read);
  EXPECT_EQ(listed_on(reader, "2022-03-05"), "1 listed Ann; 3 listed Cyd");
}

TEST(Store, RefusesWhatAVersionCannotBe) {
  const TemporaryFolder folder;
  Store store = open(folder);
  const auto stray = load(store, {"2022-03-01", {record("1", {}, Part::aliases)}});
  ASSERT_FALSE(stray.ok());
  EXPECT_EQ(stray.error().fault, Fault::inconsistent);
  EXPECT_EQ(stray.error().place.record, "1");
  EXPECT_FALSE(load(store, {"2022-03-01", {}, {}}).ok());
  EXPECT_FALSE(load(store, {"2022-03-01", {named("", "Nameless")}}).ok());
  EXPECT_FALSE(load(store, {"2022-03-01", {named("1", "broken \xff")}}).ok());
  EXPECT_TRUE(store.versions()->empty());
}

TEST(Store, RefusesFilesThatAreNoStore) {
  const TemporaryFolder folder;
  EXPECT_EQ(Store::open(folder.file(), Store::Mode::read).error().fault, Fault::not_found);
  std::ofstream(folder.file("text")) << std::string(5000, 'x');
  EXPECT_THAT(Store::open(folder.file("text"), Store::Mode::write).error().message, HasSubstr("no interdict store"));
  EXPECT_FALSE(Store::open(folder.file("."), Store::Mode::write).ok());
  EXPECT_FALSE(Store::open(folder.file("absent/store.db"), Store::Mode::write).ok());
  open(folder);
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(folder.file().c_str(), &database), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(database, "PRAGMA user_version=7", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(database);
  EXPECT_THAT(Store::open(folder.file(), Store::Mode::read).error().message, HasSubstr("schema version 7"));
}

TEST(Store, VerifyFindsWhatWasTamperedWith) {
  for (const char* harm : {"UPDATE record SET json = replace(json, 'Ann', 'Eve')", "UPDATE version SET entries = 7",
                           "DELETE FROM change WHERE listing = '3'"}) {
    const TemporaryFolder folder;
    Store store = open(folder);
    load_all(store, three_days());
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(folder.file().c_str(), &database), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(database, harm, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
    EXPECT_FALSE(store.verify().ok()) << harm;
  }
}

}  // namespace
}  // namespace interdict::store
