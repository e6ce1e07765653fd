#include "report/relief.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

#include "report/json.h"
#include "report/law.h"

namespace interdict::report {
namespace {

void put_form(Json& json, const relief::Form& form) {
  json.field("act", form.act);
  json.field("decided_by", form.decided_by);
  json.field("rule", form.rule);
  json.key("difficulty");
  json.integer(form.difficulty);
  json.key("reinstatement");
  json.begin_object();
  json.field("by", form.reinstatement.by);
  json.field("how", form.reinstatement.how);
  json.field("days", form.reinstatement.days);
  json.key("precedents");
  json.begin_array();
  for (const auto& precedent : form.reinstatement.precedents) {
    json.begin_object();
    json.field("id", precedent.id);
    json.field("title", precedent.title);
    json.field("days", precedent.days);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void put_action(Json& json, const relief::Action& action) {
  json.begin_object();
  if (!action.forms.empty()) put_form(json, action.forms.front());
  json.field("authority", action.authority);
  json.field("measure", action.measure);
  json.field("party", action.party);
  json.field("target", action.target);
  json.field("title", action.title);
  json.key("changes_deal");
  json.boolean(action.changes_deal());
  put_strings(json, "grounds", action.grounds);
  json.key("or");
  json.begin_array();
  for (std::size_t i = 1; i < action.forms.size(); ++i) {
    json.begin_object();
    put_form(json, action.forms[i]);
    json.end_object();
  }
  json.end_array();
  json.key("obstacles");
  json.begin_array();
  for (const auto& obstacle : action.obstacles) {
    json.begin_object();
    json.field("kind", obstacle.kind);
    json.field("who", obstacle.who);
    json.field("what", obstacle.what);
    if (!obstacle.on.empty()) json.field("on", obstacle.on);
    put_strings(json, "sources", obstacle.sources);
    json.end_object();
  }
  json.end_array();
  put_strings(json, "circumvention", action.circumvention);
  json.end_object();
}

void put_option(Json& json, const relief::Option& option) {
  json.begin_object();
  json.key("actions");
  json.begin_array();
  for (const auto& action : option.actions) put_action(json, action);
  json.end_array();
  json.key("deciders");
  json.integer(static_cast<std::int64_t>(option.deciders));
  json.key("difficulty");
  json.integer(option.difficulty);
  json.key("changes_deal");
  json.boolean(option.changes_deal);
  json.field("verdict", law::to_string(option.verdict));
  put_strings(json, "conditions", option.conditions);
  json.key("restores");
  json.begin_array();
  for (const Figure* figure : option.restores) {
    json.begin_object();
    json.field("metric", figure->metric);
    json.key("value");
    json.number(figure->value);
    json.field("unit", figure->unit);
    json.field("on", figure->on.to_string());
    if (!figure->basis.empty()) json.field("basis", figure->basis);
    put_strings(json, "sources", figure->provenance.sources);
    json.field("confidence", to_string(figure->provenance.confidence));
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

using Out = std::back_insert_iterator<std::string>;

void put_action_text(Out out, const relief::Action& action, const Deal& deal, const law::CaseIndex& world,
                     std::string_view indent) {
  std::string acts;
  for (const auto& form : action.forms) acts += (acts.empty() ? "" : " or ") + form.act;
  if (action.changes_deal()) {
    fmt::format_to(out, "{}{}: {}\n", indent, acts, action.title);
    return;
  }
  if (action.party.empty()) {
    fmt::format_to(out, "{}{}: {} {} ({})\n", indent, action.authority, acts, action.measure, action.title);
  } else {
    fmt::format_to(out, "{}{}: {} {} under {} ({})\n", indent, action.authority, acts,
                   name_of(action.party, deal, world), action.measure, action.title);
  }
}

void put_details(Out out, const relief::Action& action) {
  for (const auto& form : action.forms) {
    if (action.changes_deal()) break;
    fmt::format_to(out, "       {}: by {} ({})\n", form.act, form.decided_by, form.rule);
    const auto& back = form.reinstatement;
    if (back.how.empty()) continue;
    fmt::format_to(out, "         undone by {}: {}{}\n", back.by, back.how,
                   !back.days        ? ""
                   : *back.days == 0 ? "; the same day"
                                     : fmt::format("; {} days at the least", *back.days));
    for (const auto& precedent : back.precedents) {
      fmt::format_to(out, "         precedent {}: {}{}\n", precedent.id, precedent.title,
                     precedent.days ? fmt::format(", undone after {} days", *precedent.days) : ", not undone");
    }
  }
  if (!action.grounds.empty()) fmt::format_to(out, "       grounds that stand: {}\n", fmt::join(action.grounds, "; "));
  for (const auto& obstacle : action.obstacles) {
    fmt::format_to(out, "       {} {}{}: {}\n", obstacle.kind == "rule" ? "rule of" : obstacle.kind + ":", obstacle.who,
                   obstacle.on.empty() ? "" : fmt::format(" ({})", obstacle.on), obstacle.what);
  }
  for (const auto& clause : action.circumvention) fmt::format_to(out, "       mind {}\n", clause);
}

std::string key_of(const relief::Action& action) { return action.measure + "/" + action.party + "/" + action.target; }

}  // namespace

std::string relief_json(const Deal& deal, const relief::Answer& answer, const law::CaseIndex& world,
                        const law::Dates& dates, std::size_t shown) {
  Json json;
  json.begin_object();
  json.field("deal", deal.id);
  json.field("case", world.value().id);
  put_dates(json, dates);
  json.field("verdict", law::to_string(answer.before));
  json.key("complete");
  json.boolean(answer.complete && (shown == 0 || answer.options.size() <= shown));
  json.key("found");
  json.integer(static_cast<std::int64_t>(answer.options.size()));
  json.key("minimal_sets");
  json.integer(static_cast<std::int64_t>(answer.sets));
  json.key("sets_tried");
  json.integer(static_cast<std::int64_t>(answer.judged));
  json.key("options");
  json.begin_array();
  for (std::size_t i = 0; i < answer.options.size() && (shown == 0 || i < shown); ++i)
    put_option(json, answer.options[i]);
  json.end_array();
  json.key("unilateral");
  json.begin_object();
  for (const auto& own : answer.unilateral) {
    json.key(own.authority);
    json.begin_object();
    json.field("verdict", law::to_string(own.before));
    json.key("own");
    json.begin_array();
    for (const auto& option : own.own) put_option(json, option);
    json.end_array();
    put_strings(json, "still_forbid", own.still_forbid);
    json.key("suffices");
    json.begin_array();
    for (const auto& option : own.suffices) put_option(json, option);
    json.end_array();
    json.end_object();
  }
  json.end_object();
  json.end_object();
  return json.str();
}

std::string relief_text(const Deal& deal, const relief::Answer& answer, const law::CaseIndex& world,
                        const law::Dates& dates, std::size_t shown) {
  std::string text;
  const Out out = std::back_inserter(text);
  fmt::format_to(out, "{}\n{}, {}: {}\n", deal.title, deal.id, dates_text(dates), law::to_string(answer.before));
  if (law::is_lawful(answer.before)) {
    fmt::format_to(out, "\nNothing has to change: the deal is lawful that day.\n");
    return text;
  }
  std::set<std::string> detailed;  // each action is told in full the first time it comes up
  bool deal_part = false;
  for (std::size_t i = 0; i < answer.options.size() && (shown == 0 || i < shown); ++i) {
    const auto& option = answer.options[i];
    if (option.changes_deal && !deal_part) {
      deal_part = true;
      fmt::format_to(
          out,
          "\n-- Options that change the deal and not the law alone. Not relief: they show how far the measures "
          "reach, and run into the clauses named.\n");
    }
    fmt::format_to(out, "\n{}. {} deciding {}, {} acts; then {}\n", i + 1, option.deciders,
                   option.deciders == 1 ? "body" : "bodies", option.actions.size(), law::to_string(option.verdict));
    for (const auto& action : option.actions) {
      put_action_text(out, action, deal, world, "   ");
      if (detailed.insert(key_of(action)).second) put_details(out, action);
    }
    for (const auto& condition : option.conditions) fmt::format_to(out, "   on condition: {}\n", condition);
  }
  if (answer.options.empty()) fmt::format_to(out, "\nNo set of the reliefs that the case knows makes it lawful.\n");
  const bool all = answer.complete && (shown == 0 || answer.options.size() <= shown);
  fmt::format_to(out, "\n{} ({} options from {} minimal sets; {} sets tried)\n",
                 all ? "Complete: no other minimal set exists" : "Not all: there are more, ask with a greater --limit",
                 answer.options.size(), answer.sets, answer.judged);
  fmt::format_to(out, "\nAlone:\n");
  for (const auto& own : answer.unilateral) {
    fmt::format_to(out, "  {} ({})\n", own.authority, law::to_string(own.before));
    if (own.own.empty()) {
      fmt::format_to(out, "    no act of its own that the case knows would do\n");
      continue;
    }
    for (const auto& action : own.own.front().actions) put_action_text(out, action, deal, world, "    ");
    if (own.still_forbid.empty()) {
      fmt::format_to(out, "    suffices\n");
    } else {
      fmt::format_to(out, "    still forbidden by {}\n", fmt::join(own.still_forbid, ", "));
    }
    for (const auto& option : own.suffices) {
      if (!option.changes_deal) continue;
      std::string changes;
      for (const auto& action : option.actions) {
        if (action.changes_deal()) changes += (changes.empty() ? "" : "; ") + action.title;
      }
      fmt::format_to(out, "    suffices if the deal goes {}\n", changes);
      break;
    }
  }
  if (!answer.options.empty() && !answer.options.front().restores.empty()) {
    fmt::format_to(out, "\nFigures of the case about what this frees:\n");
    for (const Figure* figure : answer.options.front().restores) {
      fmt::format_to(out, "  {} {}: {} {}{} ({})\n", figure->on.to_string(), figure->metric, figure->value,
                     figure->unit, figure->basis.empty() ? "" : fmt::format(", {}", figure->basis),
                     fmt::join(figure->provenance.sources, "; "));
    }
  }
  return text;
}

std::string simulation_json(const Scenario& scenario, const relief::Simulation& simulation, const Case& before) {
  Json json;
  json.begin_object();
  json.field("scenario", scenario.id);
  json.field("title", scenario.title);
  json.field("case", before.id);
  json.key("steps");
  json.begin_array();
  for (const auto& step : simulation.steps) {
    json.begin_object();
    json.field("id", step.step);
    json.field("on", to_string(step.on));
    json.field("title", step.title);
    put_strings(json, "done", step.done);
    put_strings(json, "snapback", step.snapback);
    put_strings(json, "fallback", step.fallback);
    json.end_object();
  }
  json.end_array();
  json.key("verdicts");
  json.begin_array();
  for (const auto& pair : simulation.verdicts) {
    json.begin_object();
    json.field("deal", pair.deal);
    json.field("on", to_string(pair.on));
    json.field("before", law::to_string(pair.before.verdict));
    json.field("after", law::to_string(pair.after.verdict));
    json.key("by_authority");
    json.begin_object();
    for (std::size_t i = 0; i < pair.after.by_authority.size() && i < pair.before.by_authority.size(); ++i) {
      const auto& was = pair.before.by_authority[i];
      const auto& is = pair.after.by_authority[i];
      json.key(is.authority);
      json.begin_object();
      json.field("before", law::to_string(was.verdict));
      json.field("after", law::to_string(is.verdict));
      std::vector<std::string> measures;
      for (const auto& reason : is.reasons) {
        if (!law::is_lawful(reason.verdict)) measures.push_back(reason.measure);
      }
      put_strings(json, "forbidden_by", measures);
      json.end_object();
    }
    json.end_object();
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.str();
}

std::string simulation_text(const Scenario& scenario, const relief::Simulation& simulation, const Case&) {
  std::string text;
  const Out out = std::back_inserter(text);
  fmt::format_to(out, "{}\n{}\n", scenario.title, scenario.id);
  for (const auto& step : simulation.steps) {
    fmt::format_to(out, "\n{} {}\n", to_string(step.on), step.title);
    for (const auto& line : step.done) fmt::format_to(out, "  {}\n", line);
    for (const auto& line : step.snapback) fmt::format_to(out, "  snapback: {}\n", line);
    for (const auto& line : step.fallback) fmt::format_to(out, "  fallback: {}\n", line);
  }
  std::string deal;
  for (const auto& pair : simulation.verdicts) {
    if (pair.deal != deal)
      fmt::format_to(out, "\n{}\n  {:<12}{:<16}{:<16}{}\n", pair.deal, "on", "as it was", "then",
                     "by authority, where it differs or forbids");
    deal = pair.deal;
    std::string details;
    for (std::size_t i = 0; i < pair.after.by_authority.size() && i < pair.before.by_authority.size(); ++i) {
      const auto& was = pair.before.by_authority[i];
      const auto& is = pair.after.by_authority[i];
      if (is.apart || (was.verdict == is.verdict && law::is_lawful(is.verdict))) continue;
      details += fmt::format("{}{}: {}", details.empty() ? "" : "; ", is.authority, law::to_string(is.verdict));
      if (was.verdict != is.verdict) details += fmt::format(" (was {})", law::to_string(was.verdict));
    }
    fmt::format_to(out, "  {:<12}{:<16}{:<16}{}\n", to_string(pair.on), law::to_string(pair.before.verdict),
                   law::to_string(pair.after.verdict), details);
  }
  return text;
}

}  // namespace interdict::report
