// interdict changes: what changed on each list between two days.
#include "report/changes.h"

#include <fmt/format.h>

#include <memory>

#include "app/world.h"

namespace interdict::app {
namespace {

struct ChangesOptions {
  Common common;
  std::string from;
  std::string to;
  std::string kind;
  std::vector<std::string> sources;
  std::string text;
  std::size_t offset = 0;
  std::size_t limit = 100;
  bool csv = false;
};

Result<report::ChangesAsked> asked(const ChangesOptions& options) {
  Common common = options.common;
  if (!options.to.empty()) common.as_of = options.to;
  const auto world = world_asked(common);
  if (!world) return world.error();
  report::ChangesAsked out;
  out.world = *world;
  out.from = world->as_of - report::changes_span;
  if (!options.from.empty()) {
    const auto from = parse_day(options.from);
    if (!from) return Error{Fault::bad_usage, fmt::format("--from '{}' is no day (YYYY-MM-DD)", options.from), {}};
    out.from = *from;
  }
  out.kind = report::change_kind(options.kind);
  out.sources = options.sources;
  out.text = options.text;
  out.offset = options.offset;
  out.limit = options.limit;
  return out;
}

int run(const ChangesOptions& options) {
  const auto question = asked(options);
  if (!question) return fail(question.error());
  const auto opened = open_store(options.common);
  if (!opened) return fail(opened.error());
  auto changes = report::changes_of(opened->store, *question);
  if (!changes) return fail(changes.error());
  changes->bundled = opened->bundled;
  if (options.common.json) {
    fmt::print("{}\n", report::changes_json(*changes));
  } else {
    fmt::print("{}", options.csv ? report::changes_csv(*changes) : report::changes_text(*changes));
  }
  return exit_done;
}

}  // namespace

void add_changes(CLI::App& program, int& exit_code) {
  auto options = std::make_shared<ChangesOptions>();
  CLI::App* verb = program.add_subcommand("changes", "What changed on each list between two days");
  add_common(*verb, options->common);
  verb->add_option("--from", options->from, "The earlier day; 30 days before the later one when absent");
  verb->add_option("--to", options->to, "The later day; --as-of, else today, when absent");
  verb->add_option("--source", options->sources, "Only these lists");
  verb->add_option("--kind", options->kind, "Only what was added, changed or removed")
      ->check(CLI::IsMember({"added", "changed", "removed"}));
  verb->add_option("--text", options->text, "Only parties with this in their id, name or in what changed of them");
  verb->add_option("--offset", options->offset, "Parties to pass over")->check(CLI::NonNegativeNumber);
  verb->add_option("--limit", options->limit, "Parties to show")->capture_default_str()->check(CLI::NonNegativeNumber);
  verb->add_flag("--csv", options->csv, "One row for each field that differs");
  verb->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace interdict::app
