// What every picture needs.
#pragma once

#include <string>
#include <string_view>

namespace interdict::report {

/// Text as it may stand in XML, in an element or an attribute.
[[nodiscard]] inline std::string escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace interdict::report
