// The search against trying every subset, on generated worlds with nested exceptions, ownership and measures that turn
// on other measures. The brute force edits the case itself; the search never does.
#include "relief/relief.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <random>

#include "tests/law/worlds.h"

namespace interdict::relief {
namespace {

using law::day;

const Day asked = day("2021-06-01");

StatusChange since(Day on) {
  StatusChange out;
  out.on = on;
  return out;
}

Condition fact(const std::string& field, const std::string& value) {
  Condition out;
  out.kind = Condition::Kind::fact;
  out.field = field;
  out.values = {value};
  return out;
}

Condition none_of(Condition part) {
  Condition out;
  out.kind = Condition::Kind::none;
  out.parts.push_back(std::move(part));
  return out;
}

class Worlds {
 public:
  explicit Worlds(unsigned seed) : random_(seed) {}

  int upto(int limit) { return std::uniform_int_distribution<int>(0, limit)(random_); }
  bool chance(int percent) { return upto(99) < percent; }
  template <typename T>
  const T& any(const std::vector<T>& of) {
    return of[static_cast<std::size_t>(upto(static_cast<int>(of.size()) - 1))];
  }

  Case make_case() {
    Case out;
    for (const char* id : {"a", "b"}) {
      Authority authority;
      authority.id = id;
      authority.territory = {"us"};
      OwnershipTest test;
      test.aggregate = chance(50);
      test.control = chance(30);
      authority.ownership = {test};
      for (const char* act : {"lift", "suspend", "license", "delist", "clear"}) {
        if (chance(70)) authority.relief.push_back({act, "body", "rule", 1, "", "", {}, {}});
      }
      out.authorities.push_back(authority);
    }
    for (const auto& id : parties_) {
      CaseParty party;
      party.id = id;
      party.country = id == "p0" ? "us" : "by";
      out.parties.push_back(party);
    }
    const int measures = 1 + upto(3);
    for (int i = 0; i < measures; ++i) add_measure(out, "m" + std::to_string(i));
    const int shares = upto(3);
    for (int i = 0; i < shares; ++i) {
      Ownership share;
      share.owner = any(parties_);
      share.owned = any(parties_);
      if (share.owner == share.owned) continue;
      share.least = share.most = any(std::vector<double>{20, 30, 50, 60});
      if (chance(15)) share.most = 100;
      out.ownership.push_back(share);
    }
    add_exceptions(out);
    return out;
  }

  Deal make_deal() {
    Deal out;
    out.id = "d";
    out.activities = {"sale"};
    out.purposes = {any(purposes_)};
    out.parties = {{"buyer", "p0"}, {"seller", any(parties_)}};
    if (chance(50)) out.parties.push_back({"bank", any(parties_)});
    out.payments.emplace_back();
    out.payments.back().currency = "EUR";
    out.payments.back().payee_bank = any(parties_);
    if (chance(50)) {
      Alternative other;
      other.id = "other-bank";
      other.act = "change_bank";
      other.payee_bank = any(parties_);
      out.alternatives.push_back(other);
    }
    return out;
  }

 private:
  Condition random_condition(const Case& world) {
    Condition out;
    const int kind = upto(4);
    if (kind == 0) out.parts.push_back(fact("purpose", any(purposes_)));
    if (kind == 1) out.parts.push_back(fact("party", any(parties_)));
    if (kind == 2) out.parts.push_back(none_of(fact("clearance", "paper")));
    if (kind >= 3 && !world.measures.empty()) {
      Condition other = fact("measure_in_force", any(world.measures).id);
      out.parts.push_back(chance(50) ? none_of(std::move(other)) : std::move(other));
    }
    if (out.parts.empty()) out.parts.push_back(fact("activity", "sale"));
    return out;
  }

  void add_measure(Case& out, const std::string& id) {
    Measure measure;
    measure.id = id;
    measure.authority = any(std::vector<std::string>{"a", "b"});
    measure.forbids = any(std::vector<std::string>{"freeze", "import"});
    measure.listed = chance(55);
    measure.status = {since(day("2020-01-01"))};
    if (!measure.listed || chance(25)) measure.when = random_condition(out);
    out.measures.push_back(measure);
    if (!measure.listed) return;
    const int listings = 1 + upto(1);
    for (int i = 0; i < listings; ++i) {
      Listing listing;
      listing.id = "l-" + id + "-" + std::to_string(i);
      listing.party = any(parties_);
      listing.measures = {id};
      listing.status = {since(day("2020-01-01"))};
      out.listings.push_back(listing);
    }
  }

