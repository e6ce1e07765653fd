// One comparable piece of a name with all that comparing it needs worked out beforehand.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace interdict::names {

/// Membership of a piece in a family of spellings ("sergey": sergei, siarhei, serhiy).
struct Variant {
  std::uint16_t family = 0;
  std::uint8_t closeness = 0;  // percent
};

inline constexpr std::size_t variants_max = 6;

/// Two adjacent parts joined count as one only where they agree nearly to the letter: what is joined is arbitrary
/// enough.
inline constexpr float joined_least = 0.85F;

/// J. and John.
inline constexpr float initial_likeness = 0.6F;

/// A form may be read in as many ways.
inline constexpr std::size_t readings = 2;

/// A piece (one part, or two adjacent parts joined) ready for `similarity`.
struct Unit {
  // First what tells most pairs apart at a glance.
  std::uint64_t hash = 14695981039346656037ULL;  // of the form (FNV-1a); equal ones are checked by it
  std::uint64_t letters = 0;                     // which letters and digits occur
  std::array<std::uint64_t, readings>
      skeletons{};           // the consonant classes of `sounds`; 0 for a reading it does not have
  std::uint32_t length = 0;  // of the form, in bytes
  std::uint8_t variant_count = 0;
  bool has_digit = false;
  bool is_known = false;  // a name borne by several listed people
  bool is_pinyin = false;
  bool is_taught = false;  // in a family written by hand: a name of its own
  std::array<Variant, variants_max> variants{};
  std::string form;
  std::array<std::string, readings> sounds;  // of its readings: see sound.cc

  bool operator==(const Unit& other) const { return form == other.form; }
};

[[nodiscard]] Unit make_unit(std::string_view form);
/// What the letters of the form alone tell; what it sounds like and what the tables say is left empty.
[[nodiscard]] Unit written_unit(std::string_view form);

/// Sounds are no longer than this, in bytes.
inline constexpr std::size_t sound_most = 31;

/// Eight units side by side, by what tells most pairs apart: few bytes, and a vector instruction tests several at once.
/// Places past the last unit are zero.
struct Glance {
  static constexpr std::size_t width = 8;
  using Lanes = std::array<std::uint32_t, width>;

  Lanes letters{};   // which letters and digits occur, some sharing a bit; and which common letters occur twice
  Lanes sounds{};    // hashes of the skeletons, odd: below that of the first reading, above of the second; 0 for none
  Lanes families{};  // a bit for each family of spellings; some share a bit
  Lanes shapes{};    // below, the bit of the form's length, the last for all that are longer; above, of its first byte
};

/// The units in order, eight a glance.
[[nodiscard]] std::vector<Glance> glances_of(std::span<const Unit> units);

/// A bit for each unit of `listed` that may be alike to the one at `lane` of `query`; its `likeness` to all others is
/// 0.
[[nodiscard]] std::uint32_t may_be_alike(const Glance& query, std::size_t lane, const Glance& listed);

/// How a form sounds in one way of reading it.
struct Reading {
  std::string sound;           // one symbol a sound, so that spellings of it meet: sh, sch → S, kh → X, ou, oo → u
  std::uint64_t skeleton = 0;  // its consonant classes, four bits each, at most sixteen: spellings of one name mostly
                               // share it; 0 where there is nothing to hear
  bool is_pinyin = false;
};
/// The English reading (ch as in church, j as in jam, c as in cat), and one more where the form may be meant so: as
/// Chinese, or as other languages of Europe have it (ch as in loch, j as y, c as ts).
[[nodiscard]] std::array<Reading, readings> readings_of(std::string_view form);
/// Whether a skeleton is of a Chinese reading. Its sound is Wade-Giles; another name if it is not the same.
[[nodiscard]] constexpr bool is_chinese(std::uint64_t skeleton) { return skeleton >> 60U == 15; }
/// Cost of turning one sound string into the other; the unit is one consonant. If it is more than `most`, something
/// more than that.
[[nodiscard]] double sound_distance(std::string_view left, std::string_view right, double most);

}  // namespace interdict::names
