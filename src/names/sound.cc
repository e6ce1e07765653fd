// Spellings to sounds.
//
// The rules are those of the romanisations lists use, read backwards: what different systems write differently for one
// sound becomes one symbol. Upper-case symbols: S (sh), C (ch), X (kh), Z (zh), T (th), G (gh), J (j, dj), Q (ts), N (a
// final ng), I (a final i, which makes another name of it: Ahmad, Ahmadi).
#include <algorithm>
#include <array>
#include <bit>

#include "names/chinese.h"
#include "names/unit.h"

namespace interdict::names {
namespace {

struct Rule {
  std::string_view written;
  std::string_view sound;
};

// Endings that name systems and genders write differently, longest first. -ouski is Belarusian -ovsky, -cki Polish
// -tsky; -skaya, -ova are the feminine forms.
constexpr std::array<Rule, 64> heard_endings = {{
    {"auskaya", "ovsky"}, {"euskaya", "evsky"}, {"ouskaia", "ovsky"}, {"ouskaya", "ovsky"}, {"ouskiy", "ovsky"},
    {"boui", "bavi"},     {"doui", "davi"},     {"roui", "ravi"},     {"loui", "lavi"},     {"noui", "navi"},
    {"vitsch", "vitch"},  {"witsch", "vitch"},  {"auski", "ovsky"},   {"ckaia", "tsky"},    {"ckaja", "tsky"},
    {"ckaya", "tsky"},    {"euski", "evsky"},   {"ouski", "ovsky"},   {"ousky", "ovsky"},   {"skaia", "sky"},
    {"skaja", "sky"},     {"skaya", "sky"},     {"vitsj", "vitch"},   {"zkaja", "tsky"},    {"acka", "atsky"},
    {"acki", "atsky"},    {"ckij", "tsky"},     {"ckiy", "tsky"},     {"ecka", "etsky"},    {"ecki", "etsky"},
    {"enka", "enko"},     {"evna", "evna"},     {"ewna", "evna"},     {"icka", "itsky"},    {"icki", "itsky"},
    {"ocka", "otsky"},    {"ocki", "otsky"},    {"ovna", "ovna"},     {"owna", "ovna"},     {"skaa", "sky"},
    {"skii", "sky"},      {"skij", "sky"},      {"skiy", "sky"},      {"skyi", "sky"},      {"skyy", "sky"},
    {"ucka", "utsky"},    {"ucki", "utsky"},    {"vics", "vitch"},    {"vitj", "vitch"},    {"vits", "vitch"},
    {"vych", "vitch"},    {"wicz", "vitch"},    {"zkij", "tsky"},     {"eff", "ev"},        {"eva", "ev"},
    {"ewa", "ev"},        {"off", "ov"},        {"ova", "ov"},        {"owa", "ov"},        {"ska", "sky"},
    {"ski", "sky"},       {"vic", "vitch"},     {"zki", "tsky"},      {"ow", "ov"},
}};

constexpr std::array<Rule, 58> digraphs = {{
    {"schtsch", "S"}, {"woo", "u"},  {"sjtsj", "S"}, {"chtch", "S"}, {"szcz", "S"}, {"sjtj", "S"}, {"shch", "S"},
    {"gue", "ge"},    {"gui", "gi"}, {"iou", "iu"},  {"tsj", "C"},   {"sz", "S"},   {"zs", "Z"},   {"chael", "kael"},
    {"chr", "kr"},    {"cht", "Xt"}, {"tsch", "C"},  {"dsch", "J"},  {"tch", "C"},  {"sch", "S"},  {"dzh", "J"},
    {"dzi", "di"},    {"dze", "de"}, {"dzm", "dm"},  {"tsi", "ti"},  {"eou", "o"},  {"sh", "S"},   {"ch", "C"},
    {"cz", "C"},      {"kh", "X"},   {"zh", "Z"},    {"th", "T"},    {"gh", "G"},   {"ph", "f"},   {"ck", "k"},
    {"cq", "k"},      {"qu", "k"},   {"dj", "J"},    {"dh", "d"},    {"bh", "b"},   {"rh", "r"},   {"tj", "C"},
    {"sj", "S"},      {"zj", "Z"},   {"ts", "Q"},    {"tz", "Q"},    {"dz", "Q"},   {"ou", "u"},   {"oo", "u"},
    {"ee", "i"},      {"ii", "i"},   {"iy", "i"},    {"yi", "i"},    {"ij", "i"},   {"yy", "i"},   {"eo", "o"},
    {"eu", "u"},      {"aa", "a"},
}};

/// For each letter, the rules that can apply where it is written, a bit each in their order.
using RulesBy = std::array<std::uint64_t, 256>;

template <std::size_t N, typename Letter>
constexpr RulesBy rules_by(const std::array<Rule, N>& rules, Letter letter) {
  static_assert(N <= 64);
  RulesBy out{};
  for (std::size_t i = 0; i < N; ++i)
    out[static_cast<unsigned char>(letter(rules[i].written))] |= std::uint64_t{1} << i;
  return out;
}

// Every rule has two letters at least: few places of a word have both.
constexpr RulesBy heard_by_last = rules_by(heard_endings, [](std::string_view written) { return written.back(); });
constexpr RulesBy heard_by_before = rules_by(heard_endings, [](std::string_view w) { return w[w.size() - 2]; });
constexpr RulesBy digraphs_by_first = rules_by(digraphs, [](std::string_view written) { return written[0]; });
constexpr RulesBy digraphs_by_second = rules_by(digraphs, [](std::string_view written) { return written[1]; });

constexpr std::uint64_t rules_at(const RulesBy& by, char letter) { return by[static_cast<unsigned char>(letter)]; }

/// The first of these rules for which `applies` holds, or nothing.
template <std::size_t N, typename Applies>
const Rule* first_rule(const std::array<Rule, N>& rules, std::uint64_t left, Applies applies) {
  for (; left != 0; left &= left - 1) {
    const Rule& rule = rules[static_cast<std::size_t>(std::countr_zero(left))];
    if (applies(rule)) return &rule;
  }
  return nullptr;
}

constexpr bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'I'; }
constexpr bool is_written_vowel(char c) { return is_vowel(c) || c == 'y'; }

constexpr int liquids = 8;

/// Consonants of one class are confused between romanisations; 0 is no consonant.
constexpr int class_by_letter(char c) {
  switch (c) {
    case 'b':
    case 'p':
      return 1;
    case 'f':
    case 'v':
      return 2;
    case 'k':
    case 'g':
    case 'X':
    case 'G':
    case 'h':
      return 3;
    case 's':
    case 'z':
    case 'S':
    case 'C':
    case 'Z':
    case 'J':
    case 'Q':
      return 4;
    case 'd':
    case 't':
    case 'T':
      return 5;
    case 'm':
      return 6;
    case 'n':
    case 'N':
      return 7;
    case 'l':  // one sound to Chinese, Japanese and Korean spellings
    case 'r':
      return liquids;
    default:
      return is_vowel(c) ? 0 : 10;
  }
}

constexpr auto classes = [] {
  std::array<std::uint8_t, 256> out{};
  for (std::size_t c = 0; c < out.size(); ++c)
    out[c] = static_cast<std::uint8_t>(class_by_letter(static_cast<char>(c)));
  return out;
}();
constexpr int class_of(char c) { return classes[static_cast<unsigned char>(c)]; }

/// Costs in hundredths of a consonant.
constexpr int vowel_for_vowel = 35;
constexpr int near_vowel = 20;
constexpr int vowel_dropped = 35;
constexpr int vowel_unwritten =
    20;  // where the other spelling has hardly any: Arabic and Hebrew do not write the short
constexpr int glide_dropped = 20;
constexpr int breath_dropped = 30;
constexpr int last_i_dropped = 70;
constexpr int same_class = 40;
constexpr int kin = 15;
constexpr int liquid = 80;  // l for r
constexpr int whole = 100;

constexpr int substitution(char a, char b) {
  if (a == b) return 0;
  const auto either = [&](char x, char y) { return (a == x && b == y) || (a == y && b == x); };
  if (is_vowel(a) && is_vowel(b)) {
    if (either('I', 'i')) return 5;
    if (either('I', 'e')) return near_vowel;
    return either('o', 'u') || either('i', 'e') || either('a', 'e') || either('a', 'o') ? near_vowel : vowel_for_vowel;
  }
  if (either('X', 'h') || either('J', 'Z') || either('Q', 's') || either('T', 't') || either('G', 'g') ||
      either('C', 'J') || either('S', 's') || either('Z', 'z') || either('N', 'n')) {
    return kin;
  }
  if (either('J', 'i') || either('v', 'u')) return same_class;
  if (either('l', 'r')) return liquid;
  const int left = class_of(a);
  return left != 0 && left != 10 && left == class_of(b) ? same_class : whole;
}

/// `unwritten`: of a vowel that the other side would not write.
constexpr int removal(char c, bool unwritten) {
  if (unwritten && is_vowel(c) && c != 'I') return vowel_unwritten;
  if (c == 'i') return glide_dropped;
  if (c == 'I') return last_i_dropped;
  if (is_vowel(c)) return vowel_dropped;
  return c == 'h' ? breath_dropped : whole;
}

struct Costs {
  std::array<std::array<std::uint8_t, 128>, 128> substitute{};
  std::array<std::array<std::uint8_t, 128>, 2> remove{};  // unwritten or not
};

constexpr Costs make_costs() {
  Costs costs;
  for (std::size_t a = 0; a < 128; ++a) {
    for (const bool unwritten : {false, true}) {
      costs.remove[unwritten ? 1 : 0][a] = static_cast<std::uint8_t>(removal(static_cast<char>(a), unwritten));
    }
    for (std::size_t b = 0; b < 128; ++b) {
      costs.substitute[a][b] = static_cast<std::uint8_t>(substitution(static_cast<char>(a), static_cast<char>(b)));
    }
  }
  return costs;
}

const Costs costs = make_costs();

/// Sounds that may be left out of a comparison where both sides begin or end with them: some cheapest alignment pairs
/// the two. Not so of h, say: to drop it and turn an X into it costs less than to drop the X.
const auto anchors = [] {
  std::array<bool, 128> out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto kept = static_cast<char>(i);
    out[i] = true;
    for (int other = 0; other < 128; ++other) {
      const auto turned = static_cast<char>(other);
      for (const bool unwritten : {false, true}) {
        out[i] = out[i] && removal(turned, unwritten) <= removal(kept, unwritten) + substitution(kept, turned);
      }
    }
  }
  return out;
}();

