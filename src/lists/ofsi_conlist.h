// OFSI's consolidated list of targets, CSV: the old list of the UK's financial sanctions, closed in January 2026.
//
// One party is a group of rows that share a Group ID, one row per name, birth date and address, in no order: rows of
// one group stand apart in the file. Each row becomes a Record of its group; what the group has said before is left
// out, so that the store, which joins the Records of one id, holds every statement once.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "lists/digest_set.h"
#include "lists/lists.h"
#include "lists/record_builder.h"

namespace interdict::lists {

class OfsiConList {
 public:
  /// The columns that have a meaning here; others are kept as unmodelled.
  enum class Column : std::uint8_t {
    group_id,
    group_type,
    name_1,
    name_2,
    name_3,
    name_4,
    name_5,
    name_6,
    title,
    name_non_latin_script,
    non_latin_script_type,
    non_latin_script_language,
    alias_type,
    alias_quality,
    birth_date,
    town_of_birth,
    country_of_birth,
    nationality,
    position,
    passport_number,
    passport_details,
    ni_number,
    national_identification_number,
    address_1,
    address_2,
    address_3,
    address_4,
    address_5,
    address_6,
    post_code,
    country,
    regime,
    listed_on,
    last_updated,
    date_designated,
    other_information,
  };
  static constexpr std::size_t column_count = static_cast<std::size_t>(Column::other_information) + 1;

  OfsiConList(std::string file, Sink& sink);

  /// Every row in file order, the first two being the date and the column names.
  Result<void> row(std::span<const std::string_view> fields, std::uint64_t line);
  /// The end of the file; a list without rows is an Error.
  Result<void> finish();

  [[nodiscard]] const ReadSummary& summary() const { return summary_; }
  [[nodiscard]] std::optional<Instant> published() const { return published_; }

 private:
  Result<void> date_row(std::span<const std::string_view> fields, std::uint64_t line);
  Result<void> name_row(std::span<const std::string_view> fields, std::uint64_t line);
  Result<void> party_row(std::span<const std::string_view> fields, std::uint64_t line);
  /// The field of that column; empty when the list has no such column.
  [[nodiscard]] std::string_view field(Column column) const;

  /// Whether an earlier row of the group has the same in these columns. A group has a row for each name, birth date and
  /// address, so that most of a row repeats another: what it says is said, and need not be read again.
  bool said_before(std::initializer_list<Column> columns);
  void add_name();
  void add_person();
  void add_address();
  void add_remarks();
  void reject(std::uint64_t line, std::string_view record, std::string reason);

  std::string file_;
  Sink& sink_;
  RecordBuilder builder_;
  std::vector<std::string> columns_;
  std::array<std::optional<std::size_t>, column_count> column_at_;  // of columns_
  std::vector<std::size_t> other_columns_;
  std::vector<std::string_view> row_;  // of the row being read, or of recoded_
  std::vector<std::string> recoded_;
  std::unordered_set<std::string> groups_;
  DigestSet said_;  // statements of groups, and parts of rows as published
  std::optional<Instant> published_;
  ReadSummary summary_;
  std::uint64_t rows_ = 0;
};

}  // namespace interdict::lists
