#include <fmt/format.h>

#include "report/report.h"
#include "report/reviews.h"

namespace interdict::report {
namespace {

std::string hit_csv(std::string_view query_id, const screen::Hit& hit) {
  return fmt::format("{},{},{},{},{},{},{}", csv_field(query_id), hit.score, hit.match, csv_field(hit.id),
                     csv_field(hit.caption), csv_field(hit.source), csv_field(hit.matched_name));
}

}  // namespace

std::string csv_field(std::string_view value) {
  if (value.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(value);
  std::string out = "\"";
  for (char c : value) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string hits_csv(std::string_view query_id, const std::vector<screen::Hit>& hits) {
  std::string out;
  for (const screen::Hit& hit : hits) out += hit_csv(query_id, hit) + '\n';
  return out;
}

std::string hits_csv(std::string_view query_id, const reviews::Marked& marked) {
  std::string out;
  for (std::size_t i = 0; i < marked.hits.size(); ++i) {
    const reviews::Standing& standing = marked.standings[i];
    out += fmt::format("{},{},{},{}\n", hit_csv(query_id, marked.hits[i]), reviews::to_string(standing.status),
                       standing.review == 0 ? "" : fmt::format("{}", standing.review),
                       csv_field(fmt::format("{}", fmt::join(standing.why, " "))));
  }
  return out;
}

}  // namespace interdict::report
