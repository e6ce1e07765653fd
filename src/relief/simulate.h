// What if these things happened: a case edited step by step, with conditions watched.
//
// A scenario's steps are dated acts on a copy of the case: suspend (on condition), lift, reinstate, adopt, license,
// delist, list, veto, lapse, release, arrest, event, and the changes that deals offer (reroute, ...). A suspension
// whose condition is broken by a later step, by its act or its kind of event, is undone on that step's day; what was
// lifted outright is not. A veto keeps an act from being renewed: it lapses, with what rests on it, when the window
// that the case knew before the veto ends.
#pragma once

#include <string>
#include <vector>

#include "law/law.h"
#include "model/scenario.h"

namespace interdict::relief {

/// What a step did to the world, a line each, in the order it was done.
struct Effected {
  std::string step;
  Day on;
  std::string title;
  std::vector<std::string> done;      // "eu-1i suspended from 2025-07-01"
  std::vector<std::string> snapback;  // what a broken condition brought back
  std::vector<std::string> fallback;  // measures of others that may now be brought into force, and what it takes
};

/// A deal's verdict on a day, in the world as it was and in the world as edited by all steps up to that day.
struct VerdictPair {
  std::string deal;
  Day on;
  law::Judgment before;
  law::Judgment after;
};

struct Simulation {
  std::vector<Effected> steps;
  std::vector<VerdictPair> verdicts;  // by deal, then by day: each step's day, the day a lapse takes effect, days asked
  Case world;                         // after all steps
};

/// `deals` are those the scenario names, read. A step that asks what the case cannot do (a veto of an act without
/// windows, a licence without parties) is an Error with its place.
[[nodiscard]] Result<Simulation> simulate(const Scenario& scenario, const std::vector<Deal>& deals, const Case& world,
                                          std::optional<Day> known_at = {});

}  // namespace interdict::relief
