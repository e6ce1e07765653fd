#include "reviews/file.h"

#include <fmt/format.h>

#include <system_error>

#include "store/layout.h"

namespace interdict::reviews {
namespace {

using store::Database;
using store::Query;

constexpr std::int64_t application_id = 0x49445256;  // "IDRV"
constexpr std::int64_t schema_version = 1;
constexpr int patience_ms = 10000;  // an act writes a few rows; only a stuck disk makes others wait that long

// The triggers hold this program to its word; whoever has the file can drop them, which the audit trail is for.
constexpr const char* tables = R"sql(
CREATE TABLE seen(
  id INTEGER PRIMARY KEY,
  content TEXT NOT NULL,
  score REAL NOT NULL,
  as_of INTEGER NOT NULL,
  customer_name TEXT NOT NULL,
  caption TEXT NOT NULL,
  customer_facts TEXT NOT NULL,
  listing_facts TEXT NOT NULL,
  query TEXT NOT NULL,
  hit TEXT NOT NULL,
  world TEXT NOT NULL
) STRICT;
CREATE TABLE event(
  sequence INTEGER PRIMARY KEY,
  review INTEGER NOT NULL,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  by_name TEXT NOT NULL,
  by_key TEXT NOT NULL,
  decision TEXT NOT NULL,
  reason TEXT NOT NULL,
  why TEXT NOT NULL,
  again_on INTEGER,
  customer TEXT NOT NULL,
  listing TEXT NOT NULL,
  seen INTEGER REFERENCES seen(id)
) STRICT;
CREATE INDEX event_of_review ON event(review);
CREATE TABLE policy(
  event INTEGER PRIMARY KEY REFERENCES event(sequence),
  second_for_false_positive INTEGER NOT NULL,
  second_for_true_match INTEGER NOT NULL,
  score_rise REAL NOT NULL,
  again_after_days INTEGER NOT NULL
) STRICT;
CREATE TRIGGER seen_stays BEFORE UPDATE ON seen BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER seen_is_kept BEFORE DELETE ON seen BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER event_is_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER policy_stays BEFORE UPDATE ON policy BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER policy_is_kept BEFORE DELETE ON policy BEGIN SELECT RAISE(ABORT, 'append only'); END;
)sql";

constexpr const char* event_columns =
    "SELECT e.sequence, e.review, e.kind, e.at, e.by_name, e.by_key, e.decision, e.reason, e.why, e.again_on, "
    "e.customer, e.listing, e.seen, s.content, s.score, s.as_of, s.customer_name, s.caption, "
    "p.second_for_false_positive, p.second_for_true_match, p.score_rise, p.again_after_days "
    "FROM event e LEFT JOIN seen s ON s.id = e.seen LEFT JOIN policy p ON p.event = e.sequence ";

constexpr store::Layout layout{application_id, schema_version, tables, "reviews", "there are no reviews yet"};

Day day_of(std::int64_t days) { return Day{std::chrono::days{days}}; }
std::int64_t number_of(Day day) { return day.time_since_epoch().count(); }

/// The row of `event_columns` that a query stands on. A word that this program does not know is an Error: replaying
/// without it would give another state.
Result<Event> event_in(const Query& row) {
  Event out;
  out.sequence = row.integer(0);
  out.review = row.integer(1);
  const auto kind = kind_named(row.text(2));
  const auto decision = decision_named(row.text(6));
  if (!kind || !decision) {
    return Error{Fault::bad_input, fmt::format("event {} is of no known kind", out.sequence), {}};
  }
  out.kind = *kind;
  out.at = Instant{std::chrono::seconds{row.integer(3)}};
  out.by = {std::string(row.text(4)), std::string(row.text(5))};
  out.decision = *decision;
  out.reason = row.text(7);
  out.why = row.text(8);
  if (!row.is_null(9)) out.again_on = day_of(row.integer(9));
  out.customer = row.text(10);
  out.listing = row.text(11);
  out.seen = row.integer(12);
  out.content = row.text(13);
  out.score = row.real(14);
  out.as_of = day_of(row.integer(15));
  out.customer_name = row.text(16);
  out.caption = row.text(17);
  if (!row.is_null(18)) {
    out.policy = Policy{row.integer(18) != 0, row.integer(19) != 0, row.real(20), static_cast<int>(row.integer(21))};
  }
  return out;
}

}  // namespace

