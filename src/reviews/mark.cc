#include "reviews/mark.h"

#include <fmt/format.h>

namespace interdict::reviews {

Result<Marked> mark(const Book& book, const index::Snapshot& snapshot, const screen::Query& query,
                    std::vector<screen::Hit> hits, const Marking& marking) {
  Marked out;
  std::size_t counted = 0;
  for (screen::Hit& hit : hits) {
    const auto content = content_of(query, snapshot, hit.id);
    if (!content) return content.error();
    auto standing = book.standing_of(query.id, hit.id, *content, hit.score, marking.as_of, marking.today);
    if (!standing) return standing.error();
    ++(standing->is_quiet() ? out.quiet : out.due);
    const bool is_cleared = standing->status == Status::false_positive;
    if (is_cleared && marking.hide) {
      out.apart.push_back(std::move(hit));
      out.apart_standings.push_back(std::move(*standing));
      continue;
    }
    // A reopening must be written down even where the limit leaves the hit out.
    if (!is_cleared && marking.limit != 0 && counted == marking.limit && !standing->reopens_now) continue;
    if (!is_cleared) ++counted;
    out.hits.push_back(std::move(hit));
    out.standings.push_back(std::move(*standing));
  }
  return out;
}

Result<screen::Hit> hit_on(const index::Snapshot& snapshot, const screen::Query& query, const std::string& listing,
                           double threshold) {
  const auto party = snapshot.find(listing);
  if (!party) return Error{Fault::not_found, fmt::format("no listing '{}'", listing), {}};
  screen::Options options{.threshold = threshold, .limit = 0};
  options.sources.emplace_back(snapshot.source(*party));
  for (screen::Hit& hit : screen::screen(snapshot, query, options)) {
    if (hit.id == listing) return std::move(hit);
  }
  return Error{Fault::not_found, fmt::format("'{}' is no hit for this customer at {}", listing, threshold), {}};
}

}  // namespace interdict::reviews
