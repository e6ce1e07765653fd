// Builds one record, with the rules that every reader shares.
//
// Text is cleaned; the same statement twice is said once; countries and languages become codes, dates ISO 8601, with
// the original kept where the code does not give it back. A value that cannot be understood is kept as
// `Prop::unmodelled` under the publisher's name of the field, and where that is a fault of the list (31 February), the
// fault is noted, to be reported beside the record.
#pragma once

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/model.h"

namespace interdict::lists {

class RecordBuilder;

/// text::country_code, remembering what it was asked: a list says the same few hundred texts again and again.
class Countries {
 public:
  /// Empty when unknown. Valid until the next call.
  std::string_view code(std::string_view text);

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, std::string, Hash, std::equal_to<>> codes_;
  std::string longer_;  // the code of a text too long to remember
};

/// A statement just added, for adding its details; what is empty adds nothing. Valid until the next statement.
class Said {
 public:
  Said() = default;
  Said& with(Detail detail, std::string_view text);
  /// Detail::country, as a code where known.
  Said& in_country(std::string_view text);
  /// Detail::lang, as a code where known, else as published.
  Said& in_language(std::string_view text);
  /// A date detail (Detail::issued, Detail::until, ...) as ISO 8601; else the text as published.
  Said& on(Detail detail, std::optional<PartialDate> date, std::string_view published);
  explicit operator bool() const { return builder_ != nullptr; }

 private:
  friend class RecordBuilder;
  Said(RecordBuilder* builder, std::size_t index) : builder_(builder), index_(index) {}
  RecordBuilder* builder_ = nullptr;
  std::size_t index_ = 0;
};

class RecordBuilder {
 public:
  void begin(std::string_view id, std::string_view schema);

  /// Statements so far, repeats included.
  [[nodiscard]] std::size_t size() const { return record_.statements.size(); }
  /// Adds `prop: value`; nothing when the value is empty once cleaned.
  Said add(Prop prop, std::string_view value);
  /// A name with its script.
  Said add_name(Prop prop, std::string_view value);
  /// A country as a code, or as published where unknown.
  Said add_country(Prop prop, std::string_view value);
  /// text::country_code; empty when unknown. Valid until the next call.
  [[nodiscard]] std::string_view country_code(std::string_view text) { return countries_.code(text); }
  /// A date; without one, `published` is kept as unmodelled under `field` and noted as a fault.
  Said add_date(Prop prop, std::optional<PartialDate> date, std::string_view published, std::string_view field);
  /// What has no property of its own, under the publisher's name of the field.
  Said add_unmodelled(std::string_view field, std::string_view value);
  /// The value of the first statement of that property, empty when there is none yet.
  [[nodiscard]] std::string_view first_value(Prop prop) const;
  void note_fault(std::string reason) { faults_.push_back(std::move(reason)); }

  /// Whether some statement so far has exactly this value.
  [[nodiscard]] bool has_value(std::string_view value) const;
  [[nodiscard]] const std::string& id() const { return record_.id; }
  [[nodiscard]] const std::string& schema() const { return record_.schema; }
  [[nodiscard]] const std::vector<std::string>& faults() const { return faults_; }
  /// The record, equal statements said once.
  [[nodiscard]] Record take();

 private:
  friend class Said;
  Record record_;
  std::vector<std::string> faults_;
  Countries countries_;
};

/// The parts that are not empty, with the separator between them.
[[nodiscard]] std::string join(std::initializer_list<std::string_view> parts, std::string_view separator);

}  // namespace interdict::lists
