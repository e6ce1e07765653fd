// The `when` of measures and exceptions.
#pragma once

#include <string_view>

#include "casefile/fields.h"

namespace interdict::casefile {

/// Keys of one map all hold; values of one key are alternatives; `any`, `all` are lists of such maps, `not` is one.
Condition read_condition(Fields& fields, std::string_view key);

}  // namespace interdict::casefile
