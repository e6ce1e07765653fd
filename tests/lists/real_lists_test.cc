// The real lists, where they are at hand: every entry is read, and no field is left over that the reader does not know.
#include <gmock/gmock.h>

#include <cstdlib>
#include <set>

#include "tests/lists/read_fixture.h"

namespace interdict::lists {
namespace {

using ::testing::EndsWith;
using ::testing::IsEmpty;

struct RealList {
  std::string file;
  std::string source;
  std::string published;
  std::string element;  // counted in the bytes: once per entry
  std::size_t entries;
  std::size_t faults;
};

void PrintTo(const RealList& list, std::ostream* out) { *out << list.file; }

// Fields that the readers keep as unmodelled on purpose; see docs/formats/lists.md.
const std::set<std::string> known_unmodelled = {
    // EU: years of an unnamed Islamic calendar, numbers given as a dash
    "birthdate", "identification passport", "identification regnumber",
    // UN: birth dates in words, documents without a number
    "DATE_OF_BIRTH", "DOCUMENT Passport", "DOCUMENT National Identification Number, Birth certificate",
    "DOCUMENT National Identification Number, Residential card number 665", "GENDER", "SUBMITTED_BY", "SUBMITTED_ON",
    // UK
    "DesignationSource",
    // Canada: "Sep-99", "born in the early 1970s"
    "DateOfBirthOrShipBuildDate",
    // OFSI: documents without a number
    "Passport Details", "NI Number"};

std::vector<std::string> unknown_fields(const std::vector<Record>& records) {
  std::vector<std::string> unknown;
  for (const auto& [field, count] : unmodelled_fields(records)) {
    if (!known_unmodelled.contains(field)) unknown.push_back(field);
  }
  return unknown;
}

std::size_t distinct_ids(const std::vector<Record>& records) {
  std::set<std::string_view> ids;
  for (const Record& r : records) ids.insert(r.id);
  return ids.size();
}

class RealLists : public testing::TestWithParam<RealList> {};

TEST_P(RealLists, EveryEntryIsReadAndEveryFieldKnown) {
  const RealList& list = GetParam();
  const auto path = real_file(list.file);
  if (path.empty()) GTEST_SKIP() << list.file << " is not there: set INTERDICT_DATA to the folder that holds data/";
  Collect sink;
  const auto summary = read_path(path, sink);
  ASSERT_TRUE(summary.ok()) << summary.error().to_string();
  EXPECT_EQ(summary->version.source, list.source);
  const auto published = summary->version.published;
  EXPECT_EQ(published ? to_string(*published).substr(0, 10) : "", list.published);
  EXPECT_EQ(summary->entries, list.entries);
  EXPECT_EQ(distinct_ids(sink.records), list.entries) << "ids are unique";
  if (!list.element.empty()) {
    EXPECT_EQ(count_of(bytes_of(path), list.element), list.entries);
  }
  EXPECT_EQ(summary->rejected, list.faults);
  EXPECT_EQ(sink.rejections.size(), list.faults);
  EXPECT_THAT(unknown_fields(sink.records), IsEmpty());
  for (const Record& r : sink.records) {
    EXPECT_TRUE(is_matchable(r.schema)) << r.id;
    if (list.source != "gb_hmt_sanctions") {
      EXPECT_FALSE(values(r, Prop::name).empty()) << r.id;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Files, RealLists,
    testing::Values(
        RealList{"eu/2026-02-27_eu_fsf_1_1.xml", "eu_fsf", "2026-02-27", "<sanctionEntity ", 5860, 0},
        RealList{"eu/2026-03-24_eu_fsf_1_1.xml", "eu_fsf", "2026-03-24", "<sanctionEntity ", 5860, 0},
        RealList{"eu/2026-05-01_eu_fsf_1_1.xml", "eu_fsf", "2026-05-01", "<sanctionEntity ", 5860, 0},
        RealList{"un/2025-04-19_un_consolidated.xml", "un_sc_sanctions", "2025-04-19", "<REFERENCE_NUMBER>", 877, 0},
        RealList{"un/2026-01-28_un_consolidated.xml", "un_sc_sanctions", "2026-01-28", "<REFERENCE_NUMBER>", 999, 0},
        RealList{"un/2026-02-27_un_consolidated.xml", "un_sc_sanctions", "2026-02-27", "<REFERENCE_NUMBER>", 1003, 0},
        RealList{"uk/2026-02-23_uk_sanctions_list.xml", "gb_fcdo_sanctions", "2026-02-23", "<Designation>", 5738, 0},
        RealList{"uk/2026-06-25_uk_sanctions_list.xml", "gb_fcdo_sanctions", "2026-06-25", "<Designation>", 5738, 0},
        RealList{"uk/2026-08-22_uk_sanctions_list.xml", "gb_fcdo_sanctions", "2026-08-22", "<Designation>", 6349, 0},
        RealList{"uk/2018-04-13_ConList.csv", "gb_hmt_sanctions", "2018-04-13", "", 2106, 0},
        RealList{"ca/2020_sema-lmes.xml", "ca_dfatd_sema_sanctions", "", "<record>", 1369, 0},
        RealList{"ca/2025-05-25_sema-lmes.xml", "ca_dfatd_sema_sanctions", "2025-05-25", "<record>", 4759, 0}),
    [](const testing::TestParamInfo<RealList>& test) {
      std::string name;
      for (char c : test.param.file) name.push_back(std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_');
      return name;
    });

TEST(RealOfsi, EveryRowIsOfAListedGroupAndSaysSomethingOnce) {
  const auto path = real_file("uk/2018-04-13_ConList.csv");
  if (path.empty()) GTEST_SKIP() << "the OFSI list is not there: set INTERDICT_DATA to the folder that holds data/";
  Collect sink;
  ASSERT_TRUE(read_path(path, sink).ok());
  std::map<std::string, std::set<std::string>> said;
  std::size_t rows = 0;
  for (const Record& r : sink.records) {
    ++rows;
    for (const Statement& s : r.statements) EXPECT_TRUE(said[r.id].insert(shown(s)).second) << r.id << ": " << shown(s);
  }
  EXPECT_LE(rows, 9487U);
  EXPECT_EQ(said.size(), 2106U);
}

TEST(RealFtm, ReadsAnExportWithItsLinks) {
  const auto path = real_file("opensanctions/2024-03-14_sa_wiki_peps_entities.ftm.json");
  if (path.empty()) GTEST_SKIP() << "the export is not there: set INTERDICT_DATA to the folder that holds data/";
  Collect sink;
  const auto summary = read_path(path, sink);
  ASSERT_TRUE(summary.ok()) << summary.error().to_string();
  EXPECT_EQ(summary->version.source, "sa_wiki_peps_v2");
  EXPECT_EQ(summary->entries, count_of(bytes_of(path), "\n"));
  EXPECT_EQ(distinct_ids(sink.records), summary->entries);
  // Its birth and death dates are partly words ("Unknown"): kept, and reported one by one.
  EXPECT_EQ(summary->rejected, 22U);
  for (const Rejection& r : sink.rejections) EXPECT_THAT(r.reason, ::testing::HasSubstr("is not a date"));
}

TEST(RealUn, All119VersionsLoad) {
  const auto archive = real_file("un/un_xml_119_versions_2021-01-27_2026-01-28.tar.xz");
  if (archive.empty()) GTEST_SKIP() << "the archive is not there: set INTERDICT_DATA to the folder that holds data/";
  const auto folder = std::filesystem::path(testing::TempDir()) / "interdict_un_versions";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const std::string unpack = "tar -xJf '" + archive.string() + "' -C '" + folder.string() + "'";
  if (std::system(unpack.c_str()) != 0) GTEST_SKIP() << "tar cannot unpack " << archive;

  const std::array<std::filesystem::path, 1> paths = {folder};
  const auto recognised = recognise(paths);
  ASSERT_TRUE(recognised.ok()) << recognised.error().to_string();
  EXPECT_THAT(recognised->skipped, IsEmpty());
  EXPECT_EQ(recognised->sets.size(), 119U);
  std::set<std::string> published;
  std::size_t least = SIZE_MAX;
  std::size_t most = 0;
  std::size_t faults = 0;
  for (const FileSet& set : recognised->sets) {
    Collect sink;
    const auto summary = read(set, {}, sink);
    ASSERT_TRUE(summary.ok()) << summary.error().to_string();
    EXPECT_EQ(summary->version.source, "un_sc_sanctions");
    EXPECT_EQ(summary->version.published_by, PublishedBy::file);
    EXPECT_EQ(summary->entries, count_of(bytes_of(set.files.front()), "<REFERENCE_NUMBER>"));
    EXPECT_EQ(distinct_ids(sink.records), summary->entries) << set.files.front();
    // Some versions of 2023 say "Invalid date" where a date of birth should be: the publisher's fault, kept and
    // reported.
    for (const Rejection& r : sink.rejections) EXPECT_THAT(r.reason, EndsWith("'Invalid date' is not a date"));
    faults += sink.rejections.size();
    std::vector<std::string> unknown = unknown_fields(sink.records);
    std::erase(unknown, "DATE_OF_BIRTH/DATE");
    std::erase_if(unknown, [](const std::string& field) {
      return field.starts_with("DOCUMENT") || field.ends_with("DATE_OF_BIRTH");
    });
    EXPECT_THAT(unknown, IsEmpty()) << set.files.front();
    published.insert(to_string(*summary->version.published));
    least = std::min(least, static_cast<std::size_t>(summary->entries));
    most = std::max(most, static_cast<std::size_t>(summary->entries));
  }
  EXPECT_EQ(published.size(), 119U) << "every version has its own time";
  EXPECT_EQ(least, 862U);
  EXPECT_EQ(most, 1005U);
  EXPECT_EQ(faults, 11U);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace interdict::lists
