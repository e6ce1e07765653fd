// RapidJSON's writer with the few calls we use, spelled for std::string_view.
#pragma once

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "model/date.h"

namespace interdict::report {

class Json {
 public:
  void begin_object() { writer_.StartObject(); }
  void end_object() { writer_.EndObject(); }
  void begin_array() { writer_.StartArray(); }
  void end_array() { writer_.EndArray(); }
  void key(std::string_view name) { writer_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size())); }
  void text(std::string_view value) { writer_.String(value.data(), static_cast<rapidjson::SizeType>(value.size())); }
  void number(double value) { writer_.Double(value); }
  void integer(std::int64_t value) { writer_.Int64(value); }
  void boolean(bool value) { writer_.Bool(value); }
  void null() { writer_.Null(); }
  /// `json` must be one well-formed value.
  void raw(std::string_view json) { writer_.RawValue(json.data(), json.size(), rapidjson::kObjectType); }

  void field(std::string_view name, std::string_view value) {
    key(name);
    text(value);
  }

  /// A day, a moment or a number that may be missing; then it is null.
  template <typename Value>
  void field(std::string_view name, const std::optional<Value>& value) {
    key(name);
    if (!value) {
      null();
    } else if constexpr (std::is_floating_point_v<Value>) {
      number(*value);
    } else if constexpr (std::is_integral_v<Value>) {
      integer(*value);
    } else {
      text(to_string(*value));
    }
  }

  [[nodiscard]] std::string str() const { return {buffer_.GetString(), buffer_.GetSize()}; }

 private:
  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> writer_{buffer_};
};

inline void put_strings(Json& json, std::string_view name, const std::vector<std::string>& values) {
  json.key(name);
  json.begin_array();
  for (const std::string& value : values) json.text(value);
  json.end_array();
}

}  // namespace interdict::report
