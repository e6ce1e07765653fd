#include "names/written.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <unordered_map>

#include "names/chinese.h"
#include "text/text.h"

namespace interdict::names {
namespace {

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

/// Korean names have two to four syllables: a word of three beside another, or longer ones, spell a foreign name (존
/// 스미스).
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
  return longest > 2 && longest < all;
}

/// "I V A N   P E T R O V": letters set apart, with wider gaps between the words, closed up. Empty for other text.
std::string without_gaps(std::string_view text) {
  if (text.find("  ") == std::string_view::npos) return {};
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool after_letter = at > 0 && text[at - 1] != ' ';
    if (text[at] != ' ') {
      if (after_letter) return {};
      out += text[at];
    } else if (!after_letter && !out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

/// In the scripts of India an initial is written as the English name of its letter (बी. for B.) or as a syllable (மு.
/// for M.): the letter it stands for, and any other word as it is.
std::string without_letter_name(std::string_view text, std::string folded) {
  static constexpr std::array scripts =
      std::to_array<std::string_view>({"Deva", "Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym", "Sinh"});
  if (folded.size() > 6 || std::ranges::find(scripts, text::script(text)) == scripts.end()) return folded;
  struct LetterName {
    std::string_view spoken;
    std::string_view letter;
  };
  static constexpr std::array names = std::to_array<LetterName>(
      {{"e", "a"},    {"si", "c"},     {"i", "e"},   {"eph", "f"}, {"ef", "f"},  {"ech", "h"}, {"echch", "h"},
       {"aich", "h"}, {"ai", "i"},     {"el", "l"},  {"em", "m"},  {"en", "n"},  {"kyu", "q"}, {"ar", "r"},
       {"es", "s"},   {"dablyu", "w"}, {"eks", "x"}, {"vai", "y"}, {"wai", "y"}, {"jed", "z"}});
  const auto* const name = std::ranges::find(names, folded, &LetterName::spoken);
  if (name != names.end()) return std::string(name->letter);
  if (folded.size() > 3) return folded;
  // Tamil has no r or l at the beginning of a word: இரா. for R.
  const bool has_help = folded.size() > 1 && folded[0] == 'i' && (folded[1] == 'r' || folded[1] == 'l');
  return folded.substr(has_help ? 1 : 0, 1);
}

/// A Chinese name in Cyrillic shows by letters that no other has together (Чжан, Цзиньпин): its words are given their
/// pinyin, if all of them have one.
void give_pinyin(std::string_view text, std::vector<Written>& words) {
  static constexpr std::array signs = std::to_array<std::string_view>({"чж", "Чж", "ЧЖ", "цз", "Цз", "ЦЗ"});
  if (std::ranges::none_of(signs, [&](std::string_view sign) { return text.find(sign) != std::string_view::npos; })) {
    return;
  }
  std::vector<std::string> forms;
  for (const Written& word : words) {
    std::optional<std::string> pinyin = read_palladius(word.text);
    if (!pinyin) return;
    forms.push_back(std::move(*pinyin));
  }
  for (std::size_t i = 0; i < words.size(); ++i) words[i].form = std::move(forms[i]);
}

/// Marks that stand between words.
constexpr bool is_break(char c) {
  constexpr std::array<bool, 128> breaks = [] {
    std::array<bool, 128> marks{};
    for (const char mark : std::string_view(" \t\n-,./()[]\"&+_;:|")) marks[static_cast<unsigned char>(mark)] = true;
    return marks;
  }();
  const auto at = static_cast<unsigned char>(c);
  return at < breaks.size() && breaks[at];
}

/// The phrase that begins at `at`, of `size` words of which `word` gives the form.
template <typename Word>
std::pair<std::size_t, std::string_view> phrase_among(const Phrases& phrases, std::size_t size, std::size_t at,
                                                      const Word& word) {
  for (const Phrase& phrase : phrases.starting_with(word(at))) {
    std::string_view rest = phrase.words;
    std::size_t count = 0;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      if (at + count >= size || word(at + count) != rest.substr(0, end)) break;
      ++count;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    if (rest.empty()) return {count, phrase.form};
  }
  return {0, {}};
}

}  // namespace

std::vector<std::string_view> words_of(std::string_view folded) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    words.push_back(folded.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

std::string text_of(std::span<const Written> words, std::size_t at, std::size_t count) {
  std::string text = words[at].text;
  for (const Written& word : words.subspan(at + 1, count - 1)) text += " " + word.text;
  return text;
}

std::vector<Written> written_words(std::string_view text) {
  std::vector<Written> words;
  const bool plain = text::is_ascii(text);
  const std::string meant = plain ? std::string() : text::without_lookalikes(text);
  if (!plain) text = meant;
  const bool dotted = !plain && is_dotted(text);
  const bool foreign = !plain && is_foreign_hangul(text);
  std::string spaced = plain ? without_gaps(text) : std::string();
  if (dotted) {
    for (const std::string_view c : characters_of(text)) spaced += is_dotted(c) ? std::string_view(" ") : c;
  }
  if (!spaced.empty()) text = spaced;
  words.reserve(6);  // most names have no more
  bool aside = false;
  bool outside = false;  // whether anything stands there
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && !is_break(text[end])) ++end;
    const std::string_view word = text.substr(at, end - at);
    const bool hyphenated = at > 0 && text[at - 1] == '-';
    const char mark = end < text.size() ? text[end] : ' ';
    if (!word.empty()) {
      words.push_back(
          {.text = std::string(word), .form = {}, .aside = aside, .hyphenated = hyphenated, .pointed = mark == '.'});
      outside = outside || !aside;
    }
    if (mark == '&') words.push_back({.text = "&", .form = "and", .aside = aside});
    if (mark == '(' || mark == '[') aside = true;
    if (mark == ')' || mark == ']') aside = false;
    at = end + 1;
  }
  for (Written& word : words) word.aside = word.aside && outside;
  if (!plain) give_pinyin(text, words);
  std::vector<Written> tokens;
  tokens.reserve(words.size());
  for (Written& word : words) {
    std::string folded = word.form.empty() ? text::fold(word.text) : word.form;
    if ((dotted && text::script(word.text) == "Hani") || (foreign && text::script(word.text) == "Hang")) {
      std::erase(folded, ' ');
    }
    if (word.pointed && !text::is_ascii(word.text)) folded = without_letter_name(word.text, std::move(folded));
    const bool whole = folded.find(' ') == std::string::npos;
    const std::vector<std::string_view> characters = whole ? std::vector<std::string_view>{} : characters_of(word.text);
    const bool by_character = static_cast<std::size_t>(std::ranges::count(folded, ' ')) + 1 == characters.size();
    std::size_t character = 0;
    for (const std::string_view part : words_of(folded)) {
      std::string form(part);
      std::string written = whole ? word.text : by_character ? std::string(characters[character++]) : form;
      tokens.push_back({.text = std::move(written),
                        .form = std::move(form),
                        .aside = word.aside,
                        .hyphenated = word.hyphenated,
                        .pointed = word.pointed});
    }
  }
  return tokens;
}

std::vector<Written> join_letters(std::vector<Written> words) {
  const auto is_letter = [](const Written& word) {
    return word.form.size() == 1 && word.form[0] >= 'a' && word.form[0] <= 'z';
  };
  if (std::ranges::none_of(words, is_letter)) return words;
  // "Partners V L.P.": a number before a legal form in letters is none of them.
  const auto is_number_before_form = [&](std::size_t at) {
    if (at == 0 || std::string_view("ivx").find(words[at].form) == std::string_view::npos) return false;
    std::string rest;
    for (std::size_t i = at + 1; i < words.size() && is_letter(words[i]); ++i) rest += words[i].form;
    return rest.size() > 1 && std::ranges::any_of(legal_forms().starting_with(rest),
                                                  [&](const Phrase& phrase) { return phrase.words == rest; });
  };
  std::vector<Written> out;
  bool open = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool letter = is_letter(words[i]) && (open || !is_number_before_form(i));
    Written& word = words[i];
    if (letter && open) {
      out.back().form += word.form;
      out.back().text += word.text;
    } else {
      out.push_back(std::move(word));
    }
    open = letter;
  }
  return out;
}

