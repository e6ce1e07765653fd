#include "report/bars.h"

#include <fmt/format.h>

#include <algorithm>

namespace interdict::report {
namespace {

Bar bar_of(const std::optional<Standing>& standing, law::Truth valid) {
  if (!standing || *standing == Standing::lifted) return Bar::none;
  if (*standing == Standing::suspended) return Bar::suspended;
  if (!binds(*standing)) return Bar::pending;
  if (valid == law::Truth::unknown) return Bar::unknown;
  return valid == law::Truth::no ? Bar::none : Bar::binding;
}

Bar bar_on(const BarRow& row, const law::CaseIndex& world, const law::Dates& then) {
  const auto measure = law::standing_on(row.measure->status, world, then);
  const Bar whole = bar_of(measure.standing, law::binds_on(*row.measure, world, then));
  if (row.listing == nullptr || whole == Bar::none) return whole;
  const Bar own = bar_of(law::standing_on(row.listing->status, world, then).standing, law::Truth::yes);
  return own == Bar::binding ? whole : own;
}

bool demanded(const std::string& party, const Case& world) {
  return std::any_of(world.demands.begin(), world.demands.end(),
                     [&](const Demand& demand) { return contains(demand.parties, party); });
}

void fill(BarRow& row, const law::CaseIndex& world, const law::Dates& dates, Day from, Day until) {
  Bar now = bar_on(row, world, {from, dates.known_at});
  Day since = from;
  for (Day day = from; day <= until; day += std::chrono::days{1}) {
    const Bar next = day == until ? Bar::none : bar_on(row, world, {day, dates.known_at});
    if (next == now && day != until) continue;
    if (now != Bar::none) row.bars.push_back({now, since, day});
    now = next;
    since = day;
  }
  for (const Exception* exception : world.exceptions_to(row.measure->id)) {
    if (exception->kind != "licence" && exception->kind != "wind_down") continue;
    if (row.listing != nullptr && !contains(exception->parties, row.listing->party)) continue;
    if (row.listing == nullptr && !exception->parties.empty()) continue;
    if (exception->window.from.value_or(from) < until && exception->window.until.value_or(until) > from)
      row.licences.push_back(exception);
  }
}

}  // namespace

std::string_view bar_word(Bar bar) {
  switch (bar) {
    case Bar::none:
      return "none";
    case Bar::pending:
      return "pending";
    case Bar::binding:
      return "in_force";
    case Bar::suspended:
      return "suspended";
    case Bar::unknown:
      break;
  }
  return "renewal_unknown";
}

std::vector<BarRow> bar_rows(const Authority& authority, const law::CaseIndex& world, const law::Dates& dates, Day from,
                             Day until, const std::vector<std::string>& about) {
  std::vector<BarRow> out;
  const auto add = [&](std::string label, const Measure& measure, const Listing* listing) {
    out.push_back({std::move(label), &measure, listing, {}, {}});
    fill(out.back(), world, dates, from, until);
  };
  for (const Measure& measure : world.value().measures) {
    if (measure.authority != authority.id || measure.status.empty()) continue;
    const bool whole = contains(about, measure.id) || contains(about, authority.id);
    if (!measure.listed) {
      if (about.empty() || whole) add(measure.title, measure, nullptr);
      continue;
    }
    for (const Listing* listing : world.listings_under(measure.id)) {
      if (about.empty() ? !demanded(listing->party, world.value()) : !(whole || contains(about, listing->party)))
        continue;
      const CaseParty* party = world.party(listing->party);
      add(fmt::format("{}: {}", party == nullptr ? listing->party : party->name, measure.title), measure, listing);
    }
  }
  return out;
}

}  // namespace interdict::report
