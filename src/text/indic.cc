// The scripts of India and Sri Lanka: a consonant carries an a unless a sign gives it another vowel or none.
//
// Unicode lays nine of them out alike, each in a block of 128 after ISCII (IS 13194:1991), so that one table serves;
// Sinhala has its own. Spelling follows what people write on passports: no length, ch for c, sh for both sibilants.
#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <vector>

#include "text/readers.h"

namespace interdict::text {
namespace {

enum class Script : std::uint8_t {
  devanagari,
  bengali,
  gurmukhi,
  gujarati,
  oriya,
  tamil,
  telugu,
  kannada,
  malayalam,
  sinhala
};
constexpr char32_t first_block = 0x900;
constexpr std::size_t block_size = 0x80;
constexpr std::size_t script_count = 10;

enum class Use : std::uint8_t { nothing, consonant, final_consonant, vowel, vowel_sign, virama, nukta, nasal };

struct Letter {
  Use use = Use::nothing;
  std::string_view latin;
};
using Block = std::array<Letter, block_size>;

constexpr void lay(Block& block, Use use, std::size_t from, std::initializer_list<std::string_view> latin) {
  for (const std::string_view letter : latin) block.at(from++) = {use, letter};
}

constexpr Block common = [] {
  Block block;
  lay(block, Use::nasal, 0x01, {"n", "n"});
  lay(block, Use::vowel, 0x05, {"a", "a", "i", "i", "u", "u", "ri", "li", "e", "e", "e", "ai", "o", "o", "o", "au"});
  lay(block, Use::consonant, 0x15,
      {"k", "kh", "g", "gh", "ng", "ch", "chh", "j", "jh", "ny", "t", "th", "d",  "dh", "n",  "t",  "th", "d", "dh",
       "n", "n",  "p", "ph", "b",  "bh", "m",   "y", "r",  "r",  "l", "l",  "zh", "v",  "sh", "sh", "s",  "h"});
  lay(block, Use::nukta, 0x3c, {""});
  lay(block, Use::vowel_sign, 0x3e, {"a", "i", "i", "u", "u", "ri", "ri", "e", "e", "e", "ai", "o", "o", "o", "au"});
  lay(block, Use::virama, 0x4d, {""});
  lay(block, Use::vowel, 0x60, {"ri", "li"});
  lay(block, Use::vowel_sign, 0x62, {"li", "li"});
  return block;
}();

constexpr Block sinhala_letters = [] {
  Block block;
  lay(block, Use::nasal, 0x02, {"n"});
  lay(block, Use::vowel, 0x05, {"a", "a", "a", "a", "i", "i", "u", "u", "ru", "ru", "li", "li"});
  lay(block, Use::vowel, 0x11, {"e", "e", "ai", "o", "o", "au"});
  lay(block, Use::consonant, 0x1a, {"k",  "kh", "g",  "gh", "ng", "ng", "ch", "chh", "j",  "jh", "ny", "gn",
                                    "nj", "t",  "th", "d",  "dh", "n",  "nd", "t",   "th", "d",  "dh", "n"});
  lay(block, Use::consonant, 0x33, {"nd", "p", "ph", "b", "bh", "m", "mb", "y", "r"});
  lay(block, Use::consonant, 0x3d, {"l"});
  lay(block, Use::consonant, 0x40, {"w", "sh", "sh", "s", "h", "l", "f"});
  lay(block, Use::virama, 0x4a, {""});
  lay(block, Use::vowel_sign, 0x4f, {"a", "a", "a", "i", "i", "u", "", "u", "", "ru", "e", "e", "ai", "o", "o", "au"});
  return block;
}();

/// Where the a that a consonant carries is not spoken at the end of a word.
constexpr bool is_northern(Script script) { return script < Script::tamil; }
constexpr bool is_southern(Script script) {
  return script == Script::tamil || script == Script::telugu || script == Script::kannada ||
         script == Script::malayalam;
}

constexpr std::array<Block, script_count> blocks = [] {
  std::array<Block, script_count> all;
  all.fill(common);
  const auto of = [&](Script script) -> Block& { return all.at(static_cast<std::size_t>(script)); };
  of(Script::sinhala) = sinhala_letters;
  lay(of(Script::bengali), Use::consonant, 0x2f, {"j"});
  lay(of(Script::bengali), Use::final_consonant, 0x4e, {"t"});
  lay(of(Script::bengali), Use::consonant, 0x70, {"r", "w"});  // Assamese
  lay(of(Script::gurmukhi), Use::consonant, 0x5c, {"r"});
  lay(of(Script::gurmukhi), Use::nasal, 0x70, {"n"});
  lay(of(Script::malayalam), Use::final_consonant, 0x7a, {"n", "n", "r", "l", "l", "k"});
  // In the south th is the dental t, t the retroflex one.
  for (std::size_t script = 0; script < script_count; ++script) {
    if (is_southern(static_cast<Script>(script))) lay(all.at(script), Use::consonant, 0x24, {"th"});
  }
  return all;
}();

/// Where these letters stand in a block of the common layout, by their names in Unicode.
constexpr std::size_t at_ka = 0x15;
constexpr std::size_t at_ga = 0x17;
constexpr std::size_t at_ca = 0x1a;
constexpr std::size_t at_ja = 0x1c;
constexpr std::size_t at_nya = 0x1e;
constexpr std::size_t at_tta = 0x1f;
constexpr std::size_t at_dda = 0x21;
constexpr std::size_t at_ddha = 0x22;
constexpr std::size_t at_na = 0x28;
constexpr std::size_t at_pa = 0x2a;
constexpr std::size_t at_pha = 0x2b;
constexpr std::size_t at_ba = 0x2c;
constexpr std::size_t at_ma = 0x2e;
constexpr std::size_t at_ya = 0x2f;
constexpr std::size_t at_rra = 0x31;
constexpr std::size_t at_sa = 0x38;

/// What a consonant is with a dot below it.
constexpr std::string_view dotted(std::size_t place, std::string_view plain) {
  switch (place) {
    case at_ka:
      return "q";
    case at_ga:
      return "gh";
    case at_ja:
      return "z";
    case at_dda:
      return "r";
    case at_ddha:
      return "rh";
    case at_pha:
      return "f";
    case at_ya:
      return "y";
    case at_sa:
      return "sh";
    default:
      return plain;
  }
}

enum class Kind : std::uint8_t { consonant, nasal, vowel, unwritten, silent };

struct Sound {
  Kind kind;
  std::string_view latin;
  std::size_t place = 0;  // of its letter in the block

