// A scenario: dated things that did not happen, to be tried on a copy of a case.
#pragma once

#include <string>
#include <vector>

#include "model/date.h"
#include "model/result.h"

namespace interdict {

struct ScenarioStep {
  std::string id;
  Day on;
  std::string act;  // suspend | lift | reinstate | adopt | license | delist | list | veto | lapse | release | arrest |
                    // event | reroute (or another change that a deal offers)
  std::vector<std::string> measures;
  std::vector<std::string> parties;  // with measures: only their listings
  std::string renewal;               // of a veto or lapse: the act that is not renewed, or ends that day
  std::string condition;             // of a suspension: its name
  std::string broken_by;             // of a suspension: the act, or kind of event, that breaks the condition
  std::string kind;                  // of an event
  std::string alternative;           // of a change of deals: the alternative they take from that day
  int count = 0;                     // of a release or arrest
  std::string title;
  Place place;
};

struct Scenario {
  std::string id;
  std::string title;
  std::vector<std::string> deals;  // to be judged before and after
  std::vector<Day> ask;            // further days to judge them on
  std::vector<ScenarioStep> steps;
};

}  // namespace interdict
