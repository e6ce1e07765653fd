// interdict screen: one name, or a file of them.
#include "screen/screen.h"

#include <fmt/format.h>

#include <memory>
#include <thread>

#include "app/command.h"
#include "app/progress.h"
#include "app/query.h"
#include "app/table.h"
#include "app/world.h"
#include "report/report.h"
#include "screen/fields.h"

namespace interdict::app {
namespace {

struct ScreenOptions {
  Common common;
  std::string name;
  std::vector<std::pair<std::string, std::string>> fields;  // column name, value
  screen::Options screening;
  std::string csv;
  std::string out;
  unsigned threads = std::max(1U, std::thread::hardware_concurrency());
  bool exhaustive = false;
  bool fail_on_match = false;
};

Result<void> check_sources(const OpenWorld& world, const std::vector<std::string>& sources) {
  for (const std::string& source : sources) {
    bool known = false;
    for (const store::SourceCoverage& held : world.coverage) known = known || held.source == source;
    if (!known)
      return Error{Fault::bad_usage, fmt::format("source '{}' is not loaded (see interdict sources)", source), {}};
  }
  return {};
}

int screen_one(const ScreenOptions& options, const OpenWorld& world) {
  screen::Query query;
  query.id = "q";
  if (auto set = screen::set_field(query, "name", options.name); !set) return fail(set.error());
  for (const auto& [column, value] : options.fields) {
    if (auto set = screen::set_field(query, column, value); !set) return fail(set.error());
  }
  if (query.names.empty() && query.id_numbers.empty())
    return fail({Fault::bad_usage, "nothing to screen: give a name or --id-number", {}});
  auto hits = options.exhaustive ? screen::exhaustive(world.snapshot, query, options.screening)
                                 : screen::screen(world.snapshot, query, options.screening);
  mark_stale(world, hits);
  if (options.common.json) {
    fmt::print("{}\n", report::screen_json(query, hits, world.json, options.screening.threshold));
  } else {
    fmt::print("{}", report::screen_text(query, hits, options.screening.threshold));
    const std::string coverage = coverage_text(world);
    if (!coverage.empty()) fmt::print("\n{}", coverage);
  }
  return options.fail_on_match && !hits.empty() ? exit_matched : exit_done;
}

Result<TableReader> open_batch(const std::string& path) {
  return TableReader::open(path, required_columns(), TableReader::Others::refused, optional_columns());
}

// Every row is checked before the first is screened: a batch with a bad date is refused whole, with nothing written.
Result<std::uint64_t> check_batch(const std::string& path) {
  auto table = open_batch(path);
  if (!table) return std::move(table).error();
  std::uint64_t rows = 0;
  while (true) {
    auto row = table->next();
    if (!row) return std::move(row).error();
    if (!*row) return rows;
    if (auto query = query_of(*table); !query) return std::move(query).error();
    ++rows;
  }
}

int screen_batch(const ScreenOptions& options, const OpenWorld& world) {
  const bool as_csv = options.out.ends_with(".csv");
  if (!as_csv && !options.out.ends_with(".jsonl"))
    return fail({Fault::bad_usage, "--out must end in .csv or .jsonl", {}});
  const auto rows = check_batch(options.csv);
  if (!rows) return fail(rows.error());
  auto table = open_batch(options.csv);
  if (!table) return fail(table.error());
  auto out = TableWriter::open(options.out);
  if (!out) return fail(out.error());
  if (as_csv) out->text(report::hit_csv_header);

  Progress progress("Screening");
  std::optional<Error> broken;  // the file changed under our hands
  std::uint64_t screened = 0;
  std::uint64_t with_hits = 0;
  const auto started = std::chrono::steady_clock::now();
  screen::batch(
      world.snapshot, options.screening, options.threads,
      [&](screen::Query& query) {
        auto row = table->next();
        if (row && !*row) return false;
        auto read = row ? query_of(*table) : Result<screen::Query>(std::move(row).error());
        if (!read) {
          broken = std::move(read).error();
          return false;
        }
        query = std::move(*read);
        return true;
      },
      [&](const screen::Query& query, const std::vector<screen::Hit>& hits) {
        std::vector<screen::Hit> marked = hits;
        mark_stale(world, marked);
        if (as_csv) {
          for (const screen::Hit& hit : marked) out->text(report::hit_csv(query.id, hit));
        } else {
          out->text(report::screen_json(query, marked, world.json, options.screening.threshold) + "\n");
        }
        with_hits += hits.empty() ? 0 : 1;
        progress.show(++screened, *rows);
      },
      options.exhaustive);
  if (broken) return fail(*broken);
  if (auto finished = out->finish(); !finished) return fail(finished.error());
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  fmt::print(stderr, "{} screened, {} with hits, {:.1f} s ({:.0f} a second)\n{}", screened, with_hits, seconds,
             static_cast<double>(screened) / std::max(seconds, 1e-9), coverage_text(world));
  return options.fail_on_match && with_hits > 0 ? exit_matched : exit_done;
}

int run(const ScreenOptions& options) {
  if (options.csv.empty() != options.out.empty()) return fail({Fault::bad_usage, "--csv and --out go together", {}});
  auto world = open_world(options.common);
  if (!world) return fail(world.error());
  if (auto known = check_sources(*world, options.screening.sources); !known) return fail(known.error());
  return options.csv.empty() ? screen_one(options, *world) : screen_batch(options, *world);
}

}  // namespace

void add_screen(CLI::App& program, int& exit_code) {
  auto options = std::make_shared<ScreenOptions>();
  CLI::App* verb = program.add_subcommand("screen", "Who on the lists could this be?");
  add_common(*verb, options->common);
  verb->add_option("name", options->name, "The name to screen");
  const auto field = [&](const char* flag, const char* column, const char* help) {
    verb->add_option_function<std::vector<std::string>>(
        flag,
        [options, column](const std::vector<std::string>& values) {
          for (const std::string& value : values) options->fields.emplace_back(column, value);
        },
        help);
  };
  field("--schema", "schema",
        "FollowTheMoney schema: Person, Company, Organization, Vessel, Airplane, ... (default: any)");
  field("--alias", "alias", "Another name of the same party");
  field("--birth-date", "birth_date", "YYYY, YYYY-MM or YYYY-MM-DD");
  field("--country", "country", "Nationality, residence, jurisdiction or flag: a code or a name");
  field("--gender", "gender", "male, female or other");
  field("--id-number", "id_number", "Passport, tax, registration, IMO, tail number, BIC, LEI, wallet, ...");
  field("--address", "address", "An address");
  verb->add_option("--threshold", options->screening.threshold, "Lowest score that is a hit")
      ->check(CLI::Range(0.0, 1.0));
  verb->add_option("--limit", options->screening.limit, "Hits per query, best first; 0 for all");
  verb->add_option("--source", options->screening.sources, "Only these sources");
  verb->add_option(
          "--csv", options->csv,
          "Screen a file: columns id,name and optional " + fmt::format("{}", fmt::join(optional_columns(), ",")))
      ->check(CLI::ExistingFile);
  verb->add_option("--out", options->out, "Where to write: .jsonl one result a query, .csv one row a hit");
  verb->add_option("--threads", options->threads, "Threads for a file")->check(CLI::Range(1U, 1024U));
  verb->add_flag("--exhaustive", options->exhaustive, "Score every name without the index (slow; the same answer)");
  verb->add_flag("--fail-on-match", options->fail_on_match, "Exit with 3 when anything matched");
  verb->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace interdict::app
