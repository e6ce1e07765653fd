// What a list says on one day against what it said on another.
#include <fmt/format.h>

#include "store/store_impl.h"
#include "store/timeline.h"

namespace interdict::store {
namespace {

PartyChange told(std::string listing, std::string_view source, Comparison&& compared) {
  PartyChange out;
  switch (compared.difference.step) {
    case Step::added:
      out.kind = PartyChange::Kind::added;
      break;
    case Step::removed:
      out.kind = PartyChange::Kind::removed;
      break;
    case Step::changed:
    case Step::nothing:
      out.kind = PartyChange::Kind::changed;
      break;
  }
  const Party party{std::move(listing), std::string(source), std::move(compared.content.schema),
                    std::move(compared.content.statements)};
  out.listing = party.id;
  out.caption = party.caption();
  out.schema = party.schema;
  out.went = std::move(compared.difference.went);
  out.came = std::move(compared.difference.came);
  return out;
}

}  // namespace

const char* to_string(PartyChange::Kind kind) {
  switch (kind) {
    case PartyChange::Kind::added:
      return "added";
    case PartyChange::Kind::changed:
      return "changed";
    case PartyChange::Kind::removed:
      return "removed";
  }
  return "unknown";
}

Result<Between> Store::between(std::string_view source, Day from, const World& to,
                               const std::function<void(PartyChange&&)>& visit) const {
  const Snapshot snapshot(impl_->database);
  if (!snapshot.status().ok()) return snapshot.status().error();
  const auto id = find_source(impl_->database, source);
  if (!id) return id.error();
  if (!id->has_value()) {
    return Error{Fault::not_found, fmt::format("the store has no source \"{}\"", source), {}};
  }
  const auto timeline = Timeline::read(impl_->database, **id, to.known_at, to.loaded_to);
  if (!timeline) return timeline.error();
  Between out;
  out.source = source;
  out.versions = timeline->versions();
  if (timeline->hides()) {
    for (Rank rank = 0; rank < out.versions.size(); ++rank) {
      const auto tally = count(impl_->database, *timeline, rank);
      if (!tally) return tally.error();
      out.versions[rank].added = tally->added;
      out.versions[rank].changed = tally->changed;
      out.versions[rank].removed = tally->removed;
    }
  }
  const auto last = timeline->last_before(to.as_of + std::chrono::days(1));
  if (!last) return out;
  const auto first = timeline->last_before(from + std::chrono::days(1));
  out.from_first = !first;
  const Rank begin = first.value_or(0);
  out.from = out.versions.at(begin);
  out.to = out.versions.at(*last);
  Records records(impl_->database);
  TrailFinder trails(impl_->database, *timeline);
  Query touched = touched_listings(impl_->database, *timeline, begin, *last);
  while (touched.next()) {
    const auto trail = trails.find(touched.text(0));
    if (!trail) return trail.error();
    auto compared = compare(*trail, begin, *last, records);
    if (!compared) return std::move(compared).error();
    if (compared->difference.step == Step::nothing) continue;
    visit(told(fmt::format("{}:{}", source, trail->listing), source, std::move(*compared)));
  }
  if (auto status = touched.status(); !status) return status.error();
  return out;
}

}  // namespace interdict::store
