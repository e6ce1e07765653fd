// What one query costs when somebody else has chosen the candidates: for each query an index of its candidates alone is
// built beforehand, its names read, and the one screening of it timed. So a matcher that needs a candidate stage and
// interdict do the same work. Just before, ten other queries are put to another index, so that what is timed is one
// query among others, as a server meets it, and not the first after building an index.
//
//   candidates_bench BLOCKS.tsv [--threshold T]
//
// BLOCKS.tsv: a line "query <tab> schema <tab> name" begins a block; each line "candidate <tab> party <tab> schema
// <tab> name" adds a name of a candidate to it. Prints one line per query: the microseconds of this thread for
// screening by an index never asked before, for scoring every candidate without it, and for screening by an index in
// use: one that has itself been asked the ten queries that follow in the file.
#include <fmt/format.h>

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>

#include "index/index.h"
#include "screen/screen.h"

namespace interdict {
namespace {

struct Block {
  screen::Query query;
  std::map<std::string, Party> parties;
};

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> fields;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = std::min(line.find('\t', at), line.size());
    fields.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return fields;
}

Result<std::vector<Block>> read(const std::string& path) {
  std::vector<Block> blocks;
  std::ifstream in(path);
  std::uint64_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    const std::vector<std::string> fields = split(line);
    if (fields.size() == 3 && fields[0] == "query") {
      blocks.push_back({{.schema = fields[1], .names = {fields[2]}}, {}});
    } else if (fields.size() == 4 && fields[0] == "candidate" && !blocks.empty()) {
      Party& party = blocks.back().parties[fields[1]];
      party.id = "bench:" + fields[1];
      party.source = "bench";
      party.schema = fields[2];
      party.statements.push_back({Prop::name, fields[3], {}});
    } else {
      return Error{Fault::bad_input, "neither a query nor a candidate", {path, number, 0, {}}};
    }
  }
  return blocks;
}

double thread_microseconds() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_nsec) * 1e-3;
}

template <typename Work>
double microseconds(Work work) {
  const double start = thread_microseconds();
  work();
  return thread_microseconds() - start;
}

Result<void> write_index(const Block& block, const std::filesystem::path& file) {
  index::Builder builder;
  for (const auto& [id, party] : block.parties) builder.add(party, "");
  return builder.write(file);
}

/// Reading the names is the index's part of analysing listed names, which is not counted for anybody.
Result<index::Snapshot> open_and_read(const std::filesystem::path& file) {
  auto snapshot = index::Snapshot::open(file);
  if (!snapshot) return snapshot;
  for (std::uint32_t name = 0; name < snapshot->name_count(); ++name) static_cast<void>(snapshot->name(name));
  return snapshot;
}

Result<void> run(const std::string& path, const screen::Options& options) {
  auto blocks = read(path);
  if (!blocks) return std::move(blocks).error();
  if (blocks->empty()) return {};
  const std::filesystem::path folder = std::filesystem::temp_directory_path();
  const std::filesystem::path file = folder / fmt::format("interdict_{}.idx", getpid());
  const std::filesystem::path first_file = folder / fmt::format("interdict_{}_first.idx", getpid());
  if (auto written = write_index(blocks->front(), first_file); !written) return written;
  std::size_t hits = 0;
  for (std::size_t at = 0; at < blocks->size(); ++at) {
    const Block& block = (*blocks)[at];
    if (auto written = write_index(block, file); !written) return written;
    auto first = index::Snapshot::open(first_file);
    if (!first) return std::move(first).error();
    const auto ask_others = [&](const index::Snapshot& other) {
      for (std::size_t k = 1; k <= std::min<std::size_t>(10, blocks->size() - 1); ++k) {
        hits += screen::screen(other, (*blocks)[(at + k) % blocks->size()].query, options).size();
      }
    };
    auto snapshot = open_and_read(file);
    if (!snapshot) return std::move(snapshot).error();
    ask_others(*first);
    const double by_index = microseconds([&] { hits += screen::screen(*snapshot, block.query, options).size(); });
    const double all = microseconds([&] { hits += screen::exhaustive(*snapshot, block.query, options).size(); });
    auto used = open_and_read(file);
    if (!used) return std::move(used).error();
    ask_others(*used);
    const double in_use = microseconds([&] { hits += screen::screen(*used, block.query, options).size(); });
    fmt::print("{}\t{:.2f}\t{:.2f}\t{:.2f}\n", block.parties.size(), by_index, all, in_use);
  }
  std::filesystem::remove(file);
  std::filesystem::remove(first_file);
  fmt::print(stderr, "{} hits\n", hits);
  return {};
}

}  // namespace
}  // namespace interdict

int main(int argc, char** argv) {
  CLI::App app("Screening of candidates chosen by somebody else");
  std::string path;
  interdict::screen::Options options;
  app.add_option("blocks", path)->required()->check(CLI::ExistingFile);
  app.add_option("--threshold", options.threshold);
  CLI11_PARSE(app, argc, argv);
  if (const auto done = interdict::run(path, options); !done) {
    fmt::print(stderr, "{}\n", done.error().to_string());
    return 1;
  }
  return 0;
}
