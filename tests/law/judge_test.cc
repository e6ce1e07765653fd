#include <gmock/gmock.h>

#include "tests/law/worlds.h"

namespace interdict::law {
namespace {

const std::string own = ", source: own, confidence: high";

std::string listing(const std::string& party, const std::string& measure, const std::string& status) {
  return "  - {id: l-" + party + "-" + measure + ", party: " + party + ", measures: [" + measure + "], status: [" +
         status + "]" + own + "}\n";
}
const std::string since_2020 = "{is: in_force, on: 2020-01-01}";

/// `party` asks for an account at a bank of each authority.
Judgment asked_by(const std::string& party, const std::string& more, const char* on, const std::string& deal = "") {
  const Case world = case_of(more);
  const CaseIndex index(world);
  return judge(deal_of("activities: [account]\nparties: [{role: customer, party: " + party +
                           "}, {role: bank, party: bank-us}, {role: bank, party: bank-gb}]\n" + deal,
                       world),
               index, {day(on), {}});
}

TEST(Judge, APartyIsCaughtFromTheDayOfItsListing) {
  const std::string more =
      "listings:\n" + listing("alfa", "home-block", "{is: in_force, on: 2021-08-09}, {is: lifted, on: 2026-03-26}");
  EXPECT_EQ(of(asked_by("alfa", more, "2021-08-08"), "home").verdict, Verdict::permitted);
  const Judgment on = asked_by("alfa", more, "2021-08-09");
  EXPECT_EQ(of(on, "home").verdict, Verdict::prohibited);
  EXPECT_EQ(of(on, "home").reasons.at(0).since, day("2021-08-09"));
  EXPECT_EQ(of(on, "far").verdict, Verdict::permitted);
  EXPECT_EQ(on.verdict, Verdict::prohibited);
  EXPECT_EQ(of(asked_by("alfa", more, "2026-03-26"), "home").verdict, Verdict::permitted);
}

TEST(Judge, WithoutATieThereIsNoNexusAndTheMeasureIsNamed) {
  const Case world = case_of("listings:\n" + listing("alfa", "home-block", since_2020));
  const CaseIndex index(world);
  const Judgment found = judge(deal_of("activities: [sale]\nparties: [{role: seller, party: alfa}, "
                                       "{role: bank, party: bank-gb}]\npayments: [{currency: EUR}]\n",
                                       world),
                               index, {day("2021-01-01"), {}});
  EXPECT_EQ(of(found, "home").verdict, Verdict::no_nexus);
  ASSERT_EQ(of(found, "home").out_of_reach.size(), 1U);
  EXPECT_EQ(of(found, "home").out_of_reach.at(0).measure, "home-block");
}

TEST(Judge, ClearingInItsCurrencyIsATie) {
  const Case world = case_of("listings:\n" + listing("alfa", "home-block", since_2020));
  const CaseIndex index(world);
  const Judgment found = judge(deal_of("activities: [sale]\nparties: [{role: seller, party: alfa}]\n"
                                       "payments: [{currency: USD}]\n",
                                       world),
                               index, {day("2021-01-01"), {}});
  EXPECT_EQ(of(found, "home").verdict, Verdict::prohibited);
  EXPECT_THAT(of(found, "home").reasons.at(0).nexus, testing::ElementsAre("currency: USD"));
}

// -- ownership --------------------------------------------------------------------------------------------------------

std::string shares(const std::string& list) { return "ownership: [" + list + "]\n"; }

TEST(Ownership, EachAuthorityReadsTheSameHalfByItsOwnTest) {
  const std::string more =
      "listings:\n" + listing("alfa", "home-block", since_2020) + listing("alfa", "far-freeze", since_2020);
  const Judgment half = asked_by("beta", more, "2021-01-01", shares("{owner: alfa, owned: beta, percent: 50}"));
  EXPECT_EQ(of(half, "home").verdict, Verdict::prohibited);
  EXPECT_EQ(of(half, "home").reasons.at(0).path.size(), 1U);
  EXPECT_EQ(of(half, "far").verdict, Verdict::permitted);
  EXPECT_THAT(of(half, "far").conditions, testing::ElementsAre("far: check that alfa does not control beta"));
  const Judgment more_than = asked_by("beta", more, "2021-01-01", shares("{owner: alfa, owned: beta, percent: 50.1}"));
  EXPECT_EQ(of(more_than, "far").verdict, Verdict::prohibited);
}

TEST(Ownership, ControlSufficesWhereTheTestSaysSoAndItsDenialIsBelieved) {
  const std::string more = "listings:\n" + listing("alfa", "far-freeze", since_2020);
  const std::string minority = shares("{owner: alfa, owned: beta, percent: 10}");
  EXPECT_EQ(
      of(asked_by("beta", more, "2021-01-01", minority + "control: [{controller: alfa, controlled: beta}]\n"), "far")
          .verdict,
      Verdict::prohibited);
  const Judgment denied = asked_by("beta", more, "2021-01-01",
                                   minority + "control: [{controller: alfa, controlled: beta, controls: false}]\n");
  EXPECT_EQ(of(denied, "far").verdict, Verdict::permitted);
  EXPECT_TRUE(of(denied, "far").conditions.empty());
}

TEST(Ownership, AddsUpWhereTheTestAggregatesAndRunsThroughChains) {
  const std::string more =
      "listings:\n" + listing("alfa", "home-block", since_2020) + listing("delta", "home-block", since_2020);
  const std::string joint = shares(
      "{owner: alfa, owned: beta, percent: 30}, {owner: delta, owned: beta, percent: 25}, "
      "{owner: beta, owned: gamma, percent: 50}");
  const Judgment found = asked_by("gamma", more, "2021-01-01", joint);
  EXPECT_EQ(of(found, "home").verdict, Verdict::prohibited);
  EXPECT_THAT(of(found, "home").reasons.at(0).roots, testing::ElementsAre("alfa", "delta"));
  EXPECT_EQ(of(found, "home").reasons.at(0).path.size(), 3U);
}

TEST(Ownership, ARingThatNobodyListedOwnsCatchesNothing) {
  const std::string more = "listings:\n" + listing("alfa", "home-block", since_2020);
  const Judgment found =
      asked_by("beta", more, "2021-01-01",
               shares("{owner: beta, owned: gamma, percent: 100}, {owner: gamma, owned: beta, percent: 60}, "
                      "{owner: alfa, owned: beta, percent: 40}"));
  EXPECT_EQ(of(found, "home").verdict, Verdict::permitted);
}

TEST(Ownership, SharesKnownWithinLimitsLeaveItOpen) {
  const std::string more = "listings:\n" + listing("alfa", "home-block", since_2020);
  const Judgment found =
      asked_by("beta", more, "2021-01-01", shares("{owner: alfa, owned: beta, at_least: 40, at_most: 60}"));
  EXPECT_EQ(of(found, "home").verdict, Verdict::undetermined);
  EXPECT_THAT(of(found, "home").reasons.at(0).unknown, testing::Contains(testing::HasSubstr("shares")));
}

// -- exceptions -------------------------------------------------------------------------------------------------------

const std::string blocked = "listings:\n" + listing("alfa", "home-block", since_2020);

std::string licence(const std::string& more) {
  return "  - {id: gl-1, to: [home-block], kind: licence, from: 2020-06-01, until: 2021-06-01" + more + own + "}\n";
}

TEST(Exceptions, ALicenceAuthorisesWithinItsWindowOnly) {
  const std::string more = blocked + "exceptions:\n" + licence("");
  EXPECT_EQ(of(asked_by("alfa", more, "2020-05-31"), "home").verdict, Verdict::prohibited);
  EXPECT_EQ(of(asked_by("alfa", more, "2020-06-01"), "home").verdict, Verdict::authorised);
  const Judgment after = asked_by("alfa", more, "2021-06-01");
  EXPECT_EQ(of(after, "home").verdict, Verdict::prohibited);
  EXPECT_EQ(of(after, "home").reasons.at(0).exceptions.at(0).why, "ended 2021-06-01");
}

TEST(Exceptions, WhatIsNotMetIsNamedAndWhatIsNotStatedLeavesItOpen) {
  const std::string more = blocked + "exceptions:\n" + licence(", when: {purpose: wind_down}");
  const Judgment other = asked_by("alfa", more, "2021-01-01", "purposes: [trade]\n");
  EXPECT_EQ(of(other, "home").verdict, Verdict::prohibited);
  EXPECT_EQ(of(other, "home").reasons.at(0).exceptions.at(0).why, "not met: purpose wind_down");
  const Judgment open = asked_by("alfa", more, "2021-01-01");
  EXPECT_EQ(of(open, "home").verdict, Verdict::undetermined);
  EXPECT_EQ(of(asked_by("alfa", more, "2021-01-01", "purposes: [wind_down]\n"), "home").verdict, Verdict::authorised);
}

TEST(Exceptions, AnExceptionToAnExceptionRestoresTheRule) {
  const std::string more =
      blocked + "exceptions:\n" + licence("") +
      "  - {id: limit-1, to: [gl-1], kind: limit, effect: disapply, when: {purpose: new_business}" + own + "}\n";
  EXPECT_EQ(of(asked_by("alfa", more, "2021-01-01", "purposes: [trade]\n"), "home").verdict, Verdict::authorised);
  EXPECT_EQ(of(asked_by("alfa", more, "2021-01-01", "purposes: [new_business]\n"), "home").verdict,
            Verdict::prohibited);
}

TEST(Exceptions, TwoThatDisagreeAreNamedBoth) {
  const std::string more = blocked + "exceptions:\n" + licence("") +
                           "  - {id: ban-1, to: [home-block], kind: limit, effect: prohibit" + own + "}\n";
  const Judgment found = asked_by("alfa", more, "2021-01-01");
  EXPECT_EQ(of(found, "home").verdict, Verdict::undetermined);
  EXPECT_THAT(of(found, "home").reasons.at(0).unknown, testing::Contains("gl-1 and ban-1 disagree"));
}

TEST(Exceptions, ALicenceForOnePartyDoesNotCoverAnother) {
  const std::string more = "listings:\n" + listing("alfa", "home-block", since_2020) +
                           listing("delta", "home-block", since_2020) + "exceptions:\n" + licence(", parties: [alfa]");
  EXPECT_EQ(of(asked_by("alfa", more, "2021-01-01"), "home").verdict, Verdict::authorised);
  EXPECT_EQ(of(asked_by("delta", more, "2021-01-01"), "home").verdict, Verdict::prohibited);
  const std::string joint = shares("{owner: alfa, owned: beta, percent: 30}, {owner: delta, owned: beta, percent: 25}");
  EXPECT_EQ(of(asked_by("beta", more, "2021-01-01", joint), "home").verdict, Verdict::prohibited);
  EXPECT_EQ(of(asked_by("beta", more, "2021-01-01", shares("{owner: alfa, owned: beta, percent: 80}")), "home").verdict,
            Verdict::authorised);
}

// -- time -------------------------------------------------------------------------------------------------------------

TEST(Time, ASuspensionEndsByItself) {
  const std::string more = "listings:\n" + listing("alfa", "home-block",
                                                   since_2020 + ", {is: suspended, on: 2021-01-01, until: 2022-01-01}");
  EXPECT_EQ(of(asked_by("alfa", more, "2021-12-31"), "home").verdict, Verdict::permitted);
  EXPECT_EQ(of(asked_by("alfa", more, "2022-01-01"), "home").verdict, Verdict::prohibited);
}

constexpr const char* renewed = R"(acts:
  - {id: decision, authority: home, title: A decision, source: own, confidence: high,
     valid: [{from: 2020-01-01, until: 2021-01-01}, {from: 2021-01-01, until: 2022-01-01}]%s}
measures:
  - {id: home-sector, authority: home, act: act-1, title: No dealings, forbids: transaction_ban, source: own,
     confidence: high, when: {party: alfa}, rests_on: [decision], status: [{is: in_force, on: 2020-01-01}]}
)";

TEST(Time, PastTheLastKnownRenewalNobodyKnowsUnlessItIsSaidToHaveLapsed) {
  const auto world = [](const std::string& lapsed) {
    std::string text = renewed;
    return text.replace(text.find("%s"), 2, lapsed);
  };
  EXPECT_EQ(of(asked_by("alfa", world(""), "2021-06-01"), "home").verdict, Verdict::prohibited);
  const Judgment later = asked_by("alfa", world(""), "2022-01-01");
  EXPECT_EQ(of(later, "home").verdict, Verdict::undetermined);
  EXPECT_THAT(of(later, "home").reasons.at(0).unknown, testing::Contains(testing::HasSubstr("decision was renewed")));
  EXPECT_EQ(of(asked_by("alfa", world(", lapsed: 2022-01-01"), "2022-01-01"), "home").verdict, Verdict::permitted);
}

TEST(Time, WhatWasPublishedLaterIsHidden) {
  const Case world =
      case_of("listings:\n" + listing("alfa", "home-block", "{is: in_force, on: 2020-01-01, published: 2020-03-01}"));
  const CaseIndex index(world);
  const Deal deal =
      deal_of("activities: [account]\nparties: [{role: customer, party: alfa}, {role: bank, party: bank-us}]\n", world);
  EXPECT_EQ(judge(deal, index, {day("2020-02-01"), {}}).verdict, Verdict::prohibited);
  EXPECT_EQ(judge(deal, index, {day("2020-02-01"), day("2020-02-01")}).verdict, Verdict::permitted);
}

TEST(Time, WhatIsProposedIsPendingAndBindsNobody) {
  const Case world = case_of(R"(measures:
  - {id: home-plan, authority: home, act: act-1, title: A plan, forbids: transaction_ban, when: {activity: account},
     status: [{is: proposed, on: 2020-01-01}, {is: blocked, on: 2020-02-01, by: [one, other]}], source: own,
     confidence: high}
)");
  const CaseIndex index(world);
  const Judgment found = judge(
      deal_of("activities: [account]\nparties: [{role: customer, party: alfa}, {role: bank, party: bank-us}]\n", world),
      index, {day("2020-03-01"), {}});
  EXPECT_EQ(of(found, "home").verdict, Verdict::permitted);
  ASSERT_EQ(of(found, "home").pending.size(), 1U);
  EXPECT_EQ(of(found, "home").pending.at(0).status, Standing::blocked);
  EXPECT_THAT(of(found, "home").pending.at(0).by, testing::ElementsAre("one", "other"));
}

// -- facts ------------------------------------------------------------------------------------------------------------

constexpr const char* goods_ban = R"(annexes:
  - {id: annex-1, source: own, confidence: high, entries: [{code: 310420, from: 2021-01-01}]}
measures:
  - {id: home-import, authority: home, act: act-1, title: No import, forbids: import, source: own, confidence: high,
     when: {activity: import, goods_annex: annex-1, goods_origin: by}, status: [{is: in_force, on: 2020-01-01}]}
)";