std::vector<Written> split_camel(std::vector<Written> words, std::size_t fewest) {
  const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto end_of_part = [&](std::string_view text, std::size_t begin) {
    for (std::size_t i = begin + 3; i + 2 < text.size(); ++i) {
      if (text[i] >= 'A' && text[i] <= 'Z' && is_small(text[i - 1]) && is_small(text[i - 2]) && is_small(text[i + 1]) &&
          is_small(text[i + 2])) {
        return i;
      }
    }
    return text.size();
  };
  const auto is_split = [&](const Written& word) {
    std::size_t parts = 0;
    for (std::size_t at = 0; at < word.text.size(); at = end_of_part(word.text, at)) ++parts;
    return parts >= fewest;
  };
  if (std::ranges::none_of(words, is_split)) return words;
  std::vector<Written> out;
  for (Written& word : words) {
    if (!is_split(word)) {
      out.push_back(std::move(word));
      continue;
    }
    for (std::size_t at = 0; at < word.text.size();) {
      const std::size_t end = end_of_part(word.text, at);
      const std::string part = word.text.substr(at, end - at);
      out.push_back({part, text::fold(part)});
      at = end;
    }
  }
  return out;
}

namespace {

/// Runs of three words or more that `is_part` of one.
template <typename IsPart>
std::vector<Written> join_runs(std::vector<Written> words, const IsPart& is_part) {
  constexpr std::ptrdiff_t fewest = 3;
  if (std::ranges::count_if(words, is_part) < fewest) return words;
  std::vector<Written> out;
  for (std::size_t i = 0; i < words.size();) {
    std::size_t end = i;
    while (end < words.size() && is_part(words[end]) && words[end].aside == words[i].aside) ++end;
    if (end < i + std::size_t{fewest}) {
      out.push_back(std::move(words[i++]));
      continue;
    }
    out.push_back({.text = text_of(words, i, end - i), .form = {}, .aside = words[i].aside});
    for (; i < end; ++i) out.back().form += words[i].form;
  }
  return out;
}

}  // namespace

