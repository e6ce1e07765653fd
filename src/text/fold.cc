// Text of any script to plain lower-case Latin letters and digits.
//
// The alphabets that lists are full of (Cyrillic, Greek, Arabic, Hebrew, Georgian, Armenian, Hangul) go by the tables
// of scripts.inc, which follow the romanisations lists use rather than a scholarly one, Han characters by that of
// han.inc, and scripts whose letters say more or less than a sound by their own readers. What is left (Syriac,
// Thaana, Tibetan and others) goes through ICU's Any-Latin.
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <memory>

#include "model/result.h"
#include "text/han.h"
#include "text/readers.h"
#include "text/text.h"

namespace interdict::text {
namespace {

struct Letter {
  char32_t code;
  std::string_view latin;
};

constexpr Letter known_letters[] = {
#include "text/scripts.inc"
};
static_assert(std::ranges::is_sorted(known_letters, {}, &Letter::code));

/// What a letter folds to, or nothing when the table does not know it.
const Letter* find(char32_t code) {
  const auto* const at = std::ranges::lower_bound(known_letters, code, {}, &Letter::code);
  return at != std::end(known_letters) && at->code == code ? at : nullptr;
}

bool is_apostrophe(UChar32 c) {
  switch (c) {
    case '\'':
    case '`':
    case 0xb4:   // acute accent
    case 0x2b9:  // modifier letter prime
    case 0x2bb:  // turned comma
    case 0x2bc:  // modifier apostrophe
    case 0x2bd:
    case 0x2be:  // right half ring
    case 0x2bf:  // left half ring
    case 0x2c8:
    case 0x2018:
    case 0x2019:
    case 0x201b:
    case 0x2032:
    case 0x5f3:  // Hebrew geresh
    case 0xff07:
      return true;
    default:
      return false;
  }
}

const icu::Transliterator& any_latin() {
  // A transliterator is not documented to be shareable between threads.
  thread_local const std::unique_ptr<icu::Transliterator> instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> made(icu::Transliterator::createInstance(
        "Any-Latin; NFD; [:M:] Remove; Latin-ASCII; Lower", UTRANS_FORWARD, status));
    INTERDICT_ASSERT(U_SUCCESS(status));
    return made;
  }();
  return *instance;
}

icu::UnicodeString in_icu(std::u32string_view run) {
  return icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(run.data()),
                                       static_cast<std::int32_t>(run.size()));
}

/// What ICU makes of the run.
std::string plain_latin(std::u32string_view run) {
  icu::UnicodeString text = in_icu(run);
  any_latin().transliterate(text);
  std::string latin;
  text.toUTF8String(latin);
  std::erase_if(latin, [](char byte) { return (byte < 'a' || byte > 'z') && !is_digit(byte); });
  return latin;
}

/// A script that has a reader of its own.
struct ReadScript {
  char32_t first;
  char32_t last;
  std::string (*read)(std::u32string_view run);

  [[nodiscard]] constexpr bool has(char32_t c) const { return c >= first && c <= last; }
};
constexpr std::array read_scripts = std::to_array<ReadScript>({{0x900, 0xdff, read_indic},
                                                               {0xe00, 0xe7f, read_thai},
                                                               {0xe80, 0xeff, read_lao},
                                                               {0x1000, 0x109f, read_burmese},
                                                               {0x1200, 0x139f, read_ethiopic},
                                                               {0x1780, 0x17ff, read_khmer},
                                                               {0x2d80, 0x2ddf, read_ethiopic},
                                                               {0x3040, 0x30ff, read_kana}});

const ReadScript* read_script_of(char32_t c) {
  if (c < read_scripts.front().first || c > read_scripts.back().last) return nullptr;
  const auto* const at = std::ranges::find_if(read_scripts, [&](const ReadScript& s) { return s.has(c); });
  return at == read_scripts.end() ? nullptr : at;
}

