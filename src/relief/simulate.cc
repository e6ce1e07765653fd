#include "relief/simulate.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "relief/relief.h"

namespace interdict::relief {
namespace {

bool is_change_of_deals(const ScenarioStep& step) { return step.act == "reroute" || step.act.starts_with("change_"); }

/// A suspension that a later event may undo.
struct Watch {
  std::string condition;
  std::string broken_by;
  std::vector<std::string> measures;
  std::vector<std::string> listings;
};

class Simulator {
 public:
  explicit Simulator(const Case& world) : world_(world) {}

  Result<Effected> take(const ScenarioStep& step) {
    Effected out;
    out.step = step.id;
    out.on = step.on;
    out.title = step.title.empty() ? fmt::format("{} {}", step.act, fmt::join(step.measures, ", ")) : step.title;
    if (step.act == "release" || step.act == "arrest") {
      out.done.push_back(fmt::format("{}: {}", step.act, step.count));
      add_event(step);
    } else if (step.act == "event") {
      if (step.kind.empty()) return fault(step, "an event of no kind: 'kind' is missing");
      out.done.push_back(step.kind);
      add_event(step);
    } else if (step.act == "lapse") {
      if (auto done = lapse(step, out); !done) return done.error();
    } else if (is_change_of_deals(step)) {
      if (step.alternative.empty()) return fault(step, "a change of deals to nothing: 'alternative' is missing");
      out.done.push_back(fmt::format("deals that offer it take '{}' from {}", step.alternative, to_string(step.on)));
    } else if (step.act == "veto") {
      if (auto done = veto(step, out); !done) return done.error();
    } else if (step.act == "license") {
      if (auto done = license(step, out); !done) return done.error();
    } else if (auto done = change(step, out); !done) {
      return done.error();
    }
    snap_back(step, out);
    return out;
  }

  [[nodiscard]] const Case& world() const { return world_; }
  /// Days on which something ends by itself.
  [[nodiscard]] const std::set<Day>& days() const { return days_; }

 private:
  static Error fault(const ScenarioStep& step, std::string message) {
    return {Fault::inconsistent, std::move(message), step.place};
  }

  void add_event(const ScenarioStep& step) {
    Event event;
    event.id = step.id;
    event.kind = step.kind.empty() ? step.act : step.kind;
    event.title = step.title;
    event.count = step.count;
    event.basis = "scenario";
    const auto ymd = std::chrono::year_month_day(step.on);
    event.on = PartialDate::of(static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
                               static_cast<int>(static_cast<unsigned>(ymd.day())))
                   .value_or(PartialDate{});
    world_.events.push_back(std::move(event));
  }

  // What the case knows of later days stays to come: a scenario adds to the course of events, it does not end it.
  static void set(std::vector<StatusChange>& status, const ScenarioStep& step, Standing standing) {
    StatusChange change;
    change.standing = standing;
    change.on = step.on;
    change.condition = step.condition;
    change.provenance.sources = {"scenario"};
    change.provenance.place = step.place;
    const auto later =
        std::find_if(status.begin(), status.end(), [&](const auto& other) { return other.on > step.on; });
    status.insert(later, std::move(change));
  }

  Standing standing_on(const std::vector<StatusChange>& status, Day on) const {
    const law::CaseIndex index(world_);
    return law::standing_on(status, index, {on, {}}).standing.value_or(Standing::lifted);
  }

  static std::optional<Standing> standing_of(std::string_view act) {
    if (act == "suspend") return Standing::suspended;
    if (act == "lift" || act == "delist") return Standing::lifted;
    if (act == "reinstate") return Standing::reinstated;
    if (act == "adopt" || act == "list") return Standing::in_force;
    return std::nullopt;
  }

