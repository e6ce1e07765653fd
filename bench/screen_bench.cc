// How fast screening is, and where its work goes: candidates, single-query latency, one-core throughput.
//
//   screen_bench --parties PARTIES.tsv --customers CUSTOMERS.csv [--queries N] [--threshold T] [--repeat-world K]
//   [--index FILE]
//
// PARTIES.tsv has the columns listing id, schema, property, value. Queries are three kinds, a third each: names of the
// customer file (first column; nearly none of them listed), listed names as they are, listed names with a slip or two.
// --repeat-world makes the lists K times as long, to see growth; the queries stay. --index keeps the index in that
// file, and takes it from there if it is there.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "index/index.h"
#include "index/mapped.h"
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

/// Lists `times` times as long, of the same make. Two things make them so: names exchange their parts, so that common
/// parts grow more common; and by Heaps' law (distinct words = k x words^beta) new rare words keep coming. Beta is
/// measured on the list itself; the rarest words are given another spelling in each copy, as many as the law asks for,
/// each put together from the beginning of one real word and the end of another.
class Growth {
 public:
  Growth(const std::vector<Party>& parties, unsigned times) : parties_(parties), times_(times) {
    std::unordered_map<std::string, std::size_t> counts;
    std::vector<const std::string*> in_order;
    std::size_t words = 0;
    synthetic::Random random(5);
    std::vector<std::size_t> order(parties.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[synthetic::below(random, i)]);
    std::vector<std::pair<double, double>> curve;  // words, distinct words: logarithms
    for (std::size_t i = 0; i < order.size(); ++i) {
      for (const Statement& statement : parties[order[i]].statements) {
        if (!is_name(statement.prop)) continue;
        for (const std::string& word : synthetic::split(statement.value)) {
          ++words;
          if (++counts[word] == 1) in_order.push_back(&counts.find(word)->first);
        }
      }
      if (i >= order.size() / 4 && i % 1000 == 0) {
        curve.emplace_back(std::log(static_cast<double>(words)), std::log(static_cast<double>(counts.size())));
      }
    }
    beta_ = slope(curve);
    distinct_ = counts.size();
    const double wanted = static_cast<double>(distinct_) * (std::pow(times, beta_) - 1) / std::max(times - 1.0, 1.0);
    std::ranges::stable_sort(in_order, {}, [&](const std::string* word) { return counts[*word]; });
    in_order.resize(std::min(in_order.size(), static_cast<std::size_t>(wanted)));
    for (const std::string* word : in_order) {
      // Only words of ASCII letters can be cut anywhere.
      const bool plain = std::ranges::all_of(*word, [](unsigned char c) { return c < 0x80; });
      if (plain && word->size() > 3) rare_.insert(*word);
    }
    for (const std::string& word : rare_) ends_.push_back(word);
    std::ranges::sort(ends_);
  }

  [[nodiscard]] double beta() const { return beta_; }

  void add_to(index::Builder& builder) {
    for (const Party& party : parties_) builder.add(party, "");
    synthetic::Random random(1);
    for (unsigned k = 1; k < times_; ++k) {
      for (const Party& party : parties_) builder.add(twin(random, party, k), "");
    }
  }

 private:
  static double slope(const std::vector<std::pair<double, double>>& points) {
    double x = 0;
    double y = 0;
    for (const auto& [px, py] : points) {
      x += px / static_cast<double>(points.size());
      y += py / static_cast<double>(points.size());
    }
    double xy = 0;
    double xx = 0;
    for (const auto& [px, py] : points) {
      xy += (px - x) * (py - y);
      xx += (px - x) * (px - x);
    }
    return xx > 0 ? xy / xx : 1;
  }

  Party twin(synthetic::Random& random, const Party& party, unsigned k) {
    Party out = party;
    out.id += fmt::format("-{}", k);
    for (Statement& statement : out.statements) {
      if (!is_name(statement.prop)) continue;
      const Party& other = synthetic::pick(random, parties_);
      std::vector<std::string> own = synthetic::split(statement.value);
      const std::vector<std::string> theirs = synthetic::split(std::string(other.caption()));
      for (std::size_t i = 1; i < own.size(); ++i) {
        if (i < theirs.size()) own[i] = theirs[i];
      }
      statement.value.clear();
      for (const std::string& part : own) {
        if (!statement.value.empty()) statement.value += ' ';
        statement.value += in_copy(part, k);
      }
    }
    return out;
  }

  /// What a word is called in copy k: always the same there.
  [[nodiscard]] std::string in_copy(const std::string& word, unsigned k) const {
    if (!rare_.contains(word)) return word;
    synthetic::Random own(std::hash<std::string>{}(word) + k * 0x9E3779B97F4A7C15ULL);
    const std::string& end = synthetic::pick(own, ends_);
    return word.substr(0, (word.size() + 1) / 2) + end.substr(end.size() / 2);
  }

  const std::vector<Party>& parties_;
  unsigned times_;
  double beta_ = 1;
  std::size_t distinct_ = 0;
  std::unordered_set<std::string> rare_;
  std::vector<std::string> ends_;
};

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
  std::string kept;
  std::size_t count = 30000;
  unsigned times = 1;
  screen::Options options;
  app.add_option("--parties", parties_path)->required();
  app.add_option("--customers", customers)->required();
  app.add_option("--queries", count);
  app.add_option("--threshold", options.threshold);
  app.add_option("--repeat-world", times);
  app.add_option("--index", kept);
  CLI11_PARSE(app, argc, argv);

  const std::vector<Party> listed = read_parties(parties_path);
  const bool is_kept = !kept.empty();
  const std::filesystem::path path =
      is_kept ? std::filesystem::path(kept) : std::filesystem::temp_directory_path() / "interdict_screen_bench.idx";
  if (!is_kept || !std::filesystem::exists(path)) {
    const auto start = Clock::now();
    index::Builder builder;
    Growth growth(listed, times);
    growth.add_to(builder);
    if (times > 1) fmt::print("lists {} times as long, Heaps' beta {:.3f}\n", times, growth.beta());
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
  const auto bytes = static_cast<double>(std::filesystem::file_size(path));
  fmt::print("open: {:.1f} ms, {} parties, {} names, {} distinct pieces, {:.0f} bytes a name\n", since(start) * 1e3,
             snapshot->party_count(), snapshot->name_count(), snapshot->inside().pieces.size(),
             bytes / snapshot->name_count());
  if (!is_kept) std::filesystem::remove(path);

  const std::vector<screen::Query> queries = queries_for(listed, customers, count);
  measure(*snapshot, queries, options, "first time");
  measure(*snapshot, queries, options, "again");
  measure_candidates(*snapshot, queries, options.threshold);
  return 0;
}

}  // namespace
}  // namespace interdict

int main(int argc, char** argv) { return interdict::run(argc, argv); }
