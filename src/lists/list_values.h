// Values as lists write them, read the same way by several readers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"

namespace interdict::lists {

class RecordBuilder;

/// A day, or with unknown parts as zeros or letters: "24/10/1972", "00/00/1980", "dd/mm/1980", "mm/1980", "1980"; with
/// '/', '.' or '-' between the parts. Nothing when impossible.
[[nodiscard]] std::optional<PartialDate> parse_day_first(std::string_view text);

/// "Nov. 1973", "August 1961": a month of a year.
[[nodiscard]] std::optional<PartialDate> parse_month_year(std::string_view text);

/// FollowTheMoney's "male", "female" or "other"; nothing when it is none of these.
[[nodiscard]] std::optional<std::string_view> parse_gender(std::string_view text);

/// Adds a gender, or keeps the text as unmodelled under `field`.
void add_gender(RecordBuilder& out, std::string_view text, std::string_view field);

/// Adds what a remark says as "Gender: male", and nothing otherwise.
void add_gender_from_remark(RecordBuilder& out, std::string_view remark);

/// The numbers of documents in a text such as "Tunisian passport number L 191609, issued on 28 Feb. 1996": tokens of
/// capitals and digits with at least five digits (four beside a letter) that are no date, with a short prefix of
/// capitals that stands before them.
[[nodiscard]] std::vector<std::string> document_numbers(std::string_view text);

/// The items of "(1) X (2) Y", "1) X 2) Y" or "a) X b) Y"; the whole text as one item when it is not so numbered.
[[nodiscard]] std::vector<std::string_view> split_numbered(std::string_view text);

/// The items of a text split at any of `separators`, trimmed, the empty ones left out.
[[nodiscard]] std::vector<std::string_view> split_any(std::string_view text, std::string_view separators);

/// The reference numbers of the UN list that stand in a text ("QDi.123"), each once.
[[nodiscard]] std::vector<std::string> un_references(std::string_view text);

/// Says of each UN reference number in the text, other than the party's own, that it is mentioned there.
void add_un_mentions(RecordBuilder& out, std::string_view text, std::string_view own);

[[nodiscard]] inline std::string_view trim(std::string_view text) {
  const auto white = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && white(text.front())) text.remove_prefix(1);
  while (!text.empty() && white(text.back())) text.remove_suffix(1);
  return text;
}
[[nodiscard]] bool starts_with_ignoring_case(std::string_view text, std::string_view lower_prefix);
[[nodiscard]] bool contains_ignoring_case(std::string_view text, std::string_view lower_part);
[[nodiscard]] bool equals_ignoring_case(std::string_view text, std::string_view lower);

}  // namespace interdict::lists
