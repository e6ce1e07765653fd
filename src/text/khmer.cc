// Khmer: consonants are of two series, and a vowel sign is read by the series of its consonant: a after ក, ea after គ.
//
// A consonant without a sign either closes a syllable or has a vowel that is not written; which, the letters around it
// tell. Names are spelt as on Cambodian passports, by sound and without regard to length.
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "text/readers.h"

namespace interdict::text {
namespace {

constexpr char32_t sign_aa = 0x17b6;
constexpr char32_t sign_i = 0x17b7;
constexpr char32_t sign_ii = 0x17b8;
constexpr char32_t sign_yy = 0x17ba;
constexpr char32_t sign_u = 0x17bb;
constexpr char32_t sign_oe = 0x17be;
constexpr char32_t sign_ae = 0x17c2;
constexpr char32_t sign_oo = 0x17c4;
constexpr char32_t sign_au = 0x17c5;
constexpr char32_t nikahit = 0x17c6;        // m
constexpr char32_t reahmuk = 0x17c7;        // h
constexpr char32_t yuukaleapintu = 0x17c8;  // a short a
constexpr char32_t muusikatoan = 0x17c9;    // makes the series the first
constexpr char32_t triisap = 0x17ca;        // makes it the second
constexpr char32_t bantoc = 0x17cb;         // on a final: the vowel before is short
constexpr char32_t toandakhiat = 0x17cd;    // silences
constexpr char32_t samyok_sannya = 0x17d0;  // a short vowel
constexpr char32_t last_sign = 0x17d1;
constexpr char32_t coeng = 0x17d2;  // the next consonant stands below
constexpr char32_t silent = U'អ';

enum class Series : std::uint8_t { first, second };

constexpr char32_t first_consonant = U'ក';
constexpr std::array<std::string_view, 35> onsets = {
    "k",  "kh", "k", "kh", "ng", "ch", "chh", "ch", "chh", "nh", "d", "th", "d", "th", "n", "t", "th", "t",
    "th", "n",  "b", "ph", "p",  "ph", "m",   "y",  "r",   "l",  "v", "s",  "s", "s",  "h", "l", ""};
constexpr std::array<std::string_view, 35> finals = {"k", "k",  "k", "k", "ng", "ch", "ch", "ch", "ch", "nh", "t", "th",
                                                     "t", "th", "n", "t", "th", "t",  "th", "n",  "p",  "p",  "p", "p",
                                                     "m", "y",  "r", "l", "v",  "s",  "s",  "s",  "",   "l",  ""};
constexpr std::u32string_view first_series = U"កខចឆដឋណតថបផឝសហឡអ";
constexpr std::u32string_view sonorants = U"ងញនមយរលវ";

/// What a vowel sign is after a consonant of the first series, and of the second.
using Vowels = std::array<std::string_view, 16>;
constexpr Vowels first_vowels = {"a",   "e",   "i",  "e", "eu", "o",  "o", "uo",
                                 "oeu", "oeu", "ea", "e", "e",  "ai", "o", "ao"};
constexpr Vowels second_vowels = {"ea",  "i",   "i",  "i", "eu", "u",  "ou", "uo",
                                  "oeu", "oeu", "ea", "e", "e",  "ey", "o",  "ov"};

constexpr char32_t first_independent = 0x17a3;
constexpr std::array<std::string_view, 17> independent_vowels = {"a",   "a",  "i",   "ei", "u",  "uk", "u", "ov", "ri",
                                                                 "reu", "li", "leu", "e",  "ai", "o",  "o", "au"};

constexpr bool is_consonant(char32_t c) { return c >= first_consonant && c < first_consonant + onsets.size(); }
constexpr bool is_independent(char32_t c) {
  return c >= first_independent && c < first_independent + independent_vowels.size();
}
constexpr bool is_vowel_sign(char32_t c) { return c >= sign_aa && c <= sign_au; }
constexpr bool is_sign(char32_t c) { return c >= sign_aa && c <= last_sign; }
constexpr bool is_velar_stop(char32_t c) { return c >= U'ក' && c <= U'ឃ'; }

/// Whether two letters one below the other are one doubled sound, which is written as the lower: ក្ខ, ទ្ធ, ញ្ញ.
constexpr bool is_doubled(char32_t upper, char32_t lower) {
  constexpr std::size_t row_length = 5;
  constexpr std::size_t retroflex = 2;
  const auto row_of = [](char32_t c) {
    const std::size_t row = (c - first_consonant) / row_length;
    return row == retroflex ? row + 1 : row;  // said as the dentals
  };
  const auto is_stop = [](char32_t c) { return c <= U'ម' && (c - first_consonant) % row_length != row_length - 1; };
  if (upper == U'ញ') return lower == U'ញ';
  return is_stop(upper) && is_stop(lower) && row_of(upper) == row_of(lower);
}

/// A consonant with what stands below and around it, or an independent vowel.
struct Cluster {
  char32_t base = silent;
  std::u32string below;
  std::string_view independent;
  char32_t vowel = 0;
  std::u32string_view text;
  Series series = Series::first;
  bool is_final = false;

