// A Book: the log on the disk and, in memory, the state that replaying it gives.
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <mutex>

#include "reviews/file.h"
#include "reviews/reviews.h"

namespace interdict::reviews {
namespace {

using store::Database;
using store::Writing;

constexpr std::size_t text_limit = 4000;
constexpr std::int64_t no_end = std::numeric_limits<std::int64_t>::max();

/// The reviews as of some event of the log.
struct Replayed {
  std::int64_t sequence = 0;
  std::int64_t last_review = 0;
  Policy policy;
  std::map<std::int64_t, Review> reviews;
  std::map<std::string, std::map<std::string, std::int64_t>> by_customer;  // then by listing

  void take(const Event& event) {
    sequence = event.sequence;
    if (event.kind == Kind::policy) {
      if (event.policy) policy = *event.policy;
      return;
    }
    last_review = std::max(last_review, event.review);
    if (event.kind == Kind::open) by_customer[event.customer][event.listing] = event.review;
    apply(reviews[event.review], event, policy);
  }

  [[nodiscard]] const Review* find(const std::string& customer, const std::string& listing) const {
    const auto of_customer = by_customer.find(customer);
    if (of_customer == by_customer.end()) return nullptr;
    const auto at = of_customer->second.find(listing);
    return at == of_customer->second.end() ? nullptr : &reviews.at(at->second);
  }
};

Result<void> check_text(std::string_view what, const std::string& text, bool needed) {
  if (needed && text.empty()) return Error{Fault::bad_usage, fmt::format("a {} is needed", what), {}};
  if (text.size() > text_limit) {
    return Error{Fault::bad_usage, fmt::format("the {} is longer than {} bytes", what, text_limit), {}};
  }
  return {};
}

std::string reason_text(const std::vector<std::string>& why) { return fmt::format("{}", fmt::join(why, ",")); }

}  // namespace

struct Book::Impl {
  explicit Impl(Database opened) : database(std::move(opened)) {}

  /// What other connections have appended is taken in.
  Result<void> follow() {
    auto done = read_events(database, state.sequence, last, [&](const Event& event) { state.take(event); });
    if (!done) return done.error();
    return done;
  }

  Result<const Review*> existing(std::int64_t id) {
    const auto at = state.reviews.find(id);
    if (at == state.reviews.end()) return Error{Fault::not_found, fmt::format("no review {}", id), {}};
    return &at->second;
  }

  /// Appends events, which share what was seen, in the transaction under way; commits, and takes them in.
  Result<void> append(Writing& writing, std::vector<Event> events, const Seen* seen) {
    std::int64_t seen_id = 0;
    if (seen != nullptr) {
      auto id = append_seen(database, *seen);
      if (!id) return id.error();
      seen_id = *id;
    }
    std::int64_t sequence = state.sequence;
    for (Event& event : events) {
      event.sequence = ++sequence;
      event.seen = seen_id;
      if (seen != nullptr) {
        event.content = seen->content.hash;
        event.score = seen->score;
        event.as_of = seen->as_of;
        event.customer_name = seen->customer_name;
        event.caption = seen->caption;
      }
      if (auto id = append_event(database, event); !id) return id.error();
    }
    if (auto done = writing.commit(); !done) return done;
    for (const Event& event : events) state.take(event);
    return {};
  }

  /// One act on a review that exists: looked at, allowed or refused, and written, all in one transaction.
  Result<Answer> act(Event event, const Seen* seen) {
    const std::lock_guard lock(guard);
    Writing writing(database);
    if (!writing.status()) return writing.status().error();
    if (auto done = follow(); !done) return done.error();
    const auto review = existing(event.review);
    if (!review) return review.error();
    if (const Refusal why = refusal(**review, event.kind, event.by); why != Refusal::none) {
      return Answer{**review, why};
    }
    const std::int64_t id = event.review;
    if (auto done = append(writing, {std::move(event)}, seen); !done) return done.error();
    return Answer{state.reviews.at(id), Refusal::none};
  }

