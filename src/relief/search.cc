// Minimal sets of changes, breadth first.
#include <algorithm>
#include <iterator>
#include <map>

#include "relief/relief.h"

namespace interdict::relief {
namespace {

bool contains(const std::vector<std::string>& values, const std::string& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

void values_of(const Condition& when, std::string_view field, std::set<std::string>& out) {
  if (when.kind == Condition::Kind::fact) {
    if (when.field == field) out.insert(when.values.begin(), when.values.end());
    return;
  }
  for (const Condition& part : when.parts) values_of(part, field, out);
}

/// What can bear on a reason: a superset of the changes that could alter its outcome, whatever else changes.
class Bearing {
 public:
  Bearing(const Deal& deal, const law::CaseIndex& world) : deal_(deal), world_(world) {
    for (const Measure& measure : world.value().measures) {
      if (!has_form(measure, "clear")) continue;
      std::set<std::string> clearances;
      values_of(measure.when, "clearance", clearances);
      for (const std::string& clearance : clearances) {
        given_for_[clearance].push_back({Effect::Kind::cleared, clearance, measure.id});
      }
    }
  }

  std::set<Effect> on(const law::Reason& reason) {
    std::set<Effect> out;
    const Measure* measure = world_.measure(reason.measure);
    if (measure == nullptr) return out;
    on_measure(*measure, out);
    on_rule(measure->id, measure->when, out);
    if (measure->listed) on_listing(*measure, reason, out);
    for (const Alternative& alternative : deal_.alternatives) {
      out.insert({Effect::Kind::alternative, alternative.id, {}});
    }
    return out;
  }

 private:
  bool has_form(const Measure& measure, std::string_view act) const {
    const Authority* authority = world_.authority(measure.authority);
    if (authority == nullptr) return false;
    if (!measure.relief.empty() &&
        std::find(measure.relief.begin(), measure.relief.end(), act) == measure.relief.end()) {
      return false;
    }
    return std::any_of(authority->relief.begin(), authority->relief.end(),
                       [&](const ReliefForm& form) { return form.act == act; });
  }

  // A measure is switched off as a whole by lifting it; suspending one that turns on listings suspends listings.
  void on_measure(const Measure& measure, std::set<Effect>& out) const {
    if (has_form(measure, "lift") || (!measure.listed && has_form(measure, "suspend"))) {
      out.insert({Effect::Kind::off, measure.id, {}});
    }
    if (!measure.listed && has_form(measure, "license")) out.insert({Effect::Kind::licensed, measure.id, {}});
  }

  // Rules may turn on whether other measures are in force: those are then part of what can change this one.
  void on_rule(const std::string& id, const Condition& when, std::set<Effect>& out) {
    std::set<std::string> clearances;
    values_of(when, "clearance", clearances);
    for (const std::string& clearance : clearances) {
      if (const auto given = given_for_.find(clearance); given != given_for_.end()) {
        out.insert(given->second.begin(), given->second.end());
      }
    }
    std::set<std::string> others;
    values_of(when, "measure_in_force", others);
    for (const std::string& other : others) {
      if (const Measure* measure = world_.measure(other)) on_measure(*measure, out);
    }
    for (const Exception* exception : world_.exceptions_to(id)) on_rule(exception->id, exception->when, out);
  }

  void on_listing(const Measure& measure, const law::Reason& reason, std::set<Effect>& out) {
    if (has_form(measure, "license")) {
      out.insert({Effect::Kind::licensed, measure.id, reason.party});
      for (const std::string& root : reason.roots) out.insert({Effect::Kind::licensed, measure.id, root});
    }
    for (const std::string& above : upstream(reason.party)) {
      for (const Listing* listing : world_.listings_of(above)) {
        for (const std::string& id : listing->measures) {
          const Measure* other = world_.measure(id);
          if (other == nullptr || other->authority != measure.authority || other->forbids != measure.forbids) continue;
          if (has_form(*other, "delist") || has_form(*other, "suspend")) {
            out.insert({Effect::Kind::delisted, listing->id, {}});
          }
          if (other != &measure) on_measure(*other, out);
        }
      }
    }
    if (!measure.owned) return;
    for (const auto& [owner, owned] : links_) out.insert({Effect::Kind::divested, owner, owned});
  }

  /// The party and whoever stands above it; leaves the links between them in links_.
  std::set<std::string> upstream(const std::string& party) {
    links_.clear();
    std::set<std::string> seen = {party};
    std::vector<std::string> open = {party};
    const auto link = [&](const std::string& owner, const std::string& owned) {
      links_.insert({owner, owned});
      if (seen.insert(owner).second) open.push_back(owner);
    };
    while (!open.empty()) {
      const std::string owned = open.back();
      open.pop_back();
      for (const Ownership* o : world_.owners_of(owned)) link(o->owner, owned);
      for (const Control* c : world_.controllers_of(owned)) link(c->controller, owned);
      for (const DealOwnership& o : deal_.ownership) {
        if (o.owned == owned) link(o.owner, owned);
      }
      for (const DealControl& c : deal_.control) {
        if (c.controlled == owned) link(c.controller, owned);
      }
    }
    return seen;
  }

  const Deal& deal_;
  const law::CaseIndex& world_;
  std::map<std::string, std::vector<Effect>> given_for_;  // clearance → who can give it
  std::set<std::pair<std::string, std::string>> links_;
};

bool holds_any_of(const std::vector<Effects>& minimal, const Effects& set) {
  return std::any_of(minimal.begin(), minimal.end(),
                     [&](const Effects& one) { return std::includes(set.begin(), set.end(), one.begin(), one.end()); });
}

}  // namespace

std::vector<const law::Reason*> still_forbidding(const law::Judgment& judgment) {
  std::vector<const law::Reason*> out;
  for (const auto& verdict : judgment.by_authority) {
    if (verdict.apart) continue;
    for (const auto& reason : verdict.reasons) {
      if (!law::is_lawful(reason.verdict)) out.push_back(&reason);
    }
  }
  return out;
}

Tried apply(const Effects& effects, const Deal& deal) {
  Tried out{deal, {}};
  for (const Effect& effect : effects) {
    switch (effect.kind) {
      case Effect::Kind::off:
        out.changes.off.insert(effect.first);
        break;
      case Effect::Kind::delisted:
        out.changes.delisted.insert(effect.first);
        break;
      case Effect::Kind::licensed:
        out.changes.licensed.insert({effect.first, effect.second});
        break;
      case Effect::Kind::cleared:
        if (!contains(out.deal.clearances, effect.first)) out.deal.clearances.push_back(effect.first);
        break;
      case Effect::Kind::divested:
        out.changes.divested.insert({effect.first, effect.second});
        break;
      case Effect::Kind::alternative:
        for (const Alternative& alternative : deal.alternatives) {
          if (alternative.id != effect.first) continue;
          if (alternative.route) out.deal.route = *alternative.route;
          for (Payment& payment : out.deal.payments) {
            if (alternative.payee_bank) payment.payee_bank = *alternative.payee_bank;
            if (alternative.messaging) payment.messaging = alternative.messaging;
          }
        }
        break;
    }
  }
  return out;
}

// Why growing by what bears on one standing reason suffices: let S be a minimal sufficient set and T a proper subset
// of it. T leaves some reason standing. If no change of S \ T bore on that reason, S would leave it standing too. So
// S \ T holds one of the changes tried, and by induction from the empty set S is reached, at its own size.
Found search(const Deal& deal, const law::CaseIndex& world, const law::Dates& dates, const Goal& goal,
             const Allowed& allowed, const Limits& limits) {
  Found out;
  Bearing bearing(deal, world);
  std::set<Effects> level = {{}};
  while (!level.empty()) {
    std::set<Effects> next;
    for (const Effects& set : level) {
      if (holds_any_of(out.minimal, set)) continue;
      if (out.judged >= limits.judged || (limits.options != 0 && out.minimal.size() >= limits.options)) {
        out.complete = false;
        return out;
      }
      ++out.judged;
      const Tried tried = apply(set, deal);
      const law::Judgment judgment = law::judge(tried.deal, world, dates, tried.changes);
      const auto reasons = goal(judgment);
      if (reasons.empty()) {
        out.minimal.push_back(set);
        continue;
      }
      // Any one reason will do; the one that fewest changes bear on keeps the tree narrow.
      std::optional<std::set<Effect>> fewest;
      for (const law::Reason* reason : reasons) {
        std::set<Effect> candidates = bearing.on(*reason);
        std::erase_if(candidates, [&](const Effect& effect) { return !allowed(effect); });
        if (!fewest || candidates.size() < fewest->size()) fewest = std::move(candidates);
      }
      for (const Effect& effect : *fewest) {
        if (set.contains(effect)) continue;
        Effects grown = set;
        grown.insert(effect);
        next.insert(std::move(grown));
      }
    }
    level = std::move(next);
  }
  return out;
}

}  // namespace interdict::relief