bool is_mark(char32_t c) { return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0; }
bool is_letter_or_mark(char32_t c) { return u_isalpha(static_cast<UChar32>(c)) != 0 || is_mark(c); }

bool is_arabic(UChar32 c) { return c >= 0x620 && c <= 0x6d5; }
bool is_arabic_vowel(char32_t c) { return c == 0x627 || c == 0x648 || c == 0x64a; }
bool is_arabic_consonant(UChar32 c) {
  return is_arabic(c) && c != 0x648 && c != 0x64a && c != 0x6cc && c != 0x627 && c != 0x649;
}

/// Builds the folded form; the text is visited as decomposed, lower-cased code points.
class Folder {
 public:
  explicit Folder(std::u32string_view points) : points_(points) {
    // Letters that only one of the languages of a script writes tell how it reads the others.
    for (std::size_t i = 0; i < points.size(); ++i) {
      const char32_t c = points[i];
      // Acute or caron over c, s, z.
      if (i > 0 && (c == 0x301 || c == 0x30c) &&
          (points[i - 1] == U'c' || points[i - 1] == U's' || points[i - 1] == U'z')) {
        serbian_ = true;
      }
      if (c == U'ў') belarusian_ = true;
      if (c == U'і' || c == U'ї' || c == U'є' || c == U'ґ') ukrainian_ = true;
      if (c == U'ы' || c == U'э') russian_ = true;
      // Persian peh, tcheh, jeh, keheh, gaf and yeh.
      if (c == 0x67e || c == 0x686 || c == 0x698 || c == 0x6a9 || c == 0x6af || c == 0x6cc) persian_ = true;
    }
    if (russian_ && ukrainian_) belarusian_ = true;
    if (belarusian_) ukrainian_ = false;
  }

  std::string run() {
    while (at_ < points_.size()) step();
    return std::move(out_);
  }

 private:
  [[nodiscard]] char32_t peek(std::size_t ahead) const {
    return at_ + ahead < points_.size() ? points_[at_ + ahead] : U' ';
  }
  [[nodiscard]] bool at_word_start() const { return out_.empty() || space_due_; }

  void put(std::string_view latin) {
    if (latin.empty()) return;
    if (space_due_ && !out_.empty()) out_ += ' ';
    space_due_ = false;
    out_ += latin;
  }

  /// One syllable is one token: Chinese and Korean names join and split them freely.
  void put_alone(std::string_view syllable) {
    space_due_ = !out_.empty();
    put(syllable);
    space_due_ = true;
  }

  void step() {
    const char32_t c = points_[at_];
    const auto point = static_cast<UChar32>(c);
    if (c < 0x80) {
      const char byte = static_cast<char>(c);
      if ((byte >= 'a' && byte <= 'z') || is_digit(byte)) {
        put({&byte, 1});
      } else if (c != '\'' && c != '`') {
        space_due_ = true;
      }
      ++at_;
    } else if (const ReadScript* script = read_script_of(c); script != nullptr && is_letter_or_mark(c)) {
      const std::u32string_view run = take_while([&](char32_t p) { return script->has(p) && is_letter_or_mark(p); });
      put(or_itself(script->read(run), run));
    } else if (is_apostrophe(point) || (U_GET_GC_MASK(point) & (U_GC_M_MASK | U_GC_CF_MASK)) != 0) {
      ++at_;
    } else if (c >= 0xac00 && c <= 0xd7a3) {
      hangul(c);
      ++at_;
    } else if (const std::string_view latin = han_latin(c == U'々' && at_ > 0 ? points_[at_ - 1] : c); !latin.empty()) {
      put_alone(latin);
      ++at_;
    } else if (context(c)) {
    } else if (const Letter* letter = find(c)) {
      put(letter->latin);
      ++at_;
    } else if (u_isalpha(point) != 0) {
      other_script();
    } else if (const std::int32_t digit = u_charDigitValue(point); digit >= 0) {
      const char byte = static_cast<char>('0' + digit);
      put({&byte, 1});
      ++at_;
    } else {
      space_due_ = true;
      ++at_;
    }
  }

