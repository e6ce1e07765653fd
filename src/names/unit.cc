// How alike two pieces are.
#include <algorithm>
#include <bit>
#include <cstring>
#include <string>

#include "names/craft.h"
#include "names/names.h"
#include "names/surnames.h"
#include "names/words.h"
#include "text/text.h"

namespace interdict::names {
namespace {

// The constants are explained and measured in docs/matching.md.
constexpr float similarity_least = 0.6F;
constexpr float edit_cost = 1.05F;      // an edit of a spelling, as a share of its length
constexpr float slips_least = 0.7F;     // of more than one edit
constexpr float unhyphenated = 0.84F;   // EPMNE for EP-MNE
constexpr float swap_cost = 1.2F;       // edits that two letters swapped count for
constexpr float sound_best = 0.96F;     // other letters, every sound the same
constexpr float chinese = 0.92F;        // the same in Wade-Giles
constexpr float one_pinyin = 0.85F;     // that, though both may be pinyin and then are two names (Zhang, Chang)
constexpr float other_reading = 0.02F;  // less, where letters have to be read as another language has them
constexpr float sound_cost = 1.0F;      // a sound changed, as a share of the length
constexpr float sound_cost_of_one = 2.0F;
constexpr float sound_cost_of_two = 1.4F;
constexpr float sound_doubtful = 0.8F;    // below it a cost counts twice
constexpr float sounds_doubted = 5;       // in names of so many sounds
constexpr std::uint32_t slip_length = 5;  // of a name this long one letter is a slip, even where it makes another name
constexpr float other_family = 0.6F;      // both have families of spellings, and none in common
constexpr std::uint8_t learnt = 94;       // closeness by which learn_names.py marks what the lists taught
constexpr std::uint8_t transcribed = 95;  // and other letters' way of writing a name
constexpr std::uint8_t learnt_head = 99;
constexpr float other_known = 0.75F;    // both are known names, or syllables of Pinyin: a slip seldom makes another
constexpr std::uint8_t known_from = 3;  // steps of frequency: three parties

bool same_digits(std::string_view left, std::string_view right) {
  const auto next = [](std::string_view text, std::size_t at) {
    while (at < text.size() && !text::is_digit(text[at])) ++at;
    return at;
  };
  std::size_t i = next(left, 0);
  std::size_t j = next(right, 0);
  while (i < left.size() && j < right.size() && left[i] == right[j]) {
    i = next(left, i + 1);
    j = next(right, j + 1);
  }
  return i == left.size() && j == right.size();
}

float by_variant(const Unit& left, const Unit& right) {
  int best = 0;
  for (int i = 0; i < left.variant_count; ++i) {
    for (int j = 0; j < right.variant_count; ++j) {
      const Variant& a = left.variants[static_cast<std::size_t>(i)];
      const Variant& b = right.variants[static_cast<std::size_t>(j)];
      if (a.family == b.family) best = std::max(best, a.closeness * b.closeness);
    }
  }
  return static_cast<float>(best) / 10000;
}

bool sound_alike(const Unit& left, const Unit& right) {
  const auto& [l, l_other] = left.skeletons;
  const auto& [r, r_other] = right.skeletons;
  return (l == r && l != 0) || (l_other != 0 && (l_other == r || l_other == r_other)) || (r_other != 0 && r_other == l);
}

/// By the readings that are most alike; what is less than `similarity_least` may be any less.
float by_sound(const Unit& left, const Unit& right) {
  float best = 0;
  for (std::size_t i = 0; i < readings; ++i) {
    for (std::size_t j = 0; j < readings; ++j) {
      const std::uint64_t skeleton = left.skeletons[i];
      if (skeleton == 0 || skeleton != right.skeletons[j]) continue;
      if (is_chinese(skeleton)) {
        if (left.sounds[i] == right.sounds[j])
          best = std::max(best, left.is_pinyin && right.is_pinyin ? one_pinyin : chinese);
        continue;
      }
      const auto length = static_cast<float>(std::max(left.sounds[i].size(), right.sounds[j].size()));
      // With one consonant or two, the vowels are most of the name.
      const float share = skeleton < 16 ? sound_cost_of_one : skeleton < 256 ? sound_cost_of_two : sound_cost;
      const float most = i == 0 && j == 0 ? sound_best : sound_best - other_reading;
      const double bearable = static_cast<double>((most - similarity_least) * length / share);
      const auto cost = static_cast<float>(sound_distance(left.sounds[i], right.sounds[j], bearable));
      const float heard = most - share * cost / length;
      best = std::max(best, heard - (length < sounds_doubted ? 0 : std::max(0.0F, sound_doubtful - heard)));
    }
  }
  return best;
}

/// Of what is set in Unit::letters.
constexpr std::uint64_t bit_of(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return 1ULL << (byte >= 'a' && byte <= 'z' ? byte - 'a' : 26U + byte % 32U);
}

/// Registrations of aircraft are one or another: no letter of them is a slip. One may be written as a word, without its
/// hyphen; two words joined are too little to be sure of.
Likeness by_mark(std::string_view left, std::string_view right) {
  static_assert(unhyphenated < joined_least);
  if (is_mark(left) && is_mark(right)) return {};
  std::string mark(is_mark(left) ? left : right);
  std::erase(mark, '-');
  return mark == (is_mark(left) ? right : left) ? Likeness{unhyphenated, How::near} : Likeness{};
}

struct Spelling {
  float similarity = 0;
  bool one_slip = false;
};

/// As a reader of letters, man or machine, may have taken them: rn and m, cl and d, vv and w.
std::string as_seen(std::string_view form) {
  std::string seen;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const std::string_view two = form.substr(i, 2);
    const char one = two == "rn" ? 'm' : two == "cl" ? 'd' : two == "vv" ? 'w' : '\0';
    seen += one == '\0' ? form[i] : one;
    if (one != '\0') ++i;
  }
  return seen;
}

/// Of two that `may_be_near`.
Spelling by_spelling(const Unit& left, const Unit& right) {
  const std::size_t shorter = std::min(left.form.size(), right.form.size());
  const std::size_t longer = std::max(left.form.size(), right.form.size());
  const int limit = max_edits(shorter, longer);
  const int edits = text::edit_distance(left.form, right.form, limit);
  if (edits > limit) return {};
  float cost = static_cast<float>(edits);
  // Two neighbours swapped is one slip of the hand, though two edits.
  if (edits == 2 && left.form.size() == right.form.size()) {
    const auto [a, b] = std::ranges::mismatch(left.form, right.form);
    if (std::next(a) != left.form.end() && *a == *std::next(b) && *b == *std::next(a)) cost = swap_cost;
  } else if (edits == 2 && longer == shorter + 1 && as_seen(left.form) == as_seen(right.form)) {
    cost = swap_cost;
  }
  const std::size_t compared = longer - shared_ending(left.form, right.form);
  const float similarity = 1 - edit_cost * cost / static_cast<float>(compared);
  return {edits > 1 && similarity < slips_least ? 0 : similarity, edits == 1};
}

/// False when no number of edits within the limit can do: the lengths differ too much, or too many letters occur on one
/// side only.
bool may_be_near(const Unit& left, const Unit& right) {
  const std::uint32_t shorter = std::min(left.length, right.length);
  const std::uint32_t longer = std::max(left.length, right.length);
  const int limit = max_edits(shorter, longer);
  if (longer - shorter > static_cast<std::uint32_t>(limit)) return false;
  std::uint64_t only_left = left.letters & ~right.letters;
  std::uint64_t only_right = right.letters & ~left.letters;
  for (int i = 0; i < limit; ++i) {
    only_left &= only_left - 1;
    only_right &= only_right - 1;
  }
  return (only_left | only_right) == 0;
}

/// Sister firms: of two places, or for what is bought and what is sold (Tekhmashimport).
bool are_apart(std::string_view left, std::string_view right) {
  if (are_other_places(left, right)) return true;
  return (left.ends_with("import") && right.ends_with("export")) ||
         (left.ends_with("export") && right.ends_with("import"));
}

/// Angelo and Angela, Daniel and Daniela: one letter, and of it the name is made.
bool other_sex(const Unit& left, const Unit& right) {
  const std::string_view shorter = left.form.size() <= right.form.size() ? left.form : right.form;
  const std::string_view longer = left.form.size() <= right.form.size() ? right.form : left.form;
  if (longer.back() != 'a' && shorter.back() != 'a') return false;
  if (longer.size() == shorter.size() + 1) return longer.starts_with(shorter);
  return longer.size() == shorter.size() &&
         longer.substr(0, longer.size() - 1) == shorter.substr(0, shorter.size() - 1);
}

bool is_initial(const Unit& letter, const Unit& word) {
  return letter.form.size() == 1 && word.form.size() > 1 && letter.form[0] == word.form[0] &&
         !text::is_digit(letter.form[0]);
}

constexpr std::uint64_t hash_factor = 0x9E3779B97F4A7C15ULL;
constexpr unsigned longest_shape = 15;
constexpr std::uint32_t all_lengths = 0xffffU;
constexpr std::uint32_t of_length_one = 1U << 1U;

/// Each edit takes away one of these at most and adds one.
std::uint32_t letters_at_a_glance(std::string_view form) {
  constexpr std::string_view common = "aeinor";
  std::uint32_t seen = 0;
  std::uint32_t twice = 0;
  std::uint32_t others = 0;
  for (const char c : form) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 'a' || byte > 'z') {
      others |= 1U << (byte % 26U);
      continue;
    }
    const std::uint32_t letter = 1U << (byte - 'a');
    const std::size_t at = (seen & letter) != 0 ? common.find(c) : std::string_view::npos;
    if (at != std::string_view::npos) twice |= 1U << (26U + at);
    seen |= letter;
  }
  return seen | others | twice;
}

