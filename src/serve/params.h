// The query parameters of a route, read strictly: all that is wrong with them is gathered and told at once, as 422 in
// the shape that FastAPI's clients know, {"detail": [{"type", "loc", "msg", "input"}]}, with a stable `code` beside it.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "serve/serve.h"

namespace interdict::serve {

struct Fault422 {
  std::string type;              // "int_parsing", "less_than_equal", "missing", ...: pydantic's words
  std::vector<std::string> loc;  // "query", "limit"
  std::string message;
  std::string input;
};
[[nodiscard]] Response unprocessable(const std::vector<Fault422>& faults);

class Params {
 public:
  /// A parameter that is not among `known` is a fault: a mistyped filter must not be taken for none. `api_key` is let
  /// pass, because clients of the hosted API carry it.
  Params(const Request& request, std::initializer_list<std::string_view> known);
  /// To look at some parameters while others are another's.
  explicit Params(const Request& request) : request_(request) {}

  [[nodiscard]] std::string text(std::string_view name, std::string_view otherwise = "") const;
  [[nodiscard]] std::vector<std::string> list(std::string_view name, std::size_t most = SIZE_MAX);
  [[nodiscard]] std::size_t count(std::string_view name, std::size_t otherwise, std::size_t most);
  /// From 0 to 1.
  [[nodiscard]] double share(std::string_view name, double otherwise);
  [[nodiscard]] bool flag(std::string_view name, bool otherwise);
  /// YYYY-MM-DD[THH[:MM[:SS]]], UTC; nothing when absent.
  [[nodiscard]] std::optional<Instant> moment(std::string_view name);
  /// YYYY-MM-DD; nothing when absent.
  [[nodiscard]] std::optional<Day> day(std::string_view name);
  /// Each value must be one of `among`.
  [[nodiscard]] std::vector<std::string> choices(std::string_view name, std::initializer_list<std::string_view> among);

  [[nodiscard]] bool sound() const { return faults_.empty(); }
  [[nodiscard]] Response refusal() const { return unprocessable(faults_); }

 private:
  /// The first of that name, which may be empty; nothing when none was sent.
  [[nodiscard]] std::optional<std::string_view> value_of(std::string_view name) const;
  void wrong(std::string_view name, std::string_view type, std::string message, std::string_view input);
  const Request& request_;
  std::vector<Fault422> faults_;
};

}  // namespace interdict::serve
