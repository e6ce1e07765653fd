// The reviews room: the memory of matches. What people decided of a hit, so that it need not be asked twice.
//
// A review is about one customer and one listing. Who looked at the hit says what it is (a false positive, a true
// match) and why; where the policy asks for it a second person confirms. From then on the hit is quiet, for as long as
// what was decided on is what is screened: the facts of the customer and of the listing that matter (content.h) are
// kept with the decision and hashed. When either changes, the score rises, or the time set for another look has come,
// the review reopens and says what changed. Another listing is another hit, whoever it is of.
//
// The record is a log of events that only grows; every state is what replaying it gives. One SQLite file, one
// transaction an act, on the disk before it is answered. Threads: a Book may be shared; processes may share its file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"
#include "reviews/content.h"

namespace interdict::reviews {

enum class Decision : std::uint8_t { none, false_positive, true_match };
[[nodiscard]] std::string_view to_string(Decision decision);  // "" for none
[[nodiscard]] std::optional<Decision> decision_named(std::string_view name);

enum class Status : std::uint8_t {
  fresh,           // "new": no review yet
  open,            // opened, or its decision was rejected: to be decided
  pending,         // decided by one person, to be confirmed by another
  false_positive,  // decided
  true_match,      // decided
  reopened,        // was decided; something changed: to be decided anew
};
[[nodiscard]] std::string_view to_string(Status status);
[[nodiscard]] std::optional<Status> status_named(std::string_view name);
[[nodiscard]] inline bool is_decided(Status status) {
  return status == Status::false_positive || status == Status::true_match;
}

/// Who acted. The same person twice: equal names, whatever their case, or equal keys.
struct Person {
  std::string name;
  std::string key;  // the API key's public id; empty where none was used
};
[[nodiscard]] bool is_same(const Person& a, const Person& b);

/// Of one book; a change of it is an event too, and counts from then on.
struct Policy {
  bool second_for_false_positive = true;  // nothing falls silent on one person's word
  bool second_for_true_match = false;
  double score_rise = 0.05;  // a decided hit reopens when its score is above the decided one by more
  int again_after_days = 0;  // a decided hit reopens after so many days; 0: never

  bool operator==(const Policy&) const = default;
};

enum class Kind : std::uint8_t { open, decide, confirm, reject, comment, reopen, policy };
[[nodiscard]] std::string_view to_string(Kind kind);
[[nodiscard]] std::optional<Kind> kind_named(std::string_view name);

/// Why a review reopened; joined by ',' in Event::why: "listing_changed", "customer_changed", "score_rose",
/// "time_is_up", "by_hand".
struct Event {
  std::int64_t sequence = 0;
  std::int64_t review = 0;  // 0 for a policy
  Kind kind = Kind::open;
  Instant at{};
  Person by{};
  Decision decision = Decision::none;  // of decide
  std::string reason{};
  std::string why{};               // of reopen
  std::optional<Day> again_on{};   // of decide: when it is to be looked at again, by the one who decided
  std::optional<Policy> policy{};  // of policy
  std::int64_t seen = 0;           // what was looked at: of open, decide and reopen
  std::string customer{};          // of open
  std::string listing{};           // of open
  std::string content{};           // hash of what was looked at
  double score = 0;                // of what was looked at
  Day as_of{};                     // of the world it was looked at in
  std::string customer_name{};     // for people
  std::string caption{};           // of the listing, for people
};

/// A hit as somebody saw it, whole, so that it can be shown as it was.
struct Seen {
  Content content;
  double score = 0;
  Day as_of{};
  std::string customer_name;
  std::string caption;
  std::string query;  // JSON, as the result of a screening gives them
  std::string hit;
  std::string world;
};

struct Review {
  std::int64_t id = 0;
  std::string customer;
  std::string listing;
  std::string customer_name;
  std::string caption;
  Status status = Status::open;
  Instant since{};                     // of the status
  Person by{};                         // whose act made it so
  Decision decision = Decision::none;  // the last one, whether or not it still counts
  std::string reason;
  Person decided_by{};
  Instant decided_at{};
  std::optional<Person> confirmed_by{};
  std::optional<Instant> confirmed_at{};
  std::optional<Day> again_on{};
  std::string why;      // of the last reopening
  std::string content;  // of what was looked at last
  double score = 0;
  Day as_of{};
  std::int64_t seen = 0;          // what was looked at last
  std::int64_t decided_seen = 0;  // what the last decision was about
  std::int64_t last_event = 0;
};

/// Why an act is refused; stable names.
enum class Refusal : std::uint8_t {
  none,
  already_decided,        // reopen it first, or wait until it reopens
  awaiting_confirmation,  // decided by another; confirm or reject that
  not_pending,            // nothing to confirm or to reject
  not_decided,            // nothing to reopen
  same_person,            // a second person must confirm
  changed,                // what was looked at is not what is there now
};
[[nodiscard]] std::string_view to_string(Refusal refusal);
[[nodiscard]] std::string_view explain(Refusal refusal);

// The rules, without any file.

/// What an act of this kind by this person meets in this state.
[[nodiscard]] Refusal refusal(const Review& review, Kind kind, const Person& by);
/// The state after the event, under the policy of its time. An open event makes the review.
void apply(Review& review, const Event& event, const Policy& policy);

/// What the memory says of a hit now.
struct Standing {
  Status status = Status::fresh;
  std::int64_t review = 0;
  std::optional<Instant> since;  // of the status; absent where this very screening reopens it
  Person by;
  std::string content;              // hash of what is screened now
  std::vector<std::string> why;     // reopened: by what
  std::vector<Difference> changes;  // reopened: against what was decided on
  bool reopens_now = false;         // the record does not say so yet: Book::reopen
  [[nodiscard]] bool is_quiet() const { return is_decided(status); }
};

/// One answer of a Book: the review as it stands, and why the act was refused if it was.
struct Answer {
  Review review;
  Refusal refusal = Refusal::none;
};

struct Filter {
  std::optional<Status> status{};
  std::string customer{};
  std::string listing{};
  std::size_t limit = 0;  // 0: all
};

class Book {
 public:
  enum class Mode : std::uint8_t { read, write };
  /// Mode::write makes what is missing; Mode::read of a file that is not there is an Error (not_found). A file that is
  /// something else is an Error and stays as it is.
  static Result<Book> open(const std::filesystem::path& path, Mode mode);
  /// As it stood after event `sequence`, whatever was written since; for reading only.
  static Result<Book> open_as_of(const std::filesystem::path& path, std::int64_t sequence);
  Book(Book&&) noexcept;
  Book& operator=(Book&&) noexcept;
  ~Book();