std::vector<Written> join_syllables(std::vector<Written> words) {
  static constexpr std::array beginnings = std::to_array<std::string_view>(
      {"",  "b",  "c", "ch", "d", "f",  "g",  "h", "hs", "j",  "k", "kk", "l", "m", "n",
       "p", "pp", "q", "r",  "s", "sh", "ss", "t", "ts", "tt", "w", "x",  "y", "z", "zh"});
  static constexpr std::array endings =
      std::to_array<std::string_view>({"", "h", "k", "l", "m", "n", "ng", "p", "r", "t"});
  return join_runs(std::move(words), [](const Written& word) {
    constexpr std::string_view vowels = "aeiou";
    const std::string_view form = word.form;
    const std::size_t first = form.find_first_of(vowels);
    if (first == std::string_view::npos || form.size() < 2 || form.size() > 6 || form == "no" ||
        !number_of(form).empty())
      return false;
    const std::size_t after = std::min(form.find_first_not_of(vowels, first), form.size());
    std::string_view beginning = form.substr(0, first);
    if (beginning.size() > 1 && (beginning.back() == 'y' || beginning.back() == 'w')) beginning.remove_suffix(1);
    return after - first < 4 && std::ranges::find(beginnings, beginning) != beginnings.end() &&
           std::ranges::find(endings, form.substr(after)) != endings.end();
  });
}