bool is_ev(std::string_view text) { return text.starts_with("ev") || text.starts_with("ew"); }

enum class Language : std::uint8_t { english, continental, arabic };

const Rule* heard_ending_of(std::string_view form) {
  if (form.size() < 2) return nullptr;
  const std::uint64_t by_end = rules_at(heard_by_last, form.back()) & rules_at(heard_by_before, form[form.size() - 2]);
  return first_rule(heard_endings, by_end, [&](const Rule& rule) {
    return form.size() > rule.written.size() + 1 && form.ends_with(rule.written);
  });
}

/// What the continental reading hears otherwise, longest first.
constexpr std::array<Rule, 8> continental = {
    {{"tsi", "Qi"}, {"ch", "X"}, {"cs", "C"}, {"dj", "di"}, {"oe", "o"}, {"tj", "ti"}, {"c", "Q"}, {"j", "i"}}};

std::string read(std::string_view form, const Rule* ending, Language language) {
  std::string written(form);
  const auto size = form.size();
  if (ending == nullptr && language != Language::arabic && size > 5 && form.back() == 'u' &&
      !is_written_vowel(form[size - 3]) && (form[size - 2] == 'o' || form[size - 2] == 'a' || form[size - 2] == 'e')) {
    // Belarusian Kazlou, Kachanau, Pauliuchenkeu.
    written.replace(size - 2, 2, form[size - 2] == 'e' ? "ev" : "ov");
  }
  if (ending != nullptr) written.replace(form.size() - ending->written.size(), std::string::npos, ending->sound);
  // Wade-Giles writes hs for Pinyin's x.
  if (written.starts_with("hs")) written.replace(0, 2, "x");
  std::array<char, sound_most> sound{};
  std::size_t count = 0;
  const auto put = [&](char c) {
    if (count < sound_most && (count == 0 || sound[count - 1] != c)) sound[count++] = c;
  };
  const std::string_view text = written;
  for (std::size_t at = 0; at < text.size();) {
    // French spellings of Arabic write w so: Hamraoui, Ouali.
    if (text.substr(at).starts_with("ou") && (at == 0 || is_written_vowel(text[at - 1])) && at + 2 < text.size() &&
        is_written_vowel(text[at + 2])) {
      put('v');
      at += 2;
      continue;
    }
    const char c = text[at];
    const char next = at + 1 < text.size() ? text[at + 1] : ' ';
    const std::uint64_t by_pair = rules_at(digraphs_by_first, c) & rules_at(digraphs_by_second, next);
    const Rule* rule = first_rule(digraphs, by_pair, [&](const Rule& candidate) {
      return candidate.written.size() == 2 || text.substr(at).starts_with(candidate.written);
    });
    if (language == Language::continental) {
      const auto* const other =
          std::ranges::find_if(continental, [&](const Rule& r) { return text.substr(at).starts_with(r.written); });
      const std::size_t longest = rule == nullptr ? 0 : rule->written.size();
      if (other != continental.end() && other->written.size() >= longest) rule = other;
    }
    // Fawzi, Dawsari: one vowel.
    if (language == Language::arabic && c == 'a' && next == 'w' && at + 2 < text.size() &&
        !is_written_vowel(text[at + 2])) {
      put('a');
      put('u');
      at += 2;
      continue;
    }
    if (rule != nullptr) {
      for (const char heard : rule->sound) put(heard);
      at += rule->written.size();
      continue;
    }
    const char before = at > 0 ? text[at - 1] : ' ';
    ++at;
    switch (c) {
      case 'w':
        put('v');
        break;
      case 'q':
        put('k');
        break;
      case 'y':
        put('i');
        break;
      case 'x':
        if (before == ' ') {
          put('S');
        } else {
          put('k');
          put('s');
        }
        break;
      case 'c':
        put(next == 'e' || next == 'i' || next == 'y' ? 's' : 'k');
        break;
      case 'j':
        // After a consonant German, Polish and scholarly spellings write y so: Wjatscheslaw; and before -ev: Nikolajev.
        put(language == Language::arabic ||
                    (is_written_vowel(next) && (before == ' ' || (is_written_vowel(before) && !is_ev(text.substr(at)))))
                ? 'J'
                : 'i');
        break;
      case 'h':
        // Breath is heard first and between vowels; next to a consonant only unvowelled spellings (mhmd) write it.
        if (before == ' ' || (next != ' ' && (is_written_vowel(before) || !is_written_vowel(next)))) put('h');
        break;
      case 'n':
        if (next == 'g' && at + 1 == text.size()) {
          put('N');
          ++at;
        } else {
          put('n');
        }
        break;
      case '0':
        put('o');
        break;
      case '1':
        put('l');
        break;
      case '5':
        put('s');
        break;
      case '8':
        put('b');
        break;
      default:
        put(c);
    }
  }
  if (count > 2 && sound[count - 1] == 'i' && !is_vowel(sound[count - 2])) sound[count - 1] = 'I';
  return {sound.data(), count};
}

