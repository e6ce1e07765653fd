#include "lists/record_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "text/text.h"

namespace interdict::lists {
namespace {

constexpr std::size_t usual_statements = 8;

bool same_letters(std::string_view left, std::string_view right) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [&](char a, char b) { return lower(a) == lower(b); });
}

/// Differs for most statements that differ, and is quick.
std::uint32_t fingerprint(const Statement& s) {
  const auto at = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(s.value[i])); };
  const std::size_t size = s.value.size();  // never 0: add() keeps no empty value
  return static_cast<std::uint32_t>(s.prop) << 24U | (at(0) ^ at(size / 3)) << 16U |
         (at(size / 2) ^ at(size - 1)) << 8U | static_cast<std::uint32_t>(size & 0xFFU);
}

// Keeps the first of equal statements, in order. Records are mostly small, some (OFSI groups, UN narratives) are not.
void drop_repeats(std::vector<Statement>& statements) {
  if (statements.size() < 2) return;
  constexpr std::size_t few = 48;
  if (statements.size() <= few) {
    std::array<std::uint32_t, few> seen{};
    bool all_differ = true;
    for (std::size_t i = 0; i < statements.size() && all_differ; ++i) {
      seen[i] = fingerprint(statements[i]);
      for (std::size_t j = 0; j < i && all_differ; ++j) {
        all_differ = seen[j] != seen[i] || statements[j] != statements[i];
      }
    }
    if (all_differ) return;
  }
  std::vector<std::size_t> order(statements.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const auto compared = statements[a] <=> statements[b];
    return compared != 0 ? compared < 0 : a < b;
  });
  std::vector<bool> repeated(statements.size());
  bool any = false;
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (statements[order[i]] == statements[order[i - 1]]) any = repeated[order[i]] = true;
  }
  if (!any) return;
  std::size_t to = 0;
  for (std::size_t from = 0; from < statements.size(); ++from) {
    if (repeated[from]) continue;
    if (to != from) statements[to] = std::move(statements[from]);
    ++to;
  }
  statements.resize(to);
}

}  // namespace

std::string_view Countries::code(std::string_view text) {
  // No list comes near either bound; a hostile file must not fill the memory.
  constexpr std::size_t texts_max = 4096;
  constexpr std::size_t bytes_max = 200;
  if (text.size() > bytes_max) return longer_ = text::country_code(text).value_or("");
  if (const auto at = codes_.find(text); at != codes_.end()) return at->second;
  if (codes_.size() == texts_max) codes_.clear();
  return codes_.emplace(text, text::country_code(text).value_or("")).first->second;
}

Said& Said::with(Detail detail, std::string_view text) {
  if (builder_ != nullptr && !text.empty()) builder_->record_.statements[index_].adopt(detail, text::clean(text));
  return *this;
}

Said& Said::in_country(std::string_view text) {
  if (builder_ == nullptr || text.empty()) return *this;
  const std::string_view code = builder_->country_code(text);
  return with(Detail::country, code.empty() ? text : code);
}

Said& Said::in_language(std::string_view text) {
  if (builder_ == nullptr || text.empty()) return *this;
  const auto code = text::language_code(text);
  return with(Detail::lang, code ? *code : text);
}

Said& Said::on(Detail detail, std::optional<PartialDate> date, std::string_view published) {
  return with(detail, date ? date->to_string() : published);
}

void RecordBuilder::begin(std::string_view id, std::string_view schema) {
  record_ = Record{text::clean(id), Part::main, std::string(schema), {}};
  record_.statements.reserve(usual_statements);
  faults_.clear();
}

Said RecordBuilder::add(Prop prop, std::string_view value) {
  if (value.empty()) return {};
  std::string clean = text::clean(value);
  if (clean.empty()) return {};
  record_.statements.emplace_back(prop, std::move(clean));
  return {this, record_.statements.size() - 1};
}

Said RecordBuilder::add_name(Prop prop, std::string_view value) {
  Said said = add(prop, value);
  if (said) said.with(Detail::script, text::script(record_.statements.back().value));
  return said;
}

Said RecordBuilder::add_country(Prop prop, std::string_view value) {
  const std::string_view code = country_code(value);
  if (code.empty()) return add(prop, value);
  Said said = add(prop, code);
  if (!same_letters(value, code) && !same_letters(value, text::country_name(code))) {
    said.with(Detail::original, value);
  }
  return said;
}

Said RecordBuilder::add_date(Prop prop, std::optional<PartialDate> date, std::string_view published,
                             std::string_view field) {
  if (date) return add(prop, date->to_string());
  Said said = add_unmodelled(field, published);
  if (said) note_fault(fmt::format("{}: '{}' is not a date", field, published));
  return said;
}

Said RecordBuilder::add_unmodelled(std::string_view field, std::string_view value) {
  Said said = add(Prop::unmodelled, value);
  said.with(Detail::field, field);
  return said;
}

bool RecordBuilder::has_value(std::string_view value) const {
  return std::any_of(record_.statements.begin(), record_.statements.end(),
                     [&](const Statement& s) { return s.value == value; });
}

std::string_view RecordBuilder::first_value(Prop prop) const {
  for (const Statement& statement : record_.statements) {
    if (statement.prop == prop) return statement.value;
  }
  return {};
}

Record RecordBuilder::take() {
  drop_repeats(record_.statements);
  return std::move(record_);
}

std::string join(std::initializer_list<std::string_view> parts, std::string_view separator) {
  std::string joined;
  std::size_t size = 0;
  for (std::string_view part : parts) size += part.size() + separator.size();
  joined.reserve(size);
  for (std::string_view part : parts) {
    if (part.empty()) continue;
    if (!joined.empty()) joined.append(separator);
    joined.append(part);
  }
  return joined;
}

}  // namespace interdict::lists
