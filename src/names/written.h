// The words of a name as they are written, and what of them is one word or several. Private to the names room.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "names/words.h"

namespace interdict::names {

/// The folded words of a name as written: for each word of the text, what it folds to (several for Han and Hangul).
struct Written {
  std::string text;
  std::string form;
  bool aside = false;       // in brackets, and something stands outside of them
  bool hyphenated = false;  // to the word before
  bool pointed = false;     // a full stop behind it: it may be cut short
};

/// The words of folded text.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view folded);
/// `count` words from `at` on as they are written, with spaces.
[[nodiscard]] std::string text_of(std::span<const Written> words, std::size_t at, std::size_t count);

/// Splits at spaces and at what folding makes a space, so that every token keeps its own spelling.
[[nodiscard]] std::vector<Written> written_words(std::string_view text);
/// "L.L.C.", "S. A.", "P.T.": in the name of a firm or ship, single letters in a row are one word.
[[nodiscard]] std::vector<Written> join_letters(std::vector<Written> words);
/// "AlisherUsmanov": a capital after three small letters begins a part of its own, in a word that has `fewest` of them.
[[nodiscard]] std::vector<Written> split_camel(std::vector<Written> words, std::size_t fewest);
/// "Rye Song Gang", "Ryesonggang": three syllables or more in a row, as ships of East Asia are called, are one word.
[[nodiscard]] std::vector<Written> join_syllables(std::vector<Written> words);
/// "Nefte Gaz Stroy", "Neftegazstroy": three stems or more in a row of which names of firms are made are one word.
[[nodiscard]] std::vector<Written> join_stems(std::vector<Written> words);
/// "JP Renaud": capitals without a vowel are initials.
[[nodiscard]] std::vector<Written> split_initials(std::vector<Written> words);
/// "van den Berg" is written "Vandenberg", "de la Croix" "Delacroix": particles in a row are one, so that the word they
/// stand before can be joined to it.
[[nodiscard]] std::vector<Written> join_particles(std::vector<Written> words);
/// Short words whose letters leave their vowels out or stand for others: Arabic "son of", John in Hebrew letters. What
/// they fold to is another name in other letters.
[[nodiscard]] std::vector<Written> restore_short_words(std::vector<Written> words);
/// Han characters that are read otherwise where they are a family name (薄 Bo, 曾 Zeng).
[[nodiscard]] std::vector<Written> read_han_surname(std::vector<Written> words);
/// The phrase of a table that begins at `at`: how many words, and what they are brought to.
[[nodiscard]] std::pair<std::size_t, std::string_view> phrase_at(const Phrases& phrases,
                                                                 const std::vector<Written>& words, std::size_t at);
/// The legal form that begins at `at`, as phrase_at tells it. In a long one some letters may be wrong: what registers
/// and lists write for "obshchestvo s ogranichennoy otvetstvennostyu" is endless.
[[nodiscard]] std::pair<std::size_t, std::string_view> legal_form_at(const std::vector<Written>& words, std::size_t at);
/// Words that mean another, or several, brought to it: "United Kingdom" to "uk", "zhong guo" to "china", "TD" to
/// "trading house".
[[nodiscard]] std::vector<Written> join_phrases(std::vector<Written> words);
/// "Moskovskiy", "Tulskaya" say Moscow, Tula: what Slavic names of firms make of their town.
[[nodiscard]] std::vector<Written> place_adjectives(std::vector<Written> words);

}  // namespace interdict::names
