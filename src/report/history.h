// Trails, ledgers and daily verdicts as JSON, as text and as pictures (SVG 1.1, self-contained, UTF-8).
#pragma once

#include <string>
#include <vector>

#include "law/history.h"

namespace interdict::report {

[[nodiscard]] std::string trail_json(std::string_view id, const std::vector<law::TrailEntry>& trail,
                                     const law::CaseIndex& world, const law::Dates& dates);
[[nodiscard]] std::string trail_text(const std::vector<law::TrailEntry>& trail);

[[nodiscard]] std::string ledger_json(const law::Ledger& ledger, const std::vector<law::Granted>& granted,
                                      const law::CaseIndex& world, const law::Dates& dates);
[[nodiscard]] std::string ledger_text(const law::Ledger& ledger, const std::vector<law::Granted>& granted,
                                      const law::CaseIndex& world, const law::Dates& dates);

struct DealSpans {
  std::string deal;  // its id
  std::vector<law::VerdictSpan> spans;
  std::string title;
};
/// Every change of a verdict with the act or the end of a licence that made it, authority by authority.
[[nodiscard]] std::string spans_json(const std::vector<DealSpans>& deals, const law::CaseIndex& world);
[[nodiscard]] std::string spans_text(const std::vector<DealSpans>& deals, const law::CaseIndex& world);
[[nodiscard]] std::string spans_svg(const std::vector<DealSpans>& deals, const law::CaseIndex& world);

/// Measures as bars by authority and status, licences as lighter bars, events and claims as marks.
/// `about`: measures, parties or authorities to show; empty: measures that turn on no listing, and the listings of
/// parties that a demand names.
[[nodiscard]] std::string timeline_svg(const law::CaseIndex& world, const law::Dates& dates, Day from, Day until,
                                       const std::vector<std::string>& about);
/// The same as data: rows with bars and licences, events and claims, each with its id and sources.
[[nodiscard]] std::string timeline_json(const law::CaseIndex& world, const law::Dates& dates, Day from, Day until,
                                        const std::vector<std::string>& about);
/// Releases and arrests as steps, counts of prisoners as points.
[[nodiscard]] std::string ledger_svg(const law::Ledger& ledger, const law::CaseIndex& world, const law::Dates& dates);

}  // namespace interdict::report
