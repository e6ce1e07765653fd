// How fast screening is, and where its work goes: candidates, single-query latency, one-core throughput.
//
//   screen_bench --parties PARTIES.tsv --customers CUSTOMERS.csv [--queries N] [--threshold T] [--repeat-world K]
//
// PARTIES.tsv has the columns listing id, schema, property, value. Queries are three kinds, a third each: names of the
// customer file (first column; nearly none of them listed), listed names as they are, listed names with a slip or two.
// --repeat-world lists every party K times under other names of the same make, to see growth.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>

#include "index/index.h"
#include "names/names.h"
#include "screen/screen.h"
#include "tests/index/synthetic.h"

namespace interdict {
namespace {

/// Processor time of this thread, so that what else the machine does is not measured.
struct Clock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<Clock>;
  static constexpr bool is_steady = true;
  static time_point now() {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return time_point(std::chrono::seconds(t.tv_sec) + std::chrono::nanoseconds(t.tv_nsec));
  }
};

double since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

std::vector<Party> read_parties(const std::string& path) {
  std::map<std::string, Party> parties;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> fields;
    for (std::size_t at = 0; at <= line.size();) {
      const std::size_t end = std::min(line.find('\t', at), line.size());
      fields.push_back(line.substr(at, end - at));
      at = end + 1;
    }
    if (fields.size() != 4) continue;
    Party& party = parties[fields[0]];
    party.id = fields[0];
    party.source = fields[0].substr(0, fields[0].find(':'));
    party.schema = fields[1];
    if (const auto prop = prop_from(fields[2])) party.statements.push_back({*prop, fields[3], {}});
  }
  std::vector<Party> out;
  for (auto& [id, party] : parties) out.push_back(std::move(party));
  return out;
}

/// The same lists `times` times over: parts of names exchanged between parties, so that the frequencies of parts stay.
std::vector<Party> grow(const std::vector<Party>& parties, unsigned times) {
  std::vector<Party> out = parties;
  synthetic::Random random(1);
  for (unsigned k = 1; k < times; ++k) {
    for (const Party& party : parties) {
      Party twin = party;
      twin.id += fmt::format("-{}", k);
      for (Statement& statement : twin.statements) {
        if (!is_name(statement.prop)) continue;
        const Party& other = synthetic::pick(random, parties);
        std::vector<std::string> own = synthetic::split(statement.value);
        const std::vector<std::string> theirs = synthetic::split(std::string(other.caption()));
        for (std::size_t i = 1; i < own.size(); ++i) {
          if (i < theirs.size()) own[i] = theirs[i];
        }
        statement.value.clear();
        for (const std::string& part : own) statement.value += (statement.value.empty() ? "" : " ") + part;
      }
      out.push_back(std::move(twin));
    }
  }
  return out;
}

std::vector<screen::Query> queries_for(const std::vector<Party>& parties, const std::string& customers,
                                       std::size_t count) {
  synthetic::Random random(7);
  std::vector<screen::Query> out;
  std::ifstream in(customers);
  std::string line;
  std::getline(in, line);  // the header
  while (out.size() < count / 3 && std::getline(in, line)) {
    out.push_back({.schema = "Person", .names = {line.substr(0, line.find(','))}});
  }
  while (out.size() < count) {
    const Party& party = synthetic::pick(random, parties);
    std::string name(party.caption());
    if (out.size() % 2 == 0) name = synthetic::distort(random, name);
    out.push_back({.schema = party.schema, .names = {std::move(name)}});
  }
  for (std::size_t i = out.size(); i > 1; --i) std::swap(out[i - 1], out[synthetic::below(random, i)]);
  return out;
}

double quantile(std::vector<double>& sorted, double q) {
  return sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(q * static_cast<double>(sorted.size())))];
}

