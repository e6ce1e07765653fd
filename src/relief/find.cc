// From minimal sets of effects to options that people can read: who decides, what stands against it, how it is undone.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "relief/relief.h"

namespace interdict::relief {
namespace {

const std::map<std::string, std::string>& part_changed_by() {
  static const std::map<std::string, std::string> parts = {{"reroute", "route"},
                                                           {"change_bank", "bank"},
                                                           {"change_carrier", "carrier"},
                                                           {"change_insurer", "insurer"},
                                                           {"change_messaging", "messaging"}};
  return parts;
}

class Describer {
 public:
  Describer(const Deal& deal, const law::CaseIndex& world, const law::Dates& dates, const law::Judgment& before)
      : deal_(deal), world_(world), dates_(dates), before_(before) {}

  Action of(const Effect& effect) const {
    switch (effect.kind) {
      case Effect::Kind::off:
        return of_measure(effect.first, {}, effect.first, {"suspend", "lift"});
      case Effect::Kind::delisted:
        return of_listing(effect.first);
      case Effect::Kind::licensed:
        return of_measure(effect.first, effect.second, effect.first, {"license"});
      case Effect::Kind::cleared:
        return of_measure(effect.second, {}, effect.first, {"clear"});
      case Effect::Kind::divested:
        return of_deal("divest", effect.first + " > " + effect.second,
                       fmt::format("{} gives up its share in {}", effect.first, effect.second));
      case Effect::Kind::alternative:
        break;
    }
    for (const Alternative& alternative : deal_.alternatives) {
      if (alternative.id == effect.first) return of_deal(alternative.act, alternative.id, alternative.title);
    }
    return {};
  }

 private:
  Action of_listing(const std::string& id) const {
    for (const Listing& listing : world_.value().listings) {
      if (listing.id != id) continue;
      for (const std::string& measure : listing.measures) {
        if (const Measure* m = world_.measure(measure);
            m != nullptr && law::binds_on(*m, world_, dates_) != law::Truth::no) {
          Action action = of_measure(measure, listing.party, id, {"suspend", "delist"});
          const auto grounds = law::grounds_on(listing.grounds, world_, dates_);
          if (!grounds.empty()) action.grounds = grounds;
          return action;
        }
      }
      return of_measure(listing.measures.empty() ? "" : listing.measures.front(), listing.party, id,
                        {"suspend", "delist"});
    }
    return {};
  }

  Action of_measure(const std::string& id, const std::string& party, const std::string& target,
                    const std::vector<std::string>& acts) const {
    Action action;
    action.measure = id;
    action.party = party;
    action.target = target;
    const Measure* measure = world_.measure(id);
    if (measure == nullptr) return action;
    action.authority = measure->authority;
    action.title = measure->title;
    action.grounds = law::grounds_on(measure->grounds, world_, dates_);
    const Authority* authority = world_.authority(measure->authority);
    if (authority == nullptr) return action;
    for (const ReliefForm& form : authority->relief) {
      if (!contains(acts, form.act)) continue;
      if (!measure->relief.empty() && !contains(measure->relief, form.act)) continue;
      // Of a measure that turns on listings, the whole is only ever lifted.
      if (measure->listed && party.empty() && form.act == "suspend") continue;
      action.forms.push_back({form.act, form.decided_by, form.rule, form.difficulty, reinstatement(form)});
    }
    std::stable_sort(action.forms.begin(), action.forms.end(),
                     [](const Form& a, const Form& b) { return a.difficulty < b.difficulty; });
    add_obstacles(*measure, *authority, party, action);
    return action;
  }

  Reinstatement reinstatement(const ReliefForm& form) const {
    Reinstatement out{form.undone_by, form.undone_how, form.undone_days, {}};
    for (const std::string& id : form.precedents) {
      for (const interdict::Precedent& p : world_.value().precedents) {
        if (p.id != id || (p.relief && *p.relief > dates_.as_of)) continue;
        Precedent found{p.id, p.title, {}};
        if (p.relief && p.undone) found.days = static_cast<int>((*p.undone - *p.relief).count());
        out.precedents.push_back(std::move(found));
      }
    }
    return out;
  }

