// A name taken apart.
#include <algorithm>
#include <array>

#include "names/names.h"
#include "names/words.h"
#include "text/text.h"

namespace interdict::names {
namespace {

// Names longer than this are compared by their first parts: one machine word holds which parts are paired.
constexpr std::size_t tokens_max = 64;

// Weights; docs/matching.md says where each comes from.
constexpr float weight_rarest = 1.2F;
constexpr float weight_per_step = 0.030F;  // people: a step is half a doubling of the frequency
constexpr float weight_per_step_others = 0.036F;
constexpr float weight_least = 0.4F;
constexpr std::array<float, 4> short_weights = {0.45F, 0.65F, 0.8F, 1.0F};  // by length
constexpr float family_factor = 1.1F;
constexpr float patronymic_weight = 0.55F;
constexpr float particle_weight = 0.12F;
constexpr float title_weight = 0.08F;
constexpr float legal_weight = 0.15F;
constexpr float number_weight = 0.5F;
constexpr float initial_weight = 0.45F;
constexpr float repeated_factor = 0.3F;

using Words = std::vector<std::string>;

/// The folded words of a name as written: for each word of the text, what it folds to (several for Han and Hangul).
struct Written {
  std::string text;
  std::string form;
};

std::vector<std::string_view> characters_of(std::string_view text) {
  std::vector<std::string_view> characters;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80) ++end;
    characters.push_back(text.substr(at, end - at));
    at = end;
  }
  return characters;
}

/// Splits at spaces and at what folding makes a space, so that every token keeps its own spelling.
std::vector<Written> written_words(std::string_view text) {
  std::vector<Written> words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \t\n-,./()\"&+_;:|", at), text.size());
    const std::string_view word = text.substr(at, end - at);
    if (end < text.size() && text[end] == '&') {
      if (!word.empty()) words.push_back({std::string(word), {}});
      words.push_back({"&", "and"});
    } else if (!word.empty()) {
      words.push_back({std::string(word), {}});
    }
    at = end + 1;
  }
  std::vector<Written> tokens;
  for (Written& word : words) {
    const std::string folded = word.form.empty() ? text::fold(word.text) : word.form;
    const bool whole = folded.find(' ') == std::string::npos;
    const std::vector<std::string_view> characters = whole ? std::vector<std::string_view>{} : characters_of(word.text);
    const bool by_character = static_cast<std::size_t>(std::ranges::count(folded, ' ')) + 1 == characters.size();
    std::size_t character = 0;
    for (std::size_t at = 0; at < folded.size();) {
      const std::size_t end = std::min(folded.find(' ', at), folded.size());
      std::string form = folded.substr(at, end - at);
      std::string written = whole ? word.text : by_character ? std::string(characters[character++]) : form;
      tokens.push_back({std::move(written), std::move(form)});
      at = end + 1;
    }
  }
  return tokens;
}

/// "L.L.C.", "S. A.", "P.T.": in the name of a firm or ship, single letters in a row are one word.
void join_letters(std::vector<Written>& words) {
  std::vector<Written> out;
  bool open = false;
  for (Written& word : words) {
    const bool letter = word.form.size() == 1 && word.form[0] >= 'a' && word.form[0] <= 'z';
    if (letter && open) {
      out.back().form += word.form;
      out.back().text += word.text;
    } else {
      out.push_back(std::move(word));
    }
    open = letter;
  }
  words = std::move(out);
}

/// "abd al-rahman" is written "abdul rahman" as often.
void join_servant(std::vector<Written>& words) {
  static constexpr std::array articles = std::to_array<std::string_view>({"al", "el", "ul", "ar", "as", "ur", "er"});
  std::vector<Written> out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i + 2 < words.size() && words[i].form == "abd" &&
        std::ranges::find(articles, words[i + 1].form) != articles.end()) {
      out.push_back({words[i].text + " " + words[i + 1].text, "abdul"});
      ++i;
    } else {
      out.push_back(std::move(words[i]));
    }
  }
  words = std::move(out);
}

/// The legal form that begins at `at`: how many words, and its canonical form.
std::pair<std::size_t, std::string_view> legal_form_at(const std::vector<Written>& words, std::size_t at) {
  for (const Phrase& phrase : legal_forms()) {
    std::string_view rest = phrase.words;
    std::size_t count = 0;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      if (at + count >= words.size() || words[at + count].form != rest.substr(0, end)) break;
      ++count;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    if (rest.empty()) return {count, phrase.form};
  }
  return {0, {}};
}

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

/// "AlisherUsmanov": a capital after three small letters begins a part of its own.
std::vector<Written> split_camel(std::vector<Written> words) {
  std::vector<Written> out;
  const auto small = [](char c) { return c >= 'a' && c <= 'z'; };
  for (Written& word : words) {
    std::size_t from = 0;
    for (std::size_t i = 3; i + 2 < word.text.size(); ++i) {
      const char c = word.text[i];
      if (c < 'A' || c > 'Z' || i - from < 3 || !small(word.text[i - 1]) || !small(word.text[i - 2]) ||
          !small(word.text[i + 1]) || !small(word.text[i + 2])) {
        continue;
      }
      const std::string part = word.text.substr(from, i - from);
      out.push_back({part, text::fold(part)});
      from = i;
    }
    if (from > 0) word = {word.text.substr(from), text::fold(word.text.substr(from))};
    out.push_back(std::move(word));
  }
  return out;
}

