// Burmese: a syllable is a letter with the signs that stand on it and, where it is closed, another with a killer.
//
// Spelling is that of names in the press, which writes what is heard (စ with a killer is t, မ is n) and no tone, with
// three exceptions: a creaky n is nt (Myint, Nyunt), and a high o and u are oe and oo (Soe, Htoo).
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "text/readers.h"

namespace interdict::text {
namespace {

constexpr char32_t sign_tall_a = 0x102b;
constexpr char32_t sign_a = 0x102c;
constexpr char32_t sign_i = 0x102d;
constexpr char32_t sign_ii = 0x102e;
constexpr char32_t sign_e = 0x1031;
constexpr char32_t sign_ai = 0x1032;
constexpr char32_t anusvara = 0x1036;
constexpr char32_t dot_below = 0x1037;  // creaky tone
constexpr char32_t visarga = 0x1038;    // high tone
constexpr char32_t virama = 0x1039;     // the next letter stands below
constexpr char32_t asat = 0x103a;       // the killer
constexpr char32_t medial_ya = 0x103b;
constexpr char32_t medial_ra = 0x103c;
constexpr char32_t medial_wa = 0x103d;
constexpr char32_t medial_ha = 0x103e;
constexpr char32_t silent = U'အ';
constexpr char32_t great_sa = U'ဿ';

enum class Vowel : std::uint8_t { unwritten, a, i, u, e, ai, aw, o };
/// How a letter with a killer changes the vowel before it; some only stand there as they did in Pali or English.
enum class Final : std::uint8_t { none, k, ng, s, ny, n, m, t, y };

struct Letter {
  std::string_view latin;
  Final final;
};

constexpr char32_t first_consonant = U'က';
constexpr std::array<Letter, 34> consonants = {
    {{"k", Final::k},   {"kh", Final::k},   {"g", Final::k},    {"g", Final::k},    {"ng", Final::ng},
     {"s", Final::s},   {"s", Final::s},    {"z", Final::s},    {"z", Final::s},    {"ny", Final::ng},
     {"ny", Final::ny}, {"t", Final::t},    {"ht", Final::t},   {"d", Final::t},    {"d", Final::t},
     {"n", Final::n},   {"t", Final::t},    {"ht", Final::t},   {"d", Final::t},    {"d", Final::t},
     {"n", Final::n},   {"p", Final::t},    {"ph", Final::t},   {"b", Final::t},    {"b", Final::t},
     {"m", Final::n},   {"y", Final::y},    {"y", Final::none}, {"l", Final::none}, {"w", Final::none},
     {"th", Final::t},  {"h", Final::none}, {"l", Final::none}, {"", Final::none}}};

constexpr char32_t first_independent = U'ဣ';
constexpr std::array independent_vowels = {Vowel::i, Vowel::i, Vowel::u,  Vowel::u,
                                           Vowel::e, Vowel::e, Vowel::aw, Vowel::aw};

/// By vowel and final. Some stand only in words from English, as "aut" and "ang".
constexpr std::array<std::array<std::string_view, 9>, 8> rhymes = {{
    {"a", "et", "in", "it", "i", "an", "am", "at", "e"},
    {"a", "ak", "ang", "at", "i", "an", "am", "at", "ai"},
    {"i", "eik", "ein", "eik", "i", "ein", "eim", "eik", "i"},
    {"u", "ok", "ong", "ok", "u", "on", "um", "ok", "u"},
    {"ay", "ek", "eng", "et", "ay", "en", "em", "et", "ay"},
    {"e", "et", "eng", "et", "e", "en", "em", "et", "e"},
    {"aw", "auk", "aung", "aut", "aw", "on", "om", "ot", "aw"},
    {"o", "aik", "aing", "aik", "o", "on", "om", "ot", "o"},
}};

/// Places and firms whose spelling is fixed, and words from English.
struct Word {
  std::u32string_view burmese;
  std::string_view latin;
};
constexpr std::array<Word, 11> words = {{{U"မြန်မာ", "myanmar"},
                                         {U"မြဝတီ", "myawaddy"},
                                         {U"ဧရာဝတီ", "ayeyarwady"},
                                         {U"ရန်ကုန်", "yangon"},
                                         {U"မန္တလေး", "mandalay"},
                                         {U"နေပြည်တော်", "naypyidaw"},
                                         {U"ရခိုင်", "rakhine"},
                                         {U"ကမ္ဘောဇ", "kanbawza"},
                                         {U"ဘဏ်", "bank"},
                                         {U"ကုမ္ပဏီ", "company"},
                                         {U"လီမိတက်", "limited"}}};

/// Syllables of Pali words, where y and t between vowels are r and d (Thura, Thiri, Thida). So is y in raza, king.
constexpr std::array<std::u32string_view, 6> soft_syllables = {U"ရ", U"ရိ", U"တ", U"တာ", U"တိ", U"တီ"};

struct Syllable {
  char32_t letter = silent;
  Vowel vowel = Vowel::unwritten;
  Final final = Final::none;
  std::u32string_view text;
  bool is_soft = false;

