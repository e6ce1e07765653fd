// What the verbs that draw or cover a span of days share.
#pragma once

#include <string>
#include <utility>

#include "app/case_at_hand.h"

namespace interdict::app {

/// First day and the day after the last; by default six years up to `as_of`. At most a century.
[[nodiscard]] Result<std::pair<Day, Day>> span_asked(const std::string& from, const std::string& to, Day as_of);
/// To the file, or to standard output for "-"; gives the exit code.
int write_picture(const std::string& path, const std::string& svg);
/// The trail of a thing of the case, printed; gives the exit code.
int case_history(const CaseOptions& at_hand, const std::string& id);

}  // namespace interdict::app
