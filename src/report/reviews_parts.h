// Parts of JSON that screenings and reviews share.
#pragma once

#include <vector>

#include "report/json.h"
#include "reviews/content.h"

namespace interdict::report {

/// "changes": [...]
void write_differences(Json& json, const std::vector<reviews::Difference>& changes);

}  // namespace interdict::report