  Database database;
  std::int64_t last = no_end;  // events after this one are not read
  std::mutex guard;            // of everything here
  Replayed state;
};

Book::Book(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Book::Book(Book&&) noexcept = default;
Book& Book::operator=(Book&&) noexcept = default;
Book::~Book() = default;

Result<Book> Book::open(const std::filesystem::path& path, Mode mode) {
  auto database = open_file(path, mode);
  if (!database) return database.error();
  Book book(std::make_unique<Impl>(std::move(*database)));
  if (auto done = book.impl_->follow(); !done) return done.error();
  return book;
}

Result<Book> Book::open_as_of(const std::filesystem::path& path, std::int64_t sequence) {
  auto database = open_file(path, Mode::read);
  if (!database) return database.error();
  Book book(std::make_unique<Impl>(std::move(*database)));
  book.impl_->last = sequence;
  if (auto done = book.impl_->follow(); !done) return done.error();
  if (book.impl_->state.sequence != sequence) {
    return Error{Fault::not_found,
                 fmt::format("the reviews end at event {}, before event {}", book.impl_->state.sequence, sequence),
                 {path.string(), 0, 0, {}}};
  }
  return book;
}

Result<Answer> Book::open_review(const std::string& customer, const std::string& listing, const Seen& seen,
                                 const Person& by, Instant at) {
  if (auto sound = check_text("customer id", customer, true); !sound) return sound.error();
  if (auto sound = check_text("name of who acts", by.name, true); !sound) return sound.error();
  const std::lock_guard lock(impl_->guard);
  Writing writing(impl_->database);
  if (!writing.status()) return writing.status().error();
  if (auto done = impl_->follow(); !done) return done.error();
  if (const Review* review = impl_->state.find(customer, listing)) return Answer{*review, Refusal::none};
  Event open{.review = impl_->state.last_review + 1, .kind = Kind::open, .at = at, .by = by};
  open.customer = customer;
  open.listing = listing;
  const std::int64_t id = open.review;
  if (auto done = impl_->append(writing, {std::move(open)}, &seen); !done) return done.error();
  return Answer{impl_->state.reviews.at(id), Refusal::none};
}

Result<Answer> Book::decide(const std::string& customer, const std::string& listing, const Seen& seen,
                            Decision decision, const std::string& reason, std::optional<Day> again_on, const Person& by,
                            Instant at) {
  if (decision == Decision::none) return Error{Fault::bad_usage, "a decision is needed", {}};
  if (auto sound = check_text("customer id", customer, true); !sound) return sound.error();
  if (auto sound = check_text("reason", reason, true); !sound) return sound.error();
  if (auto sound = check_text("name of who acts", by.name, true); !sound) return sound.error();
  const std::lock_guard lock(impl_->guard);
  Writing writing(impl_->database);
  if (!writing.status()) return writing.status().error();
  if (auto done = impl_->follow(); !done) return done.error();
  std::vector<Event> events;
  std::int64_t id = impl_->state.last_review + 1;
  if (const Review* review = impl_->state.find(customer, listing)) {
    if (const Refusal why = refusal(*review, Kind::decide, by); why != Refusal::none) return Answer{*review, why};
    id = review->id;
  } else {
    events.push_back({.review = id, .kind = Kind::open, .at = at, .by = by});
    events.back().customer = customer;
    events.back().listing = listing;
  }
  events.push_back({.review = id, .kind = Kind::decide, .at = at, .by = by, .decision = decision, .reason = reason});
  events.back().again_on = again_on;
  if (auto done = impl_->append(writing, std::move(events), &seen); !done) return done.error();
  return Answer{impl_->state.reviews.at(id), Refusal::none};
}

Result<Answer> Book::confirm(std::int64_t review, const std::string& reason, const std::optional<Facts>& listing_now,
                             const Person& by, Instant at) {
  if (auto sound = check_text("reason", reason, false); !sound) return sound.error();
  if (auto sound = check_text("name of who acts", by.name, true); !sound) return sound.error();
  if (listing_now) {
    const auto stands = this->review(review);
    if (!stands) return stands.error();
    if (stands->status == Status::pending) {
      const auto decided_on = seen(stands->decided_seen);
      if (!decided_on) return decided_on.error();
      if (decided_on->content.listing != *listing_now) return Answer{*stands, Refusal::changed};
    }
  }
  return impl_->act({.review = review, .kind = Kind::confirm, .at = at, .by = by, .reason = reason}, nullptr);
}

Result<Answer> Book::reject(std::int64_t review, const std::string& reason, const Person& by, Instant at) {
  if (auto sound = check_text("reason", reason, true); !sound) return sound.error();
  if (auto sound = check_text("name of who acts", by.name, true); !sound) return sound.error();
  return impl_->act({.review = review, .kind = Kind::reject, .at = at, .by = by, .reason = reason}, nullptr);
}

Result<Answer> Book::comment(std::int64_t review, const std::string& text, const Person& by, Instant at) {
  if (auto sound = check_text("comment", text, true); !sound) return sound.error();
  if (auto sound = check_text("name of who acts", by.name, true); !sound) return sound.error();
  return impl_->act({.review = review, .kind = Kind::comment, .at = at, .by = by, .reason = text}, nullptr);
}

Result<Answer> Book::reopen(std::int64_t review, const std::string& reason, const Person& by, Instant at) {
  if (auto sound = check_text("reason", reason, true); !sound) return sound.error();
  if (auto sound = check_text("name of who acts", by.name, true); !sound) return sound.error();
  return impl_->act({.review = review, .kind = Kind::reopen, .at = at, .by = by, .reason = reason, .why = "by_hand"},
                    nullptr);
}

Result<Answer> Book::reopen(const Standing& standing, const Seen& seen, Instant at) {
  if (!standing.reopens_now) return Error{Fault::bad_usage, "nothing reopens this review", {}};
  return impl_->act({.review = standing.review,
                     .kind = Kind::reopen,
                     .at = at,
                     .by = {"screening", ""},
                     .why = reason_text(standing.why)},
                    &seen);
}

Result<void> Book::set_policy(const Policy& policy, const std::string& reason, const Person& by, Instant at) {
  if (!(policy.score_rise >= 0) || policy.score_rise > 1) {
    return Error{Fault::bad_usage, "the rise of a score is a number from 0 to 1", {}};
  }
  if (policy.again_after_days < 0 || policy.again_after_days > 36500) {
    return Error{Fault::bad_usage, "days until another look: 0 to 36500", {}};
  }
  if (auto sound = check_text("reason", reason, false); !sound) return sound;
  if (auto sound = check_text("name of who acts", by.name, true); !sound) return sound;
  const std::lock_guard lock(impl_->guard);
  Writing writing(impl_->database);
  if (!writing.status()) return writing.status().error();
  if (auto done = impl_->follow(); !done) return done;
  Event event{.kind = Kind::policy, .at = at, .by = by, .reason = reason};
  event.policy = policy;
  if (auto done = impl_->append(writing, {std::move(event)}, nullptr); !done) return done.error();
  return {};
}

Result<std::int64_t> Book::sequence() const {
  const std::lock_guard lock(impl_->guard);
  if (auto done = impl_->follow(); !done) return done.error();
  return impl_->state.sequence;
}

bool Book::is_past() const { return impl_->last != no_end; }

Result<Policy> Book::policy() const {
  const std::lock_guard lock(impl_->guard);
  if (auto done = impl_->follow(); !done) return done.error();
  return impl_->state.policy;
}

Result<Review> Book::review(std::int64_t id) const {
  const std::lock_guard lock(impl_->guard);
  if (auto done = impl_->follow(); !done) return done.error();
  const auto review = impl_->existing(id);
  if (!review) return review.error();
  return **review;
}

Result<std::vector<Review>> Book::find(const Filter& filter) const {
  const std::lock_guard lock(impl_->guard);
  if (auto done = impl_->follow(); !done) return done.error();
  std::vector<Review> out;
  for (const auto& [id, review] : impl_->state.reviews) {
    if (filter.status && review.status != *filter.status) continue;
    if (!filter.customer.empty() && review.customer != filter.customer) continue;
    if (!filter.listing.empty() && review.listing != filter.listing) continue;
    out.push_back(review);
    if (filter.limit != 0 && out.size() == filter.limit) break;
  }
  return out;
}

Result<std::vector<Event>> Book::events(std::int64_t review) const {
  const std::lock_guard lock(impl_->guard);
  auto out = read_events_of(impl_->database, review, impl_->last);
  if (!out) return out.error();
  return out;
}

Result<Seen> Book::seen(std::int64_t id) const {
  const std::lock_guard lock(impl_->guard);
  auto out = read_seen(impl_->database, id);
  if (!out) return out.error();
  return out;
}

Result<std::vector<Difference>> Book::changes(const Review& review) const {
  if (review.status != Status::reopened || review.seen == review.decided_seen) return std::vector<Difference>{};
  const auto before = seen(review.decided_seen);
  if (!before) return before.error();
  const auto after = seen(review.seen);
  if (!after) return after.error();
  return differences(before->content, after->content);
}

Result<bool> Book::knows(const std::string& customer) const {
  const std::lock_guard lock(impl_->guard);
  if (auto done = impl_->follow(); !done) return done.error();
  return impl_->state.by_customer.contains(customer);
}

Result<Standing> Book::standing_of(const std::string& customer, const std::string& listing, const Content& content,
                                   double score, Day as_of, Day today) const {
  const std::lock_guard lock(impl_->guard);
  if (auto done = impl_->follow(); !done) return done.error();
  Standing out;
  out.content = content.hash;
  const Review* review = impl_->state.find(customer, listing);
  if (review == nullptr) return out;
  out.status = review->status;
  out.review = review->id;
  out.since = review->since;
  out.by = review->by;
  if (review->status == Status::open) return out;
  const auto decided_on = read_seen(impl_->database, review->decided_seen);
  if (!decided_on) return decided_on.error();
  // Of a review that is reopened already the changes are those up to now, however many came since.
  out.changes = differences(decided_on->content, content);
  const auto changed = [&](bool of_listing) {
    return std::ranges::any_of(out.changes, [&](const Difference& one) { return one.of_listing == of_listing; });
  };
  if (changed(true)) out.why.emplace_back("listing_changed");
  if (changed(false)) out.why.emplace_back("customer_changed");
  if (score > decided_on->score + impl_->state.policy.score_rise) out.why.emplace_back("score_rose");
  if (is_decided(review->status) && review->again_on && today >= *review->again_on) {
    out.why.emplace_back("time_is_up");
  }
  if (review->status == Status::reopened) {
    if (out.why.empty()) out.why.push_back(review->why);
    return out;
  }
  if (out.why.empty()) return out;
  out.status = Status::reopened;
  out.since.reset();
  out.by = {"screening", ""};
  // A look into the past changes nothing for today.
  out.reopens_now = as_of >= review->as_of;
  return out;
}

Result<void> Book::verify() const {
  const std::lock_guard lock(impl_->guard);
  if (auto done = impl_->follow(); !done) return done;
  store::Query check(impl_->database, "PRAGMA integrity_check");
  if (check.next() && check.text(0) != "ok") {
    return Error{Fault::bad_input, fmt::format("the reviews are damaged: {}", check.text(0)), {}};
  }
  if (auto status = check.status(); !status) return status;
  std::int64_t expected = 0;
  std::optional<Error> wrong;
  Replayed anew;
  auto done = read_events(impl_->database, 0, impl_->last, [&](const Event& event) {
    ++expected;
    if (wrong) return;
    const auto says = [&](std::string_view what) {
      wrong = Error{Fault::inconsistent, fmt::format("event {}: {}", event.sequence, what), {}};
    };
    if (event.sequence != expected) return says("an event before it is missing");
    if (event.kind != Kind::policy && event.kind != Kind::open) {
      const auto at = anew.reviews.find(event.review);
      if (at == anew.reviews.end()) return says("of a review that was never opened");
      if (refusal(at->second, event.kind, event.by) != Refusal::none) return says("an act that the rules refuse");
    }
    if (event.seen != 0) {
      const auto seen = read_seen(impl_->database, event.seen);
      if (!seen) return says(seen.error().message);
      if (content_of(seen->content.customer, seen->content.listing).hash != seen->content.hash) {
        return says("what was seen is not what its hash says");
      }
    }
    anew.take(event);
  });
  if (!done) return done;
  if (wrong) return *wrong;
  return {};
}

}  // namespace interdict::reviews
