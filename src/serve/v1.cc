// interdict's own routes: what the command line answers with --json, over HTTP.
#include <fmt/format.h>

#include <algorithm>

#include "casefile/casefile.h"
#include "report/history.h"
#include "report/json.h"
#include "report/law.h"
#include "report/relief.h"
#include "report/report.h"
#include "screen/fields.h"
#include "screen/screen.h"
#include "serve/asked.h"
#include "serve/handlers.h"

namespace interdict::serve {
namespace {

Result<std::optional<Day>> day_asked(const Request& request, std::string_view name) {
  const std::string_view text = request.first(name);
  if (text.empty()) return std::optional<Day>{};
  const auto day = parse_day(text);
  if (!day) return Error{Fault::bad_usage, fmt::format("{} '{}' is no day (YYYY-MM-DD)", name, text), {}};
  return day;
}

Result<law::Dates> dates_of(const Request& request, std::optional<Day> otherwise) {
  const auto as_of = day_asked(request, "as_of");
  if (!as_of) return as_of.error();
  const auto known_at = day_asked(request, "known_at");
  if (!known_at) return known_at.error();
  return law::Dates{as_of->has_value() ? **as_of : otherwise.value_or(request.today), *known_at};
}

/// The deal in the body (YAML or JSON, as docs/formats/case.md says), or the case's own by `deal=ID`.
Result<Deal> deal_of(const Site& site, const Request& request) {
  if (!request.body.empty()) return casefile::read_deal({"request", request.body}, &site.world);
  const std::string id(request.first("deal"));
  const auto at = site.deals.find(id);
  if (at == site.deals.end()) {
    if (id.empty()) return Error{Fault::not_found, "no deal: send one, or name one of the case's own with deal=ID", {}};
    return Error{Fault::not_found, fmt::format("the case has no deal '{}'", id), {}};
  }
  return at->second;
}

Response svg_of(std::string body) {
  Response out;
  out.type = "image/svg+xml";
  out.body = std::move(body);
  return out;
}

Result<std::size_t> count_of(const Request& request, std::string_view name, std::size_t otherwise, std::size_t most) {
  const std::string text(request.first(name));
  if (text.empty()) return otherwise;
  if (text.size() > 6 || text.find_first_not_of("0123456789") != std::string::npos || std::stoul(text) > most) {
    return Error{Fault::bad_usage, fmt::format("{} must be a number up to {}", name, most), {}};
  }
  return std::stoul(text);
}

}  // namespace

Result<ScreeningAsked> screening_asked(const Request& request, std::initializer_list<std::string_view> but) {
  ScreeningAsked out;
  out.query.id = std::string(1, 'q');  // gcc 12 misreads an assigned literal as an overlapping copy
  screen::Options& options = out.options;
  for (const auto& [name, value] : request.query) {
    if (std::find(but.begin(), but.end(), name) != but.end()) continue;
    if (name == "limit") {
      const auto limit = count_of(request, "limit", 10, 500);
      if (!limit) return limit.error();
      options.limit = *limit;
    } else if (name == "threshold") {
      char* end = nullptr;
      options.threshold = std::strtod(value.c_str(), &end);
      if (value.empty() || *end != '\0' || !(options.threshold >= 0) || options.threshold > 1) {
        return Error{Fault::bad_usage, "threshold is a number from 0 to 1", {}};
      }
    } else if (name == "source") {
      options.sources.push_back(value);
    } else if (auto set = screen::set_field(out.query, name, value); !set) {
      return set.error();
    }
  }
  return out;
}

void mark_stale(const Site& site, std::vector<screen::Hit>& hits) {
  for (screen::Hit& hit : hits) {
    const bool stale = std::find(site.stale.begin(), site.stale.end(), hit.source) != site.stale.end();
    if (stale && hit.standing.empty()) hit.standing = "last_known";
  }
}

Response v1_screen(const Site& site, const Request& request) {
  const auto asked = screening_asked(request, {"as_of", "known_at"});
  if (!asked) return failure(asked.error());
  if (asked->query.names.empty() && asked->query.id_numbers.empty())
    return failure(400, "bad_usage", "nothing to screen: give name or id_number");
  auto hits = screen::screen(site.snapshot, asked->query, asked->options);
  mark_stale(site, hits);
  return json_of(report::screen_json(asked->query, hits, site.world_json, asked->options.threshold));
}

Response v1_check(const Site& site, const Request& request) {
  const auto deal = deal_of(site, request);
  if (!deal) return failure(deal.error());
  const auto dates = dates_of(request, deal->on);
  if (!dates) return failure(dates.error());
  const auto from = day_asked(request, "from");
  const auto to = day_asked(request, "to");
  if (!from) return failure(from.error());
  if (!to) return failure(to.error());
  if (from->has_value()) {
    const Day last = to->value_or(dates->as_of);
    if (last < **from || last - **from > std::chrono::days{36525})
      return failure(400, "bad_usage", "a span from a day to a later one");
    report::DealSpans spans{deal->id,
                            law::verdict_spans(*deal, site.index, **from, last + std::chrono::days{1}, dates->known_at),
                            deal->title};
    if (request.first("format") == "svg") return svg_of(report::spans_svg({spans}, site.index));
    return json_of(report::spans_json({spans}, site.index));
  }
  return json_of(report::judgment_json(*deal, law::judge(*deal, site.index, *dates), site.index, *dates, {}));
}

Response v1_relief(const Site& site, const Request& request) {
  const auto deal = deal_of(site, request);
  if (!deal) return failure(deal.error());
  const auto dates = dates_of(request, deal->on);
  if (!dates) return failure(dates.error());
  const auto shown = count_of(request, "limit", 10, 1000);
  if (!shown) return failure(shown.error());
  std::set<std::string> fixed;
  for (const std::string& part : request.all("fixed")) {
    if (part != "route" && part != "bank" && part != "carrier" && part != "insurer" && part != "messaging") {
      return failure(400, "bad_usage", fmt::format("'{}' is no part of a deal that could be fixed", part));
    }
    fixed.insert(part);
  }
  const relief::Answer answer = relief::find(*deal, site.index, *dates, fixed, {.options = 0, .judged = 20000});
  return json_of(report::relief_json(*deal, answer, site.index, *dates, *shown));
}

Response v1_simulate(const Site& site, const Request& request) {
  Scenario scenario;
  if (request.body.empty()) {
    const auto at = site.scenarios.find(std::string(request.first("scenario")));
    if (at == site.scenarios.end())
      return failure(404, "not_found", "no scenario: send one, or name one with scenario=ID");
    scenario = at->second;
  } else {
    auto read = casefile::read_scenario({"request", request.body}, &site.world);
    if (!read) return failure(read.error());
    scenario = std::move(*read);
  }
  std::vector<Deal> deals;
  for (const std::string& id : scenario.deals) {
    const auto at = site.deals.find(id);
    if (at == site.deals.end()) return failure(404, "not_found", fmt::format("the case has no deal '{}'", id));
    deals.push_back(at->second);
  }
  const auto known_at = day_asked(request, "known_at");
  if (!known_at) return failure(known_at.error());
  const auto simulation = relief::simulate(scenario, deals, site.world, *known_at);
  if (!simulation) return failure(simulation.error());
  return json_of(report::simulation_json(scenario, *simulation, site.world));
}

Response v1_history(const Site& site, const Request& request) {
  const auto dates = dates_of(request, {});
  if (!dates) return failure(dates.error());
  const std::string id(request.first("id"));
  const auto trail = law::trail(id, site.index, *dates);
  if (trail.empty()) return failure(404, "not_found", fmt::format("the case tells nothing of '{}'", id));
  return json_of(report::trail_json(id, trail, site.index, *dates));
}

Response v1_explain(const Site& site, const Request& request) {
  const auto dates = dates_of(request, {});
  if (!dates) return failure(dates.error());
  const std::string id(request.first("id"));
  std::string body = report::explain_json(id, site.index, *dates);
  if (body.empty()) return failure(404, "not_found", fmt::format("the case holds nothing of the id '{}'", id));
  return json_of(std::move(body));
}

Response v1_ledger(const Site& site, const Request& request) {
  const auto dates = dates_of(request, {});
  if (!dates) return failure(dates.error());
  const law::Ledger ledger = law::ledger(site.index, *dates);
  if (request.first("format") == "svg") return svg_of(report::ledger_svg(ledger, site.index, *dates));
  return json_of(report::ledger_json(ledger, law::granted(site.index, *dates), site.index, *dates));
}

Response v1_timeline(const Site& site, const Request& request) {
  const auto dates = dates_of(request, {});
  if (!dates) return failure(dates.error());
  const auto from = day_asked(request, "from");
  const auto to = day_asked(request, "to");
  if (!from) return failure(from.error());
  if (!to) return failure(to.error());
  const Day last = to->value_or(dates->as_of) + std::chrono::days{1};
  const Day first = from->value_or(last - std::chrono::days{6 * 365});
  if (first >= last || last - first > std::chrono::days{36525})
    return failure(400, "bad_usage", "a span from a day to a later one");
  const auto about = request.all("about");
  return request.path.ends_with(".svg") ? svg_of(report::timeline_svg(site.index, *dates, first, last, about))
                                        : json_of(report::timeline_json(site.index, *dates, first, last, about));
}

Response v1_deal(const Site& site, const std::string& id) {
  const auto at = site.deals.find(id);
  if (at == site.deals.end()) return failure(404, "not_found", fmt::format("the case has no deal '{}'", id));
  return json_of(report::deal_json(at->second));
}

Response v1_case(const Site& site) {
  report::Json json;
  json.begin_object();
  json.field("case", site.world.id);
  json.field("title", site.world.title);
  json.key("bundled");
  json.boolean(site.bundled);
  json.key("deals");
  json.begin_array();
  for (const auto& [id, deal] : site.deals) {
    json.begin_object();
    json.field("id", id);
    json.field("title", deal.title);
    if (deal.on) json.field("date", to_string(*deal.on));
    json.key("alternatives");
    json.integer(static_cast<std::int64_t>(deal.alternatives.size()));
    json.end_object();
  }
  json.end_array();
  json.key("scenarios");
  json.begin_array();
  for (const auto& [id, scenario] : site.scenarios) {
    json.begin_object();
    json.field("id", id);
    json.field("title", scenario.title);
    json.end_object();
  }
  json.end_array();
  json.key("authorities");
  json.begin_array();
  for (const Authority& authority : site.world.authorities) {
    json.begin_object();
    json.field("id", authority.id);
    json.field("name", authority.name);
    json.field("rule", authority.rule);
    json.end_object();
  }
  json.end_array();
  json.key("parties");
  json.begin_array();
  for (const CaseParty& party : site.world.parties) {
    json.begin_object();
    json.field("id", party.id);
    json.field("name", party.name);
    json.field("schema", party.schema);
    json.field("country", party.country);
    report::put_strings(json, "listing_ids", party.listing_ids);
    json.end_object();
  }
  json.end_array();
  json.key("lists");
  json.raw(site.world_json);
  json.end_object();
  return json_of(json.str());
}

}  // namespace interdict::serve
