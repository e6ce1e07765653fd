// Words that are not names: titles, particles, legal forms, numbers. All keys are folded forms.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "names/unit.h"

namespace interdict::names {

[[nodiscard]] bool is_title(std::string_view form);
/// Which of the family's bearers of one name it says: 1 for senior, 2 for junior and II, 3 for III; 0 for other words.
[[nodiscard]] std::uint8_t generation_of(std::string_view form);
/// Articles, prepositions and filiation words inside names of people.
[[nodiscard]] bool is_particle(std::string_view form);
/// Words that join the words of a firm's name: of, and, de.
[[nodiscard]] bool is_filler(std::string_view form);
/// By its suffix: -ovich, -yevna, oglu, kyzy.
[[nodiscard]] bool is_patronymic(std::string_view form);
/// Country and large place names, which tell sister firms apart.
[[nodiscard]] bool is_place(std::string_view form);
/// Whether both are places or words for what is of a country, and of different ones, however alike: Austrian,
/// Australian.
[[nodiscard]] bool are_other_places(std::string_view left, std::string_view right);

struct Phrase {
  std::string_view words;  // folded, single spaces
  std::string_view form;   // what it is brought to
};
/// Phrases by their first word.
class Phrases {
 public:
  /// `all` must outlive this.
  explicit Phrases(std::span<const Phrase> all);
  /// In the order they were given.
  [[nodiscard]] std::span<const Phrase> starting_with(std::string_view word) const;
  [[nodiscard]] std::span<const Phrase> all() const { return all_; }

 private:
  std::span<const Phrase> all_;
  std::unordered_map<std::string_view, std::vector<Phrase>> by_first_word_;
};
/// Legal forms in all their spellings, those of more words first.
[[nodiscard]] const Phrases& legal_forms();
/// Phrases that name one thing in several words, those of more words first: "united kingdom" → "uk". Their words are as
/// any_romanisation has them.
[[nodiscard]] const Phrases& plain_phrases();
/// What all romanisations of a Cyrillic word have in common: torgovyy, torgoviy and torgovyi, predpriyatie and
/// predpriiatiye are one each. Words of fewer than six letters, as all pinyin syllables but those that it would not
/// change are, stay as they are.
[[nodiscard]] std::string any_romanisation(std::string_view word);
/// "ii" → "2", "first" → "1", "3rd" → "3"; empty for other words.
[[nodiscard]] std::string_view number_of(std::string_view form);

/// How many listed names hold the form, by kind, in steps of half a doubling; 0 for a form seen fewer than three times.
struct Frequency {
  std::uint8_t people = 0;
  std::uint8_t others = 0;
};
[[nodiscard]] Frequency frequency_of(std::string_view form);
/// Families of spellings the form belongs to.
struct FamilyEntry {
  std::string_view form;
  Variant variant;
};
[[nodiscard]] std::span<const FamilyEntry> families_of(std::string_view form);
/// Families of the English words that it says in another language, however romanised.
[[nodiscard]] std::span<const FamilyEntry> families_of_word(std::string_view form);

}  // namespace interdict::names
