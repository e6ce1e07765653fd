// The file of a Book: the log as SQLite keeps it.
#pragma once

#include <functional>

#include "reviews/reviews.h"
#include "store/sqlite.h"

namespace interdict::reviews {

/// Opens a reviews file, in Mode::write making what is missing. Never alters a file that is something else.
Result<store::Database> open_file(const std::filesystem::path& path, Book::Mode mode);

/// Every event after `sequence`, up to and with `last`, in order.
Result<void> read_events(const store::Database& database, std::int64_t sequence, std::int64_t last,
                         const std::function<void(const Event&)>& visit);
/// The events of one review, up to and with `last`; of the policy for 0.
Result<std::vector<Event>> read_events_of(const store::Database& database, std::int64_t review, std::int64_t last);
Result<Seen> read_seen(const store::Database& database, std::int64_t id);

// Inside a transaction: append, and give back the number of what was appended.
Result<std::int64_t> append_seen(const store::Database& database, const Seen& seen);
Result<std::int64_t> append_event(const store::Database& database, const Event& event);

}  // namespace interdict::reviews
