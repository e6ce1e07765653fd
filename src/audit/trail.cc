#include "audit/trail.h"

#include <fmt/format.h>

#include <map>

#include "audit/file.h"
#include "store/digest.h"

namespace interdict::audit {

using store::Database;
using store::Query;
using store::Writing;

struct Trail::Impl {
  Database database;
};

Trail::Trail(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Trail::Trail(Trail&&) noexcept = default;
Trail& Trail::operator=(Trail&&) noexcept = default;
Trail::~Trail() = default;

namespace {

constexpr const char* filtered =
    "SELECT {} FROM record r WHERE (?1 IS NULL OR at >= ?1) AND (?2 IS NULL OR at < ?2) AND (?3 = '' OR caller = ?3 "
    "OR key = ?3) AND (?4 = '' OR operation = ?4) AND (NOT ?5 OR replayable = 1)";

void bind(Query& query, const Filter& filter) {
  const auto moment = [&](int index, const std::optional<Instant>& at) {
    if (at) {
      query.bind(index, static_cast<std::int64_t>(at->time_since_epoch().count()));
    } else {
      query.bind_null(index);
    }
  };
  moment(1, filter.since);
  moment(2, filter.until);
  query.bind(3, filter.caller).bind(4, filter.operation).bind(5, std::int64_t{filter.replayable});
}

/// One pass over the records in order.
class Verification {
 public:
  explicit Verification(const Database& database) : database_(database) {}

  Result<void> run() {
    if (auto done = read_prunes(); !done) return done;
    Query query(database_, fmt::format("SELECT {} FROM record r ORDER BY number", record_columns));
    while (!out_.flaw && query.next()) {
      if (auto done = take(record_in(query)); !done) return done;
    }
    if (auto status = query.status(); !status) return status;
    if (out_.flaw) return {};
    if (auto done = read_texts(); !done || out_.flaw) return done;
    const auto said = written_head(database_);
    if (!said) return said.error();
    if (said->number > out_.head.number) {
      found(Flaw::Kind::cut_short, out_.head.number + 1,
            fmt::format("the trail was written up to record {} and ends before this one", said->number));
    } else if (!(*said == out_.head)) {
      found(Flaw::Kind::edited, said->number, "what the trail says of its own end was edited");
    }
    return {};
  }

  Result<void> meet(const Head& known) {
    if (out_.flaw || known.number == 0) return {};
    if (known.number > out_.head.number) {
      found(Flaw::Kind::cut_short, out_.head.number + 1,
            fmt::format("record {} is known to have been, and the trail ends before this one", known.number));
      return {};
    }
    Query query(database_, "SELECT hash FROM record WHERE number = ?1");
    query.bind(1, known.number);
    if (query.next() && query.blob(0) != known.hash) {
      found(
          Flaw::Kind::another, known.number,
          fmt::format("its hash is {}, and was {}: it, or one before it, was changed and all hashes after it made anew",
                      hex(query.blob(0)), hex(known.hash)));
    }
    return query.status();
  }

  Verified finish() { return std::move(out_); }

 private:
  void found(Flaw::Kind kind, std::int64_t number, std::string detail) {
    out_.flaw = Flaw{kind, number, std::move(detail)};
  }

  Result<void> take(const Record& record) {
    const std::int64_t expected = out_.head.number + 1;
    const std::string itself = chained(record.previous, record.at, record.content_hash);
    if (!record.sound || itself != record.hash || (record.content && hash_of(*record.content) != record.content_hash)) {
      found(Flaw::Kind::edited, record.number, "the record is not what its hash was taken of");
      return {};
    }
    if (record.previous != out_.head.hash) return misplaced(record, expected);
    if (record.number != expected) {  // numbers alone were changed
      found(Flaw::Kind::out_of_order, record.number,
            fmt::format("the record stands as {} and is {}", record.number, expected));
      return {};
    }
    out_.head = {record.number, record.hash};
    if (record.content) return look_at(*record.content, record);
    emptied(record);
    return {};
  }

  Result<void> misplaced(const Record& record, std::int64_t expected) {
    Query query(database_, "SELECT number FROM record WHERE hash = ?1");
    query.bind_blob(1, record.previous);
    const bool moved = query.next() || record.previous == no_hash;
    const std::int64_t after = moved && record.previous != no_hash ? query.integer(0) : 0;
    if (auto status = query.status(); !status) return status;
    if (moved) {
      found(Flaw::Kind::out_of_order, record.number,
            after == 0 ? "the record is the first one that was written"
                       : fmt::format("the record was written after the one that now stands as {}", after));
    } else if (record.number > expected) {
      found(Flaw::Kind::missing, expected,
            record.number == expected + 1 ? "the record is not there"
                                          : fmt::format("the records up to {} are not there", record.number - 1));
    } else {
      found(Flaw::Kind::missing, record.number,
            "the record was written after another one that is not there: that one was removed, or was changed and its "
            "hash made anew");
    }
    return {};
  }

  void emptied(const Record& record) {
    ++out_.pruned;
    for (const Prune& prune : prunes_) {
      if (prune.number > record.number && record.at < prune.before) return;
    }
    found(Flaw::Kind::emptied, record.number, "the content was removed, and no prune is recorded that did it");
  }

  /// That they are what was written shows when the pass comes to them.
  Result<void> read_prunes() {
    Query query(database_, "SELECT number, target FROM record WHERE operation = ?1");
    query.bind(1, prune_operation);
    while (query.next()) {
      if (const auto before = parse_instant(query.text(1))) prunes_.push_back({query.integer(0), *before});
    }
    return query.status();
  }

  /// Cases, which worlds name.
  Result<void> read_texts() {
    Query query(database_, "SELECT name, value FROM text");
    while (query.next()) {
      if (store::digest_name(store::sha256(query.text(1))) == query.text(0)) continue;
      Query first(database_,
                  "SELECT min(number) FROM record r JOIN text t ON r.world = t.name WHERE instr(t.value, ?1) > 0");
      first.bind(1, query.text(0));
      const std::int64_t number = first.next() ? first.integer(0) : 0;
      if (auto status = first.status(); !status) return status;
      found(Flaw::Kind::text_edited, number, "the case that its world names was edited");
      return {};
    }
    return query.status();
  }

  Result<void> look_at(const Content& content, const Record& record) {
    if (content.what.world.empty()) return {};
    auto& state = texts_[content.what.world];
    if (state == Text::unread) {
      Query query(database_, "SELECT value FROM text WHERE name = ?1");
      query.bind(1, content.what.world);
      state = query.next() && store::digest_name(store::sha256(query.text(0))) == content.what.world ? Text::sound
                                                                                                     : Text::damaged;
      if (auto status = query.status(); !status) return status;
    }
    if (state == Text::damaged) {
      found(Flaw::Kind::text_edited, record.number, "the world that the record names was edited or removed");
    }
    return {};
  }

  struct Prune {
    std::int64_t number;
    Instant before;
  };
  enum class Text : std::uint8_t { unread, sound, damaged };
  const Database& database_;
  Verified out_;
  std::map<std::string, Text> texts_;
  std::vector<Prune> prunes_;
};

}  // namespace

const char* to_string(Flaw::Kind kind) {
  switch (kind) {
    case Flaw::Kind::edited:
      return "edited";
    case Flaw::Kind::missing:
      return "missing";
    case Flaw::Kind::out_of_order:
      return "out_of_order";
    case Flaw::Kind::emptied:
      return "emptied";
    case Flaw::Kind::text_edited:
      return "text_edited";
    case Flaw::Kind::cut_short:
      return "cut_short";
    case Flaw::Kind::another:
      return "another";
  }
  INTERDICT_ASSERT(false);
}

Result<Trail> Trail::open(const std::filesystem::path& path) {
  auto database = open_file(path, false);
  if (!database) return std::move(database).error();
  return Trail(std::make_unique<Impl>(Impl{std::move(*database)}));
}

Result<Head> Trail::head() const { return last_record(impl_->database); }

Result<void> Trail::each(const Filter& filter, const std::function<bool(const Record&)>& visit) const {
  std::int64_t from = 0;
  if (filter.limit != 0) {
    Query query(impl_->database, fmt::format("SELECT min(number) FROM ({} ORDER BY number DESC LIMIT ?6)",
                                             fmt::format(fmt::runtime(filtered), "number")));
    bind(query, filter);
    query.bind(6, static_cast<std::int64_t>(filter.limit));
    if (query.next()) from = query.integer(0);
    if (auto status = query.status(); !status) return status.error();
  }
  Query query(impl_->database,
              fmt::format(fmt::runtime(filtered), record_columns) + " AND number >= ?6 ORDER BY number");
  bind(query, filter);
  query.bind(6, from);
  while (query.next()) {
    if (!visit(record_in(query))) return {};
  }
  return query.status();
}

Result<Record> Trail::record(std::int64_t number) const {
  Query query(impl_->database, fmt::format("SELECT {} FROM record r WHERE number = ?1", record_columns));
  query.bind(1, number);
  if (query.next()) return record_in(query);
  if (auto status = query.status(); !status) return status.error();
  const auto end = head();
  if (!end) return end.error();
  return Error{Fault::not_found,
               end->number == 0 ? "the trail has no record yet"
                                : fmt::format("no record {}: the trail ends at record {}", number, end->number),
               {}};
}

Result<std::string> Trail::text(const std::string& name) const {
  Query query(impl_->database, "SELECT value FROM text WHERE name = ?1");
  query.bind(1, name);
  if (query.next()) {
    std::string out(query.text(0));
    if (store::digest_name(store::sha256(out)) == name) return out;
    return Error{Fault::inconsistent, fmt::format("the text {} of the trail was edited", name), {}};
  }
  if (auto status = query.status(); !status) return status.error();
  return Error{Fault::inconsistent, fmt::format("the text {} is not in the trail any more", name), {}};
}

Result<Verified> Trail::verify(const std::optional<Head>& known) const {
  const store::Snapshot one_state(impl_->database);
  if (!one_state.status()) return one_state.status().error();
  Verification verification(impl_->database);
  if (auto done = verification.run(); !done) return done.error();
  if (known) {
    if (auto done = verification.meet(*known); !done) return done.error();
  }
  return verification.finish();
}

Result<std::int64_t> Trail::prune(Instant before, const std::string& by, Instant now) {
  if (before > now) return Error{Fault::bad_usage, "only what is past can be pruned", {}};
  const auto verified = verify();
  if (!verified) return verified.error();
  if (verified->flaw) {
    return Error{Fault::inconsistent,
                 fmt::format("record {}: {}: what is damaged is evidence and stays", verified->flaw->number,
                             verified->flaw->detail),
                 {}};
  }
  const Database& database = impl_->database;
  // What is emptied is overwritten, in the file and in its log.
  if (auto done = database.run("PRAGMA secure_delete=ON"); !done) return done.error();
  std::int64_t pruned = 0;
  {
    Writing writing(database);
    if (!writing.status()) return writing.status().error();
    Query empty(
        database,
        "UPDATE record SET nonce = NULL, request_id = NULL, key = NULL, caller = NULL, role = NULL, operation = "
        "NULL, replayable = NULL, method = NULL, target = NULL, origin = NULL, body = NULL, world = NULL, "
        "reviews = NULL, status = NULL, type = NULL, answer = NULL WHERE at < ?1 AND nonce IS NOT NULL");
    empty.bind(1, static_cast<std::int64_t>(before.time_since_epoch().count()));
    if (auto done = empty.run(); !done) return done.error();
    pruned = sqlite3_changes64(database.handle());
    if (pruned == 0) return pruned;
    auto end = last_record(database);
    if (!end) return end.error();
    Answered what;
    what.at = now;
    what.key = "local";
    what.caller = by;
    what.operation = prune_operation;
    what.target = interdict::to_string(before);
    what.answer = std::to_string(pruned);
    what.type = "text/plain";
    what.status = 200;
    if (auto done = insert(database, next_record(*end, std::move(what))); !done) return done.error();
    if (auto done = write_head(database, *end); !done) return done.error();
    if (auto done = writing.commit(); !done) return done.error();
  }
  if (auto done = database.run("PRAGMA wal_checkpoint(TRUNCATE)"); !done) return done.error();
  return pruned;
}

}  // namespace interdict::audit
