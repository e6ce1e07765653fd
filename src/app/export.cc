// interdict export: a world's parties as FollowTheMoney JSON lines, for other programs.
#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "app/command.h"
#include "app/world.h"
#include "report/report.h"

namespace interdict::app {
namespace {

struct ExportOptions {
  Common common;
  std::vector<std::string> sources;
};

int run(const ExportOptions& options) {
  const auto world = world_asked(options.common);
  if (!world) return fail(world.error());
  auto opened = open_store(options.common);
  if (!opened) return fail(opened.error());
  const auto coverage = opened->store.coverage(*world);
  if (!coverage) return fail(coverage.error());
  for (const store::SourceCoverage& source : *coverage) {
    const bool wanted = options.sources.empty() || std::find(options.sources.begin(), options.sources.end(),
                                                             source.source) != options.sources.end();
    if (!wanted || (!source.version && !source.next)) continue;
    const auto written = opened->store.each(source.source, *world, [](const store::Listed& listed) -> Result<void> {
      const std::string line = report::party_json(listed.party, store::to_string(listed.standing)) + "\n";
      if (std::fwrite(line.data(), 1, line.size(), stdout) != line.size()) {
        return Error{Fault::io, "cannot write to standard output", {}};
      }
      return {};
    });
    if (!written) return fail(written.error());
  }
  return std::fflush(stdout) == 0 ? exit_done : fail({Fault::io, "cannot write to standard output", {}});
}

}  // namespace

void add_export(CLI::App& program, int& exit_code) {
  auto options = std::make_shared<ExportOptions>();
  CLI::App* verb = program.add_subcommand("export", "All parties of a day as FollowTheMoney JSON lines");
  add_common(*verb, options->common);
  verb->add_option("--source", options->sources, "Only these sources");
  verb->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace interdict::app
