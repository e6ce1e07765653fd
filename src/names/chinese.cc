#include "names/chinese.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <utility>
#include <vector>

namespace interdict::names {
namespace {

constexpr std::size_t syllables_most = 3;

struct Onset {
  std::string_view initial;
  std::string_view finals;
};

// The syllables of pinyin (GB/T 16159), with v for ü.
constexpr std::array<Onset, 24> onsets = {{
    {"", "a ai an ang ao e ei en er o ou"},
    {"b", "a ai an ang ao ei en eng i ian iao ie in ing o u"},
    {"p", "a ai an ang ao ei en eng i ian iao ie in ing o ou u"},
    {"m", "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u"},
    {"f", "a an ang ei en eng o ou u"},
    {"d", "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo"},
    {"t", "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo"},
    {"n", "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan ue uo v ve"},
    {"l", "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan ue un uo v ve"},
    {"g", "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo"},
    {"k", "a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo"},
    {"h", "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo"},
    {"j", "i ia ian iang iao ie in ing iong iu u uan ue un"},
    {"q", "i ia ian iang iao ie in ing iong iu u uan ue un"},
    {"x", "i ia ian iang iao ie in ing iong iu u uan ue un"},
    {"zh", "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo"},
    {"ch", "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo"},
    {"sh", "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo"},
    {"r", "an ang ao e en eng i ong ou u uan ui un uo"},
    {"z", "a ai an ang ao e ei en eng i ong ou u uan ui un uo"},
    {"c", "a ai an ang ao e en eng i ong ou u uan ui un uo"},
    {"s", "a ai an ang ao e en eng i ong ou u uan ui un uo"},
    {"y", "a an ang ao e i in ing ong ou u uan ue un"},
    {"w", "a ai an ang ei en eng o u"},
}};

/// Calls with the initial and the final of every syllable.
template <typename Call>
void for_each_syllable(const Call& call) {
  for (const auto& [initial, finals] : onsets) {
    for (std::size_t at = 0; at < finals.size();) {
      const std::size_t end = std::min(finals.find(' ', at), finals.size());
      call(initial, finals.substr(at, end - at));
      at = end + 1;
    }
  }
}

using Rewriting = std::pair<std::string_view, std::string_view>;

template <std::size_t N>
std::string_view rewritten(const std::array<Rewriting, N>& table, std::string_view text) {
  const auto* const found = std::ranges::find(table, text, &Rewriting::first);
  return found == table.end() ? text : found->second;
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> among) {
  return std::ranges::find(among, text) != among.end();
}

/// A syllable of pinyin in Wade-Giles (Giles 1892) without marks.
std::string wade_giles_of(std::string_view initial, std::string_view final) {
  static constexpr std::array<Rewriting, 10> initials = {{{"b", "p"},
                                                          {"d", "t"},
                                                          {"g", "k"},
                                                          {"j", "ch"},
                                                          {"q", "ch"},
                                                          {"x", "hs"},
                                                          {"zh", "ch"},
                                                          {"r", "j"},
                                                          {"z", "ts"},
                                                          {"c", "ts"}}};
  static constexpr std::array<Rewriting, 8> finals = {{{"ian", "ien"},
                                                       {"ie", "ieh"},
                                                       {"ue", "ueh"},
                                                       {"ve", "ueh"},
                                                       {"v", "u"},
                                                       {"iong", "iung"},
                                                       {"ong", "ung"},
                                                       {"er", "erh"}}};
  if (initial == "y") {
    static constexpr std::array<Rewriting, 5> after_y = {
        {{"an", "en"}, {"e", "eh"}, {"ong", "ung"}, {"ou", "u"}, {"ue", "ueh"}}};
    return std::string(1, 'y').append(rewritten(after_y, final));
  }
  const std::string_view written = rewritten(initials, initial);
  std::string_view rest = rewritten(finals, final);
  if (final == "i" && is_one_of(initial, {"zh", "ch", "sh", "r"})) rest = "ih";
  if (final == "i" && is_one_of(initial, {"z", "c"})) return "tzu";
  if (final == "i" && initial == "s") return "ssu";
  if (final == "uo" && !is_one_of(initial, {"g", "k", "h", "sh"})) rest = "o";
  if (final == "e" && is_one_of(initial, {"g", "k", "h"})) rest = "o";
  if (final == "ui" && is_one_of(initial, {"g", "k"})) rest = "uei";
  return std::string(written).append(rest);
}

constexpr std::size_t letters_most = 6;  // zhuang, chuang, shuang

/// A form as a sequence of syllables of one system.
struct Sequence {
  std::string spelling;       // in the system that they are brought to
  std::size_t syllables = 0;  // 0 if it is none
};

/// The syllables of one system by their letters.
class Syllables {
 public:
  static constexpr std::size_t alphabet = 32;  // from a on: Latin letters, or all of Cyrillic's by number

