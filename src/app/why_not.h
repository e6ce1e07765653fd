// interdict screen --why-not: a listing that did not come up, and the reason.
#pragma once

#include <string>

#include "app/command.h"
#include "app/world.h"
#include "screen/screen.h"

namespace interdict::app {

/// Prints why the listing is no hit for the query, or by what it is; gives the exit code.
int print_why_not(const Common& common, const OpenWorld& world, const screen::Query& query,
                  const screen::Options& options, const std::string& listing);

}  // namespace interdict::app