  [[nodiscard]] bool has(char32_t sign) const { return text.find(sign) != std::u32string_view::npos; }
  /// Whether no vowel is written.
  [[nodiscard]] bool is_bare() const {
    return independent.empty() && vowel == 0 && !has(nikahit) && !has(reahmuk) && !has(yuukaleapintu) &&
           !has(samyok_sannya);
  }
  /// Whether the upper consonant closes the syllable before and the lower opens the next: ន្ធ, but not ស្រ.
  [[nodiscard]] bool is_split() const {
    return !below.empty() && base != U'ស' && base != U'ហ' && !is_one_of(below.front(), U"យរលវ");
  }
};

/// The upper vowel signs push a triisap or muusikatoan down, where it looks like u and is often typed so.
constexpr bool is_above(char32_t sign) { return (sign >= sign_i && sign <= sign_yy) || sign == sign_oe; }

/// The letter that gives a cluster its series: the last, but a nasal, liquid or semivowel yields to another.
char32_t governing_letter(const Cluster& cluster) {
  if (cluster.base == U'ហ') return cluster.base;
  char32_t governing = cluster.base;
  for (const char32_t c : cluster.below) {
    if (!is_one_of(c, sonorants)) governing = c;
  }
  return governing;
}

std::string onset_below(const Cluster& c) {
  std::string latin;
  for (const char32_t lower : c.below) latin += onsets.at(lower - first_consonant);
  if (c.below.ends_with(U'ត')) latin.back() = 'd';  // Udom, Norodom
  return latin;
}

std::string onset_of(const Cluster& c) {
  const bool is_p = c.base == U'ប' && (c.has(muusikatoan) || !c.below.empty());
  const std::string_view upper = is_p ? "p" : onsets.at(c.base - first_consonant);
  if (c.below.empty()) return std::string(upper);
  const char32_t lower = c.below.front();
  if (c.base == U'ហ') {  // stands above the letter nearest to a sound of another language
    if (lower == U'វ') return "f";
    if (lower == U'ស') return "z";
    return lower == U'គ' ? "g" : onset_below(c);
  }
  return is_doubled(c.base, lower) ? onset_below(c) : std::string(upper) + onset_below(c);
}

std::string_view final_of(const Cluster& c) {
  const bool is_lower_heard = !c.below.empty() && is_doubled(c.base, c.below.front());
  return finals.at((is_lower_heard ? c.below.front() : c.base) - first_consonant);
}

/// The vowel that is not written: of an open syllable, and of one that coda closes.
std::string_view unwritten_vowel(const Cluster& c, bool is_last) {
  if (is_last) return c.series == Series::first ? "ar" : "or";  // Sar
  return c.series == Series::first || is_one_of(c.base, U"មរវ") ? "a" : "o";
}
std::string_view unwritten_vowel(const Cluster& c, const Cluster& coda) {
  const bool is_stacked = !coda.below.empty();
  if (c.series == Series::first) {
    const bool is_dom = c.base == U'ត' && c.below == U"ត" && coda.base == U'ម';  // Udom, Norodom
    return is_dom || (coda.base == U'ង' && !is_stacked) ? "o" : "a";
  }
  if (is_stacked && is_velar_stop(coda.base)) return "ea";                 // Pheakdey
  if (is_stacked && c.base == U'រ') return "a";                            // Rainsy
  if (is_stacked && c.base == U'វ') return coda.base == U'ង' ? "o" : "a";  // Vong, Vann
  const bool is_short = is_stacked || coda.has(bantoc);
  return is_short && is_velar_stop(c.base) && final_of(coda) == "n" ? "u" : "o";  // Kun
}

std::string_view sannya_vowel(const Cluster& c, const Cluster* coda) {
  if (c.series == Series::first || coda == nullptr) return "a";
  if (coda->base == U'យ') return "e";                                // Chey
  if (coda->base == U'ង' || is_velar_stop(coda->base)) return "ea";  // Sopheak
  return c.base == U'វ' ? "a" : "o";
}

class Reader {
 public:
  explicit Reader(std::u32string_view run) : run_(run) {}

  std::string text() {
    while (at_ < run_.size()) {
      if (is_consonant(run_[at_]) || is_independent(run_[at_])) {
        read_cluster();
      } else {
        ++at_;
      }
    }
    // A short i is not heard at the end of a word (Sambath).
    if (clusters_.size() > 1 && clusters_.back().vowel == sign_i) clusters_.back().vowel = 0;
    find_finals();
    carry_series();
    std::string out;
    for (std::size_t i = 0; i < clusters_.size(); ++i) {
      const Cluster& c = clusters_[i];
      if (!c.is_final) {
        out += onset_of(c) + vowel_of(i);
      } else {
        const bool is_keo = c.base == U'វ' && clusters_[i - 1].vowel == sign_ae;  // the first is never final
        out += is_keo ? "o" : final_of(c);
      }
    }
    return out;
  }

 private:
  [[nodiscard]] char32_t peek(std::size_t ahead = 0) const { return letter_at(run_, at_ + ahead); }