std::vector<Token> person_tokens(std::vector<Written> words, const PartHints& hints) {
  words = split_camel(std::move(words));
  join_servant(words);
  const std::string given = text::fold(hints.given);
  const std::string family = text::fold(hints.family);
  const std::string patronymic = text::fold(hints.patronymic);
  std::vector<Token> tokens;
  for (Written& word : words) {
    Role role = Role::plain;
    if (is_number(word.form)) {
      role = Role::number;
      word.form = without_zeros(std::move(word.form));
    } else if (word.form.size() == 1) {
      // "Ortega y Gasset", "Eça d'Almeida" write their particles small.
      const bool small = word.text == word.form && (word.form == "y" || word.form == "e" || word.form == "d");
      role = small ? Role::particle : Role::initial;
    } else if (is_particle(word.form)) {
      role = Role::particle;
    } else if (in_hint(patronymic, word.form)) {  // NOLINT(bugprone-branch-clone): the order is the rule
      role = Role::patronymic;
    } else if (in_hint(family, word.form)) {
      role = Role::family;
    } else if (in_hint(given, word.form)) {
      role = Role::given;
    } else if (is_title(word.form)) {
      role = Role::title;
    } else if (is_patronymic(word.form)) {
      role = Role::patronymic;
    }
    tokens.push_back({.text = std::move(word.text), .form = std::move(word.form), .role = role});
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

std::vector<Token> other_tokens(std::vector<Written> words, Kind kind) {
  join_letters(words);
  std::vector<Token> tokens;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (kind == Kind::organisation) {
      const auto [count, form] = legal_form_at(words, i);
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
    } else if (i > 0 && i + 1 == words.size() && (form == "i" || form == "v" || form == "x")) {
      role = Role::number;
      form = form == "i" ? "1" : form == "v" ? "5" : "10";
    } else if (i > 0 && words.size() > 2 && form == "v") {
      role = Role::number;
      form = "5";
    } else if (is_filler(form) || (kind == Kind::object && i == 0 && is_prefix_of_object(form))) {
      role = Role::particle;
    }
    tokens.push_back({.text = std::move(words[i].text), .form = std::move(form), .role = role});
  }
  return tokens;
}

bool is_minor(Role role) { return role == Role::particle || role == Role::title || role == Role::legal_form; }

float weight_by_rarity(const Token& token, Kind kind) {
  const Frequency seen = frequency_of(token.form);
  const float lowered = kind == Kind::person ? weight_per_step * static_cast<float>(seen.people)
                                             : weight_per_step_others * static_cast<float>(seen.others);
  // Few letters cannot be rare: syllables of Han and Hangul names, short family names.
  const float rarest = token.form.size() <= short_weights.size() ? short_weights[token.form.size() - 1] : weight_rarest;
  return std::max(std::min(weight_rarest - lowered, rarest), weight_least);
}

float weight_of(const Token& token, Kind kind) {
  switch (token.role) {
    case Role::particle:
      return particle_weight;
    case Role::title:
      return title_weight;
    case Role::legal_form:
      return legal_weight;
    case Role::number:
      return number_weight;
    case Role::initial:
      return initial_weight;
    case Role::patronymic:
      return patronymic_weight;
    case Role::family:
      return family_factor * weight_by_rarity(token, kind);
    default:
      return weight_by_rarity(token, kind);
  }
}

Pool pool_of(const Token& token, Kind kind) {
  if (is_minor(token.role)) return Pool::minor;
  if (token.role == Role::number) return Pool::number;
  if (token.role == Role::patronymic) return Pool::patronymic;
  return kind == Kind::organisation && is_place(token.form) ? Pool::place : Pool::core;
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

void prepare(Name& name) {
  name.pieces.clear();
  name.measures.clear();
  name.units.clear();
  name.unit_pieces.clear();
  const std::size_t count = std::min(name.tokens.size(), tokens_max);
  for (std::size_t i = 0; i < count; ++i) {
    const Token& token = name.tokens[i];
    const bool repeated = std::any_of(name.tokens.begin(), name.tokens.begin() + static_cast<std::ptrdiff_t>(i),
                                      [&](const Token& earlier) { return earlier.form == token.form; });
    name.measures.push_back(
        {token.weight, repeated ? Pool::minor : pool_of(token, name.kind), text::syllable_of(token.text)});
    name.units.push_back(make_unit(token.form));
  }
  for (std::size_t i = 0; i + 1 < count; ++i)
    name.units.push_back(make_unit(name.tokens[i].form + name.tokens[i + 1].form));
  for (const Unit& unit : name.units) name.pieces.push_back(unit.form);
  std::ranges::sort(name.pieces);
  name.pieces.erase(std::unique(name.pieces.begin(), name.pieces.end()), name.pieces.end());
  for (const Unit& unit : name.units) {
    name.unit_pieces.push_back(
        static_cast<std::uint32_t>(std::ranges::lower_bound(name.pieces, unit.form) - name.pieces.begin()));
  }
}

Name analyse(std::string_view text, Kind kind, const PartHints& hints) {
  Name name;
  name.text = text;
  name.kind = kind;
  std::vector<Written> words = written_words(text);
  name.tokens = kind == Kind::person ? person_tokens(std::move(words), hints) : other_tokens(std::move(words), kind);
  if (name.tokens.size() > tokens_max) name.tokens.resize(tokens_max);
  // A name of nothing but titles, particles or legal forms means them.
  if (std::ranges::all_of(name.tokens, [](const Token& t) { return is_minor(t.role); })) {
    for (Token& token : name.tokens) token.role = Role::plain;
  }
  for (std::size_t i = 0; i < name.tokens.size(); ++i) {
    Token& token = name.tokens[i];
    token.weight = weight_of(token, kind);
    const bool repeated = std::any_of(name.tokens.begin(), name.tokens.begin() + static_cast<std::ptrdiff_t>(i),
                                      [&](const Token& earlier) { return earlier.form == token.form; });
    if (repeated) token.weight *= repeated_factor;
  }
  prepare(name);
  return name;
}

}  // namespace interdict::names
