// The OpenAPI document: written by hand (src/serve/openapi.json) for what is described in full, completed from the
// route table, so that no route is without its entry.
#pragma once

#include <string>
#include <string_view>

namespace interdict::serve {

[[nodiscard]] std::string_view written_openapi();
/// What /openapi.json answers.
[[nodiscard]] const std::string& openapi();

}  // namespace interdict::serve
