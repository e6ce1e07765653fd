// Thai and Lao: a syllable's vowel is written before, after, above and below its consonants, or not at all.
//
// Unicode lays the Lao letters out as the Thai ones they come from, 0x80 further on: they are read as Thai letters, by
// the same grammar, with other sounds and vowels. Thai is spelt much as by the Royal Institute, but for what bearers
// of names write otherwise: p for ph, l for a last ล, ch for a last ช, orn, sri.
#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "text/readers.h"

namespace interdict::text {
namespace {

constexpr char32_t first_consonant = U'ก';
constexpr char32_t last_consonant = U'ฮ';
constexpr char32_t thanthakhat = 0x0e4c;
constexpr char32_t lao_shift = 0x80;
constexpr char32_t lao_lower_l = 0x0e3c;  // as it stands once shifted, and so the next
constexpr char32_t lao_ia = 0x0e3d;
/// Stands where silent letters stood, after which a syllable begins.
constexpr char32_t boundary = U'|';

/// How consonants sound that begin a syllable, and that end one; nothing where they end none.
struct Sound {
  std::string_view first;
  std::string_view last;
};
using Sounds = std::array<Sound, last_consonant - first_consonant + 1>;

struct Sounding {
  std::u32string_view letters;
  Sound sound;
};

// ph is written p, as more people do, and no f is heard. อ is silent.
constexpr Sounding thai_letters[] = {
    {U"ก", {"k", "k"}},       {U"ขฃคฅฆ", {"kh", "k"}}, {U"ง", {"ng", "ng"}}, {U"จ", {"ch", "t"}},  {U"ช", {"ch", "ch"}},
    {U"ฉฌ", {"ch", ""}},      {U"ซศษส", {"s", "t"}},   {U"ญ", {"y", "n"}},   {U"ฎด", {"d", "t"}},  {U"ฏต", {"t", "t"}},
    {U"ฐฑฒถทธ", {"th", "t"}}, {U"ณน", {"n", "n"}},     {U"บ", {"b", "p"}},   {U"ปพภ", {"p", "p"}}, {U"ผ", {"p", ""}},
    {U"ฝ", {"f", ""}},        {U"ฟ", {"f", "f"}},      {U"ม", {"m", "m"}},   {U"ย", {"y", "i"}},   {U"ร", {"r", "n"}},
    {U"ลฬ", {"l", "l"}},      {U"ว", {"w", "o"}},      {U"หฮ", {"h", ""}}};
constexpr Sounding lao_letters[] = {{U"ช", {"s", "th"}}, {U"ญย", {"y", "y"}},  {U"ด", {"d", "th"}},
                                    {U"ผ", {"ph", ""}},  {U"พภ", {"ph", "p"}}, {U"ว", {"v", "o"}}};

constexpr Sounds with(Sounds sounds, std::span<const Sounding> changes) {
  for (const auto& [letters, sound] : changes) {
    for (const char32_t letter : letters) sounds.at(letter - first_consonant) = sound;
  }
  return sounds;
}
constexpr Sounds thai_sounds = with({}, thai_letters);
constexpr Sounds lao_sounds = with(thai_sounds, lao_letters);

/// Whether a consonant ends a syllable of this vowel: none, where the spelling allows it, or always.
enum class Ending : std::uint8_t { none, any, due };
using enum Ending;

/// The sign before the consonants, or 0, and the signs after them. The first that fits counts.
struct Vowel {
  char32_t before;
  std::u32string_view after;
  std::string_view latin;
  Ending ending;
};

constexpr Vowel thai_vowels[] = {
    {U'เ', U"ีย", "ia", any}, {U'เ', U"ือ", "ua", any},  {U'เ', U"าะ", "o", none},  {U'เ', U"า", "ao", none},
    {U'เ', U"ิ", "er", any},  {U'เ', U"อ", "oe", any},  {U'เ', U"ย", "oei", none}, {U'เ', U"็", "e", due},
    {U'เ', U"ะ", "e", none}, {U'เ', U"", "e", any},    {U'แ', U"็", "ae", due},    {U'แ', U"ะ", "ae", none},
    {U'แ', U"", "ae", any},  {U'โ', U"ะ", "o", none},  {U'โ', U"", "o", any},     {U'ไ', U"ย", "ai", none},
    {U'ไ', U"", "ai", none}, {U'ใ', U"ย", "ai", none}, {U'ใ', U"", "ai", none},   {0, U"ะ", "a", none},
    {0, U"ัว", "ua", none},   {0, U"ั", "a", due},       {0, U"ํา", "am", none},     {0, U"ํ", "am", none},
    {0, U"า", "a", any},     {0, U"ิ", "i", any},       {0, U"ี", "i", any},        {0, U"ึ", "ue", any},
    {0, U"ือ", "ue", none},   {0, U"ื", "ue", any},      {0, U"ุ", "u", any},        {0, U"ู", "u", any},
    {0, U"็อ", "o", due},     {0, U"็", "o", any},       {0, U"อ", "o", any},       {0, U"รร", "a", due},
    {0, U"ว", "ua", any},    {0, U"", "a", none}};
constexpr Vowel lao_vowels[] = {
    {U'เ', U"ือ", "eua", any},  {U'เ', U"ัญ", "ia", none}, {U'เ', U"ญ", "ia", none},     {U'เ', U"\u0e3bา", "ao", none},
    {U'เ', U"าะ", "o", none},  {U'เ', U"ิ", "oe", any},   {U'เ', U"ี", "oe", any},       {U'เ', U"ั", "e", due},
    {U'เ', U"ะ", "e", none},   {U'เ', U"", "e", any},    {U'แ', U"ั", "e", due},        {U'แ', U"ะ", "e", none},
    {U'แ', U"", "e", any},     {U'โ', U"ะ", "o", none},  {U'โ', U"ั", "o", due},        {U'โ', U"", "o", any},
    {U'ไ', U"", "ay", none},   {U'ใ', U"", "ay", none},  {0, U"ะ", "a", none},         {0, U"ัว", "oua", none},
    {0, U"ัอ", "o", due},       {0, U"ั", "a", due},       {0, U"\u0e3bว", "oua", none}, {0, U"\u0e3b", "o", due},
    {0, U"\u0e3d", "ie", any}, {0, U"ํา", "am", none},    {0, U"ํ", "o", any},           {0, U"า", "a", any},
    {0, U"ิ", "i", any},        {0, U"ี", "i", any},       {0, U"ึ", "ue", any},          {0, U"ือ", "ue", none},
    {0, U"ื", "ue", any},       {0, U"ุ", "ou", any},      {0, U"ู", "ou", any},          {0, U"อ", "o", any},
    {0, U"ว", "oua", any},     {0, U"", "a", none}};

/// Parts of names that are not said as they are spelt.
struct Element {
  std::u32string_view letters;
  std::string_view latin;
};

constexpr auto thai_elements = std::to_array<Element>(
    {{U"เกษตร", "kaset"}, {U"เกษม", "kasem"},  {U"เกียร|", "kiat"}, {U"เกียรติ", "kiat"}, {U"เจริญ", "charoen"},
     {U"เพชร", "pet"},    {U"เสริฐ", "sert"},   {U"เสริม", "serm"},  {U"จริง", "ching"},  {U"ทรง", "song"},
     {U"ทรัพ", "sap"},     {U"ทราย", "sai"},    {U"นคร", "nakhon"}, {U"นารถ", "nart"},  {U"บริ", "bori"},
     {U"บวร", "boworn"},  {U"พชร", "pachara"}, {U"พรหม", "prom"},  {U"มารถ", "mart"},  {U"สมุทร", "samut"},
     {U"สรง", "song"},    {U"สราง", "sang"},   {U"สรอย", "soi"},   {U"สห", "saha"},    {U"อยู", "yu"}});

struct Script {
  const Sounds& sounds;
  std::span<const Vowel> vowels;
  std::span<const Element> elements;
};
constexpr Script thai = {.sounds = thai_sounds, .vowels = thai_vowels, .elements = thai_elements};
constexpr Script lao = {.sounds = lao_sounds, .vowels = lao_vowels, .elements = {}};

constexpr bool is_consonant(char32_t letter) { return letter >= first_consonant && letter <= last_consonant; }
constexpr bool is_vowel_before(char32_t letter) { return letter >= U'เ' && letter <= U'ไ'; }
constexpr bool is_vowel_sign(char32_t letter) {
  return (letter >= U'ะ' && letter <= lao_ia && letter != 0x0e3a) || letter == U'็' || letter == 0x0e4d;
}

bool is_pair_of(std::u32string_view pairs, char32_t left, char32_t right) {
  const std::array pair{left, right};
  return pairs.find(std::u32string_view(pair.data(), pair.size())) != std::u32string_view::npos;
}

/// Two consonants that begin one syllable; ห then only gives a tone.
constexpr std::u32string_view clusters =
    U"กร กล กว ขร ขล ขว คร คล คว ตร ทร บร บล ปร ปล พร พล ฟร ฟล ศร หง หญ หน หม หย หร หล หว";
/// Of two consonants in the middle of a word, the first ends a syllable and the second begins one.
constexpr std::u32string_view parted = U"ตต ตถ ตร ทธ ทย ณณ นต นท นธ ณฑ มพ มภ ลป ชร ชญ ษฐ กข";
/// Endings of which thanthakhat on the second consonant silences both, if there is another consonant before.
constexpr std::u32string_view silent_pairs = U"ฎร ดร ตร ทน ทร ธร วร ษณ";
/// Of two consonants without a vowel, the first has an a: Thanawat, Pakawat.
constexpr std::u32string_view with_a = U"ธน นภ ภค คณ";

/// Consonants with which a syllable ends that has no written vowel, in the middle of a word.
constexpr std::u32string_view ends_well = U"กคงดตทนณญบปพภมรล";

/// Takes the consonant that a thanthakhat stands on, with what falls silent with it, off the end.
void silence(std::u32string& letters) {
  const bool has_vowel = !letters.empty() && is_one_of(letters.back(), U"ิุ");
  if (has_vowel) letters.pop_back();
  if (letters.empty() || !is_consonant(letters.back())) return;
  const char32_t silent = letters.back();
  letters.pop_back();
  const char32_t before = letters.empty() ? 0 : letters.back();
  const char32_t second_before = letters.size() < 2 ? 0 : letters[letters.size() - 2];
  if (has_vowel && is_vowel_sign(before)) {  // Sirikit: only the vowel is silent
    letters += silent;
    letters += boundary;
    return;
  }
  // In foreign names it is heard abroad, and the spelling keeps it: Martin, Film. Not so in native Thira, Wira.
  const bool after_vowel = is_vowel_sign(before) || before == U'อ' || is_vowel_before(second_before);
  if ((silent == U'ร' || silent == U'ล') && before != U'ี' && after_vowel) {
    letters += silent == U'ร' ? U'r' : U'l';
    return;
  }
  if (is_pair_of(silent_pairs, before, silent) && is_consonant(second_before)) letters.pop_back();
  letters += boundary;
}

/// The run as Thai letters: without tones and signs that are not read, silent letters taken out, ฤ as ร with a vowel.
std::u32string spelt_out(std::u32string_view run, char32_t shift) {
  std::u32string letters;
  letters.reserve(run.size() + 1);
  for (std::size_t i = 0; i < run.size(); ++i) {
    if (run[i] < shift) continue;
    const char32_t letter = run[i] - shift;
    if (letter == U'ฤ' || letter == U'ฦ') {
      const bool before_th = i + 1 < run.size() && run[i + 1] - shift == U'ท';
      const bool as_i = letters.empty() ? before_th : is_one_of(letters.back(), U"กตทปศส");
      letters += letter == U'ฤ' ? U'ร' : U'ล';
      letters += as_i ? U'ิ' : U'ึ';
    } else if (letter == thanthakhat) {
      silence(letters);
    } else if (letter == lao_lower_l) {
      letters += U'ล';
    } else if (is_consonant(letter) || is_vowel_before(letter) || is_vowel_sign(letter)) {
      letters += letter;
    }
  }
  return letters;
}

/// Whether the vowel is one of these signs and no more.
bool is_written(const Vowel& vowel, std::u32string_view signs) {
  return vowel.before == 0 && vowel.after.size() == 1 && is_one_of(vowel.after[0], signs);
}

class Reader {
 public:
  Reader(const Script& script, std::u32string letters) : script_(script), letters_(std::move(letters)) { count_bare(); }

