// interdict relief and simulate: the least that would have to change, and what happens if things happen.
#include "relief/relief.h"

#include <fmt/format.h>

#include <memory>

#include "app/case_at_hand.h"
#include "report/relief.h"

namespace interdict::app {
namespace {

struct ReliefOptions {
  CaseOptions at_hand;
  std::string deal;
  std::vector<std::string> fixed;
  std::size_t limit = 10;
};

int find_relief(const ReliefOptions& options) {
  const auto at_hand = open_case(options.at_hand, options.deal);
  if (!at_hand) return fail(at_hand.error());
  const auto deal = open_deal(options.deal, *at_hand);
  if (!deal) return fail(deal.error());
  const auto dates = dates_asked(options.at_hand.common, deal->on);
  if (!dates) return fail(dates.error());
  const law::CaseIndex world(at_hand->value);
  const relief::Answer answer = relief::find(*deal, world, *dates, {options.fixed.begin(), options.fixed.end()});
  if (options.at_hand.common.json) {
    fmt::print("{}\n", report::relief_json(*deal, answer, world, *dates, options.limit));
  } else {
    fmt::print("{}", report::relief_text(*deal, answer, world, *dates, options.limit));
  }
  return exit_done;
}

struct SimulateOptions {
  CaseOptions at_hand;
  std::string scenario;
  std::vector<std::string> deals;
};

int simulate(const SimulateOptions& options) {
  const auto at_hand = open_case(options.at_hand, options.scenario);
  if (!at_hand) return fail(at_hand.error());
  const auto scenario = open_scenario(options.scenario, *at_hand);
  if (!scenario) return fail(scenario.error());
  std::vector<Deal> deals;
  for (const auto* ids : {&scenario->deals, &options.deals}) {
    for (const std::string& id : *ids) {
      auto deal = open_deal(id, *at_hand);
      if (!deal) return fail(deal.error());
      deals.push_back(std::move(*deal));
    }
  }
  const auto dates = dates_asked(options.at_hand.common, {});
  if (!dates) return fail(dates.error());
  Scenario asked = *scenario;
  if (!options.at_hand.common.as_of.empty()) asked.ask.push_back(dates->as_of);
  const auto simulation = relief::simulate(asked, deals, at_hand->value, dates->known_at);
  if (!simulation) return fail(simulation.error());
  if (options.at_hand.common.json) {
    fmt::print("{}\n", report::simulation_json(asked, *simulation, at_hand->value));
  } else {
    fmt::print("{}", report::simulation_text(asked, *simulation, at_hand->value));
  }
  return exit_done;
}

}  // namespace

void add_relief(CLI::App& program, int& exit_code) {
  auto options = std::make_shared<ReliefOptions>();
  CLI::App* verb = program.add_subcommand(
      "relief", "The least that would have to change for a deal to be lawful, who decides it and how it is undone");
  add_case_options(*verb, options->at_hand);
  verb->add_option("deal", options->deal, "A deal file, or the id of one of the case's own deals")->required();
  verb->add_option("--fixed", options->fixed, "Parts of the deal that no option may change")
      ->check(CLI::IsMember({"route", "bank", "carrier", "insurer", "messaging"}))
      ->delimiter(',');
  verb->add_option("--limit", options->limit, "Options to show; 0 for all")->capture_default_str();
  verb->callback([options, &exit_code] { exit_code = find_relief(*options); });
}

void add_simulate(CLI::App& program, int& exit_code) {
  auto options = std::make_shared<SimulateOptions>();
  CLI::App* verb = program.add_subcommand("simulate", "What happens to a set of deals if a scenario comes about");
  add_case_options(*verb, options->at_hand);
  verb->add_option("scenario", options->scenario, "A scenario file, or the id of one of the case's own")->required();
  verb->add_option("--deal", options->deals, "Deals to judge besides those the scenario names");
  verb->footer("--as-of adds a day on which the deals are judged; by default they are on each step's day.");
  verb->callback([options, &exit_code] { exit_code = simulate(*options); });
}

}  // namespace interdict::app
