// The hits of a screening, with what the memory says of each.
#pragma once

#include "reviews/reviews.h"

namespace interdict::reviews {

struct Marked {
  std::vector<screen::Hit> hits;
  std::vector<Standing> standings;  // one a hit
  std::vector<screen::Hit> apart;   // false positives, when they are to be hidden
  std::vector<Standing> apart_standings;
  std::size_t quiet = 0;  // of all hits: decided, and nothing that matters has changed
  std::size_t due = 0;    // of all hits: the others
};

struct Marking {
  std::size_t limit = 10;  // false positives do not count; 0: no limit
  bool hide = false;       // false positives go apart; true matches never do
  Day as_of{};             // of the world that was screened
  Day today{};
};

/// `hits`: all of the query, screened without a limit, so that quiet ones crowd out no other.
Result<Marked> mark(const Book& book, const index::Snapshot& snapshot, const screen::Query& query,
                    std::vector<screen::Hit> hits, const Marking& marking);

/// The hit of one query on one listing; an Error (not_found) when the listing is not there or is no hit.
Result<screen::Hit> hit_on(const index::Snapshot& snapshot, const screen::Query& query, const std::string& listing,
                           double threshold);

}  // namespace interdict::reviews
