// What stands in names of ships and aircraft beside the name: their kind, their marks and numbers. Private to the names
// room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "names/written.h"

namespace interdict::names {

/// Whether a form is a registration mark, as `join_marks` writes them: nationality, hyphen, the rest (ep-mne).
[[nodiscard]] bool is_mark(std::string_view form);
/// "EP-MNE", "RA82078", "N123AB": the registration of an aircraft is one word, of nationality and registration mark
/// (ICAO Annex 7). The digits behind another
/// word are a word of their own.
[[nodiscard]] std::vector<Written> join_marks(std::vector<Written> words);
/// How many words from `at` on say what kind of ship follows (M/V, crude oil tanker, the motor yacht); 0 for none.
[[nodiscard]] std::size_t kind_words_at(const std::vector<Written>& words, std::size_t at);
/// "IMO 8518572", "IMO8518572": a number of the International Maritime Organization and how many words it takes, 0 for
/// none.
struct ImoNumber {
  std::uint32_t number = 0;
  std::size_t words = 0;
};
[[nodiscard]] ImoNumber imo_number(std::string_view form, std::string_view next);

}  // namespace interdict::names
