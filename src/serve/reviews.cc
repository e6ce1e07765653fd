// The memory of matches over HTTP: screening a known customer, deciding, confirming, and the case to keep.
#include "reviews/reviews.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <charconv>

#include "report/json.h"
#include "report/reviews.h"
#include "reviews/mark.h"
#include "serve/asked.h"
#include "serve/handlers.h"
#include "text/text.h"

namespace interdict::serve {
namespace {

using reviews::Book;
using reviews::Refusal;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::size_t name_limit = 200;

Response no_reviews() { return failure(404, "no_reviews", "this server keeps no reviews"); }

/// The day of the lists, and whether they are as known at some moment before now: then nothing reopens.
struct ListsDay {
  Day as_of{};
  bool looks_back = false;
};
ListsDay lists_day(const Site& site) {
  ListsDay out;
  simdjson::dom::parser parser;
  element world;
  std::string_view text;
  if (parser.parse(site.world_json).get(world) != simdjson::SUCCESS) return out;
  if (world.at_key("as_of").get(text) == simdjson::SUCCESS) out.as_of = parse_day(text).value_or(Day{});
  out.looks_back = world.at_key("known_at").get(text) == simdjson::SUCCESS;
  return out;
}

/// A JSON object of known fields.
class Body {
 public:
  static Result<Body> read(const Request& request, std::initializer_list<std::string_view> known) {
    Body out;
    out.parser_ = std::make_unique<simdjson::dom::parser>();
    element root;
    if (out.parser_->parse(request.body.empty() ? std::string("{}") : request.body).get(root) != simdjson::SUCCESS ||
        root.get(out.fields_) != simdjson::SUCCESS) {
      return Error{Fault::bad_input, "the body must be a JSON object", {}};
    }
    for (const auto [name, value] : out.fields_) {
      if (std::ranges::find(known, name) == known.end()) {
        return Error{Fault::bad_usage, fmt::format("unknown field '{}'", name), {}};
      }
    }
    return out;
  }

  /// Cleaned of control characters; empty when absent.
  [[nodiscard]] Result<std::string> text(std::string_view name) const {
    element value;
    std::string_view out;
    if (fields_.at_key(name).get(value) != simdjson::SUCCESS || value.is_null()) return std::string();
    if (value.get(out) != simdjson::SUCCESS) return Error{Fault::bad_usage, fmt::format("'{}' must be text", name), {}};
    return text::clean(out);
  }
  [[nodiscard]] std::optional<element> value(std::string_view name) const {
    element out;
    if (fields_.at_key(name).get(out) != simdjson::SUCCESS || out.is_null()) return std::nullopt;
    return out;
  }

