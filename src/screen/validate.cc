// For the people who answer for a threshold: what lies below it, and why a listing did.
#include <fmt/format.h>

#include <algorithm>

#include "screen/evidence.h"
#include "screen/screen.h"
#include "screen/subject.h"

namespace interdict::screen {

std::vector<Hit> below_the_line(const index::Snapshot& snapshot, const Query& query, const Options& options,
                                double low) {
  Options wide = options;
  wide.threshold = std::min(low, options.threshold);
  wide.limit = 0;
  std::vector<Hit> hits = screen(snapshot, query, wide);
  std::erase_if(hits, [&](const Hit& hit) { return hit.score >= options.threshold; });
  for (Hit& hit : hits) hit.match = false;
  if (options.limit != 0 && hits.size() > options.limit) hits.resize(options.limit);
  return hits;
}

namespace {

/// How one listed name compares with the query name that agrees best with it.
WhyNot::Name compare_name(const index::Snapshot& snapshot, const std::vector<names::Name>& asked, std::uint32_t name,
                          const Findings& findings) {
  WhyNot::Name out;
  out.listed = snapshot.name(name).text;
  out.use = snapshot.use_of(name);
  double best = -1;
  for (const names::Name& one : asked) {
    auto comparison = names::compare(one, snapshot.name(name), 0);
    if (!comparison || comparison->score <= best) continue;
    best = comparison->score;
    out.query = one.text;
    out.comparison = std::move(*comparison);
  }
  out.score = findings.apply(counted(std::max(best, 0.0), out.use));
  return out;
}

std::string reason_for(const WhyNot& why, double by_name, std::size_t limit) {
  if (!why.is_comparable) return "its schema cannot be compared with the query's";
  if (!why.is_among_sources) return "its source is not among those asked for";
  if (why.is_shown) return "it does hit: its score reaches the threshold";
  if (why.rank > 0) return fmt::format("it does hit, at place {}; the limit shows {}", why.rank, limit);
  if (why.names.empty()) return "it has no name, and no identifier is shared";
  if (by_name >= why.threshold) return "its name would reach the threshold; other evidence speaks against it";
  return "its best name agrees too little with the query";
}

}  // namespace

Result<WhyNot> why_not(const index::Snapshot& snapshot, const Query& query, const Options& options,
                       std::string_view listing_id) {
  const auto party = snapshot.find(listing_id);
  if (!party) return Error{Fault::not_found, fmt::format("no listing '{}' in this index", listing_id), {}};
  // Read as though its schema and source were welcome, so that the comparison can be shown even if they are not.
  const std::string_view schema = snapshot.schema(*party);
  const std::string_view source = snapshot.source(*party);
  Query as_comparable = query;
  Options anywhere = options;
  anywhere.sources.clear();
  WhyNot why;
  why.id = listing_id;
  why.caption = snapshot.caption(*party);
  why.schema = schema;
  why.source = source;
  why.threshold = options.threshold;
  why.is_comparable = are_comparable(query.schema, schema);
  why.is_among_sources = options.sources.empty() || std::ranges::find(options.sources, source) != options.sources.end();
  if (!why.is_comparable) as_comparable.schema = schema;

  const Subject subject(snapshot, as_comparable, anywhere);
  const std::vector<names::Name>& asked = subject.names(subject.kind_of(*party));
  const Findings findings = weigh(subject.questions(), snapshot.statements(*party));
  double by_name = 0;
  for (std::uint32_t name = snapshot.first_name(*party); name < snapshot.first_name(*party + 1); ++name) {
    why.names.push_back(compare_name(snapshot, asked, name, findings));
    by_name = std::max(by_name, counted(why.names.back().comparison.score, why.names.back().use));
  }
  std::ranges::stable_sort(why.names, std::ranges::greater{}, &WhyNot::Name::score);
  findings.explain(by_name, why.evidence);
  why.score = findings.apply(by_name);
  why.needed = findings.needed_for(options.threshold) + 1e-9;  // without its room for rounding
  if (why.is_comparable && why.is_among_sources && why.score >= why.threshold) {
    Options unlimited = options;
    unlimited.limit = 0;
    const std::vector<Hit> hits = screen(snapshot, query, unlimited);
    const auto at = std::ranges::find(hits, listing_id, &Hit::id);
    INTERDICT_ASSERT(at != hits.end());
    why.rank = static_cast<std::size_t>(at - hits.begin()) + 1;
    why.is_shown = options.limit == 0 || why.rank <= options.limit;
  }
  why.reason = reason_for(why, by_name, options.limit);
  return why;
}

}  // namespace interdict::screen
