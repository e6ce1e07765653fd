// interdict show and history: what the lists say of one party, and said before.
#include <fmt/format.h>

#include <memory>

#include "app/case_at_hand.h"
#include "app/picture.h"
#include "app/world.h"
#include "report/json.h"
#include "report/report.h"

namespace interdict::app {
namespace {

struct PartyOptions {
  CaseOptions at_hand;
  std::string id;
};

Error no_such(const std::string& id, const World& world, std::string_view why) {
  return {Fault::not_found, fmt::format("no listing '{}' {} {}", id, why, to_string(world.as_of)), {}};
}

int show(const PartyOptions& options) {
  const auto world = world_asked(options.at_hand.common);
  if (!world) return fail(world.error());
  auto opened = open_store(options.at_hand.common);
  if (!opened) return fail(opened.error());
  const auto found = opened->store.find(options.id, *world);
  if (!found) return fail(found.error());
  if (!*found) {
    const auto history = opened->store.history(options.id);
    const bool ever = history && !history->empty();
    return fail(no_such(options.id, *world, ever ? "on its list on" : "was ever listed, asked for"));
  }
  const Party& party = (*found)->party;
  const auto coverage = opened->store.coverage(*world);
  if (!coverage) return fail(coverage.error());
  const std::string note =
      opened->bundled ? std::string{} : standing_note((*found)->standing, party.source, *coverage, *world);
  if (options.at_hand.common.json) {
    fmt::print("{}\n", report::party_json(party, note));
  } else {
    fmt::print("{}", report::party_text(party, note));
  }
  return exit_done;
}

std::string_view sign_of(store::Change::Kind kind) {
  switch (kind) {
    case store::Change::Kind::party_added:
      return "listed";
    case store::Change::Kind::party_removed:
      return "removed from the list";
    case store::Change::Kind::statement_added:
      return "+";
    case store::Change::Kind::statement_removed:
      return "-";
  }
  return "?";
}

int history(const PartyOptions& options) {
  if (options.id.find(':') == std::string::npos) return case_history(options.at_hand, options.id);
  auto opened = open_store(options.at_hand.common);
  if (!opened) return fail(opened.error());
  const auto versions = opened->store.history(options.id);
  if (!versions) return fail(versions.error());
  if (versions->empty()) {
    return fail({Fault::not_found, fmt::format("no listing '{}' in any loaded version", options.id), {}});
  }
  report::Json json;
  json.begin_array();
  for (const store::Version& version : *versions) {
    const auto changes = opened->store.changes(version.id);
    if (!changes) return fail(changes.error());
    if (!options.at_hand.common.json)
      fmt::print("{}  {}\n", to_string(version.published), version.info.hash.substr(0, 19));
    for (const store::Change& change : *changes) {
      if (change.listing != options.id) continue;
      if (options.at_hand.common.json) {
        json.begin_object();
        json.field("published", to_string(version.published));
        json.field("version", version.info.hash);
        json.field("change", sign_of(change.kind));
        if (!change.statement.value.empty()) {
          json.field("prop", to_string(change.statement.prop));
          json.field("value", change.statement.value);
        }
        json.end_object();
      } else if (change.statement.value.empty()) {
        fmt::print("  {}\n", sign_of(change.kind));
      } else {
        fmt::print("  {} {}: {}\n", sign_of(change.kind), to_string(change.statement.prop), change.statement.value);
      }
    }
  }
  json.end_array();
  if (options.at_hand.common.json) fmt::print("{}\n", json.str());
  return exit_done;
}

}  // namespace

void add_show(CLI::App& program, int& exit_code) {
  auto options = std::make_shared<PartyOptions>();
  CLI::App* verb = program.add_subcommand("show", "All that a list says of one party");
  add_common(*verb, options->at_hand.common);
  verb->add_option("id", options->id, "A listing id, such as us_ofac_sdn:9760")->required();
  verb->callback([options, &exit_code] { exit_code = show(*options); });
}

void add_history(CLI::App& program, int& exit_code) {
  auto options = std::make_shared<PartyOptions>();
  CLI::App* verb = program.add_subcommand("history", "When a listing came, changed and went, or how a case came about");
  add_case_options(*verb, options->at_hand);
  verb->add_option(
      "id", options->id,
      "A listing id, such as us_ofac_sdn:9760; or a party, measure, act or authority of the case; nothing: the "
      "whole case");
  verb->callback([options, &exit_code] { exit_code = history(*options); });
}

}  // namespace interdict::app