  std::string read() {
    while (at_ < letters_.size()) {
      const char32_t next = letters_[at_];
      if (take_element()) continue;
      if (is_vowel_before(next)) {
        take_after_sign();
      } else if (!is_consonant(next)) {
        if (next == U'r' || next == U'l') latin_ += static_cast<char>(next);
        ++at_;
      } else if (bare(at_) > 0) {
        take_bare();
      } else {
        take_onset(vowel_at(0, at_ + 1).after.empty());
        take_rhyme(vowel_at(0, at_));
      }
    }
    return std::move(latin_);
  }

 private:
  [[nodiscard]] char32_t letter(std::size_t at) const { return letter_at(letters_, at); }
  /// How many consonants without a written vowel stand from here on.
  [[nodiscard]] std::size_t bare(std::size_t at) const { return at < bare_.size() ? bare_[at] : 0; }
  [[nodiscard]] bool is_end(std::size_t at) const { return letter(at) == 0 || letter(at) == boundary; }
  [[nodiscard]] const Sound& sound(std::size_t at) const {
    return script_.sounds.at(letters_.at(at) - first_consonant);
  }

  /// From the right, for what a consonant is depends on what follows it.
  void count_bare() {
    bare_.assign(letters_.size() + 1, 0);
    for (std::size_t at = letters_.size(); at-- > 0;) {
      if (is_consonant(letters_[at]) && !has_vowel(at)) bare_[at] = bare_[at + 1] + 1;
    }
  }

