// What a timeline shows, before anybody draws it: rows of dated bars, from the case's acts, listings and licences.
// The picture (picture.cc) and the JSON for the pages are both made of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "law/law.h"

namespace interdict::report {

enum class Bar : std::uint8_t { none, pending, binding, suspended, unknown };
[[nodiscard]] std::string_view bar_word(Bar bar);

struct BarSpan {
  Bar bar = Bar::none;
  Day from;
  Day until;  // exclusive
};

struct BarRow {
  std::string label;  // "Belaruskali: Freeze, ..."
  const Measure* measure = nullptr;
  const Listing* listing = nullptr;        // of a row for one party
  std::vector<BarSpan> bars;               // in order, without those of Bar::none
  std::vector<const Exception*> licences;  // licences and wind-downs that reach into the span
};

/// The rows of one authority. `about`: measures, parties or authorities to show; empty: measures that turn on no
/// listing, and the listings of parties that a demand names.
[[nodiscard]] std::vector<BarRow> bar_rows(const Authority& authority, const law::CaseIndex& world,
                                           const law::Dates& dates, Day from, Day until,
                                           const std::vector<std::string>& about);

}  // namespace interdict::report