/// Four lanes of a glance.
using Four [[gnu::vector_size(16)]] = std::uint32_t;

Four four_of(const Glance::Lanes& lanes, std::size_t first) {
  Four four;
  std::memcpy(&four, &lanes[first], sizeof four);
  return four;
}

/// The two hashes of a glance's sounds, each in both halves; what is nowhere among the listed for one that is missing.
std::pair<std::uint32_t, std::uint32_t> halves_sought(std::uint32_t sounds) {
  constexpr std::uint32_t nowhere = 2;  // hashes are odd
  const auto twice = [](std::uint32_t half) { return (half == 0 ? nowhere : half) * 0x10001U; };
  return {twice(sounds & 0xffffU), twice(sounds >> 16U)};
}

/// Not 0 in the lanes of which one half is 0.
Four half_zero(Four lanes) { return (lanes - 0x10001U) & ~lanes & 0x80008000U; }

/// What `likeness` asks before it looks closely, or less: what shares a bit is taken for one. `edits` is the most that
/// the query's unit allows.
template <int edits>
std::uint32_t look(const Glance& query, std::size_t lane, const Glance& listed) {
  const std::uint32_t letters = query.letters[lane];
  const auto [sound, other_sound] = halves_sought(query.sounds[lane]);
  const std::uint32_t families = query.families[lane];
  const std::uint32_t length = query.shapes[lane] & all_lengths;
  std::uint32_t near_lengths = length;
  for (unsigned k = 1; k <= edits; ++k) near_lengths |= length << k | length >> k;
  if (near_lengths > all_lengths) near_lengths |= 1U << longest_shape;
  near_lengths &= all_lengths;
  const std::uint32_t first_byte = query.shapes[lane] & ~all_lengths;
  const std::uint32_t initial_lengths = length == of_length_one ? all_lengths : of_length_one;
  std::uint32_t alike = 0;
  for (std::size_t first = 0; first < Glance::width; first += 4) {
    const Four other_letters = four_of(listed.letters, first);
    const Four shapes = four_of(listed.shapes, first);
    Four only_query = letters & ~other_letters;
    Four only_listed = other_letters & ~letters;
    for (int k = 0; k < edits; ++k) {
      only_query &= only_query - 1;
      only_listed &= only_listed - 1;
    }
    const auto near = ((only_query | only_listed) == 0) & ((shapes & near_lengths) != 0);
    const auto by_initial = ((shapes & first_byte) != 0) & ((shapes & initial_lengths) != 0);
    const Four sounds = four_of(listed.sounds, first);
    const auto by_sound = (half_zero(sounds ^ sound) | half_zero(sounds ^ other_sound)) != 0;
    const auto by_kin = by_sound | ((four_of(listed.families, first) & families) != 0);
    const auto any = near | by_initial | by_kin;
    for (std::size_t i = 0; i < 4; ++i) alike |= static_cast<std::uint32_t>(any[i]) & 1U << (first + i);
  }
  return alike;
}

}  // namespace

