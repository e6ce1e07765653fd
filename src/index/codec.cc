#include "index/codec.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <utility>

#include "text/text.h"

namespace interdict::index {

void Writer::number(std::uint64_t value) {
  for (; value >= 0x80; value >>= 7U) byte(static_cast<std::uint8_t>(value | 0x80U));
  byte(static_cast<std::uint8_t>(value));
}

void Writer::text(std::string_view value) {
  number(value.size());
  bytes_.append(value);
}

void Writer::real(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  for (unsigned shift = 0; shift < 32; shift += 8) byte(static_cast<std::uint8_t>(bits >> shift));
}

void Writer::fixed(std::uint64_t value) {
  std::array<char, sizeof value> bytes{};
  std::memcpy(bytes.data(), &value, sizeof value);
  bytes_.append(bytes.data(), bytes.size());
}

std::uint8_t Reader::byte() {
  if (left_.empty()) {
    ok_ = false;
    return 0;
  }
  const auto value = static_cast<std::uint8_t>(left_.front());
  left_.remove_prefix(1);
  return value;
}

std::uint64_t Reader::number() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 63; shift += 7) {
    const std::uint8_t next = byte();
    value |= static_cast<std::uint64_t>(next & 0x7fU) << shift;
    if (next < 0x80) return ok_ ? value : 0;
  }
  ok_ = false;
  left_ = {};
  return 0;
}

std::string_view Reader::text() {
  const std::uint64_t size = number();
  if (size > left_.size()) {
    ok_ = false;
    left_ = {};
  }
  if (!ok_) return {};
  const std::string_view value = left_.substr(0, size);
  left_.remove_prefix(size);
  return value;
}

std::uint64_t Reader::fixed() {
  std::uint64_t value = 0;
  if (left_.size() < sizeof value) {
    ok_ = false;
    left_ = {};
    return 0;
  }
  std::memcpy(&value, left_.data(), sizeof value);
  left_.remove_prefix(sizeof value);
  return value;
}

float Reader::real() {
  std::uint32_t bits = 0;
  for (unsigned shift = 0; shift < 32; shift += 8) bits |= static_cast<std::uint32_t>(byte()) << shift;
  return ok_ ? std::bit_cast<float>(bits) : 0;
}

// Statements --------------------------------------------------------------------------------------------------------

namespace {

/// One statement: property, value, details; each is written as a string so that it can be stepped over.
std::string encode(const Statement& statement) {
  Writer out;
  out.byte(static_cast<std::uint8_t>(statement.prop));
  out.text(statement.value);
  for (const Qualifier& q : statement.details) {
    out.byte(static_cast<std::uint8_t>(q.detail));
    out.text(q.value);
  }
  return out.take();
}

bool is_sound_statement(std::string_view bytes) {
  Reader in(bytes);
  if (in.byte() >= prop_count || !text::is_valid_utf8(in.text())) return false;
  while (in.ok() && !in.rest().empty()) {
    if (in.byte() >= detail_count || !text::is_valid_utf8(in.text())) return false;
  }
  return in.ok();
}

}  // namespace

std::string_view StatementView::detail(Detail which) const {
  Reader in(details);
  while (!in.rest().empty() && in.ok()) {
    const bool found = in.byte() == static_cast<std::uint8_t>(which);
    const std::string_view text = in.text();
    if (found) return text;
  }
  return {};
}

Statement StatementView::statement() const {
  Statement out{prop, std::string(value), {}};
  Reader in(details);
  while (!in.rest().empty() && in.ok()) {
    const auto which = static_cast<Detail>(in.byte());
    out.details.push_back({which, std::string(in.text())});
  }
  return out;
}

void Statements::Iterator::advance() {
  if (left_.empty()) {
    at_end_ = true;
    return;
  }
  Reader in(left_);
  Reader statement(in.text());
  left_ = in.rest();
  current_.prop = static_cast<Prop>(statement.byte());
  current_.value = statement.text();
  current_.details = statement.rest();
}

void write_entry(Writer& out, const Party& party, std::string_view standing) {
  out.text(party.id);
  out.text(party.caption());
  out.text(standing);
  for (const Statement& statement : party.statements) out.text(encode(statement));
}

EntryView read_entry(std::string_view bytes) {
  Reader in(bytes);
  EntryView out;
  out.id = in.text();
  out.caption = in.text();
  out.standing = in.text();
  out.statements = Statements(in.rest());
  return out;
}

