// From a parsed HTTP message to our Request.
#pragma once

#include <utility>
// Boost 1.74 uses std::exchange without including it.
#include <boost/beast/http.hpp>
#include <chrono>
#include <string_view>

#include "serve/gate.h"
#include "serve/serve.h"

namespace interdict::serve {

using RequestParser = boost::beast::http::request_parser<boost::beast::http::string_body>;

inline constexpr std::size_t target_max = 60000;  // bytes of path and query; beyond: 414, as yente

/// "/path?a=1" → path and decoded query; pairs with a broken escape are left out.
void split_target(std::string_view target, Request& out);
/// Everything but the caller.
[[nodiscard]] Request request_of(const RequestParser& parser, std::chrono::system_clock::time_point now, bool tls);
/// Views into the parser's message and `client`.
[[nodiscard]] Presented presented_by(const RequestParser& parser, std::string_view client);

}  // namespace interdict::serve
