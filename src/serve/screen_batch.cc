// POST /v1/screen/batch: a file of any length, line by line, NDJSON or CSV in, NDJSON out.
#include <fmt/format.h>
#include <simdjson.h>

#include <memory>

#include "report/json.h"
#include "report/report.h"
#include "screen/fields.h"
#include "screen/screen.h"
#include "serve/asked.h"
#include "serve/handlers.h"
#include "serve/params.h"

namespace interdict::serve {
namespace {

/// The fields of one CSV line (RFC 4180, without line breaks inside fields); nothing for a broken quote.
std::optional<std::vector<std::string>> csv_fields(std::string_view line) {
  std::vector<std::string> out(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
      out.back() += line[++i];
    } else if (c == '"' && (quoted || out.back().empty())) {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  if (quoted) return std::nullopt;
  return out;
}

std::string fault_line(std::uint64_t line, std::string_view id, std::string_view detail) {
  report::Json json;
  json.begin_object();
  json.key("line");
  json.integer(static_cast<std::int64_t>(line));
  if (!id.empty()) json.field("id", id);
  json.field("detail", detail);
  json.field("code", "bad_usage");
  json.end_object();
  return json.str() + "\n";
}

/// One upload on its way: what a line means depends on the first.
class Upload {
 public:
  Upload(const Site& site, screen::Options options) : site_(site), options_(std::move(options)) {}

  std::string answer(std::string_view line) {
    ++line_;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    if (line.find_first_not_of(" \t") == std::string_view::npos) return {};
    if (columns_.empty() && line.front() != '{') return read_header(line);
    screen::Query query;
    query.id = std::to_string(line_);
    const auto read = line.front() == '{' && columns_.empty() ? from_json(line, query) : from_csv(line, query);
    if (!read) return fault_line(line_, query.id, read.error().message);
    if (query.names.empty() && query.id_numbers.empty()) {
      return fault_line(line_, query.id, "nothing to screen: give name or id_number");
    }
    auto hits = screen::screen(site_.snapshot, query, options_);
    mark_stale(site_, hits);
    return report::screen_json(query, hits, site_.world_json, options_.threshold) + "\n";
  }

 private:
  static Result<void> set(screen::Query& query, std::string_view field, std::string_view value) {
    if (field == "id") {
      query.id = value;
      return {};
    }
    return screen::set_field(query, field, value);
  }

  std::string read_header(std::string_view line) {
    if (broken_) return {};
    auto columns = csv_fields(line);
    screen::Query probe;
    for (const std::string& column : columns.value_or(std::vector<std::string>{})) {
      if (column == "id" || screen::set_field(probe, column, "")) continue;
      broken_ = true;
      return fault_line(line_, "", fmt::format("unknown column '{}'", column));
    }
    if (columns) columns_ = std::move(*columns);
    return {};
  }

  Result<void> from_csv(std::string_view line, screen::Query& query) {
    const auto fields = csv_fields(line);
    if (!fields || fields->size() != columns_.size()) {
      return Error{Fault::bad_usage, fmt::format("not {} fields", columns_.size()), {}};
    }
    for (std::size_t i = 0; i < fields->size(); ++i) {
      if (auto done = set(query, columns_[i], (*fields)[i]); !done) return done;
    }
    return {};
  }

  Result<void> from_json(std::string_view line, screen::Query& query) {
    simdjson::dom::object object;
    if (parser_.parse(line.data(), line.size()).get(object) != simdjson::SUCCESS) {
      return Error{Fault::bad_usage, "no JSON object", {}};
    }
    for (const auto [name, value] : object) {
      const auto add = [&, field = name](const simdjson::dom::element& one) -> Result<void> {
        std::string_view text;
        if (one.is_null()) return {};
        if (one.get(text) != simdjson::SUCCESS) {
          return Error{Fault::bad_usage, fmt::format("'{}' must be text or a list of texts", field), {}};
        }
        return set(query, field, text);
      };
      simdjson::dom::array list;
      if (value.get(list) != simdjson::SUCCESS) {
        if (auto done = add(value); !done) return done;
        continue;
      }
      for (const simdjson::dom::element one : list) {
        if (auto done = add(one); !done) return done;
      }
    }
    return {};
  }

  const Site& site_;
  screen::Options options_;
  simdjson::dom::parser parser_;
  std::vector<std::string> columns_;  // of CSV, once its header has come
  std::uint64_t line_ = 0;
  bool broken_ = false;
};

}  // namespace

Response v1_screen_batch(std::shared_ptr<const Site> site, const Request& request) {
  Params params(request, {"limit", "threshold", "source", "as_of", "known_at"});
  screen::Options options;
  options.limit = params.count("limit", 10, 500);
  options.threshold = params.share("threshold", options.threshold);
  options.sources = params.list("source");
  if (!params.sound()) return params.refusal();
  Response out;
  out.type = "application/x-ndjson";
  auto upload = std::make_shared<Upload>(*site, std::move(options));
  out.each_line = [site = std::move(site), upload = std::move(upload)](std::string_view line) {
    return upload->answer(line);
  };
  return out;
}

}  // namespace interdict::serve
