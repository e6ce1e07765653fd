#include <fmt/format.h>

#include "report/report.h"

namespace interdict::report {

std::string csv_field(std::string_view value) {
  if (value.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(value);
  std::string out = "\"";
  for (char c : value) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string hit_csv(std::string_view query_id, const screen::Hit& hit) {
  return fmt::format("{},{},{},{},{},{},{}\n", csv_field(query_id), hit.score, hit.match, csv_field(hit.id),
                     csv_field(hit.caption), csv_field(hit.source), csv_field(hit.matched_name));
}

}  // namespace interdict::report
