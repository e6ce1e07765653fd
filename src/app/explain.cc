// interdict explain and case: what a case says of one thing, and whether its files are sound.
#include <fmt/format.h>

#include <memory>

#include "app/case_at_hand.h"
#include "report/law.h"

namespace interdict::app {
namespace {

struct ExplainOptions {
  CaseOptions at_hand;
  std::string id;
};

int explain(const ExplainOptions& options) {
  const auto at_hand = open_case(options.at_hand, "");
  if (!at_hand) return fail(at_hand.error());
  const auto dates = dates_asked(options.at_hand.common, {});
  if (!dates) return fail(dates.error());
  const law::CaseIndex world(at_hand->value);
  const std::string text = options.at_hand.common.json ? report::explain_json(options.id, world, *dates) + "\n"
                                                       : report::explain_text(options.id, world, *dates);
  if (text.size() <= 1) {
    return fail({Fault::not_found,
                 fmt::format("the case '{}' holds nothing of the id '{}'{}", at_hand->value.id, options.id,
                             casefile::nearest_id(options.id, at_hand->value)),
                 {}});
  }
  fmt::print("{}", text);
  return exit_done;
}

int lint(const std::string& folder) {
  const casefile::LoadedCase loaded = casefile::lint_case(folder);
  for (const Error& error : loaded.errors) fmt::print("error: {}\n", error.to_string());
  for (const Error& warning : loaded.warnings) fmt::print("warning: {}\n", warning.to_string());
  std::size_t faults = loaded.errors.size();
  if (loaded.errors.empty()) {
    const auto deals = casefile::lint_folder(folder + "/deals", loaded.value, casefile::FileKind::deal);
    const auto scenarios = casefile::lint_folder(folder + "/scenarios", loaded.value, casefile::FileKind::scenario);
    for (const auto* errors : {&deals, &scenarios}) {
      for (const Error& error : *errors) fmt::print("error: {}\n", error.to_string());
      faults += errors->size();
    }
    const Case& c = loaded.value;
    fmt::print(
        "{}: {} authorities, {} acts, {} measures, {} exceptions, {} parties, {} listings, {} events, {} claims, "
        "{} figures\n",
        c.id.empty() ? folder : c.id, c.authorities.size(), c.acts.size(), c.measures.size(), c.exceptions.size(),
        c.parties.size(), c.listings.size(), c.events.size(), c.claims.size(), c.figures.size());
  }
  fmt::print("{} errors, {} warnings\n", faults, loaded.warnings.size());
  return faults == 0 ? exit_done : exit_failed;
}

}  // namespace

void add_explain(CLI::App& program, int& exit_code) {
  auto options = std::make_shared<ExplainOptions>();
  CLI::App* verb = program.add_subcommand(
      "explain", "One thing of a case: a measure with its grounds over time, who can lift it, how it comes back");
  add_case_options(*verb, options->at_hand);
  verb->add_option("id", options->id, "An id of the case, such as eu-1i")->required();
  verb->callback([options, &exit_code] { exit_code = explain(*options); });
}

void add_case(CLI::App& program, int& exit_code) {
  auto folder = std::make_shared<std::string>();
  CLI::App* verb = program.add_subcommand("case", "Work on case files");
  verb->require_subcommand(1);
  CLI::App* check = verb->add_subcommand("lint", "Read every file of a case strictly; tell all errors and oddities");
  check->add_option("folder", *folder, "The case's folder, such as casefiles/belarus")->required();
  check->callback([folder, &exit_code] { exit_code = lint(*folder); });
}

}  // namespace interdict::app
