#include "lists/eu_fsf.h"

#include <gmock/gmock.h>

#include "tests/lists/read_fixture.h"

namespace interdict::lists {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class EuFsfFixture : public testing::Test {
 protected:
  ReadFixture read = read_fixture("eu_fsf.xml");
  Record person = read.sink.joined("EU.9001.11");
  Record firm = read.sink.joined("EU.9002.10");
};

TEST_F(EuFsfFixture, SaysWhatVersionItIs) {
  EXPECT_EQ(read.summary.version.source, "eu_fsf");
  EXPECT_EQ(read.summary.version.form, "eu_fsf_xml_1_1");
  ASSERT_TRUE(read.summary.version.published.has_value());
  EXPECT_EQ(to_string(*read.summary.version.published), "2031-03-05T16:00:00Z");
  EXPECT_EQ(read.summary.version.published_by, PublishedBy::file);
  EXPECT_EQ(read.summary.entries, 2U);
  EXPECT_EQ(person.schema, "Person");
  EXPECT_EQ(firm.schema, "Organization");
}

TEST_F(EuFsfFixture, NamesWithTheirQualityLanguageAndParts) {
  EXPECT_THAT(shown(person, Prop::name),
              ElementsAre("name=Jan Pavel Testovski script:Latn strength:strong firstName:Jan middleName:Pavel "
                          "lastName:Testovski note:as in his passport id:10"));
  EXPECT_THAT(shown(person, Prop::alias),
              ElementsAre("alias=Ян Тестоўскі lang:bel script:Cyrl strength:strong act:2030/555 (OJ L97) id:9"));
  EXPECT_THAT(shown(person, Prop::weak_alias),
              ElementsAre("weakAlias=The Examiner lang:eng script:Latn strength:weak id:8"));
  EXPECT_THAT(values(person, Prop::title), ElementsAre("Dr"));
  EXPECT_THAT(values(person, Prop::position), ElementsAre("Minister of Examples"));
  EXPECT_THAT(values(person, Prop::gender), ElementsAre("male"));
}

TEST_F(EuFsfFixture, BirthDatesWithTheirRealPrecision) {
  EXPECT_THAT(
      shown(person, Prop::birth_date),
      ElementsAre("birthDate=1962-09-03 circa:true id:14", "birthDate=1963-05 id:15", "birthDate=1960 until:1964 id:16",
                  "birthDate=1982-04-19 calendar:ISLAMIC original:24.6.1402 id:17"));
  EXPECT_THAT(values(person, Prop::birth_place), ElementsAre("Minsk, BELARUS"));
  EXPECT_THAT(values(person, Prop::birth_country), ElementsAre("by"));
  EXPECT_THAT(values(person, Prop::citizenship), ElementsAre("by"));
}

TEST_F(EuFsfFixture, IdentifiersByKind) {
  EXPECT_THAT(shown(person, Prop::passport_number),
              ElementsAre("passportNumber=MP1234567 country:by field:passport: National passport note:diplomatic; "
                          "known expired; issued by Ministry id:21"));
  EXPECT_THAT(shown(firm, Prop::tax_number), ElementsAre("taxNumber=7712345678 country:ru field:fiscalcode id:32"));
  EXPECT_THAT(shown(firm, Prop::other_identifier), ElementsAre("otherIdentifier=LIC-5 field:other: Other id:33"));
}

TEST_F(EuFsfFixture, TheListingItself) {
  EXPECT_THAT(shown(person, Prop::legal_act),
              Contains("legalAct=2030/555 (OJ L97) published:2030-01-08 inForce:2030-01-09 field:regulation "
                       "role:amendment note:council url:https://example.org/act?a=1&b=2 id:5"));
  EXPECT_THAT(values(person, Prop::programme), ElementsAre("TST"));
  EXPECT_THAT(values(person, Prop::listing_date), ElementsAre("2029-10-21"));
  EXPECT_THAT(values(person, Prop::reference), UnorderedElementsAre("XXi.900", "77"));
  EXPECT_THAT(values(person, Prop::notes),
              UnorderedElementsAre("Date of listing: 21.10.2029.", "Brother of the minister"));
  EXPECT_THAT(values(person, Prop::email), ElementsAre("jan@example.org"));
  EXPECT_THAT(values(person, Prop::address), ElementsAre("1 Example Street, PO Box 12, Minsk, 220000, BELARUS"));
  EXPECT_THAT(values(firm, Prop::address), IsEmpty());
}

TEST_F(EuFsfFixture, WhatHasNoPropertyIsKeptUnderItsField) {
  EXPECT_THAT(shown(person, Prop::unmodelled),
              UnorderedElementsAre("unmodelled=1343 calendar:ISLAMIC field:birthdate id:18",
                                   "unmodelled=1962-02-31 field:birthdate@birthdate id:19",
                                   "unmodelled=- field:identification regnumber note:not known id:22",
                                   "unmodelled=what the publisher adds field:newElement",
                                   "unmodelled=tomorrow field:newElement@newAttribute"));
  EXPECT_THAT(shown(firm, Prop::unmodelled), ElementsAre("unmodelled=fr field:regulationLanguage"));
}

TEST_F(EuFsfFixture, FaultsOfTheListAreReportedBesideTheRecord) {
  ASSERT_EQ(read.sink.rejections.size(), 2U);
  EXPECT_EQ(read.summary.rejected, 2U);
  EXPECT_EQ(read.sink.rejections[0].place.record, "EU.9001.11");
  EXPECT_EQ(read.sink.rejections[0].reason, "birthdate@birthdate: '1962-02-31' is not a date");
  EXPECT_EQ(read.sink.rejections[1].place.line, 30U);
  EXPECT_EQ(read.sink.rejections[1].reason, "no euReferenceNumber");
}

}  // namespace
}  // namespace interdict::lists