  /// Letters whose sound depends on their neighbours or on the language.
  bool context(char32_t c) {
    if (is_vowel_between(at_)) put("e");
    switch (c) {
      case U'г':
        put(ukrainian_ || belarusian_ ? "h" : "g");
        break;
      case U'и':
        put(ukrainian_ ? "y" : "i");
        break;
      case U'е':
        // After a soft sign it keeps its y: Solovyev, Pierre.
        put((belarusian_ && at_word_start()) || (at_ > 0 && points_[at_ - 1] == U'ь') ? "ye" : "e");
        break;
      case U'ο':  // Greek ου is one vowel
        if (peek(1) == U'υ') {
          put("ou");
          ++at_;
        } else {
          put("o");
        }
        break;
      case 0x111:  // Vietnamese writes it too
        put(serbian_ ? "dj" : "d");
        break;
      case 0x578:  // Armenian vo and hiwn are one vowel
        put(peek(1) == 0x582 ? "u" : "o");
        if (peek(1) == 0x582) ++at_;
        break;
      case U'α':
      case U'ε':
        put(c == U'α' ? "a" : "e");
        if (peek(1) == U'υ') {
          put("v");
          ++at_;
        }
        break;
      case U'μ':
        put(at_word_start() && peek(1) == U'π' ? "b" : "m");
        if (out_.back() == 'b') ++at_;
        break;
      case U'ν':
        put(at_word_start() && peek(1) == U'τ' ? "d" : "n");
        if (out_.back() == 'd') ++at_;
        break;
      case U'γ':
        if (peek(1) == U'γ' || peek(1) == U'κ') {
          put(at_word_start() ? "g" : "ng");
          ++at_;
        } else {
          put("g");
        }
        break;
      case 0x627:  // Arabic article, kept apart as in Latin spellings
        if ((at_word_start() || ends_with_servant()) && peek(1) == 0x644 && peek(2) == 0x644 && is_heh(peek(3))) {
          space_due_ = true;
          put("ullah");
          at_ += 3;
        } else if (at_ == 0 && points_.size() == 3 && peek(1) == 0x644 && is_heh(peek(2))) {
          put("ullah");  // as Persian has it behind a name
          at_ += 2;
        } else if ((at_word_start() || ends_with_servant()) && peek(1) == 0x644 &&
                   is_arabic(static_cast<UChar32>(peek(2))) && is_arabic(static_cast<UChar32>(peek(3)))) {
          space_due_ = true;
          put("al");
          space_due_ = true;
          ++at_;
        } else {
          put("a");
        }
        break;
      case 0x633:
      case 0x635:
        if (at_word_start() || out_.back() != 't') return false;
        put("es");  // no ts
        break;
      case 0x630:  // what Arabic tells apart Persian reads as z and s
      case 0x636:
      case 0x638:
        if (!persian_) return false;
        put("z");
        break;
      case 0x62b:
        if (!persian_) return false;
        put("s");
        break;
      case 0x62a:  // Charles, Zhang; but Tishreen
        if (!at_word_start() || peek(1) != 0x634 || !is_arabic_vowel(peek(2))) return false;
        put("ch");
        ++at_;
        break;
      case 0x63a:  // Wang, King
        if (at_ == 0 || points_[at_ - 1] != 0x646 || is_arabic(static_cast<UChar32>(peek(1)))) return false;
        put("g");
        break;
      case 0x5d2:  // a mark behind it makes another sound of a Hebrew letter: George, Jean, Smotrich
      case 0x5d6:
      case 0x5e5:
      case 0x5e6:
        if (!is_apostrophe(static_cast<UChar32>(peek(1)))) return false;
        put(c == 0x5d2 ? "j" : c == 0x5d6 ? "zh" : "ch");
        ++at_;
        break;
      case 0x5d5:  // Hebrew vav and yod are vowels but at the start
        put(at_word_start() ? "v" : "u");
        break;
      case 0x5d9:
        put(at_word_start() ? "y" : "i");
        break;
      case 0x5d4:  // two letters must not make one Latin digraph (Kahane, Taha)
      case 0x62d:
      case 0x647:
      case 0x6c1:
        put(!at_word_start() && std::string_view("tskgdzc").find(out_.back()) != std::string_view::npos ? "ah" : "h");
        break;
      case 0x648:  // waw and yeh are vowels between consonants and after the last one
        // Before the yeh of Alawi, Safawi an a is heard.
        if (peek(1) == 0x627 && at_ > 0 && points_[at_ - 1] == 0x62e && is_word_start(at_ - 1)) {
          // Khaja, Khan: not heard.
        } else if (is_consonant_waw(at_)) {
          put(persian_ ? "av" : "aw");
        } else if (!at_word_start() && !is_arabic_consonant_after_vowel()) {
          put("u");
        } else {
          put(persian_ ? "v" : "w");
        }
        break;
      case 0x64a:
      case 0x6cc:
        put(!at_word_start() && !is_arabic_consonant_after_vowel() ? "i" : "y");
        break;
      default:
        return false;
    }
    ++at_;
    return true;
  }