  // Acts. `reason` must not be empty except where said; an Error is of the file, of an unknown id, or of bad usage.

  /// The review of the hit, opened if there is none.
  Result<Answer> open_review(const std::string& customer, const std::string& listing, const Seen& seen,
                             const Person& by, Instant at);
  /// Opens the review where there is none, and decides it.
  Result<Answer> decide(const std::string& customer, const std::string& listing, const Seen& seen, Decision decision,
                        const std::string& reason, std::optional<Day> again_on, const Person& by, Instant at);
  /// `listing_now`: the listing's facts now, if known; refused as changed when they are not those decided on. The
  /// reason may be empty.
  Result<Answer> confirm(std::int64_t review, const std::string& reason, const std::optional<Facts>& listing_now,
                         const Person& by, Instant at);
  /// Back to open; whoever decided may take it back so.
  Result<Answer> reject(std::int64_t review, const std::string& reason, const Person& by, Instant at);
  Result<Answer> comment(std::int64_t review, const std::string& text, const Person& by, Instant at);
  /// By hand.
  Result<Answer> reopen(std::int64_t review, const std::string& reason, const Person& by, Instant at);
  /// What a screening found: `standing` as `standing_of` gave it. Refused when another was first.
  Result<Answer> reopen(const Standing& standing, const Seen& seen, Instant at);
  Result<void> set_policy(const Policy& policy, const std::string& reason, const Person& by, Instant at);

  // What stands.

  /// The last event there is: it names a state of the book.
  Result<std::int64_t> sequence() const;
  /// Opened as of some event: acts are no use.
  [[nodiscard]] bool is_past() const;
  Result<Policy> policy() const;
  Result<Review> review(std::int64_t id) const;
  /// By id.
  Result<std::vector<Review>> find(const Filter& filter) const;
  /// A review's events, oldest first; without an id those of the policy.
  Result<std::vector<Event>> events(std::int64_t review) const;
  Result<Seen> seen(std::int64_t id) const;
  /// What changed between what a reopened review was decided on and what reopened it.
  Result<std::vector<Difference>> changes(const Review& review) const;
  /// True when the customer has any review: a quick look before contents are made.
  Result<bool> knows(const std::string& customer) const;
  /// Of a hit with this content and score, screened on `today` in a world of the day `as_of`.
  Result<Standing> standing_of(const std::string& customer, const std::string& listing, const Content& content,
                               double score, Day as_of, Day today) const;
  /// The log replayed anew and compared with what is held; and the file's own integrity.
  Result<void> verify() const;

 private:
  struct Impl;
  explicit Book(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace interdict::reviews
