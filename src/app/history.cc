// interdict history, ledger and timeline: how it came about.
#include "report/history.h"

#include <fmt/format.h>

#include <fstream>
#include <memory>

#include "app/case_at_hand.h"
#include "app/picture.h"

namespace interdict::app {
namespace {

struct HistoryOptions {
  CaseOptions at_hand;
  std::string id;
};

int trail(const HistoryOptions& options) {
  const auto at_hand = open_case(options.at_hand, "");
  if (!at_hand) return fail(at_hand.error());
  const auto dates = dates_asked(options.at_hand.common, {});
  if (!dates) return fail(dates.error());
  const law::CaseIndex world(at_hand->value);
  const auto found = law::trail(options.id, world, *dates);
  if (found.empty()) {
    return fail({Fault::not_found,
                 fmt::format("the case '{}' tells nothing of '{}' by {}{}", at_hand->value.id, options.id,
                             to_string(dates->as_of), casefile::nearest_id(options.id, at_hand->value)),
                 {}});
  }
  fmt::print("{}", options.at_hand.common.json ? report::trail_json(options.id, found, world, *dates) + "\n"
                                               : report::trail_text(found));
  return exit_done;
}

struct LedgerOptions {
  CaseOptions at_hand;
  std::string svg;
};

int ledger(const LedgerOptions& options) {
  const auto at_hand = open_case(options.at_hand, "");
  if (!at_hand) return fail(at_hand.error());
  const auto dates = dates_asked(options.at_hand.common, {});
  if (!dates) return fail(dates.error());
  const law::CaseIndex world(at_hand->value);
  const law::Ledger found = law::ledger(world, *dates);
  if (!options.svg.empty()) return write_picture(options.svg, report::ledger_svg(found, world, *dates));
  const auto granted = law::granted(world, *dates);
  fmt::print("{}", options.at_hand.common.json ? report::ledger_json(found, granted, world, *dates) + "\n"
                                               : report::ledger_text(found, granted, world, *dates));
  return exit_done;
}

struct TimelineOptions {
  CaseOptions at_hand;
  std::string from;
  std::string to;
  std::vector<std::string> about;
  std::string svg = "-";
};

int timeline(const TimelineOptions& options) {
  const auto at_hand = open_case(options.at_hand, "");
  if (!at_hand) return fail(at_hand.error());
  const auto dates = dates_asked(options.at_hand.common, {});
  if (!dates) return fail(dates.error());
  const auto span = span_asked(options.from, options.to, dates->as_of);
  if (!span) return fail(span.error());
  const law::CaseIndex world(at_hand->value);
  for (const std::string& id : options.about) {
    if (world.measure(id) == nullptr && world.party(id) == nullptr && world.authority(id) == nullptr) {
      return fail({Fault::not_found,
                   fmt::format("the case has no measure, party or authority '{}'{}", id,
                               casefile::nearest_id(id, at_hand->value)),
                   {}});
    }
  }
  return write_picture(options.svg, report::timeline_svg(world, *dates, span->first, span->second, options.about));
}

}  // namespace

int case_history(const CaseOptions& at_hand, const std::string& id) { return trail({at_hand, id}); }

Result<std::pair<Day, Day>> span_asked(const std::string& from, const std::string& to, Day as_of) {
  Day first = as_of - std::chrono::days{6 * 365};
  Day last = as_of;
  if (!from.empty()) {
    const auto day = parse_day(from);
    if (!day) return Error{Fault::bad_usage, fmt::format("--from '{}' is no day (YYYY-MM-DD)", from), {}};
    first = *day;
  }
  if (!to.empty()) {
    const auto day = parse_day(to);
    if (!day) return Error{Fault::bad_usage, fmt::format("--to '{}' is no day (YYYY-MM-DD)", to), {}};
    last = *day;
  }
  if (last < first) return Error{Fault::bad_usage, "--to lies before --from", {}};
  if (last - first > std::chrono::days{36525}) return Error{Fault::bad_usage, "a span of more than a century", {}};
  return std::pair(first, last + std::chrono::days{1});
}

int write_picture(const std::string& path, const std::string& svg) {
  if (path == "-") {
    fmt::print("{}", svg);
    return exit_done;
  }
  std::ofstream out(path, std::ios::binary);
  out << svg;
  out.flush();
  if (!out) return fail({Fault::io, "cannot be written", {path, 0, 0, ""}});
  return exit_done;
}

void add_ledger(CLI::App& program, int& exit_code) {
  auto options = std::make_shared<LedgerOptions>();
  CLI::App* verb = program.add_subcommand(
      "ledger", "Releases and arrests, counts over time, claims beside them, what was asked and granted");
  add_case_options(*verb, options->at_hand);
  verb->add_option("--svg", options->svg, "Draw it to this file instead ('-': standard output)");
  verb->callback([options, &exit_code] { exit_code = ledger(*options); });
}

void add_timeline(CLI::App& program, int& exit_code) {
  auto options = std::make_shared<TimelineOptions>();
  CLI::App* verb = program.add_subcommand("timeline", "Measures as bars by authority and status, with events: an SVG");
  add_case_options(*verb, options->at_hand);
  verb->add_option("--from", options->from, "First day (default: six years before --as-of)");
  verb->add_option("--to", options->to, "Last day (default: --as-of)");
  verb->add_option("--about", options->about, "Only these measures, parties or authorities")->delimiter(',');
  verb->add_option("--svg", options->svg, "The file to draw to ('-': standard output)")->capture_default_str();
  verb->callback([options, &exit_code] { exit_code = timeline(*options); });
}

}  // namespace interdict::app