  void read_cluster() {
    const std::size_t start = at_;
    Cluster c;
    if (is_consonant(peek())) {
      c.base = peek();
    } else {
      c.independent = independent_vowels.at(peek() - first_independent);
    }
    bool changes_series = false;
    for (++at_; is_sign(peek()) || peek() == coeng; ++at_) {
      if (peek() == coeng) {
        if (is_consonant(peek(1))) c.below += run_[++at_];
      } else if (is_vowel_sign(peek())) {
        changes_series |= c.vowel == sign_u && is_above(peek());
        c.vowel = peek();
      }
    }
    c.text = run_.substr(start, at_ - start);
    c.series = is_one_of(governing_letter(c), first_series) ? Series::first : Series::second;
    if (changes_series) c.series = c.series == Series::first ? Series::second : Series::first;
    if (c.has(muusikatoan)) c.series = Series::first;
    if (c.has(triisap)) c.series = Series::second;
    // What stands below is silent, or the letter itself where nothing does.
    if (c.has(toandakhiat)) {
      if (c.below.empty()) return;
      c.vowel = 0;
    }
    clusters_.push_back(std::move(c));
  }

  /// Consonants without a vowel are read in twos from the end of their row, the second of which closes a syllable. A
  /// row before a vowel may be of a Pali word, all open (Ratana), where neither a vowel before nor a letter below
  /// tells.
  void find_finals() {
    std::vector<bool> is_second(clusters_.size() + 1);
    std::vector<bool> ends_word(clusters_.size() + 1, true);  // or a part of it
    for (std::size_t i = clusters_.size(); i-- > 0;) {
      const Cluster& c = clusters_[i];
      is_second[i] = c.is_bare() ? c.has(bantoc) || !is_second[i + 1] : c.is_split();
      ends_word[i] = c.is_bare() && (c.has(bantoc) || ends_word[i + 1]);
    }
    for (std::size_t i = 1; i < clusters_.size(); ++i) {
      Cluster& c = clusters_[i];
      const Cluster& before = clusters_[i - 1];
      if (!c.is_bare() || before.is_final || final_of(c).empty()) continue;
      const bool is_closed = ends_word[i] || !before.is_bare() || c.is_split();
      c.is_final = c.has(bantoc) || (is_second[i] && is_closed);
    }
  }

  /// In Pali words an open aa after a sonorant is read by the obstruent before (Panha, Ratana, Soriya).
  void carry_series() {
    Series carried = Series::second;
    for (std::size_t i = 0; i < clusters_.size(); ++i) {
      Cluster& c = clusters_[i];
      const bool is_open = i + 1 == clusters_.size() || !clusters_[i + 1].is_final;
      if (c.is_final) {
        carried = Series::second;
      } else if (c.series == Series::first || !is_one_of(governing_letter(c), sonorants)) {
        carried = c.series;
      } else if (c.vowel == sign_aa && (is_open || !c.below.empty())) {
        c.series = carried;
      }
    }
  }

  [[nodiscard]] std::string vowel_of(std::size_t i) const {
    const Cluster& c = clusters_[i];
    const bool is_last = i + 1 == clusters_.size();
    const bool is_closed = !is_last && (clusters_[i + 1].is_final || clusters_[i + 1].is_split());
    const Cluster* coda = is_closed ? &clusters_[i + 1] : nullptr;
    std::string latin(spoken_vowel(c, coda, is_last));
    const bool is_ang = c.vowel == sign_aa && coda != nullptr && coda->base == U'ង';
    if (c.has(nikahit) && !is_ang) latin += 'm';
    if (c.has(reahmuk)) latin += 'h';
    // A short vowel at the end is cut off, which is written k (Vannak, Sihanouk).
    const bool is_cut_u = is_last && i > 0 && c.vowel == sign_u && !c.has(nikahit) && !c.has(reahmuk);
    if (is_cut_u || (c.has(yuukaleapintu) && c.vowel == 0)) latin += 'k';
    return latin;
  }

  [[nodiscard]] std::string_view spoken_vowel(const Cluster& c, const Cluster* coda, bool is_last) const {
    if (!c.independent.empty()) return c.independent;
    const bool is_first_series = c.series == Series::first;
    if (c.is_bare()) return coda == nullptr ? unwritten_vowel(c, is_last) : unwritten_vowel(c, *coda);
    if (c.vowel == 0) {
      if (c.has(samyok_sannya)) return sannya_vowel(c, coda);
      if (c.has(reahmuk)) return is_first_series ? "a" : "ea";
      return is_first_series || !c.has(nikahit) ? "a" : "o";
    }
    if (c.vowel == sign_aa && c.has(nikahit)) return is_first_series ? "a" : "o";  // Korm
    if (is_last && c.vowel == sign_ii) return is_first_series ? "ey" : "y";
    if (clusters_.size() == 1 && c.vowel == sign_oo && is_first_series) return "or";  // Hor
    return (is_first_series ? first_vowels : second_vowels).at(c.vowel - sign_aa);
  }

  std::u32string_view run_;
  std::size_t at_ = 0;
  std::vector<Cluster> clusters_;
};

}  // namespace

std::string read_khmer(std::u32string_view run) { return Reader(run).text(); }

}  // namespace interdict::text