  [[nodiscard]] bool has_vowel(std::size_t at) const {
    if (!vowel_at(0, at + 1).after.empty()) return true;
    return is_cluster(at) && bare(at + 1) == 0;
  }

  [[nodiscard]] bool is_cluster(std::size_t at) const {
    if (!is_pair_of(clusters, letter(at), letter(at + 1))) return false;
    if (letter(at + 1) != U'ว' || letter(at) == U'ห') return true;
    // Sukwat: after a written vowel the first of them ends its syllable. Kawin.
    return !is_one_of(letter(at + 2), U"ิี") && (at == 0 || !is_vowel_sign(letter(at - 1)));
  }

  /// Whether the consonants after the vowel sign `before` are a cluster.
  [[nodiscard]] bool begins_together(char32_t before, std::size_t at) const {
    if (!is_cluster(at)) return false;
    const std::size_t left = bare(at + 1);
    if (left == 0) return !vowel_at(before, at + 2).after.empty();
    if (letter(at) != U'ห' && letter(at + 1) == U'ว') return left == 2 && is_end(at + 3);  // khwaeng, not kaeota
    if (left > 1 || before == U'แ' || vowel_at(before, at + 2).ending == none) return true;
    return letter(at) != U'ห' && !is_end(at + 2);
  }

  /// Whether a vowel written around two consonants belongs to the second: chalerm, sawaeng.
  [[nodiscard]] bool begins_apart(char32_t before, std::size_t at) const {
    if (!is_one_of(letter(at), U"ฉสผถ") || !is_consonant(letter(at + 1)) || before == U'ไ') return false;
    const Vowel& vowel = vowel_at(before, at + 2);
    if (!vowel.after.empty()) return vowel.after[0] != U'า';
    return is_one_of(letter(at + 1), U"งนมลว") && bare(at + 1) == 2;
  }