TEST(Facts, GoodsAreCaughtByTheAnnexOfTheDay) {
  const std::string goods =
      "goods: [{code: 3104 20 50, origin: by}]\nroute: [{from: Minsk, to: Boston, mode: air, "
      "territory: [by, us], carrier: beta, flag: by}]\n";
  const auto on = [&](const char* date, const std::string& deal) {
    const Case world = case_of(goods_ban);
    const CaseIndex index(world);
    return of(judge(deal_of("activities: [import]\n" + deal, world), index, {day(date), {}}), "home").verdict;
  };
  EXPECT_EQ(on("2020-12-31", goods), Verdict::permitted);
  EXPECT_EQ(on("2021-01-01", goods), Verdict::prohibited);
  std::string vague = goods;
  vague.replace(vague.find("3104 20 50"), 10, "3104");
  EXPECT_EQ(on("2021-01-01", vague), Verdict::undetermined);
  // Code and origin are asked of one item: potash of one origin and anything of another do not add up.
  EXPECT_EQ(on("2021-01-01",
               "goods: [{code: 310420, origin: ca}, {code: 8401, origin: by}]\nroute: [{from: Minsk, "
               "to: Boston, mode: air, territory: [by, us], carrier: beta, flag: by}]\n"),
            Verdict::permitted);
}

