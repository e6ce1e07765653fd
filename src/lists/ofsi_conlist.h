// OFSI's consolidated list of targets, CSV: the old list of the UK's financial sanctions, closed in January 2026.
//
// One party is a group of rows that share a Group ID, one row per name, birth date and address, in no order: rows of
// one group stand apart in the file. Each row becomes a Record of its group; what the group has said before is left
// out, so that the store, which joins the Records of one id, holds every statement once.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "lists/lists.h"
#include "lists/record_builder.h"

namespace interdict::lists {

class OfsiConList {
 public:
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
  /// The field of that column; marks it as taken.
  std::string_view field(std::string_view column);

  void add_name();
  void add_person();
  void add_address();
  void add_remarks();
  void reject(std::uint64_t line, std::string_view record, std::string reason);

  std::string file_;
  Sink& sink_;
  RecordBuilder builder_;
  std::vector<std::string> columns_;
  std::unordered_map<std::string_view, std::size_t> column_at_;  // of columns_
  std::vector<std::string_view> row_;                            // of the row being read, or of recoded_
  std::vector<std::string> recoded_;
  std::vector<bool> taken_;
  std::unordered_set<std::string> groups_;
  struct DigestHash {
    std::size_t operator()(const std::pair<std::uint64_t, std::uint64_t>& digest) const { return digest.first; }
  };
  std::unordered_set<std::pair<std::uint64_t, std::uint64_t>, DigestHash> said_;  // statements of groups
  std::optional<Instant> published_;
  ReadSummary summary_;
  std::uint64_t rows_ = 0;
};

}  // namespace interdict::lists