void report(const char* what, std::vector<double> values, const char* unit) {
  std::ranges::sort(values);
  double sum = 0;
  for (const double v : values) sum += v;
  fmt::print("{:<22} mean {:9.1f}  p50 {:9.1f}  p99 {:9.1f}  p99.9 {:9.1f}  max {:9.1f} {}\n", what,
             sum / static_cast<double>(values.size()), quantile(values, 0.5), quantile(values, 0.99),
             quantile(values, 0.999), values.back(), unit);
}

void measure(const index::Snapshot& snapshot, const std::vector<screen::Query>& queries, const screen::Options& options,
             const char* temper) {
  std::vector<double> latencies;
  std::size_t hits = 0;
  const auto start = Clock::now();
  for (const screen::Query& query : queries) {
    const auto one = Clock::now();
    hits += screen::screen(snapshot, query, options).size();
    latencies.push_back(since(one) * 1e6);
  }
  const double seconds = since(start);
  fmt::print("{}: {:.0f} queries/s on one core, {} hits\n", temper, static_cast<double>(queries.size()) / seconds,
             hits);
  report("  latency", latencies, "us");
}

void measure_candidates(const index::Snapshot& snapshot, const std::vector<screen::Query>& queries, double floor) {
  std::vector<double> counts;
  std::vector<double> analysis;
  std::vector<double> selection;
  std::vector<double> scoring;
  for (const screen::Query& query : queries) {
    auto at = Clock::now();
    const names::Name name = names::analyse(query.names.front(), names::kind_of(query.schema));
    analysis.push_back(since(at) * 1e6);
    at = Clock::now();
    const auto candidates = snapshot.candidates(name, floor);
    selection.push_back(since(at) * 1e6);
    counts.push_back(static_cast<double>(candidates.size()));
    at = Clock::now();
    double sum = 0;
    for (const auto& candidate : candidates) sum += names::score(name, snapshot.name(candidate.name), floor);
    scoring.push_back(since(at) * 1e6);
    if (sum < 0) fmt::print("never\n");
  }
  report("  analysis", analysis, "us");
  report("  selection", selection, "us");
  report("  candidates", counts, "names");
  report("  scoring them all", scoring, "us");
}

int run(int argc, char** argv) {
  CLI::App app("measures screening");
  std::string parties_path;
  std::string customers;
  std::size_t count = 30000;
  unsigned times = 1;
  screen::Options options;
  app.add_option("--parties", parties_path)->required();
  app.add_option("--customers", customers)->required();
  app.add_option("--queries", count);
  app.add_option("--threshold", options.threshold);
  app.add_option("--repeat-world", times);
  CLI11_PARSE(app, argc, argv);

  const std::vector<Party> listed = read_parties(parties_path);
  const std::filesystem::path path = std::filesystem::temp_directory_path() / "interdict_screen_bench.idx";
  {
    const auto start = Clock::now();
    index::Builder builder;
    for (const Party& party : grow(listed, times)) builder.add(party, "");
    if (const auto written = builder.write(path); !written) {
      fmt::print(stderr, "{}\n", written.error().to_string());
      return 1;
    }
    fmt::print("build: {:.2f} s, {:.1f} MB\n", since(start),
               static_cast<double>(std::filesystem::file_size(path)) / 1e6);
  }
  const auto start = Clock::now();
  auto snapshot = index::Snapshot::open(path);
  if (!snapshot) {
    fmt::print(stderr, "{}\n", snapshot.error().to_string());
    return 1;
  }
  fmt::print("open: {:.1f} ms, {} parties, {} names\n", since(start) * 1e3, snapshot->party_count(),
             snapshot->name_count());
  std::filesystem::remove(path);

  const std::vector<screen::Query> queries = queries_for(listed, customers, count);
  measure(*snapshot, queries, options, "first time");
  measure(*snapshot, queries, options, "again");
  measure_candidates(*snapshot, queries, options.threshold);
  return 0;
}

}  // namespace
}  // namespace interdict

int main(int argc, char** argv) { return interdict::run(argc, argv); }