TEST(Facts, AnUnstatedFactMayBecomeACondition) {
  const Case world = case_of(R"(measures:
  - {id: home-message, authority: home, act: act-1, title: No messaging, forbids: messaging, listed: true, owned: false,
     when: {messaging_country: [us]}, unstated: [{field: messaging_country, condition: not by our carrier}],
     status: [{is: in_force, on: 2020-01-01}], source: own, confidence: high}
listings:
)" + listing("alfa", "home-message", since_2020));
  const CaseIndex index(world);
  const std::string deal =
      "activities: [payment]\nparties: [{role: bank, party: alfa}, {role: bank, party: bank-us}]\n";
  const Judgment open = judge(deal_of(deal + "payments: [{currency: EUR}]\n", world), index, {day("2021-01-01"), {}});
  EXPECT_EQ(of(open, "home").verdict, Verdict::permitted);
  EXPECT_THAT(open.conditions, testing::ElementsAre("not by our carrier"));
  const Judgment stated =
      judge(deal_of(deal + "payments: [{currency: EUR, messaging: bank-us}]\n", world), index, {day("2021-01-01"), {}});
  EXPECT_EQ(of(stated, "home").verdict, Verdict::prohibited);
}

// -- changes ----------------------------------------------------------------------------------------------------------

TEST(Changes, EachFormOfReliefDoesWhatItSays) {
  const Case world = case_of("listings:\n" + listing("alfa", "home-block", since_2020));
  const CaseIndex index(world);
  const Deal deal = deal_of(
      "activities: [account]\nparties: [{role: customer, party: beta}, {role: bank, party: bank-us}]\n"
      "ownership: [{owner: alfa, owned: beta, percent: 60}]\n",
      world);
  const auto with = [&](const Changes& changes) {
    return judge(deal, index, {day("2021-01-01"), {}}, changes).verdict;
  };
  EXPECT_EQ(with({}), Verdict::prohibited);
  EXPECT_EQ(with({.off = {"home-block"}, .delisted = {}, .licensed = {}, .divested = {}}), Verdict::permitted);
  EXPECT_EQ(with({.off = {}, .delisted = {"l-alfa-home-block"}, .licensed = {}, .divested = {}}), Verdict::permitted);
  EXPECT_EQ(with({.off = {}, .delisted = {}, .licensed = {{"home-block", "alfa"}}, .divested = {}}),
            Verdict::authorised);
  EXPECT_EQ(with({.off = {}, .delisted = {}, .licensed = {}, .divested = {{"alfa", "beta"}}}), Verdict::permitted);
}

}  // namespace
}  // namespace interdict::law