  // A claim by a named person is an obstacle only as that: attributed, dated, and not later than the day asked.
  void add_obstacles(const Measure& measure, const Authority& authority, const std::string& party,
                     Action& action) const {
    if (!authority.members.empty()) {
      action.obstacles.push_back(
          {"rule", authority.name,
           fmt::format("{}: each of {} members can refuse", authority.rule, authority.members.size()), "",
           authority.provenance.sources});
    }
    for (const Claim& claim : world_.value().claims) {
      if (claim.on.first_day() > dates_.as_of) continue;
      const bool of_measure = contains(claim.about, measure.id);
      const bool of_party = contains(claim.about, authority.id) || (!party.empty() && contains(claim.about, party));
      const bool opposes = claim.stance == "opposes" && (of_measure || of_party);
      if (!opposes && !(claim.stance == "says" && of_measure)) continue;
      action.obstacles.push_back({claim.stance == "opposes" ? "opposes" : "claims", claim.speaker, claim.says,
                                  claim.on.to_string(), claim.provenance.sources});
    }
  }

  Action of_deal(const std::string& act, const std::string& target, const std::string& title) const {
    Action action;
    action.target = target;
    action.title = title;
    action.forms.push_back({act, "the parties to the deal", "their own decision", 0, {}});
    for (const auto& verdict : before_.by_authority) {
      if (law::is_lawful(verdict.verdict) || verdict.apart) continue;
      if (const Authority* authority = world_.authority(verdict.authority)) {
        for (const std::string& clause : authority->circumvention) {
          action.circumvention.push_back(fmt::format("{}: {}", authority->id, clause));
        }
      }
    }
    return action;
  }

