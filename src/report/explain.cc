// One thing of a case by its id.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <optional>

#include "report/json.h"
#include "report/law.h"

namespace interdict::report {
namespace {

/// An explanation as labelled lines, so that JSON and text say the same.
struct Line {
  std::string label;
  std::vector<std::string> values;
};
struct Explanation {
  std::string kind;
  std::string id;
  std::string title;
  std::vector<Line> lines;
  Provenance provenance;

  void add(std::string label, std::string value) {
    if (!value.empty()) lines.push_back({std::move(label), {std::move(value)}});
  }
  void add(std::string label, std::vector<std::string> values) {
    if (!values.empty()) lines.push_back({std::move(label), std::move(values)});
  }
};

std::string window_text(const Window& window) {
  return fmt::format("{}{}", window.from ? fmt::format("from {}", to_string(*window.from)) : "from the start",
                     window.until ? fmt::format(" until {}", to_string(*window.until)) : ", open");
}

std::vector<std::string> status_lines(const std::vector<StatusChange>& status, const law::CaseIndex& world,
                                      const law::Dates& dates) {
  std::vector<std::string> out;
  for (const auto& change : status) {
    if (!law::is_known(change.published, change.act, change.on, world, dates)) continue;
    std::string line = fmt::format("{} {}", to_string(change.on), to_string(change.standing));
    if (change.until) line += fmt::format(" until {}", to_string(*change.until));
    if (const Act* act = world.act(change.act)) line += fmt::format(", {}", act->title);
    if (!change.by.empty()) line += fmt::format(" by {}", fmt::join(change.by, ", "));
    if (!change.provenance.note.empty()) line += fmt::format(" ({})", change.provenance.note);
    out.push_back(std::move(line));
  }
  return out;
}

std::vector<std::string> ground_lines(const std::vector<Ground>& grounds, const law::CaseIndex& world) {
  std::vector<std::string> out;
  for (const auto& ground : grounds) {
    std::string line = ground.id;
    if (ground.from) line += fmt::format(" since {}", to_string(*ground.from));
    if (ground.until) line += fmt::format(" until {}", to_string(*ground.until));
    if (const Act* act = world.act(ground.act)) line += fmt::format(", {}", act->title);
    out.push_back(std::move(line));
  }
  return out;
}

std::vector<std::string> relief_lines(const Measure& measure, const law::CaseIndex& world) {
  std::vector<std::string> out;
  const Authority* authority = world.authority(measure.authority);
  if (authority == nullptr) return out;
  for (const auto& form : authority->relief) {
    if (!measure.relief.empty() &&
        std::find(measure.relief.begin(), measure.relief.end(), form.act) == measure.relief.end()) {
      continue;
    }
    std::string line = fmt::format("{}: by {} ({})", form.act, form.decided_by, form.rule);
    if (!form.undone_how.empty()) {
      line += fmt::format("; comes back through {}: {}", form.undone_by, form.undone_how);
    }
    if (form.undone_days) line += fmt::format(", at the least {} days", *form.undone_days);
    for (const auto& id : form.precedents) {
      for (const auto& p : world.value().precedents) {
        if (p.id != id || !p.relief || !p.undone) continue;
        line += fmt::format("; {}: {} days", p.id, (*p.undone - *p.relief).count());
      }
    }
    out.push_back(std::move(line));
  }
  return out;
}

Explanation of(const Measure& m, const law::CaseIndex& world, const law::Dates& dates) {
  Explanation e{"measure", m.id, m.title, {}, m.provenance};
  const Authority* authority = world.authority(m.authority);
  e.add("authority", authority == nullptr ? m.authority : authority->name);
  if (const Act* act = world.act(m.act)) e.add("act", act->title);
  e.add("article", m.article);
  e.add("forbids", m.forbids);
  const auto standing = law::standing_on(m.status, world, dates);
  std::string now = standing.standing
                        ? fmt::format("{} since {}", to_string(*standing.standing), to_string(standing.since))
                        : "not yet proposed";
  if (standing.standing && binds(*standing.standing)) {
    const law::Truth binds_now = law::binds_on(m, world, dates);
    if (binds_now == law::Truth::no) now += ", but an act it rests on has lapsed";
    if (binds_now == law::Truth::unknown) now += ", but the case knows of no renewal that reaches this day";
  }
  e.add("on this day", now);
  e.add("grounds", ground_lines(m.grounds, world));
  e.add("status over time", status_lines(m.status, world, dates));
  e.add("rests on", m.rests_on);
  std::vector<std::string> exceptions;
  for (const Exception* x : world.exceptions_to(m.id)) {
    exceptions.push_back(fmt::format("{}: {}, {}", x->id, x->title, window_text(x->window)));
  }
  e.add("exceptions", std::move(exceptions));
  std::vector<std::string> listed;
  for (const Listing* l : world.listings_under(m.id)) {
    const auto its = law::standing_on(l->status, world, dates);
    if (!its.standing) continue;
    const CaseParty* party = world.party(l->party);
    listed.push_back(fmt::format("{}: {} since {}", party == nullptr ? l->party : party->name, to_string(*its.standing),
                                 to_string(its.since)));
  }
  e.add("listed", std::move(listed));
  e.add("who can relieve it, and how it comes back", relief_lines(m, world));
  if (!m.fallback_for.empty()) {
    e.add("fallback for", m.fallback_for);
    e.add("brought into force by", m.trigger);
  }
  std::vector<std::string> fallbacks;
  for (const auto& other : world.value().measures) {
    if (contains(other.fallback_for, m.id)) {
      fallbacks.push_back(fmt::format("{} ({}): {}", other.id, other.authority, other.trigger));
    }
  }
  e.add("if it ends, others may step in", std::move(fallbacks));
  std::vector<std::string> claims;
  for (const auto& claim : world.value().claims) {
    if (std::find(claim.about.begin(), claim.about.end(), m.id) == claim.about.end()) continue;
    if (claim.on.first_day() > dates.as_of) continue;
    claims.push_back(fmt::format("{} {} ({}): {}", claim.on.to_string(), claim.speaker, claim.stance, claim.says));
  }
  e.add("claims about it", std::move(claims));
  return e;
}

Explanation of(const Act& a, const law::CaseIndex& world) {
  Explanation e{"act", a.id, a.title, {}, a.provenance};
  e.add("authority", a.authority);
  if (a.adopted) e.add("adopted", to_string(*a.adopted));
  if (a.published) e.add("published", to_string(*a.published));
  if (a.in_force) e.add("in force", to_string(*a.in_force));
  e.add("says", a.summary);
  e.add("amends", a.amends);
  e.add("grounds", a.grounds);
  std::vector<std::string> valid;
  for (const auto& v : a.valid) valid.push_back(window_text(v.window) + (v.by.empty() ? "" : ", by " + v.by));
  e.add("valid", std::move(valid));
  if (!a.text_seen) e.add("note", "its text was not seen");
  std::vector<std::string> measures;
  for (const auto& m : world.value().measures) {
    if (m.act == a.id || contains(m.rests_on, a.id)) {
      measures.push_back(fmt::format("{}: {}", m.id, m.title));
    }
  }
  e.add("measures", std::move(measures));
  return e;
}

Explanation of(const Exception& x) {
  Explanation e{"exception", x.id, x.title, {}, x.provenance};
  e.add("kind", x.kind);
  e.add("to", x.to);
  e.add("article", x.article);
  e.add("window", window_text(x.window));
  e.add("parties", x.parties);
  e.add("condition", x.condition);
  if (!x.text_seen) e.add("note", "its text was not seen");
  return e;
}

Explanation of(const CaseParty& p, const law::CaseIndex& world, const law::Dates& dates) {
  Explanation e{"party", p.id, p.name, {}, p.provenance};
  e.add("also", p.names);
  e.add("country", p.country);
  e.add("listing ids", p.listing_ids);
  e.add("identifiers", p.identifiers);
  for (const Listing* l : world.listings_of(p.id)) {
    e.add(fmt::format("listed under {}", fmt::join(l->measures, ", ")), status_lines(l->status, world, dates));
  }
  std::vector<std::string> licences;
  for (const auto& x : world.value().exceptions) {
    if (std::find(x.parties.begin(), x.parties.end(), p.id) == x.parties.end()) continue;
    licences.push_back(fmt::format("{}: {}, {}", x.id, x.title, window_text(x.window)));
  }
  e.add("licences", std::move(licences));
  std::vector<std::string> owners;
  for (const auto& o : world.value().ownership) {
    if (o.owner == p.id || o.owned == p.id) {
      owners.push_back(fmt::format("{} owns {:g} to {:g} % of {}", o.owner, o.least, o.most, o.owned));
    }
  }
  e.add("ownership", std::move(owners));
  return e;
}

Explanation of(const Authority& a) {
  Explanation e{"authority", a.id, a.name, {}, a.provenance};
  e.add("decides by", a.rule);
  e.add("territory", a.territory);
  e.add("members", a.members);
  e.add("currency", a.currency);
  std::vector<std::string> relief;
  for (const auto& form : a.relief) {
    relief.push_back(fmt::format("{}: by {} ({}); undone by {}: {}", form.act, form.decided_by, form.rule,
                                 form.undone_by, form.undone_how));
  }
  e.add("relief", std::move(relief));
  std::vector<std::string> tests;
  for (const auto& t : a.ownership) {
    tests.push_back(fmt::format("{}: {} {:g} %{}{}", window_text(t.window), t.more_than ? "more than" : "at least",
                                t.percent, t.aggregate ? ", in aggregate" : "", t.control ? ", or control" : ""));
  }
  e.add("ownership test", std::move(tests));
  e.add("against circumvention", a.circumvention);
  return e;
}

std::optional<Explanation> find(std::string_view id, const law::CaseIndex& world, const law::Dates& dates) {
  if (const Measure* m = world.measure(id)) return of(*m, world, dates);
  if (const Act* a = world.act(id)) return of(*a, world);
  if (const CaseParty* p = world.party(id)) return of(*p, world, dates);
  if (const Authority* a = world.authority(id)) return of(*a);
  const Case& c = world.value();
  const auto among = [&](const auto& items) {
    return std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.id == id; });
  };
  if (const auto x = among(c.exceptions); x != c.exceptions.end()) return of(*x);
  if (const auto l = among(c.listings); l != c.listings.end()) {
    Explanation e{"listing", l->id, l->party, {}, l->provenance};
    e.add("measures", l->measures);
    e.add("reason", l->reason);
    e.add("grounds", ground_lines(l->grounds, world));
    e.add("status over time", status_lines(l->status, world, dates));
    return e;
  }
  if (const auto v = among(c.events); v != c.events.end()) {
    Explanation e{"event", v->id, v->title, {}, v->provenance};
    e.add("on", v->on.to_string());
    e.add("kind", v->kind);
    e.add("people", v->people);
    e.add("parties", v->parties);
    return e;
  }
  if (const auto k = among(c.claims); k != c.claims.end()) {
    Explanation e{"claim", k->id, k->says, {}, k->provenance};
    e.add("on", k->on.to_string());
    e.add("speaker", k->speaker);
    e.add("about", k->about);
    return e;
  }
  if (const auto p = among(c.precedents); p != c.precedents.end()) {
    Explanation e{"precedent", p->id, p->title, {}, p->provenance};
    if (p->relief) e.add("relief", to_string(*p->relief));
    if (p->undone) e.add("undone", to_string(*p->undone));
    if (p->relief && p->undone) e.add("days", std::to_string((*p->undone - *p->relief).count()));
    e.add("trigger", p->trigger);
    e.add("kept", p->kept);
    return e;
  }
  if (const auto f = among(c.figures); f != c.figures.end()) {
    Explanation e{"figure", f->id, f->metric, {}, f->provenance};
    e.add("value", fmt::format("{:g} {}", f->value, f->unit));
    e.add("on", f->on.to_string());
    e.add("basis", f->basis);
    return e;
  }
  return std::nullopt;
}

}  // namespace