Result<Database> open_file(const std::filesystem::path& path, Book::Mode mode) {
  if (mode == Book::Mode::write && path.has_parent_path()) {
    std::error_code failed;
    std::filesystem::create_directories(path.parent_path(), failed);  // opening says what is wrong, if anything is
  }
  const auto opening = mode == Book::Mode::write ? store::Opening::or_made : store::Opening::existing;
  auto database = store::open_laid_out(path, layout, opening, patience_ms);
  if (!database) return database;
  // FULL: an act that was answered is on the disk, also after a power failure.
  if (auto done = database->run("PRAGMA synchronous=FULL; PRAGMA trusted_schema=OFF"); !done) return done.error();
  return database;
}

Result<void> read_events(const Database& database, std::int64_t sequence, std::int64_t last,
                         const std::function<void(const Event&)>& visit) {
  Query query(database, fmt::format("{}WHERE e.sequence > ?1 AND e.sequence <= ?2 ORDER BY e.sequence", event_columns));
  query.bind(1, sequence).bind(2, last);
  while (query.next()) {
    const auto event = event_in(query);
    if (!event) return event.error();
    visit(*event);
  }
  return query.status();
}

Result<std::vector<Event>> read_events_of(const Database& database, std::int64_t review, std::int64_t last) {
  Query query(database, fmt::format("{}WHERE e.review = ?1 AND e.sequence <= ?2 ORDER BY e.sequence", event_columns));
  query.bind(1, review).bind(2, last);
  std::vector<Event> out;
  while (query.next()) {
    auto event = event_in(query);
    if (!event) return event.error();
    out.push_back(std::move(*event));
  }
  if (auto status = query.status(); !status) return status.error();
  return out;
}

Result<Seen> read_seen(const Database& database, std::int64_t id) {
  Query query(database,
              "SELECT content, score, as_of, customer_name, caption, customer_facts, listing_facts, query, hit, world "
              "FROM seen WHERE id = ?1");
  query.bind(1, id);
  if (!query.next()) {
    if (auto status = query.status(); !status) return status.error();
    return Error{Fault::bad_input, fmt::format("the reviews are damaged: what was seen under {} is missing", id), {}};
  }
  Seen out;
  out.content.hash = query.text(0);
  out.score = query.real(1);
  out.as_of = day_of(query.integer(2));
  out.customer_name = query.text(3);
  out.caption = query.text(4);
  out.content.customer = facts_from(query.text(5));
  out.content.listing = facts_from(query.text(6));
  out.query = query.text(7);
  out.hit = query.text(8);
  out.world = query.text(9);
  return out;
}

Result<std::int64_t> append_seen(const Database& database, const Seen& seen) {
  Query query(database,
              "INSERT INTO seen(content, score, as_of, customer_name, caption, customer_facts, listing_facts, query, "
              "hit, world) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
  const std::string customer = to_text(seen.content.customer);
  const std::string listing = to_text(seen.content.listing);
  query.bind(1, seen.content.hash).bind(2, seen.score).bind(3, number_of(seen.as_of)).bind(4, seen.customer_name);
  query.bind(5, seen.caption).bind(6, customer).bind(7, listing).bind(8, seen.query).bind(9, seen.hit);
  query.bind(10, seen.world);
  if (auto done = query.run(); !done) return done.error();
  return sqlite3_last_insert_rowid(database.handle());
}

Result<std::int64_t> append_event(const Database& database, const Event& event) {
  Query query(database,
              "INSERT INTO event(sequence, review, kind, at, by_name, by_key, decision, reason, why, again_on, "
              "customer, listing, seen) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)");
  query.bind(1, event.sequence).bind(2, event.review).bind(3, to_string(event.kind));
  query.bind(4, static_cast<std::int64_t>(event.at.time_since_epoch().count())).bind(5, event.by.name);
  query.bind(6, event.by.key).bind(7, to_string(event.decision)).bind(8, event.reason).bind(9, event.why);
  if (event.again_on) {
    query.bind(10, number_of(*event.again_on));
  } else {
    query.bind_null(10);
  }
  query.bind(11, event.customer).bind(12, event.listing);
  if (event.seen != 0) {
    query.bind(13, event.seen);
  } else {
    query.bind_null(13);
  }
  if (auto done = query.run(); !done) return done.error();
  if (!event.policy) return event.sequence;
  Query policy(database,
               "INSERT INTO policy(event, second_for_false_positive, second_for_true_match, score_rise, "
               "again_after_days) VALUES(?1, ?2, ?3, ?4, ?5)");
  policy.bind(1, event.sequence).bind(2, std::int64_t{event.policy->second_for_false_positive});
  policy.bind(3, std::int64_t{event.policy->second_for_true_match}).bind(4, event.policy->score_rise);
  policy.bind(5, std::int64_t{event.policy->again_after_days});
  if (auto done = policy.run(); !done) return done.error();
  return event.sequence;
}

}  // namespace interdict::reviews