/// Whether it has letters that another language reads otherwise, and may be meant so: it ends as Slavic names do, or
/// has letters together that English has not.
bool may_be_continental(std::string_view form, const Rule* ending) {
  const auto has = [&](auto letters) { return form.find(letters) != std::string_view::npos; };
  if (has("tsi")) return true;
  if (!has('c') && !has('j')) return false;
  if (ending != nullptr || form.ends_with("ov") || form.ends_with("ev") || form.ends_with("ew")) return true;
  static constexpr std::array cues = std::to_array<std::string_view>({"cs", "cz", "sch", "sj", "sz", "tj", "zj", "zs"});
  if (std::ranges::any_of(cues, has)) return true;
  for (std::size_t at = form.find('j'); at != std::string_view::npos; at = form.find('j', at + 1)) {
    if (at + 1 == form.size() || !is_written_vowel(form[at + 1])) return true;
  }
  return false;
}

/// Whether an Arabic name so written would be heard otherwise: j where no vowel follows (Najm), aw before a consonant
/// (Fawzi), and a last ou that is no Belarusian -ov (Abdou).
bool may_be_arabic(std::string_view form) {
  if (form.size() > 5 && form.ends_with("ou")) return true;
  for (std::size_t at = 0; at < form.size(); ++at) {
    const char next = at + 1 < form.size() ? form[at + 1] : ' ';
    if (form[at] == 'j' && (!is_written_vowel(next) || (at > 0 && !is_written_vowel(form[at - 1])))) return true;
    if (form[at] == 'a' && next == 'w' && at + 2 < form.size() && !is_written_vowel(form[at + 2])) return true;
  }
  return false;
}

