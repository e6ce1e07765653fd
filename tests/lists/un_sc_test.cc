#include "lists/un_sc.h"

#include <gmock/gmock.h>

#include "tests/lists/read_fixture.h"

namespace interdict::lists {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

class UnScFixture : public testing::Test {
 protected:
  ReadFixture read = read_fixture("un_sc.xml");
  Record person = read.sink.joined("XXi.001");
  Record firm = read.sink.joined("XXe.002");
};

TEST_F(UnScFixture, SaysWhatVersionItIs) {
  EXPECT_EQ(read.summary.version.source, "un_sc_sanctions");
  EXPECT_EQ(to_string(*read.summary.version.published), "2031-02-27T00:00:09Z");
  EXPECT_EQ(read.summary.entries, 2U);
  EXPECT_EQ(person.schema, "Person");
  EXPECT_EQ(firm.schema, "Organization");
}

TEST_F(UnScFixture, NamesByTheirQuality) {
  EXPECT_THAT(values(person, Prop::name), ElementsAre("TEST EXAMPLE SAMPLE"));
  EXPECT_THAT(shown(person, Prop::alias),
              ElementsAre("alias=تست script:Arab field:NAME_ORIGINAL_SCRIPT",
                          "alias=Tester script:Latn strength:strong", "alias=Other Man script:Latn strength:strong"));
  EXPECT_THAT(shown(person, Prop::weak_alias), ElementsAre("weakAlias=Sam script:Latn strength:weak"));
  EXPECT_THAT(shown(person, Prop::previous_name),
              ElementsAre("previousName=Old Name script:Latn strength:strong note:previously listed as"));
  EXPECT_THAT(values(firm, Prop::name), ElementsAre("SAMPLE AIRLINES (SA)"));
  EXPECT_THAT(values(firm, Prop::alias), ElementsAre("SAMPLE COMPANY", "SamAir"));
  EXPECT_THAT(values(firm, Prop::previous_name), ElementsAre("Old Air"));
}

TEST_F(UnScFixture, BirthAndPlaces) {
  EXPECT_THAT(shown(person, Prop::birth_date),
              ElementsAre("birthDate=1970-02-03 note:under the name Other Man", "birthDate=1945 until:1950",
                          "birthDate=1971-04-05", "birthDate=1972 circa:true", "birthDate=1970 until:1973",
                          "birthDate=1973-11 note:Nov. 1973"));
  EXPECT_THAT(shown(person, Prop::birth_place),
              ElementsAre("birthPlace=Kigali, Rwanda city:Kigali country:rw note:under the name Other Man",
                          "birthPlace=Kigali, Rwanda city:Kigali country:rw"));
  EXPECT_THAT(shown(person, Prop::address),
              ElementsAre("address=1 Main Street, Kigali, Centre, 11, Rwanda street:1 Main Street city:Kigali "
                          "region:Centre postalCode:11 country:rw note:as of 2030"));
  EXPECT_THAT(values(person, Prop::country), ElementsAre("ke"));
  EXPECT_THAT(values(person, Prop::nationality), ElementsAre("rw", "Atlantis"));  // unknown: as published
}

TEST_F(UnScFixture, DocumentsAlsoThoseWhoseNumberStandsInANote) {
  EXPECT_THAT(shown(person, Prop::passport_number),
              ElementsAre("passportNumber=AB123456 city:Kigali country:rw issued:2020-01-02 field:Passport "
                          "note:Expired 1 Jan. 2025"));
  EXPECT_THAT(values(person, Prop::id_number), ElementsAre("1199080012345678"));
}

TEST_F(UnScFixture, CommentsAreParsedForWhatTheyCarry) {
  EXPECT_THAT(values(person, Prop::gender), ElementsAre("male"));
  EXPECT_THAT(values(person, Prop::email), ElementsAre("test@example.org", "other@example.org"));
  EXPECT_THAT(values(person, Prop::source_url), ElementsAre("https://example.org/notice"));
  EXPECT_THAT(shown(person, Prop::relation), ElementsAre("relation=un_sc_sanctions:XXe.002 role:mentioned"));
}

TEST_F(UnScFixture, TheRestIsKeptAndFaultsAreReported) {
  EXPECT_THAT(shown(person, Prop::unmodelled), UnorderedElementsAre("unmodelled=30-35 years old field:DATE_OF_BIRTH",
                                                                    "unmodelled=lost in 1993 field:DOCUMENT Passport",
                                                                    "unmodelled=Sampleland field:SUBMITTED_BY"));
  EXPECT_THAT(shown(firm, Prop::unmodelled),
              UnorderedElementsAre("unmodelled=2030-13-31 field:LISTED_ON", "unmodelled=2 field:VERSIONNUM"));
  ASSERT_EQ(read.sink.rejections.size(), 1U);
  EXPECT_EQ(read.sink.rejections[0].reason, "LISTED_ON: '2030-13-31' is not a date");
  EXPECT_EQ(read.sink.rejections[0].place.record, "XXe.002");
}

}  // namespace
}  // namespace interdict::lists
