// A name taken apart.
#include <algorithm>
#include <array>

#include "names/acronym.h"
#include "names/arabic.h"
#include "names/names.h"
#include "names/weigh.h"
#include "names/words.h"
#include "names/written.h"
#include "text/text.h"

namespace interdict::names {
namespace {

bool is_number(std::string_view form) {
  return std::ranges::all_of(form, [](char c) { return c >= '0' && c <= '9'; });
}

bool in_hint(const std::string& hint, std::string_view form) {
  for (std::size_t at = hint.find(form); at != std::string::npos; at = hint.find(form, at + 1)) {
    if ((at == 0 || hint[at - 1] == ' ') && (at + form.size() == hint.size() || hint[at + form.size()] == ' '))
      return true;
  }
  return false;
}

std::string without_zeros(std::string form) {
  form.erase(0, std::min(form.find_first_not_of('0'), form.size() - 1));
  return form;
}

/// "Governor of the Central Bank" behind a name: the first word of what is an office and no name, or their number.
std::size_t office_after(const std::vector<Written>& words) {
  for (std::size_t i = 2; i + 1 < words.size(); ++i) {
    if (is_title(words[i].form) && words[i + 1].form == "of") return i;
  }
  return words.size();
}

/// Digits among the letters of a name are misread letters, or there to hide it (Jo5e, Obdul1o).
std::string with_letters(std::string form) {
  const auto letters = std::ranges::count_if(form, [](char c) { return c >= 'a' && c <= 'z'; });
  if (letters < 2 || static_cast<std::size_t>(letters) == form.size()) return form;
  static constexpr std::string_view digits = "01345";
  static constexpr std::string_view meant = "oieas";
  for (char& c : form) {
    if (const std::size_t at = digits.find(c); at != std::string_view::npos) c = meant[at];
  }
  return form;
}

std::vector<Token> person_tokens(std::vector<Written> words, const PartHints& hints) {
  words = split_camel(std::move(words));
  words = split_initials(std::move(words));
  words = split_servant(std::move(words));
  words = join_servant(std::move(words));
  words = restore_articles(std::move(words));
  words = join_epithets(std::move(words));
  words = join_particles(std::move(words));
  words = restore_short_words(std::move(words));
  const std::size_t office = office_after(words);
  const std::string given = text::fold(hints.given);
  const std::string family = text::fold(hints.family);
  const std::string patronymic = text::fold(hints.patronymic);
  std::vector<Token> tokens;
  tokens.reserve(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    Written& word = words[i];
    word.form = with_letters(std::move(word.form));
    Role role = Role::plain;
    if (is_number(word.form)) {
      role = Role::number;
      word.form = without_zeros(std::move(word.form));
    } else if (word.form.size() == 1) {
      // "Ortega y Gasset", "Eça d'Almeida" write their particles small.
      const bool small = word.text == word.form && (word.form == "y" || word.form == "e" || word.form == "d");
      role = small ? Role::particle : Role::initial;
    } else if (is_particle(word.form) && text::syllable_of(word.text) == 0) {
      role = Role::particle;
    } else if (in_hint(patronymic, word.form)) {  // NOLINT(bugprone-branch-clone): the order is the rule
      role = Role::patronymic;
    } else if (in_hint(family, word.form)) {
      role = Role::family;
    } else if (in_hint(given, word.form)) {
      role = Role::given;
    } else if (i >= office || is_title(word.form) || (!tokens.empty() && generation_of(word.form) > 0)) {
      role = Role::title;
    } else if (is_patronymic(word.form)) {
      role = Role::patronymic;
    }
    tokens.push_back({.text = std::move(word.text), .form = std::move(word.form), .role = role});
  }
  // Nguyen Van An: what ends a name stands before nothing.
  static constexpr std::array also_given = std::to_array<std::string_view>({"an", "do", "du", "le", "lo"});
  if (tokens.size() > 1 && tokens.back().role == Role::particle &&
      std::ranges::find(also_given, tokens.back().form) != also_given.end()) {
    tokens.back().role = Role::plain;
  }
  // A surname in -ovich stands with a given name only; a patronymic has both beside it.
  const auto names = std::ranges::count_if(tokens, [](const Token& t) {
    return t.role == Role::plain || t.role == Role::given || t.role == Role::family || t.role == Role::initial;
  });
  if (names < 2 && patronymic.empty()) {
    for (Token& token : tokens) {
      if (token.role == Role::patronymic) token.role = Role::plain;
    }
  }
  return tokens;
}

/// The "No." of "No. 1".
bool announces_number(const std::vector<Written>& words, std::size_t at) {
  static constexpr std::array said = std::to_array<std::string_view>({"no", "nr", "num", "number"});
  return at + 1 < words.size() && std::ranges::find(said, words[at].form) != said.end() &&
         (is_number(words[at + 1].form) || !number_of(words[at + 1].form).empty());
}

std::vector<Token> other_tokens(std::vector<Written> words, Kind kind) {
  words = join_letters(std::move(words));
  if (kind == Kind::organisation) {
    words = restore_articles(std::move(words));
    words = join_epithets(std::move(words));
    words = join_phrases(std::move(words));
    words = place_adjectives(std::move(words));
  }
  std::vector<Token> tokens;
  tokens.reserve(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (kind == Kind::organisation) {
      const auto [count, form] = phrase_at(legal_forms(), words, i);
      // A legal form alone at the start may be the name itself (AT & T, SE Asia); phrases and long forms are not.
      if (count > 0 && (i > 0 || count > 1 || words.size() > 1)) {
        std::string text = words[i].text;
        for (std::size_t k = 1; k < count; ++k) text += " " + words[i + k].text;
        tokens.push_back({.text = std::move(text), .form = std::string(form), .role = Role::legal_form});
        i += count - 1;
        continue;
      }
    }
    std::string form = words[i].form;
    Role role = Role::plain;
    if (is_number(form)) {
      role = Role::number;
      form = without_zeros(std::move(form));
    } else if (const std::string_view number = number_of(form); !number.empty()) {
      role = Role::number;
      form = number;
    } else if (i > 0 && (form == "i" || form == "v" || form == "x") &&
               (i + 1 == words.size() ||
                (kind == Kind::organisation && phrase_at(legal_forms(), words, i + 1).first > 0))) {
      role = Role::number;
      form = form == "i" ? "1" : form == "v" ? "5" : "10";
    } else if (i > 0 && words.size() > 2 && form == "v") {
      role = Role::number;
      form = "5";
    } else if (kind == Kind::organisation && i > 1 && form.size() == 1 && i + 1 == words.size() &&
               tokens.back().role == Role::number) {
      role = Role::number;  // a series: 2018-A, Fund II B
    } else if (is_filler(form) || announces_number(words, i) ||
               (kind == Kind::object && i == 0 && is_prefix_of_object(form))) {
      role = Role::particle;
    }
    tokens.push_back({.text = std::move(words[i].text), .form = std::move(form), .role = role});
  }
  return tokens;
}

}  // namespace

Kind kind_of(std::string_view schema) {
  if (schema == "Person") return Kind::person;
  if (schema == "Vessel" || schema == "Airplane" || schema == "Vehicle") return Kind::object;
  return Kind::organisation;
}

const char* to_string(Role role) {
  constexpr std::array<const char*, 9> names = {"plain", "given",      "family", "patronymic", "particle",
                                                "title", "legal_form", "number", "initial"};
  return names[static_cast<std::size_t>(role)];
}

Name analyse(std::string_view text, Kind kind, const PartHints& hints) {
  Name name;
  name.text = text;
  name.kind = kind;
  std::vector<Written> words = written_words(text);
  name.tokens = kind == Kind::person ? person_tokens(std::move(words), hints) : other_tokens(std::move(words), kind);
  if (name.tokens.size() > parts_most) name.tokens.resize(parts_most);
  // A name of nothing but titles, particles or legal forms means them.
  if (std::ranges::all_of(name.tokens, [](const Token& t) { return is_minor(t.role); })) {
    for (Token& token : name.tokens) token.role = Role::plain;
  }
  if (kind == Kind::organisation) {
    if (const std::size_t at = spelled_out(name.tokens); at < name.tokens.size()) name.tokens[at].role = Role::particle;
  }
  weigh(name.tokens, kind);
  prepare(name);
  return name;
}

}  // namespace interdict::names