  [[nodiscard]] bool has(char32_t sign) const { return text.find(sign) != std::u32string_view::npos; }
  [[nodiscard]] bool is_palatal() const { return has(medial_ya) || has(medial_ra); }
};

constexpr bool is_consonant(char32_t c) { return c >= first_consonant && c < first_consonant + consonants.size(); }
constexpr const Letter& consonant(char32_t c) { return consonants.at(c - first_consonant); }
constexpr bool is_independent(char32_t c) {
  return c >= first_independent && c < first_independent + independent_vowels.size();
}
constexpr bool is_vowel_sign(char32_t c) { return c >= sign_tall_a && c <= sign_ai; }
constexpr bool is_sign(char32_t c) { return c >= sign_tall_a && c <= medial_ha && c != virama; }

/// A vowel or medial sign that has lost its letter is read as if on a silent one.
constexpr bool opens_syllable(char32_t c) {
  return is_consonant(c) || is_independent(c) || c == great_sa || is_vowel_sign(c) ||
         (c >= medial_ya && c <= medial_ha);
}

/// Some vowels are written with two signs: aw is e and a, o is i and u. (A u with ii is ဦ in two code points.)
constexpr Vowel with_sign(Vowel vowel, char32_t sign) {
  switch (sign) {
    case sign_tall_a:
    case sign_a:
      return vowel == Vowel::e ? Vowel::aw : Vowel::a;
    case sign_i:
      return vowel == Vowel::u ? Vowel::o : Vowel::i;
    case sign_ii:
      return vowel == Vowel::u ? Vowel::u : Vowel::i;
    case sign_e:
      return Vowel::e;
    case sign_ai:
      return Vowel::ai;
    default:
      return vowel == Vowel::i ? Vowel::o : Vowel::u;
  }
}

std::string onset_of(const Syllable& s) {
  if (s.is_soft) return s.letter == U'တ' ? "d" : "r";
  const bool is_breathed = s.has(medial_ha);
  if (is_breathed && (s.letter == U'ရ' || s.letter == U'ယ')) return "sh";
  if (is_breathed && s.is_palatal() && (s.letter == U'လ' || s.letter == U'သ')) return "sh";
  if (s.is_palatal() && s.letter == U'ခ') return "ch";
  std::string latin = is_breathed ? "h" : "";
  latin += s.is_palatal() && s.letter == U'င' ? "n" : consonant(s.letter).latin;       // Nyein
  if (s.has(medial_ra) && (s.letter == U'တ' || s.letter == U'ဒ')) return latin + 'r';  // Pali
  if (s.is_palatal() && !latin.ends_with('y')) latin += 'y';
  return latin;
}

std::string_view open_rhyme_of(const Syllable& s) {
  if (s.has(visarga) && s.vowel == Vowel::u) return "oo";
  if (s.has(visarga) && s.vowel == Vowel::o && !s.is_palatal()) return "oe";  // Soe, but Myo
  if (s.vowel == Vowel::e && s.has(medial_wa)) return "e";                    // Shwe
  if (s.vowel == Vowel::e && s.letter == silent) return "aye";
  return rhymes.at(static_cast<std::size_t>(s.vowel)).front();
}

std::string rhyme_of(const Syllable& s) {
  const bool has_w = s.has(medial_wa);
  if ((has_w || s.letter == U'ဝ') && s.vowel == Vowel::unwritten) {
    if (s.final == Final::n) return s.letter == U'မ' ? "on" : "un";
    if (s.final == Final::t) return "ut";
  }
  std::string latin = has_w ? "w" : "";
  if (s.final == Final::none) return latin.append(open_rhyme_of(s));
  if (s.final == Final::ny && s.letter == U'လ') return latin + 'e';
  return latin.append(rhymes.at(static_cast<std::size_t>(s.vowel)).at(static_cast<std::size_t>(s.final)));
}

class Reader {
 public:
  explicit Reader(std::u32string_view run) : run_(run) {}

