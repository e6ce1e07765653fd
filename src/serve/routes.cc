#include "serve/routes.h"

#include <optional>

#include "serve/gate.h"
#include "serve/handlers.h"
#include "serve/metrics.h"
#include "serve/openapi.h"

namespace interdict::serve {
namespace {

using access::Role;
using Parts = std::vector<std::string>;

Response status_ok(const Call&) { return json_of(R"({"status":"ok"})"); }

Response sign_in(const Call& call) {
  if (call.service.gate == nullptr) return failure(404, "not_found", "there are no keys to sign in with");
  return call.service.gate->sign_in(call.request, std::chrono::floor<std::chrono::seconds>(call.request.at));
}

Response sign_out(const Call& call) {
  if (call.service.gate == nullptr) return failure(404, "not_found", "there are no keys to sign in with");
  return call.service.gate->sign_out(call.request);
}

Response metrics_text(const Call& call) {
  Response out;
  out.type = "text/plain; version=0.0.4; charset=utf-8";
  if (call.service.metrics != nullptr) out.body = call.service.metrics->text(call.site);
  return out;
}

constexpr Route table[] = {
    {"POST", "/session", Role::open, Kept::nothing, "signIn", sign_in},
    {"POST", "/session/end", Role::open, Kept::nothing, "signOut", sign_out},
    {"GET", "/metrics", Role::administer, Kept::nothing, "metrics", metrics_text},
    // yente's
    {"POST", "/match/{dataset}", Role::screen, Kept::answer, "match",
     [](const Call& c) { return match(c.site, c.request, c.parts[0]); }},
    {"GET", "/search/{dataset}", Role::screen, Kept::answer, "search",
     [](const Call& c) { return search(c.site, c.request, c.parts[0]); }},
    {"GET", "/entities/{id}", Role::screen, Kept::answer, "entity",
     [](const Call& c) { return entity(c.site, c.request, c.parts[0]); }},
    {"GET", "/entities/{id}/adjacent", Role::screen, Kept::answer, "adjacent",
     [](const Call& c) { return adjacent(c.site, c.request, c.parts[0], ""); }},
    {"GET", "/entities/{id}/adjacent/{property}", Role::screen, Kept::answer, "adjacentByProperty",
     [](const Call& c) { return adjacent(c.site, c.request, c.parts[0], c.parts[1]); }},
    {"GET", "/catalog", Role::screen, Kept::nothing, "catalog",
     [](const Call& c) { return catalog(c.site, c.request); }},
    {"GET", "/manifest", Role::screen, Kept::nothing, "manifest",
     [](const Call& c) { return catalog(c.site, c.request); }},
    {"GET", "/algorithms", Role::screen, Kept::nothing, "algorithms", [](const Call&) { return algorithms(); }},
    {"GET", "/reconcile/{dataset}", Role::screen, Kept::nothing, "reconcileManifest",
     [](const Call& c) { return reconcile_manifest(c.site, c.request, c.parts[0]); }},
    {"POST", "/reconcile/{dataset}", Role::screen, Kept::answer, "reconcile",
     [](const Call& c) { return reconcile(c.site, c.request, c.parts[0]); }},
    {"GET", "/reconcile/{dataset}/suggest/entity", Role::screen, Kept::answer, "suggestEntity",
     [](const Call& c) { return suggest_entity(c.site, c.request, c.parts[0]); }},
    {"GET", "/reconcile/{dataset}/suggest/property", Role::screen, Kept::nothing, "suggestProperty",
     [](const Call& c) { return suggest_property(c.site, c.request, c.parts[0]); }},
    {"GET", "/reconcile/{dataset}/suggest/type", Role::screen, Kept::nothing, "suggestType",
     [](const Call& c) { return suggest_type(c.site, c.request, c.parts[0]); }},
    {"GET", "/reconcile/{dataset}/extend/property", Role::screen, Kept::nothing, "extendProperty",
     [](const Call& c) { return extend_property(c.site, c.request, c.parts[0]); }},
    {"GET", "/healthz", Role::open, Kept::nothing, "healthz", status_ok},
    {"GET", "/readyz", Role::open, Kept::nothing, "readyz", [](const Call& c) { return readyz(c.service); }},
    {"POST", "/updatez", Role::open, Kept::event, "updatez",
     [](const Call& c) { return updatez(c.service, c.request); }},
    {"GET", "/openapi.json", Role::open, Kept::nothing, "openapi", [](const Call&) { return json_of(openapi()); }},
    // interdict's own
    {"GET", "/v1/screen", Role::screen, Kept::answer, "screen",
     [](const Call& c) { return v1_screen(c.site, c.request); }, dated},
    {"POST", "/v1/screen", Role::screen, Kept::answer, "screenPosted",
     [](const Call& c) { return v1_screen(c.site, c.request); }, dated},
    {"POST", "/v1/screen/batch", Role::screen, Kept::event, "screenBatch",
     [](const Call& c) { return v1_screen_batch(c.site.shared_from_this(), c.request); }, by_line | apart | dated},
    {"GET", "/v1/check", Role::analyse, Kept::answer, "check",
     [](const Call& c) { return v1_check(c.site, c.request); }, apart},
    {"POST", "/v1/check", Role::analyse, Kept::answer, "checkPosted",
     [](const Call& c) { return v1_check(c.site, c.request); }, apart},
    {"GET", "/v1/relief", Role::analyse, Kept::answer, "relief",
     [](const Call& c) { return v1_relief(c.site, c.request); }, apart},
    {"POST", "/v1/relief", Role::analyse, Kept::answer, "reliefPosted",
     [](const Call& c) { return v1_relief(c.site, c.request); }, apart},
    {"GET", "/v1/simulate", Role::analyse, Kept::answer, "simulate",
     [](const Call& c) { return v1_simulate(c.site, c.request); }, apart},
    {"POST", "/v1/simulate", Role::analyse, Kept::answer, "simulatePosted",
     [](const Call& c) { return v1_simulate(c.site, c.request); }, apart},
    {"GET", "/v1/history", Role::analyse, Kept::answer, "history",
     [](const Call& c) { return v1_history(c.site, c.request); }},
    {"GET", "/v1/changes", Role::screen, Kept::answer, "changes",
     [](const Call& c) { return v1_changes(c.site, c.request); }},
    {"GET", "/v1/explain", Role::analyse, Kept::answer, "explain",
     [](const Call& c) { return v1_explain(c.site, c.request); }},
    {"GET", "/v1/ledger", Role::analyse, Kept::answer, "ledger",
     [](const Call& c) { return v1_ledger(c.site, c.request); }},
    {"GET", "/v1/timeline.svg", Role::analyse, Kept::answer, "timeline",
     [](const Call& c) { return v1_timeline(c.site, c.request); }},
    {"GET", "/v1/timeline", Role::analyse, Kept::answer, "timelineData",
     [](const Call& c) { return v1_timeline(c.site, c.request); }},
    {"GET", "/v1/deals/{id}", Role::screen, Kept::nothing, "deal",
     [](const Call& c) { return v1_deal(c.site, c.parts[0]); }},
    {"GET", "/v1/customers/{id}/screen", Role::screen, Kept::reviewed, "screenCustomer", v1_screen_customer},
    {"POST", "/v1/customers/{id}/screen", Role::screen, Kept::reviewed, "screenCustomerPosted", v1_screen_customer},
    {"GET", "/v1/reviews", Role::analyse, Kept::reviewed, "reviews", v1_reviews},
    {"POST", "/v1/reviews", Role::analyse, Kept::event, "reviewDecide", v1_review_decide},
    {"GET", "/v1/reviews/{id}", Role::analyse, Kept::reviewed, "review", v1_review},
    {"GET", "/v1/reviews/{id}/export", Role::analyse, Kept::reviewed, "reviewExport", v1_review_export},
    {"POST", "/v1/reviews/{id}/confirm", Role::analyse, Kept::event, "reviewConfirm", v1_review_confirm},
    {"POST", "/v1/reviews/{id}/reject", Role::analyse, Kept::event, "reviewReject", v1_review_reject},
    {"POST", "/v1/reviews/{id}/comment", Role::analyse, Kept::event, "reviewComment", v1_review_comment},
    {"POST", "/v1/reviews/{id}/reopen", Role::analyse, Kept::event, "reviewReopen", v1_review_reopen},
    {"GET", "/v1/review-policy", Role::analyse, Kept::reviewed, "reviewPolicy", v1_review_policy},
    {"POST", "/v1/review-policy", Role::administer, Kept::event, "reviewPolicySet", v1_set_review_policy},
    {"GET", "/v1/case", Role::screen, Kept::nothing, "case", [](const Call& c) { return v1_case(c.site); }},
};

/// The parts of a path, decoded; nothing when it is no sound path.
std::optional<Parts> parts_of(std::string_view path) {
  if (path.empty() || path.front() != '/') return std::nullopt;
  Parts out;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view one = path.substr(0, path.find('/'));
    path.remove_prefix(one.size());
    auto decoded = percent_decoded(one, false);
    if (!decoded || decoded->find('\0') != std::string::npos) return std::nullopt;
    out.push_back(std::move(*decoded));
  }
  return out;
}

/// What stood for each {...}; nothing when the path is not of the pattern.
std::optional<Parts> fitted(std::string_view pattern, const Parts& path) {
  Parts out;
  std::size_t at = 0;
  while (!pattern.empty()) {
    pattern.remove_prefix(1);
    const std::string_view one = pattern.substr(0, pattern.find('/'));
    pattern.remove_prefix(one.size());
    if (at == path.size()) return std::nullopt;
    const std::string& part = path[at++];
    if (one.starts_with('{') && !part.empty()) {
      out.push_back(part);
    } else if (one != part) {
      return std::nullopt;
    }
  }
  return at == path.size() ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace

std::span<const Route> routes() { return table; }

Found find_route(const Request& request) {
  Found out;
  const auto path = parts_of(request.path);
  if (!path) {
    out.refusal = failure(400, "bad_request", "the path is not sound");
    return out;
  }
  const std::string_view method = request.method == "HEAD" ? std::string_view("GET") : request.method;
  std::string allowed;
  for (const Route& route : table) {
    auto parts = fitted(route.pattern, *path);
    if (!parts) continue;
    if (route.method == method) {
      out.route = &route;
      out.parts = std::move(*parts);
      return out;
    }
    allowed += (allowed.empty() ? "" : ", ") + std::string(route.method == "GET" ? "GET, HEAD" : route.method);
  }
  if (allowed.empty()) {
    out.refusal = failure(404, "not_found", "no such route");
  } else {
    out.refusal = failure(405, "method_not_allowed", "this route takes another method");
    out.refusal.headers.emplace_back("Allow", allowed);
  }
  return out;
}

}  // namespace interdict::serve