std::vector<Written> join_stems(std::vector<Written> words) {
  static constexpr std::array stems = std::to_array<std::string_view>(
      {"agro",   "aero",     "avia",   "auto",   "avto",  "bel",   "chem",   "dor",    "eksport", "elektro", "energo",
       "export", "finans",   "gas",    "gaz",    "gidro", "gos",   "hydro",  "impeks", "impex",   "import",  "invest",
       "khim",   "kino",     "les",    "lit",    "mash",  "med",   "metal",  "metall", "most",    "neft",    "nefte",
       "oil",    "petro",    "pribor", "prod",   "prom",  "radio", "remont", "ros",    "rud",     "sel",     "serv",
       "servis", "service",  "snab",   "sovkom", "spets", "stal",  "stroi",  "stroy",  "tech",    "tek",     "tekh",
       "tekhno", "tekhnika", "tele",   "techno", "teplo", "torg",  "trans",  "tyazh",  "ugol",    "ural",    "uran",
       "vagon",  "vnesh",    "vod",    "yug",    "zavod", "zoloto"});
  return join_runs(std::move(words),
                   [](const Written& word) { return std::ranges::find(stems, word.form) != stems.end(); });
}

std::vector<Written> split_initials(std::vector<Written> words) {
  if (std::ranges::none_of(words, [](const Written& word) { return word.text.size() == 2; })) return words;
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

std::vector<Written> join_particles(std::vector<Written> words) {
  static constexpr std::array firsts = std::to_array<std::string_view>({"de", "van", "von"});
  static constexpr std::array seconds =
      std::to_array<std::string_view>({"de", "dem", "den", "der", "la", "las", "los", "het", "ter"});
  const auto is_first = [](const Written& word) { return std::ranges::find(firsts, word.form) != firsts.end(); };
  if (std::ranges::none_of(words, is_first)) return words;
  std::vector<Written> out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i + 2 < words.size() && is_first(words[i]) && std::ranges::find(seconds, words[i + 1].form) != seconds.end()) {
      out.push_back({words[i].text + " " + words[i + 1].text, words[i].form + words[i + 1].form});
      ++i;
    } else {
      out.push_back(std::move(words[i]));
    }
  }
  return out;
}

std::vector<Written> restore_short_words(std::vector<Written> words) {
  struct Meant {
    std::string_view script;
    std::string_view form;
    std::string_view meant;
  };
  // Short, and another name where other letters write it so.
  static constexpr std::array all = std::to_array<Meant>({{"Arab", "abn", "ibn"},
                                                          {"Arab", "ben", "bin"},
                                                          {"Arab", "bent", "bint"},
                                                          {"Arab", "bul", "paul"},
                                                          {"Arab", "djak", "jacques"},
                                                          {"Arab", "djun", "john"},
                                                          {"Arab", "sertip", "sartip"},
                                                          {"Arab", "sid", "sayyid"},
                                                          {"Hang", "jon", "john"},
                                                          {"Hang", "pol", "paul"},
                                                          {"Hebr", "gun", "john"},
                                                          {"Hebr", "pul", "paul"}});
  for (Written& word : words) {
    if (text::is_ascii(word.text)) continue;
    const auto* const found = std::ranges::find_if(
        all, [&](const Meant& m) { return m.form == word.form && m.script == text::script(word.text); });
    if (found != all.end()) word.form = found->meant;
  }
  return words;
}

std::vector<Written> read_han_surname(std::vector<Written> words) {
  struct Read {
    std::string_view character;
    std::string_view form;
  };
  static constexpr std::array all = std::to_array<Read>(
      {{"薄", "bo"},   {"曾", "zeng"}, {"单", "shan"}, {"單", "shan"}, {"解", "xie"},  {"仇", "qiu"},  {"区", "ou"},
       {"區", "ou"},   {"查", "zha"},  {"翟", "zhai"}, {"盖", "ge"},   {"蓋", "ge"},   {"缪", "miao"}, {"繆", "miao"},
       {"朴", "piao"}, {"乐", "yue"},  {"樂", "yue"},  {"覃", "qin"},  {"冼", "xian"}, {"牟", "mou"}});
  if (words.size() < 2) return words;
  const auto* const found = std::ranges::find(all, words.front().text, &Read::character);
  if (found != all.end() && text::script(words[1].text) == "Hani") words.front().form = found->form;
  return words;
}