  /// Whether waw or yeh here stands beside an alef, or is a waw before a yeh that is no consonant itself (Alawi), so
  /// that it is a consonant.
  [[nodiscard]] bool is_arabic_consonant_after_vowel() const {
    if (is_consonant_waw(at_)) return true;
    if (at_ > 0 && is_consonant_waw(at_ - 1)) return peek(1) == 0x627;
    // Yunus, Ayyub: after a yeh that is a consonant waw is a vowel.
    if (points_[at_] == 0x648 && at_ > 0 && is_yeh(points_[at_ - 1]) &&
        (at_ == 1 || !is_arabic_consonant(static_cast<UChar32>(points_[at_ - 2]))))
      return peek(1) == 0x627;
    return peek(1) == 0x627 || (at_ > 0 && points_[at_ - 1] == 0x627) ||
           !is_arabic_consonant(at_ > 0 ? static_cast<UChar32>(points_[at_ - 1]) : ' ');
  }
  [[nodiscard]] bool is_consonant_waw(std::size_t at) const {
    const auto point = [&](std::size_t i) { return i < points_.size() ? points_[i] : U' '; };
    return point(at) == 0x648 && is_yeh(point(at + 1)) && point(at + 2) != 0x627 && at > 0 &&
           is_arabic_consonant(static_cast<UChar32>(point(at - 1)));
  }
  /// Whether a vowel is heard before the Arabic letter here that nobody writes: after the first consonant of a word, or
  /// of what follows its article; and between a letter and itself, but in the many spellings of Allah.
  [[nodiscard]] bool is_vowel_between(std::size_t at) const {
    if (at == 0 || !is_spoken(points_[at]) || !is_spoken(points_[at - 1]) || at_word_start()) return false;
    return (points_[at] == points_[at - 1] && points_[at] != 0x644) || is_word_start(at - 1) ||
           (at >= 3 && points_[at - 2] == 0x644 && points_[at - 3] == 0x627 &&
            (is_word_start(at - 3) || is_servant_before(at - 3)));
  }
  /// Whether "abd" (servant of) is the word so far.
  [[nodiscard]] bool is_servant_before(std::size_t at) const {
    return at >= 3 && points_[at - 3] == 0x639 && points_[at - 2] == 0x628 && points_[at - 1] == 0x62f &&
           is_word_start(at - 3);
  }
  [[nodiscard]] bool is_word_start(std::size_t at) const {
    return at == 0 || !is_arabic(static_cast<UChar32>(points_[at - 1]));
  }
  /// Whether it is a consonant that is heard as one: no hamza, teh marbuta or ain, no breath after another (bh), no
  /// stretched line, no digit or vowel sign.
  static bool is_spoken(char32_t c) {
    return is_arabic_consonant(static_cast<UChar32>(c)) && c >= 0x628 && c != 0x629 && c != 0x639 && c != 0x640 &&
           c != 0x6be && (c < 0x64b || c > 0x670);
  }
  static bool is_yeh(char32_t c) { return c == 0x64a || c == 0x6cc || c == 0x649; }
  static bool is_heh(char32_t c) { return c == 0x647 || c == 0x6c1; }
  /// Whether what is written of this word so far is "abd" (servant of), which many write together with what follows.
  [[nodiscard]] bool ends_with_servant() const {
    return !space_due_ && out_.ends_with("abd") && (out_.size() == 3 || out_[out_.size() - 4] == ' ');
  }

