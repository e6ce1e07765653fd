#include "lists/uk_sanctions.h"

#include <gmock/gmock.h>

#include "tests/lists/read_fixture.h"

namespace interdict::lists {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

class UkSanctionsFixture : public testing::Test {
 protected:
  ReadFixture read = read_fixture("uk_sanctions.xml");
  Record person = read.sink.joined("TST0001");
  Record firm = read.sink.joined("TST0002");
  Record ship = read.sink.joined("TST0003");
};

TEST_F(UkSanctionsFixture, SaysWhatVersionItIs) {
  EXPECT_EQ(read.summary.version.source, "gb_fcdo_sanctions");
  EXPECT_EQ(to_string(*read.summary.version.published), "2031-08-22T00:00:00Z");
  EXPECT_EQ(read.summary.entries, 3U);
  EXPECT_EQ(person.schema, "Person");
  EXPECT_EQ(firm.schema, "Organization");
  EXPECT_EQ(ship.schema, "Vessel");
}

TEST_F(UkSanctionsFixture, NamesByTypeWhateverItsCase) {
  EXPECT_THAT(shown(person, Prop::name), ElementsAre("name=Jan Pavel TESTOVSKI script:Latn firstName:Jan "
                                                     "middleName:Pavel lastName:TESTOVSKI"));
  EXPECT_THAT(shown(person, Prop::alias),
              ElementsAre("alias=Yan TESTOUSKI script:Latn firstName:Yan lastName:TESTOUSKI field:Primary Name "
                          "Variation",
                          "alias=John Tester script:Latn strength:strong firstName:John lastName:Tester",
                          "alias=Ян Тестовский lang:rus script:Cyrl field:NameNonLatinScript note:Cyrillic"));
  EXPECT_THAT(shown(person, Prop::weak_alias), ElementsAre("weakAlias=The Examiner script:Latn strength:weak"));
}

TEST_F(UkSanctionsFixture, IndividualDetails) {
  EXPECT_THAT(values(person, Prop::birth_date), ElementsAre("1972-10-24", "1971", "1970-05", "1969"));
  EXPECT_THAT(shown(person, Prop::birth_place), ElementsAre("birthPlace=Brest, Belarus city:Brest country:by"));
  EXPECT_THAT(values(person, Prop::nationality), ElementsAre("by", "ru"));
  EXPECT_THAT(values(person, Prop::gender), ElementsAre("male"));
  EXPECT_THAT(values(person, Prop::position), ElementsAre("Minister"));
  EXPECT_THAT(values(person, Prop::title), ElementsAre("General"));
  EXPECT_THAT(shown(person, Prop::passport_number), ElementsAre("passportNumber=MP1234567 note:Belarus number"));
  EXPECT_THAT(shown(person, Prop::id_number), ElementsAre("idNumber=3010172A001PB1 note:Personal number"));
}

TEST_F(UkSanctionsFixture, EntityAndShipDetails) {
  EXPECT_THAT(values(firm, Prop::registration_number), ElementsAre("INN: 7710137066"));
  EXPECT_THAT(shown(firm, Prop::relation),
              ElementsAre("relation=Example Parent role:parent company", "relation=Example Child role:subsidiary"));
  EXPECT_THAT(shown(ship, Prop::imo_number), ElementsAre("imoNumber=9074729 original:IMO9074729"));
  EXPECT_THAT(values(ship, Prop::flag), ElementsAre("km"));
  EXPECT_THAT(values(ship, Prop::past_flags), ElementsAre("pa"));
  EXPECT_THAT(values(ship, Prop::owner), ElementsAre("Example Shipping"));
  EXPECT_THAT(values(ship, Prop::vessel_type), ElementsAre("Bulk Carrier"));
  EXPECT_THAT(values(ship, Prop::tonnage), ElementsAre("7078"));
  EXPECT_THAT(values(ship, Prop::build_date), ElementsAre("2011"));
  EXPECT_THAT(shown(ship, Prop::other_identifier),
              ElementsAre("otherIdentifier=HIN-77 field:HullIdentificationNumber"));
}

TEST_F(UkSanctionsFixture, MeasuresAreSaidOnceFromTextAndIndicators) {
  EXPECT_THAT(shown(person, Prop::measure), ElementsAre("measure=Asset freeze", "measure=Travel Ban",
                                                        "measure=Deflag field:SanctionsImposedIndicators"));
}

TEST_F(UkSanctionsFixture, TheListing) {
  EXPECT_THAT(values(person, Prop::listing_date), ElementsAre("2030-06-29"));
  EXPECT_THAT(values(person, Prop::amended_date), ElementsAre("2031-08-04"));
  EXPECT_THAT(values(person, Prop::programme), ElementsAre("The Example (Sanctions) Regulations 2030"));
  EXPECT_THAT(values(person, Prop::reason), ElementsAre("For examples."));
  EXPECT_THAT(shown(person, Prop::reference),
              ElementsAre("reference=XXi.001 field:UNReferenceNumber", "reference=99001 field:OFSIGroupID"));
  EXPECT_THAT(shown(person, Prop::relation), ElementsAre("relation=un_sc_sanctions:XXi.162 role:mentioned"));
  EXPECT_THAT(values(person, Prop::email), ElementsAre("a@example.org", "b@example.org"));
  EXPECT_THAT(values(person, Prop::country), ElementsAre("Atlantis"));  // unknown: as published
}

TEST_F(UkSanctionsFixture, TheRestIsKeptAndFaultsAreReported) {
  EXPECT_THAT(shown(person, Prop::unmodelled),
              UnorderedElementsAre("unmodelled=31/02/1972 field:DOB", "unmodelled=15/08/19yy field:DOB",
                                   "unmodelled=UK field:DesignationSource"));
  EXPECT_THAT(shown(ship, Prop::unmodelled), ElementsAre("unmodelled=110 m field:LengthOfShip"));
  ASSERT_EQ(read.sink.rejections.size(), 2U);
  EXPECT_EQ(read.sink.rejections[0].reason, "DOB: '31/02/1972' is not a date");
}

}  // namespace
}  // namespace interdict::lists
