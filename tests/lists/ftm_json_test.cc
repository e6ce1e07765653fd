#include "lists/ftm_json.h"

#include <gmock/gmock.h>

#include "tests/lists/read_fixture.h"

namespace interdict::lists {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

TEST(FtmJson, MapsPropertiesByName) {
  const ReadFixture read = read_fixture("ftm.json");
  EXPECT_EQ(read.summary.version.source, "tst_list");
  EXPECT_EQ(to_string(*read.summary.version.published), "2031-03-14T11:31:42Z");
  EXPECT_EQ(read.summary.entries, 6U);

  const Record jan = read.sink.joined("tst-jan");
  EXPECT_EQ(jan.schema, "Person");
  EXPECT_THAT(shown(jan, Prop::name), ElementsAre("name=Jan Testovski script:Latn firstName:Jan lastName:Testovski"));
  EXPECT_THAT(shown(jan, Prop::weak_alias), ElementsAre("weakAlias=The Examiner script:Latn strength:weak"));
  EXPECT_THAT(values(jan, Prop::alias), ElementsAre("Ян Тестоўскі"));
  EXPECT_THAT(values(jan, Prop::birth_date), ElementsAre("1972-08"));
  EXPECT_THAT(values(jan, Prop::nationality), ElementsAre("by"));
  EXPECT_THAT(values(jan, Prop::gender), ElementsAre("male"));
  EXPECT_THAT(shown(jan, Prop::tax_number), ElementsAre("taxNumber=7710137066 field:innCode"));
  EXPECT_THAT(values(jan, Prop::passport_number), ElementsAre("MP1234567"));
  EXPECT_THAT(values(jan, Prop::programme), ElementsAre("TST"));
  EXPECT_THAT(values(jan, Prop::source_url), ElementsAre("https://example.org/1"));
  EXPECT_THAT(values(jan, Prop::topic), ElementsAre("sanction"));
  EXPECT_THAT(values(jan, Prop::amended_date), ElementsAre("2031-02-01"));
  EXPECT_THAT(shown(jan, Prop::unmodelled),
              UnorderedElementsAre("unmodelled=44 field:shoeSize", "unmodelled=2031-01-01T00:00:00 field:first_seen",
                                   "unmodelled=true field:target"));
}

TEST(FtmJson, LinksAreRecordsAndAreSaidOfTheirEnds) {
  const ReadFixture read = read_fixture("ftm.json");
  EXPECT_THAT(shown(read.sink.joined("tst-own"), Prop::relation),
              ElementsAre("relation=tst-jan role:owner", "relation=tst-air role:asset"));
  const Record air = read.sink.joined("tst-air");
  EXPECT_EQ(air.schema, "Company");
  EXPECT_THAT(shown(air, Prop::relation),
              ElementsAre("relation=tst-jan role:ownershipAsset note:percentage: 60 id:tst-own"));
  EXPECT_THAT(values(air, Prop::owner), ElementsAre("Someone"));
  // The Sanction's own record, and what it says of the party.
  EXPECT_THAT(values(read.sink.joined("tst-sanction"), Prop::reason), ElementsAre("For examples"));
  EXPECT_THAT(shown(air, Prop::programme), ElementsAre("programId=Examples field:program id:tst-sanction"));
  EXPECT_THAT(shown(air, Prop::listing_date), ElementsAre("listingDate=2030-01-02 id:tst-sanction"));
  // A link into nowhere is kept on the end that exists, and invents no party.
  EXPECT_THAT(shown(read.sink.joined("tst-jan"), Prop::relation),
              ElementsAre("relation=tst-air role:ownershipOwner note:percentage: 60 id:tst-own",
                          "relation=tst-missing role:familyPerson note:relationship: brother id:tst-family"));
  EXPECT_THAT(read.sink.joined("tst-missing").statements, IsEmpty());
}

TEST(FtmJson, AnUnknownSchemaIsKeptWithAllItsValues) {
  const Record odd = read_fixture("ftm.json").sink.joined("tst-odd");
  EXPECT_EQ(odd.schema, "Teapot");
  EXPECT_THAT(shown(odd, Prop::unmodelled), ElementsAre("unmodelled=1 field:spouts", "unmodelled=true field:spouts",
                                                        "unmodelled={\"a\":\"b\"} field:spouts"));
}

TEST(FtmJson, ABadRecordIsRejectedWithItsLine) {
  const ReadFixture read = read_fixture("ftm.json");
  std::vector<std::string> reasons;
  for (const Rejection& r : read.sink.rejections) {
    reasons.push_back(std::to_string(r.place.line) + " " + r.place.record + ": " + r.reason);
  }
  EXPECT_THAT(reasons, ElementsAre("3 tst-air: incorporationDate: '1996-02-31' is not a date",
                                   "6 tst-family: relative names tst-missing, which is not in the file",
                                   "8 : the entity has no id", "9 tst-none: the entity has no schema",
                                   "10 : the line is no JSON object"));
}

std::string error_of(std::string_view bytes, const ReadOptions& options = {}) {
  const TemporaryFile file("f.json", bytes);
  Collect sink;
  auto summary = read_path(file.path(), sink, options);
  return summary.ok() ? "no error" : summary.error().to_string();
}

constexpr std::string_view good =
    "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":[\"A\"]},"
    "\"datasets\":[\"tst\"]}\n";

TEST(FtmJson, ALineThatIsNoJsonIsAnError) {
  EXPECT_EQ(error_of(good), "no error");
  EXPECT_THAT(error_of(std::string(good) + "{\"id\":\"b\",\"sche"), HasSubstr("f.json:2: invalid JSON"));
  EXPECT_THAT(error_of(std::string(good) + "{\"id\":\"b\xff\",\"schema\":\"Person\"}\n"),
              HasSubstr("f.json:2: invalid"));
  EXPECT_THAT(error_of(std::string(good) + "{\"id\":\"b\"} {}\n"), HasSubstr("f.json:2: invalid JSON"));
  EXPECT_THAT(error_of(std::string(good) + std::string(LineSplitter::line_bytes_max + 1, ' ')),
              HasSubstr("f.json:2: a line longer than"));
}

TEST(FtmJson, TheSourceIsTheDatasetUnlessGiven) {
  constexpr std::string_view other = "{\"id\":\"b\",\"schema\":\"Person\",\"datasets\":[\"other\"]}\n";
  EXPECT_THAT(error_of(std::string(good) + std::string(other)), HasSubstr("of 2 datasets: give the source id"));
  constexpr std::string_view none = "{\"id\":\"b\",\"schema\":\"Person\"}\n";
  EXPECT_THAT(error_of(none), HasSubstr("the entities name no dataset: give the source id"));
  EXPECT_EQ(error_of(none, {.source = "mine", .progress = {}}), "no error");
}

}  // namespace
}  // namespace interdict::lists