  /// ว between consonants is ua (suan), unless it begins a syllable: nawapol, thanawong, thaworn.
  [[nodiscard]] bool is_w_a_vowel(std::size_t at) const {
    const char32_t last = letter(at + 1);
    const std::size_t left = bare(at + 1);
    if (left == 0 || is_one_of(last, U"รวอ")) return false;
    if (last != U'ง') return left % 2 == 1;
    return letter(at + 2) != boundary && (left == 1 || !is_one_of(letter(at + 2), U"ศษ"));
  }

  [[nodiscard]] bool fits(const Vowel& vowel, std::size_t at) const {
    const std::u32string_view signs = vowel.after;
    if (at > letters_.size() || !std::u32string_view(letters_).substr(at).starts_with(signs)) return false;
    if (vowel.before == 0 && signs == U"ว") return is_w_a_vowel(at);
    // A consonant that has a vowel of its own is not part of this one.
    return signs.empty() || !is_consonant(signs.back()) || bare(at + signs.size() - 1) > 0;
  }

  /// The last vowel of each table fits anywhere.
  [[nodiscard]] const Vowel& vowel_at(char32_t before, std::size_t at) const {
    const auto fitting = [&](const Vowel& vowel) { return vowel.before == before && fits(vowel, at); };
    const auto found = std::ranges::find_if(script_.vowels, fitting);
    return found == script_.vowels.end() ? script_.vowels.back() : *found;
  }

