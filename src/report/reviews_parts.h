// Parts of results that screenings and reviews share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/json.h"
#include "reviews/content.h"

namespace interdict::report {

/// "changes": [...]
void write_differences(Json& json, const std::vector<reviews::Difference>& changes);
/// A code, or several with commas between, for people: "listing changed; score rose".
[[nodiscard]] std::string words(std::string_view code);
/// A score to two decimals, rounded down: a hit at 0.6999 must not read as 0.70 beside a threshold of 0.70. A small
/// allowance keeps 0.70 itself, which binary cannot hold exactly, from printing as 0.69.
[[nodiscard]] double shown(double score);

}  // namespace interdict::report
