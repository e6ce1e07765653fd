#include <fmt/format.h>

#include "report/bars.h"
#include "report/history.h"
#include "report/json.h"
#include "report/law.h"

namespace interdict::report {
namespace {

bool happened(const PartialDate& on, std::optional<Day> published, const law::Dates& dates) {
  if (on.first_day() > dates.as_of) return false;
  return !dates.known_at || published.value_or(on.first_day()) <= *dates.known_at;
}

void put_row(Json& json, const BarRow& row, const law::CaseIndex& world) {
  json.begin_object();
  json.field("measure", row.measure->id);
  json.field("title", row.measure->title);
  json.field("party", row.listing == nullptr ? "" : row.listing->party);
  const CaseParty* party = row.listing == nullptr ? nullptr : world.party(row.listing->party);
  json.field("party_name", party == nullptr ? "" : party->name);
  json.key("bars");
  json.begin_array();
  for (const BarSpan& span : row.bars) {
    json.begin_object();
    json.field("is", bar_word(span.bar));
    json.field("from", to_string(span.from));
    json.field("until", to_string(span.until));
    json.end_object();
  }
  json.end_array();
  json.key("licences");
  json.begin_array();
  for (const Exception* licence : row.licences) {
    json.begin_object();
    json.field("id", licence->id);
    json.field("title", licence->title);
    json.field("kind", licence->kind);
    json.field("from", licence->window.from);
    json.field("until", licence->window.until);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void put_events(Json& json, const law::CaseIndex& world, const law::Dates& dates) {
  json.key("events");
  json.begin_array();
  for (const Event& event : world.value().events) {
    if (!happened(event.on, event.published, dates)) continue;
    json.begin_object();
    json.field("id", event.id);
    json.field("on", event.on.to_string());
    json.field("kind", event.kind);
    json.field("title", event.title);
    if (event.count) {
      json.key("count");
      json.integer(*event.count);
    }
    json.field("broker", event.broker);
    put_strings(json, "sources", event.provenance.sources);
    json.field("confidence", to_string(event.provenance.confidence));
    json.end_object();
  }
  json.end_array();
}

void put_claims(Json& json, const law::CaseIndex& world, const law::Dates& dates) {
  json.key("claims");
  json.begin_array();
  for (const Claim& claim : world.value().claims) {
    if (!happened(claim.on, {}, dates)) continue;
    json.begin_object();
    json.field("id", claim.id);
    json.field("on", claim.on.to_string());
    json.field("speaker", claim.speaker);
    json.field("says", claim.says);
    json.field("stance", claim.stance);
    put_strings(json, "sources", claim.provenance.sources);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

std::string timeline_json(const law::CaseIndex& world, const law::Dates& dates, Day from, Day until,
                          const std::vector<std::string>& about) {
  Json json;
  json.begin_object();
  json.field("case", world.value().id);
  json.field("title", world.value().title);
  put_dates(json, dates);
  json.field("from", to_string(from));
  json.field("until", to_string(until));
  json.key("authorities");
  json.begin_array();
  for (const Authority& authority : world.value().authorities) {
    const auto rows = bar_rows(authority, world, dates, from, until, about);
    if (rows.empty()) continue;
    json.begin_object();
    json.field("id", authority.id);
    json.field("name", authority.name);
    json.key("rows");
    json.begin_array();
    for (const BarRow& row : rows) put_row(json, row, world);
    json.end_array();
    json.end_object();
  }
  json.end_array();
  put_events(json, world, dates);
  put_claims(json, world, dates);
  json.end_object();
  return json.str();
}

}  // namespace interdict::report
