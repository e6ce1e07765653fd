#include "report/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace interdict::report {
namespace {

using ::testing::HasSubstr;

screen::Hit a_hit() {
  screen::Hit hit;
  hit.id = "us_ofac_sdn:9760";
  hit.source = "us_ofac_sdn";
  hit.schema = "Person";
  hit.caption = "Say \"hi\", <b>";
  hit.matched_name = "Лукашенко";
  hit.score = 0.6999;
  hit.programmes = {"BELARUS"};
  screen::Evidence name;
  name.kind = "name";
  name.effect = 0.6999;
  name.name.pairs.push_back({"Sergey", "Siarhei", 0.93, 1.8, names::How::variant});
  name.name.listed_left = {{"Leanidavich", 0.55, names::Pool::patronymic}};
  screen::Evidence date;
  date.kind = "birth_date";
  date.effect = -0.05;
  date.note = "years differ";
  hit.evidence = {name, date};
  return hit;
}

TEST(ScreenJson, HasTheFieldsOfTheContract) {
  screen::Query query;
  query.id = "c1";
  query.schema = "Person";
  query.names = {"x"};
  const std::string json = screen_json(query, {a_hit()}, R"({"as_of":"2026-02-27"})", 0.7);
  EXPECT_THAT(json, HasSubstr(R"("query":{"id":"c1","schema":"Person","properties":{"name":["x"]}})"));
  EXPECT_THAT(json, HasSubstr(R"("world":{"as_of":"2026-02-27"},"threshold":0.7,"hits":[{"id":"us_ofac_sdn:9760")"));
  EXPECT_THAT(json, HasSubstr(R"("caption":"Say \"hi\", <b>")"));
  EXPECT_THAT(json, HasSubstr(R"("how":"variant")"));
  EXPECT_THAT(json, HasSubstr(R"({"kind":"birth_date","effect":-0.05,"share":0.0,"note":"years differ"})"));
}

TEST(ScreenText, NeverRoundsUpToTheThreshold) {
  const std::string text = screen_text({}, {a_hit()}, 0.7);
  EXPECT_THAT(text, HasSubstr("0.69  Say"));
  EXPECT_THAT(text, HasSubstr("Sergey = Siarhei  (variant, similarity 0.93"));
  EXPECT_THAT(text, HasSubstr("only on the list: Leanidavich"));
}

TEST(Csv, QuotesWhatNeedsIt) {
  EXPECT_EQ(csv_field("plain"), "plain");
  EXPECT_EQ(csv_field("a,\"b\""), "\"a,\"\"b\"\"\"");
  EXPECT_EQ(hits_csv("c,1", std::vector{a_hit()}),
            "\"c,1\",0.6999,false,us_ofac_sdn:9760,\"Say \"\"hi\"\", <b>\",us_ofac_sdn,Лукашенко\n");
}

TEST(PartyText, ShowsWhatTheModelHasNoWordFor) {
  Party party{"ca:1", "ca", "Vessel", {{Prop::name, "Arctic", {}}, {Prop::unmodelled, "red", {}}}};
  party.statements[1].with(Detail::field, "HullColour");
  EXPECT_THAT(party_text(party, ""), HasSubstr("HullColour           red"));
  EXPECT_THAT(party_json(party, ""), HasSubstr(R"("properties":{"name":["Arctic"]})"));
  EXPECT_THAT(party_json(party, ""), HasSubstr(R"({"prop":"unmodelled","value":"red","field":"HullColour"})"));
}

}  // namespace
}  // namespace interdict::report
