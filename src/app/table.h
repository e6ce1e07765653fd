// CSV tables of queries in and results out: a header row, RFC 4180, UTF-8, one clear error with file and line.
#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"

namespace interdict::app {

/// Reads row by row. Names of columns are checked once: a required one that is missing, one that is doubled, and
/// (unless others are kept) one that is not known are errors that say what was meant.
class TableReader {
 public:
  enum class Others : std::uint8_t { kept, refused };

  static Result<TableReader> open(const std::filesystem::path& path, const std::vector<std::string>& required,
                                  Others others, const std::vector<std::string>& optional = {});
  TableReader(TableReader&&) noexcept;
  ~TableReader();

  [[nodiscard]] const std::vector<std::string>& header() const;
  /// False at the end. A row of another width than the header is an Error.
  Result<bool> next();
  [[nodiscard]] const std::vector<std::string>& fields() const;
  /// Empty when there is no such column.
  [[nodiscard]] std::string_view field(std::string_view column) const;
  [[nodiscard]] Place place() const;

  struct Impl;

 private:
  explicit TableReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Writes to a file beside the target and renames it when finished, so that a failed run leaves no half result.
class TableWriter {
 public:
  static Result<TableWriter> open(const std::filesystem::path& path);
  TableWriter(TableWriter&& other) noexcept;
  TableWriter& operator=(TableWriter&&) = delete;
  ~TableWriter();

  void row(const std::vector<std::string>& fields);
  void text(std::string_view raw);
  /// Flushes, checks that all was written, and puts the file in place.
  Result<void> finish();

 private:
  TableWriter() = default;

  std::filesystem::path path_;
  std::filesystem::path making_;  // empty once in place
  std::ofstream stream_;
};

}  // namespace interdict::app