  void hangul(char32_t c) {
    static constexpr std::array<std::string_view, 19> leads = {"k",  "kk", "n", "d",  "tt", "r", "m", "b", "pp", "s",
                                                               "ss", "",   "j", "jj", "ch", "k", "t", "p", "h"};
    static constexpr std::array<std::string_view, 21> vowels = {"a",  "ae", "ya", "yae", "o",  "e",  "yo",
                                                                "ye", "o",  "wa", "wae", "oe", "yo", "u",
                                                                "wo", "we", "wi", "yu",  "u",  "ui", "i"};
    static constexpr std::array<std::string_view, 28> tails = {"",  "k",  "k", "k", "n", "n", "n", "t", "l", "k",
                                                               "m", "l",  "l", "l", "p", "l", "m", "p", "p", "t",
                                                               "t", "ng", "t", "t", "k", "t", "p", "t"};
    const char32_t index = c - 0xac00;
    std::string syllable = std::string(leads[index / 588]).append(vowels[index % 588 / 28]).append(tails[index % 28]);
    // A vowel alone is a name (이, 오, 우), where one Latin letter would be an initial.
    if (syllable == "i") syllable = "yi";
    if (syllable == "o" || syllable == "a" || syllable == "e") syllable += 'h';
    if (syllable == "u") syllable = "woo";
    put_alone(syllable);
  }

  template <typename Belongs>
  std::u32string_view take_while(const Belongs& belongs) {
    const std::size_t begin = at_;
    while (at_ < points_.size() && belongs(points_[at_])) ++at_;
    return points_.substr(begin, at_ - begin);
  }

  /// What was read of a run. What could not be read stays itself: two equal ones still agree.
  static std::string or_itself(std::string latin, std::u32string_view run) {
    if (latin.empty() && !std::ranges::all_of(run, is_mark)) in_icu(run).toUTF8String(latin);
    return latin;
  }

  /// A run of letters that nothing here covers: ICU reads it as a whole, but Han characters (those of names alone,
  /// which few fonts have) one by one.
  void other_script() {
    UErrorCode status = U_ZERO_ERROR;
    if (uscript_getScript(static_cast<UChar32>(points_[at_]), &status) == USCRIPT_HAN) {
      const std::u32string_view character = points_.substr(at_++, 1);
      put_alone(or_itself(plain_latin(character), character));
      return;
    }
    const std::u32string_view run = take_while([](char32_t c) {
      return c >= 0x80 && find(c) == nullptr && read_script_of(c) == nullptr && is_letter_or_mark(c);
    });
    put(or_itself(plain_latin(run), run));
  }

  std::u32string_view points_;
  std::size_t at_ = 0;
  std::string out_;
  bool space_due_ = false;
  bool belarusian_ = false;
  bool ukrainian_ = false;
  bool russian_ = false;
  bool serbian_ = false;  // or Croatian
  bool persian_ = false;
};

