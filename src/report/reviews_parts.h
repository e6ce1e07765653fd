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

}  // namespace interdict::report
