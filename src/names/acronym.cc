#include "names/acronym.h"

#include <algorithm>
#include <bit>
#include <vector>

#include "names/words.h"
#include "names/written.h"
#include "text/text.h"

namespace interdict::names {
namespace {

constexpr std::size_t shortest = 3;
constexpr std::size_t longest = 8;
constexpr std::size_t longest_other = 12;

/// What a token gives: of legal forms only Company and Corporation written out are among the letters, and no
/// preposition is.
std::string letters_of(const Token& token) {
  if (token.role == Role::particle || token.role == Role::title) return {};
  if (token.role == Role::legal_form && (token.text.size() < 7 || (token.form != "co" && token.form != "corp")))
    return {};
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

/// The first of the tokens before `end` that these letters are of, prepositions among them or not; `end` when they are
/// of none.
std::size_t begin_of(std::span<const Token> tokens, std::size_t end, std::string_view letters) {
  std::size_t at = end;
  while (at > 0 && !letters.empty()) {
    const Token& token = tokens[--at];
    if (stands_for_nothing(token)) return end;
    if (token.role == Role::particle && letters.back() == token.form[0] && is_filler(token.form)) {
      const std::size_t begin = begin_of(tokens, at, letters.substr(0, letters.size() - 1));
      if (begin < at) return begin;
    }
    const std::string own = letters_of(token);
    if (!letters.ends_with(own)) return end;
    letters.remove_suffix(own.size());
  }
  return letters.empty() ? at : end;
}

/// Of those before `at`, whose letters are its form.
std::size_t begin_of(std::span<const Token> tokens, std::size_t at) { return begin_of(tokens, at, tokens[at].form); }

bool is_capitals(std::string_view text) {
  return text.size() >= shortest && text.size() <= longest &&
         std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

bool is_other_name(std::string_view text) {
  const auto capitals = std::ranges::count_if(text, [](char c) { return c >= 'A' && c <= 'Z'; });
  const bool letters =
      std::ranges::all_of(text, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
  return letters && capitals > 2 && text.size() <= longest_other;
}

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
  for (std::size_t at = 2; at < tokens.size(); ++at) {
    const Token& token = tokens[at];
    if (token.role == Role::particle && is_other_name(token.text) && !is_filler(token.form)) {
      return {.letters = token.form, .mask = (std::uint64_t{1} << at) - 1};
    }
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
