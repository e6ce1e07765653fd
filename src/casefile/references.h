// What no section of a case file can tell alone: that the whole case holds together.
#pragma once

#include <vector>

#include "casefile/casefile.h"
#include "casefile/fields.h"

namespace interdict::casefile {

/// Ids are unique, name what exists and is of the right kind; shares add up, windows do not overlap, exceptions make no
/// cycle. `warnings` takes what may be meant so, but seldom is.
void check_references(const Case& whole, Errors& errors, std::vector<Error>& warnings);

}  // namespace interdict::casefile
