#include "serve/metrics.h"

#include <fmt/format.h>

#include <algorithm>

namespace interdict::serve {
namespace {

std::string escaped(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c == '\\' || c == '"') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out;
}

void head(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
  out += fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n", name, help, type);
}

}  // namespace

void Metrics::request(std::string_view route, unsigned status, double seconds) {
  const auto bucket =
      static_cast<std::size_t>(std::lower_bound(bounds.begin(), bounds.end(), seconds) - bounds.begin());
  const std::lock_guard lock(guard_);
  Series& series = requests_[{std::string(route), status}];
  ++series.counts.at(bucket);
  series.sum += seconds;
}

void Metrics::refreshed(const std::string& source, bool worked) {
  const std::lock_guard lock(guard_);
  auto& [good, bad] = refreshes_[source];
  ++(worked ? good : bad);
}

std::string Metrics::text(const Site& site) const {
  std::string out;
  const std::lock_guard lock(guard_);
  head(out, "interdict_request_duration_seconds", "histogram", "Time from a request's arrival to its answer.");
  for (const auto& [what, series] : requests_) {
    const std::string labels = fmt::format(R"(route="{}",status="{}")", escaped(what.first), what.second);
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < series.counts.size(); ++i) {
      sum += series.counts.at(i);
      const std::string bound = i < bounds.size() ? fmt::format("{}", bounds.at(i)) : "+Inf";
      out += fmt::format("interdict_request_duration_seconds_bucket{{{},le=\"{}\"}} {}\n", labels, bound, sum);
    }
    out += fmt::format("interdict_request_duration_seconds_sum{{{}}} {}\n", labels, series.sum);
    out += fmt::format("interdict_request_duration_seconds_count{{{}}} {}\n", labels, sum);
  }
  head(out, "interdict_connections", "gauge", "Connections that are open.");
  out += fmt::format("interdict_connections {}\n", connections_.load());
  head(out, "interdict_rate_limited_total", "counter", "Requests refused for their rate.");
  out += fmt::format("interdict_rate_limited_total {}\n", rate_limited_.load());
  head(out, "interdict_audit_records_total", "counter", "Records of the audit trail, kept and failed.");
  out += fmt::format("interdict_audit_records_total{{result=\"kept\"}} {}\n", audit_kept_.load());
  out += fmt::format("interdict_audit_records_total{{result=\"failed\"}} {}\n", audit_failed_.load());
  head(out, "interdict_refreshes_total", "counter", "Refreshes, by what they gave.");
  for (const auto& [source, counts] : refreshes_) {
    out +=
        fmt::format("interdict_refreshes_total{{source=\"{}\",result=\"worked\"}} {}\n", escaped(source), counts.first);
    out += fmt::format("interdict_refreshes_total{{source=\"{}\",result=\"failed\"}} {}\n", escaped(source),
                       counts.second);
  }
  head(out, "interdict_list_entries", "gauge", "Entries of the version of each list that answers.");
  for (const Dataset& list : site.datasets) {
    out += fmt::format("interdict_list_entries{{source=\"{}\",version=\"{}\"}} {}\n", escaped(list.name),
                       escaped(list.version), list.entries);
  }
  head(out, "interdict_list_age_seconds", "gauge", "Time since the version that answers was published.");
  const Instant at = now();
  for (const Dataset& list : site.datasets) {
    if (const auto published = parse_instant(list.published)) {
      out += fmt::format("interdict_list_age_seconds{{source=\"{}\"}} {}\n", escaped(list.name),
                         (at - *published).count());
    }
  }
  return out;
}

}  // namespace interdict::serve
