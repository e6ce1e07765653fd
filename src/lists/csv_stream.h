// CSV as a stream of rows.
//
// A field may stand in double quotes and then hold the separator, line ends and doubled quotes; a line ends with LF or
// CRLF; white space around an unquoted field is left to the reader. What follows a quoted field up to the separator is
// part of it, as spreadsheets read it. A byte-order mark is skipped, and so is a 0x1A at the very end, which
// OFAC's files still carry. One row is bounded, so that a quote left open or a line without end is an Error after a few
// megabytes, not a growing memory. Bytes are not decoded: the reader knows its publisher's encoding.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/result.h"

namespace interdict::lists {

struct CsvLimits {
  std::size_t row_bytes = std::size_t{4} << 20;  // the longest real row of any list here is under 20 kB
  std::size_t fields = 1024;
};

class CsvStream {
 public:
  /// Told of every row that is not empty, with the line it starts at; the fields live until it returns and lie one
  /// after another in one piece of memory. An Error ends the read with that Error.
  using Row = std::function<Result<void>(std::span<const std::string_view> fields, std::uint64_t line)>;

  CsvStream(std::string file, char separator, Row row, CsvLimits limits = {});

  Result<void> feed(std::string_view bytes);
  /// The end of the file; a quote still open is an Error.
  Result<void> finish();
  /// Whether the last row ended with a line end: publishers' files do, a truncated one mostly does not.
  [[nodiscard]] bool ended_with_line_end() const { return ended_with_line_end_; }

 private:
  Result<void> end_row();
  void end_field();
  [[nodiscard]] Error too_long() const;

  enum class State : std::uint8_t { start, plain, quoted, quote_in_quoted };

  std::string file_;
  char separator_;
  Row row_;
  CsvLimits limits_;
  std::array<bool, 256> stops_{};  // bytes that end a run of plain text

  State state_ = State::start;
  std::string text_;               // the fields of the row, one after another
  std::vector<std::size_t> ends_;  // where each field ends in text_
  std::vector<std::string_view> fields_;
  std::uint64_t line_ = 1;
  std::uint64_t row_line_ = 1;
  std::uint64_t skipped_ = 0;  // bytes of a byte-order mark seen
  bool at_file_start_ = true;
  bool quoted_row_ = false;  // the row has a quoted field: not empty even when its text is
  bool ended_with_line_end_ = true;
  bool substitute_ = false;  // a 0x1A was seen; only the end of the file may follow
};

}  // namespace interdict::lists