  std::string text() {
    while (at_ < run_.size()) {
      if (const auto* word = find_word(); word != words.end()) {
        at_ += word->burmese.size();
        put(word->latin);
        softens_ = false;
      } else if (is_closing()) {
        out_ += consonant(close().letter).latin;  // one more after a closed syllable: a word from English
      } else if (opens_syllable(peek())) {
        put_syllable(read_syllable());
      } else {
        ++at_;
      }
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] char32_t peek(std::size_t ahead = 0) const { return letter_at(run_, at_ + ahead); }

  [[nodiscard]] const Word* find_word() const {
    return std::ranges::find_if(words, [&](const Word& word) {
      return run_.substr(at_).starts_with(word.burmese) && !is_sign(peek(word.burmese.size()));
    });
  }

  /// Whether a letter stands here with a killer or with another letter below it, which closes the syllable before.
  [[nodiscard]] bool is_closing() const {
    const char32_t next = peek(1) == dot_below ? peek(2) : peek(1);
    return (next == asat || next == virama) && (is_consonant(peek()) || peek() == U'ဥ');
  }

  struct Closing {
    char32_t letter;
    bool is_stacked;
  };
  Closing close() {
    Closing closing{.letter = peek() == U'ဥ' ? U'ဉ' : peek(), .is_stacked = false};  // the two look the same
    for (++at_; peek() == asat || peek() == virama || peek() == dot_below || peek() == visarga; ++at_) {
      closing.is_stacked |= peek() == virama;
    }
    return closing;
  }

  void read_letter(Syllable& s) {
    const char32_t c = peek();
    if (is_consonant(c)) {
      s.letter = c;
    } else if (c == great_sa) {
      s.letter = U'သ';
    } else if (c == U'ဥ' && (peek(1) == sign_a || peek(1) == sign_tall_a)) {
      s.letter = U'ဉ';
    } else if (is_independent(c)) {
      s.vowel = independent_vowels.at(c - first_independent);
    } else {
      return;
    }
    ++at_;
  }

  Syllable read_syllable() {
    const std::size_t start = at_;
    Syllable s;
    read_letter(s);
    for (; is_sign(peek()); ++at_) {
      if (is_vowel_sign(peek())) s.vowel = with_sign(s.vowel, peek());
      if (peek() == anusvara) s.final = Final::n;
    }
    bool softens_next = s.final == Final::none;
    if (is_closing()) {
      const auto [letter, is_stacked] = close();
      s.final = is_stacked && letter == U'မ' ? Final::m : consonant(letter).final;  // Pali words keep their m
      softens_next = is_stacked && letter == U'န';
    } else if (peek() == great_sa) {
      s.final = Final::t;
    }
    s.text = run_.substr(start, at_ - start);
    s.is_soft = (softens_ && std::ranges::find(soft_syllables, s.text) != soft_syllables.end()) ||
                (s.text == U"ရာ" && peek() == U'ဇ');
    softens_ = softens_next;
    return s;
  }

  void put_syllable(const Syllable& s) {
    std::string latin = onset_of(s) + rhyme_of(s);
    if (s.has(dot_below) && latin.ends_with('n')) latin += 't';
    if (latin == "oo" && out_.empty() && at_ < run_.size()) latin = "u";  // the title before a name
    put(latin);
  }

  void put(std::string_view syllable) {
    if (!out_.empty()) out_ += ' ';
    out_ += syllable;
  }

  std::u32string_view run_;
  std::size_t at_ = 0;
  std::string out_;
  bool softens_ = false;  // whether the syllable before ends in a vowel, or in n with a letter below it
};

}  // namespace

std::string read_burmese(std::u32string_view run) { return Reader(run).text(); }

}  // namespace interdict::text
