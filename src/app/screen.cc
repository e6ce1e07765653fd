// interdict screen: one name, or a file of them.
#include "screen/screen.h"

#include <fmt/format.h>

#include <charconv>
#include <memory>
#include <thread>

#include "app/command.h"
#include "app/memory.h"
#include "app/progress.h"
#include "app/query.h"
#include "app/table.h"
#include "app/why_not.h"
#include "app/world.h"
#include "report/report.h"
#include "report/reviews.h"
#include "screen/fields.h"
#include "screen/sample.h"

namespace interdict::app {
namespace {

struct ScreenOptions {
  Common common;
  std::shared_ptr<QueryOptions> party = std::make_shared<QueryOptions>();
  std::string customer;
  screen::Options screening;
  std::string csv;
  std::string out;
  unsigned threads = std::max(1U, std::thread::hardware_concurrency());
  std::string why_not;
  std::string below_line;
  std::size_t sample = 200;
  std::uint64_t seed = 1;
  bool reviews = false;
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

std::vector<screen::Hit> hits_of(const ScreenOptions& options, const OpenWorld& world, const screen::Query& query,
                                 const screen::Options& screening) {
  auto hits = options.exhaustive ? screen::exhaustive(world.snapshot, query, screening)
                                 : screen::screen(world.snapshot, query, screening);
  mark_stale(world, hits);
  return hits;
}

/// A customer, screened with what the memory of matches holds of each hit.
int screen_customer(const ScreenOptions& options, const OpenWorld& world, const screen::Query& query) {
  auto memory = Memory::open(options.common, world);
  if (!memory) return fail(memory.error());
  screen::Options all = options.screening;
  all.limit = 0;
  const auto marked = memory->mark(query, hits_of(options, world, query, all), options.screening.limit);
  if (!marked) return fail(marked.error());
  if (options.common.json) {
    fmt::print("{}\n", report::screen_json(query, *marked, world.json, options.screening.threshold, false));
  } else {
    fmt::print("{}", report::screen_text(query, *marked, options.screening.threshold));
    const std::string coverage = coverage_text(world);
    if (!coverage.empty()) fmt::print("\n{}", coverage);
  }
  return options.fail_on_match && marked->due > 0 ? exit_matched : exit_done;
}

int screen_one(const ScreenOptions& options, const OpenWorld& world) {
  const auto asked = query_of(options.customer.empty() ? "q" : options.customer, *options.party);
  if (!asked) return fail(asked.error());
  const screen::Query& query = *asked;
  if (!options.why_not.empty()) return print_why_not(options.common, world, query, options.screening, options.why_not);
  if (!options.customer.empty()) return screen_customer(options, world, query);
  const auto hits = hits_of(options, world, query, options.screening);
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

/// A batch file as queries, one at a time; the first thing wrong with it is kept.
class Queries {
 public:
  explicit Queries(TableReader table) : table_(std::move(table)) {}
  bool operator()(screen::Query& query) {
    auto row = table_.next();
    if (row && !*row) return false;
    auto read = row ? query_of(table_) : Result<screen::Query>(std::move(row).error());
    if (!read) {
      broken_ = std::move(read).error();
      return false;
    }
    query = std::move(*read);
    return true;
  }
  [[nodiscard]] const std::optional<Error>& broken() const { return broken_; }

 private:
  TableReader table_;
  std::optional<Error> broken_;
};

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
  std::optional<Memory> memory;
  screen::Options screening = options.screening;
  if (options.reviews) {
    auto opened = Memory::open(options.common, world);
    if (!opened) return fail(opened.error());
    memory = std::move(*opened);
    screening.limit = 0;  // quiet hits crowd out no other
  }
  if (as_csv) out->text(memory ? report::marked_csv_header : report::hit_csv_header);

  Progress progress("Screening");
  Queries queries(std::move(*table));
  std::uint64_t screened = 0;
  std::uint64_t with_hits = 0;
  std::optional<Error> forgotten;
  const auto started = std::chrono::steady_clock::now();
  screen::batch(
      world.snapshot, screening, options.threads, [&](screen::Query& query) { return queries(query); },
      [&](const screen::Query& query, const std::vector<screen::Hit>& found) {
        progress.show(++screened, *rows);
        std::vector<screen::Hit> hits = found;
        mark_stale(world, hits);
        if (!memory) {
          with_hits += hits.empty() ? 0 : 1;
          out->text(as_csv ? report::hits_csv(query.id, hits)
                           : report::screen_json(query, hits, world.json, screening.threshold) + "\n");
          return;
        }
        if (forgotten) return;
        const auto marked = memory->mark(query, std::move(hits), options.screening.limit);
        if (!marked) {
          forgotten = marked.error();
          return;
        }
        with_hits += marked->due > 0 ? 1 : 0;
        out->text(as_csv ? report::hits_csv(query.id, *marked)
                         : report::screen_json(query, *marked, world.json, screening.threshold, false) + "\n");
      },
      options.exhaustive);
  if (queries.broken()) return fail(*queries.broken());  // the file changed under our hands
  if (forgotten) return fail(*forgotten);
  if (auto finished = out->finish(); !finished) return fail(finished.error());
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  fmt::print(stderr, "{} screened, {} with hits{}, {:.1f} s ({:.0f} a second)\n{}", screened, with_hits,
             memory ? " to be looked at" : "", seconds, static_cast<double>(screened) / std::max(seconds, 1e-9),
             coverage_text(world));
  return options.fail_on_match && with_hits > 0 ? exit_matched : exit_done;
}

/// "0.60..0.70": from the lower, up to but not the upper.
Result<std::pair<double, double>> line_asked(const std::string& text) {
  const std::size_t dots = text.find("..");
  double low = -1;
  double high = -1;
  const auto read = [](std::string_view part, double& into) {
    const auto done = std::from_chars(part.data(), part.data() + part.size(), into);
    return done.ec == std::errc{} && done.ptr == part.data() + part.size();
  };
  const std::string_view all = text;
  if (dots == std::string::npos || !read(all.substr(0, dots), low) || !read(all.substr(dots + 2), high) || low < 0 ||
      high > 1 || low >= high) {
    return Error{Fault::bad_usage, fmt::format("--below-line '{}' is no range of scores such as 0.60..0.70", text), {}};
  }
  return std::pair{low, high};
}

std::string pairs_text(const screen::Hit& hit) {
  std::string out;
  for (const screen::Evidence& evidence : hit.evidence) {
    for (const names::Pair& pair : evidence.name.pairs) {
      out += fmt::format("{}{} = {} ({} {:.2f})", out.empty() ? "" : "; ", pair.query, pair.listed,
                         names::to_string(pair.how), pair.similarity);
    }
  }
  return out;
}

std::string left_text(const screen::Hit& hit, std::vector<names::Leftover> names::Comparison::* side) {
  std::vector<std::string> parts;
  for (const screen::Evidence& evidence : hit.evidence) {
    for (const names::Leftover& part : evidence.name.*side) parts.push_back(part.text);
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string evidence_text(const screen::Hit& hit) {
  std::string out;
  for (const screen::Evidence& evidence : hit.evidence) {
    if (evidence.kind == "name") continue;
    out += fmt::format("{}{} {:+.2f} {}", out.empty() ? "" : "; ", evidence.kind, evidence.effect, evidence.note);
  }
  return out;
}

double name_score(const screen::Hit& hit) {
  const bool has_name = !hit.evidence.empty() && hit.evidence.front().kind == "name";
  return has_name ? hit.evidence.front().effect : 0;
}

/// A sample of what lies just below a threshold, for a person to judge.
int sample_below(const ScreenOptions& options, const OpenWorld& world) {
  const auto line = line_asked(options.below_line);
  if (!line) return fail(line.error());
  if (!options.out.ends_with(".csv")) return fail({Fault::bad_usage, "--out must end in .csv for a sample", {}});
  const auto rows = check_batch(options.csv);
  if (!rows) return fail(rows.error());
  auto table = open_batch(options.csv);
  if (!table) return fail(table.error());
  auto out = TableWriter::open(options.out);
  if (!out) return fail(out.error());

  screen::Options wide = options.screening;
  wide.threshold = line->first;
  wide.limit = 0;
  Queries queries(std::move(*table));
  screen::Sample sample(options.sample, options.seed);
  Progress progress("Screening");
  std::uint64_t screened = 0;
  screen::batch(
      world.snapshot, wide, options.threads, [&](screen::Query& query) { return queries(query); },
      [&](const screen::Query& query, const std::vector<screen::Hit>& hits) {
        for (const screen::Hit& hit : hits) {
          if (hit.score < line->second) sample.offer(screened, query, hit);
        }
        progress.show(++screened, *rows);
      },
      options.exhaustive);
  if (queries.broken()) return fail(*queries.broken());

  const std::vector<screen::Drawn> drawn = sample.take();
  out->row({"drawn", "population", "query_id", "query_name", "listing_id", "caption", "schema", "source",
            "matched_name", "score", "name_score", "pairs", "only_in_query", "only_on_list", "evidence", "reviewer",
            "comment"});
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    const auto& [number, place, query, hit] = drawn[i];
    out->row({fmt::format("{}", i + 1), fmt::format("{}", sample.population()), query.id,
              query.names.empty() ? "" : query.names.front(), hit.id, hit.caption, hit.schema, hit.source,
              hit.matched_name, fmt::format("{}", hit.score), fmt::format("{}", name_score(hit)), pairs_text(hit),
              left_text(hit, &names::Comparison::query_left), left_text(hit, &names::Comparison::listed_left),
              evidence_text(hit), "", ""});
  }
  if (auto finished = out->finish(); !finished) return fail(finished.error());
  fmt::print(stderr, "{} screened; {} pairs score from {} up to but not {}, {} of them drawn with seed {}\n{}",
             screened, sample.population(), line->first, line->second, drawn.size(), options.seed,
             coverage_text(world));
  return exit_done;
}

int run(const ScreenOptions& options) {
  if (options.csv.empty() != options.out.empty()) return fail({Fault::bad_usage, "--csv and --out go together", {}});
  if (!options.below_line.empty() && options.csv.empty())
    return fail({Fault::bad_usage, "--below-line samples a file: give --csv and --out", {}});
  if (options.reviews && options.csv.empty())
    return fail({Fault::bad_usage, "--reviews goes with --csv; with one name, say --customer", {}});
  if (!options.customer.empty() && !options.csv.empty())
    return fail({Fault::bad_usage, "--customer goes with one name; in a file, the column id says who it is", {}});
  if (!options.why_not.empty() && !options.csv.empty())
    return fail({Fault::bad_usage, "--why-not goes with one name, not with --csv", {}});
  auto world = open_world(options.common);
  if (!world) return fail(world.error());
  if (auto known = check_sources(*world, options.screening.sources); !known) return fail(known.error());
  if (!options.below_line.empty()) return sample_below(options, *world);
  return options.csv.empty() ? screen_one(options, *world) : screen_batch(options, *world);
}

}  // namespace

void add_screen(CLI::App& program, int& exit_code) {
  auto options = std::make_shared<ScreenOptions>();
  CLI::App* verb = program.add_subcommand("screen", "Who on the lists could this be?");
  add_common(*verb, options->common);
  verb->add_option("name", options->party->name, "The name to screen");
  add_query_fields(*verb, options->party);
  verb->add_option("--threshold", options->screening.threshold, "Lowest score that is a hit")
      ->check(CLI::Range(0.0, 1.0));
  verb->add_option("--limit", options->screening.limit, "Hits per query, best first; 0 for all");
  verb->add_option("--source", options->screening.sources, "Only these sources");
  verb->add_option(
          "--csv", options->csv,
          "Screen a file: columns id,name and optional " + fmt::format("{}", fmt::join(optional_columns(), ",")))
      ->check(CLI::ExistingFile);
  verb->add_option("--out", options->out, "Where to write: .jsonl one result a query, .csv one row a hit");
  verb->add_option("--customer", options->customer,
                   "The id of a customer: shows what was decided on each hit before (interdict reviews)");
  verb->add_flag("--reviews", options->reviews, "The same for a file, whose column id says who the customer is");
  verb->add_option("--why-not", options->why_not, "Say why this listing, such as us_ofac_sdn:9760, is no hit");
  verb->add_option(
      "--below-line", options->below_line,
      "Instead of hits, write a random sample of the pairs that score in a range, such as 0.60..0.70, for a "
      "reviewer to judge");
  verb->add_option("--sample", options->sample, "Pairs to draw for --below-line")->check(CLI::Range(1U, 1000000U));
  verb->add_option("--seed", options->seed, "The same seed draws the same sample");
  verb->add_option("--threads", options->threads, "Threads for a file")->check(CLI::Range(1U, 1024U));
  verb->add_flag("--exhaustive", options->exhaustive, "Score every name without the index (slow; the same answer)");
  verb->add_flag("--fail-on-match", options->fail_on_match, "Exit with 3 when anything matched");
  verb->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace interdict::app
