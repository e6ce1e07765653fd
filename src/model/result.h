// A value or an error, for everything that can fail because of what came from outside.
//
// A room that reads outside bytes returns Result<T>; programming errors are INTERDICT_ASSERT, which stays on in
// release. C++20 has no std::expected; the class is [[nodiscard]] so that a dropped error does not compile under
// -Werror.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>
#include <variant>

namespace interdict {

/// What kind of thing went wrong; stable names, printed by `to_string` and in JSON.
enum class Fault : std::uint8_t {
  bad_input,     // the bytes are not what the format says
  bad_usage,     // the caller asked for something that does not make sense
  not_found,     // nothing under that name or id
  unsupported,   // recognised, but not read by this version
  inconsistent,  // each piece is well formed, together they contradict
  limit,         // past a stated limit
  io,            // the file system, a full disk, the database file
};

[[nodiscard]] const char* to_string(Fault fault);

/// Where it went wrong. Zero or empty means unknown. Lines and columns count from 1; `record` is the publisher's id or
/// an ordinal as text.
struct Place {
  std::string file;
  std::uint64_t line = 0;
  std::uint64_t column = 0;
  std::string record;

  bool operator==(const Place&) const = default;
};

struct Error {
  Fault fault = Fault::bad_input;
  std::string message;  // one sentence without a full stop, naming the offending value
  Place place;

  /// "file:line:column: record R: message", leaving out what is unknown.
  [[nodiscard]] std::string to_string() const;
};

[[noreturn]] void assertion_failed(const char* expression, const char* file, int line);

#define INTERDICT_ASSERT(expression) \
  ((expression) ? static_cast<void>(0) : ::interdict::assertion_failed(#expression, __FILE__, __LINE__))

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  [[nodiscard]] T& value() & {
    INTERDICT_ASSERT(ok());
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] const T& value() const& {
    INTERDICT_ASSERT(ok());
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] T&& value() && {
    INTERDICT_ASSERT(ok());
    return std::move(*std::get_if<0>(&state_));
  }
  [[nodiscard]] T& operator*() & { return value(); }
  [[nodiscard]] const T& operator*() const& { return value(); }
  [[nodiscard]] T&& operator*() && { return std::move(*this).value(); }
  [[nodiscard]] T* operator->() { return &value(); }
  [[nodiscard]] const T* operator->() const { return &value(); }

  [[nodiscard]] const Error& error() const& {
    INTERDICT_ASSERT(!ok());
    return *std::get_if<1>(&state_);
  }
  [[nodiscard]] Error&& error() && {
    INTERDICT_ASSERT(!ok());
    return std::move(*std::get_if<1>(&state_));
  }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)), ok_(false) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return ok_; }
  explicit operator bool() const { return ok_; }
  [[nodiscard]] const Error& error() const& {
    INTERDICT_ASSERT(!ok_);
    return error_;
  }
  [[nodiscard]] Error&& error() && {
    INTERDICT_ASSERT(!ok_);
    return std::move(error_);
  }

 private:
  Error error_;
  bool ok_ = true;
};

}  // namespace interdict