std::uint64_t skeleton_of(std::string_view sound) {
  constexpr int vowel_first = 11;
  std::uint64_t skeleton = 0;
  int count = 0;
  for (std::size_t i = 0; i < sound.size(); ++i) {
    const int digit = i == 0 && class_of(sound[i]) == 0 ? vowel_first : class_of(sound[i]);
    // Neighbours that are hard to tell apart are one; but l and r together are two (Carlson).
    const bool goes_on = i > 0 && digit == class_of(sound[i - 1]) && (digit != liquids || sound[i] == sound[i - 1]);
    if (digit == 0 || goes_on) continue;
    skeleton = skeleton << 4U | static_cast<std::uint64_t>(digit);
    if (++count == 16) break;
  }
  return skeleton;
}

/// The first twelve letters, five bits each, under what no consonant class is.
std::uint64_t chinese_skeleton(std::string_view wade_giles) {
  std::uint64_t skeleton = 15;
  for (std::size_t i = 0; i < 12; ++i) {
    const auto letter = i < wade_giles.size() ? static_cast<std::uint64_t>(wade_giles[i] - 'a' + 1) : 0;
    skeleton = skeleton << 5U | letter;
  }
  return skeleton;
}

}  // namespace

std::array<Reading, readings> readings_of(std::string_view form) {
  const Rule* ending = heard_ending_of(form);
  std::array<Reading, readings> out;
  auto& [english, other] = out;
  english.sound = read(form, ending, Language::english);
  english.skeleton = skeleton_of(english.sound);
  if (ChineseReading chinese = read_chinese(form); !chinese.wade_giles.empty()) {
    other = {std::move(chinese.wade_giles), 0, chinese.is_pinyin};
    other.skeleton = chinese_skeleton(other.sound);
  } else if (may_be_continental(form, ending)) {
    other.sound = read(form, ending, Language::continental);
    other.skeleton = other.sound == english.sound ? 0 : skeleton_of(other.sound);
  }
  if (other.skeleton == 0 && may_be_arabic(form)) {
    other.sound = read(form, ending, Language::arabic);
    other.skeleton = other.sound == english.sound ? 0 : skeleton_of(other.sound);
  }
  return out;
}