bool is_sound_entry(std::string_view bytes) {
  Reader in(bytes);
  for (int i = 0; i < 3; ++i) {
    if (!text::is_valid_utf8(in.text())) return false;
  }
  while (in.ok() && !in.rest().empty()) {
    const std::string_view statement = in.text();
    if (!in.ok() || !is_sound_statement(statement)) return false;
  }
  return in.ok();
}

// Names -------------------------------------------------------------------------------------------------------------

void write_name(Writer& out, const names::Name& name) {
  out.text(name.text);
  out.byte(static_cast<std::uint8_t>(name.kind));
  for (const names::Token& token : name.tokens) {
    out.text(token.text);
    out.text(token.form);
    out.byte(static_cast<std::uint8_t>(token.role));
    out.real(token.weight);
  }
}

names::Name read_name(std::string_view bytes, std::vector<names::Unit> units) {
  Reader in(bytes);
  names::Name name;
  name.text = in.text();
  name.kind = static_cast<names::Kind>(in.byte());
  while (in.ok() && !in.rest().empty()) {
    names::Token token;
    token.text = in.text();
    token.form = in.text();
    token.role = static_cast<names::Role>(in.byte());
    token.weight = in.real();
    name.tokens.push_back(std::move(token));
  }
  names::prepare(name, std::move(units));
  return name;
}

bool is_sound_name(std::string_view bytes) {
  Reader in(bytes);
  if (!text::is_valid_utf8(in.text())) return false;
  if (in.byte() > static_cast<std::uint8_t>(names::Kind::object)) return false;
  while (in.ok() && !in.rest().empty()) {
    if (!text::is_valid_utf8(in.text())) return false;
    const std::string_view form = in.text();
    if (form.empty() || !text::is_valid_utf8(form)) return false;
    if (in.byte() > static_cast<std::uint8_t>(names::Role::initial)) return false;
    const float weight = in.real();
    if (!std::isfinite(weight) || weight < 0 || weight >= 1e6F) return false;
  }
  return in.ok();
}

// Pieces ------------------------------------------------------------------------------------------------------------

namespace {

enum PieceFlag : std::uint8_t { is_known = 1, is_pinyin = 2, is_taught = 4, all_flags = 7 };

}  // namespace

void write_piece(Writer& out, const names::Unit& piece) {
  out.text(piece.form);
  const auto flag = [](bool set, PieceFlag which) { return set ? which : 0; };
  out.byte(static_cast<std::uint8_t>(flag(piece.is_known, is_known) | flag(piece.is_pinyin, is_pinyin) |
                                     flag(piece.is_taught, is_taught)));
  for (std::size_t i = 0; i < names::readings; ++i) {
    out.text(piece.sounds.at(i));
    if (!piece.sounds.at(i).empty()) out.fixed(piece.skeletons.at(i));
  }
  for (std::size_t i = 0; i < piece.variant_count; ++i) {
    out.byte(piece.variants.at(i).closeness);
    out.number(piece.variants.at(i).family);
  }
}

std::string_view read_form(std::string_view bytes) { return Reader(bytes).text(); }

names::Unit read_piece(std::string_view bytes) {
  Reader in(bytes);
  names::Unit unit = names::written_unit(in.text());
  const std::uint8_t flags = in.byte();
  unit.is_known = (flags & is_known) != 0;
  unit.is_pinyin = (flags & is_pinyin) != 0;
  unit.is_taught = (flags & is_taught) != 0;
  for (std::size_t i = 0; i < names::readings; ++i) {
    unit.sounds.at(i) = in.text();
    if (!unit.sounds.at(i).empty()) unit.skeletons.at(i) = in.fixed();
  }
  while (!in.rest().empty()) {
    names::Variant& variant = unit.variants.at(unit.variant_count++);
    variant.closeness = in.byte();
    variant.family = static_cast<std::uint16_t>(in.number());
  }
  return unit;
}

bool is_sound_piece(std::string_view bytes) {
  Reader in(bytes);
  if (in.text().empty()) return false;
  if (in.byte() > all_flags) return false;
  for (std::size_t i = 0; i < names::readings; ++i) {
    const std::string_view sound = in.text();
    if (sound.size() > names::sound_most) return false;
    if (!sound.empty()) in.fixed();
  }
  for (std::size_t i = 0; in.ok() && !in.rest().empty(); ++i) {
    if (i == names::variants_max) return false;
    in.byte();
    if (in.number() > 0xffff) return false;
  }
  return in.ok();
}

}  // namespace interdict::index