  void add(std::string_view syllable, std::string_view spelling) {
    std::size_t node = 0;
    for (const char c : syllable) {
      const std::size_t letter = number_of(c);
      if (nodes_[node].next.at(letter) == 0) {
        nodes_[node].next.at(letter) = static_cast<std::uint16_t>(nodes_.size());
        nodes_.emplace_back();
      }
      node = nodes_[node].next.at(letter);
    }
    if (nodes_[node].spelling.empty()) nodes_[node].spelling = spelling;
  }

  /// The longest syllables first.
  [[nodiscard]] Sequence read(std::string_view form, std::size_t most = syllables_most) const {
    std::array<std::size_t, letters_most + 1> path{};
    std::size_t length = 0;
    while (length < std::min(letters_most, form.size())) {
      const std::size_t letter = number_of(form[length]);
      const std::size_t next = letter < alphabet ? nodes_[path.at(length)].next.at(letter) : 0;
      if (next == 0) break;
      path.at(++length) = next;
    }
    for (; length > 0; --length) {
      const std::string& written = nodes_[path.at(length)].spelling;
      if (written.empty()) continue;
      if (length == form.size()) return {written, 1};
      if (most == 1) continue;
      Sequence rest = read(form.substr(length), most - 1);
      if (rest.syllables > 0) return {written + rest.spelling, rest.syllables + 1};
    }
    return {};
  }

 private:
  /// Past the alphabet for what is not of it.
  static std::size_t number_of(char letter) { return static_cast<unsigned char>(letter) - std::size_t{'a'}; }

