// A name taken apart.
#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "names/acronym.h"
#include "names/arabic.h"
#include "names/craft.h"
#include "names/names.h"
#include "names/weigh.h"
#include "names/words.h"
#include "names/written.h"
#include "text/text.h"

namespace interdict::names {
namespace {

bool has_digits(std::string_view form) { return std::ranges::any_of(form, text::is_digit); }

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

/// Digits among `least` letters of a name or more are misread letters, or there to hide it (Jo5e, Obdul1o).
std::string with_letters(std::string form, std::ptrdiff_t least) {
  const auto letters = std::ranges::count_if(form, [](char c) { return c >= 'a' && c <= 'z'; });
  if (letters < least || static_cast<std::size_t>(letters) == form.size()) return form;
  if (const std::size_t twice = form.find("11"); twice != std::string::npos) form.replace(twice, 2, "ll");
  static constexpr std::string_view digits = "01345";
  static constexpr std::string_view meant = "oieas";
  for (char& c : form) {
    if (const std::size_t at = digits.find(c); at != std::string_view::npos) c = meant[at];
  }
  return form;
}

/// A user's name (ivanov77), a mark of a footnote.
std::string without_number(std::string form) {
  const auto letters = static_cast<std::size_t>(std::ranges::find_if(form, text::is_digit) - form.begin());
  if (letters < form.size() && letters > 2 && text::all_digits(std::string_view(form).substr(letters))) {
    form.resize(letters);
  }
  return form;
}

/// "Siarheeuna" is the Belarusian daughter of Siarhei: its ў is a u in Latin letters and the v of Russian Sergeyevna.
std::string with_v_of_daughters(std::string form) {
  static constexpr std::array endings = std::to_array<std::string_view>({"auna", "euna", "iuna", "ouna", "yuna"});
  const auto ends = [&](std::string_view ending) { return form.size() > ending.size() + 2 && form.ends_with(ending); };
  if (std::ranges::any_of(endings, ends)) form[form.size() - 3] = 'v';
  return form;
}

/// A surname in -ovich stands with a given name or initials only, a patronymic has both names beside it; of two such
/// words the one right behind the given name is the patronymic (Ivan Petrovich Lukashevich, Lukashevich Ivan
/// Petrovich).
void tell_patronymics_from_surnames(std::vector<Token>& tokens) {
  const auto is_name = [](const Token& token) {
    return token.role == Role::plain || token.role == Role::given || token.role == Role::family;
  };
  const auto names = std::ranges::count_if(tokens, is_name);
  if (names > 1) return;
  const bool one_is_left = names == 1 && std::ranges::count(tokens, Role::patronymic, &Token::role) > 1;
  bool behind_given = false;
  for (Token& token : tokens) {
    const bool stays = one_is_left && behind_given;
    behind_given = is_name(token);
    if (token.role == Role::patronymic && !stays) token.role = Role::plain;
  }
}

/// A number of so many digits is that of a register, and numbers no sister firm.
constexpr std::size_t registered_digits = 6;

/// What is in brackets says less, whether it agrees or not.
constexpr float aside_weight = 0.35F;

Token token_of(Written word, Role role) {
  const float weight = word.aside ? aside_weight : 1;
  return {.text = std::move(word.text), .form = std::move(word.form), .role = role, .weight = weight};
}

std::vector<Token> person_tokens(std::vector<Written> words, const PartHints& hints) {
  words = split_camel(std::move(words), 2);
  words = split_initials(std::move(words));
  words = split_compounds(std::move(words));
  words = split_servant(std::move(words));
  words = join_servant(std::move(words));
  words = restore_articles(std::move(words));
  words = join_epithets(std::move(words));
  words = join_particles(std::move(words));
  words = restore_short_words(std::move(words));
  words = read_han_surname(std::move(words));
  const std::size_t office = office_after(words);
  const std::string given = text::fold(hints.given);
  const std::string family = text::fold(hints.family);
  const std::string patronymic = text::fold(hints.patronymic);
  std::vector<Token> tokens;
  tokens.reserve(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    Written& word = words[i];
    word.form = with_v_of_daughters(with_letters(without_number(std::move(word.form)), 2));
    Role role = Role::plain;
    if (word.form.size() == 1 && !has_digits(word.form)) {
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
    } else if (has_digits(word.form) /* of a file, a passport, a year */ || word.aside || i >= office ||
               is_title(word.form) || (!tokens.empty() && generation_of(word.form) > 0)) {
      role = Role::title;
    } else if (is_patronymic(word.form)) {
      role = Role::patronymic;
    }
    tokens.push_back(token_of(std::move(word), role));
  }
  // Nguyen Van An: what ends a name stands before nothing.
  static constexpr std::array also_given = std::to_array<std::string_view>({"an", "do", "du", "le", "lo"});
  if (tokens.size() > 1 && tokens.back().role == Role::particle &&
      std::ranges::find(also_given, tokens.back().form) != also_given.end()) {
    tokens.back().role = Role::plain;
  }
  if (patronymic.empty()) tell_patronymics_from_surnames(tokens);
  return tokens;
}

/// The "No." of "No. 1".
bool announces_number(const std::vector<Written>& words, std::size_t at) {
  static constexpr std::array said = std::to_array<std::string_view>({"no", "nr", "num", "number"});
  return at + 1 < words.size() && std::ranges::find(said, words[at].form) != said.end() &&
         (text::all_digits(words[at + 1].form) || !number_of(words[at + 1].form).empty());
}

/// The number that a word says, in digits, or nothing.
std::optional<std::string> number_at(const std::vector<Written>& words, std::size_t at, Kind kind) {
  std::string form = words[at].form;
  if (text::all_digits(form)) return without_zeros(std::move(form));
  // "Vll" is VII to whoever reads print.
  if (form.size() > 2 && !is_filler(form) && form.find_first_not_of("vxil") == std::string::npos) {
    std::ranges::replace(form, 'l', 'i');
  }
  if (const std::string_view number = number_of(form); !number.empty()) return std::string(number);
  if (at == 0 || (form != "i" && form != "v" && form != "x")) return std::nullopt;
  const bool ends =
      at + 1 == words.size() || (kind == Kind::organisation && phrase_at(legal_forms(), words, at + 1).first > 0);
  if (ends) return form == "i" ? "1" : form == "v" ? "5" : "10";
  if (form == "v" && words.size() > 2 && !words[at].pointed /* V. Petrov */) return "5";
  return std::nullopt;
}

void add_particles(std::vector<Token>& tokens, std::span<Written> words) {
  for (Written& word : words) tokens.push_back(token_of(std::move(word), Role::particle));
}

void add_number(std::vector<Token>& tokens, Written word, std::string number) {
  if (number.size() == 1 && !tokens.empty() && tokens.back().role == Role::number) {
    Token& ten = tokens.back();
    if (ten.form.size() == 2 && ten.form[0] >= '2' && ten.form[1] == '0' && !has_digits(ten.text)) {
      ten.text += " " + word.text;  // Twenty Four
      ten.form[1] = number[0];
      return;
    }
  }
  word.form = std::move(number);
  tokens.push_back(token_of(std::move(word), Role::number));
}

/// "Main Directorate of Deep-Sea Research (GUGI)": a short name in brackets, in capitals, behind the words it is of. It
/// may be that of another language; a place is none, nor what is a word in other names too: in several (8 are 16 of the
/// lists' names) where all else is in small letters, in any where the capitals say nothing.
bool is_named_again(const Written& word, std::span<const Token> before) {
  if (!word.aside || !is_other_name(word.text) || is_place(word.form)) return false;
  const auto named = std::ranges::count_if(before, [](const Token& token) { return !is_minor(token.role); });
  const auto in_capitals = [](const Token& token) {
    return token.text.size() > 3 && std::ranges::all_of(token.text, [](char c) { return c >= 'A' && c <= 'Z'; });
  };
  const bool stands_out = std::ranges::none_of(before, in_capitals);
  return named > 1 && frequency_of(word.form).others < (stands_out ? 8 : 1);
}

/// "(Baku Branch)": where a firm is, not which.
bool is_branch(const Written& word) {
  static constexpr std::array said =
      std::to_array<std::string_view>({"branch", "filial", "filiale", "niederlassung", "office", "representation",
                                       "representative", "sucursal", "succursale", "subsidiary", "zweigniederlassung"});
  return word.aside && std::ranges::find(said, word.form) != said.end();
}

/// "NIT 900418223", "ACN 612 884 190": how many words from `at` on are a register's name and its number; 0 for none.
std::size_t register_at(const std::vector<Written>& words, std::size_t at) {
  static constexpr std::array registers = std::to_array<std::string_view>(
      {"abn", "acn", "bin",   "cif", "cin", "cnpj",  "crn",   "cui", "cvr",  "ein", "iin",
       "inn", "kpp", "krs",   "nif", "nip", "nipt",  "nit",   "oib", "ogrn", "org", "orgnr",
       "pib", "rfc", "regon", "rif", "ruc", "siren", "siret", "tin", "uid",  "unp", "vat"});
  if (std::ranges::find(registers, words[at].form) == registers.end()) return 0;
  std::size_t end = at + 1;
  if (end < words.size() && (words[end].form == "nr" || words[end].form == "no")) ++end;
  if (end < words.size() && words[end].form.size() == 1) ++end;  // J-40218875
  const std::size_t first = end;
  while (end < words.size() && text::all_digits(words[end].form)) ++end;
  return end > first ? end - at : 0;
}

std::vector<Token> firm_tokens(std::vector<Written> words) {
  words = split_camel(std::move(words), 3);  // PetroChina is one word, and two
  words = join_letters(std::move(words));
  words = restore_articles(std::move(words));
  words = join_epithets(std::move(words));
  words = join_phrases(std::move(words));
  words = place_adjectives(std::move(words));
  words = join_stems(std::move(words));
  const bool branch = std::ranges::any_of(words, is_branch);
  std::vector<Token> tokens;
  tokens.reserve(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto [count, form] = legal_form_at(words, i);
    // A legal form alone at the start may be the name itself (AT & T, SE Asia); phrases and long forms are not.
    if (count > 0 && (i > 0 || count > 1 || words.size() > 1)) {
      tokens.push_back({.text = text_of(words, i, count), .form = std::string(form), .role = Role::legal_form});
      i += count - 1;
      continue;
    }
    if (const std::size_t said = register_at(words, i); i > 0 && said > 0) {
      add_particles(tokens, std::span(words).subspan(i, said));
      i += said - 1;
      continue;
    }
    Written& word = words[i];
    const bool registered = text::all_digits(word.form) && word.form.size() >= registered_digits;
    const bool series = i > 1 && word.form.size() == 1 && i + 1 == words.size() &&
                        tokens.back().role == Role::number;  // 2018-A, Fund II B
    if (registered || (branch && word.aside)) {
      tokens.push_back(token_of(std::move(word), Role::particle));
    } else if (auto number = number_at(words, i, Kind::organisation)) {
      add_number(tokens, std::move(word), std::move(*number));
    } else if (series) {
      tokens.push_back(token_of(std::move(word), Role::number));
    } else {
      const bool minor = is_filler(word.form) || announces_number(words, i) || is_named_again(word, tokens);
      tokens.push_back(token_of(std::move(word), minor ? Role::particle : Role::plain));
    }
  }
  return tokens;
}

std::vector<Token> craft_tokens(std::vector<Written> words) {
  words = join_syllables(join_marks(join_letters(std::move(words))));
  // Beside an aircraft's registration stand its maker, model and operator.
  const bool marked = std::ranges::any_of(words, is_mark, &Written::form);
  std::vector<Token> tokens;
  tokens.reserve(words.size());
  const auto add_minor = [&](std::size_t from, std::size_t count) {
    add_particles(tokens, std::span(words).subspan(from, count));
  };
  std::size_t at = 0;
  for (std::size_t count = kind_words_at(words, at); count > 0 && at + count < words.size();
       count = kind_words_at(words, at)) {
    add_minor(at, count);
    at += count;
  }
  while (at < words.size()) {
    Written& word = words[at];
    const std::string_view next = at + 1 < words.size() ? std::string_view(words[at + 1].form) : std::string_view();
    if (const std::size_t count = imo_number(word.form, next).words; count > 0) {
      add_minor(at, count);
      at += count;
      continue;
    }
    const bool mark = is_mark(word.form);
    const bool description = !mark && (marked || word.aside);
    auto number = mark || description ? std::nullopt : number_at(words, at, Kind::object);
    if (number) {
      add_number(tokens, std::move(word), std::move(*number));
    } else if (description || is_filler(word.form) || announces_number(words, at)) {
      add_minor(at, 1);
    } else {
      if (!mark) word.form = with_letters(std::move(word.form), 4);
      tokens.push_back(token_of(std::move(word), Role::plain));
    }
    ++at;
  }
  return tokens;
}

std::vector<Token> tokens_of(std::string_view text, Kind kind, const PartHints& hints) {
  std::vector<Written> words = written_words(text);
  switch (kind) {
    case Kind::person:
      return person_tokens(std::move(words), hints);
    case Kind::organisation:
      return firm_tokens(std::move(words));
    case Kind::object:
      break;
  }
  return craft_tokens(std::move(words));
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
  name.tokens = tokens_of(text, kind, hints);
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
