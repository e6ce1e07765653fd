// Minimal sets of changes, smallest first: best-first by a lower bound on what a set must still grow by.
#include <algorithm>
#include <iterator>
#include <map>
#include <queue>

#include "relief/relief.h"

namespace interdict::relief {
namespace {

void values_of(const Condition& when, std::string_view field, std::set<std::string>& out) {
  if (when.kind == Condition::Kind::fact) {
    if (when.field == field) out.insert(when.values.begin(), when.values.end());
    return;
  }
  for (const Condition& part : when.parts) values_of(part, field, out);
}

/// What can bear on a reason: a superset of the changes to the law and of the shares given up that could alter its
/// outcome, whatever else changes. What changes the deal's course may bear on any reason, and is kept apart.
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
    return out;
  }

 private:
  bool has_form(const Measure& measure, std::string_view act) const {
    const Authority* authority = world_.authority(measure.authority);
    if (authority == nullptr) return false;
    if (!measure.relief.empty() && !contains(measure.relief, act)) {
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

/// Changes that do the same whatever else changes: licensing a party and striking its only listing, where it neither
/// owns nor is owned and no exception speaks against a licence; licensing a general measure and ending it, where
/// nothing turns on its being in force. One stands for all, so that n such choices are one set and not 2^n.
class Same {
 public:
  Same(const Deal& deal, const law::CaseIndex& world) : world_(world) {
    const auto tie = [&](const std::string& one, const std::string& other) {
      tied_.insert(one);
      tied_.insert(other);
    };
    for (const Ownership& o : world.value().ownership) tie(o.owner, o.owned);
    for (const Control& c : world.value().control) tie(c.controller, c.controlled);
    for (const DealOwnership& o : deal.ownership) tie(o.owner, o.owned);
    for (const DealControl& c : deal.control) tie(c.controller, c.controlled);
    for (const Measure& measure : world.value().measures) values_of(measure.when, "measure_in_force", turned_on_);
    for (const Exception& exception : world.value().exceptions) {
      values_of(exception.when, "measure_in_force", turned_on_);
    }
  }

  /// Leaves of the changes open to somebody one of each kind; remembers the others.
  void keep_one_of_each(Effects& open) {
    std::erase_if(open, [&](const Effect& effect) {
      if (effect.kind != Effect::Kind::licensed) return false;
      const auto twin = twin_of(effect);
      if (!twin || !open.contains(*twin)) return false;
      others_[*twin] = {effect};
      return true;
    });
  }

  [[nodiscard]] const std::map<Effect, std::vector<Effect>>& others() const { return others_; }

 private:
  [[nodiscard]] std::optional<Effect> twin_of(const Effect& licence) const {
    const Measure* measure = world_.measure(licence.first);
    if (measure == nullptr || may_forbid(measure->id)) return std::nullopt;
    if (!measure->listed) {
      if (turned_on_.contains(measure->id)) return std::nullopt;
      return Effect{Effect::Kind::off, measure->id, {}};
    }
    if (tied_.contains(licence.second)) return std::nullopt;
    const Listing* only = nullptr;
    for (const Listing* listing : world_.listings_of(licence.second)) {
      for (const std::string& id : listing->measures) {
        const Measure* other = world_.measure(id);
        if (other == nullptr || other->authority != measure->authority || other->forbids != measure->forbids) continue;
        if (only != nullptr || id != measure->id || listing->measures.size() != 1) return std::nullopt;
        only = listing;
      }
    }
    if (only == nullptr) return std::nullopt;
    return Effect{Effect::Kind::delisted, only->id, {}};
  }

  // A limit that says "forbidden" disagrees with a licence and leaves the answer open; a measure that is gone does not.
  [[nodiscard]] bool may_forbid(const std::string& rule) const {
    const auto& exceptions = world_.exceptions_to(rule);
    return std::any_of(exceptions.begin(), exceptions.end(), [&](const Exception* exception) {
      return exception->effect == Exception::Effect::prohibit || may_forbid(exception->id);
    });
  }

  const law::CaseIndex& world_;
  std::set<std::string> tied_;       // owns, is owned, controls or is controlled
  std::set<std::string> turned_on_;  // measures that some rule asks whether they are in force
  std::map<Effect, std::vector<Effect>> others_;
};

// Why growing by what bears on one standing reason suffices: let S be a minimal sufficient set, A what it changes of
// the deal's course, and T a proper subset of it that holds A. T leaves some reason standing. If no change of S \ T
// bore on that reason, S would leave it standing too. So S \ T holds one of the changes tried, and by induction from A
// the set S is reached, at its own size.
//
// Why the bound holds: the same is true of every reason that T leaves standing. So S \ T has an element in common with
// each reason's set of changes, and at least as many elements as there are such sets of which no two meet. Sets are put
// to the judge in the order of their size and that bound together, the greater set first: a sufficient set is then
// found only after every smaller one, and the first without trying the sets below it one by one.
class Search {
 public:
  Search(const Deal& deal, const law::CaseIndex& world, const law::Dates& dates, const Goal& goal,
         const Allowed& allowed, const Limits& limits)
      : deal_(deal),
        world_(world),
        dates_(dates),
        goal_(goal),
        allowed_(allowed),
        limits_(limits),
        bearing_(deal, world),
        same_(deal, world) {
    for (const Alternative& alternative : deal.alternatives) {
      const Effect effect{Effect::Kind::alternative, alternative.id, {}};
      if (allowed(effect)) alternatives_.push_back(effect);
    }
    std::sort(alternatives_.begin(), alternatives_.end());
  }

  Found run() {
    push({}, 0, {});
    while (!open_.empty()) {
      Node node = open_.top();
      open_.pop();
      if (holds_any_of(out_.minimal, node.set)) continue;
      if (limits_.options != 0 && out_.minimal.size() >= limits_.options) return stopped();
      if (node.grow_by.empty()) {
        if (out_.judged >= limits_.judged) return stopped();
        if (!look_at(node)) continue;
        if (node.bound > node.least) {
          node.least = node.bound;
          open_.push(std::move(node));
          continue;
        }
      }
      for (const Effect& effect : node.grow_by) {
        Effects grown = node.set;
        if (grown.insert(effect).second) push(std::move(grown), node.least, {});
      }
    }
    return finished();
  }

 private:
  struct Node {
    std::size_t least = 0;  // no sufficient superset is smaller
    std::size_t bound = 0;
    Effects set;
    Effects grow_by;  // empty until it was judged
  };
  struct Later {
    bool operator()(const Node& a, const Node& b) const {
      if (a.least != b.least) return a.least > b.least;
      if (a.set.size() != b.set.size()) return a.set.size() < b.set.size();
      return a.set > b.set;
    }
  };

  void push(Effects set, std::size_t least, Effects grow_by) {
    if (!seen_.insert(set).second) return;
    open_.push({std::max(least, set.size()), 0, std::move(set), std::move(grow_by)});
  }

  /// Judges the set; false where nothing is to be grown from it by changes of the law.
  bool look_at(Node& node) {
    ++out_.judged;
    const Tried tried = relief::apply(node.set, deal_);
    const law::Judgment judgment = law::judge(tried.deal, world_, dates_, tried.changes);
    const auto reasons = goal_(judgment);
    if (reasons.empty()) {
      out_.minimal.push_back(node.set);
      return false;
    }
    with_next_alternatives(node.set);
    std::vector<Effects> candidates;
    for (const law::Reason* reason : reasons) {
      Effects kept = bearing_.on(*reason);
      std::erase_if(kept, [&](const Effect& effect) { return !allowed_(effect); });
      same_.keep_one_of_each(kept);
      std::erase_if(kept, [&](const Effect& effect) { return node.set.contains(effect); });
      if (kept.empty()) return false;  // nothing can end this reason any more
      candidates.push_back(std::move(kept));
    }
    std::sort(candidates.begin(), candidates.end(),
              [](const Effects& a, const Effects& b) { return std::pair(a.size(), a) < std::pair(b.size(), b); });
    Effects met;
    std::size_t apart = 0;
    for (const Effects& one : candidates) {
      if (std::any_of(one.begin(), one.end(), [&](const Effect& effect) { return met.contains(effect); })) continue;
      met.insert(one.begin(), one.end());
      ++apart;
    }
    node.bound = node.set.size() + apart;
    node.grow_by = candidates.front();  // any one reason will do; the one that fewest bear on keeps the tree narrow
    return true;
  }

  // What is changed of the deal's course is settled before anything else, each choice once.
  void with_next_alternatives(const Effects& set) {
    if (!std::all_of(set.begin(), set.end(), [](const Effect& e) { return e.kind == Effect::Kind::alternative; })) {
      return;
    }
    for (const Effect& alternative : alternatives_) {
      if (!set.empty() && alternative <= *set.rbegin()) continue;
      Effects grown = set;
      grown.insert(alternative);
      push(std::move(grown), 0, {});
    }
  }

  Found stopped() {
    out_.complete = false;
    return finished();
  }

  Found finished() {
    std::sort(out_.minimal.begin(), out_.minimal.end(),
              [](const Effects& a, const Effects& b) { return std::pair(a.size(), a) < std::pair(b.size(), b); });
    out_.same = same_.others();
    return std::move(out_);
  }

  const Deal& deal_;
  const law::CaseIndex& world_;
  const law::Dates& dates_;
  const Goal& goal_;
  const Allowed& allowed_;
  const Limits& limits_;
  Bearing bearing_;
  Same same_;
  std::vector<Effect> alternatives_;
  std::priority_queue<Node, std::vector<Node>, Later> open_;
  std::set<Effects> seen_;
  Found out_;
};

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

Found search(const Deal& deal, const law::CaseIndex& world, const law::Dates& dates, const Goal& goal,
             const Allowed& allowed, const Limits& limits) {
  return Search(deal, world, dates, goal, allowed, limits).run();
}

}  // namespace interdict::relief
