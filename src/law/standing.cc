// What of a case held on a day, as far as it had been published.
#include <fmt/format.h>

#include "law/law.h"

namespace interdict::law {
bool is_known(std::optional<Day> published, std::string_view act, std::optional<Day> otherwise, const CaseIndex& world,
              const Dates& dates) {
  if (!dates.known_at) return true;
  std::optional<Day> day = published;
  if (!day && !act.empty()) {
    if (const Act* found = world.act(act)) {
      day = found->published ? found->published : found->adopted;
    }
  }
  if (!day) day = otherwise;
  return !day || *day <= *dates.known_at;
}

StandingOn standing_on(const std::vector<StatusChange>& status, const CaseIndex& world, const Dates& dates) {
  StandingOn out;
  for (const StatusChange& change : status) {
    if (change.on > dates.as_of || !is_known(change.published, change.act, change.on, world, dates)) continue;
    out = {change.standing, change.on, &change};
    if (change.until && *change.until <= dates.as_of) {
      out.standing = change.standing == Standing::suspended ? Standing::reinstated : Standing::lifted;
      out.since = *change.until;
    }
  }
  return out;
}

Truth valid_on(const Act& act, const CaseIndex& world, const Dates& dates) {
  if (act.lapsed && *act.lapsed <= dates.as_of) return Truth::no;
  if (act.valid.empty()) return Truth::yes;
  bool later = true;  // than every end that is known
  for (const Validity& validity : act.valid) {
    if (!is_known(std::nullopt, validity.by, validity.window.from, world, dates)) continue;
    if (validity.window.holds(dates.as_of)) return Truth::yes;
    if (!validity.window.until || dates.as_of < *validity.window.until) later = false;
  }
  return later ? Truth::unknown : Truth::no;
}

Truth binds_on(const Measure& measure, const CaseIndex& world, const Dates& dates, const Changes& changes) {
  if (changes.off.contains(measure.id)) return Truth::no;
  const StandingOn standing = standing_on(measure.status, world, dates);
  if (!standing.standing || !binds(*standing.standing)) return Truth::no;
  Truth valid = Truth::yes;
  if (const Act* act = world.act(measure.act)) valid = both(valid, valid_on(*act, world, dates));
  for (const std::string& id : measure.rests_on) {
    if (const Act* act = world.act(id)) valid = both(valid, valid_on(*act, world, dates));
  }
  return valid;
}

std::vector<std::string> grounds_on(const std::vector<Ground>& grounds, const CaseIndex& world, const Dates& dates) {
  std::vector<std::string> out;
  for (const Ground& ground : grounds) {
    if (!Window{ground.from, ground.until}.holds(dates.as_of)) continue;
    if (!is_known(std::nullopt, ground.act, ground.from, world, dates)) continue;
    out.push_back(ground.from ? fmt::format("{} since {}", ground.id, interdict::to_string(*ground.from)) : ground.id);
  }
  return out;
}

}  // namespace interdict::law
