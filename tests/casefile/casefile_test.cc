#include "casefile/casefile.h"

#include <gtest/gtest.h>

namespace interdict::casefile {
namespace {

constexpr const char* base = R"(case: small
authorities:
  - id: no
    name: Norway
    territory: [no]
    source: own
    confidence: high
acts:
  - id: act-1
    authority: no
    title: An act
    source: own
    confidence: high
measures:
  - id: m-1
    authority: no
    act: act-1
    title: No import of potash
    forbids: import
    when: {goods_annex: annex-1, goods_origin: [by]}
    source: own
    confidence: medium
    status:
      - {is: in_force, on: 2021-06-25, act: act-1}
      - {is: suspended, on: 2022-01-01, act: act-1}
annexes:
  - id: annex-1
    source: own
    confidence: high
    entries:
      - {code: 3104 20 50, from: 2021-06-25}
)";

LoadedCase with(const std::string& more) { return read_case({{"a.yaml", base}, {"b.yaml", more}}); }

std::string first_error(const std::string& more) {
  const LoadedCase loaded = with(more);
  return loaded.errors.empty() ? "" : loaded.errors.front().to_string();
}

TEST(ReadCase, ReadsTextAsTextAndConvertsBySchema) {
  const LoadedCase loaded = with("parties: [{id: p, name: 010, country: no, source: own, confidence: low}]");
  ASSERT_TRUE(loaded.errors.empty()) << loaded.errors.front().to_string();
  EXPECT_EQ(loaded.value.parties.at(0).name, "010");
  EXPECT_EQ(loaded.value.parties.at(0).country, "no");
  EXPECT_EQ(loaded.value.annexes.at(0).entries.at(0).code, "31042050");
  const Measure& m = loaded.value.measures.at(0);
  EXPECT_EQ(m.when.parts.size(), 2U);
  EXPECT_EQ(m.status.at(1).standing, Standing::suspended);
  EXPECT_EQ(m.status.at(1).provenance.confidence, Confidence::medium);  // of its measure
}

TEST(ReadCase, NamesThePlaceAndTheNearestWord) {
  EXPECT_EQ(first_error("parties:\n  - {id: p, nmae: x, name: y, source: o, confidence: low}\n"),
            "b.yaml:2:13: unknown key 'nmae', did you mean 'name'?");
  EXPECT_EQ(first_error("claimz: []\n"), "b.yaml:1:1: unknown key 'claimz', did you mean 'claims'?");
}

TEST(ReadCase, RefusesWhatYamlLetsThrough) {
  EXPECT_EQ(first_error("case: a\ncase: b\n"), "b.yaml:2:1: duplicate key 'case' (first on line 1)");
  EXPECT_NE(first_error("case: &x a\ntitle: *x\n").find("anchors"), std::string::npos);
  EXPECT_NE(first_error("case: !!int 3\n").find("tags are not allowed"), std::string::npos);
  EXPECT_NE(first_error("case: a\n---\ncase: b\n").find("one document"), std::string::npos);
  EXPECT_NE(first_error("case: [a\n").find("not YAML"), std::string::npos);
  EXPECT_NE(first_error("case: \"\\\xC3\x9E\"\n").find("escape character: ?"), std::string::npos)
      << "no half of a letter";
}

TEST(ReadCase, RefusesWhatContradictsItself) {
  const std::string tail = ", source: o, confidence: low}]";
  EXPECT_NE(first_error("exceptions: [{id: e, kind: licence, to: [m-2]" + tail)
                .find("there is no measure or exception 'm-2', did you mean 'm-1'?"),
            std::string::npos);
  EXPECT_NE(first_error("exceptions: [{id: e, kind: licence" + tail).find("exception to nothing"), std::string::npos);
  EXPECT_NE(
      first_error(
          "exceptions: [{id: e, kind: licence, to: [f], source: o, confidence: low}, {id: f, kind: limit, to: [e]" +
          tail)
          .find("a cycle of exceptions"),
      std::string::npos);
  EXPECT_NE(first_error("parties: [{id: m-1, name: x" + tail).find("already a measure"), std::string::npos);
  EXPECT_NE(first_error("annexes: [{id: a, entries: [{code: 310}]" + tail).find("no goods code"), std::string::npos);
  EXPECT_NE(first_error("exceptions: [{id: e, kind: licence, to: [m-1], from: 2022-01-01, until: 2022-01-01" + tail)
                .find("'until' must be after 'from'"),
            std::string::npos);
  EXPECT_NE(first_error("events: [{id: a, on: 2022, kind: k, title: t, source: o, confidence: low}, "
                        "{id: b, on: 2021, kind: k, title: t, after: [a]" +
                        tail)
                .find("'b' comes before its cause 'a'"),
            std::string::npos);
}

TEST(ReadCase, SharesAddUpToAHundredAtMost) {
  const std::string parties =
      "parties: [{id: p, name: x, source: o, confidence: low}, {id: q, name: y, source: o, confidence: low}]\n";
  EXPECT_NE(first_error(parties + "ownership:\n  - {owner: p, owned: q, percent: 60, source: o, confidence: low}\n"
                                  "  - {owner: p, owned: q, percent: 41, source: o, confidence: low}\n")
                .find("add up to 101"),
            std::string::npos);
}

TEST(ReadDeal, KeepsUnstatedApartFromStated) {
  const auto deal = read_deal({"d.yaml", "id: d\ntitle: t\ndate: 2025-06-24\npayments: [{currency: EUR}]\n"});
  ASSERT_TRUE(deal) << deal.error().to_string();
  EXPECT_FALSE(deal->payments.at(0).messaging.has_value());
  EXPECT_FALSE(deal->purposes.has_value());
}

TEST(ReadDeal, NeedsADay) {
  const auto deal = read_deal({"d.yaml", "id: d\ntitle: t\n"});
  ASSERT_FALSE(deal);
  EXPECT_EQ(deal.error().to_string(), "d.yaml:1:1: 'date' is missing: a deal has its day");
}

TEST(ReadScenario, StepsGoForward) {
  const auto scenario = read_scenario({"s.yaml",
                                       "id: s\ntitle: t\nsteps:\n  - {id: a, on: 2025-01-02, act: lift}\n"
                                       "  - {id: b, on: 2025-01-01, act: lift}\n"});
  ASSERT_FALSE(scenario);
  EXPECT_NE(scenario.error().message.find("order of time"), std::string::npos);
}

}  // namespace
}  // namespace interdict::casefile
