#include "lists/ofsi_conlist.h"

#include <gmock/gmock.h>

#include "tests/lists/read_fixture.h"

namespace interdict::lists {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

TEST(OfsiConList, JoinsTheRowsOfAGroupAndSaysEverythingOnce) {
  const ReadFixture read = read_fixture("ofsi_conlist.csv");
  EXPECT_EQ(read.summary.version.source, "gb_hmt_sanctions");
  EXPECT_EQ(to_string(*read.summary.version.published), "2031-04-13T00:00:00Z");
  EXPECT_EQ(read.summary.entries, 2U);
  EXPECT_EQ(read.summary.parts[0], 4U);  // rows that said something new

  const Record person = read.sink.joined("90001");
  EXPECT_EQ(person.schema, "Person");
  EXPECT_THAT(shown(person, Prop::name), ElementsAre("name=Jan Pavel TESTOVSKI script:Latn firstName:Jan "
                                                     "middleName:Pavel lastName:TESTOVSKI"));
  EXPECT_THAT(values(person, Prop::alias), ElementsAre("The EXAMINER"));
  EXPECT_THAT(values(person, Prop::programme), ElementsAre("Examples"));
  EXPECT_THAT(values(person, Prop::listing_date), ElementsAre("2030-04-01"));
  EXPECT_THAT(values(person, Prop::amended_date), ElementsAre("2030-04-02"));
}

TEST(OfsiConList, NumberedFieldsAreSeveralStatements) {
  const Record person = read_fixture("ofsi_conlist.csv").sink.joined("90001");
  EXPECT_THAT(values(person, Prop::birth_date), ElementsAre("1980"));  // 00/00/1980 is a year
  EXPECT_THAT(values(person, Prop::birth_place), ElementsAre("Minsk", "Brest, near the border"));
  EXPECT_THAT(shown(person, Prop::nationality),
              ElementsAre("nationality=by original:Belarusian", "nationality=ru original:Russian"));
  EXPECT_THAT(shown(person, Prop::passport_number),
              ElementsAre("passportNumber=MP1234567 original:MP1234567 (Belarusian). Issued on 29 May 2004.",
                          "passportNumber=51 0123456 original:Russian passport no. 51 0123456"));
  EXPECT_THAT(values(person, Prop::id_number), ElementsAre("3010172A001PB1"));
  EXPECT_THAT(shown(person, Prop::address),
              ElementsAre("address=1 Example Street, Minsk, 220000, Belarus postalCode:220000 country:by note:as at "
                          "Apr 2030"));
}

TEST(OfsiConList, RemarksAreParsed) {
  const ReadFixture read = read_fixture("ofsi_conlist.csv");
  const Record person = read.sink.joined("90001");
  EXPECT_THAT(shown(person, Prop::reference), ElementsAre("reference=XXi.001 field:UN Ref"));
  EXPECT_THAT(shown(person, Prop::relation), ElementsAre("relation=un_sc_sanctions:XXi.162 role:mentioned"));
  EXPECT_THAT(values(person, Prop::gender), ElementsAre("male"));
  EXPECT_THAT(values(read.sink.joined("90002"), Prop::imo_number), ElementsAre("9074729"));
}

TEST(OfsiConList, ReadsWindows1252WhereALineIsNoUtf8) {
  const Record person = read_fixture("ofsi_conlist.csv").sink.joined("90001");
  EXPECT_THAT(values(person, Prop::position), ElementsAre("Minister", "Head of the ‘PK5’ district – examples"));
}

TEST(OfsiConList, ImpossibleDatesAreKeptAndReported) {
  const ReadFixture read = read_fixture("ofsi_conlist.csv");
  EXPECT_THAT(shown(read.sink.joined("90001"), Prop::unmodelled),
              UnorderedElementsAre("unmodelled=lost field:NI Number", "unmodelled=01/00/1981 field:DOB",
                                   "unmodelled=31/02/1980 field:DOB"));
  ASSERT_EQ(read.sink.rejections.size(), 2U);
  EXPECT_EQ(read.sink.rejections[1].reason, "DOB: '31/02/1980' is not a date");
  EXPECT_EQ(read.sink.rejections[1].place.line, 6U);
}

TEST(OfsiConList, NewerColumnsAreReadByName) {
  const TemporaryFile file(
      "list.csv",
      "Last Updated,27/04/2031,,\nName 6,Name 1,DOB,Other Information,Group Type,Alias Type,Alias "
      "Quality,Regime,Listed "
      "On,Group ID,Name Non-Latin Script,Non-Latin Script Type,Non-Latin Script Language,Passport Number,Passport "
      "Details,Shoe Size\nX,Ana,01/02/1970,,Individual,AKA,Low,R,01/01/2030,7,محسن,Arabic,Persian,(1) A12345 (2) "
      "B12345,Persian ones,44\n");
  Collect sink;
  auto summary = read_path(file.path(), sink);
  ASSERT_TRUE(summary.ok()) << summary.error().to_string();
  const Record record = sink.joined("7");
  EXPECT_THAT(shown(record, Prop::weak_alias),
              ElementsAre("weakAlias=Ana X script:Latn strength:weak firstName:Ana lastName:X"));
  EXPECT_THAT(shown(record, Prop::alias),
              ElementsAre("alias=محسن lang:fas script:Arab field:Name Non-Latin Script note:Arabic"));
  EXPECT_THAT(values(record, Prop::passport_number), ElementsAre("A12345", "B12345"));
  EXPECT_THAT(shown(record, Prop::unmodelled),
              UnorderedElementsAre("unmodelled=Persian ones field:Passport Details", "unmodelled=44 field:Shoe Size"));
}

TEST(OfsiConList, WrongColumnsAreAnError) {
  const TemporaryFile missing("list.csv", "Last Updated,27/04/2031\nName 6,Name 1\nX,Y\n");
  Collect sink;
  auto summary = read_path(missing.path(), sink);
  ASSERT_FALSE(summary.ok());
  EXPECT_THAT(summary.error().to_string(), HasSubstr("list.csv:2: there is no column 'DOB'"));

  std::string bytes = bytes_of(fixture("ofsi_conlist.csv"));
  const TemporaryFile short_row("short.csv", bytes + "TESTOVSKI,Jan\n");
  summary = read_path(short_row.path(), sink);
  ASSERT_FALSE(summary.ok());
  EXPECT_THAT(summary.error().to_string(), HasSubstr("short.csv:7: 2 fields where the heading has 29"));
}

}  // namespace
}  // namespace interdict::lists