  Result<void> change(const ScenarioStep& step, Effected& out) {
    const auto standing = standing_of(step.act);
    if (!standing) return fault(step, fmt::format("'{}' is no act of a step", step.act));
    if (step.measures.empty()) return fault(step, fmt::format("'{}' of nothing: 'measures' is missing", step.act));
    Watch watch{step.condition, step.broken_by, {}, {}};
    const bool by_party = !step.parties.empty();
    for (const std::string& id : step.measures) {
      if (by_party) {
        if (auto done = change_listings(step, id, *standing, out, watch); !done) return done;
        continue;
      }
      if (step.act == "delist" || step.act == "list") {
        return fault(step, fmt::format("'{}' of nobody: 'parties' is missing", step.act));
      }
      for (Measure& measure : world_.measures) {
        if (measure.id != id) continue;
        if (*standing == Standing::suspended && !binds(standing_on(measure.status, step.on))) {
          return fault(step, fmt::format("'{}' cannot be suspended on {}: it is {} then", id, to_string(step.on),
                                         to_string(standing_on(measure.status, step.on))));
        }
        set(measure.status, step, *standing);
        out.done.push_back(fmt::format("{} {} from {}", id, to_string(*standing), to_string(step.on)));
        watch.measures.push_back(id);
        if (*standing == Standing::lifted) name_fallbacks(id, out);
      }
    }
    if (*standing == Standing::suspended && !step.broken_by.empty()) watches_.push_back(std::move(watch));
    return {};
  }

  Result<void> change_listings(const ScenarioStep& step, const std::string& measure, Standing standing, Effected& out,
                               Watch& watch) {
    for (const std::string& party : step.parties) {
      bool found = false;
      for (Listing& listing : world_.listings) {
        if (listing.party != party || !contains(listing.measures, measure)) continue;
        found = true;
        set(listing.status, step, standing);
        out.done.push_back(
            fmt::format("{} under {} {} from {}", party, measure, to_string(standing), to_string(step.on)));
        watch.listings.push_back(listing.id);
      }
      if (found) continue;
      if (step.act != "list") return fault(step, fmt::format("'{}' was never listed under '{}'", party, measure));
      Listing listing;
      listing.id = fmt::format("{}-{}", step.id, party);
      listing.party = party;
      listing.measures = {measure};
      listing.provenance.sources = {"scenario"};
      set(listing.status, step, standing);
      world_.listings.push_back(std::move(listing));
      out.done.push_back(fmt::format("{} listed under {} from {}", party, measure, to_string(step.on)));
    }
    return {};
  }

  Result<void> license(const ScenarioStep& step, Effected& out) {
    if (step.measures.empty()) return fault(step, "a licence to nothing: 'measures' is missing");
    Exception licence;
    licence.id = step.id;
    licence.kind = "licence";
    licence.title = step.title.empty() ? "licence of the scenario" : step.title;
    licence.to = step.measures;
    licence.parties = step.parties;
    licence.window.from = step.on;
    licence.provenance.sources = {"scenario"};
    world_.exceptions.push_back(licence);
    out.done.push_back(
        fmt::format("licensed from {}: {} under {}", to_string(step.on),
                    step.parties.empty() ? "everybody" : fmt::format("{}", fmt::join(step.parties, ", ")),
                    fmt::join(step.measures, ", ")));
    return {};
  }

  Result<void> lapse(const ScenarioStep& step, Effected& out) {
    for (Act& act : world_.acts) {
      if (act.id != step.renewal) continue;
      act.lapsed = step.on;
      out.done.push_back(fmt::format("{} lapses on {}", act.id, to_string(step.on)));
      tell_lapse(act.id, step.on, out);
      return {};
    }
    if (step.renewal.empty()) return fault(step, "a lapse of nothing: 'renewal' is missing");
    return fault(step, fmt::format("there is no act '{}' that could lapse", step.renewal));
  }

  void tell_lapse(const std::string& act, Day end, Effected& out) const {
    const law::CaseIndex index(world_);
    for (const Measure& measure : world_.measures) {
      if (measure.act != act && !contains(measure.rests_on, act)) continue;
      const auto standing = law::standing_on(measure.status, index, {end, {}});
      if (!standing.standing || !binds(*standing.standing)) continue;
      out.done.push_back(fmt::format("{} lapses with it", measure.id));
      name_fallbacks(measure.id, out);
    }
  }

