// The server's log: a line of JSON for each request and event. What was asked is never in it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/result.h"
#include "serve/serve.h"

namespace spdlog {
class logger;
}

namespace interdict::app {

class Log {
 public:
  /// To the file, appending; to standard error when `file` is empty.
  static Result<Log> open(const std::string& file);

  void request(const serve::Logged& what) const;
  void event(std::string_view what, const std::vector<std::pair<std::string_view, std::string>>& fields) const;

 private:
  std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace interdict::app
