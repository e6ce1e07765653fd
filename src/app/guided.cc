// What runs without a verb: the bundled case, shown at work, then served where there is a terminal.
#include <fmt/format.h>
#include <unistd.h>

#include <string>

#include "app/case_at_hand.h"
#include "app/query.h"
#include "app/world.h"
#include "report/law.h"
#include "report/relief.h"
#include "report/report.h"
#include "screen/fields.h"

namespace interdict::app {
namespace {

struct Step {
  const char* why;
  const char* typed;  // as the user would type it after `interdict`
  std::vector<std::pair<const char*, const char*>> fields;
};

const std::vector<Step>& steps() {
  static const std::vector<Step> all = {
      {"A seller's name as an invoice spells it, in Latin letters and with another legal form:",
       "screen \"Belaruskalij JSC\"",
       {{"name", "Belaruskalij JSC"}}},
      {"A person in Belarusian letters; the list holds the Russian form too:",
       "screen \"Аляксандр Лукашэнка\" --schema Person --birth-date 1954",
       {{"name", "Аляксандр Лукашэнка"}, {"schema", "Person"}, {"birth_date", "1954"}}},
      {"An aircraft, by its tail number alone:",
       "screen --id-number EW-001PA --schema Airplane",
       {{"id_number", "EW-001PA"}, {"schema", "Airplane"}}},
      {"Somebody of the case who is on no list; programmes are empty:",
       "screen \"Sergey Tikhanovsky\"",
       {{"name", "Sergey Tikhanovsky"}}},
      {"And somebody else altogether:", "screen \"Angela Merkel\"", {{"name", "Angela Merkel"}}},
  };
  return all;
}

Result<screen::Query> query_from(const std::vector<std::pair<const char*, const char*>>& fields) {
  screen::Query query;
  query.id = "q";
  for (const auto& [column, value] : fields) {
    if (auto set = screen::set_field(query, column, value); !set) return std::move(set).error();
  }
  return query;
}

/// The case's central deal: what forbids it that day, and the least that would free it on another road.
int show_law() {
  const auto at_hand = open_case({}, "");
  if (!at_hand) return fail(at_hand.error());
  const law::CaseIndex index(at_hand->value);
  const law::Dates dates{std::chrono::sys_days(std::chrono::year(2025) / 6 / 24), {}};
  const auto through_lithuania = open_deal("potash-klaipeda", *at_hand);
  const auto through_russia = open_deal("potash-bronka", *at_hand);
  if (!through_lithuania) return fail(through_lithuania.error());
  if (!through_russia) return fail(through_russia.error());
  fmt::print(
      "Is a deal lawful? Belaruskali's potash to a US importer through Klaipeda, three days after the release:\n"
      "$ interdict check potash-klaipeda --as-of 2025-06-24 --brief\n{}\n",
      report::judgment_brief(*through_lithuania, law::judge(*through_lithuania, index, dates), dates));
  fmt::print(
      "What is the least that would have to change? The same cargo by a Russian port:\n"
      "$ interdict relief potash-bronka --as-of 2025-06-24\n{}\n",
      report::relief_text(*through_russia, relief::find(*through_russia, index, dates), index, dates, 10));
  fmt::print(
      "`relief potash-klaipeda` tells the same of Klaipeda; `history`, `ledger` and `timeline` how it came to "
      "this.\n\n");
  return exit_done;
}

void answer(const OpenWorld& world, const screen::Query& query) {
  const screen::Options options;
  auto hits = screen::screen(world.snapshot, query, options);
  mark_stale(world, hits);
  fmt::print("{}\n", report::screen_text(query, hits, options.threshold));
}

}  // namespace

int guided_run() {
  auto world = open_world({});
  if (!world) return fail(world.error());
  if (world->bundled) {
    fmt::print("interdict, on the bundled Belarus case of June 2025: {} people, firms and aircraft.\n\n",
               world->snapshot.party_count());
  } else {
    fmt::print("interdict, on your own lists: {} parties, {} names.\n\n", world->snapshot.party_count(),
               world->snapshot.name_count());
  }
  for (const Step& step : steps()) {
    fmt::print("{}\n$ interdict {}\n", step.why, step.typed);
    const auto query = query_from(step.fields);
    if (!query) return fail(query.error());
    answer(*world, *query);
  }
  if (const int failed = show_law(); failed != exit_done) return failed;
  if (world->bundled) {
    fmt::print(
        "Next, the official lists. Download any of those that `interdict sources` names, then:\n"
        "$ interdict update --from FILE-OR-FOLDER\n"
        "`interdict --help` shows every verb.\n");
  }
  if (isatty(STDIN_FILENO) != 1 || isatty(STDOUT_FILENO) != 1) return exit_done;
  fmt::print("\nNow the same as pages, until you press Ctrl-C:\n");
  return serve_pages();
}

}  // namespace interdict::app