  [[nodiscard]] bool is_vowel() const { return kind == Kind::vowel || kind == Kind::unwritten; }
};

class Reader {
 public:
  explicit Reader(Script script) : script_(script), letters_(blocks.at(static_cast<std::size_t>(script))) {}

  void read(std::size_t place) {
    const Letter& letter = letters_.at(place);
    switch (letter.use) {
      case Use::nothing:
        break;
      case Use::consonant:
        put_consonant(letter.latin, place);
        sounds_.push_back({Kind::unwritten, "a"});
        break;
      case Use::final_consonant:
        put_consonant(letter.latin, place);
        break;
      case Use::vowel_sign:
        drop_unwritten();
        [[fallthrough]];
      case Use::vowel:
        sounds_.push_back({Kind::vowel, letter.latin});
        break;
      case Use::virama:
        drop_unwritten();
        break;
      case Use::nukta:
        dot_last();
        break;
      case Use::nasal:
        sounds_.push_back({Kind::nasal, letter.latin});
        break;
    }
  }

  std::string text() {
    if (script_ == Script::tamil || script_ == Script::malayalam) voice_stops();
    resolve_nasals();
    if (is_northern(script_)) drop_final_a();
    if (is_medial_a_silent()) drop_medial_a();
    std::string out;
    for (std::size_t i = 0; i < sounds_.size(); ++i) {
      const std::string_view latin = sounds_[i].latin;
      const bool is_doubled = latin.size() > 1 && i + 1 < sounds_.size() && sounds_[i + 1].latin == latin;
      out += is_doubled ? latin.substr(0, 1) : latin;  // tth
    }
    if (script_ == Script::telugu && out.ends_with("avu")) out.replace(out.size() - 2, 2, "o");  // Rao
    return out;
  }

 private:
  void put_consonant(std::string_view latin, std::size_t place) {
    if (!sounds_.empty() && sounds_.back().kind == Kind::consonant) {
      Sound& before = sounds_.back();
      if (before.place == at_ja && place == at_nya && script_ != Script::sinhala) {  // jñ, which nobody says
        before.latin = "g";
        latin = is_northern(script_) ? "y" : "n";
      }
      if (script_ == Script::malayalam && place == at_rra && (before.place == at_rra || before.place == at_na)) {
        if (before.place == at_rra) before.latin = "t";
        latin = "t";
      }
      if (script_ == Script::tamil && place == at_rra && before.place == at_rra) before.latin = "t";
      if (script_ == Script::bengali && place == at_ba && before.place != at_ba && before.place != at_ma) latin = "w";
      if (script_ == Script::bengali && place == at_ya) latin = "y";
    }
    sounds_.push_back({Kind::consonant, latin, place});
  }

  void drop_unwritten() {
    if (!sounds_.empty() && sounds_.back().kind == Kind::unwritten) sounds_.pop_back();
  }

  void dot_last() {
    const auto last = std::find_if(sounds_.rbegin(), sounds_.rend(), [](const Sound& s) { return !s.is_vowel(); });
    if (last == sounds_.rend()) return;
    last->latin = dotted(last->place, last->latin);
    // Bengali has no w and writes o and y for it: Wazed, Anwar.
    const auto before = std::next(last);
    if (script_ == Script::bengali && last->latin == "y" && before != sounds_.rend() && before->latin == "o") {
      *before = {Kind::silent, ""};
      last->latin = "w";
    }
  }

