// Scores of name pairs, for tools/pairs_eval.py and tools/learn_names.py.
//
//   name_scores              lines "kind TAB query TAB listed" → one score a line
//   name_scores explain      the same lines → the comparison laid out
//   name_scores tokens       lines "kind TAB name" → "form:role form:role ..."
//   name_scores romanised    lines of words → folded, and what all romanisations of each word have in common
//   name_scores hits Q L F   files of lines "kind TAB name" → "score TAB query TAB listed" of pairs reaching F, by
//                            comparing every query with every listed name
//   name_scores time Q L     the same comparisons, nanoseconds a pair
#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "names/aliases.h"
#include "names/words.h"
#include "names/written.h"
#include "text/text.h"

namespace {

using namespace interdict::names;

Kind kind_named(std::string_view word) {
  return word == "person" ? Kind::person : word == "object" ? Kind::object : Kind::organisation;
}

std::vector<std::string> fields(const std::string& line) {
  std::vector<std::string> out;
  std::size_t at = 0;
  while (at <= line.size()) {
    const std::size_t end = std::min(line.find('\t', at), line.size());
    out.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

std::vector<Name> read(const char* path) {
  std::ifstream in(path);
  std::vector<Name> names;
  for (std::string line; std::getline(in, line);) {
    const auto parts = fields(line);
    if (parts.size() > 1) names.push_back(analyse(parts[1], kind_named(parts[0])));
  }
  return names;
}

void explain(const std::string& query, const std::string& listed, Kind kind) {
  const Comparison result = compare_texts(query, listed, kind);
  fmt::print("{:.4f}  {} | {}\n", result.score, query, listed);
  for (const Pair& pair : result.pairs) {
    fmt::print("    {} = {}  {:.2f} x {:.2f} {}\n", pair.query, pair.listed, pair.similarity, pair.weight,
               to_string(pair.how));
  }
  for (const Leftover& part : result.query_left) fmt::print("    left: {} of the query\n", part.text);
  for (const Leftover& part : result.listed_left) fmt::print("    left: {} of the list\n", part.text);
  fmt::print("    {}\n", fmt::join(result.notes, "; "));
}

int all_pairs(const char* queries_path, const char* listed_path, double floor, bool timed) {
  const auto queries = read(queries_path);
  const auto listed = read(listed_path);
  const auto start = std::chrono::steady_clock::now();
  std::size_t hits = 0;
  std::size_t pairs = 0;
  for (const Name& query : queries) {
    for (const Name& name : listed) {
      if ((query.kind == Kind::person) != (name.kind == Kind::person)) continue;
      ++pairs;
      const double value = score(query, name, floor);
      if (value < floor || value <= 0) continue;
      ++hits;
      if (!timed) fmt::print("{:.4f}\t{}\t{}\n", value, query.text, name.text);
    }
  }
  const std::chrono::duration<double, std::nano> spent = std::chrono::steady_clock::now() - start;
  if (timed)
    fmt::print("{} pairs, {} hits, {:.1f} ns a pair\n", pairs, hits, spent.count() / static_cast<double>(pairs));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view mode = argc > 1 ? argv[1] : "scores";
  if (mode == "hits" && argc > 4) return all_pairs(argv[2], argv[3], std::stod(argv[4]), false);
  if (mode == "time" && argc > 3) return all_pairs(argv[2], argv[3], 0.7, true);
  for (std::string line; std::getline(std::cin, line);) {
    const auto parts = fields(line);
    if (mode == "romanised") {
      const std::string folded = interdict::text::fold(line);
      std::string out;
      for (const std::string_view word : words_of(folded)) {
        if (!out.empty()) out += ' ';
        out += any_romanisation(word);
      }
      fmt::print("{}\n", out);
    } else if (mode == "tokens" && parts.size() > 1) {
      const Name name = analyse(parts[1], kind_named(parts[0]));
      std::string out;
      for (const Token& token : name.tokens)
        out += fmt::format("{}{}:{}", out.empty() ? "" : " ", token.form, to_string(token.role));
      fmt::print("{}\n", out);
    } else if (parts.size() > 2) {
      if (mode == "explain") {
        explain(parts[1], parts[2], kind_named(parts[0]));
      } else {
        fmt::print("{}\n", score_texts(parts[1], parts[2], kind_named(parts[0])));
      }
    }
  }
  return 0;
}