std::u32string decomposed_lower(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  // NFKD also opens ligatures and full-width and mathematical letters, but it would open Hangul syllables too.
  const auto* nfkc = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const auto* nfd = icu::Normalizer2::getNFDInstance(status);
  const icu::UnicodeString composed = nfkc->normalize(icu::UnicodeString::fromUTF8(text), status);
  INTERDICT_ASSERT(U_SUCCESS(status));
  std::u32string points;
  for (std::int32_t i = 0; i < composed.length(); i = composed.moveIndex32(i, 1)) {
    const UChar32 c = composed.char32At(i);
    icu::UnicodeString parts;
    // Hangul stays whole, and so do composed letters that are read as one (й, ї, ў, آ, が).
    if ((c >= 0xac00 && c <= 0xd7a3) || find(static_cast<char32_t>(c)) != nullptr ||
        read_script_of(static_cast<char32_t>(c)) != nullptr || nfd->getDecomposition(c, parts) == 0) {
      points += static_cast<char32_t>(c);
      continue;
    }
    for (std::int32_t k = 0; k < parts.length(); k = parts.moveIndex32(k, 1)) {
      points += static_cast<char32_t>(parts.char32At(k));
    }
  }
  return points;
}

std::string fold_ascii(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool space_due = false;
  for (const char c : text) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if ((lower >= 'a' && lower <= 'z') || is_digit(lower)) {
      if (space_due && !out.empty()) out += ' ';
      space_due = false;
      out += lower;
    } else if (c != '\'' && c != '`') {
      space_due = true;
    }
  }
  return out;
}

}  // namespace

std::string fold(std::string_view text) {
  if (is_ascii(text)) return fold_ascii(text);
  INTERDICT_ASSERT(is_valid_utf8(text));
  const std::u32string points = decomposed_lower(text);
  return Folder(points).run();
}

std::uint64_t words_signature(std::string_view text) {
  constexpr std::uint64_t start = 14695981039346656037ULL;
  std::uint64_t sum = 0;
  std::uint64_t word = start;
  // FNV-1a of each word, mixed so that the sum over words forgets their order and nothing else.
  const auto end_word = [&] {
    if (word != start) sum += (word ^ word >> 29U) * 0xBF58476D1CE4E5B9ULL;
    word = start;
  };
  const auto visit = [&](char32_t c) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain || (c >= 0x80 && u_isalnum(static_cast<UChar32>(c)) != 0)) {
      word = (word ^ c) * 1099511628211ULL;
    } else if (c < 0x80 || !is_mark(c)) {
      end_word();
    }
  };
  if (is_ascii(text)) {
    for (const char c : text) visit(static_cast<char32_t>(c >= 'A' && c <= 'Z' ? c + 32 : c));
  } else {
    for (const char32_t c : decomposed_lower(text)) visit(c);
  }
  end_word();
  return sum;
}

std::uint32_t syllable_of(std::string_view text) {
  if (text.size() != 3 && text.size() != 4) return 0;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  std::int32_t at = 0;
  UChar32 c = 0;
  U8_NEXT(bytes, at, size, c);
  if (c < 0x1100 || at != size) return 0;
  if (c >= 0xac00 && c <= 0xd7a3) return static_cast<std::uint32_t>(c);
  UErrorCode status = U_ZERO_ERROR;
  if (uscript_getScript(c, &status) != USCRIPT_HAN) return 0;
  return static_cast<std::uint32_t>(han_simplified(static_cast<char32_t>(c)));
}

std::string_view script(std::string_view text) {
  const auto is_latin = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (is_ascii(text)) return std::ranges::any_of(text, is_latin) ? "Latn" : "";
  std::array<int, USCRIPT_CODE_LIMIT> counts{};
  int best = 0;
  int winner = -1;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT(bytes, i, size, c);
    if (c < 0 || (c < 0x80 ? !is_latin(static_cast<char>(c)) : u_isalpha(c) == 0)) continue;
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode code = c < 0x80 ? USCRIPT_LATIN : uscript_getScript(c, &status);
    if (code == USCRIPT_COMMON || code == USCRIPT_INHERITED) continue;
    const int count = ++counts[static_cast<std::size_t>(code)];
    if (count > best) {
      best = count;
      winner = code;
    }
  }
  return winner < 0 ? std::string_view() : uscript_getShortName(static_cast<UScriptCode>(winner));
}

}  // namespace interdict::text
