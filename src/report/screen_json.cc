#include "report/json.h"
#include "report/report.h"
#include "report/reviews.h"
#include "report/reviews_parts.h"

namespace interdict::report {
namespace {

void put_strings_unless_empty(Json& json, std::string_view name, const std::vector<std::string>& values) {
  if (!values.empty()) put_strings(json, name, values);
}

void write_query(Json& json, const screen::Query& query) {
  json.begin_object();
  json.field("id", query.id);
  json.field("schema", query.schema);
  json.key("properties");
  json.begin_object();
  put_strings(json, "name", query.names);
  put_strings_unless_empty(json, "alias", query.aliases);
  if (!query.birth_dates.empty()) {
    std::vector<std::string> dates;
    for (const PartialDate& date : query.birth_dates) dates.push_back(date.to_string());
    put_strings(json, "birthDate", dates);
  }
  put_strings_unless_empty(json, "country", query.countries);
  put_strings_unless_empty(json, "gender", query.genders);
  put_strings_unless_empty(json, "idNumber", query.id_numbers);
  put_strings_unless_empty(json, "address", query.addresses);
  json.end_object();
  json.end_object();
}

/// Begins the object of an answer about a query.
void begin_answer(Json& json, const screen::Query& query, std::string_view world_json) {
  json.begin_object();
  json.key("query");
  write_query(json, query);
  json.key("world");
  json.raw(world_json);
}

void write_left(Json& json, std::string_view name, const std::vector<names::Leftover>& left) {
  if (left.empty()) return;
  json.key(name);
  json.begin_array();
  for (const names::Leftover& part : left) {
    json.begin_object();
    json.field("part", part.text);
    json.key("weight");
    json.number(part.weight);
    json.field("pool", names::to_string(part.pool));
    json.end_object();
  }
  json.end_array();
}

void write_pairs(Json& json, const names::Comparison& comparison) {
  json.key("pairs");
  json.begin_array();
  for (const names::Pair& pair : comparison.pairs) {
    json.begin_object();
    json.field("query", pair.query);
    json.field("listed", pair.listed);
    json.key("similarity");
    json.number(pair.similarity);
    json.key("weight");
    json.number(pair.weight);
    json.field("how", names::to_string(pair.how));
    json.end_object();
  }
  json.end_array();
  write_left(json, "query_left", comparison.query_left);
  write_left(json, "listed_left", comparison.listed_left);
  json.key("compounding");
  json.number(comparison.compounding);
  json.key("costs");
  json.begin_array();
  for (const names::Cost& cost : comparison.costs) {
    json.begin_object();
    json.field("what", cost.what);
    json.field("pool", names::to_string(cost.pool));
    json.key("weight");
    json.number(cost.weight);
    json.key("rate");
    json.number(cost.rate);
    json.end_object();
  }
  json.end_array();
  json.key("factors");
  json.begin_array();
  for (const names::Factor& factor : comparison.factors) {
    json.begin_object();
    json.field("what", factor.what);
    json.key("value");
    json.number(factor.value);
    json.end_object();
  }
  json.end_array();
  put_strings_unless_empty(json, "notes", comparison.notes);
}

void write_evidence(Json& json, const screen::Evidence& evidence) {
  json.begin_object();
  json.field("kind", evidence.kind);
  const bool is_name = evidence.kind == "name";
  json.key(is_name ? "score" : "effect");
  json.number(evidence.effect);
  if (!is_name) {
    json.key("share");
    json.number(evidence.share);
  }
  if (!evidence.query.empty()) json.field("query", evidence.query);
  if (!evidence.listed.empty()) json.field("listed", evidence.listed);
  if (is_name) write_pairs(json, evidence.name);
  if (!evidence.note.empty()) json.field("note", evidence.note);
  json.end_object();
}

void write_standing(Json& json, const reviews::Standing& standing) {
  json.key("review");
  json.begin_object();
  json.field("status", reviews::to_string(standing.status));
  json.key("quiet");
  json.boolean(standing.is_quiet());
  json.field("content", standing.content);
  if (standing.status != reviews::Status::fresh) {
    json.key("id");
    json.integer(standing.review);
    json.field("since", standing.since);
    json.field("by", standing.by.name);
  }
  if (standing.status == reviews::Status::reopened) {
    put_strings(json, "why", standing.why);
    write_differences(json, standing.changes);
  }
  json.end_object();
}

void write_hit(Json& json, const screen::Hit& hit, const reviews::Standing* standing = nullptr) {
  json.begin_object();
  json.field("id", hit.id);
  json.field("caption", hit.caption);
  json.field("schema", hit.schema);
  json.field("source", hit.source);
  json.key("score");
  json.number(hit.score);
  json.key("match");
  json.boolean(hit.match);
  json.field("matched_name", hit.matched_name);
  put_strings(json, "programmes", hit.programmes);
  if (!hit.standing.empty()) json.field("standing", hit.standing);
  if (standing != nullptr) write_standing(json, *standing);
  json.key("evidence");
  json.begin_array();
  for (const screen::Evidence& evidence : hit.evidence) write_evidence(json, evidence);
  json.end_array();
  json.end_object();
}

}  // namespace

void write_differences(Json& json, const std::vector<reviews::Difference>& changes) {
  json.key("changes");
  json.begin_array();
  for (const reviews::Difference& one : changes) {
    json.begin_object();
    json.field("of", one.of_listing ? "listing" : "customer");
    json.field("change", one.added ? "added" : "removed");
    json.field("field", one.fact.field);
    json.field("value", one.fact.value);
    json.end_object();
  }
  json.end_array();
}

std::string screen_json(const screen::Query& query, const std::vector<screen::Hit>& hits, std::string_view world_json,
                        double threshold) {
  Json json;
  begin_answer(json, query, world_json);
  json.key("threshold");
  json.number(threshold);
  json.key("hits");
  json.begin_array();
  for (const screen::Hit& hit : hits) write_hit(json, hit);
  json.end_array();
  json.end_object();
  return json.str();
}

std::string why_not_json(const screen::Query& query, const screen::WhyNot& why, std::string_view world_json) {
  Json json;
  const auto number = [&](const char* name, double value) {
    json.key(name);
    json.number(value);
  };
  const auto truth = [&](const char* name, bool value) {
    json.key(name);
    json.boolean(value);
  };
  begin_answer(json, query, world_json);
  json.field("id", why.id);
  json.field("caption", why.caption);
  json.field("schema", why.schema);
  json.field("source", why.source);
  truth("hit", why.is_shown);
  json.field("reason", why.reason);
  number("score", why.score);
  number("threshold", why.threshold);
  number("needed", why.needed);
  json.key("rank");
  json.integer(static_cast<std::int64_t>(why.rank));
  truth("comparable", why.is_comparable);
  truth("among_sources", why.is_among_sources);
  json.key("names");
  json.begin_array();
  for (const screen::WhyNot::Name& name : why.names) {
    json.begin_object();
    json.field("query", name.query);
    json.field("listed", name.listed);
    json.field("use", index::to_string(name.use));
    number("score", name.score);
    number("name_score", name.comparison.score);
    write_pairs(json, name.comparison);
    json.end_object();
  }
  json.end_array();
  json.key("evidence");
  json.begin_array();
  for (const screen::Evidence& evidence : why.evidence) write_evidence(json, evidence);
  json.end_array();
  json.end_object();
  return json.str();
}

std::string screen_json(const screen::Query& query, const reviews::Marked& marked, std::string_view world_json,
                        double threshold, bool hidden) {
  Json json;
  begin_answer(json, query, world_json);
  json.key("threshold");
  json.number(threshold);
  json.key("reviews");
  json.begin_object();
  json.key("quiet");
  json.integer(static_cast<std::int64_t>(marked.quiet));
  json.key("due");
  json.integer(static_cast<std::int64_t>(marked.due));
  json.key("hidden");
  json.integer(static_cast<std::int64_t>(marked.apart.size()));
  json.end_object();
  json.key("hits");
  json.begin_array();
  for (std::size_t i = 0; i < marked.hits.size(); ++i) write_hit(json, marked.hits[i], &marked.standings[i]);
  json.end_array();
  if (hidden) {
    json.key("quiet_hits");
    json.begin_array();
    for (std::size_t i = 0; i < marked.apart.size(); ++i) write_hit(json, marked.apart[i], &marked.apart_standings[i]);
    json.end_array();
  }
  json.end_object();
  return json.str();
}

std::string query_json(const screen::Query& query) {
  Json json;
  write_query(json, query);
  return json.str();
}

std::string hit_json(const screen::Hit& hit) {
  Json json;
  write_hit(json, hit);
  return json.str();
}

std::string comparison_json(const names::Comparison& comparison, double threshold) {
  Json json;
  json.begin_object();
  json.key("score");
  json.number(comparison.score);
  json.key("match");
  json.boolean(comparison.score >= threshold);
  write_pairs(json, comparison);
  json.end_object();
  return json.str();
}

}  // namespace interdict::report
