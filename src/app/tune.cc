// interdict tune: what each threshold would do to pairs whose truth is known, and to a file of customers.
#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <memory>
#include <thread>

#include "app/command.h"
#include "app/picture.h"
#include "app/progress.h"
#include "app/query.h"
#include "app/table.h"
#include "app/world.h"
#include "names/aliases.h"
#include "report/tune.h"

namespace interdict::app {
namespace {

struct TuneOptions {
  Common common;
  std::string labelled;
  std::string customers;
  std::string svg;
  double from = 0.50;
  unsigned threads = std::max(1U, std::thread::hardware_concurrency());
};

constexpr double step = 0.01;

std::vector<double> thresholds_from(double from) {
  std::vector<double> out;
  // Whole hundredths, so that 0.70 is the 0.70 that people write.
  for (int hundredth = static_cast<int>(std::lround(from / step)); hundredth <= 100; ++hundredth) {
    out.push_back(static_cast<double>(hundredth) / 100);
  }
  return out;
}

Result<bool> truth_of(const TableReader& row) {
  std::string label(row.field("is_match"));
  for (char& c : label) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (label == "true" || label == "yes" || label == "1") return true;
  if (label == "false" || label == "no" || label == "0") return false;
  return Error{Fault::bad_usage,
               fmt::format("is_match is '{}'; true, yes, 1 or false, no, 0 are understood", row.field("is_match")),
               row.place()};
}

Result<std::vector<screen::Labelled>> score_pairs(const std::string& path) {
  auto table = TableReader::open(path, {"schema", "name1", "name2", "is_match"}, TableReader::Others::kept);
  if (!table) return std::move(table).error();
  std::vector<screen::Labelled> pairs;
  while (true) {
    auto row = table->next();
    if (!row) return std::move(row).error();
    if (!*row) break;
    const std::string_view schema = table->field("schema");
    if (!is_matchable(schema)) {
      return Error{Fault::bad_usage, fmt::format("unknown schema '{}'", schema), table->place()};
    }
    const auto truth = truth_of(*table);
    if (!truth) return truth.error();
    const names::Kind kind = names::kind_of(schema);
    const double score = names::score_texts(table->field("name1"), table->field("name2"), kind);
    pairs.push_back({score, *truth});
  }
  const auto matches = std::ranges::count_if(pairs, &screen::Labelled::is_match);
  if (matches == 0 || static_cast<std::size_t>(matches) == pairs.size()) {
    return Error{Fault::bad_usage,
                 fmt::format("{} pairs, {} of them matches: both kinds are needed", pairs.size(), matches),
                 {path, 0, 0, {}}};
  }
  return pairs;
}

Result<report::Alerts> count_alerts(const TuneOptions& options, const std::vector<double>& thresholds) {
  auto world = open_world(options.common);
  if (!world) return std::move(world).error();
  auto table =
      TableReader::open(options.customers, required_columns(), TableReader::Others::refused, optional_columns());
  if (!table) return std::move(table).error();
  report::Alerts alerts{0, std::vector<std::uint64_t>(thresholds.size()),
                        std::vector<std::uint64_t>(thresholds.size())};
  const screen::Options screening{.threshold = thresholds.front(), .limit = 0};
  const auto reached = [&](double score) {
    return static_cast<std::size_t>(std::ranges::upper_bound(thresholds, score) - thresholds.begin());
  };
  std::optional<Error> broken;
  Progress progress("Screening");
  screen::batch(
      world->snapshot, screening, options.threads,
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
      [&](const screen::Query&, const std::vector<screen::Hit>& hits) {
        progress.show(++alerts.customers, 0);
        for (const screen::Hit& hit : hits) {
          for (std::size_t t = 0; t < reached(hit.score); ++t) ++alerts.hits[t];
        }
        const std::size_t highest = hits.empty() ? 0 : reached(hits.front().score);
        for (std::size_t t = 0; t < highest; ++t) ++alerts.alerted[t];
      });
  if (broken) return *broken;
  fmt::print(stderr, "{}", coverage_text(*world));
  return alerts;
}

int run(const TuneOptions& options) {
  const std::vector<double> thresholds = thresholds_from(options.from);
  const auto pairs = score_pairs(options.labelled);
  if (!pairs) return fail(pairs.error());
  report::Tuning tuning;
  tuning.title = std::filesystem::path(options.labelled).filename().string();
  tuning.pairs = pairs->size();
  tuning.matches = static_cast<std::size_t>(std::ranges::count_if(*pairs, &screen::Labelled::is_match));
  tuning.points = screen::sweep(*pairs, thresholds);
  if (!options.customers.empty()) {
    auto alerts = count_alerts(options, thresholds);
    if (!alerts) return fail(alerts.error());
    tuning.alerts = std::move(*alerts);
  }
  if (!options.svg.empty()) {
    const int written = write_picture(options.svg, report::tuning_svg(tuning));
    if (written != exit_done || options.svg == "-") return written;
  }
  fmt::print("{}", options.common.json ? report::tuning_json(tuning) + "\n" : report::tuning_text(tuning));
  return exit_done;
}

}  // namespace

void add_tune(CLI::App& program, int& exit_code) {
  auto options = std::make_shared<TuneOptions>();
  CLI::App* verb = program.add_subcommand("tune", "What would each threshold catch, miss and cost?");
  add_common(*verb, options->common);
  verb->add_option("labelled", options->labelled,
                   "Pairs whose truth is known: schema,name1,name2,is_match; others kept")
      ->required()
      ->check(CLI::ExistingFile);
  verb->add_option("--customers", options->customers,
                   "A customer file as for screen --csv: the alerts it would raise against the lists loaded")
      ->check(CLI::ExistingFile);
  verb->add_option("--from", options->from, "Lowest threshold to try")->check(CLI::Range(0.3, 0.99));
  verb->add_option("--svg", options->svg, "Draw the curves to this file, or to - (standard output)");
  verb->add_option("--threads", options->threads, "Threads for the customers")->check(CLI::Range(1U, 1024U));
  verb->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace interdict::app