  /// Tamil writes one letter for k and g, t and d: between vowels and after a nasal it is the soft one; so does
  /// Malayalam for t and d.
  void voice_stops() {
    for (std::size_t i = 0; i < sounds_.size(); ++i) {
      if (sounds_[i].kind != Kind::consonant) continue;
      const std::size_t place = sounds_[i].place;
      const Sound* before = i > 0 ? &sounds_[i - 1] : nullptr;
      const Sound* after = i + 1 < sounds_.size() ? &sounds_[i + 1] : nullptr;
      const bool after_nasal = before != nullptr && is_nasal(*before);
      const bool between_vowels = before != nullptr && before->is_vowel() && after != nullptr && after->is_vowel();
      if (place == at_tta && (after_nasal || between_vowels)) sounds_[i].latin = "d";
      if (script_ != Script::tamil) continue;
      if (place == at_ca) {
        const bool is_doubled = after != nullptr && after->place == place;
        const bool is_soft = before == nullptr || between_vowels || before->place == at_ka;
        sounds_[i].latin = is_doubled ? "" : after_nasal ? "j" : is_soft ? "s" : "ch";
      } else if (after_nasal || between_vowels) {
        if (place == at_ka) sounds_[i].latin = "g";
        if (place == at_pa) sounds_[i].latin = "b";
      }
    }
  }

  static bool is_nasal(const Sound& sound) {
    return sound.kind == Kind::nasal ||
           (sound.kind == Kind::consonant && (sound.latin.starts_with('n') || sound.latin == "m"));
  }

  /// The sign for a nasal is the nasal of what follows; and a written one before a consonant is a plain n (ng + g).
  void resolve_nasals() {
    for (std::size_t i = 0; i < sounds_.size(); ++i) {
      Sound& sound = sounds_[i];
      const bool is_last = i + 1 == sounds_.size() || sounds_[i + 1].is_vowel();
      const std::string_view next = is_last ? std::string_view() : sounds_[i + 1].latin;
      if (sound.kind == Kind::nasal) {
        if (is_last) {
          sound.latin = is_southern(script_) ? "m" : has_velar_end() ? "ng" : "n";
        } else if (next.starts_with('p') || next.starts_with('b') || next.starts_with('m')) {
          sound.latin = "m";
        } else if (next == "h") {
          sound.latin = "ng";  // Singh
        }
      } else if (!is_last && (sound.latin == "ng" || sound.latin == "ny")) {
        sound.latin = "n";
      }
    }
  }

  [[nodiscard]] bool has_velar_end() const {
    return script_ == Script::bengali || script_ == Script::oriya || script_ == Script::sinhala;
  }
  [[nodiscard]] bool is_medial_a_silent() const {
    return script_ == Script::devanagari || script_ == Script::gurmukhi || script_ == Script::gujarati;
  }

  /// The a of a last consonant is not spoken (Amit, Rahul), nor behind two that end in a stop (Anand, Singh), but where
  /// the last is another (Narendra).
  void drop_final_a() {
    if (sounds_.empty() || sounds_.back().kind != Kind::unwritten) return;
    const std::size_t end = sounds_.size() - 1;
    std::size_t first = end;
    while (first > 0 && !sounds_[first - 1].is_vowel()) --first;
    if (first == 0) return;
    const Sound& last = sounds_[end - 1];
    const bool is_cluster = end - first > 1;
    const bool ends_in_stop = std::string_view("kgcjtdpb").find(last.latin.substr(0, 1)) != std::string_view::npos ||
                              (last.latin == "h" && sounds_[end - 2].kind == Kind::nasal);
    const bool is_spoken =
        is_cluster ? has_velar_end() || !ends_in_stop : last.latin == "y" && sounds_[first - 1].latin == "i";  // Priya
    if (!is_spoken) sounds_.pop_back();
  }

  /// Nor is one between two syllables that can do without (Manmohan), looked at from the end (Jawaharlal).
  void drop_medial_a() {
    for (std::size_t i = sounds_.size(); i-- > 2;) {
      if (i + 2 >= sounds_.size() || sounds_[i].kind != Kind::unwritten) continue;
      if (sounds_[i - 1].kind == Kind::consonant && sounds_[i - 2].is_vowel() &&
          sounds_[i + 1].kind == Kind::consonant && sounds_[i + 2].is_vowel()) {
        sounds_[i] = {Kind::silent, ""};
      }
    }
  }

  Script script_;
  const Block& letters_;
  std::vector<Sound> sounds_;
};

}  // namespace

std::string read_indic(std::u32string_view run) {
  if (run.empty() || run.front() < first_block) return {};
  const std::size_t script = (run.front() - first_block) / block_size;
  if (script >= script_count) return {};
  const char32_t first = first_block + static_cast<char32_t>(script * block_size);
  Reader reader(static_cast<Script>(script));
  for (const char32_t c : run) {
    if (c >= first && c - first < block_size) reader.read(c - first);
  }
  return reader.text();
}

}  // namespace interdict::text
