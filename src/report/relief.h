// Relief and simulation as JSON and as text.
#pragma once

#include <string>

#include "relief/relief.h"
#include "relief/simulate.h"

namespace interdict::report {

/// The result object of `interdict relief` (docs/api.md). `shown` options at most; 0 for all.
[[nodiscard]] std::string relief_json(const Deal& deal, const relief::Answer& answer, const law::CaseIndex& world,
                                      const law::Dates& dates, std::size_t shown);
[[nodiscard]] std::string relief_text(const Deal& deal, const relief::Answer& answer, const law::CaseIndex& world,
                                      const law::Dates& dates, std::size_t shown);

[[nodiscard]] std::string simulation_json(const Scenario& scenario, const relief::Simulation& simulation,
                                          const Case& before);
[[nodiscard]] std::string simulation_text(const Scenario& scenario, const relief::Simulation& simulation,
                                          const Case& before);

}  // namespace interdict::report
