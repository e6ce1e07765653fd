// What reading a list costs against plain passes over the same file. Both sides read it from disk; ours also hashes it,
// checks it and builds every record.
//
//   lists_bench [--runs 7] PATH...        one row per list found: medians of alternating runs, and peak memory
//
// Three yardsticks, for "a plain pass" can mean more than one thing:
// - SAX: the least that sees every value as a value. Expat with empty handlers for XML; RapidJSON's reader, which is a
//   SAX parser as expat is, for JSON lines; for CSV, which has no such parser, every field unquoted into a string.
// - lines: getline and nothing else. No value is seen, so no reader can come near it; it tells what the disk and the
//   memory give.
// - simdjson: for JSON lines only, its DOM walked. It is no SAX parser but the fastest there is, and what our reader
//   uses, so it tells what our own work adds.
//
// Times are of the processor, not of the clock: another program on the machine must not weigh on one side.
#include <expat.h>
#include <fmt/format.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <simdjson.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "lists/lists.h"

namespace interdict::lists {
namespace {

namespace fs = std::filesystem;

class Discard : public Sink {
 public:
  Result<void> record(Record&& record) override {
    statements += record.statements.size();
    return {};
  }
  void reject(Rejection&&) override {}
  std::size_t statements = 0;
};

std::uint64_t read_list(const FileSet& set) {
  Discard sink;
  const auto summary = read(set, {.source = "bench", .progress = {}}, sink);
  if (!summary) {
    fmt::print(stderr, "{}: {}\n", set.files.front().string(), summary.error().message);
    std::exit(1);
  }
  return summary->entries;
}

template <typename Feed>
void by_block(const fs::path& path, Feed feed) {
  std::ifstream in(path, std::ios::binary);
  std::vector<char> block(std::size_t{64} << 10);
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())), in.gcount() > 0) {
    feed(std::string_view(block.data(), static_cast<std::size_t>(in.gcount())));
  }
}

std::size_t plain_xml(const fs::path& path) {
  std::size_t seen = 0;
  XML_Parser parser = XML_ParserCreateNS(nullptr, '|');
  XML_SetUserData(parser, &seen);
  XML_SetElementHandler(
      parser, [](void* count, const XML_Char*, const XML_Char**) { ++*static_cast<std::size_t*>(count); },
      [](void*, const XML_Char*) {});
  XML_SetCharacterDataHandler(
      parser, [](void* count, const XML_Char*, int size) { *static_cast<std::size_t*>(count) += size > 1 ? 1U : 0U; });
  by_block(path, [&](std::string_view bytes) { XML_Parse(parser, bytes.data(), static_cast<int>(bytes.size()), 0); });
  XML_Parse(parser, nullptr, 0, 1);
  XML_ParserFree(parser);
  return seen;
}

std::size_t plain_csv(const fs::path& path) {
  std::size_t seen = 0;
  bool quoted = false;
  std::string field;
  std::vector<std::string> row;
  by_block(path, [&](std::string_view bytes) {
    for (const char c : bytes) {
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ',' || c == '\n')) {
        row.push_back(field);
        field.clear();
        if (c == '\n') {
          seen += row.size();
          row.clear();
        }
      } else {
        field += c;
      }
    }
  });
  return seen;
}

std::size_t walk(simdjson::dom::element value) {
  std::size_t seen = 1;
  simdjson::dom::array array;
  simdjson::dom::object object;
  if (!value.get(array)) {
    for (const simdjson::dom::element item : array) seen += walk(item);
  } else if (!value.get(object)) {
    for (const simdjson::dom::key_value_pair field : object) seen += walk(field.value);
  }
  return seen;
}

template <typename Visit>
void by_line(const fs::path& path, Visit visit) {
  std::ifstream in(path, std::ios::binary);
  for (std::string line; std::getline(in, line);) visit(line);
}

