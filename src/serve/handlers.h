// The routes, one function each. All but those of the memory of matches are pure in the site and the request.
#pragma once

#include "serve/routes.h"
#include "serve/serve.h"

namespace interdict::serve {

// yente's API
[[nodiscard]] Response match(const Site& site, const Request& request, const std::string& dataset);
[[nodiscard]] Response search(const Site& site, const Request& request, const std::string& dataset);
[[nodiscard]] Response entity(const Site& site, const Request& request, const std::string& id);
[[nodiscard]] Response adjacent(const Site& site, const Request& request, const std::string& id,
                                const std::string& property);
[[nodiscard]] Response catalog(const Site& site, const Request& request);
[[nodiscard]] Response algorithms();
[[nodiscard]] Response reconcile_manifest(const Site& site, const Request& request, const std::string& dataset);
[[nodiscard]] Response reconcile(const Site& site, const Request& request, const std::string& dataset);
[[nodiscard]] Response suggest_entity(const Site& site, const Request& request, const std::string& dataset);
[[nodiscard]] Response suggest_property(const Site& site, const Request& request, const std::string& dataset);
[[nodiscard]] Response suggest_type(const Site& site, const Request& request, const std::string& dataset);
[[nodiscard]] Response extend_property(const Site& site, const Request& request, const std::string& dataset);

/// 200 though lists are stale: what was last good is served, and the answer says what is wrong.
[[nodiscard]] Response readyz(const Service& service);
[[nodiscard]] Response updatez(const Service& service, const Request& request);

// interdict's own
/// Line by line; the site is kept until the upload has ended.
[[nodiscard]] Response v1_screen_batch(std::shared_ptr<const Site> site, const Request& request);
[[nodiscard]] Response v1_screen(const Site& site, const Request& request);
[[nodiscard]] Response v1_check(const Site& site, const Request& request);
[[nodiscard]] Response v1_relief(const Site& site, const Request& request);
[[nodiscard]] Response v1_simulate(const Site& site, const Request& request);
[[nodiscard]] Response v1_history(const Site& site, const Request& request);
[[nodiscard]] Response v1_changes(const Site& site, const Request& request);
[[nodiscard]] Response v1_explain(const Site& site, const Request& request);
[[nodiscard]] Response v1_ledger(const Site& site, const Request& request);
[[nodiscard]] Response v1_timeline(const Site& site, const Request& request);
[[nodiscard]] Response v1_deal(const Site& site, const std::string& id);
[[nodiscard]] Response v1_case(const Site& site);

// the memory of matches
[[nodiscard]] Response v1_screen_customer(const Call& call);
[[nodiscard]] Response v1_reviews(const Call& call);
[[nodiscard]] Response v1_review(const Call& call);
[[nodiscard]] Response v1_review_export(const Call& call);
[[nodiscard]] Response v1_review_decide(const Call& call);
[[nodiscard]] Response v1_review_confirm(const Call& call);
[[nodiscard]] Response v1_review_reject(const Call& call);
[[nodiscard]] Response v1_review_comment(const Call& call);
[[nodiscard]] Response v1_review_reopen(const Call& call);
[[nodiscard]] Response v1_review_policy(const Call& call);
[[nodiscard]] Response v1_set_review_policy(const Call& call);

/// A file of the pages, by its path; nothing for what is none.
[[nodiscard]] std::optional<Response> page(const std::string& path);

[[nodiscard]] Response json_of(std::string body, unsigned status = 200);
/// {"detail": ...}, as yente says it, with a stable `code` beside it: bad_request, not_found, unsupported, ...
[[nodiscard]] Response failure(unsigned status, std::string_view code, std::string_view detail);
[[nodiscard]] Response failure(const Error& error);
/// 401, with the challenge that it needs.
[[nodiscard]] Response unauthorised(std::string_view why);
/// The headers that every reply has.
void secure(Response& response, bool is_page);

}  // namespace interdict::serve