bool is_unvowelled(std::string_view sound) {
  const auto vowels = static_cast<std::size_t>(std::ranges::count_if(sound, is_vowel));
  return sound.size() > 2 && 3 * vowels <= sound.size();
}

double sound_distance(std::string_view left, std::string_view right, double most) {
  if (left == right) return 0;
  const auto byte = [](char c) { return static_cast<unsigned char>(c) & 127U; };
  const auto& add = costs.remove[is_unvowelled(left) ? 1 : 0];
  const auto& drop = costs.remove[is_unvowelled(right) ? 1 : 0];
  while (!left.empty() && !right.empty() && left.front() == right.front() && anchors[byte(left.front())]) {
    left.remove_prefix(1);
    right.remove_prefix(1);
  }
  while (!left.empty() && !right.empty() && left.back() == right.back() && anchors[byte(left.back())]) {
    left.remove_suffix(1);
    right.remove_suffix(1);
  }
  const int limit = static_cast<int>(most * 100) + 1;
  std::array<int, sound_most + 1> row;  // NOLINT(cppcoreguidelines-pro-type-member-init): as far as it is read
  row[0] = 0;
  for (std::size_t j = 0; j < right.size(); ++j) row[j + 1] = row[j] + add[byte(right[j])];
  for (const char l : left) {
    const auto& substitute = costs.substitute[byte(l)];
    const int dropped = drop[byte(l)];
    int diagonal = row[0];
    row[0] += dropped;
    int least = row[0];
    for (std::size_t j = 0; j < right.size(); ++j) {
      const int above = row[j + 1];
      const int replaced = diagonal + substitute[byte(right[j])];
      row[j + 1] = std::min({replaced, above + dropped, row[j] + add[byte(right[j])]});
      diagonal = above;
      least = std::min(least, row[j + 1]);
    }
    if (least > limit) break;
  }
  return static_cast<double>(row[right.size()]) / 100;
}

}  // namespace interdict::names