  // The renewal does not come about: windows that begin on or after the veto, or whose act came on or after it, are not
  // given, and the act lapses when the last window given before it ends.
  Result<void> veto(const ScenarioStep& step, Effected& out) {
    for (Act& act : world_.acts) {
      if (act.id != step.renewal) continue;
      if (act.valid.empty()) {
        return fault(step, fmt::format("'{}' has no windows of validity: there is no renewal to veto", act.id));
      }
      std::erase_if(act.valid, [&](const Validity& v) {
        std::optional<Day> given = v.window.from;
        for (const Act& renewal : world_.acts) {
          if (renewal.id == v.by && renewal.adopted) given = renewal.adopted;
        }
        return given && *given >= step.on;
      });
      std::optional<Day> end;
      for (const Validity& v : act.valid) {
        if (!v.window.until) return fault(step, fmt::format("'{}' does not end: there is no renewal to veto", act.id));
        end = std::max(end, v.window.until);
      }
      if (!end) return fault(step, fmt::format("'{}' was not yet valid on {}", act.id, to_string(step.on)));
      act.lapsed = end;
      days_.insert(*end);
      days_.insert(*end - std::chrono::days{1});
      out.done.push_back(fmt::format("{} is not renewed and lapses on {}", act.id, to_string(*end)));
      tell_lapse(act.id, *end, out);
      return {};
    }
    return fault(step, step.renewal.empty()
                           ? std::string("a veto of nothing: 'renewal' is missing")
                           : fmt::format("there is no act '{}' whose renewal could be vetoed", step.renewal));
  }

  void name_fallbacks(const std::string& measure, Effected& out) const {
    for (const Measure& other : world_.measures) {
      if (!contains(other.fallback_for, measure)) continue;
      out.fallback.push_back(
          fmt::format("{} ({}), in place of {}: {}", other.id, other.authority, measure, other.trigger));
    }
  }

  static bool breaks(const ScenarioStep& step, const Watch& watch) {
    return watch.broken_by == step.act || (!step.kind.empty() && watch.broken_by == step.kind);
  }

  void snap_back(const ScenarioStep& step, Effected& out) {
    for (const Watch& watch : watches_) {
      if (!breaks(step, watch)) continue;
      for (Measure& measure : world_.measures) {
        if (contains(watch.measures, measure.id)) reinstate(measure.status, measure.id, watch, step, out);
      }
      for (Listing& listing : world_.listings) {
        if (contains(watch.listings, listing.id)) reinstate(listing.status, listing.id, watch, step, out);
      }
    }
    std::erase_if(watches_, [&](const Watch& watch) { return breaks(step, watch); });
  }

  // Only what is still suspended comes back: a later lifting outright is not undone by the condition of an earlier
  // suspension.
  void reinstate(std::vector<StatusChange>& status, const std::string& what, const Watch& watch,
                 const ScenarioStep& step, Effected& out) const {
    if (standing_on(status, step.on) != Standing::suspended) return;
    set(status, step, Standing::reinstated);
    out.snapback.push_back(fmt::format("{} reinstated on {}: condition '{}' broken by {}", what, to_string(step.on),
                                       watch.condition, step.id));
  }

  Case world_;
  std::vector<Watch> watches_;
  std::set<Day> days_;
};

}  // namespace

Result<Simulation> simulate(const Scenario& scenario, const std::vector<Deal>& deals, const Case& world,
                            std::optional<Day> known_at) {
  Simulation out;
  Simulator simulator(world);
  std::vector<std::pair<Day, Case>> worlds;  // as edited by all steps up to the day
  std::set<Day> days(scenario.ask.begin(), scenario.ask.end());
  for (const ScenarioStep& step : scenario.steps) {
    auto effected = simulator.take(step);
    if (!effected) return effected.error();
    out.steps.push_back(std::move(*effected));
    worlds.emplace_back(step.on, simulator.world());
    days.insert(step.on);
  }
  days.insert(simulator.days().begin(), simulator.days().end());
  const law::CaseIndex before(world);
  std::vector<law::CaseIndex> after;
  after.reserve(worlds.size());
  for (const auto& [on, edited] : worlds) after.emplace_back(edited);
  for (const Deal& deal : deals) {
    for (const Day day : days) {
      const law::Dates dates{day, known_at};
      const law::CaseIndex* then = &before;
      for (std::size_t i = 0; i < worlds.size() && worlds[i].first <= day; ++i) then = &after[i];
      Effects taken;
      for (const ScenarioStep& step : scenario.steps) {
        const bool offered = std::any_of(deal.alternatives.begin(), deal.alternatives.end(),
                                         [&](const Alternative& a) { return a.id == step.alternative; });
        if (offered && step.on <= day && is_change_of_deals(step)) {
          taken.insert({Effect::Kind::alternative, step.alternative, {}});
        }
      }
      const Deal changed = relief::apply(taken, deal).deal;
      out.verdicts.push_back({deal.id, day, law::judge(deal, before, dates), law::judge(changed, *then, dates)});
    }
  }
  out.world = simulator.world();
  return out;
}

}  // namespace interdict::relief
