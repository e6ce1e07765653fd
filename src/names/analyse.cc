// A name taken apart.
#include <algorithm>
#include <array>
#include <bit>

#include "names/names.h"
#include "names/words.h"
#include "text/text.h"

namespace interdict::names {
namespace {

// Names longer than this are compared by their first parts: one machine word holds which parts are paired.
constexpr std::size_t tokens_max = 64;

// Weights; docs/matching.md says where each comes from.
constexpr float weight_rarest = 1.2F;
constexpr float weight_per_step = 0.050F;  // people: a step is half a doubling of the frequency
constexpr float weight_per_step_others = 0.045F;
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

/// A foreign name in Han characters has dots between its words (约翰·史密斯): the characters of one word are one sound.
bool is_dotted(std::string_view text) {
  return text.find("\u00b7") != std::string_view::npos || text.find("\u2022") != std::string_view::npos ||
         text.find("\u30fb") != std::string_view::npos || text.find("\u2027") != std::string_view::npos;
}

/// Korean names have two to four syllables: more, in words of three or more, spell a foreign name (데이비드 베컴).
bool is_foreign_hangul(std::string_view text) {
  std::size_t longest = 0;
  std::size_t all = 0;
  std::size_t word = 0;
  for (const std::string_view c : characters_of(text)) {
    const std::uint32_t syllable = text::syllable_of(c);
    const bool hangul = syllable >= 0xac00 && syllable <= 0xd7a3;
    word = hangul ? word + 1 : 0;
    all += hangul ? 1 : 0;
    longest = std::max(longest, word);
  }
  return all > 4 && longest > 2 && longest < all;
}

/// Splits at spaces and at what folding makes a space, so that every token keeps its own spelling.
std::vector<Written> written_words(std::string_view text) {
  std::vector<Written> words;
  const bool dotted = is_dotted(text);
  const bool foreign = is_foreign_hangul(text);
  std::string spaced;
  if (dotted) {
    for (const std::string_view c : characters_of(text)) spaced += is_dotted(c) ? std::string_view(" ") : c;
    text = spaced;
  }
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
    std::string folded = word.form.empty() ? text::fold(word.text) : word.form;
    if ((dotted && text::script(word.text) == "Hani") || (foreign && text::script(word.text) == "Hang")) {
      std::erase(folded, ' ');
    }
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

/// "Abdelhamid" is "Abdel Hamid" as often: the servant of, apart from whose. Abdullah is one name.
std::vector<Written> split_servant(std::vector<Written> words) {
  static constexpr std::array prefixes =
      std::to_array<std::string_view>({"abdal", "abdel", "abdol", "abdoul", "abdul", "abder", "abdur", "abdar", "abdes",
                                       "abdus", "abdas", "abden", "abdun", "abdan", "abdez", "abduz"});
  std::vector<Written> out;
  for (Written& word : words) {
    const auto* const prefix = std::ranges::find_if(prefixes, [&](std::string_view p) {
      if (!word.form.starts_with(p) || word.form.size() < p.size() + 3) return false;
      const std::string_view rest = std::string_view(word.form).substr(p.size());
      // What the article became before a sun letter stands before that letter only.
      return p.back() == 'l' ? !rest.starts_with("la") || rest.starts_with("lat") : rest.front() == p.back();
    });
    if (prefix == prefixes.end()) {
      out.push_back(std::move(word));
      continue;
    }
    const std::size_t at = word.text.size() == word.form.size() ? prefix->size() : 0;
    out.push_back({word.text.substr(0, at), "abdul"});
    out.push_back({word.text.substr(at), word.form.substr(prefix->size())});
  }
  return out;
}

/// "Ash-Shabab" is "al-Shabab": before some letters the Arabic article is spoken as they are.
void restore_articles(std::vector<Written>& words) {
  static constexpr std::array spoken = std::to_array<std::string_view>(
      {"ad", "adh", "an", "ar", "as", "ash", "at", "ath", "az", "ech", "ed", "en", "er", "es", "ez"});
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    Written& word = words[i];
    if (std::ranges::find(spoken, word.form) != spoken.end() && words[i + 1].form.size() > 3 &&
        words[i + 1].form.starts_with(std::string_view(word.form).substr(1))) {
      word.form = "al";
    }
  }
}

/// The phrase of a table that begins at `at`: how many words, and what they are brought to.
std::pair<std::size_t, std::string_view> phrase_at(std::span<const Phrase> phrases, const std::vector<Written>& words,
                                                   std::size_t at) {
  for (const Phrase& phrase : phrases) {
    std::string_view rest = phrase.words;
    if (rest[0] != words[at].form[0]) continue;
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

/// "van den Berg" is written "Vandenberg", "de la Croix" "Delacroix": particles in a row are one, so that the word they
/// stand before can be joined to it.
void join_particles(std::vector<Written>& words) {
  static constexpr std::array firsts = std::to_array<std::string_view>({"de", "van", "von"});
  static constexpr std::array seconds =
      std::to_array<std::string_view>({"de", "dem", "den", "der", "la", "las", "los", "het", "ter"});
  std::vector<Written> out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i + 2 < words.size() && std::ranges::find(firsts, words[i].form) != firsts.end() &&
        std::ranges::find(seconds, words[i + 1].form) != seconds.end()) {
      out.push_back({words[i].text + " " + words[i + 1].text, words[i].form + words[i + 1].form});
      ++i;
    } else {
      out.push_back(std::move(words[i]));
    }
  }
  words = std::move(out);
}

/// "nur al-din", "nur ud din", "nur eddine" are written "nureddin" as often: the Arabic "of the faith" is one word with
/// what it says. So is "father of" with the names that mostly follow it (Abu al-Fadl, Abolfazl), and what is written in
/// Arabic letters before "Allah" (Najib Allah, Najibullah).
void join_epithets(std::vector<Written>& words) {
  static constexpr std::array articles =
      std::to_array<std::string_view>({"ad", "al", "ed", "el", "ud", "ul", "od", "ol"});
  static constexpr std::array faiths = std::to_array<std::string_view>({"deen", "din", "dine", "dyn"});
  static constexpr std::array joined_faiths = std::to_array<std::string_view>(
      {"addin", "aldeen", "aldin", "eddeen", "eddin", "eddine", "eldeen", "eldin", "eldine", "uddeen", "uddin"});
  static constexpr std::array fathers = std::to_array<std::string_view>({"abo", "abou", "abu"});
  static constexpr std::array children = std::to_array<std::string_view>(
      {"fadl", "fazel", "fazl", "fedl", "fezl", "hasan", "hassan", "hesn", "kasem", "qasem", "qasim", "qasm"});
  static constexpr std::array endings =
      std::to_array<std::string_view>({"addin", "aldeen", "aldin", "eddeen", "eddin", "eddine", "edine", "eldeen",
                                       "eldin", "eldine", "oddin", "oldin", "uddeen", "udin"});
  std::vector<Written> out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto is = [&](std::size_t at, const auto& among) {
      return at < words.size() && std::ranges::find(among, words[at].form) != among.end();
    };
    const auto join = [&](std::size_t count, std::string form) {
      std::string text = words[i].text;
      for (std::size_t k = 1; k < count; ++k) text += " " + words[i + k].text;
      out.push_back({std::move(text), std::move(form)});
      i += count - 1;
    };
    const std::string& form = words[i].form;
    const bool arabic = text::script(words[i].text) == "Arab";
    if (form.size() > (arabic ? 1 : 2) && is(i + 1, articles) && is(i + 2, faiths)) {
      join(3, form + "uddin");
    } else if (form.size() > 2 && is(i + 1, joined_faiths)) {
      join(2, form + "uddin");
    } else if (is(i, fathers) && is(i + 1, articles) && is(i + 2, children)) {
      join(3, "abul" + words[i + 2].form);
    } else if (arabic && form.size() > 2 && i + 1 < words.size() && words[i + 1].form == "ullah") {
      join(2, form + "ullah");
    } else if (const auto* const ending = std::ranges::find_if(
                   endings, [&](std::string_view e) { return form.size() > e.size() + 2 && form.ends_with(e); });
               ending != endings.end()) {
      join(1, form.substr(0, form.size() - ending->size()) + "uddin");
    } else {
      out.push_back(std::move(words[i]));
    }
  }
  words = std::move(out);
}

/// "JP Renaud": capitals without a vowel are initials.
std::vector<Written> split_initials(std::vector<Written> words) {
  std::vector<Written> out;
  const auto consonant = [](char c) {
    return c >= 'A' && c <= 'Z' && std::string_view("AEIOUY").find(c) == std::string_view::npos;
  };
  for (Written& word : words) {
    const bool initials = word.text.size() == 2 && consonant(word.text[0]) && consonant(word.text[1]) &&
                          word.form != "ng" && !is_title(word.form) && !is_particle(word.form);
    if (!initials) {
      out.push_back(std::move(word));
      continue;
    }
    for (std::size_t i = 0; i < 2; ++i) out.push_back({word.text.substr(i, 1), word.form.substr(i, 1)});
  }
  return out;
}

/// Words that mean one, brought to it: "United Kingdom" to "uk", "zhong guo" to "china".
void join_phrases(std::vector<Written>& words) {
  std::vector<Written> out;
  for (std::size_t i = 0; i < words.size();) {
    const auto [count, form] = phrase_at(plain_phrases(), words, i);
    if (count == 0) {
      out.push_back(std::move(words[i++]));
      continue;
    }
    Written joined{words[i].text, std::string(form)};
    for (std::size_t k = 1; k < count; ++k) joined.text += " " + words[i + k].text;
    out.push_back(std::move(joined));
    i += count;
  }
  words = std::move(out);
}

/// "Moskovskiy", "Tulskaya" say Moscow, Tula: what Slavic names of firms make of their town.
std::vector<Written> place_adjectives(std::vector<Written> words) {
  static constexpr std::array endings =
      std::to_array<std::string_view>({"skiy", "skyi", "skii", "skij", "skyy", "skaya", "skaia", "skoye", "skoe", "ski",
                                       "sky", "ska", "ske", "iy", "yi", "aya", "oye", "oe"});
  for (Written& word : words) {
    if (word.form.size() < 6) continue;
    for (const std::string_view ending : endings) {
      if (!word.form.ends_with(ending)) continue;
      std::string stem = word.form.substr(0, word.form.size() - ending.size());
      if (stem.size() < 3) continue;
      if (!is_place(stem) && is_place(stem + "a")) stem += 'a';
      if (!is_place(stem)) continue;
      word.form = std::move(stem);
      break;
    }
  }
  return words;
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
  words = split_initials(std::move(words));
  words = split_servant(std::move(words));
  join_servant(words);
  restore_articles(words);
  join_epithets(words);
  join_particles(words);
  const std::string given = text::fold(hints.given);
  const std::string family = text::fold(hints.family);
  const std::string patronymic = text::fold(hints.patronymic);
  std::vector<Token> tokens;
  for (Written& word : words) {
    Role role = Role::plain;
    // The Arabic "son of", "daughter of" and the title, whose vowels are not written.
    static constexpr std::array unvowelled =
        std::to_array<Phrase>({{"ben", "bin"}, {"bent", "bint"}, {"sid", "sayyid"}});
    if (const auto* const found = std::ranges::find(unvowelled, word.form, &Phrase::words);
        found != unvowelled.end() && text::script(word.text) == "Arab") {
      word.form = found->form;
    }
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
    } else if (is_title(word.form) || (!tokens.empty() && generation_of(word.form) > 0)) {
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
  join_letters(words);
  if (kind == Kind::organisation) {
    restore_articles(words);
    join_epithets(words);
    join_phrases(words);
    words = place_adjectives(std::move(words));
  }
  std::vector<Token> tokens;
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
    } else if (i > 0 && i + 1 == words.size() && (form == "i" || form == "v" || form == "x")) {
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

std::vector<std::string_view> words_of(std::string_view folded) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    words.push_back(folded.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

/// The first letters of an organisation's words (International Monetary Fund, IMF), or nothing; sets the mask of the
/// tokens they stand for, which is without a gap.
std::string acronym_of(Name& name, std::size_t count) {
  constexpr std::size_t shortest = 3;
  constexpr std::size_t longest = 8;
  name.acronym_mask = 0;
  if (name.kind != Kind::organisation) return {};
  std::string letters;
  std::uint64_t mask = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const Token& token = name.tokens[i];
    // Of legal forms only those written out (Company, Corporation) are among the letters.
    if (token.role == Role::particle || token.role == Role::title) continue;
    if (token.role == Role::legal_form && (token.text.size() < 7 || token.form == "ltd")) continue;
    if (token.role == Role::number || token.form.size() == 1) return {};
    const std::string folded = text::fold(token.text);
    for (const std::string_view word : words_of(folded)) {
      if (is_filler(word)) continue;
      if (word[0] < 'a' || word[0] > 'z') return {};
      letters += word[0];
    }
    mask |= 1ULL << i;
  }
  if (letters.size() < shortest || letters.size() > longest) return {};
  const auto last = static_cast<unsigned>(std::bit_width(mask));
  name.acronym_mask = (~0ULL >> (64 - last)) & ~((mask & (~mask + 1)) - 1);
  return letters;
}

/// Who is whose child in "Ali bin Omar", and which of a family's bearers of one name "Martin Luther King Jr." is.
void find_lineage(Name& name, std::size_t count) {
  static constexpr std::array words =
      std::to_array<std::string_view>({"ben", "bin", "bint", "binti", "ibn", "ould", "walad", "wuld"});
  std::uint64_t before = 0;
  std::uint64_t after = 0;
  for (std::size_t i = 1; name.kind == Kind::person && i + 1 < count; ++i) {
    if (name.tokens[i].role != Role::particle || std::ranges::find(words, name.tokens[i].form) == words.end()) continue;
    before |= 1ULL << (i - 1);
    after |= 1ULL << (i + 1);
  }
  name.children = before & ~after;
  name.fathers = after & ~before;
  // Of a family name put first the suffix may stand before the given name: "King Jr., Martin".
  name.generation = 0;
  for (std::size_t i = 1; name.kind == Kind::person && i < count; ++i) {
    name.generation = std::max(name.generation, generation_of(name.tokens[i].form));
  }
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
  const std::string acronym = acronym_of(name, count);
  if (!acronym.empty()) name.units.push_back(make_unit(acronym));
  name.glances = glances_of(name.units);
  find_lineage(name, count);
  name.writing = text::words_signature(name.text);
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
