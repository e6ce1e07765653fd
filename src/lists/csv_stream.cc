#include "lists/csv_stream.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace interdict::lists {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr char substitute = 0x1A;  // CP/M's and DOS's end of a text file

}  // namespace

CsvStream::CsvStream(std::string file, char separator, Row row, CsvLimits limits)
    : file_(std::move(file)), separator_(separator), row_(std::move(row)), limits_(limits) {
  for (const char c : {separator, '"', '\n', '\r', substitute}) stops_[static_cast<unsigned char>(c)] = true;
}

Error CsvStream::too_long() const {
  return {Fault::limit,
          fmt::format("a row of more than {} bytes; a quote may be left open", limits_.row_bytes),
          {file_, row_line_, 0, {}}};
}

void CsvStream::end_field() {
  ends_.push_back(text_.size());
  state_ = State::start;
}

Result<void> CsvStream::end_row() {
  end_field();
  if (ends_.size() > limits_.fields) {
    return Error{Fault::limit, fmt::format("a row of more than {} fields", limits_.fields), {file_, row_line_, 0, {}}};
  }
  const bool empty = ends_.size() == 1 && text_.empty() && !quoted_row_;
  if (!empty) {
    fields_.clear();
    std::size_t begin = 0;
    for (const std::size_t end : ends_) {
      fields_.emplace_back(std::string_view(text_).substr(begin, end - begin));
      begin = end;
    }
    if (auto taken = row_(fields_, row_line_); !taken) return taken;
  }
  text_.clear();
  ends_.clear();
  quoted_row_ = false;
  return {};
}

Result<void> CsvStream::feed(std::string_view bytes) {
  if (at_file_start_) {
    while (!bytes.empty() && skipped_ < byte_order_mark.size() && bytes.front() == byte_order_mark[skipped_]) {
      bytes.remove_prefix(1);
      ++skipped_;
    }
    if (bytes.empty()) return {};
    at_file_start_ = false;
    // Some bytes of a mark, but not all: they are text.
    if (skipped_ < byte_order_mark.size()) text_.assign(byte_order_mark.substr(0, skipped_));
    if (!text_.empty()) state_ = State::plain;
  }
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (substitute_) {
      return Error{Fault::bad_input, "text after the end-of-file mark 0x1A", {file_, line_, 0, {}}};
    }
    // The longest run that needs no thought.
    std::size_t stop = at;
    if (state_ == State::quoted) {
      stop = std::min(bytes.find('"', at), bytes.size());
      line_ += static_cast<std::uint64_t>(std::ranges::count(bytes.substr(at, stop - at), '\n'));
    } else {
      while (stop < bytes.size() && !stops_[static_cast<unsigned char>(bytes[stop])]) ++stop;
    }
    if (stop > at) {
      if (state_ == State::start || state_ == State::quote_in_quoted) state_ = State::plain;
      text_.append(bytes.substr(at, stop - at));
      ended_with_line_end_ = false;
      if (text_.size() > limits_.row_bytes) return too_long();
      at = stop;
      if (at == bytes.size()) break;
    }
    const char c = bytes[at++];
    if (state_ == State::quoted) {
      state_ = State::quote_in_quoted;
    } else if (c == separator_) {
      end_field();
      ended_with_line_end_ = false;
      if (ends_.size() > limits_.fields) {
        return Error{
            Fault::limit, fmt::format("a row of more than {} fields", limits_.fields), {file_, row_line_, 0, {}}};
      }
    } else if (c == '"') {
      ended_with_line_end_ = false;
      quoted_row_ = true;
      if (state_ == State::start) {
        state_ = State::quoted;
      } else {
        text_.push_back('"');
        if (state_ == State::quote_in_quoted) state_ = State::quoted;
      }
    } else if (c == '\n') {
      if (auto ended = end_row(); !ended) return ended;
      row_line_ = ++line_;
      ended_with_line_end_ = true;
    } else if (c == substitute) {
      substitute_ = true;
    } else if (c == '\r') {
      // Half of CRLF; publishers here have no field that holds one outside of quotes.
    } else {
      text_.push_back(c);
    }
  }
  return {};
}

Result<void> CsvStream::finish() {
  if (state_ == State::quoted) {
    return Error{
        Fault::bad_input, "the file ends inside a quoted field: it may be truncated", {file_, row_line_, 0, {}}};
  }
  if (ended_with_line_end_ || (text_.empty() && ends_.empty())) return {};
  return end_row();
}

}  // namespace interdict::lists
