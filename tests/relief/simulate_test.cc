#include "relief/simulate.h"

#include <gmock/gmock.h>

#include "tests/law/worlds.h"

namespace interdict::relief {
namespace {

using law::case_of;
using law::day;
using law::deal_of;
using law::Verdict;

constexpr const char* blocked = R"(
  - {id: l-1, party: alfa, measures: [home-block], status: [{is: in_force, on: 2020-01-01}], source: own, confidence: high}
  - {id: l-2, party: beta, measures: [home-block], status: [{is: in_force, on: 2020-01-01}], source: own, confidence: high}
)";

Result<Simulation> run(const std::string& steps, const std::string& more = "", const std::string& party = "alfa") {
  static Case world;
  world = case_of(std::string("listings:") + blocked + more);
  auto scenario = casefile::read_scenario({"s.yaml", "id: s\ntitle: t\nask: [2021-12-31]\nsteps:\n" + steps}, &world);
  EXPECT_TRUE(scenario) << scenario.error().to_string();
  const Deal deal = deal_of(
      "activities: [account]\nparties: [{role: customer, party: " + party + "}, {role: bank, party: bank-us}]\n",
      world);
  return simulate(*scenario, {deal}, world);
}

Verdict after(const Simulation& simulation, const char* on) {
  for (const auto& pair : simulation.verdicts) {
    if (pair.on == day(on)) return pair.after.verdict;
  }
  ADD_FAILURE() << "not judged on " << on;
  return Verdict::undetermined;
}

TEST(Simulate, ABrokenConditionBringsBackWhatItSuspendedAndNothingElse) {
  const auto found =
      run("  - {id: s1, on: 2021-01-01, act: suspend, measures: [home-block], parties: [alfa], condition: no arrests, "
          "broken_by: arrest}\n"
          "  - {id: s2, on: 2021-02-01, act: delist, measures: [home-block], parties: [beta]}\n"
          "  - {id: s3, on: 2021-03-01, act: arrest, count: 14}\n");
  ASSERT_TRUE(found) << found.error().to_string();
  EXPECT_EQ(after(*found, "2021-01-01"), Verdict::permitted);
  EXPECT_EQ(after(*found, "2021-03-01"), Verdict::prohibited);
  ASSERT_EQ(found->steps.at(2).snapback.size(), 1U);
  EXPECT_THAT(found->steps.at(2).snapback.at(0), testing::HasSubstr("l-1 reinstated on 2021-03-01"));
  for (const auto& listing : found->world.listings) {
    if (listing.id == "l-2") {
      EXPECT_EQ(listing.status.back().standing, Standing::lifted);
    }
  }
}

TEST(Simulate, AnotherKindOfEventBreaksNothing) {
  const auto found = run(
      "  - {id: s1, on: 2021-01-01, act: suspend, measures: [home-block], condition: no arrests, broken_by: arrest}\n"
      "  - {id: s2, on: 2021-03-01, act: release, count: 14}\n");
  ASSERT_TRUE(found);
  EXPECT_EQ(after(*found, "2021-12-31"), Verdict::permitted);
}

constexpr const char* renewed_yearly = R"(acts:
  - {id: decision, authority: home, title: A decision, source: own, confidence: high,
     valid: [{from: 2020-01-01, until: 2021-03-01}, {from: 2021-02-25, until: 2022-03-01}]}
measures:
  - {id: home-sector, authority: home, act: act-1, title: No dealings, forbids: transaction_ban, source: own,
     confidence: high, when: {party: gamma}, rests_on: [decision], status: [{is: in_force, on: 2020-01-01}]}
  - {id: far-spare, authority: far, act: act-2, title: The spare, forbids: transaction_ban, source: own, confidence: high,
     when: {party: gamma}, status: [{is: adopted, on: 2020-06-01}], fallback_for: [home-sector], trigger: a cabinet act}
)";

TEST(Simulate, AVetoEndsAnActWithItsLastWindowAndNamesTheFallback) {
  const auto found = run("  - {id: v, on: 2021-02-20, act: veto, renewal: decision}\n", renewed_yearly, "gamma");
  ASSERT_TRUE(found) << found.error().to_string();
  EXPECT_EQ(after(*found, "2021-02-28"), Verdict::prohibited);
  EXPECT_EQ(after(*found, "2021-03-01"), Verdict::permitted);
  ASSERT_EQ(found->steps.at(0).fallback.size(), 1U);
  EXPECT_THAT(found->steps.at(0).fallback.at(0),
              testing::HasSubstr("far-spare (far), in place of home-sector: a cabinet act"));
}

TEST(Simulate, RefusesWhatTheCaseCannotDo) {
  const auto refused = [](const std::string& steps, const std::string& more = "") {
    const auto found = run(steps, more);
    return found ? std::string() : found.error().to_string();
  };
  EXPECT_EQ(refused("  - {id: v, on: 2021-02-20, act: veto, renewal: act-1}\n"),
            "s.yaml:5:5: 'act-1' has no windows of validity: there is no renewal to veto");
  EXPECT_EQ(refused("  - {id: v, on: 2021-02-20, act: veto}\n"), "s.yaml:5:5: a veto of nothing: 'renewal' is missing");
  EXPECT_EQ(refused("  - {id: v, on: 2021-02-20, act: delist, measures: [home-block]}\n"),
            "s.yaml:5:5: 'delist' of nobody: 'parties' is missing");
  EXPECT_EQ(refused("  - {id: v, on: 2021-02-20, act: delist, measures: [home-block], parties: [delta]}\n"),
            "s.yaml:5:5: 'delta' was never listed under 'home-block'");
  EXPECT_EQ(refused("  - {id: v, on: 2020-07-01, act: suspend, measures: [far-spare]}\n", renewed_yearly),
            "s.yaml:5:5: 'far-spare' cannot be suspended on 2020-07-01: it is adopted then");
}

}  // namespace
}  // namespace interdict::relief
