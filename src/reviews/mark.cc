#include "reviews/mark.h"

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

}  // namespace interdict::reviews
