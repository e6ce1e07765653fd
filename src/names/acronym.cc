#include "names/acronym.h"

#include <algorithm>
#include <bit>
#include <vector>

#include "names/words.h"
#include "text/text.h"

namespace interdict::names {
namespace {

constexpr std::size_t shortest = 3;
constexpr std::size_t longest = 8;

std::vector<std::string_view> words_of(std::string_view folded) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    words.push_back(folded.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

/// What a token gives: of legal forms only those written out (Company, Corporation) are among the letters, and no
/// preposition is.
std::string letters_of(const Token& token) {
  if (token.role == Role::particle || token.role == Role::title) return {};
  if (token.role == Role::legal_form && (token.text.size() < 7 || token.form == "ltd")) return {};
  const std::string folded = text::fold(token.text);
  std::vector<std::string_view> words = words_of(folded);
  if (words.size() == 2 && words[0] == "co") words.pop_back();  // Co-operation
  std::string letters;
  for (const std::string_view word : words) {
    if (!is_filler(word)) letters += word[0];
  }
  return letters;
}

bool stands_for_nothing(const Token& token) { return token.role == Role::number || token.form.size() == 1; }

bool is_capitals(std::string_view text) {
  return text.size() >= shortest && text.size() <= longest &&
         std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// The first of the tokens before `at` whose letters are its form, or `at`.
std::size_t begin_of(std::span<const Token> tokens, std::size_t at) {
  std::string_view rest = tokens[at].form;
  for (std::size_t i = at; i > 0 && !rest.empty(); --i) {
    if (stands_for_nothing(tokens[i - 1])) return at;
    const std::string letters = letters_of(tokens[i - 1]);
    if (!rest.ends_with(letters)) return at;
    rest.remove_suffix(letters.size());
    if (rest.empty()) return i - 1;
  }
  return at;
}

}  // namespace

std::size_t spelled_out(std::span<const Token> tokens) {
  for (std::size_t at = shortest; at < tokens.size(); ++at) {
    if (is_capitals(tokens[at].text) && begin_of(tokens, at) < at) return at;
  }
  return tokens.size();
}

Acronym acronym_of(std::span<const Token> tokens) {
  if (const std::size_t at = spelled_out(tokens); at < tokens.size()) {
    const std::size_t first = begin_of(tokens, at);
    return {.letters = tokens[at].form, .mask = ((std::uint64_t{1} << (at - first)) - 1) << first};
  }
  Acronym acronym;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string letters = letters_of(tokens[i]);
    if (letters.empty()) continue;
    if (stands_for_nothing(tokens[i])) return {};
    if (std::ranges::any_of(letters, [](char c) { return c < 'a' || c > 'z'; })) return {};
    acronym.letters += letters;
    acronym.mask |= std::uint64_t{1} << i;
  }
  if (acronym.letters.size() < shortest || acronym.letters.size() > longest) return {};
  const auto last = static_cast<unsigned>(std::bit_width(acronym.mask));
  acronym.mask = (~std::uint64_t{0} >> (64 - last)) & ~((acronym.mask & (~acronym.mask + 1)) - 1);
  return acronym;
}

}  // namespace interdict::names