std::size_t simdjson_pass(const fs::path& path) {
  std::size_t seen = 0;
  simdjson::dom::parser parser;
  by_line(path, [&](const std::string& line) {
    simdjson::dom::element document;
    if (!parser.parse(line).get(document)) seen += walk(document);
  });
  return seen;
}

struct Count : rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Count> {
  bool Default() {
    ++seen;
    return true;
  }
  bool String(const char*, rapidjson::SizeType, bool) { return Default(); }
  std::size_t seen = 0;
};

std::size_t plain_json(const fs::path& path) {
  Count count;
  rapidjson::Reader reader;
  by_line(path, [&](const std::string& line) {
    rapidjson::MemoryStream stream(line.data(), line.size());
    reader.Parse(stream, count);
  });
  return count.seen;
}

bool is_json(const FileSet& set) { return set.form == "ftm_json"; }

std::size_t plain_pass(const FileSet& set) {
  std::size_t seen = 0;
  for (const fs::path& path : set.files) {
    const bool csv = set.form.find("csv") != std::string::npos;
    seen += is_json(set) ? plain_json(path) : csv ? plain_csv(path) : plain_xml(path);
  }
  return seen;
}

std::size_t line_pass(const FileSet& set) {
  std::size_t seen = 0;
  for (const fs::path& path : set.files) by_line(path, [&](const std::string& line) { seen += line.size(); });
  return seen;
}

template <typename Work>
double seconds(Work work) {
  const auto now = [] {
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
  };
  const double start = now();
  work();
  return now() - start;
}

/// Peak resident MB of a process that does only this.
template <typename Work>
double peak_mb(Work work) {
  const pid_t child = fork();
  if (child == 0) {
    work();
    _exit(0);
  }
  rusage used{};
  wait4(child, nullptr, 0, &used);
  return static_cast<double>(used.ru_maxrss) / 1024;
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

int run(const std::vector<std::string>& arguments, int runs) {
  std::vector<fs::path> paths(arguments.begin(), arguments.end());
  const auto recognised = recognise(paths);
  if (!recognised) {
    fmt::print(stderr, "{}\n", recognised.error().message);
    return 1;
  }
  fmt::print("| list | form | MB | entries | peak MB | ms | SAX, ms | ours / SAX | lines, ms | simdjson, ms |\n");
  fmt::print("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
  for (const FileSet& set : recognised->sets) {
    double size = 0;
    for (const fs::path& path : set.files) size += static_cast<double>(fs::file_size(path)) / 1e6;
    const double peak = peak_mb([&] { read_list(set); });
    std::vector<double> ours;
    std::vector<double> sax;
    std::vector<double> ratios;
    std::vector<double> lines;
    std::vector<double> simd;
    std::uint64_t entries = 0;
    std::size_t seen = 0;
    for (int i = 0; i < runs; ++i) {
      sax.push_back(seconds([&] { seen += plain_pass(set); }));
      ours.push_back(seconds([&] { entries = read_list(set); }));
      ratios.push_back(ours.back() / sax.back());
      lines.push_back(seconds([&] { seen += line_pass(set); }));
      if (is_json(set)) simd.push_back(seconds([&] { seen += simdjson_pass(set.files.front()); }));
    }
    if (seen == 0) return 1;
    fmt::print("| {} | {} | {:.1f} | {} | {:.1f} | {:.1f} | {:.1f} | {:.2f} | {:.1f} | {} |\n",
               set.files.front().filename().string(), set.form, size, entries, peak, 1e3 * median(ours),
               1e3 * median(sax), median(ratios), 1e3 * median(lines),
               simd.empty() ? std::string() : fmt::format("{:.1f}", 1e3 * median(simd)));
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace
}  // namespace interdict::lists

int main(int argc, char** argv) {
  CLI::App app("Reading lists against a plain pass");
  std::vector<std::string> paths;
  int runs = 7;
  app.add_option("--runs", runs)->check(CLI::PositiveNumber);
  app.add_option("paths", paths)->required()->check(CLI::ExistingPath);
  CLI11_PARSE(app, argc, argv);
  return interdict::lists::run(paths, runs);
}
