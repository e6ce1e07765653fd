#include "lists/ca_sema.h"

#include <gmock/gmock.h>

#include "tests/lists/read_fixture.h"

namespace interdict::lists {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(CaSema, IdIsCountryScheduleAndItem) {
  EXPECT_EQ(ca_sema_id("Belarus / Bélarus", "1, Part 1", "8"), "Belarus:1-Part-1:8");
  EXPECT_EQ(ca_sema_id("Belarus / Bélarus", "1,Part 1", "8"), "Belarus:1-Part-1:8");
  EXPECT_EQ(ca_sema_id("Belarus / Bélarus", "1, Part 1.1", "8"), "Belarus:1-Part-1.1:8");
  EXPECT_EQ(ca_sema_id("South Sudan / Soudan du sud", "", "2"), "South-Sudan:2");
  EXPECT_EQ(ca_sema_id("Venezuela", "N/A", "2"), "Venezuela:N-A:2");
  EXPECT_EQ(ca_sema_id("Myanmar (Burma) / Myanmar (Birmanie)", "Part 2", "3"), "Myanmar-Burma:Part-2:3");
  EXPECT_EQ(ca_sema_id("Justice for Some Regulations (JVCFOR) / Règlement (RJVDEC)", "", "4"), "JVCFOR:4");
}

TEST(CaSema, ReadsPersonsEntitiesAndShips) {
  const ReadFixture read = read_fixture("2031-05-25_ca_sema.xml");
  EXPECT_EQ(read.summary.version.source, "ca_dfatd_sema_sanctions");
  EXPECT_EQ(read.summary.version.published_by, PublishedBy::file_name);
  EXPECT_EQ(to_string(*read.summary.version.published), "2031-05-25T00:00:00Z");
  EXPECT_EQ(read.summary.entries, 5U);

  const Record person = read.sink.joined("Belarus:1-Part-1:8");
  EXPECT_EQ(person.schema, "Person");
  EXPECT_THAT(shown(person, Prop::name),
              ElementsAre("name=Jan Pavlovich Testovski script:Latn firstName:Jan Pavlovich lastName:Testovski"));
  EXPECT_THAT(values(person, Prop::birth_date), ElementsAre("1972-08-10", "1972-08-11"));
  EXPECT_THAT(values(person, Prop::title), ElementsAre("General/général"));
  EXPECT_THAT(values(person, Prop::programme), ElementsAre("Belarus / Bélarus"));
  EXPECT_THAT(values(person, Prop::nationality), ElementsAre());
  EXPECT_THAT(values(person, Prop::listing_date), ElementsAre("2030-09-28"));
  EXPECT_THAT(values(person, Prop::reference), ElementsAre("Schedule 1, Part 1, item 8"));

  const Record ship = read.sink.joined("Russia:1.1:1");
  EXPECT_EQ(ship.schema, "Vessel");
  EXPECT_THAT(values(ship, Prop::imo_number), ElementsAre("9074729"));
  EXPECT_THAT(values(ship, Prop::build_date), ElementsAre("2005"));
  EXPECT_THAT(values(ship, Prop::vessel_type), ElementsAre("Oil Tanker"));
  EXPECT_EQ(read.sink.joined("Belarus:1-Part-1.1:8").schema, "Organization");
  EXPECT_THAT(shown(read.sink.joined("JVCFOR:2"), Prop::birth_date), ElementsAre("birthDate=1963 until:1964"));
}

TEST(CaSema, SplitsAliasesAtSeparatorsButNotInsideNames) {
  const ReadFixture read = read_fixture("2031-05-25_ca_sema.xml");
  const Record person = read.sink.joined("Belarus:1-Part-1:8");
  EXPECT_THAT(values(person, Prop::alias),
              ElementsAre("Yan Testouski", "Ян Тестоўскі", "Ян Тестовский", "Bank of Tests, Ltd."));
  const auto aliases = shown(person, Prop::alias);
  EXPECT_THAT(aliases[1], HasSubstr("lang:bel"));
  EXPECT_THAT(aliases[2], HasSubstr("lang:rus"));
  for (const std::string& alias : aliases) EXPECT_THAT(alias, HasSubstr("original:Yan Testouski, Belarusian:"));
}

TEST(CaSema, KeepsAndReportsWhatIsNoDate) {
  const ReadFixture read = read_fixture("2031-05-25_ca_sema.xml");
  EXPECT_THAT(shown(read.sink.joined("JVCFOR:2"), Prop::unmodelled),
              ElementsAre("unmodelled=2030-02-30 field:DateOfListing"));
  EXPECT_THAT(shown(read.sink.joined("Myanmar-Burma:Part-2:2"), Prop::unmodelled),
              ElementsAre("unmodelled=born in the early 1970s field:DateOfBirthOrShipBuildDate"));
  ASSERT_EQ(read.sink.rejections.size(), 2U);
  EXPECT_EQ(read.sink.rejections[0].reason, "DateOfListing: '2030-02-30' is not a date");
  EXPECT_EQ(read.sink.rejections[1].reason, "no Country or no Item, which together are its id");
}

}  // namespace
}  // namespace interdict::lists