 private:
  std::unique_ptr<simdjson::dom::parser> parser_;
  object fields_;
};

/// Whoever has a key is its owner; else the body's `reviewer`.
Result<reviews::Person> person_of(const Request& request, const Body& body) {
  auto reviewer = body.text("reviewer");
  if (!reviewer) return std::move(reviewer).error();
  const bool has_key = !request.caller.key.empty() && request.caller.key != access::local_caller().key;
  if (has_key) {
    if (!reviewer->empty() && *reviewer != request.caller.name) {
      return Error{
          Fault::bad_usage, fmt::format("the key is that of '{}', not of '{}'", request.caller.name, *reviewer), {}};
    }
    return reviews::Person{request.caller.name, request.caller.key};
  }
  if (reviewer->empty()) return Error{Fault::bad_usage, "'reviewer' is missing: say who acts", {}};
  if (reviewer->size() > name_limit) return Error{Fault::bad_usage, "'reviewer' is too long", {}};
  return reviews::Person{std::move(*reviewer), {}};
}

Response refused(const reviews::Answer& answer) {
  report::Json json;
  json.begin_object();
  json.field("detail", reviews::explain(answer.refusal));
  json.field("code", reviews::to_string(answer.refusal));
  json.key("review");
  json.raw(report::review_json(answer.review));
  json.end_object();
  return json_of(json.str(), answer.refusal == Refusal::same_person ? 403 : 409);
}

Response response_to(const Result<reviews::Answer>& answer, unsigned status = 200) {
  if (!answer) return failure(answer.error());
  return answer->refusal == Refusal::none ? json_of(report::review_json(answer->review), status) : refused(*answer);
}

std::optional<std::int64_t> id_of(const Call& call) {
  const std::string& text = call.parts.front();
  std::int64_t out = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (fault != std::errc() || end != text.data() + text.size() || out < 1) return std::nullopt;
  return out;
}

Response no_review(const Call& call) {
  return failure(404, "not_found", fmt::format("no review '{}'", call.parts.front()));
}

/// What `make` answers, and of which state of the book; made again when another wrote meanwhile. Where that never ends
/// no state is named, and the answer cannot be replayed.
template <typename Make>
Response of_one_state(const Book& book, const Make& make) {
  constexpr int attempts = 8;
  for (int attempt = 1;; ++attempt) {
    const auto before = book.sequence();
    if (!before) return failure(before.error());
    Response out = make();
    const auto after = book.sequence();
    if (!after) return failure(after.error());
    if (*before == *after) out.reviews = *before;
    if (*before == *after || attempt == attempts) return out;
  }
}

}  // namespace

Response v1_screen_customer(const Call& call) {
  Book* book = call.service.reviews();
  if (book == nullptr) return no_reviews();
  auto asked = screening_asked(call.request, {"quiet"});
  if (!asked) return failure(asked.error());
  const std::string_view quiet = call.request.first("quiet", "show");
  if (quiet != "show" && quiet != "hide") return failure(400, "bad_usage", "quiet is show or hide");
  simdjson::dom::parser parser;
  if (!call.request.body.empty()) {
    element entity;
    if (parser.parse(call.request.body).get(entity) != simdjson::SUCCESS) {
      return failure(400, "bad_input", "the body must be JSON");
    }
    auto query = query_of_entity(call.parts.front(), entity);
    if (!query) return failure(query.error());
    asked->query = std::move(*query);
  }
  screen::Query& query = asked->query;
  query.id = call.parts.front();
  if (query.names.empty() && query.id_numbers.empty()) {
    return failure(400, "bad_usage", "nothing to screen: give name or id_number");
  }
  const ListsDay day = lists_day(call.site);
  const reviews::Marking marking{asked->options.limit, quiet == "hide", day.as_of, call.request.today};
  asked->options.limit = 0;
  const auto hits = screen::screen(call.site.snapshot, query, asked->options);
  reviews::Marked kept;
  Response out = of_one_state(*book, [&] {
    auto marked = reviews::mark(*book, call.site.snapshot, query, hits, marking);
    if (!marked) return failure(marked.error());
    kept = std::move(*marked);
    return json_of(report::screen_json(query, kept, call.site.world_json, asked->options.threshold, marking.hide));
  });
  if (book->is_past()) return out;
  if (auto done = report::keep_reopenings(*book, call.site.snapshot, query, kept, call.site.world_json, day.as_of,
                                          day.looks_back, now());
      !done) {
    return failure(done.error());
  }
  return out;
}

Response v1_reviews(const Call& call) {
  const Book* book = call.service.reviews();
  if (book == nullptr) return no_reviews();
  reviews::Filter filter;
  for (const auto& [name, value] : call.request.query) {
    if (name == "status") {
      filter.status = reviews::status_named(value);
      if (!filter.status) return failure(400, "bad_usage", fmt::format("'{}' is no status of a review", value));
    } else if (name == "customer") {
      filter.customer = value;
    } else if (name == "listing") {
      filter.listing = value;
    } else {
      return failure(400, "bad_usage", fmt::format("unknown parameter '{}'", name));
    }
  }
  return of_one_state(*book, [&] {
    const auto found = book->find(filter);
    return found ? json_of(report::reviews_json(*found)) : failure(found.error());
  });
}

namespace {

/// The review that a call names, as `show` gives it.
template <typename Show>
Response show_case(const Call& call, const Show& show) {
  const Book* book = call.service.reviews();
  if (book == nullptr) return no_reviews();
  const auto id = id_of(call);
  if (!id) return no_review(call);
  return of_one_state(*book, [&] {
    const auto all = report::review_case(*book, *id);
    return all ? show(*all, *id) : failure(all.error());
  });
}

}  // namespace

Response v1_review(const Call& call) {
  return show_case(call, [](const auto& all, std::int64_t) { return json_of(report::review_case_json(all)); });
}

Response v1_review_export(const Call& call) {
  return show_case(call, [&](const auto& all, std::int64_t id) {
    Response out;
    out.type = "text/html; charset=utf-8";
    out.body = report::review_html(all, call.request.at);
    out.headers.emplace_back("Content-Disposition", fmt::format("inline; filename=\"review-{}.html\"", id));
    // One file that can be kept, so its style is in it; in turn it may load and run nothing at all.
    out.headers.emplace_back("Content-Security-Policy",
                             "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
                             "frame-ancestors 'none'");
    return out;
  });
}

Response v1_review_decide(const Call& call) {
  Book* book = call.service.reviews();
  if (book == nullptr) return no_reviews();
  const auto body =
      Body::read(call.request, {"query", "listing", "decision", "reason", "again_on", "seen", "reviewer", "threshold"});
  if (!body) return failure(body.error());
  const auto by = person_of(call.request, *body);
  if (!by) return failure(by.error());
  std::map<std::string_view, std::string> texts;
  for (const std::string_view name : {"listing", "decision", "reason", "again_on", "seen"}) {
    auto text = body->text(name);
    if (!text) return failure(text.error());
    texts[name] = std::move(*text);
  }
  const auto decision = reviews::decision_named(texts["decision"]);
  if (!decision) return failure(400, "bad_usage", "'decision' is false_positive or true_match");
  std::optional<Day> again_on;
  if (!texts["again_on"].empty()) {
    again_on = parse_day(texts["again_on"]);
    if (!again_on) return failure(400, "bad_usage", "'again_on' is no day (YYYY-MM-DD)");
  }
  double threshold = screen::Options{}.threshold;
  if (const auto value = body->value("threshold")) {
    if (value->get(threshold) != simdjson::SUCCESS || !(threshold > 0) || threshold > 1) {
      return failure(400, "bad_usage", "threshold is a number above 0, up to 1");
    }
  }
  const auto entity = body->value("query");
  if (!entity) return failure(400, "bad_usage", "'query' is missing: the customer as screened");
  const auto query = query_of_entity("", *entity);
  if (!query) return failure(query.error());
  if (query->id.empty()) return failure(400, "bad_usage", "'query' needs the customer's 'id'");
  const auto hit = reviews::hit_on(call.site.snapshot, *query, texts["listing"], threshold);
  if (!hit) return failure(hit.error());
  auto content = reviews::content_of(*query, call.site.snapshot, hit->id);
  if (!content) return failure(content.error());
  if (!texts["seen"].empty() && texts["seen"] != content->hash) {
    return failure(409, reviews::to_string(Refusal::changed), reviews::explain(Refusal::changed));
  }
  const reviews::Seen seen =
      report::seen_now(*query, *hit, std::move(*content), call.site.world_json, lists_day(call.site).as_of);
  if (*decision == reviews::Decision::none) {
    return response_to(book->open_review(query->id, hit->id, seen, *by, now()), 201);
  }
  return response_to(book->decide(query->id, hit->id, seen, *decision, texts["reason"], again_on, *by, now()), 201);
}

namespace {

/// An act on a review that exists, with a `reason`.
template <typename Act>
Response act_on(const Call& call, const Act& act) {
  Book* book = call.service.reviews();
  if (book == nullptr) return no_reviews();
  const auto id = id_of(call);
  if (!id) return no_review(call);
  const auto body = Body::read(call.request, {"reason", "reviewer"});
  if (!body) return failure(body.error());
  const auto by = person_of(call.request, *body);
  if (!by) return failure(by.error());
  const auto reason = body->text("reason");
  if (!reason) return failure(reason.error());
  return response_to(act(*book, *id, *reason, *by));
}

}  // namespace

Response v1_review_confirm(const Call& call) {
  return act_on(call, [&](Book& book, std::int64_t id, const std::string& reason, const reviews::Person& by) {
    const auto review = book.review(id);
    if (!review) return Result<reviews::Answer>(review.error());
    return book.confirm(id, reason, reviews::listing_facts(call.site.snapshot, review->listing), by, now());
  });
}

Response v1_review_reject(const Call& call) {
  return act_on(call, [](Book& book, std::int64_t id, const std::string& reason, const reviews::Person& by) {
    return book.reject(id, reason, by, now());
  });
}

Response v1_review_comment(const Call& call) {
  return act_on(call, [](Book& book, std::int64_t id, const std::string& reason, const reviews::Person& by) {
    return book.comment(id, reason, by, now());
  });
}

Response v1_review_reopen(const Call& call) {
  return act_on(call, [](Book& book, std::int64_t id, const std::string& reason, const reviews::Person& by) {
    return book.reopen(id, reason, by, now());
  });
}

Response v1_review_policy(const Call& call) {
  const Book* book = call.service.reviews();
  if (book == nullptr) return no_reviews();
  return of_one_state(*book, [&] {
    const auto policy = book->policy();
    return policy ? json_of(report::policy_json(*policy)) : failure(policy.error());
  });
}

Response v1_set_review_policy(const Call& call) {
  Book* book = call.service.reviews();
  if (book == nullptr) return no_reviews();
  const auto body = Body::read(call.request, {"second_person", "score_rise", "again_after_days", "reason", "reviewer"});
  if (!body) return failure(body.error());
  const auto by = person_of(call.request, *body);
  if (!by) return failure(by.error());
  const auto reason = body->text("reason");
  if (!reason) return failure(reason.error());
  auto policy = book->policy();
  if (!policy) return failure(policy.error());
  if (const auto value = body->value("second_person")) {
    simdjson::dom::array list;
    if (value->get(list) != simdjson::SUCCESS) return failure(400, "bad_usage", "'second_person' is a list");
    policy->second_for_false_positive = policy->second_for_true_match = false;
    for (const element one : list) {
      std::string_view name;
      const auto decision =
          one.get(name) == simdjson::SUCCESS ? reviews::decision_named(name) : std::optional<reviews::Decision>();
      if (!decision || *decision == reviews::Decision::none) {
        return failure(400, "bad_usage", "'second_person' holds false_positive and true_match only");
      }
      (*decision == reviews::Decision::true_match ? policy->second_for_true_match : policy->second_for_false_positive) =
          true;
    }
  }
  if (const auto value = body->value("score_rise")) {
    if (value->get(policy->score_rise) != simdjson::SUCCESS) {
      return failure(400, "bad_usage", "'score_rise' is a number from 0 to 1");
    }
  }
  if (const auto value = body->value("again_after_days")) {
    std::int64_t days = 0;
    if (value->get(days) != simdjson::SUCCESS || days < 0 || days > 36500) {
      return failure(400, "bad_usage", "'again_after_days' is a number of days up to 36500");
    }
    policy->again_after_days = static_cast<int>(days);
  }
  if (auto set = book->set_policy(*policy, *reason, *by, now()); !set) return failure(set.error());
  return json_of(report::policy_json(*policy));
}

}  // namespace interdict::serve
