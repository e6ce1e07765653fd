#include "app/memory.h"

#include <chrono>

#include "report/reviews.h"

namespace interdict::app {

Result<Memory> Memory::open(const Common& common, const OpenWorld& world) {
  auto book = reviews::Book::open(reviews_path(common), reviews::Book::Mode::write);
  if (!book) return std::move(book).error();
  return Memory(std::move(*book), world);
}

Result<reviews::Marked> Memory::mark(const screen::Query& query, std::vector<screen::Hit> hits, std::size_t limit) {
  const Instant at = now();
  const Day as_of = world_->world.as_of;
  const reviews::Marking marking{
      .limit = limit, .hide = false, .as_of = as_of, .today = std::chrono::floor<std::chrono::days>(at)};
  auto marked = reviews::mark(book_, world_->snapshot, query, std::move(hits), marking);
  if (!marked) return marked;
  const bool looks_back = world_->world.known_at.has_value();
  if (auto kept = report::keep_reopenings(book_, world_->snapshot, query, *marked, world_->json, as_of, looks_back, at);
      !kept) {
    return kept.error();
  }
  return marked;
}

}  // namespace interdict::app
