// How values are written into the byte tables of a snapshot, and read back in place. Private to the index room.
//
// A number is LEB128; a string is its length and its bytes. Reader never leaves its bytes: past the end, or on a
// malformed number, it turns `ok` off and gives zeros and empty strings from then on.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "index/index.h"
#include "model/model.h"
#include "names/names.h"

namespace interdict::index {

class Writer {
 public:
  void number(std::uint64_t value);
  void text(std::string_view value);
  void byte(std::uint8_t value) { bytes_.push_back(static_cast<char>(value)); }
  void real(float value);
  void fixed(std::uint64_t value);  // eight bytes
  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : left_(bytes) {}
  std::uint64_t number();
  std::string_view text();
  std::uint8_t byte();
  float real();
  std::uint64_t fixed();
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] std::string_view rest() const { return left_; }

 private:
  std::string_view left_;
  bool ok_ = true;
};

/// An entry is its four strings, then its statements to the end of the bytes.
struct EntryView {
  std::string_view id;
  std::string_view caption;
  std::string_view standing;
  Statements statements;
};
void write_entry(Writer& out, const Party& party, std::string_view standing);
[[nodiscard]] EntryView read_entry(std::string_view bytes);
/// Every byte accounted for, every enumerator known and every text UTF-8, which whoever reads it relies on.
[[nodiscard]] bool is_sound_entry(std::string_view bytes);

/// All of a name but its units, which the snapshot keeps as pieces.
void write_name(Writer& out, const names::Name& name);
[[nodiscard]] names::Name read_name(std::string_view bytes, std::vector<names::Unit> units);
[[nodiscard]] bool is_sound_name(std::string_view bytes);

/// A piece is its form, then what the form's letters alone do not tell: how it sounds and what the tables say of it.
void write_piece(Writer& out, const names::Unit& piece);
[[nodiscard]] names::Unit read_piece(std::string_view bytes);
[[nodiscard]] std::string_view read_form(std::string_view bytes);
[[nodiscard]] bool is_sound_piece(std::string_view bytes);

}  // namespace interdict::index
