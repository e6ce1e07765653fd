// Reading a map by asking for its fields: what nobody asked for is unknown, so the reading code is the schema.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "casefile/tree.h"
#include "model/case.h"

namespace interdict::casefile {

class Errors {
 public:
  void add(const Place& place, std::string message, Fault fault = Fault::bad_input);
  [[nodiscard]] const std::vector<Error>& all() const { return all_; }
  [[nodiscard]] std::vector<Error> take() { return std::move(all_); }

 private:
  std::vector<Error> all_;
};

/// "" or ", did you mean 'x'?" for the known word nearest to `word`.
[[nodiscard]] std::string suggestion(std::string_view word, const std::vector<std::string>& known);

class Fields {
 public:
  Fields(const Tree& tree, Errors& errors);

  [[nodiscard]] const Place& place() const { return tree_.place; }
  [[nodiscard]] bool has(std::string_view key) const { return peek(key) != nullptr; }
  /// Where the value of `key` stands; where the map does if there is none.
  [[nodiscard]] const Place& place_of(std::string_view key) const { return has(key) ? peek(key)->place : place(); }
  /// The value as it is, or nothing.
  const Tree* child(std::string_view key);

  std::string text(std::string_view key);  // "" when absent
  std::string required(std::string_view key);
  std::string id();  // required `id`, of lower-case letters, digits, `-`, `_`, `.`
  std::string word(std::string_view key, const std::vector<std::string>& allowed, std::string_view otherwise);
  std::vector<std::string> words(std::string_view key, const std::vector<std::string>* allowed = nullptr);
  std::optional<Day> day(std::string_view key);
  std::optional<PartialDate> partial(std::string_view key);
  bool flag(std::string_view key, bool otherwise);
  std::optional<double> number(std::string_view key);
  std::optional<int> whole(std::string_view key);
  Window window();                             // from, until
  std::string code(std::string_view key);      // HS or CN: 2, 4, 6, 8 or 10 digits, spaces dropped
  std::string country(std::string_view key);   // ISO 3166-1, in lower case whatever the case written
  std::string currency(std::string_view key);  // ISO 4217
  std::vector<std::string> countries(std::string_view key);
  /// `source`, `confidence`, `note`; what is absent comes from `parent`, and without a parent is required.
  Provenance provenance(const Provenance* parent);
  /// Calls `read(Fields&)` for each map of the list under `key`.
  template <typename Read>
  void each(std::string_view key, Read read) {
    const Tree* list = list_of(key);
    if (list == nullptr) return;
    for (const Tree& item : list->items) {
      if (item.kind != Tree::Kind::map) {
        errors_.add(item.place, "expected a map here");
        continue;
      }
      Fields fields(item, errors_);
      read(fields);
      fields.done();
    }
  }
  void done();  // reports the fields nobody asked for
  Errors& errors() { return errors_; }

 private:
  const Tree* peek(std::string_view key) const;
  const Tree* list_of(std::string_view key);

  const Tree& tree_;
  Errors& errors_;
  std::vector<std::string> asked_;
};

}  // namespace interdict::casefile