Unit written_unit(std::string_view form) {
  Unit unit;
  unit.form = form;
  unit.length = static_cast<std::uint32_t>(form.size());
  for (const char c : form) {
    unit.hash = (unit.hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    unit.letters |= bit_of(c);
    unit.has_digit |= text::is_digit(c);
  }
  return unit;
}

namespace {

/// "RNT", "TD": letters that are said one by one, and so sound like no word.
bool is_letters_said(std::string_view form) {
  return form.size() <= 3 && form.find_first_of("aeiouy") == std::string_view::npos;
}

}  // namespace

Unit make_unit(std::string_view form) {
  Unit unit = written_unit(form);
  if (!form.empty() && !text::all_digits(form) && !is_mark(form) && !is_letters_said(form)) {
    std::array<Reading, readings> read_as = readings_of(form);
    for (std::size_t i = 0; i < readings; ++i) {
      unit.skeletons[i] = read_as[i].skeleton;
      unit.sounds[i] = std::move(read_as[i].sound);
      unit.is_pinyin = unit.is_pinyin || read_as[i].is_pinyin;
    }
  }
  unit.is_known = frequency_of(form).people >= known_from;
  const auto add_variants = [&](std::span<const FamilyEntry> entries) {
    for (const FamilyEntry& entry : entries) {
      const auto found = std::span(unit.variants).first(unit.variant_count);
      if (found.size() == variants_max) break;
      if (std::ranges::find(found, entry.variant.family, &Variant::family) != found.end()) continue;
      const std::uint8_t closeness = entry.variant.closeness;
      unit.is_taught = unit.is_taught || (closeness != learnt && closeness != transcribed && closeness != learnt_head);
      unit.variants[unit.variant_count++] = entry.variant;
    }
  };
  add_variants(families_of(form));
  add_variants(families_of_word(form));
  return unit;
}

std::vector<Glance> glances_of(std::span<const Unit> units) {
  std::vector<Glance> glances((units.size() + Glance::width - 1) / Glance::width);
  for (std::size_t i = 0; i < units.size(); ++i) {
    const Unit& unit = units[i];
    Glance& glance = glances[i / Glance::width];
    const std::size_t lane = i % Glance::width;
    glance.letters[lane] = letters_at_a_glance(unit.form);
    for (std::size_t k = 0; k < readings; ++k) {
      if (unit.skeletons[k] == 0) continue;
      glance.sounds[lane] |= (static_cast<std::uint32_t>(unit.skeletons[k] * hash_factor >> 48U) | 1U) << (16 * k);
    }
    for (std::size_t k = 0; k < unit.variant_count; ++k) {
      glance.families[lane] |= 1U << (unit.variants[k].family * hash_factor >> 59U);
    }
    const auto first_byte = static_cast<unsigned char>(unit.form[0]);
    glance.shapes[lane] = 1U << std::min(unit.length, longest_shape) | 1U << (16U + first_byte % 16U);
  }
  return glances;
}

std::uint32_t may_be_alike(const Glance& query, std::size_t lane, const Glance& listed) {
  switch (max_edits(static_cast<std::size_t>(std::countr_zero(query.shapes[lane])))) {
    case 0:
      return look<0>(query, lane, listed);
    case 1:
      return look<1>(query, lane, listed);
    case 2:
      return look<2>(query, lane, listed);
    default:
      return look<3>(query, lane, listed);
  }
}

// Whatever is alike here must be so at a glance too: see `look`.
Likeness likeness(const Unit& left, const Unit& right) {
  if (left.hash == right.hash && left.form == right.form) return {1, How::same};
  if (((left.letters | right.letters) & bit_of('-')) != 0 && (is_mark(left.form) || is_mark(right.form))) {
    return by_mark(left.form, right.form);
  }
  if (left.length == 1 || right.length == 1) {
    if (is_initial(left, right) || is_initial(right, left)) return {initial_likeness, How::initial};
    return {};
  }
  const bool near = may_be_near(left, right);
  const bool one_sound = sound_alike(left, right);
  const bool families = left.variant_count > 0 && right.variant_count > 0;
  if (!near && !one_sound && !families) return {};
  const float variant = families ? by_variant(left, right) : 0;
  Likeness best{variant, How::variant};
  const bool digits = left.has_digit || right.has_digit;
  const Spelling spelling = near && !digits ? by_spelling(left, right) : Spelling{};
  const bool apart = left.is_taught && right.is_taught;
  const bool slip = spelling.one_slip && std::min(left.length, right.length) >= slip_length && !other_sex(left, right);
  const bool known = left.is_known && right.is_known;
  const bool syllables = left.is_pinyin && right.is_pinyin && !spelling.one_slip;  // Weiping, Weidong
  const auto offer = [&](float similarity, How how) {
    if (variant == 0 && apart) similarity *= slip ? other_known : other_family;
    if (variant == 0 && !apart && how == How::near && (known || syllables)) similarity *= other_known;
    if (similarity > best.similarity) best = {similarity, how};
  };
  if (digits) {
    // Numbers do not come near each other; a zero for an o is still read.
    if (!text::all_digits(left.form) && !text::all_digits(right.form)) {
      const bool other_numbers = left.has_digit && right.has_digit && !same_digits(left.form, right.form);
      if (one_sound && !other_numbers) {
        offer(by_sound(left, right), How::phonetic);
      }
      if (near && left.has_digit && right.has_digit && same_digits(left.form, right.form)) {
        offer(by_spelling(left, right).similarity, How::near);
      }
    }
  } else {
    if (one_sound) offer(by_sound(left, right), How::phonetic);
    if (near) offer(spelling.similarity, How::near);
  }
  if (best.similarity < similarity_least) return {};
  return best.how != How::variant && are_apart(left.form, right.form) ? Likeness{} : best;
}

float piece_similarity(std::string_view left, std::string_view right) {
  return likeness(make_unit(left), make_unit(right)).similarity;
}

namespace {

std::vector<Key> keys_of(const Unit& piece, char letter) {
  std::vector<Key> keys;
  if (piece.form.empty()) return keys;
  keys.reserve(readings + piece.variant_count + 1);
  for (const std::uint64_t skeleton : piece.skeletons) {
    const Key key{'s', skeleton};
    if (skeleton != 0 && std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
  }
  for (std::size_t i = 0; i < piece.variant_count; ++i) keys.push_back({'v', piece.variants.at(i).family});
  keys.push_back({letter, static_cast<unsigned char>(piece.form[0])});
  return keys;
}

}  // namespace

std::vector<Key> piece_keys(const Unit& piece) { return keys_of(piece, piece.length == 1 ? 'i' : 'w'); }

// A word agrees with its initial and an initial with its words, but not for that with other words.
std::vector<Key> lookup_keys(const Unit& piece) { return keys_of(piece, piece.length == 1 ? 'w' : 'i'); }

int max_edits(std::size_t shorter_length) {
  if (shorter_length < 3) return 0;
  if (shorter_length < 5) return 1;
  return shorter_length < 9 ? 2 : 3;
}

int max_edits(std::size_t shorter_length, std::size_t longer_length) {
  constexpr float rounding = 1e-4F;
  int edits = max_edits(shorter_length);
  // Two may be letters swapped; of more each counts.
  while (edits > 2 &&
         1 - edit_cost * static_cast<float>(edits) / static_cast<float>(longer_length) < slips_least - rounding) {
    --edits;
  }
  return edits;
}

int max_joined_edits(std::size_t shorter_length) {
  constexpr float rounding = 1e-4F;
  for (int edits = max_edits(shorter_length); edits > 0; --edits) {
    // The other piece may be as much longer, and two edits may be one swap.
    const auto longest = static_cast<float>(shorter_length + static_cast<std::size_t>(edits));
    const float cost = edits == 2 ? swap_cost : static_cast<float>(edits);
    if (1 - edit_cost * cost / longest >= joined_least - rounding) return edits;
  }
  return 0;
}

}  // namespace interdict::names
