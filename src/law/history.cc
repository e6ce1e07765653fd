#include "law/history.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace interdict::law {
namespace {

PartialDate whole(Day day) {
  const auto ymd = std::chrono::year_month_day(day);
  return PartialDate::of(static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
                         static_cast<int>(static_cast<unsigned>(ymd.day())))
      .value_or(PartialDate{});
}

class Trail {
 public:
  Trail(std::string_view id, const CaseIndex& world, const Dates& dates) : id_(id), world_(world), dates_(dates) {}

  std::vector<TrailEntry> gather() {
    const Case& c = world_.value();
    for (const Act& act : c.acts) add_act(act);
    for (const Measure& measure : c.measures) add_measure(measure);
    for (const Listing& listing : c.listings) add_listing(listing);
    for (const Exception& exception : c.exceptions) add_exception(exception);
    for (const Event& event : c.events) {
      if (!all() && event.id != id_ && !contains(event.parties, id_) && !contains(event.acts, id_) &&
          event.broker != id_) {
        continue;
      }
      put({event.on, event.published, "event", event.id, event.broker,
           event.count ? fmt::format("{} ({}): {}", event.kind, *event.count, event.title)
                       : fmt::format("{}: {}", event.kind, event.title),
           event.provenance.sources, event.provenance.confidence});
    }
    for (const Claim& claim : c.claims) {
      if (!all() && claim.id != id_ && !contains(claim.about, id_)) continue;
      put({claim.on,
           {},
           "claim",
           claim.id,
           {},
           fmt::format("{}: {}", claim.speaker, claim.says),
           claim.provenance.sources,
           claim.provenance.confidence});
    }
    for (const Demand& demand : c.demands) {
      if (!demand.on || (!all() && demand.id != id_ && !contains(demand.parties, id_))) continue;
      put({*demand.on,
           {},
           "demand",
           demand.id,
           {},
           fmt::format("{}: {}", demand.by, demand.title),
           demand.provenance.sources,
           demand.provenance.confidence});
    }
    std::stable_sort(out_.begin(), out_.end(),
                     [](const TrailEntry& a, const TrailEntry& b) { return a.on.first_day() < b.on.first_day(); });
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool all() const { return id_.empty() || id_ == world_.value().id; }

  void put(TrailEntry entry) {
    if (entry.on.first_day() > dates_.as_of) return;
    if (dates_.known_at && entry.published.value_or(entry.on.first_day()) > *dates_.known_at) return;
    out_.push_back(std::move(entry));
  }

  void put_on(Day on, std::optional<Day> published, std::string_view act, std::string kind, const std::string& id,
              const std::string& authority, std::string what, const Provenance& provenance) {
    if (!published) {
      if (const Act* found = world_.act(act)) published = found->published ? found->published : found->adopted;
    }
    if (published == on) published.reset();
    put({whole(on), published, std::move(kind), id, authority, std::move(what), provenance.sources,
         provenance.confidence});
  }

  std::string by_act(std::string_view act) const {
    const Act* found = world_.act(act);
    return found == nullptr ? std::string() : fmt::format(", {}", found->title);
  }

  std::string name(const std::string& party) const {
    const CaseParty* found = world_.party(party);
    return found == nullptr ? party : found->name;
  }

  void add_act(const Act& act) {
    if (!all() && act.id != id_ && act.authority != id_) return;
    const auto day = act.adopted ? act.adopted : act.in_force;
    if (!day) return;
    put_on(*day, act.published, {}, "act", act.id, act.authority,
           fmt::format("{}{}{}", act.title, act.summary.empty() ? "" : ": ", act.summary), act.provenance);
  }

  void add_changes(const std::vector<StatusChange>& status, const std::string& kind, const std::string& id,
                   const std::string& authority, const std::string& what) {
    for (const StatusChange& change : status) {
      std::string text = fmt::format("{}: {}", what, interdict::to_string(change.standing));
      if (change.until) text += fmt::format(" until {}", interdict::to_string(*change.until));
      if (!change.by.empty()) text += fmt::format(" by {}", fmt::join(change.by, ", "));
      put_on(change.on, change.published, change.act, kind, id, authority, text + by_act(change.act),
             change.provenance);
    }
  }

  void add_grounds(const std::vector<Ground>& grounds, const std::string& id, const std::string& authority,
                   const std::string& what, const Provenance& provenance) {
    for (const Ground& ground : grounds) {
      if (!ground.from) continue;
      put_on(*ground.from, {}, ground.act, "ground", id, authority,
             fmt::format("{}: ground '{}' added{}", what, ground.id, by_act(ground.act)), provenance);
    }
  }

  void add_measure(const Measure& measure) {
    if (!all() && measure.id != id_ && measure.authority != id_ && measure.act != id_ &&
        !contains(measure.rests_on, id_)) {
      return;
    }
    add_changes(measure.status, "measure", measure.id, measure.authority, measure.title);
    add_grounds(measure.grounds, measure.id, measure.authority, measure.title, measure.provenance);
  }

  void add_listing(const Listing& listing) {
    if (!all() && listing.id != id_ && listing.party != id_ && !contains(listing.measures, id_)) return;
    const Measure* measure = listing.measures.empty() ? nullptr : world_.measure(listing.measures.front());
    const std::string authority = measure == nullptr ? std::string() : measure->authority;
    const std::string what = fmt::format("{} under {}", name(listing.party), fmt::join(listing.measures, ", "));
    add_changes(listing.status, "listing", listing.id, authority, what);
    add_grounds(listing.grounds, listing.id, authority, what, listing.provenance);
  }

  void add_exception(const Exception& exception) {
    if (!all() && exception.id != id_ && !contains(exception.parties, id_) && !contains(exception.to, id_)) return;
    const Measure* measure = exception.to.empty() ? nullptr : world_.measure(exception.to.front());
    const std::string authority = measure == nullptr ? std::string() : measure->authority;
    if (exception.window.from) {
      put_on(*exception.window.from, exception.published, exception.act, "exception", exception.id, authority,
             exception.title + " begins", exception.provenance);
    }
    if (exception.window.until) {
      put_on(*exception.window.until, exception.published, exception.act, "exception", exception.id, authority,
             exception.title + " ends", exception.provenance);
    }
  }

  std::string_view id_;
  const CaseIndex& world_;
  const Dates& dates_;
  std::vector<TrailEntry> out_;
};

bool happened(const PartialDate& on, std::optional<Day> published, const Dates& dates) {
  if (on.first_day() > dates.as_of) return false;
  return !dates.known_at || published.value_or(on.first_day()) <= *dates.known_at;
}

std::optional<double> computed(const Claim& claim, const Case& world, const Dates& dates) {
  const bool releases = claim.metric == "releases";
  if (!releases && claim.metric != "arrests") return std::nullopt;
  const Day until = std::min(dates.as_of, claim.on.last_day());
  double sum = 0;
  for (const Event& event : world.events) {
    if (event.kind != (releases ? "release" : "arrest") || !event.count || event.on.first_day() > until) continue;
    if (!claim.broker.empty() && event.broker != claim.broker) continue;
    sum += *event.count;
  }
  return sum;
}

}  // namespace

std::vector<TrailEntry> trail(std::string_view id, const CaseIndex& world, const Dates& dates) {
  return Trail(id, world, dates).gather();
}

Ledger ledger(const CaseIndex& world, const Dates& dates) {
  Ledger out;
  std::vector<const Event*> events;
  for (const Event& event : world.value().events) {
    if ((event.kind == "release" || event.kind == "arrest") && happened(event.on, event.published, dates)) {
      events.push_back(&event);
    }
  }
  std::stable_sort(events.begin(), events.end(),
                   [](const Event* a, const Event* b) { return a->on.first_day() < b->on.first_day(); });
  int freed = 0;
  int arrested = 0;
  std::map<std::string, int> by_broker;
  for (const Event* event : events) {
    const int count = event->count.value_or(0);
    if (event->kind == "release") {
      freed += count;
      by_broker[event->broker] += count;
    } else {
      arrested += count;
    }
    const bool brokered = event->kind == "release" && !event->broker.empty();
    out.lines.push_back({event, freed, brokered ? by_broker[event->broker] : 0, arrested});
  }
  for (const Claim& claim : world.value().claims) {
    if (claim.metric.empty() || !claim.value || !happened(claim.on, {}, dates)) continue;
    Reckoning reckoning;
    reckoning.claim = &claim;
    reckoning.claimed = claim.base ? *claim.value * *claim.base / 100.0 : *claim.value;
    reckoning.computed = computed(claim, world.value(), dates);
    for (const Figure& figure : world.value().figures) {
      if (figure.metric == claim.metric && happened(figure.on, {}, dates)) reckoning.other.push_back(&figure);
    }
    out.claims.push_back(std::move(reckoning));
  }
  for (const Figure& figure : world.value().figures) {
    if (happened(figure.on, {}, dates)) out.figures.push_back(&figure);
  }
  std::stable_sort(out.figures.begin(), out.figures.end(), [](const Figure* a, const Figure* b) {
    return a->metric != b->metric ? a->metric < b->metric : a->on.first_day() < b->on.first_day();
  });
  return out;
}

std::vector<Granted> granted(const CaseIndex& world, const Dates& dates) {
  std::vector<Granted> out;
  for (const Demand& demand : world.value().demands) {
    Granted answer;
    answer.demand = &demand;
    const Day since = demand.on ? demand.on->first_day() - std::chrono::days{365} : Day{};
    const auto counts = [&](Day on) { return on >= since && on <= dates.as_of; };
    std::map<std::string, bool> moved;  // authorities that bind one of the parties
    for (const std::string& party : demand.parties) {
      std::map<std::string, Step> steps;
      const auto step = [&](const std::string& authority) -> Step& {
        Step& one = steps[authority];
        one.party = party;
        one.authority = authority;
        return one;
      };
      for (const Listing* listing : world.listings_of(party)) {
        const Measure* measure = listing->measures.empty() ? nullptr : world.measure(listing->measures.front());
        if (measure == nullptr) continue;
        const bool began = std::any_of(listing->status.begin(), listing->status.end(),
                                       [&](const StatusChange& change) { return change.on <= dates.as_of; });
        if (began) moved.try_emplace(measure->authority, false);
        for (const StatusChange& change : listing->status) {
          if (change.standing == Standing::lifted && counts(change.on) &&
              is_known(change.published, change.act, change.on, world, dates)) {
            step(measure->authority).delisted = change.on;
          }
        }
      }
      for (const Exception& exception : world.value().exceptions) {
        if (exception.kind != "licence" || !contains(exception.parties, party) || !exception.window.from) continue;
        if (!counts(*exception.window.from) || !exception.when.parts.empty()) continue;
        if (!is_known(exception.published, exception.act, exception.window.from, world, dates)) continue;
        const Measure* measure = exception.to.empty() ? nullptr : world.measure(exception.to.front());
        if (measure == nullptr) continue;
        Step& one = step(measure->authority);
        if (!one.licensed || *exception.window.from < *one.licensed) {
          one.licensed = exception.window.from;
          one.licence = exception.id;
        }
      }
      for (const Event& event : world.value().events) {
        if (event.kind != "announcement" || !contains(event.parties, party) || !counts(event.on.first_day())) continue;
        if (event.broker.empty() || !happened(event.on, event.published, dates)) continue;
        Step& one = step(event.broker);
        if (!one.announced || event.on.first_day() < *one.announced) one.announced = event.on.first_day();
      }
      for (auto& [authority, one] : steps) {
        moved[authority] = true;
        answer.steps.push_back(std::move(one));
      }
    }
    for (const auto& [authority, any] : moved) {
      if (!any) answer.unmoved.push_back(authority);
    }
    out.push_back(std::move(answer));
  }
  return out;
}

namespace {

/// What an authority's verdict rests on: its measures, whom they catch, and under which exceptions.
std::vector<std::string> rests_on(const AuthorityVerdict& verdict) {
  std::vector<std::string> out;
  for (const Reason& reason : verdict.reasons) {
    if (reason.verdict < Verdict::authorised) continue;
    std::string key = fmt::format("{}/{}/{}", reason.measure, reason.party, to_string(reason.verdict));
    for (const Considered& exception : reason.exceptions) {
      if (exception.applies == Truth::yes) key += "/" + exception.id;
    }
    out.push_back(std::move(key));
  }
  std::sort(out.begin(), out.end());
  return out;
}

bool same_verdicts(const Judgment& a, const Judgment& b) {
  for (std::size_t i = 0; i < a.by_authority.size(); ++i) {
    const AuthorityVerdict& one = a.by_authority[i];
    const AuthorityVerdict& other = b.by_authority[i];
    if (one.verdict != other.verdict || one.confidence != other.confidence || rests_on(one) != rests_on(other)) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::vector<VerdictSpan> verdict_spans(const Deal& deal, const CaseIndex& world, Day from, Day until,
                                       std::optional<Day> known_at) {
  std::vector<VerdictSpan> out;
  for (Day day = from; day < until; day += std::chrono::days{1}) {
    Judgment judgment = judge(deal, world, {day, known_at});
    if (!out.empty() && same_verdicts(out.back().judgment, judgment)) {
      out.back().until = day + std::chrono::days{1};
    } else {
      out.push_back({day, day + std::chrono::days{1}, std::move(judgment)});
    }
  }
  return out;
}

}  // namespace interdict::law
