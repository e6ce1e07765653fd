// interdict compare: two names, or a file of pairs. Needs no store: scores depend on the program's own tables only.
#include <fmt/format.h>

#include <memory>

#include "app/command.h"
#include "app/table.h"
#include "names/aliases.h"
#include "report/report.h"

namespace interdict::app {
namespace {

struct CompareOptions {
  Common common;
  std::string schema = "Thing";
  std::vector<std::string> names;
  std::string csv;
  std::string out;
  double threshold = 0.70;
  bool explain = false;
};

Result<names::Comparison> compare_names(std::string_view schema, std::string_view query, std::string_view listed) {
  if (!is_matchable(schema)) return Error{Fault::bad_usage, fmt::format("unknown schema '{}'", schema), {}};
  const names::Kind kind = names::kind_of(schema);
  return names::compare_texts(query, listed, kind);
}

Result<void> compare_file(const CompareOptions& options) {
  auto table = TableReader::open(options.csv, {"schema", "name1", "name2"}, TableReader::Others::kept);
  if (!table) return std::move(table).error();
  auto out = TableWriter::open(options.out);
  if (!out) return std::move(out).error();
  std::vector<std::string> header = table->header();
  header.insert(header.end(), {"score", "match"});
  out->row(header);
  while (true) {
    auto row = table->next();
    if (!row) return std::move(row).error();
    if (!*row) break;
    auto compared = compare_names(table->field("schema"), table->field("name1"), table->field("name2"));
    if (!compared) return Error{compared.error().fault, compared.error().message, table->place()};
    std::vector<std::string> fields = table->fields();
    fields.push_back(fmt::format("{}", compared->score));
    fields.emplace_back(compared->score >= options.threshold ? "true" : "false");
    out->row(fields);
  }
  return out->finish();
}

int run(const CompareOptions& options) {
  if (!options.csv.empty()) {
    if (options.out.empty()) return fail({Fault::bad_usage, "--csv needs --out", {}});
    const auto done = compare_file(options);
    return done ? exit_done : fail(done.error());
  }
  if (options.names.size() != 2) return fail({Fault::bad_usage, "compare takes two names, or --csv IN --out OUT", {}});
  const auto compared = compare_names(options.schema, options.names[0], options.names[1]);
  if (!compared) return fail(compared.error());
  if (options.common.json) {
    fmt::print("{}\n", report::comparison_json(*compared, options.threshold));
  } else {
    const std::string text = report::comparison_text(*compared, options.threshold);
    fmt::print("{}", options.explain ? text : text.substr(0, text.find('\n') + 1));
  }
  return exit_done;
}

}  // namespace

void add_compare(CLI::App& program, int& exit_code) {
  auto options = std::make_shared<CompareOptions>();
  CLI::App* verb = program.add_subcommand("compare", "Score two names, the second as if it were listed");
  add_common(*verb, options->common);
  verb->add_option("names", options->names, "The two names")->expected(0, 2);
  verb->add_option("--schema", options->schema, "FollowTheMoney schema of both (Person, Company, Vessel, ...)");
  verb->add_option("--csv", options->csv, "A file with the columns schema,name1,name2; others are kept");
  verb->add_option("--out", options->out, "Where to write it with score and match added");
  verb->add_option("--threshold", options->threshold, "Scores at or above it match")->check(CLI::Range(0.0, 1.0));
  verb->add_flag("--explain", options->explain, "Lay out the pairs that made the score");
  verb->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace interdict::app
