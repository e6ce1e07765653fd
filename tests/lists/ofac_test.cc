// The OFAC readers on fixtures written for this test, on broken files, and on the real lists where they are at hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "lists/lists.h"
#include "lists/ofac_items.h"
#include "tests/lists/collect.h"

namespace interdict::lists {
namespace {

namespace fs = std::filesystem;

// "part prop value" of one party.
std::set<std::string> said(const Collect& sink, std::string_view id) {
  std::set<std::string> out;
  for (const Record& record : sink.records) {
    if (record.id != id) continue;
    for (const Statement& s : record.statements) {
      out.insert(std::string(to_string(record.part)) + " " + std::string(to_string(s.prop)) + " " + s.value);
    }
  }
  return out;
}

Result<ReadSummary> read_all(const fs::path& path, Collect& sink) {
  const std::vector<fs::path> paths = {path};
  auto recognised = recognise(paths);
  if (!recognised) return std::move(recognised).error();
  if (recognised->sets.size() != 1) {
    return Error{Fault::bad_usage, std::to_string(recognised->sets.size()) + " sets", {path.string(), 0, 0, {}}};
  }
  return read(recognised->sets.front(), {}, sink);
}

// A folder of its own for files that are broken on purpose.
class OfacBroken : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) /
              (std::string("ofac_") + testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  Error error_of() const {
    Collect sink;
    auto result = read_all(folder_, sink);
    return result ? Error{Fault::bad_usage, "no error", {}} : result.error();
  }
  fs::path folder_;
};

const std::string row_1 = "1,\"A, B\",\"individual\",\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 1950.\"\r\n";
const std::string row_2 = "2,\"C CO.\",-0- ,\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n";

TEST(OfacCsv, ReadsASetByPart) {
  Collect sink;
  auto summary = read_all(fixture("ofac_set"), sink);
  ASSERT_TRUE(summary.ok()) << summary.error().to_string();
  EXPECT_EQ(summary->version.source, "us_ofac_sdn");
  EXPECT_EQ(summary->entries, 5U);
  EXPECT_EQ(summary->rejected, 0U);
  for (const bool supplied : summary->version.supplied) EXPECT_TRUE(supplied);
  const auto person = said(sink, "101");
  for (const char* expected :
       {"main name Ivan Petrovich TESTOVICH", "main position Director", "main programId SDGT",
        "main birthDate 1948-12-10", "main birthDate 1951", "main birthPlace Minsk, Belarus", "main nationality by",
        "main gender male", "main passportNumber MP1234567", "main weakAlias UNCLE TEST",
        "main relation TEST TRADING CO., LTD.", "aliases alias Ivan TESTAVICH", "aliases previousName Ivan TESTOV",
        "addresses address 1 Test Street, Apt. 2, Minsk 220000, Belarus"}) {
    EXPECT_TRUE(person.contains(expected)) << expected;
  }
  EXPECT_TRUE(said(sink, "102").contains("main otherIdentifier 77-B"));
  EXPECT_TRUE(said(sink, "102").contains("main publicKey 1TestAddressOfNobody"));
  EXPECT_TRUE(said(sink, "103").contains("main imoNumber 9000001"));
}

TEST(OfacCsv, ACutRemarkIsJoinedWithItsComment) {
  Collect sink;
  ASSERT_TRUE(read_all(fixture("ofac_set"), sink).ok());
  std::set<std::string> aliases;
  for (const Record& record : sink.records) {
    for (const Statement& s : record.statements) {
      EXPECT_NE(s.detail(Detail::note), "cut") << s.value;
      if (record.id == "105" && s.prop == Prop::weak_alias) aliases.insert(s.value);
    }
  }
  EXPECT_EQ(aliases.size(), 60U);
  EXPECT_TRUE(said(sink, "105").contains("comments relation TEST TRADING, S.A."));

  // Without the comments the piece is kept and said to be cut.
  Collect alone;
  ASSERT_TRUE(read_all(fixture("ofac_set/sdn.csv"), alone).ok());
  int cut = 0;
  for (const Record& record : alone.records) {
    for (const Statement& s : record.statements) cut += s.detail(Detail::note) == "cut" ? 1 : 0;
  }
  EXPECT_EQ(cut, 1);
}

TEST(OfacXml, SaysWhatTheCsvSays) {
  Collect csv;
  Collect xml;
  ASSERT_TRUE(read_all(fixture("ofac_set"), csv).ok());
  auto summary = read_all(fixture("ofac_sdn.xml"), xml);
  ASSERT_TRUE(summary.ok()) << summary.error().to_string();
  EXPECT_EQ(to_string(*summary->version.published), "2024-03-14T00:00:00Z");
  EXPECT_EQ(summary->rejected, 0U);
  EXPECT_EQ(said(csv, "101"), said(xml, "101"));
  EXPECT_EQ(said(csv, "103"), said(xml, "103"));
  EXPECT_TRUE(said(xml, "102").contains("main unmodelled a field of tomorrow"));
}

TEST(OfacAdvanced, PutsReferencesTogether) {
  Collect sink;
  auto summary = read_all(fixture("ofac_advanced.xml"), sink);
  ASSERT_TRUE(summary.ok()) << summary.error().to_string();
  EXPECT_EQ(summary->version.source, "us_ofac_sdn");
  EXPECT_EQ(summary->entries, 2U);
  ASSERT_EQ(sink.rejections.size(), 1U);  // the document of an identity that no party has
  EXPECT_EQ(sink.rejections.front().place.record, "7999");
  const auto person = said(sink, "101");
  for (const char* expected :
       {"main name Ivan Petrovich TESTOVICH", "aliases alias Тестович Иван", "aliases previousName Ivan TESTOV",
        "main weakAlias UNCLE TEST", "main passportNumber MP1234567", "main gender male", "main birthDate 1948-12-10",
        "main birthDate 1951", "main nationality by", "main programId BELARUS-EO14038", "main listingDate 2021-08-09",
        "addresses address 1 Test Street, Apt. 2, Minsk 220000, Belarus", "main otherIdentifier something new"}) {
    EXPECT_TRUE(person.contains(expected)) << expected;
  }
  EXPECT_TRUE(said(sink, "103").contains("main relation Ivan Petrovich TESTOVICH"));
}

TEST(OfacItems, DatesKeepTheirPrecision) {
  EXPECT_EQ(parse_ofac_date("10 Dec 1948")->to_string(), "1948-12-10");
  EXPECT_EQ(parse_ofac_date("Dec 1948")->to_string(), "1948-12");
  EXPECT_EQ(parse_ofac_date("1948")->to_string(), "1948");
  EXPECT_FALSE(parse_ofac_date("31 Feb 1948"));
  EXPECT_FALSE(parse_ofac_date("Dez 1948"));
  RecordBuilder out;
  out.begin("1", "Person");
  add_ofac_remarks(out, "DOB 01 Jan 1961 to 31 Dec 1962; DOB 31 Feb 1970; a.k.a. 'A; B'.", true);
  EXPECT_EQ(out.faults().size(), 1U);
  const Record record = out.take();
  ASSERT_EQ(record.statements.size(), 3U);
  EXPECT_EQ(record.statements[0].value, "1961");
  EXPECT_EQ(record.statements[0].detail(Detail::until), "1962");
  EXPECT_EQ(record.statements[1].prop, Prop::unmodelled);
  EXPECT_EQ(record.statements[1].value, "31 Feb 1970");
  EXPECT_EQ(record.statements[2].value, "A; B");
}

TEST_F(OfacBroken, PartsOfAnotherDay) {
  write("sdn.csv", row_1 + row_2);
  write("alt.csv", "1,5,\"aka\",\"D\",-0- \r\n99,6,\"aka\",\"E\",-0- \r\n");
  const Error error = error_of();
  EXPECT_EQ(error.fault, Fault::inconsistent);
  EXPECT_EQ(error.place.line, 2U);
  EXPECT_EQ(error.place.record, "99");
}

TEST_F(OfacBroken, WrongColumns) {
  write("sdn.csv", row_1 + row_2 + "3,\"X\",-0- ,\"CUBA\"\r\n");
  const Error error = error_of();
  EXPECT_EQ(error.fault, Fault::bad_input);
  EXPECT_EQ(error.place.line, 3U);
}

TEST_F(OfacBroken, Truncated) {
  write("sdn.csv", row_1 + row_2.substr(0, row_2.size() - 2));
  EXPECT_NE(error_of().message.find("truncated"), std::string::npos) << error_of().to_string();
}

TEST_F(OfacBroken, TwoVersionsInOneFolder) {
  write("sdn.csv", row_1);
  write("sdn_old.csv", row_1);
  write("alt.csv", "1,5,\"aka\",\"D\",-0- \r\n");
  const std::vector<fs::path> paths = {folder_};
  auto recognised = recognise(paths);
  ASSERT_TRUE(recognised.ok());
  EXPECT_EQ(recognised->sets.size(), 2U);
  for (const FileSet& set : recognised->sets) EXPECT_EQ(set.files.size(), 1U);
  ASSERT_EQ(recognised->skipped.size(), 1U);
  EXPECT_EQ(recognised->skipped.front().fault, Fault::inconsistent);
}

TEST_F(OfacBroken, InvalidUtf8LeavesOutTheRow) {
  write("sdn.csv", row_1 + "2,\"C\xFF\",-0- ,\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n");
  Collect sink;
  auto summary = read_all(folder_, sink);
  ASSERT_TRUE(summary.ok()) << summary.error().to_string();
  ASSERT_EQ(sink.rejections.size(), 1U);
  EXPECT_EQ(sink.rejections.front().place.line, 2U);
  EXPECT_EQ(sink.records.size(), 1U);
}

TEST_F(OfacBroken, ALineWithoutEnd) {
  write("sdn.csv", row_1 + row_2 + "3,\"" + std::string(std::size_t{6} << 20, 'x'));
  EXPECT_EQ(error_of().fault, Fault::limit);
}

TEST_F(OfacBroken, EmptyAndForeignFiles) {
  write("empty.csv", "");
  write("letter.txt", "Dear Sir or Madam\n");
  const std::vector<fs::path> paths = {folder_};
  auto recognised = recognise(paths);
  ASSERT_TRUE(recognised.ok());
  EXPECT_TRUE(recognised->sets.empty());
  EXPECT_EQ(recognised->skipped.size(), 2U);
}

TEST_F(OfacBroken, TruncatedXml) {
  write("sdn.xml", "<sdnList><sdnEntry><uid>1</uid>");
  EXPECT_EQ(error_of().fault, Fault::bad_input);
  write("sdn.xml", "<sdnList></sdnList>");
  EXPECT_EQ(error_of().fault, Fault::bad_input);
}

// Counts by wc, as the data's index states them.
TEST(OfacReal, EntriesAreThoseOfTheFiles) {
  const fs::path data = real_file("ofac");
  if (data.empty()) GTEST_SKIP() << "OFAC's files are not there: set INTERDICT_DATA to the folder that holds data/";
  const std::map<std::string, std::uint64_t> expected = {{"2021-07-07_full", 8976},
                                                         {"2023-12-28_full", 13821},
                                                         {"2024-05-03_sdn.csv", 14965},
                                                         {"consolidated_csv", 442},
                                                         {"2022-02-24_ofac_consolidated.xml", 462},
                                                         {"2026-01-08_ofac_consolidated.xml", 442}};
  for (const auto& [name, entries] : expected) {
    Collect sink;
    auto summary = read_all(data / name, sink);
    ASSERT_TRUE(summary.ok()) << name << ": " << summary.error().to_string();
    EXPECT_EQ(summary->entries, entries) << name;
    EXPECT_EQ(summary->rejected, 0U) << name;
    const bool cons = name.find("consolidated") != std::string::npos;
    EXPECT_EQ(summary->version.source, cons ? "us_ofac_cons" : "us_ofac_sdn") << name;
  }
}

}  // namespace
}  // namespace interdict::lists