std::string explain_json(std::string_view id, const law::CaseIndex& world, const law::Dates& dates) {
  const auto e = find(id, world, dates);
  if (!e) return {};
  Json json;
  json.begin_object();
  json.field("id", e->id);
  json.field("kind", e->kind);
  json.field("title", e->title);
  put_dates(json, dates);
  json.key("facts");
  json.begin_array();
  for (const auto& line : e->lines) {
    json.begin_object();
    json.field("label", line.label);
    put_strings(json, "values", line.values);
    json.end_object();
  }
  json.end_array();
  put_strings(json, "sources", e->provenance.sources);
  json.field("confidence", to_string(e->provenance.confidence));
  if (!e->provenance.note.empty()) json.field("note", e->provenance.note);
  json.end_object();
  return json.str();
}

std::string explain_text(std::string_view id, const law::CaseIndex& world, const law::Dates& dates) {
  const auto e = find(id, world, dates);
  if (!e) return {};
  std::string text = fmt::format("{}: {}\n{}, {}\n", e->kind, e->title, e->id, dates_text(dates));
  const auto out = std::back_inserter(text);
  for (const auto& line : e->lines) {
    if (line.values.size() == 1) {
      fmt::format_to(out, "  {}: {}\n", line.label, line.values.front());
    } else {
      fmt::format_to(out, "  {}:\n", line.label);
      for (const auto& value : line.values) fmt::format_to(out, "    {}\n", value);
    }
  }
  fmt::format_to(out, "  source: {} ({} confidence)\n", fmt::join(e->provenance.sources, "; "),
                 to_string(e->provenance.confidence));
  if (!e->provenance.note.empty()) fmt::format_to(out, "  note: {}\n", e->provenance.note);
  return text;
}

}  // namespace interdict::report