  // Three deep at most: exceptions to measures, to those, and to those again.
  void add_exceptions(Case& out) {
    std::vector<std::string> targets;
    for (const auto& measure : out.measures) targets.push_back(measure.id);
    const int count = upto(4);
    for (int i = 0; i < count; ++i) {
      Exception exception;
      exception.id = "x" + std::to_string(i);
      exception.to = {any(targets)};
      exception.effect = any(std::vector<Exception::Effect>{Exception::Effect::authorise, Exception::Effect::disapply,
                                                            Exception::Effect::prohibit});
      if (chance(80)) exception.when = random_condition(out);
      if (chance(30)) exception.parties = {any(parties_)};
      out.exceptions.push_back(exception);
      targets.push_back(exception.id);
    }
  }

  const std::vector<std::string> parties_ = {"p0", "p1", "p2", "p3"};
  const std::vector<std::string> purposes_ = {"trade", "wind_down"};
  std::mt19937 random_;
};

/// Every change that any form of relief of the case allows, whatever it bears on.
std::vector<Effect> universe(const Case& world, const Deal& deal) {
  std::set<Effect> out;
  for (const Measure& measure : world.measures) {
    const auto& authority = measure.authority == "a" ? world.authorities[0] : world.authorities[1];
    const auto can = [&](const char* act) {
      return std::any_of(authority.relief.begin(), authority.relief.end(), [&](const auto& f) { return f.act == act; });
    };
    if (can("lift") || (!measure.listed && can("suspend"))) out.insert({Effect::Kind::off, measure.id, {}});
    if (can("license")) {
      if (!measure.listed) out.insert({Effect::Kind::licensed, measure.id, {}});
      if (measure.listed) {
        for (const auto& party : world.parties) out.insert({Effect::Kind::licensed, measure.id, party.id});
      }
    }
    for (const Condition& part : measure.when.parts) {
      const Condition& inner = part.kind == Condition::Kind::none ? part.parts.front() : part;
      if (inner.field == "clearance" && can("clear")) out.insert({Effect::Kind::cleared, "paper", measure.id});
    }
    for (const Listing& listing : world.listings) {
      if (listing.measures.front() == measure.id && (can("delist") || can("suspend"))) {
        out.insert({Effect::Kind::delisted, listing.id, {}});
      }
    }
  }
  for (const Ownership& share : world.ownership) out.insert({Effect::Kind::divested, share.owner, share.owned});
  for (const Alternative& alternative : deal.alternatives) out.insert({Effect::Kind::alternative, alternative.id, {}});
  return {out.begin(), out.end()};
}

/// The case and the deal as if the changes had been made in them.
bool lawful_after(const std::vector<Effect>& effects, unsigned chosen, Case world, Deal deal) {
  std::map<std::string, std::vector<std::string>> licensed;
  for (std::size_t i = 0; i < effects.size(); ++i) {
    if ((chosen >> i & 1U) == 0) continue;
    const Effect& effect = effects[i];
    StatusChange end = since(asked);
    end.standing = Standing::lifted;
    if (effect.kind == Effect::Kind::off) {
      for (auto& measure : world.measures) {
        if (measure.id == effect.first) measure.status.push_back(end);
      }
    } else if (effect.kind == Effect::Kind::delisted) {
      for (auto& listing : world.listings) {
        if (listing.id == effect.first) listing.status.push_back(end);
      }
    } else if (effect.kind == Effect::Kind::licensed) {
      licensed[effect.first].push_back(effect.second);
    } else if (effect.kind == Effect::Kind::cleared) {
      deal.clearances.push_back(effect.first);
    } else if (effect.kind == Effect::Kind::divested) {
      std::erase_if(world.ownership,
                    [&](const Ownership& o) { return o.owner == effect.first && o.owned == effect.second; });
    } else {
      deal.payments.front().payee_bank = *deal.alternatives.front().payee_bank;
    }
  }
  for (const auto& [measure, parties] : licensed) {
    Exception licence;
    licence.id = "tried-" + measure;
    licence.to = {measure};
    licence.parties = parties == std::vector<std::string>{""} ? std::vector<std::string>{} : parties;
    world.exceptions.push_back(licence);
  }
  const law::CaseIndex index(world);
  return law::is_lawful(law::judge(deal, index, {asked, {}}).verdict);
}

std::set<Effects> brute_force(const Case& world, const Deal& deal, const std::vector<Effect>& effects) {
  std::vector<unsigned> minimal;
  std::vector<unsigned> by_size(std::size_t{1} << effects.size());
  for (unsigned i = 0; i < by_size.size(); ++i) by_size[i] = i;
  std::stable_sort(by_size.begin(), by_size.end(),
                   [](unsigned a, unsigned b) { return std::popcount(a) < std::popcount(b); });
  for (const unsigned chosen : by_size) {
    if (std::any_of(minimal.begin(), minimal.end(), [&](unsigned m) { return (m & chosen) == m; })) continue;
    if (lawful_after(effects, chosen, world, deal)) minimal.push_back(chosen);
  }
  std::set<Effects> out;
  for (const unsigned chosen : minimal) {
    Effects set;
    for (std::size_t i = 0; i < effects.size(); ++i) {
      if ((chosen >> i & 1U) != 0) set.insert(effects[i]);
    }
    out.insert(set);
  }
  return out;
}

/// Every set that the ones found stand for.
std::set<Effects> spelt_out(const Found& found) {
  std::set<Effects> out;
  for (const Effects& set : found.minimal) {
    std::vector<Effects> all = {{}};
    for (const Effect& effect : set) {
      std::vector<Effects> longer;
      std::vector<Effect> forms = {effect};
      if (const auto same = found.same.find(effect); same != found.same.end()) {
        forms.insert(forms.end(), same->second.begin(), same->second.end());
      }
      for (const Effects& one : all) {
        for (const Effect& form : forms) {
          longer.push_back(one);
          longer.back().insert(form);
        }
      }
      all = std::move(longer);
    }
    out.insert(all.begin(), all.end());
  }
  return out;
}

std::string text(const std::set<Effects>& sets) {
  std::string out;
  for (const auto& set : sets) {
    out += "{";
    for (const auto& effect : set) {
      out += std::to_string(static_cast<int>(effect.kind)) + ":" + effect.first + "/" + effect.second + " ";
    }
    out += "} ";
  }
  return out;
}

/// Whether one change more makes a sufficient set insufficient: what hitting sets of the reasons cannot tell.
bool a_change_too_many(const Case& world, const Deal& deal, const std::vector<Effect>& effects, const Effects& enough) {
  unsigned chosen = 0;
  for (std::size_t i = 0; i < effects.size(); ++i) {
    if (enough.contains(effects[i])) chosen |= 1U << i;
  }
  for (std::size_t i = 0; i < effects.size(); ++i) {
    if ((chosen >> i & 1U) == 0 && !lawful_after(effects, chosen | 1U << i, world, deal)) return true;
  }
  return false;
}

bool has_nested_exceptions(const Case& world) {
  return std::any_of(world.exceptions.begin(), world.exceptions.end(),
                     [](const Exception& exception) { return exception.to.front().starts_with("x"); });
}

class BruteForce : public testing::TestWithParam<int> {};

TEST_P(BruteForce, FindsTheSameMinimalSets) {
#ifdef __SANITIZE_ADDRESS__
  constexpr unsigned per_part = 150;  // instrumented code is slow, and what it looks for shows in few worlds
#else
  constexpr unsigned per_part = 2000;
#endif
  unsigned compared = 0;
  std::size_t with_options = 0;
  std::size_t several = 0;
  std::size_t nested = 0;
  std::size_t non_monotone = 0;
  for (unsigned i = 0; i < per_part; ++i) {
    const unsigned seed = static_cast<unsigned>(GetParam()) * per_part + i;
    Worlds worlds(seed);
    const Case world = worlds.make_case();
    const Deal deal = worlds.make_deal();
    const std::vector<Effect> effects = universe(world, deal);
    if (effects.size() > 12) continue;
    ++compared;
    const law::CaseIndex index(world);
    const Found found = search(deal, index, {asked, {}}, still_forbidding, [](const Effect&) { return true; }, {});
    ASSERT_TRUE(found.complete);
    const std::set<Effects> expected = brute_force(world, deal, effects);
    const std::set<Effects> actual = spelt_out(found);
    ASSERT_EQ(text(actual), text(expected)) << "world " << seed;
    with_options += !actual.contains({}) && !actual.empty() ? 1 : 0;
    several += actual.size() > 1 ? 1 : 0;
    nested += has_nested_exceptions(world) ? 1 : 0;
    if (!found.minimal.empty()) {
      non_monotone += a_change_too_many(world, deal, effects, found.minimal.front()) ? 1 : 0;
    }
  }
  RecordProperty("compared", static_cast<int>(compared));
  EXPECT_GE(compared, per_part / 2);  // ten parts: at least 10,000 worlds
  EXPECT_GT(with_options, per_part / 5) << "the worlds are too tame to prove anything";
  EXPECT_GT(several, per_part / 10);
  RecordProperty("nested", static_cast<int>(nested));
  RecordProperty("non_monotone", static_cast<int>(non_monotone));
  EXPECT_GT(nested, per_part / 5);
  EXPECT_GT(non_monotone, per_part / 100);
}

INSTANTIATE_TEST_SUITE_P(Worlds, BruteForce, testing::Range(0, 10));

}  // namespace
}  // namespace interdict::relief