  const Deal& deal_;
  const law::CaseIndex& world_;
  const law::Dates& dates_;
  const law::Judgment& before_;
};

std::string slot_of(const Action& action) {
  // Licensing a listed party and delisting it are two forms of one thing.
  if (!action.party.empty()) return action.measure + "/" + action.party;
  return action.measure + "|" + action.target;
}

void measure_option(Option& option, const Deal& deal, const law::CaseIndex& world, const law::Dates& dates,
                    const Effects& effects) {
  std::set<std::string> deciders;
  for (const Action& action : option.actions) {
    if (action.changes_deal()) {
      option.changes_deal = true;
    } else if (!action.forms.empty()) {
      deciders.insert(action.authority + "/" + action.forms.front().decided_by);
      option.difficulty += action.forms.front().difficulty;
    }
  }
  option.deciders = deciders.size();
  const Tried tried = apply(effects, deal);
  const law::Judgment after = law::judge(tried.deal, world, dates, tried.changes);
  option.verdict = after.verdict;
  option.conditions = after.conditions;
  for (const Figure& figure : world.value().figures) {
    if (figure.on.first_day() > dates.as_of) continue;
    const bool about = std::any_of(option.actions.begin(), option.actions.end(), [&](const Action& action) {
      return contains(figure.about, action.measure) || (!action.party.empty() && contains(figure.about, action.party));
    });
    if (about) option.restores.push_back(&figure);
  }
}

void add_forms(Action& to, const Action& of) {
  to.forms.insert(to.forms.end(), of.forms.begin(), of.forms.end());
  std::stable_sort(to.forms.begin(), to.forms.end(),
                   [](const Form& a, const Form& b) { return a.difficulty < b.difficulty; });
}

// Sets that differ only in how a slot is relieved become one option with several forms, if every combination is there.
std::vector<Option> options_of(const Found& found, const Deal& deal, const law::CaseIndex& world,
                               const law::Dates& dates, const law::Judgment& before) {
  const Describer describer(deal, world, dates, before);
  const auto described = [&](const Effect& effect) {
    Action action = describer.of(effect);
    if (const auto same = found.same.find(effect); same != found.same.end()) {
      for (const Effect& other : same->second) add_forms(action, describer.of(other));
    }
    return action;
  };
  struct Group {
    std::vector<std::vector<Action>> members;
    std::vector<const Effects*> sets;
  };
  std::map<std::vector<std::string>, Group> groups;
  for (const Effects& set : found.minimal) {
    std::vector<Action> actions;
    std::vector<std::string> key;
    for (const Effect& effect : set) actions.push_back(described(effect));
    for (const Action& action : actions) key.push_back(slot_of(action));
    std::sort(key.begin(), key.end());
    Group& group = groups[key];
    group.members.push_back(std::move(actions));
    group.sets.push_back(&set);
  }
  std::vector<Option> out;
  const auto add = [&](std::vector<Action> actions, const Effects& set) {
    Option option;
    option.actions = std::move(actions);
    std::stable_sort(option.actions.begin(), option.actions.end(), [](const Action& a, const Action& b) {
      return std::tie(a.authority, a.measure, a.party) < std::tie(b.authority, b.measure, b.party);
    });
    measure_option(option, deal, world, dates, set);
    out.push_back(std::move(option));
  };
  for (auto& [key, group] : groups) {
    std::map<std::string, std::map<std::string, Action>> by_slot;  // slot → form's act and target → action
    for (const auto& actions : group.members) {
      for (const Action& action : actions) {
        by_slot[slot_of(action)].emplace(action.forms.empty() ? "" : action.forms.front().act + action.target, action);
      }
    }
    std::size_t combinations = 1;
    for (const auto& [slot, forms] : by_slot) combinations *= forms.size();
    if (combinations != group.members.size()) {
      for (std::size_t i = 0; i < group.members.size(); ++i) add(group.members[i], *group.sets[i]);
      continue;
    }
    std::vector<Action> merged;
    for (auto& [slot, forms] : by_slot) {
      Action action = forms.begin()->second;
      for (auto at = std::next(forms.begin()); at != forms.end(); ++at) add_forms(action, at->second);
      merged.push_back(std::move(action));
    }
    add(std::move(merged), *group.sets.front());
  }
  std::stable_sort(out.begin(), out.end(), [](const Option& a, const Option& b) {
    const auto rank = [](const Option& o) {
      return std::make_tuple(o.changes_deal, o.deciders, o.difficulty, o.actions.size());
    };
    return rank(a) < rank(b);
  });
  return out;
}

std::string authority_of(const Effect& effect, const law::CaseIndex& world,
                         const std::map<std::string, const Listing*>& listings) {
  std::string measure;
  if (effect.kind == Effect::Kind::off || effect.kind == Effect::Kind::licensed) measure = effect.first;
  if (effect.kind == Effect::Kind::cleared) measure = effect.second;
  if (effect.kind == Effect::Kind::delisted) {
    const auto at = listings.find(effect.first);
    if (at != listings.end() && !at->second->measures.empty()) measure = at->second->measures.front();
  }
  const Measure* found = world.measure(measure);
  return found == nullptr ? std::string() : found->authority;
}

}  // namespace

Answer find(const Deal& deal, const law::CaseIndex& world, const law::Dates& dates, const std::set<std::string>& fixed,
            const Limits& limits) {
  Answer out;
  const law::Judgment before = law::judge(deal, world, dates);
  out.before = before.verdict;
  if (law::is_lawful(before.verdict)) return out;
  std::map<std::string, const Listing*> listings;
  for (const Listing& listing : world.value().listings) listings.emplace(listing.id, &listing);
  const Allowed allowed = [&](const Effect& effect) {
    if (effect.kind != Effect::Kind::alternative) return true;
    const auto alternative = std::find_if(deal.alternatives.begin(), deal.alternatives.end(),
                                          [&](const Alternative& a) { return a.id == effect.first; });
    if (alternative == deal.alternatives.end()) return false;
    const auto part = part_changed_by().find(alternative->act);
    return part == part_changed_by().end() || (!fixed.contains(part->second) && !contains(deal.fixed, part->second));
  };
  const Found found = search(deal, world, dates, still_forbidding, allowed, limits);
  out.complete = found.complete;
  out.judged = found.judged;
  out.sets = found.minimal.size();
  out.options = options_of(found, deal, world, dates, before);
  for (const auto& verdict : before.by_authority) {
    if (verdict.apart || law::is_lawful(verdict.verdict)) continue;
    Unilateral own;
    own.authority = verdict.authority;
    own.before = verdict.verdict;
    const auto its_own = [&](const Effect& effect) { return authority_of(effect, world, listings) == own.authority; };
    const Goal its_goal = [&](const law::Judgment& judgment) {
      auto reasons = still_forbidding(judgment);
      std::erase_if(reasons, [&](const law::Reason* reason) { return reason->authority != own.authority; });
      return reasons;
    };
    Limits few = limits;
    few.options = few.options == 0 ? 64 : few.options;
    const Found alone = search(deal, world, dates, its_goal, its_own, few);
    own.own = options_of(alone, deal, world, dates, before);
    if (!alone.minimal.empty()) {
      const Tried tried = apply(alone.minimal.front(), deal);
      for (const auto& after : law::judge(tried.deal, world, dates, tried.changes).by_authority) {
        if (!after.apart && !law::is_lawful(after.verdict)) own.still_forbid.push_back(after.authority);
      }
    }
    const Found with_deal = search(
        deal, world, dates, still_forbidding,
        [&](const Effect& effect) {
          return its_own(effect) || (effect.kind == Effect::Kind::alternative && allowed(effect));
        },
        few);
    own.suffices = options_of(with_deal, deal, world, dates, before);
    out.unilateral.push_back(std::move(own));
  }
  return out;
}

}  // namespace interdict::relief
