#include "names/craft.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "text/text.h"

namespace interdict::names {
namespace {

// Nationality marks of two characters (ICAO Annex 7, supplement) that registers write before a hyphen.
constexpr std::array nationalities = std::to_array<std::string_view>(
    {"2",  "3A", "3B", "3C",  "3D", "3X", "4K", "4L", "4O", "4R", "4X", "5A",  "5B", "5H", "5N", "5R",  "5T",
     "5U", "5V", "5W", "5X",  "5Y", "6O", "6V", "6Y", "7O", "7P", "7Q", "7T",  "8P", "8Q", "8R", "9A",  "9G",
     "9H", "9J", "9K", "9L",  "9M", "9N", "9Q", "9S", "9T", "9U", "9V", "9XR", "9Y", "A2", "A3", "A4O", "A5",
     "A6", "A7", "A8", "A9C", "AP", "C2", "C3", "C5", "C6", "C9", "CC", "CN",  "CP", "CS", "CU", "CX",  "D2",
     "D4", "D6", "DQ", "E3",  "E5", "E7", "EC", "EI", "EJ", "EK", "EL", "EP",  "ER", "ES", "ET", "EW",  "EX",
     "EY", "EZ", "H4", "HA",  "HB", "HC", "HH", "HI", "HK", "HL", "HP", "HR",  "HS", "HV", "HZ", "J2",  "J3",
     "J5", "J6", "J7", "J8",  "JA", "JU", "JY", "LN", "LQ", "LV", "LX", "LY",  "LZ", "OB", "OD", "OE",  "OH",
     "OK", "OM", "OO", "OY",  "P2", "P4", "PH", "PJ", "PK", "PP", "PR", "PS",  "PT", "PU", "PZ", "RA",  "RDPL",
     "RF", "RP", "S2", "S5",  "S7", "S9", "SE", "SP", "ST", "SU", "SX", "T3",  "T7", "T8", "T9", "TC",  "TF",
     "TG", "TI", "TJ", "TL",  "TN", "TR", "TS", "TT", "TU", "TY", "TZ", "UK",  "UN", "UP", "UR", "V2",  "V3",
     "V4", "V5", "V7", "V8",  "VH", "VN", "VP", "VQ", "VT", "XA", "XB", "XC",  "XT", "XU", "XW", "XY",  "YA",
     "YI", "YJ", "YK", "YL",  "YN", "YR", "YS", "YU", "YV", "Z",  "Z3", "Z8",  "ZA", "ZK", "ZP", "ZS"});
// Of one letter, before which four letters or digits stand.
constexpr std::string_view single_nationalities = "BCDFGIMPZ";

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_nationality(std::string_view text) { return std::ranges::find(nationalities, text) != nationalities.end(); }
bool is_registration(std::string_view text) {
  return text.size() >= 3 && text.size() <= 6 &&
         std::ranges::all_of(text, [](char c) { return text::is_digit(c) || is_capital(c); });
}

/// What may stand behind a nationality of two characters: three letters, or a digit somewhere, which no word has.
bool is_behind_two(std::string_view nationality, std::string_view text) {
  return text.size() == 3 || std::ranges::any_of(text, text::is_digit) ||
         std::ranges::any_of(nationality, text::is_digit);
}

/// Digits, and two letters behind them at most.
bool is_numbered(std::string_view text) {
  const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
  return digits > 0 && digits <= 6 && text.size() <= digits + 2 && std::ranges::all_of(text.substr(digits), is_capital);
}

/// Of a word that is a mark without its hyphen, the letters of its nationality; 0 for other words. Letters alone could
/// be a word like others.
std::size_t nationality_in(std::string_view text) {
  if (text.size() > 2 && text[0] == 'N' && text[1] != '0' && is_numbered(text.substr(1))) return 1;
  if (text.size() < 5 || text.size() > 8 || !is_nationality(text.substr(0, 2))) return 0;
  const std::string_view rest = text.substr(2);
  const bool lettered = std::ranges::any_of(text.substr(0, 2), text::is_digit) && rest.size() <= 5 &&
                        std::ranges::all_of(rest, is_capital);
  return lettered || (rest.size() >= 3 && is_numbered(rest)) ? 2 : 0;
}

/// Of a word of letters and then digits (Luyuanyu108) how many digits; 0 for other words.
std::size_t digits_behind(std::string_view form) {
  const std::size_t letters = std::min(form.find_first_of("0123456789"), form.size());
  const std::string_view rest = form.substr(letters);
  return letters > 2 && rest.size() < 5 && text::all_digits(rest) ? rest.size() : 0;
}

constexpr std::array kinds = std::to_array<Phrase>({{"crude oil tanker", {}},
                                                    {"bulk carrier", {}},
                                                    {"chemical tanker", {}},
                                                    {"container ship", {}},
                                                    {"fishing vessel", {}},
                                                    {"gas carrier", {}},
                                                    {"general cargo", {}},
                                                    {"lng c", {}},
                                                    {"lng carrier", {}},
                                                    {"lpg c", {}},
                                                    {"lpg carrier", {}},
                                                    {"motor ship", {}},
                                                    {"motor tanker", {}},
                                                    {"motor vessel", {}},
                                                    {"motor yacht", {}},
                                                    {"oil tanker", {}},
                                                    {"product tanker", {}},
                                                    {"research vessel", {}},
                                                    {"sailing yacht", {}},
                                                    {"super yacht", {}},
                                                    {"barge", {}},
                                                    {"fv", {}},
                                                    {"lng", {}},
                                                    {"lpg", {}},
                                                    {"mn", {}},
                                                    {"motonave", {}},
                                                    {"ms", {}},
                                                    {"mt", {}},
                                                    {"mts", {}},
                                                    {"mv", {}},
                                                    {"my", {}},
                                                    {"rv", {}},
                                                    {"ship", {}},
                                                    {"ss", {}},
                                                    {"superyacht", {}},
                                                    {"sy", {}},
                                                    {"tanker", {}},
                                                    {"the", {}},
                                                    {"tug", {}},
                                                    {"tugboat", {}},
                                                    {"vessel", {}},
                                                    {"yacht", {}}});

}  // namespace

bool is_mark(std::string_view form) { return form.find('-') != std::string_view::npos; }

std::vector<Written> join_marks(std::vector<Written> words) {
  std::vector<Written> out;
  out.reserve(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    Written& word = words[i];
    // "EP MNE" and nothing else, or only what brackets add.
    const bool alone = i == 0 && words.size() > 1 && word.text.size() == 2 && words[1].text.size() == 3 &&
                       std::ranges::all_of(words.begin() + 2, words.end(), &Written::aside);
    const bool numbered =
        i + 1 < words.size() && word.text.size() == 2 && words[i + 1].text.size() > 3 && is_numbered(words[i + 1].text);
    if (i + 1 < words.size() && (words[i + 1].hyphenated || alone || numbered) && is_registration(words[i + 1].text)) {
      const std::string& rest = words[i + 1].text;
      const bool single = word.text.size() == 1 && single_nationalities.find(word.text) != std::string_view::npos;
      if (single ? rest.size() >= 4 : is_nationality(word.text) && is_behind_two(word.text, rest)) {
        out.push_back(
            {.text = word.text + "-" + rest, .form = word.form + "-" + words[i + 1].form, .aside = word.aside});
        ++i;
        continue;
      }
    }
    if (const std::size_t size = nationality_in(word.text); size > 0) {
      word.form.insert(size, 1, '-');
    } else if (const std::size_t digits = digits_behind(word.form);
               digits > 0 && word.text.size() == word.form.size()) {
      const std::size_t at = word.form.size() - digits;
      out.push_back({.text = word.text.substr(0, at), .form = word.form.substr(0, at), .aside = word.aside});
      word = {.text = word.text.substr(at), .form = word.form.substr(at), .aside = word.aside};
    }
    out.push_back(std::move(word));
  }
  return out;
}

std::size_t kind_words_at(const std::vector<Written>& words, std::size_t at) {
  static const Phrases phrases{kinds};
  return at < words.size() ? phrase_at(phrases, words, at).first : 0;
}

ImoNumber imo_number(std::string_view form, std::string_view next) {
  if (!form.starts_with("imo")) return {};
  const std::string_view digits = form.size() > 3 ? form.substr(3) : next;
  ImoNumber imo;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), imo.number);
  if (digits.size() != 7 || error != std::errc() || end != digits.data() + digits.size()) return {};
  imo.words = form.size() > 3 ? 1 : 2;
  return imo;
}

}  // namespace interdict::names
