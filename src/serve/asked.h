// What a request asks to be screened, read strictly.
#pragma once

#include <simdjson.h>

#include "screen/screen.h"
#include "serve/serve.h"

namespace interdict::serve {

struct ScreeningAsked {
  screen::Query query;
  screen::Options options;
};
/// From the parameters of a request: the fields of screen/fields.h, limit, threshold and source; `but` is another's.
[[nodiscard]] Result<ScreeningAsked> screening_asked(const Request& request, std::string_view but);

/// From FollowTheMoney: {"schema": .., "properties": {..}}, as /match takes it and a result gives its query back.
[[nodiscard]] Result<screen::Query> query_of_entity(std::string_view id, const simdjson::dom::element& entity);

}  // namespace interdict::serve
