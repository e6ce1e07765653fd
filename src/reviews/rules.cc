// The rules: what an event does to a review, and which acts a state refuses.
#include <algorithm>
#include <array>
#include <utility>

#include "reviews/reviews.h"
#include "text/text.h"

namespace interdict::reviews {
namespace {

template <typename T>
using Named = std::pair<T, std::string_view>;

template <typename T, std::size_t n>
std::string_view name_in(const std::array<Named<T>, n>& names, T value) {
  const auto at = std::ranges::find(names, value, &Named<T>::first);
  INTERDICT_ASSERT(at != names.end());
  return at->second;
}

template <typename T, std::size_t n>
std::optional<T> named_in(const std::array<Named<T>, n>& names, std::string_view name) {
  const auto at = std::ranges::find(names, name, &Named<T>::second);
  return at == names.end() ? std::nullopt : std::optional(at->first);
}

constexpr std::array<Named<Decision>, 3> decisions = {
    {{Decision::none, ""}, {Decision::false_positive, "false_positive"}, {Decision::true_match, "true_match"}}};
constexpr std::array<Named<Status>, 6> statuses = {{{Status::fresh, "new"},
                                                    {Status::open, "open"},
                                                    {Status::pending, "pending"},
                                                    {Status::false_positive, "false_positive"},
                                                    {Status::true_match, "true_match"},
                                                    {Status::reopened, "reopened"}}};
constexpr std::array<Named<Kind>, 7> kinds = {{{Kind::open, "open"},
                                               {Kind::decide, "decide"},
                                               {Kind::confirm, "confirm"},
                                               {Kind::reject, "reject"},
                                               {Kind::comment, "comment"},
                                               {Kind::reopen, "reopen"},
                                               {Kind::policy, "policy"}}};
constexpr std::array<Named<Refusal>, 7> refusals = {{{Refusal::none, ""},
                                                     {Refusal::already_decided, "already_decided"},
                                                     {Refusal::awaiting_confirmation, "awaiting_confirmation"},
                                                     {Refusal::not_pending, "not_pending"},
                                                     {Refusal::not_decided, "not_decided"},
                                                     {Refusal::same_person, "same_person"},
                                                     {Refusal::changed, "changed"}}};

Status decided(Decision decision) {
  return decision == Decision::true_match ? Status::true_match : Status::false_positive;
}

/// The decision counts from now: when it is to be looked at again follows from the day it does.
void settle(Review& review, const Policy& policy, Instant at) {
  review.status = decided(review.decision);
  if (!review.again_on && policy.again_after_days > 0) {
    review.again_on = std::chrono::floor<std::chrono::days>(at) + std::chrono::days{policy.again_after_days};
  }
}

void look_at(Review& review, const Event& event) {
  review.content = event.content;
  review.score = event.score;
  review.as_of = event.as_of;
  review.seen = event.seen;
  review.customer_name = event.customer_name;
  review.caption = event.caption;
}

}  // namespace

std::string_view to_string(Decision decision) { return name_in(decisions, decision); }
std::string_view to_string(Status status) { return name_in(statuses, status); }
std::string_view to_string(Kind kind) { return name_in(kinds, kind); }
std::string_view to_string(Refusal refusal) { return name_in(refusals, refusal); }
std::optional<Decision> decision_named(std::string_view name) { return named_in(decisions, name); }
std::optional<Status> status_named(std::string_view name) { return named_in(statuses, name); }
std::optional<Kind> kind_named(std::string_view name) { return named_in(kinds, name); }

std::string_view explain(Refusal refusal) {
  switch (refusal) {
    case Refusal::none:
      return "";
    case Refusal::already_decided:
      return "it is decided already: reopen it first";
    case Refusal::awaiting_confirmation:
      return "it is decided and waits for a second person to confirm or reject it";
    case Refusal::not_pending:
      return "no decision waits for a second person";
    case Refusal::not_decided:
      return "it is not decided, so there is nothing to reopen";
    case Refusal::same_person:
      return "whoever decided cannot confirm: a second person must";
    case Refusal::changed:
      return "the hit is no longer what was looked at: screen again";
  }
  return "";
}

bool is_same(const Person& a, const Person& b) {
  return text::fold(a.name) == text::fold(b.name) || (!a.key.empty() && a.key == b.key);
}

Refusal refusal(const Review& review, Kind kind, const Person& by) {
  switch (kind) {
    case Kind::decide:
      if (is_decided(review.status)) return Refusal::already_decided;
      return review.status == Status::pending ? Refusal::awaiting_confirmation : Refusal::none;
    case Kind::confirm:
      if (review.status != Status::pending) return Refusal::not_pending;
      return is_same(review.decided_by, by) ? Refusal::same_person : Refusal::none;
    case Kind::reject:
      return review.status == Status::pending ? Refusal::none : Refusal::not_pending;
    case Kind::reopen:
      return is_decided(review.status) || review.status == Status::pending ? Refusal::none : Refusal::not_decided;
    default:
      return Refusal::none;
  }
}

void apply(Review& review, const Event& event, const Policy& policy) {
  review.last_event = event.sequence;
  if (event.kind == Kind::comment || event.kind == Kind::policy) return;
  review.since = event.at;
  review.by = event.by;
  switch (event.kind) {
    case Kind::open:
      review.id = event.review;
      review.customer = event.customer;
      review.listing = event.listing;
      review.status = Status::open;
      look_at(review, event);
      break;
    case Kind::decide: {
      look_at(review, event);
      review.decision = event.decision;
      review.reason = event.reason;
      review.decided_by = event.by;
      review.decided_at = event.at;
      review.decided_seen = event.seen;
      review.confirmed_by.reset();
      review.confirmed_at.reset();
      review.again_on = event.again_on;
      review.why.clear();
      const bool asks_second =
          event.decision == Decision::true_match ? policy.second_for_true_match : policy.second_for_false_positive;
      review.status = Status::pending;
      if (!asks_second) settle(review, policy, event.at);
      break;
    }
    case Kind::confirm:
      review.confirmed_by = event.by;
      review.confirmed_at = event.at;
      settle(review, policy, event.at);
      break;
    case Kind::reject:
      review.status = Status::open;
      break;
    case Kind::reopen:
      review.status = Status::reopened;
      review.why = event.why;
      if (event.seen != 0) look_at(review, event);
      break;
    default:
      break;
  }
}

}  // namespace interdict::reviews