  /// A vowel that Pali wrote at the end of a word is not said: chat(i), het(u), pum(i), wut(thi).
  [[nodiscard]] bool has_silent_vowel(const Vowel& vowel) const {
    const bool is_short = is_written(vowel, U"ิุ") && letter(at_) != U'ฒ';
    return vowel.ending != none && !is_short && at_ + 2 == letters_.size() && is_one_of(letter(at_), U"ฒตม") &&
           is_one_of(letter(at_ + 1), U"ิุ");
  }

  /// Whether the consonant that comes next ends the syllable of this vowel, which has just been taken.
  [[nodiscard]] bool is_last_of(const Vowel& vowel) const {
    const std::size_t left = bare(at_);
    if (left == 0 || vowel.ending == none || sound(at_).last.empty()) return false;
    const char32_t last = letter(at_);
    const char32_t next = letter(at_ + 1);
    const bool at_end = is_end(at_ + left);
    if (left > 1 || !at_end) {
      // Surachai, Supachai, Wasana, Piyabut: an a follows.
      if (last == U'ร' && is_written(vowel, U"ิีุู")) return false;
      if (last == U'ภ' && is_written(vowel, U"ุ")) return false;
      if (is_one_of(last, U"สศษช") && is_one_of(next, left == 1 ? U"นณยดฎตมรว" : U"รว")) return false;
    }
    if (last == U'ย' && is_written(vowel, U"ิี")) return false;
    if (vowel.ending == due || is_one_of(last, U"งญยว")) return true;
    if (is_pair_of(parted, last, next)) return true;
    if (next == U'ง' && left > 1) return false;
    return left % 2 == 1 || (left == 2 && !at_end && !is_one_of(next, ends_well));
  }

  /// Rat-ta-na, wit-tha-ya: one t ends a syllable and begins the next.
  [[nodiscard]] bool is_said_twice(const Vowel& vowel) const {
    if (!is_written(vowel, U"ัิุ") || is_end(at_ + 1) || is_end(at_ + 2)) return false;
    return letter(at_) == U'ฐ' || (is_one_of(letter(at_), U"ตทธฒ") && is_one_of(letter(at_ + 1), U"นมย"));
  }

