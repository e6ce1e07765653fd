#include "report/history.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "report/json.h"
#include "report/law.h"

namespace interdict::report {
namespace {

using Out = std::back_insert_iterator<std::string>;

std::string day_or(const std::optional<Day>& day, std::string_view otherwise) {
  return day ? to_string(*day) : std::string(otherwise);
}

std::string party_name(const std::string& id, const law::CaseIndex& world) {
  const CaseParty* party = world.party(id);
  return party == nullptr ? id : party->name;
}

std::string figure_text(const Figure& figure) {
  return fmt::format("{:<10} {:>10} {}{}{} ({})", figure.on.to_string(), figure.value, figure.unit,
                     figure.basis.empty() ? "" : ", " + figure.basis, figure.by.empty() ? "" : ", " + figure.by,
                     fmt::join(figure.provenance.sources, "; "));
}

std::string percent_note(const law::Reckoning& r) {
  if (!r.claim->base || !r.computed) return {};
  return fmt::format(" = {:.1f} % of {:g}", *r.computed * 100.0 / *r.claim->base, *r.claim->base);
}

}  // namespace

std::string trail_json(std::string_view id, const std::vector<law::TrailEntry>& trail, const law::CaseIndex& world,
                       const law::Dates& dates) {
  Json json;
  json.begin_object();
  json.field("case", world.value().id);
  json.field("about", id);
  put_dates(json, dates);
  json.key("trail");
  json.begin_array();
  for (const auto& entry : trail) {
    json.begin_object();
    json.field("on", entry.on.to_string());
    json.field("published", entry.published);
    json.field("kind", entry.kind);
    json.field("id", entry.id);
    json.field("authority", entry.authority);
    json.field("what", entry.what);
    put_strings(json, "sources", entry.sources);
    json.field("confidence", to_string(entry.confidence));
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.str();
}

std::string trail_text(const std::vector<law::TrailEntry>& trail) {
  std::string text;
  const Out out = std::back_inserter(text);
  for (const auto& entry : trail) {
    fmt::format_to(
        out, "{:<10}  {:<9}  {}{}{}{}\n", entry.on.to_string(), entry.kind,
        entry.authority.empty() ? "" : entry.authority + ": ", entry.what,
        entry.published ? fmt::format("; published {}", to_string(*entry.published)) : "",
        entry.confidence == Confidence::high ? "" : fmt::format(" [{} confidence]", to_string(entry.confidence)));
  }
  return text;
}

std::string ledger_json(const law::Ledger& ledger, const std::vector<law::Granted>& granted,
                        const law::CaseIndex& world, const law::Dates& dates) {
  Json json;
  json.begin_object();
  json.field("case", world.value().id);
  put_dates(json, dates);
  json.key("ledger");
  json.begin_array();
  for (const auto& line : ledger.lines) {
    json.begin_object();
    json.field("id", line.event->id);
    json.field("on", line.event->on.to_string());
    json.field("kind", line.event->kind);
    json.field("title", line.event->title);
    json.field("count", line.event->count);
    json.field("basis", line.event->basis);
    json.field("broker", line.event->broker);
    json.key("freed");
    json.integer(line.freed);
    json.key("freed_by_broker");
    json.integer(line.freed_by_broker);
    json.key("arrested");
    json.integer(line.arrested);
    put_strings(json, "sources", line.event->provenance.sources);
    json.end_object();
  }
  json.end_array();
  json.key("claims");
  json.begin_array();
  for (const auto& r : ledger.claims) {
    json.begin_object();
    json.field("id", r.claim->id);
    json.field("speaker", r.claim->speaker);
    json.field("on", r.claim->on.to_string());
    json.field("says", r.claim->says);
    json.key("claimed");
    json.number(r.claimed);
    json.field("computed", r.computed);
    if (r.claim->base) {
      json.key("base");
      json.number(*r.claim->base);
      json.key("claimed_percent");
      json.number(*r.claim->value);
      if (r.computed) {
        json.key("computed_percent");
        json.number(*r.computed * 100.0 / *r.claim->base);
      }
    }
    if (r.computed) {
      json.key("difference");
      json.number(*r.computed - r.claimed);
    }
    put_strings(json, "sources", r.claim->provenance.sources);
    json.end_object();
  }
  json.end_array();
  json.key("demands");
  json.begin_array();
  for (const auto& answer : granted) {
    json.begin_object();
    json.field("id", answer.demand->id);
    json.field("by", answer.demand->by);
    json.field("title", answer.demand->title);
    json.key("steps");
    json.begin_array();
    for (const auto& step : answer.steps) {
      json.begin_object();
      json.field("party", step.party);
      json.field("authority", step.authority);
      json.field("announced", step.announced);
      json.field("licensed", step.licensed);
      if (step.licensed) json.field("licence", step.licence);
      json.field("delisted", step.delisted);
      json.end_object();
    }
    json.end_array();
    put_strings(json, "nothing_from", answer.unmoved);
    json.end_object();
  }
  json.end_array();
  json.key("figures");
  json.begin_array();
  for (const Figure* figure : ledger.figures) {
    json.begin_object();
    json.field("metric", figure->metric);
    json.field("on", figure->on.to_string());
    json.key("value");
    json.number(figure->value);
    json.field("unit", figure->unit);
    json.field("basis", figure->basis);
    json.field("by", figure->by);
    put_strings(json, "sources", figure->provenance.sources);
    json.field("confidence", to_string(figure->provenance.confidence));
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.str();
}

std::string ledger_text(const law::Ledger& ledger, const std::vector<law::Granted>& granted,
                        const law::CaseIndex& world, const law::Dates& dates) {
  std::string text;
  const Out out = std::back_inserter(text);
  fmt::format_to(out, "{}, {}\n\n", world.value().title, dates_text(dates));
  fmt::format_to(out, "{:<10}  {:<8} {:>6} {:>7} {:>11} {:>9}  what\n", "on", "kind", "count", "freed", "by broker",
                 "arrested");
  for (const auto& line : ledger.lines) {
    fmt::format_to(out, "{:<10}  {:<8} {:>6} {:>7} {:>11} {:>9}  {}\n", line.event->on.to_string(), line.event->kind,
                   line.event->count ? std::to_string(*line.event->count) : "?", line.freed,
                   line.freed_by_broker == 0 ? "" : fmt::format("{} {}", line.event->broker, line.freed_by_broker),
                   line.arrested, line.event->title);
  }
  fmt::format_to(out, "\nClaims beside what was counted:\n");
  for (const auto& r : ledger.claims) {
    fmt::format_to(out, "  {} {}: {}\n", r.claim->on.to_string(), r.claim->speaker, r.claim->says);
    if (r.computed) {
      fmt::format_to(out, "    claimed {:g}; counted from this ledger {:g}{}; difference {:+g}\n", r.claimed,
                     *r.computed, percent_note(r), *r.computed - r.claimed);
    }
    for (const Figure* figure : r.other) fmt::format_to(out, "    measured: {}\n", figure_text(*figure));
  }
  fmt::format_to(out, "\nAsked and granted:\n");
  for (const auto& answer : granted) {
    fmt::format_to(out, "  {} ({})\n", answer.demand->title, answer.demand->by);
    for (const auto& step : answer.steps) {
      fmt::format_to(out, "    {} {}: said to be lifted {}, licensed {}{}, delisted {}\n", step.authority,
                     party_name(step.party, world), day_or(step.announced, "never"), day_or(step.licensed, "never"),
                     step.licensed ? fmt::format(" ({})", step.licence) : "", day_or(step.delisted, "never"));
    }
    if (!answer.unmoved.empty()) fmt::format_to(out, "    nothing from {}\n", fmt::join(answer.unmoved, ", "));
  }
  fmt::format_to(out, "\nFigures:\n");
  std::string metric;
  for (const Figure* figure : ledger.figures) {
    if (figure->metric != metric) fmt::format_to(out, "  {}\n", figure->metric);
    metric = figure->metric;
    fmt::format_to(out, "    {}\n", figure_text(*figure));
  }
  return text;
}

namespace {

/// Why an authority's verdict differs from the span before: the measures and exceptions that came or went.
std::string cause(const law::AuthorityVerdict& was, const law::AuthorityVerdict& is, const law::CaseIndex& world,
                  Day on) {
  const auto deciding = [](const law::AuthorityVerdict& verdict) {
    std::map<std::string, const law::Reason*> out;
    for (const auto& reason : verdict.reasons) {
      if (reason.verdict >= law::Verdict::authorised) out[reason.measure + "/" + reason.party] = &reason;
    }
    return out;
  };
  const auto title = [&](const std::string& act) {
    const Act* found = world.act(act);
    return found == nullptr ? act : found->title;
  };
  std::vector<std::string> out;
  const auto before = deciding(was);
  const auto now = deciding(is);
  const auto licence_of = [](const law::Reason& reason) {
    std::string id;
    for (const auto& e : reason.exceptions) {
      if (e.applies == law::Truth::yes) id = e.id;
    }
    return id;
  };
  for (const auto& [key, reason] : now) {
    const auto old = before.find(key);
    const std::string who = reason->party.empty() ? reason->measure : reason->party + " under " + reason->measure;
    if (old == before.end()) {
      if (reason->verdict == law::Verdict::authorised) {
        out.push_back(fmt::format("{} caught, and licensed by {}", who, licence_of(*reason)));
      } else {
        std::string act = reason->act;
        for (const auto& hit : reason->goods) {
          if (hit.since == on && !hit.act.empty()) act = hit.act;
        }
        const Authority* authority = world.authority(reason->authority);
        if (!reason->path.empty() && authority != nullptr) {
          for (const OwnershipTest& test : authority->ownership) {
            if (test.window.from == on)
              act = fmt::format("ownership test of {}", fmt::join(test.provenance.sources, "; "));
          }
        }
        out.push_back(fmt::format("{}: {}{}", who, title(act),
                                  reason->unknown.empty() ? "" : "; open: " + reason->unknown.front()));
      }
    } else if (old->second->verdict != reason->verdict) {
      if (reason->verdict == law::Verdict::authorised) {
        out.push_back(fmt::format("{}: {} begins", who, licence_of(*reason)));
      } else if (reason->verdict == law::Verdict::undetermined) {
        out.push_back(fmt::format("{}: open: {}", who, reason->unknown.empty() ? "" : reason->unknown.front()));
      } else {
        out.push_back(fmt::format("{}: {} ends", who, licence_of(*old->second)));
      }
    } else if (licence_of(*old->second) != licence_of(*reason)) {
      out.push_back(fmt::format("{}: now under {}", who, licence_of(*reason)));
    }
  }
  for (const auto& [key, reason] : before) {
    if (now.contains(key)) continue;
    const std::string who = reason->party.empty() ? reason->measure : reason->party + " under " + reason->measure;
    std::string by;
    for (const std::string& id : reason->listings) {
      for (const Listing& listing : world.value().listings) {
        if (listing.id != id) continue;
        for (const auto& change : listing.status) {
          if (change.on == on)
            by = change.act.empty() ? fmt::format("listing {}", to_string(change.standing)) : title(change.act);
        }
      }
    }
    if (const Measure* measure = world.measure(reason->measure)) {
      for (const auto& change : measure->status) {
        if (change.on == on) by = change.act.empty() ? std::string(to_string(change.standing)) : title(change.act);
      }
    }
    out.push_back(fmt::format("{} no longer: {}", who, by.empty() ? "see explain" : by));
  }
  return fmt::format("{}", fmt::join(out, "; "));
}

struct Change {
  Day on;
  std::string authority;  // empty: the first span
  law::Verdict from = law::Verdict::no_nexus;
  law::Verdict to = law::Verdict::no_nexus;
  Confidence confidence = Confidence::high;
  std::string why;
};

std::vector<Change> changes_of(const DealSpans& deal, const law::CaseIndex& world) {
  std::vector<Change> out;
  for (std::size_t i = 0; i < deal.spans.size(); ++i) {
    const auto& now = deal.spans[i].judgment.by_authority;
    for (std::size_t a = 0; a < now.size(); ++a) {
      if (i == 0) {
        out.push_back(
            {deal.spans[i].from, now[a].authority, now[a].verdict, now[a].verdict, now[a].confidence, "at the start"});
        continue;
      }
      const auto& was = deal.spans[i - 1].judgment.by_authority[a];
      // A verdict may stay and rest on something else; what is permitted rests on no rule at all.
      std::string why = cause(was, now[a], world, deal.spans[i].from);
      if (was.verdict == now[a].verdict && why.empty()) continue;
      out.push_back(
          {deal.spans[i].from, now[a].authority, was.verdict, now[a].verdict, now[a].confidence, std::move(why)});
    }
  }
  return out;
}

}  // namespace

std::string spans_json(const std::vector<DealSpans>& deals, const law::CaseIndex& world) {
  Json json;
  json.begin_array();
  for (const auto& deal : deals) {
    json.begin_object();
    json.field("deal", deal.deal);
    json.key("changes");
    json.begin_array();
    for (const auto& change : changes_of(deal, world)) {
      json.begin_object();
      json.field("on", to_string(change.on));
      json.field("authority", change.authority);
      json.field("from", law::to_string(change.from));
      json.field("to", law::to_string(change.to));
      json.field("confidence", to_string(change.confidence));
      json.field("why", change.why);
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
  return json.str();
}

std::string spans_text(const std::vector<DealSpans>& deals, const law::CaseIndex& world) {
  std::string text;
  const Out out = std::back_inserter(text);
  for (const auto& deal : deals) {
    if (deal.spans.empty()) continue;
    fmt::format_to(out, "{}{}, {} to {}\n", text.empty() ? "" : "\n", deal.deal, to_string(deal.spans.front().from),
                   to_string(deal.spans.back().until - std::chrono::days{1}));
    std::string start;
    for (const auto& change : changes_of(deal, world)) {
      if (change.on == deal.spans.front().from) {
        start += fmt::format("{}{} {}", start.empty() ? "" : ", ", change.authority, law::to_string(change.to));
        continue;
      }
      if (!start.empty()) fmt::format_to(out, "  {}  {}\n", to_string(deal.spans.front().from), start);
      start.clear();
      const std::string move = change.from == change.to
                                   ? fmt::format("still {}", law::to_string(change.to))
                                   : fmt::format("{} -> {}", law::to_string(change.from), law::to_string(change.to));
      fmt::format_to(
          out, "  {}  {}: {}{}: {}\n", to_string(change.on), change.authority, move,
          change.confidence == Confidence::high ? "" : fmt::format(" ({} confidence)", to_string(change.confidence)),
          change.why);
    }
    if (!start.empty()) fmt::format_to(out, "  {}  {}\n", to_string(deal.spans.front().from), start);
  }
  return text;
}

}  // namespace interdict::report
