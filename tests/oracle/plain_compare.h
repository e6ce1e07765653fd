// The plain textbook version of names::score: every assignment tried, the formula of docs/matching.md written out.
#pragma once

#include "names/names.h"

namespace interdict::oracle {

/// For names of a few tokens: the time grows with the factorial of their number.
[[nodiscard]] double plain_score(const names::Name& query, const names::Name& listed);

}  // namespace interdict::oracle
