#include "report/json.h"
#include "report/law.h"

namespace interdict::report {
namespace {

std::string_view truth_word(law::Truth truth) {
  switch (truth) {
    case law::Truth::no:
      return "no";
    case law::Truth::unknown:
      return "unknown";
    case law::Truth::yes:
      break;
  }
  return "yes";
}

void put_path(Json& json, const std::vector<law::PathStep>& path) {
  json.key("path");
  json.begin_array();
  for (const auto& step : path) {
    json.begin_object();
    json.field("owner", step.owner);
    json.field("owned", step.owned);
    if (step.control) {
      json.field("by", "control");
    } else {
      json.key("percent");
      json.begin_array();
      json.number(step.least);
      json.number(step.most);
      json.end_array();
    }
    json.end_object();
  }
  json.end_array();
}

void put_exceptions(Json& json, const std::vector<law::Considered>& exceptions) {
  json.key("exceptions");
  json.begin_array();
  for (const auto& e : exceptions) {
    json.begin_object();
    json.field("id", e.id);
    json.field("kind", e.kind);
    json.field("title", e.title);
    json.field("applies", truth_word(e.applies));
    if (!e.why.empty()) json.field("why", e.why);
    json.key("text_seen");
    json.boolean(e.text_seen);
    json.end_object();
  }
  json.end_array();
}

void put_reason(Json& json, const law::Reason& reason, const law::CaseIndex& world) {
  json.begin_object();
  json.field("measure", reason.measure);
  json.field("title", reason.title);
  json.field("verdict", law::to_string(reason.verdict));
  json.field("act", reason.act);
  if (const Act* act = world.act(reason.act)) json.field("act_title", act->title);
  json.field("article", reason.article);
  put_strings(json, "grounds", reason.grounds);
  json.field("status", to_string(reason.status));
  json.field("since", to_string(reason.since));
  put_strings(json, "nexus", reason.nexus);
  if (!reason.party.empty()) {
    json.field("party", reason.party);
    json.field("role", reason.role);
  }
  put_strings(json, "roots", reason.roots);
  put_strings(json, "listings", reason.listings);
  json.key("goods");
  json.begin_array();
  for (const auto& hit : reason.goods) {
    json.begin_object();
    json.field("annex", hit.annex);
    json.field("code", hit.code);
    if (hit.since) json.field("since", to_string(*hit.since));
    json.field("act", hit.act);
    json.end_object();
  }
  json.end_array();
  put_path(json, reason.path);
  put_exceptions(json, reason.exceptions);
  put_strings(json, "unknown", reason.unknown);
  put_strings(json, "conditions", reason.conditions);
  json.field("confidence", to_string(reason.confidence));
  json.end_object();
}

void put_reasons(Json& json, std::string_view key, const std::vector<law::Reason>& reasons,
                 const law::CaseIndex& world) {
  json.key(key);
  json.begin_array();
  for (const auto& reason : reasons) put_reason(json, reason, world);
  json.end_array();
}

std::string_view kind_word(ListNote::Kind kind) {
  switch (kind) {
    case ListNote::Kind::resembles:
      return "resembles";
    case ListNote::Kind::disagrees:
      return "disagrees";
    case ListNote::Kind::not_covered:
      break;
  }
  return "not_covered";
}

}  // namespace

void put_dates(Json& json, const law::Dates& dates) {
  json.key("world");
  json.begin_object();
  json.field("as_of", to_string(dates.as_of));
  json.field("known_at", dates.known_at);
  json.end_object();
}

std::string judgment_json(const Deal& deal, const law::Judgment& judgment, const law::CaseIndex& world,
                          const law::Dates& dates, const std::vector<ListNote>& lists) {
  Json json;
  json.begin_object();
  json.field("deal", deal.id);
  json.field("title", deal.title);
  json.field("case", world.value().id);
  put_dates(json, dates);
  json.field("verdict", law::to_string(judgment.verdict));
  json.key("lawful");
  json.boolean(law::is_lawful(judgment.verdict));
  put_strings(json, "conditions", judgment.conditions);
  json.key("by_authority");
  json.begin_array();
  for (const auto& verdict : judgment.by_authority) {
    json.begin_object();
    json.field("authority", verdict.authority);
    json.field("verdict", law::to_string(verdict.verdict));
    json.key("apart");
    json.boolean(verdict.apart);
    json.field("confidence", to_string(verdict.confidence));
    put_reasons(json, "reasons", verdict.reasons, world);
    put_reasons(json, "out_of_reach", verdict.out_of_reach, world);
    put_strings(json, "conditions", verdict.conditions);
    json.key("pending");
    json.begin_array();
    for (const auto& pending : verdict.pending) {
      json.begin_object();
      json.field("measure", pending.measure);
      json.field("title", pending.title);
      json.field("status", to_string(pending.status));
      json.field("since", to_string(pending.since));
      put_strings(json, "by", pending.by);
      if (!pending.condition.empty()) json.field("condition", pending.condition);
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.key("lists");
  json.begin_array();
  for (const auto& note : lists) {
    json.begin_object();
    json.field("kind", kind_word(note.kind));
    json.field("party", note.party);
    json.field("listing", note.listing);
    if (!note.caption.empty()) json.field("caption", note.caption);
    if (note.kind == ListNote::Kind::resembles) {
      json.key("score");
      json.number(note.score);
    }
    if (!note.same_as.empty()) json.field("same_as", note.same_as);
    if (!note.authority.empty()) json.field("authority", note.authority);
    json.field("note", note.note);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.str();
}

}  // namespace interdict::report
