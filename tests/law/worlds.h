// Small worlds written as case files, for the tests of the law and relief rooms.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "casefile/casefile.h"
#include "law/law.h"

namespace interdict::law {

inline Day day(const char* iso) {
  const auto parsed = parse_day(iso);
  EXPECT_TRUE(parsed) << iso;
  return parsed.value_or(Day{});
}

/// Two authorities, an act, and firms. `home` tests ownership at 50 or more in aggregate, `far` above 50 or control.
inline constexpr const char* two_authorities = R"(case: small
authorities:
  - id: home
    name: Home
    territory: [us]
    currency: USD
    ownership_test: [{percent: 50, aggregate: true}]
    source: own
    confidence: high
  - id: far
    name: Far
    territory: [gb]
    ownership_test: [{percent: 50, more_than: true, control: true}]
    source: own
    confidence: high
acts:
  - {id: act-1, authority: home, title: An order, source: own, confidence: high}
  - {id: act-2, authority: far, title: A regulation, source: own, confidence: high}
parties:
  - {id: alfa, name: Alfa, country: by, source: own, confidence: high}
  - {id: beta, name: Beta, country: by, source: own, confidence: high}
  - {id: gamma, name: Gamma, country: by, source: own, confidence: high}
  - {id: delta, name: Delta, country: by, source: own, confidence: high}
  - {id: bank-us, name: A bank, country: us, source: own, confidence: high}
  - {id: bank-gb, name: Another bank, country: gb, source: own, confidence: high}
measures:
  - {id: home-block, authority: home, act: act-1, title: Block, forbids: asset_freeze, listed: true, source: own,
     confidence: high, status: [{is: in_force, on: 2020-01-01}]}
  - {id: far-freeze, authority: far, act: act-2, title: Freeze, forbids: asset_freeze, listed: true, source: own,
     confidence: high, status: [{is: in_force, on: 2020-01-01}]}
)";

inline Case case_of(const std::string& more, const std::string& base = two_authorities) {
  auto loaded = casefile::read_case({{"base.yaml", base}, {"more.yaml", more}});
  for (const Error& error : loaded.errors) ADD_FAILURE() << error.to_string();
  return std::move(loaded.value);
}

inline Deal deal_of(const std::string& text, const Case& world) {
  auto deal = casefile::read_deal({"deal.yaml", "id: d\ntitle: A deal\ndate: 2021-01-01\n" + text}, &world);
  EXPECT_TRUE(deal) << deal.error().to_string();
  return deal ? std::move(*deal) : Deal{};
}

inline const AuthorityVerdict& of(const Judgment& judgment, const std::string& authority) {
  for (const auto& verdict : judgment.by_authority) {
    if (verdict.authority == authority) return verdict;
  }
  static const AuthorityVerdict none;
  ADD_FAILURE() << "no answer for " << authority;
  return none;
}

}  // namespace interdict::law