std::pair<std::size_t, std::string_view> phrase_at(const Phrases& phrases, const std::vector<Written>& words,
                                                   std::size_t at) {
  return phrase_among(phrases, words.size(), at, [&](std::size_t i) { return std::string_view(words[i].form); });
}

namespace {

/// Legal forms of so many letters that a few wrong ones leave no doubt which is meant.
constexpr std::size_t long_form_letters = 20;
/// One wrong letter for so many.
constexpr std::size_t letters_a_slip = 8;

struct LongForm {
  std::vector<std::string_view> words;
  int slips;
  std::string_view form;
};

std::uint16_t first_two(std::string_view word) {
  return static_cast<std::uint16_t>(static_cast<unsigned char>(word[0]) << 8U | static_cast<unsigned char>(word[1]));
}

/// By the first two letters.
const std::unordered_map<std::uint16_t, std::vector<LongForm>>& long_forms() {
  static const auto made = [] {
    std::unordered_map<std::uint16_t, std::vector<LongForm>> forms;
    for (const Phrase& phrase : legal_forms().all()) {
      const auto spaces = static_cast<std::size_t>(std::ranges::count(phrase.words, ' '));
      const std::size_t letters = phrase.words.size() - spaces;
      if (spaces == 0 || letters < long_form_letters) continue;
      forms[first_two(phrase.words)].push_back(
          {words_of(phrase.words), static_cast<int>(letters / letters_a_slip), phrase.form});
    }
    return forms;
  }();
  return made;
}

/// How many letters of the words from `at` on are not those of the form; more than its slips if too many are.
int slips_in(const LongForm& form, std::span<const Written> words) {
  int slips = 0;
  for (std::size_t i = 0; i < form.words.size(); ++i) {
    const std::string_view meant = form.words[i];
    const int limit = std::min(form.slips - slips, static_cast<int>(meant.size() / 3));
    const int wrong =
        meant.size() < 5 ? (words[i].form == meant ? 0 : limit + 1) : text::edit_distance(words[i].form, meant, limit);
    if (wrong > limit) return form.slips + 1;
    slips += wrong;
  }
  return slips;
}

}  // namespace

std::pair<std::size_t, std::string_view> legal_form_at(const std::vector<Written>& words, std::size_t at) {
  auto found = phrase_at(legal_forms(), words, at);
  if (words[at].form.size() < 2) return found;
  const auto alike = long_forms().find(first_two(words[at].form));
  if (alike == long_forms().end()) return found;
  int fewest = 0;
  for (const LongForm& form : alike->second) {
    const std::size_t count = form.words.size();
    if (count < found.first || at + count > words.size()) continue;
    const int slips = slips_in(form, std::span(words).subspan(at, count));
    if (slips > form.slips || (count == found.first && slips >= fewest)) continue;
    found = {count, form.form};
    fewest = slips;
  }
  return found;
}

std::vector<Written> join_phrases(std::vector<Written> words) {
  std::vector<std::string> read;
  read.reserve(words.size());
  for (const Written& word : words) read.push_back(any_romanisation(word.form));
  std::vector<Written> out;
  out.reserve(words.size());
  for (std::size_t i = 0; i < words.size();) {
    const auto [count, form] =
        phrase_among(plain_phrases(), words.size(), i, [&](std::size_t at) { return std::string_view(read[at]); });
    if (count == 0) {
      out.push_back(std::move(words[i++]));
      continue;
    }
    const std::string text = text_of(words, i, count);
    for (const std::string_view one : words_of(form)) out.push_back({.text = text, .form = std::string(one)});
    i += count;
  }
  return out;
}

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

}  // namespace interdict::names
