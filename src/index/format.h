// The layout of a snapshot file: docs/formats/snapshot.md in declarations. Private to the index room.
//
// Everything is little-endian and at its natural alignment, so that a mapped file is used in place.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "names/names.h"

namespace interdict::index {

static_assert(std::endian::native == std::endian::little, "snapshots are mapped as they are, little-endian");

inline constexpr std::array<char, 8> magic = {'I', 'D', 'X', 'S', 'N', 'A', 'P', '\n'};
inline constexpr std::uint32_t format_version = 6;
inline constexpr std::size_t section_alignment = 64;  // a cache line

/// In file order. A table of N byte strings is two sections: N+1 offsets and the bytes.
enum class Section : std::uint8_t {
  world,          // JSON text
  table_version,  // names::table_version() that the pieces and keys were made under
  label_offsets,  // u32: schemas and sources, sorted
  label_bytes,
  party_offsets,  // u64: entries by party number, which is the order of listing ids
  party_bytes,
  party_schema,  // u16 label
  party_source,  // u16 label
  party_names,   // u32[parties + 1]: first name number
  name_offsets,  // u64: analysed names by name number
  name_bytes,
  name_party,        // u32
  name_use,          // u8
  name_unit_ranges,  // u32[names + 1] into name_units
  name_units,        // u32 piece numbers: of the parts, of the adjacent pairs joined, of the acronym if there is one
  name_weights,      // PartWeight of each unit that is a part, else 0
  piece_offsets,     // u32: the vocabulary, sorted by form
  piece_bytes,
  posting_ranges,      // u32[pieces * kinds + 1] into postings: by piece, then kind
  postings,            // u32 name numbers, within a range by what else the name has, then ascending
  posting_rests,       // u8: the core weight of that rest, in steps
  company_ranges,      // u32[pieces * kinds + 1] into company
  company,             // u16 Companion: posting after posting, what else the name may pair by
  piece_weights,       // u8[pieces * kinds]: the most core weight that a unit of this piece has, in steps
  near_buckets,        // u32[power of two + 1] into near_entries
  near_entries,        // Entry: a segment of a piece, by bucket
  key_buckets,         // u32[power of two + 1] into key_entries
  key_entries,         // Entry: a key of a piece, by bucket
  identifier_offsets,  // u32: normalised identifiers, sorted
  identifier_bytes,
  identifier_ranges,  // u32[identifiers + 1] into identifier_parties
  identifier_parties,
};
inline constexpr std::size_t section_count = static_cast<std::size_t>(Section::identifier_parties) + 1;

struct Extent {
  std::uint64_t offset;
  std::uint64_t size;  // bytes, without the padding to the next section
};

struct Header {
  std::array<char, 8> file_magic;
  std::uint32_t version;
  std::uint32_t sections_here;
  std::uint64_t file_size;
  std::uint64_t checksum;  // XXH64 of every byte after this field
  std::array<Extent, section_count> sections;
};
inline constexpr std::size_t checksum_from = offsetof(Header, checksum) + sizeof(std::uint64_t);
static_assert(sizeof(Header) == 32 + 16 * section_count);

inline constexpr std::size_t kind_count = 3;  // names::Kind

/// The parts among a name's units: the units are n parts, n - 1 pairs, and an acronym where their number is even.
[[nodiscard]] constexpr std::size_t parts_among(std::size_t units) { return (units + 1) / 2; }
[[nodiscard]] constexpr bool has_acronym(std::size_t units) { return units > 0 && units % 2 == 0; }

/// The parts that a unit is made of. The acronym's own are known only while building.
[[nodiscard]] constexpr std::uint64_t unit_mask(std::size_t unit, std::size_t parts, std::uint64_t acronym) {
  if (unit < parts) return std::uint64_t{1} << unit;
  return unit + 1 < 2 * parts ? std::uint64_t{3} << (unit - parts) : acronym;
}

/// A part's pool in the low three bits and its weight above, in 512ths rounded down: the bound may take too little for
/// left over and not too much.
class PartWeight {
 public:
  constexpr PartWeight() = default;
  constexpr PartWeight(names::Pool pool, float weight)
      : bits_(static_cast<std::uint16_t>(static_cast<std::uint32_t>(std::min(weight * scale, static_cast<float>(most)))
                                             << 3U |
                                         static_cast<std::uint32_t>(pool))) {}
  [[nodiscard]] constexpr std::size_t pool() const { return bits_ & 7U; }
  [[nodiscard]] constexpr double weight() const { return static_cast<double>(bits_ >> 3U) / scale; }

 private:
  static constexpr float scale = 512;
  static constexpr std::uint32_t most = 0x1fff;
  std::uint16_t bits_ = 0;
};

/// Core weight in 32nds, rounded down where it is a rest and up where it is what a piece may cover.
inline constexpr double weight_steps = 32;
inline constexpr std::uint8_t weight_most = 255;  // this much or more
/// Greater than any sum of steps, and small enough that a sum of it over all parts of a name is a number.
inline constexpr std::uint32_t without_limit = 1U << 20U;
[[nodiscard]] inline std::uint8_t steps_below(double weight) {
  return static_cast<std::uint8_t>(std::min(std::floor(weight * weight_steps), static_cast<double>(weight_most)));
}
[[nodiscard]] inline std::uint8_t steps_above(double weight) {
  return static_cast<std::uint8_t>(std::min(std::ceil(weight * weight_steps), static_cast<double>(weight_most)));
}

/// What else the name of a posting may pair by while it pairs by the piece it is posted under: of each unit that shares
/// no part with that one the hash of its piece, or that there is none, or that it may be anything.
class Companion {
 public:
  static constexpr std::size_t hashes = std::size_t{1} << 15U;
  static constexpr std::uint16_t nobody = 0;
  static constexpr std::uint16_t anybody = 1;  // where there are more than `most`: it would take too much room
  static constexpr std::size_t most = 32;
  [[nodiscard]] static constexpr std::uint16_t hash_of(std::uint32_t piece) {
    return static_cast<std::uint16_t>(std::max(piece * 0x9E3779B1U >> 17U, 2U));
  }

