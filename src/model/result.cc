#include "model/result.h"

#include <fmt/format.h>

#include <cstdio>

namespace interdict {

const char* to_string(Fault fault) {
  switch (fault) {
    case Fault::bad_input:
      return "bad_input";
    case Fault::bad_usage:
      return "bad_usage";
    case Fault::not_found:
      return "not_found";
    case Fault::unsupported:
      return "unsupported";
    case Fault::inconsistent:
      return "inconsistent";
    case Fault::limit:
      return "limit";
    case Fault::io:
      return "io";
  }
  return "unknown";
}

std::string Error::to_string() const {
  std::string out;
  if (!place.file.empty()) {
    out = place.file;
    if (place.line > 0) {
      out += fmt::format(":{}", place.line);
      if (place.column > 0) out += fmt::format(":{}", place.column);
    }
    out += ": ";
  } else if (place.line > 0) {
    out += fmt::format("line {}: ", place.line);
  }
  if (!place.record.empty()) out += fmt::format("record {}: ", place.record);
  return out + message;
}

void assertion_failed(const char* expression, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, expression);
  std::abort();
}

}  // namespace interdict