  struct Node {
    std::array<std::uint16_t, alphabet> next{};  // 0: none
    std::string spelling;                        // of the syllable that ends here
  };
  std::vector<Node> nodes_{1};
};

struct Systems {
  Syllables pinyin;
  Syllables wade_giles;
};

Systems make_systems() {
  Systems systems;
  // As often written so.
  for (const auto& [other, usual] : std::initializer_list<Rewriting>{{"i", "yi"}, {"szu", "ssu"}, {"tze", "tzu"}}) {
    systems.wade_giles.add(other, usual);
  }
  for_each_syllable([&](std::string_view initial, std::string_view final) {
    const std::string syllable = std::string(initial).append(final);
    if (syllable.size() == 1) return;  // could be anything
    const std::string written = wade_giles_of(initial, final);
    systems.pinyin.add(syllable, written);
    systems.wade_giles.add(written, written);
  });
  return systems;
}

/// A syllable of pinyin in Cyrillic. A final н is ng, and нь is n.
std::string palladius_of(std::string_view initial, std::string_view final) {
  static constexpr std::array<Rewriting, 21> initials = {
      {{"b", "б"}, {"p", "п"},  {"m", "м"}, {"f", "ф"}, {"d", "д"},   {"t", "т"},  {"n", "н"},
       {"l", "л"}, {"g", "г"},  {"k", "к"}, {"h", "х"}, {"j", "цз"},  {"q", "ц"},  {"x", "с"},
       {"r", "ж"}, {"z", "цз"}, {"c", "ц"}, {"s", "с"}, {"zh", "чж"}, {"ch", "ч"}, {"sh", "ш"}}};
  static constexpr std::array<Rewriting, 34> finals = {
      {{"a", "а"},    {"ai", "ай"},  {"an", "ань"}, {"ang", "ан"}, {"ao", "ао"},   {"e", "э"},      {"ei", "эй"},
       {"en", "энь"}, {"eng", "эн"}, {"er", "эр"},  {"i", "и"},    {"ia", "я"},    {"ian", "янь"},  {"iang", "ян"},
       {"iao", "яо"}, {"ie", "е"},   {"in", "инь"}, {"ing", "ин"}, {"iong", "юн"}, {"iu", "ю"},     {"o", "о"},
       {"ong", "ун"}, {"ou", "оу"},  {"u", "у"},    {"ua", "уа"},  {"uai", "уай"}, {"uan", "уань"}, {"uang", "уан"},
       {"ue", "юэ"},  {"ui", "уй"},  {"un", "унь"}, {"uo", "о"},   {"v", "юй"},    {"ve", "юэ"}}};
  static constexpr std::array<Rewriting, 4> after_palatal = {
      {{"u", "юй"}, {"uan", "юань"}, {"un", "юнь"}, {"ue", "юэ"}}};
  static constexpr std::array<Rewriting, 14> after_y = {{{"a", "я"},
                                                         {"an", "янь"},
                                                         {"ang", "ян"},
                                                         {"ao", "яо"},
                                                         {"e", "е"},
                                                         {"i", "и"},
                                                         {"in", "инь"},
                                                         {"ing", "ин"},
                                                         {"ong", "юн"},
                                                         {"ou", "ю"},
                                                         {"u", "юй"},
                                                         {"uan", "юань"},
                                                         {"ue", "юэ"},
                                                         {"un", "юнь"}}};
  if (initial == "y") return std::string(rewritten(after_y, final));
  if (initial == "w") return final == "u" ? "у" : std::string("в").append(rewritten(finals, final));
  if (final == "i" && is_one_of(initial, {"z", "c", "s"})) return std::string(rewritten(initials, initial)).append("ы");
  if (initial == "h" && final == "ui") return "хуэй";
  std::string written(rewritten(initials, initial));
  const bool is_palatal = is_one_of(initial, {"j", "q", "x"});
  return written.append(is_palatal && final.front() == 'u' ? rewritten(after_palatal, final)
                                                           : rewritten(finals, final));
}

/// A small letter for each Cyrillic one, of either case, in UTF-8: а is the first; nothing if another letter is there.
std::string letters_of_cyrillic(std::string_view word) {
  std::string out;
  if (word.size() % 2 != 0) return out;
  for (std::size_t i = 0; i < word.size(); i += 2) {
    const unsigned lead = static_cast<unsigned char>(word[i]);
    const unsigned code = (lead & 0x1fU) << 6U | (static_cast<unsigned char>(word[i + 1]) & 0x3fU);
    if ((lead != 0xd0 && lead != 0xd1) || code < 0x410 || code > 0x44f) return {};
    out += static_cast<char>('a' + (code - 0x410) % Syllables::alphabet);
  }
  return out;
}

Syllables make_palladius() {
  // What divides a syllable that ends in н from a vowel.
  const std::string divider = letters_of_cyrillic("ъ");
  Syllables syllables;
  for_each_syllable([&](std::string_view initial, std::string_view final) {
    const std::string written = letters_of_cyrillic(palladius_of(initial, final));
    const std::string pinyin = std::string(initial).append(final);
    syllables.add(written, pinyin);
    syllables.add(written + divider, pinyin);
  });
  return syllables;
}

}  // namespace

std::optional<std::string> read_palladius(std::string_view word) {
  static const Syllables syllables = make_palladius();
  if (word.ends_with("ъ") || word.ends_with("Ъ")) return std::nullopt;
  Sequence read = syllables.read(letters_of_cyrillic(word));
  if (read.syllables == 0) return std::nullopt;
  return std::move(read.spelling);
}

ChineseReading read_chinese(std::string_view form) {
  // All syllables end so, in either system.
  if (form.size() < 2 || form.size() > syllables_most * letters_most ||
      std::string_view("aeiouvnghr").find(form.back()) == std::string_view::npos) {
    return {};
  }
  static const Systems systems = make_systems();
  Sequence pinyin = systems.pinyin.read(form);
  // Chien-po is two syllables of Wade-Giles rather than three of pinyin.
  if (pinyin.syllables == 1) return {std::move(pinyin.spelling), true};
  Sequence wade_giles = systems.wade_giles.read(form);
  if (wade_giles.syllables > 0 && (pinyin.syllables == 0 || wade_giles.syllables < pinyin.syllables)) {
    return {std::move(wade_giles.spelling), false};
  }
  return {std::move(pinyin.spelling), pinyin.syllables > 0};
}

}  // namespace interdict::names