  constexpr Companion() = default;
  constexpr Companion(std::uint16_t hash, bool is_first)
      : bits_(static_cast<std::uint16_t>(std::uint32_t{hash} << 1U | (is_first ? 1U : 0U))) {}
  [[nodiscard]] constexpr std::uint16_t hash() const { return static_cast<std::uint16_t>(bits_ >> 1U); }
  [[nodiscard]] constexpr std::uint32_t is_first() const { return bits_ & 1U; }  // of a posting: 1, else 0

 private:
  std::uint16_t bits_ = 0;
};

/// How neighbours are found. Two pieces at Levenshtein distance d share one of any d + 1 segments that the longer or
/// the shorter is cut into, at nearly the same place (the pigeonhole principle; Li, Deng, Wang and Feng, "Pass-Join",
/// VLDB 2011). Every piece is filed under its segments, one more than the edits it allows; a query probes the few
/// substrings of its own that could be the partner of such a segment, and a letter mask kept in the entry rejects most
/// of what it meets.
///
/// Most pieces are nowhere a part of a name, only two parts joined. They must agree nearly to the letter, so they are
/// filed apart and under fewer segments. And each is filed apart for each kind of name that it occurs in.
enum class Make : std::uint8_t { part, joined };

/// The greatest distance at which a piece of this make may be similar to a shorter or equally long one.
[[nodiscard]] inline int edits_allowed(Make make, std::size_t shorter) {
  return make == Make::part ? names::max_edits(shorter) : names::max_joined_edits(shorter);
}

struct NearEntry {
  std::uint32_t piece;
  std::uint32_t tag;  // near_entries: letters of the piece; key_entries: key_tag
};

/// The low half of a key's hash, but its lowest bit set for a piece that is only joined.
[[nodiscard]] inline std::uint32_t key_tag(std::uint64_t hash, Make make) {
  return (static_cast<std::uint32_t>(hash) & ~1U) | (make == Make::joined ? 1U : 0U);
}

/// Bit per letter a-z, five for digits, one for all other bytes. One edit removes at most one letter and adds one.
[[nodiscard]] inline std::uint32_t letters(std::string_view piece) {
  std::uint32_t mask = 0;
  for (const char c : piece) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 'a' && byte <= 'z') {
      mask |= 1U << (byte - 'a');
    } else if (byte >= '0' && byte <= '9') {
      mask |= 1U << (26 + (byte - '0') % 5);
    } else {
      mask |= 1U << 31;
    }
  }
  return mask;
}

/// How many segments a piece of this length is cut into.
[[nodiscard]] inline std::size_t segment_count(Make make, std::size_t length) {
  return static_cast<std::size_t>(edits_allowed(make, length)) + 1;
}

/// The i-th of `count` segments: as even as can be, the longer ones last.
struct Segment {
  std::size_t start;
  std::size_t length;
};
[[nodiscard]] inline Segment segment(std::size_t length, std::size_t count, std::size_t i) {
  const std::size_t base = length / count;
  const std::size_t first_long = count - length % count;
  return i < first_long ? Segment{i * base, base} : Segment{i * base + (i - first_long), base + 1};
}

/// The finaliser of SplitMix64.
[[nodiscard]] inline std::uint64_t mixed(std::uint64_t h) {
  h = (h ^ h >> 30U) * 0xbf58476d1ce4e5b9ULL;
  h = (h ^ h >> 27U) * 0x94d049bb133111ebULL;
  return h ^ h >> 31U;
}
inline constexpr std::uint64_t hash_step = 0x9e3779b97f4a7c15ULL;

/// Of a segment that is longer the first bytes tell enough.
inline constexpr std::size_t segment_bytes = sizeof(std::uint64_t);
[[nodiscard]] inline std::uint64_t first_bytes(std::string_view segment) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, segment.data(), std::min(segment.size(), segment_bytes));
  return bytes;
}
/// Which segment it is, of pieces of which length.
[[nodiscard]] inline std::uint64_t segment_place(Make make, std::size_t piece_length, std::size_t i) {
  return (std::uint64_t{piece_length} << 16U) + (make == Make::joined ? 0x8000U : 0U) + i + 1;
}
[[nodiscard]] inline std::uint64_t hash_segment(names::Kind kind, std::uint64_t place, std::uint64_t first_bytes) {
  return mixed(first_bytes + ((static_cast<std::uint64_t>(kind) << 48U) + place) * hash_step);
}
[[nodiscard]] inline std::uint64_t hash_key(names::Kind kind, const names::Key& key) {
  const std::uint64_t use = static_cast<unsigned char>(key.what) * kind_count + static_cast<std::uint64_t>(kind);
  return mixed(key.value + use * hash_step);
}

}  // namespace interdict::index
