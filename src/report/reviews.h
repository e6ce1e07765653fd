// Reviews as JSON, as text, and as one page that can be printed and kept.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reviews/mark.h"
#include "reviews/reviews.h"

namespace interdict::report {

/// A review with all that its record holds.
struct ReviewCase {
  reviews::Review review;
  std::vector<reviews::Event> events;
  reviews::Seen seen;                       // what was looked at last
  std::optional<reviews::Seen> decided_on;  // where that is something else
  std::vector<reviews::Difference> changes;
};
[[nodiscard]] Result<ReviewCase> review_case(const reviews::Book& book, std::int64_t id);

/// As one of a list (docs/api.md).
[[nodiscard]] std::string review_json(const reviews::Review& review);
[[nodiscard]] std::string reviews_json(const std::vector<reviews::Review>& reviews);
[[nodiscard]] std::string review_case_json(const ReviewCase& all);
[[nodiscard]] std::string policy_json(const reviews::Policy& policy);

/// One line a review.
[[nodiscard]] std::string reviews_text(const std::vector<reviews::Review>& reviews);
[[nodiscard]] std::string review_case_text(const ReviewCase& all);
[[nodiscard]] std::string policy_text(const reviews::Policy& policy);

/// The whole case as one HTML file without script and without anything from elsewhere, laid out for paper too.
/// `made`: when.
[[nodiscard]] std::string review_html(const ReviewCase& all, Instant made);

/// The result of a screening with a `review` in each hit, and the false positives that were put apart.
[[nodiscard]] std::string screen_json(const screen::Query& query, const reviews::Marked& marked,
                                      std::string_view world_json, double threshold, bool hidden);
/// The same for a reviewer.
[[nodiscard]] std::string screen_text(const screen::Query& query, const reviews::Marked& marked, double threshold);
/// report::hit_csv_header, and of each hit's review the status, the id and why it reopened.
inline constexpr std::string_view marked_csv_header =
    "query_id,score,match,listing_id,caption,source,matched_name,review,review_id,reopened_by\n";
[[nodiscard]] std::string hits_csv(std::string_view query_id, const reviews::Marked& marked);
/// The parts of a result as a review keeps them.
[[nodiscard]] std::string query_json(const screen::Query& query);
[[nodiscard]] std::string hit_json(const screen::Hit& hit);
/// A hit as it is seen now, to be kept.
[[nodiscard]] reviews::Seen seen_now(const screen::Query& query, const screen::Hit& hit, reviews::Content content,
                                     std::string_view world_json, Day as_of);
/// Writes down what this screening reopens; where it looks back, nothing. Another screening may be first: no fault.
[[nodiscard]] Result<void> keep_reopenings(reviews::Book& book, const index::Snapshot& snapshot,
                                           const screen::Query& query, const reviews::Marked& marked,
                                           std::string_view world_json, Day as_of, bool looks_back, Instant at);

}  // namespace interdict::report
