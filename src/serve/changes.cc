// What changed on the lists between two days.
#include "report/changes.h"

#include "serve/handlers.h"
#include "serve/params.h"

namespace interdict::serve {
namespace {

constexpr std::size_t most_parties = 10000;

}  // namespace

Response v1_changes(const Site& site, const Request& request) {
  Params params(request, {"from", "to", "known_at", "source", "kind", "text", "offset", "limit", "format"});
  report::ChangesAsked asked;
  asked.world.as_of = params.day("to").value_or(request.today);
  asked.from = params.day("from").value_or(asked.world.as_of - report::changes_span);
  if (const auto known = params.day("known_at"))
    asked.world.known_at = *known + std::chrono::days{1} - std::chrono::seconds{1};
  asked.sources = params.list("source", 50);
  const auto kinds = params.choices("kind", {"added", "changed", "removed"});
  if (!kinds.empty()) asked.kind = report::change_kind(kinds.back());
  asked.text = params.text("text");
  asked.offset = params.count("offset", 0, 10000000);
  const auto formats = params.choices("format", {"json", "csv"});
  const bool is_csv = !formats.empty() && formats.back() == "csv";
  asked.limit = params.count("limit", is_csv ? most_parties : 100, most_parties);
  if (!params.sound()) return params.refusal();
  if (!site.changes) return failure(404, "not_found", "this server keeps no record of the lists");
  const auto changes = site.changes(std::move(asked));
  if (!changes) return failure(changes.error());
  if (!is_csv) return json_of(report::changes_json(*changes));
  Response out;
  out.type = "text/csv; charset=utf-8";
  out.body = report::changes_csv(*changes);
  out.headers.emplace_back("Content-Disposition", "attachment; filename=\"changes.csv\"");
  return out;
}

}  // namespace interdict::serve