  /// Whether the first of some consonants without a vowel is a syllable with a of its own, and not one with o and the
  /// second consonant: kamon, thanawat; somchai.
  [[nodiscard]] bool stands_alone() const {
    const std::size_t left = bare(at_);
    if (left == 1) return true;
    const char32_t first = letter(at_);
    const char32_t second = letter(at_ + 1);
    const bool at_end = is_end(at_ + left);
    if (sound(at_ + 1).last.empty()) return true;
    if (left == 2 && at_end) return is_one_of(second, U"ยว");
    if (second == U'ง') return false;
    if (left % 2 == 1) {
      if (first == U'พ' && is_one_of(second, U"รล")) return false;
      return is_one_of(letter(at_ + 2), ends_well) || (left == 3 && at_end);
    }
    if (second == U'ร') return !is_one_of(first, U"กขคจดธพศ");
    return is_pair_of(with_a, first, second) || !is_one_of(second, ends_well);
  }

  bool take_element() {
    for (const auto& [letters, latin] : script_.elements) {
      if (std::u32string_view(letters_).substr(at_).starts_with(letters) &&
          !is_vowel_sign(letter(at_ + letters.size()))) {
        latin_ += latin;
        at_ += letters.size();
        closed_ = true;
        return true;
      }
    }
    return false;
  }

  void take_onset(bool cluster) {
    if (!cluster || letters_[at_] != U'ห') latin_ += sound(at_).first;
    ++at_;
    if (cluster) latin_ += sound(at_++).first;
  }

  /// The vowel, and the consonant that ends the syllable if one does.
  void take_rhyme(const Vowel& vowel) {
    latin_ += vowel.latin;
    at_ += vowel.after.size();
    closed_ = true;
    if (has_silent_vowel(vowel)) {
      latin_ += sound(at_).last;
      at_ = letters_.size();
    } else if (is_last_of(vowel)) {
      latin_ += letter(at_) == U'ว' && vowel.latin == "ae" ? "w" : sound(at_).last;  // Kaew
      if (is_said_twice(vowel)) latin_ += "ta";
      ++at_;
    } else {
      closed_ = false;
      if (vowel.after == U"รร") latin_ += 'n';
    }
  }

  void take_after_sign() {
    const char32_t before = letters_[at_++];
    if (!is_consonant(letter(at_))) return;
    const bool cluster = begins_together(before, at_);
    if (!cluster && begins_apart(before, at_)) {
      take_onset(false);
      latin_ += 'a';
    }
    take_onset(cluster);
    take_rhyme(vowel_at(before, at_));
  }

  void take_bare() {
    // Krom, trong: a cluster, as far as one can tell.
    const bool cluster = bare(at_) % 2 == 1 && bare(at_) > 1 && letter(at_) != U'พ' && is_cluster(at_) &&
                         is_one_of(letter(at_ + 2), U"งมบ");
    if (!cluster && stands_alone()) {
      take_lone();
      return;
    }
    take_onset(cluster);
    latin_ += letter(at_) == U'ร' ? "or" : "o";
    latin_ += sound(at_++).last;
    closed_ = true;
  }

  void take_lone() {
    const bool at_end = is_end(at_ + 1);
    const bool after_silent = at_ > 0 && is_one_of(letters_[at_ - 1], U"|rl");
    if (at_end && closed_ && !after_silent) {  // but(r), put(tha)
      ++at_;
      return;
    }
    take_onset(false);
    closed_ = false;
    if (at_end && after_silent) return;
    latin_ += letter(at_) == U'ร' && is_one_of(letters_[at_ - 1], U"ธบมวอ") ? 'o' : 'a';
  }

  const Script& script_;
  std::u32string letters_;
  std::vector<std::size_t> bare_;
  std::size_t at_ = 0;
  bool closed_ = false;  // the syllable before ended in a consonant
  std::string latin_;
};

}  // namespace

std::string read_thai(std::u32string_view run) { return Reader(thai, spelt_out(run, 0)).read(); }

std::string read_lao(std::u32string_view run) { return Reader(lao, spelt_out(run, lao_shift)).read(); }

}  // namespace interdict::text
