// The layout of a snapshot file: docs/formats/snapshot.md in declarations. Private to the index room.
//
// Everything is little-endian and at its natural alignment, so that a mapped file is used in place.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "names/names.h"

namespace interdict::index {

static_assert(std::endian::native == std::endian::little, "snapshots are mapped as they are, little-endian");

inline constexpr std::array<char, 8> magic = {'I', 'D', 'X', 'S', 'N', 'A', 'P', '\n'};
inline constexpr std::uint32_t format_version = 1;
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
  name_party,         // u32
  name_use,           // u8
  name_piece_ranges,  // u32[names + 1] into name_pieces
  name_pieces,        // u32 piece numbers, ascending within a name
  piece_offsets,      // u32: the vocabulary, sorted by bytes
  piece_bytes,
  posting_ranges,      // u32[pieces * kinds + 1] into postings: by piece, then kind
  postings,            // u32 name numbers, ascending within a range
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

/// How neighbours are found. Two pieces at Levenshtein distance d share one of any d + 1 segments that the longer or
/// the shorter is cut into, at nearly the same place (the pigeonhole principle; Li, Deng, Wang and Feng, "Pass-Join",
/// VLDB 2011). Every piece is filed under its max_edits + 1 segments; a query probes the few substrings of its own that
/// could be the partner of such a segment, and a letter mask kept in the entry rejects most of what it meets.
struct NearEntry {
  std::uint32_t piece;
  std::uint32_t tag;  // near_entries: letters of the piece; key_entries: low half of the key's hash
};

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
[[nodiscard]] inline std::size_t segment_count(std::size_t length) {
  return static_cast<std::size_t>(names::max_edits(length)) + 1;
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

/// FNV-1a with a final mix, of a segment at its place or of a key.
[[nodiscard]] inline std::uint64_t hash_bytes(std::string_view bytes, std::uint64_t seed) {
  std::uint64_t h = 0xcbf29ce484222325ULL ^ seed;
  for (const char c : bytes) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  h ^= h >> 32;
  h *= 0xd6e8feb86659fd93ULL;
  h ^= h >> 32;
  return h;
}
[[nodiscard]] inline std::uint64_t hash_segment(std::size_t piece_length, std::size_t i, std::string_view bytes) {
  return hash_bytes(bytes, (piece_length << 16U) + i + 1);
}
[[nodiscard]] inline std::uint64_t hash_key(std::string_view key) { return hash_bytes(key, 0); }

}  // namespace interdict::index
