// The memory of matches on the command line: the file beside the store, and the world that is screened.
#pragma once

#include <vector>

#include "app/command.h"
#include "app/world.h"
#include "reviews/mark.h"
#include "reviews/reviews.h"

namespace interdict::app {

class Memory {
 public:
  /// `world` must outlive it.
  static Result<Memory> open(const Common& common, const OpenWorld& world);

  /// The hits with what was decided on each; what this screening reopens is written down. `hits`: all of the query.
  Result<reviews::Marked> mark(const screen::Query& query, std::vector<screen::Hit> hits, std::size_t limit);

 private:
  Memory(reviews::Book book, const OpenWorld& world) : book_(std::move(book)), world_(&world) {}

  reviews::Book book_;
  const OpenWorld* world_;
};

}  // namespace interdict::app
