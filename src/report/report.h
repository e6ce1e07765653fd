// The report room: results as JSON, text and CSV, written once for the command line and the server alike.
//
// JSON is the result; text is the same result laid out for people. Nothing here decides anything. JSON is UTF-8 on one
// line without a final newline; text ends in a newline and is plain ASCII beside the names it shows. Floating-point
// numbers are printed with the fewest digits that read back to the same value, scores in text with two decimals,
// rounded down so that nothing below a threshold is ever printed as reaching it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"
#include "screen/screen.h"

namespace interdict::report {

/// The result object of `interdict screen` (docs/api.md). `world_json` is put in as it is.
[[nodiscard]] std::string screen_json(const screen::Query& query, const std::vector<screen::Hit>& hits,
                                      std::string_view world_json, double threshold);
/// The same for a reviewer: one block a hit, each piece of evidence on a line.
[[nodiscard]] std::string screen_text(const screen::Query& query, const std::vector<screen::Hit>& hits,
                                      double threshold);

/// Why a listing is no hit, or by what it is one: its best name laid out, all evidence, what was missing.
[[nodiscard]] std::string why_not_json(const screen::Query& query, const screen::WhyNot& why,
                                       std::string_view world_json);
[[nodiscard]] std::string why_not_text(const screen::Query& query, const screen::WhyNot& why);

inline constexpr std::string_view hit_csv_header = "query_id,score,match,listing_id,caption,source,matched_name\n";
/// RFC 4180, a row for each hit of the query with this id.
[[nodiscard]] std::string hits_csv(std::string_view query_id, const std::vector<screen::Hit>& hits);
/// One field, quoted where RFC 4180 asks for it.
[[nodiscard]] std::string csv_field(std::string_view value);

/// A comparison of two names: {"score":..,"match":..,"pairs":[..],...}.
[[nodiscard]] std::string comparison_json(const names::Comparison& comparison, double threshold);
[[nodiscard]] std::string comparison_text(const names::Comparison& comparison, double threshold);

/// A party with all its statements: {"id":..,"schema":..,"properties":{prop:[values]},"statements":[..]}.
[[nodiscard]] std::string party_json(const Party& party, std::string_view standing);
[[nodiscard]] std::string party_text(const Party& party, std::string_view standing);

}  // namespace interdict::report
