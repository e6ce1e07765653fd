#include "law/facts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

namespace interdict::law {
namespace {

bool asks_of_goods(const Condition& when) {
  if (when.kind == Condition::Kind::fact) return when.field.starts_with("goods_") || when.field == "end_use";
  return std::any_of(when.parts.begin(), when.parts.end(), asks_of_goods);
}

std::string what_fails(const Condition& when) {
  if (when.kind != Condition::Kind::fact) return when.parts.size() == 1 ? what_fails(when.parts.front()) : "that";
  return when.day ? fmt::format("{} {}", when.field, interdict::to_string(*when.day))
                  : fmt::format("{} {}", when.field, fmt::join(when.values, " or "));
}

/// A text that may be missing, against the values a rule names.
Truth among(const std::vector<std::string>& values, const std::string& value) {
  return value.empty() ? Truth::unknown : truth(contains(values, value));
}

}  // namespace

Facts::Facts(const Deal& deal, const CaseIndex& world, const Dates& dates, const Changes& changes)
    : deal_(deal), world_(world), dates_(dates), changes_(changes) {
  const auto add = [&](const std::string& role, const std::string& party) {
    if (party.empty()) return;
    const auto same = [&](const DealParty& p) { return p.party == party && p.role == role; };
    if (std::none_of(parties_.begin(), parties_.end(), same)) parties_.push_back({role, party});
  };
  for (const DealParty& party : deal.parties) add(party.role, party.party);
  for (const Payment& payment : deal.payments) {
    add("bank", payment.payer_bank);
    add("bank", payment.payee_bank);
    for (const std::string& party : payment.clearing) add("bank", party);
  }
  for (const Leg& leg : deal.route) {
    add("carrier", leg.carrier);
    add("insurer", leg.insurer);
  }
}

const std::string& Facts::country_of(const std::string& party) const {
  static const std::string not_stated;
  for (const DealPartyFacts& described : deal_.described) {
    if (described.id == party) return described.country;
  }
  const CaseParty* known = world_.party(party);
  return known == nullptr ? not_stated : known->country;
}

Truth Facts::holds(const Condition& when, const Hit& hit) const { return over_goods(when, hit, nullptr); }

Truth Facts::explain(const Condition& when, const Hit& hit, std::set<std::string>& unknown,
                     std::set<std::string>& failed) const {
  const Told told{unknown, failed};
  return over_goods(when, hit, &told);
}

Truth Facts::over_goods(const Condition& when, const Hit& hit, const Told* told) const {
  if (deal_.goods.empty() || !asks_of_goods(when)) return evaluate(when, hit, nullptr, told);
  // What is asked of goods is asked of one and the same item.
  Truth best = Truth::no;
  for (const Goods& goods : deal_.goods) best = either(best, evaluate(when, hit, &goods, told));
  return best;
}

Truth Facts::evaluate(const Condition& when, const Hit& hit, const Goods* goods, const Told* told) const {
  switch (when.kind) {
    case Condition::Kind::all: {
      Truth value = Truth::yes;
      for (const Condition& part : when.parts) {
        value = both(value, evaluate(part, hit, goods, told));
        if (value == Truth::no && told == nullptr) break;
      }
      return value;
    }
    case Condition::Kind::any: {
      Truth value = Truth::no;
      for (const Condition& part : when.parts) {
        value = either(value, evaluate(part, hit, goods, told));
        if (value == Truth::yes && told == nullptr) break;
      }
      return value;
    }
    case Condition::Kind::none: {
      Truth value = Truth::no;
      std::set<std::string> ignored;
      std::optional<Told> inner;
      if (told != nullptr) inner.emplace(Told{told->unknown, ignored});
      for (const Condition& part : when.parts)
        value = either(value, evaluate(part, hit, goods, inner ? &*inner : nullptr));
      if (value == Truth::yes && told != nullptr) {
        for (const Condition& part : when.parts) told->failed.insert("not " + what_fails(part));
      }
      return negated(value);
    }
    case Condition::Kind::fact:
      break;
  }
  const Truth value = fact(when, hit, goods);
  if (told == nullptr) return value;
  if (value == Truth::unknown) told->unknown.insert(when.field);
  if (value == Truth::no) told->failed.insert(what_fails(when));
  return value;
}

Truth Facts::in_annexes(const std::vector<std::string>& annexes, const Goods& goods) const {
  Truth value = Truth::no;
  for (const std::string& id : annexes) {
    const Annex* annex = world_.annex(id);
    if (annex == nullptr) continue;
    for (const AnnexEntry& entry : annex->entries) {
      if (!entry.window.holds(dates_.as_of)) continue;
      if (!is_known(std::nullopt, entry.act, entry.window.from, world_, dates_)) continue;
      if (goods.code.starts_with(entry.code)) return Truth::yes;
      // A code less exact than the annex may or may not fall under it; so may goods without one.
      if (entry.code.starts_with(goods.code)) value = Truth::unknown;
    }
  }
  return value;
}

std::vector<AnnexHit> Facts::annexed(const Condition& when) const {
  std::vector<AnnexHit> out;
  for (const Condition& part : when.parts) {
    if (when.kind == Condition::Kind::none) break;
    for (AnnexHit& hit : annexed(part)) out.push_back(std::move(hit));
  }
  if (when.kind != Condition::Kind::fact || when.field != "goods_annex") return out;
  for (const std::string& id : when.values) {
    const Annex* annex = world_.annex(id);
    if (annex == nullptr) continue;
    for (const AnnexEntry& entry : annex->entries) {
      const bool named = entry.window.holds(dates_.as_of) &&
                         is_known(std::nullopt, entry.act, entry.window.from, world_, dates_) &&
                         std::any_of(deal_.goods.begin(), deal_.goods.end(),
                                     [&](const Goods& goods) { return goods.code.starts_with(entry.code); });
      if (named) out.push_back({id, entry.code, entry.window.from, entry.act});
    }
  }
  return out;
}

Truth Facts::countries_of_messaging(const std::vector<std::string>& values) const {
  Truth value = Truth::no;
  for (const Payment& payment : deal_.payments) {
    if (!payment.messaging) {
      value = either(value, Truth::unknown);
    } else if (!payment.messaging->empty()) {
      value = either(value, among(values, country_of(*payment.messaging)));
    }
  }
  return value;
}

Truth Facts::fact(const Condition& when, const Hit& hit, const Goods* goods) const {
  const std::string& field = when.field;
  const std::vector<std::string>& values = when.values;
  const auto any_of = [&](const std::vector<std::string>& said) {
    return truth(std::any_of(said.begin(), said.end(), [&](const std::string& s) { return contains(values, s); }));
  };
  const bool carried = !deal_.goods.empty() || !deal_.route.empty();
  if (field == "activity") return deal_.activities.empty() ? Truth::unknown : any_of(deal_.activities);
  if (field == "purpose") return deal_.purposes ? any_of(*deal_.purposes) : Truth::unknown;
  if (field == "goods_annex") return goods == nullptr ? Truth::no : in_annexes(values, *goods);
  if (field == "goods_origin") return goods == nullptr ? Truth::no : among(values, goods->origin);
  if (field == "goods_from") {
    return goods == nullptr ? Truth::no : among(values, goods->from.empty() ? goods->origin : goods->from);
  }
  if (field == "end_use") return goods == nullptr ? Truth::no : among(values, goods->end_use);
  if (field == "territory" || field == "mode" || field == "destination") {
    if (deal_.route.empty()) return carried ? Truth::unknown : Truth::no;
    if (field == "destination") return truth(contains(values, deal_.route.back().territory.back()));
    return truth(std::any_of(deal_.route.begin(), deal_.route.end(), [&](const Leg& leg) {
      if (field == "mode") return contains(values, leg.mode);
      return std::any_of(leg.territory.begin(), leg.territory.end(),
                         [&](const std::string& country) { return contains(values, country); });
    }));
  }
  if (field == "carrier_country") {
    Truth value = Truth::no;
    for (const Leg& leg : deal_.route) {
      value = either(value, leg.carrier.empty() ? Truth::unknown : among(values, country_of(leg.carrier)));
    }
    return value;
  }
  if (field == "messaging_country") return countries_of_messaging(values);
  if (field == "currency") {
    return truth(std::any_of(deal_.payments.begin(), deal_.payments.end(),
                             [&](const Payment& p) { return contains(values, p.currency); }));
  }
  if (field == "service") return any_of(deal_.services);
  if (field == "role") return truth(contains(values, hit.role));
  if (field == "subject") {
    return truth(contains(values, hit.party) || std::any_of(hit.roots.begin(), hit.roots.end(),
                                                            [&](const auto& root) { return contains(values, root); }));
  }
  if (field == "party") {
    return truth(
        std::any_of(parties_.begin(), parties_.end(), [&](const DealParty& p) { return contains(values, p.party); }));
  }
  if (field == "contract_before") return truth(contract() < *when.day);
  if (field == "contract_from") return truth(contract() >= *when.day);
  if (field == "performed_before") return truth(performance() < *when.day);
  if (field == "clearance") return any_of(deal_.clearances);
  if (field == "measure_in_force") {
    Truth value = Truth::no;
    for (const std::string& id : values) {
      if (const Measure* measure = world_.measure(id))
        value = either(value, binds_on(*measure, world_, dates_, changes_));
    }
    return value;
  }
  // A rule made in a program with a fact nobody knows: unknown, so that it can never read as permission.
  return Truth::unknown;
}

Truth Facts::nexus(const Authority& authority, const std::vector<std::string>& kinds,
                   std::vector<std::string>& ties) const {
  Truth value = Truth::no;
  const auto tie = [&](Truth found, std::string_view kind, std::string_view what) {
    if (found == Truth::yes) ties.push_back(fmt::format("{}: {}", kind, what));
    value = either(value, found);
  };
  const auto ours = [&](const std::string& country) { return among(authority.territory, country); };
  for (const std::string& kind : kinds) {
    if (kind == "persons") {
      for (const DealParty& party : parties_) tie(ours(country_of(party.party)), kind, party.party);
      for (const Leg& leg : deal_.route) {
        if (leg.carrier.empty()) tie(Truth::unknown, kind, leg.mode);
      }
    } else if (kind == "territory") {
      for (const Leg& leg : deal_.route) {
        for (const std::string& country : leg.territory) tie(ours(country), kind, country);
      }
    } else if (kind == "currency") {
      if (authority.currency.empty()) continue;
      for (const Payment& payment : deal_.payments) {
        tie(truth(payment.currency == authority.currency), kind, payment.currency);
      }
    } else if (kind == "goods") {
      for (const Goods& goods : deal_.goods) tie(ours(goods.origin), kind, goods.origin);
    } else if (kind == "flag") {
      for (const Leg& leg : deal_.route) {
        if (leg.mode == "sea" || leg.mode == "air") tie(ours(leg.flag), kind, leg.flag);
      }
    } else if (kind == "messaging") {
      tie(countries_of_messaging(authority.territory), kind, "the payment message");
    } else if (kind == "services") {
      tie(truth(!deal_.services.empty() && value == Truth::yes), kind, "services");
    }
  }
  std::sort(ties.begin(), ties.end());
  ties.erase(std::unique(ties.begin(), ties.end()), ties.end());
  return value;
}

}  // namespace interdict::law
