// Evidence beyond names, in both directions; and that its absence is neither.
#include "screen/evidence.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "screen/screen.h"
#include "tests/screen/snapshot_of.h"

namespace interdict::screen {
namespace {

Party person(std::string id, std::vector<Statement> facts, std::string name = "Viktor Lukin") {
  Party party{std::move(id), "t", "Person", {{Prop::name, std::move(name), {}}}};
  for (Statement& fact : facts) party.statements.push_back(std::move(fact));
  return party;
}

/// A query that agrees with the name only in part, so that there is room to rise and to fall.
Query query() { return Query{.schema = "Person", .names = {"Viktor Lukim"}}; }

struct Outcome {
  double share;
  std::string note;
};

/// The one finding for this query about a person with these facts.
Outcome weighed(const Query& asked, std::vector<Statement> facts) {
  const index::Snapshot snapshot = snapshot_of({person("t:1", std::move(facts))});
  const Questions questions(asked);
  const Findings findings = weigh(questions, snapshot.statements(0));
  EXPECT_EQ(findings.all().size(), 1U);
  return {findings.all().front().share, findings.all().front().note};
}

struct DateCase {
  const char* asked;
  const char* listed;
  double share;
};

class BirthDate : public ::testing::TestWithParam<DateCase> {};

TEST_P(BirthDate, IsWeighedByItsPrecision) {
  Query asked = query();
  asked.birth_dates = {*PartialDate::parse(GetParam().asked)};
  const Outcome outcome = weighed(asked, {{Prop::birth_date, GetParam().listed, {}}});
  EXPECT_EQ(outcome.share, GetParam().share) << GetParam().asked << " / " << GetParam().listed << ": " << outcome.note;
}

INSTANTIATE_TEST_SUITE_P(Plain, BirthDate,
                         ::testing::Values(DateCase{"1976-05-03", "1976-05-03", share::birth_same_day},
                                           DateCase{"1976-05-03", "1976-05", share::birth_same_month},
                                           DateCase{"1976-05", "1976-05", share::birth_same_month},
                                           DateCase{"1976-05-03", "1976", share::birth_same_year},
                                           DateCase{"1976", "1976-05-03", share::birth_same_year},
                                           DateCase{"1976-05-03", "1976-03-05", share::birth_swapped},
                                           DateCase{"1976-05-03", "1976-01-01", share::birth_about},
                                           DateCase{"1976-05-03", "1976-05-08", share::birth_one_digit},
                                           DateCase{"1976-05-03", "1967-05-03", share::birth_one_digit},
                                           DateCase{"1976-05-03", "1976-11-28", share::birth_other_day},
                                           DateCase{"1976-05", "1976-06", share::birth_other_day},
                                           DateCase{"1976", "1977", share::birth_next_year},
                                           DateCase{"1976", "1974-02-01", share::birth_other_year},
                                           DateCase{"1976", "1971", share::birth_other_year},
                                           DateCase{"1976", "1970", share::birth_far},
                                           DateCase{"1976-05-03", "1990-12-24", share::birth_far}));

TEST(BirthDate, ABetterFindingNeverCountsLess) {
  using namespace share;
  const std::vector<double> ladder = {birth_same_day,  birth_same_month, birth_swapped,   birth_same_year,
                                      birth_in_range,  birth_about,      birth_one_digit, birth_other_day,
                                      birth_next_year, birth_other_year, birth_far};
  EXPECT_TRUE(std::ranges::is_sorted(ladder, std::greater<>()));
  EXPECT_GT(birth_one_digit, 0);
  EXPECT_LT(birth_other_day, 0);
}

TEST(BirthDate, KnowsRangesAndAbout) {
  Query asked = query();
  const auto share_of = [&](const char* date, Statement listed) {
    asked.birth_dates = {*PartialDate::parse(date)};
    return weighed(asked, {std::move(listed)}).share;
  };
  const Statement range = Statement{Prop::birth_date, "1960", {}}.with(Detail::until, "1965");
  EXPECT_EQ(share_of("1959-12-31", range), share::birth_next_year);
  EXPECT_EQ(share_of("1960-01-01", range), share::birth_in_range);
  EXPECT_EQ(share_of("1965-12-31", range), share::birth_in_range);
  EXPECT_EQ(share_of("1966-01-01", range), share::birth_next_year);
  EXPECT_EQ(share_of("1980", range), share::birth_far);
  const Statement about = Statement{Prop::birth_date, "1960", {}}.with(Detail::circa, "true");
  EXPECT_EQ(share_of("1960", about), share::birth_about);
  EXPECT_EQ(share_of("1961", about), share::birth_about);
  EXPECT_EQ(share_of("1962", about), share::birth_next_year);
  EXPECT_EQ(share_of("1975", about), share::birth_far);
}

TEST(BirthDate, TakesTheBestOfSeveral) {
  Query asked = query();
  asked.birth_dates = {*PartialDate::parse("1950"), *PartialDate::parse("1976-05-03")};
  const Outcome outcome = weighed(asked, {{Prop::birth_date, "1990", {}}, {Prop::birth_date, "1976-05-03", {}}});
  EXPECT_EQ(outcome.share, share::birth_same_day);
}

TEST(Evidence, OmissionIsNotContradiction) {
  Query asked = query();
  asked.birth_dates = {*PartialDate::parse("1976")};
  asked.countries = {"by"};
  asked.genders = {"male"};
  asked.addresses = {"1 Long Street, Minsk"};
  asked.id_numbers = {"MP1234567"};
  const index::Snapshot snapshot = snapshot_of({person("t:1", {})});
  const Questions questions(asked);
  const Findings findings = weigh(questions, snapshot.statements(0));
  ASSERT_EQ(findings.all().size(), 5U);
  for (const Finding& finding : findings.all()) EXPECT_EQ(finding.share, 0) << finding.kind;
  // And what the list says but the query does not ask moves nothing either.
  const index::Snapshot full =
      snapshot_of({person("t:1", {{Prop::birth_date, "1950", {}}, {Prop::nationality, "ru", {}}})});
  const Options all{.threshold = 0.3};
  EXPECT_EQ(screen(full, query(), all).at(0).score, screen(snapshot, query(), all).at(0).score);
}

TEST(Evidence, CountryWeighsBothWays) {
  Query asked = query();
  asked.countries = {"BY"};
  EXPECT_EQ(weighed(asked, {{Prop::nationality, "by", {}}}).share, share::country_same);
  EXPECT_EQ(weighed(asked, {{Prop::nationality, "ru", {}}, {Prop::citizenship, "by", {}}}).share, share::country_same);
  EXPECT_EQ(weighed(asked, {{Prop::nationality, "ru", {}}}).share, share::country_other);
  EXPECT_EQ(weighed(asked, {{Prop::flag, "ru", {}}}).share, share::flag_other);
  EXPECT_EQ(weighed(asked, {{Prop::birth_country, "by", {}}}).share, share::country_same);
  EXPECT_EQ(weighed(asked, {{Prop::birth_country, "ru", {}}}).share, 0);
  EXPECT_EQ(weighed(asked, {{Prop::nationality, "Ruthenia", {}}}).share, 0);  // as published, not understood
}

TEST(Evidence, GenderOnlyContradicts) {
  Query asked = query();
  asked.genders = {"male"};
  EXPECT_EQ(weighed(asked, {{Prop::gender, "male", {}}}).share, 0);
  EXPECT_EQ(weighed(asked, {{Prop::gender, "female", {}}}).share, share::gender_other);
  EXPECT_EQ(weighed(asked, {{Prop::gender, "other", {}}}).share, 0);
}

TEST(Evidence, AddressCanOnlySpeakFor) {
  Query asked = query();
  asked.addresses = {"12 Nezavisimosti Avenue, Minsk"};
  EXPECT_EQ(weighed(asked, {{Prop::address, "Nezavisimosti avenue 12, 220030 Minsk", {}}}).share, share::address_same);
  EXPECT_EQ(weighed(asked, {{Prop::address, "12 Other Road, Minsk", {}}}).share, share::address_near);
  EXPECT_EQ(weighed(asked, {{Prop::address, "1 Elsewhere Lane, Tehran", {}}}).share, 0);
}

TEST(Evidence, AnEqualIdentifierIsAFloor) {
  const index::Snapshot snapshot = snapshot_of({
      person("t:1", {Statement{Prop::passport_number, "MP 1234567", {}}.with(Detail::country, "by")}, "Someone Else"),
      person("t:2", {{Prop::other_identifier, "MP1234567", {}}}, "Third Person"),
      person("t:3", {{Prop::id_number, "77", {}}}, "Short Number"),
  });
  Query asked{.schema = "Person", .names = {"Viktor Lukin"}, .id_numbers = {"mp-1234567"}};
  const auto hits = screen(snapshot, asked, {});
  ASSERT_EQ(hits.size(), 2U);
  EXPECT_EQ(hits[0].id, "t:1");
  EXPECT_GE(hits[0].score, 0.95);
  EXPECT_EQ(hits[0].matched_name, "Someone Else");
  EXPECT_EQ(hits[1].id, "t:2");
  EXPECT_GE(hits[1].score, 0.80);
  EXPECT_LT(hits[1].score, hits[0].score);

  asked.countries = {"ru"};  // a number of another country's passport
  const auto elsewhere = screen(snapshot, asked, {.threshold = 0.5});
  const auto at = std::ranges::find(elsewhere, "t:1", &Hit::id);
  ASSERT_NE(at, elsewhere.end());
  EXPECT_LT(at->score, 0.70);

  asked.id_numbers = {"77"};
  EXPECT_TRUE(screen(snapshot, asked, {}).empty());
}

TEST(Evidence, AnotherImoNumberSpeaksAgainst) {
  const Party ship{"t:1", "t", "Vessel", {{Prop::name, "Sea Star", {}}, {Prop::imo_number, "IMO 9074729", {}}}};
  const index::Snapshot snapshot = snapshot_of({ship});
  Query asked{.schema = "Vessel", .names = {"Sea Star"}};
  const double by_name = screen(snapshot, asked, {}).at(0).score;
  asked.id_numbers = {"9074729"};
  EXPECT_GE(screen(snapshot, asked, {}).at(0).score, by_name);
  asked.id_numbers = {"9319466"};  // a well-formed IMO number
  EXPECT_LT(screen(snapshot, asked, {.threshold = 0.5}).at(0).score, by_name);
  asked.id_numbers = {"9319467"};  // its check digit is wrong: some other kind of number
  EXPECT_EQ(screen(snapshot, asked, {}).at(0).score, by_name);
}

TEST(Evidence, WeakAliasesCountLess) {
  const Party strong{"t:1", "t", "Person", {{Prop::name, "Main Name", {}}, {Prop::alias, "Viktor Lukin", {}}}};
  const Party weak{"t:2", "t", "Person", {{Prop::name, "Main Name", {}}, {Prop::weak_alias, "Viktor Lukin", {}}}};
  const Party called_weak{
      "t:3",
      "t",
      "Person",
      {{Prop::name, "Main Name", {}}, Statement{Prop::alias, "Viktor Lukin", {}}.with(Detail::strength, "weak")}};
  const index::Snapshot snapshot = snapshot_of({strong, weak, called_weak});
  const auto hits = screen(snapshot, {.schema = "Person", .names = {"Viktor Lukin"}}, {});
  ASSERT_EQ(hits.size(), 3U);
  EXPECT_EQ(hits[0].id, "t:1");
  EXPECT_LT(hits[1].score, hits[0].score);
  EXPECT_EQ(hits[1].score, hits[2].score);
  ASSERT_EQ(hits[1].evidence.size(), 2U);
  EXPECT_EQ(hits[1].evidence[1].kind, "weak_alias");
}

TEST(Evidence, EffectsAddUpToTheScoreAndItsOrderIsKept) {
  const index::Snapshot snapshot = snapshot_of({
      person("t:1", {{Prop::birth_date, "1976-05-03", {}}, {Prop::nationality, "ru", {}}, {Prop::gender, "male", {}}}),
      person("t:2", {{Prop::birth_date, "1990", {}}, {Prop::nationality, "by", {}}}, "Viktor Lukim"),
  });
  Query asked = query();
  asked.birth_dates = {*PartialDate::parse("1976-05-03")};
  asked.countries = {"by"};
  asked.genders = {"female"};
  const auto hits = screen(snapshot, asked, {.threshold = 0.1});
  ASSERT_EQ(hits.size(), 2U);
  for (const Hit& hit : hits) {
    double sum = 0;
    for (const Evidence& evidence : hit.evidence) sum += evidence.effect;
    EXPECT_EQ(sum, hit.score);
    EXPECT_EQ(hit.evidence.front().kind, "name");
    EXPECT_EQ(hit.evidence.size(), 4U);
  }
}

TEST(Findings, NeededForIsTheInverseOfApply) {
  Findings findings;
  findings.add({"birth_date", 0.25, {}, {}, ""});
  findings.add({"country", -0.10, {}, {}, ""});
  findings.add({"gender", -0.15, {}, {}, ""});
  findings.add({"address", 0.04, {}, {}, ""});
  for (double score = 0; score <= 1; score += 0.01) {
    EXPECT_NEAR(findings.needed_for(findings.apply(score)), score, 1e-8);
    EXPECT_LT(findings.needed_for(findings.apply(score)), score);
  }
}

TEST(Questions, GreatestRiseAllowsForEveryShare) {
  for (const double s : {share::birth_same_month, share::birth_swapped, share::birth_same_year, share::birth_in_range,
                         share::birth_about, share::birth_one_digit}) {
    EXPECT_LE(s, share::birth_greatest);
  }
  EXPECT_LE(share::address_near, share::address_greatest);
  EXPECT_EQ(Questions(query()).greatest_rise(), 0);
}

}  // namespace
}  // namespace interdict::screen
