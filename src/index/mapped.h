// A snapshot's sections as typed views, and what it caches while open. Private to the index room.
#pragma once

#include <atomic>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "index/format.h"
#include "index/index.h"
#include "index/neighbours.h"

namespace interdict::index {

/// Asks for memory that will be read soon. What a search meets lies scattered over the file, so it mostly waits for
/// memory: asking for everything before reading any of it lets the waits overlap.
inline void prefetch(const void* address) { __builtin_prefetch(address); }

/// A table of byte strings.
template <typename Offset>
struct Strings {
  std::span<const Offset> offsets;
  const char* bytes = nullptr;

  [[nodiscard]] std::size_t size() const { return offsets.size() - 1; }
  [[nodiscard]] std::string_view operator[](std::size_t i) const {
    return {bytes + offsets[i], static_cast<std::size_t>(offsets[i + 1] - offsets[i])};
  }
};

/// A table of runs of numbers.
struct Runs {
  std::span<const std::uint32_t> ranges;
  std::span<const std::uint32_t> values;

  [[nodiscard]] std::span<const std::uint32_t> operator[](std::size_t i) const {
    return values.subspan(ranges[i], ranges[i + 1] - ranges[i]);
  }
  [[nodiscard]] std::uint32_t size_of(std::size_t i) const { return ranges[i + 1] - ranges[i]; }
};

struct HashedEntries {
  std::span<const std::uint32_t> buckets;
  std::span<const NearEntry> entries;

  [[nodiscard]] std::span<const NearEntry> operator[](std::uint64_t hash) const {
    const std::size_t bucket = hash & (buckets.size() - 2);  // a power of two of buckets, and one end
    return entries.subspan(buckets[bucket], buckets[bucket + 1] - buckets[bucket]);
  }
  void prefetch_bucket(std::uint64_t hash) const { prefetch(&buckets[hash & (buckets.size() - 2)]); }
};

/// The bytes of a file, mapped for as long as this lives.
class Mapping {
 public:
  static Result<Mapping> of(const std::filesystem::path& path);
  Mapping() = default;
  Mapping(Mapping&& other) noexcept;
  Mapping& operator=(Mapping&& other) noexcept;
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping();
  [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }

 private:
  std::span<const std::byte> bytes_;
};

struct Snapshot::Impl {
  Mapping mapping;  // empty over bytes in memory

  std::string_view world;
  std::vector<std::string_view> labels;
  std::vector<names::Kind> label_kinds;  // of those that are schemas
  Strings<std::uint64_t> parties;
  std::span<const std::uint16_t> party_schema;
  std::span<const std::uint16_t> party_source;
  std::span<const std::uint32_t> party_names;
  Strings<std::uint64_t> names;
  std::span<const std::uint32_t> name_party;
  std::span<const NameUse> name_use;
  Runs name_units;
  std::span<const PartWeight> name_weights;  // of each of name_units' values
  Strings<std::uint32_t> pieces;
  Runs postings;  // by piece * kind_count + kind
  std::span<const std::uint8_t> posting_rests;
  std::span<const std::uint32_t> company_ranges;  // by piece * kind_count + kind
  std::span<const Companion> company;
  std::span<const std::uint8_t> piece_weights;  // by piece * kind_count + kind
  HashedEntries near;
  HashedEntries keys;
  Strings<std::uint32_t> identifiers;
  Runs identifier_parties;

  /// Analysed names, decoded when first needed; null until then.
  std::unique_ptr<std::atomic<const names::Name*>[]> analysed;  // NOLINT(modernize-avoid-c-arrays)
  mutable NeighbourCache neighbour_cache;

  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl();

  [[nodiscard]] std::string_view form_of(std::uint32_t piece) const;

  [[nodiscard]] std::uint32_t party_count() const { return static_cast<std::uint32_t>(parties.size()); }
  [[nodiscard]] std::uint32_t name_count() const { return static_cast<std::uint32_t>(names.size()); }
};

/// Lays the views over the bytes; an Error unless every section is where and what the format says.
[[nodiscard]] Result<void> read_sections(std::span<const std::byte> bytes, Snapshot::Impl& into);

}  // namespace interdict::index
