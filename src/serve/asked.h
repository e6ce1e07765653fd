// What a request asks to be screened, read strictly.
#pragma once

#include <simdjson.h>

#include <initializer_list>

#include "screen/screen.h"
#include "serve/serve.h"

namespace interdict::serve {

struct ScreeningAsked {
  screen::Query query;
  screen::Options options;
};
/// From the parameters of a request: the fields of screen/fields.h, limit, threshold and source; those of `but` are
/// another's.
[[nodiscard]] Result<ScreeningAsked> screening_asked(const Request& request,
                                                     std::initializer_list<std::string_view> but);

/// Hits of lists that are stale on the site's day say so, as on the command line.
void mark_stale(const Site& site, std::vector<screen::Hit>& hits);

/// From FollowTheMoney: {"schema": .., "properties": {..}}, as /match takes it and a result gives its query back.
[[nodiscard]] Result<screen::Query> query_of_entity(std::string_view id, const simdjson::dom::element& entity);

}  // namespace interdict::serve
