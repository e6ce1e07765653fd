#include "report/reviews.h"

#include <fmt/format.h>

#include <iterator>

#include "report/json.h"
#include "report/reviews_parts.h"

namespace interdict::report {
namespace {

using reviews::Decision;
using reviews::Difference;
using reviews::Review;
using reviews::Seen;
using reviews::Status;

void put_person(Json& json, std::string_view name, const std::optional<reviews::Person>& person) {
  json.key(name);
  if (person) {
    json.text(person->name);
  } else {
    json.null();
  }
}

void put_why(Json& json, std::string_view why) {
  json.key("why");
  json.begin_array();
  while (!why.empty()) {
    const std::string_view one = why.substr(0, why.find(','));
    json.text(one);
    why.remove_prefix(std::min(why.size(), one.size() + 1));
  }
  json.end_array();
}

/// The fields of a review, without the braces.
void put_review(Json& json, const Review& review) {
  json.key("id");
  json.integer(review.id);
  json.field("status", reviews::to_string(review.status));
  json.key("quiet");
  json.boolean(reviews::is_decided(review.status));
  json.field("since", to_string(review.since));
  json.field("by", review.by.name);
  json.field("customer", review.customer);
  json.field("customer_name", review.customer_name);
  json.field("listing", review.listing);
  json.field("caption", review.caption);
  json.key("score");
  json.number(review.score);
  json.field("as_of", to_string(review.as_of));
  json.field("content", review.content);
  put_why(json, review.why);
  json.key("decision");
  if (review.decision == Decision::none) {
    json.null();
    return;
  }
  json.begin_object();
  json.field("is", reviews::to_string(review.decision));
  json.field("reason", review.reason);
  json.field("by", review.decided_by.name);
  json.field("at", to_string(review.decided_at));
  put_person(json, "confirmed_by", review.confirmed_by);
  json.field("confirmed_at", review.confirmed_at);
  json.field("again_on", review.again_on);
  json.end_object();
}

void put_seen(Json& json, const Seen& seen) {
  json.key("query");
  json.raw(seen.query);
  json.key("hit");
  json.raw(seen.hit);
  json.key("world");
  json.raw(seen.world);
  json.key("facts");
  json.begin_object();
  for (const auto& [name, facts] :
       {std::pair("customer", &seen.content.customer), std::pair("listing", &seen.content.listing)}) {
    json.key(name);
    json.begin_array();
    for (const reviews::Fact& fact : *facts) {
      json.begin_object();
      json.field("field", fact.field);
      json.field("value", fact.value);
      json.end_object();
    }
    json.end_array();
  }
  json.end_object();
}

void put_event(Json& json, const reviews::Event& event) {
  json.begin_object();
  json.key("sequence");
  json.integer(event.sequence);
  json.field("kind", reviews::to_string(event.kind));
  json.field("at", to_string(event.at));
  json.field("by", event.by.name);
  if (!event.by.key.empty()) json.field("key", event.by.key);
  if (event.decision != Decision::none) json.field("decision", reviews::to_string(event.decision));
  if (!event.reason.empty()) json.field("reason", event.reason);
  if (!event.why.empty()) put_why(json, event.why);
  if (!event.content.empty()) json.field("content", event.content);
  json.end_object();
}

void put_policy(Json& json, const reviews::Policy& policy) {
  json.begin_object();
  json.key("second_person");
  json.begin_array();
  if (policy.second_for_false_positive) json.text("false_positive");
  if (policy.second_for_true_match) json.text("true_match");
  json.end_array();
  json.key("score_rise");
  json.number(policy.score_rise);
  json.key("again_after_days");
  json.integer(policy.again_after_days);
  json.end_object();
}

}  // namespace

std::string words(std::string_view code) {
  std::string out;
  for (const char c : code) {
    out += c == '_' ? ' ' : c == ',' ? ';' : c;
    if (c == ',') out += ' ';
  }
  return out;
}

Result<ReviewCase> review_case(const reviews::Book& book, std::int64_t id) {
  auto review = book.review(id);
  if (!review) return std::move(review).error();
  auto events = book.events(id);
  if (!events) return std::move(events).error();
  auto seen = book.seen(review->seen);
  if (!seen) return std::move(seen).error();
  ReviewCase out{std::move(*review), std::move(*events), std::move(*seen), {}, {}};
  if (out.review.decided_seen != 0 && out.review.decided_seen != out.review.seen) {
    auto decided_on = book.seen(out.review.decided_seen);
    if (!decided_on) return std::move(decided_on).error();
    out.decided_on = std::move(*decided_on);
    if (out.review.status == Status::reopened) {
      out.changes = reviews::differences(out.decided_on->content, out.seen.content);
    }
  }
  return out;
}

std::string review_json(const Review& review) {
  Json json;
  json.begin_object();
  put_review(json, review);
  json.end_object();
  return json.str();
}

std::string reviews_json(const std::vector<Review>& reviews) {
  Json json;
  json.begin_object();
  json.key("reviews");
  json.begin_array();
  for (const Review& review : reviews) {
    json.begin_object();
    put_review(json, review);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.str();
}

std::string review_case_json(const ReviewCase& all) {
  Json json;
  json.begin_object();
  put_review(json, all.review);
  write_differences(json, all.changes);
  json.key("events");
  json.begin_array();
  for (const reviews::Event& event : all.events) put_event(json, event);
  json.end_array();
  put_seen(json, all.seen);
  json.key("decided_on");
  if (all.decided_on) {
    json.begin_object();
    put_seen(json, *all.decided_on);
    json.end_object();
  } else {
    json.null();
  }
  json.end_object();
  return json.str();
}

std::string policy_json(const reviews::Policy& policy) {
  Json json;
  put_policy(json, policy);
  return json.str();
}

std::string reviews_text(const std::vector<Review>& reviews) {
  std::string out;
  for (const Review& review : reviews) {
    fmt::format_to(std::back_inserter(out), "{:>4}  {:<14}  {} {}  {} {}  {:.2f}  since {} by {}{}\n", review.id,
                   reviews::to_string(review.status), review.customer, review.customer_name, review.listing,
                   review.caption, shown(review.score), to_string(review.since), review.by.name,
                   review.status == Status::reopened ? "  (" + words(review.why) + ")" : "");
  }
  return out;
}

std::string review_case_text(const ReviewCase& all) {
  const Review& review = all.review;
  std::string out;
  auto to = std::back_inserter(out);
  fmt::format_to(to, "review {}: {} since {} by {}\n", review.id, words(reviews::to_string(review.status)),
                 to_string(review.since), review.by.name);
  fmt::format_to(to, "  customer  {}  {}\n  listing   {}  {}\n", review.customer, review.customer_name, review.listing,
                 review.caption);
  fmt::format_to(to, "  score     {:.2f} as of {}\n", shown(review.score), to_string(review.as_of));
  if (review.decision != Decision::none) {
    fmt::format_to(to, "  decision  {}: {}\n", words(reviews::to_string(review.decision)), review.reason);
    if (review.again_on) fmt::format_to(to, "  again on  {}\n", to_string(*review.again_on));
  }
  if (!review.why.empty()) fmt::format_to(to, "  reopened  {}\n", words(review.why));
  for (const Difference& one : all.changes) {
    fmt::format_to(to, "    {} {} {}: {}\n", one.added ? "+" : "-", one.of_listing ? "listing " : "customer",
                   one.fact.field, one.fact.value);
  }
  for (const reviews::Event& event : all.events) {
    fmt::format_to(to, "  {}  {} by {}{}{}\n", to_string(event.at), reviews::to_string(event.kind), event.by.name,
                   event.decision == Decision::none ? "" : ", " + words(reviews::to_string(event.decision)),
                   event.reason.empty() ? (event.why.empty() ? "" : ": " + words(event.why)) : ": " + event.reason);
  }
  return out;
}

std::string policy_text(const reviews::Policy& policy) {
  std::string second;
  if (policy.second_for_false_positive) second = "false positives";
  if (policy.second_for_true_match) second += second.empty() ? "true matches" : " and true matches";
  return fmt::format("a second person confirms: {}\nreopens when the score rises by more than: {}\nreopens after: {}\n",
                     second.empty() ? "nothing" : second, policy.score_rise,
                     policy.again_after_days == 0 ? "no time" : fmt::format("{} days", policy.again_after_days));
}

Seen seen_now(const screen::Query& query, const screen::Hit& hit, reviews::Content content, std::string_view world_json,
              Day as_of) {
  Seen out;
  out.content = std::move(content);
  out.score = hit.score;
  out.as_of = as_of;
  if (!query.names.empty()) {
    out.customer_name = query.names.front();
  } else if (!query.id_numbers.empty()) {
    out.customer_name = query.id_numbers.front();
  }
  out.caption = hit.caption;
  out.query = query_json(query);
  out.hit = hit_json(hit);
  out.world = world_json;
  return out;
}

Result<void> keep_reopenings(reviews::Book& book, const index::Snapshot& snapshot, const screen::Query& query,
                             const reviews::Marked& marked, std::string_view world_json, Day as_of, bool looks_back,
                             Instant at) {
  if (looks_back) return {};
  for (std::size_t i = 0; i < marked.hits.size(); ++i) {
    if (!marked.standings[i].reopens_now) continue;
    auto content = reviews::content_of(query, snapshot, marked.hits[i].id);
    if (!content) return content.error();
    const Seen seen = seen_now(query, marked.hits[i], std::move(*content), world_json, as_of);
    if (auto kept = book.reopen(marked.standings[i], seen, at); !kept) return kept.error();
  }
  return {};
}

}  // namespace interdict::report
