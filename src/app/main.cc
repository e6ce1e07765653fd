// The command line: verbs are wired here, decided elsewhere.
#include <fmt/format.h>

#include "app/command.h"
#include "names/names.h"

int main(int argc, char** argv) {
  using namespace interdict::app;
  CLI::App program{"interdict: who is sanctioned, by whom and under which act, on any date"};
  program.set_version_flag("--version", std::string("interdict ") + INTERDICT_VERSION);
  program.footer(
      "Without a verb: a short guided run on the bundled Belarus case.\n"
      "Exit codes: 0 done, 1 failed, 2 bad usage, 3 with --fail-on-match when something matched or was prohibited.");
  program.require_subcommand(0, 1);
  int exit_code = exit_done;
  add_screen(program, exit_code);
  add_check(program, exit_code);
  add_relief(program, exit_code);
  add_simulate(program, exit_code);
  add_explain(program, exit_code);
  add_compare(program, exit_code);
  add_tune(program, exit_code);
  add_show(program, exit_code);
  add_history(program, exit_code);
  add_changes(program, exit_code);
  add_ledger(program, exit_code);
  add_timeline(program, exit_code);
  add_sources(program, exit_code);
  add_update(program, exit_code);
  add_export(program, exit_code);
  add_serve(program, exit_code);
  add_reviews(program, exit_code);
  add_keys(program, exit_code);
  add_audit(program, exit_code);
  add_case(program, exit_code);
  try {
    program.parse(argc, argv);
    if (program.get_subcommands().empty()) exit_code = guided_run();
  } catch (const CLI::ParseError& error) {
    const int code = program.exit(error);
    return code == 0 ? exit_done : exit_usage;
  }
  return exit_code;
}
