#include "index/mapped.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <functional>
#include <utility>

#include "index/checksum.h"
#include "index/codec.h"
#include "names/bound.h"

namespace interdict::index {

// Mapping -----------------------------------------------------------------------------------------------------------

Result<Mapping> Mapping::of(const std::filesystem::path& path) {
  const auto fail = [&path](const char* what) {
    return Error{errno == ENOENT ? Fault::not_found : Fault::io,
                 fmt::format("cannot {} the index: {}", what, std::strerror(errno)),
                 {path.string(), 0, 0, {}}};
  };
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);  // NOLINT(cppcoreguidelines-pro-type-vararg)
  if (file < 0) return fail("open");
  struct stat status{};
  Mapping mapping;
  if (::fstat(file, &status) != 0) {
    const Error error = fail("read");
    ::close(file);
    return error;
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  if (S_ISREG(status.st_mode) && size > 0) {
    void* at = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
    if (at == MAP_FAILED) {
      const Error error = fail("map");
      ::close(file);
      return error;
    }
    mapping.bytes_ = {static_cast<const std::byte*>(at), size};
  }
  ::close(file);
  return mapping;
}

Mapping::Mapping(Mapping&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}

Mapping& Mapping::operator=(Mapping&& other) noexcept {
  std::swap(bytes_, other.bytes_);
  return *this;
}

Mapping::~Mapping() {
  // munmap takes a pointer to non-const for historical reasons only.
  if (!bytes_.empty()) ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());  // NOLINT
}

std::string_view Snapshot::Impl::form_of(std::uint32_t piece) const { return read_form(pieces[piece]); }

Snapshot::Impl::~Impl() {
  if (analysed == nullptr) return;
  for (std::size_t i = 0; i < names.size(); ++i) delete analysed[i].load(std::memory_order_relaxed);  // NOLINT
}

// Checking ----------------------------------------------------------------------------------------------------------

namespace {

/// Lays typed views over the sections, keeping the first thing that is wrong.
class Layout {
 public:
  Layout(std::span<const std::byte> bytes, const Header& header) : bytes_(bytes), header_(header) {
    std::uint64_t expected = sizeof(Header);
    for (const Extent& extent : header.sections) {
      expected = (expected + section_alignment - 1) / section_alignment * section_alignment;
      if (extent.offset != expected || extent.size > bytes.size() || extent.offset > bytes.size() - extent.size) {
        fail("a section lies outside the file");
        return;
      }
      expected = extent.offset + extent.size;
    }
    if (expected != bytes.size()) fail("the file is longer than its sections");
  }

  void fail(std::string_view what) {
    if (wrong_.empty()) wrong_ = what;
  }
  [[nodiscard]] bool ok() const { return wrong_.empty(); }
  [[nodiscard]] const std::string& wrong() const { return wrong_; }

  [[nodiscard]] std::string_view text(Section section) const {
    if (!ok()) return {};
    const Extent& extent = header_.sections.at(static_cast<std::size_t>(section));
    return {reinterpret_cast<const char*>(bytes_.data()) + extent.offset, extent.size};
  }

  template <typename T>
  [[nodiscard]] std::span<const T> array(Section section) {
    const std::string_view bytes = text(section);
    if (bytes.size() % sizeof(T) != 0) fail("a section ends within an element");
    if (!ok()) return {};
    return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
  }

  /// N+1 ascending offsets from 0 to the size of what they point into.
  template <typename T>
  [[nodiscard]] std::span<const T> offsets(Section section, std::size_t into) {
    const std::span<const T> values = array<T>(section);
    if (!ok()) return zero_offsets<T>();
    if (values.empty() || values.front() != 0 || values.back() != into ||
        !std::is_sorted(values.begin(), values.end())) {
      fail("offsets are not ascending to the end of what they divide");
      return zero_offsets<T>();
    }
    return values;
  }

  template <typename T>
  [[nodiscard]] Strings<T> strings(Section offsets_section, Section bytes_section) {
    const std::string_view bytes = text(bytes_section);
    return {offsets<T>(offsets_section, bytes.size()),
            bytes.data()};  // NOLINT(bugprone-suspicious-stringview-data-usage): the offsets end it
  }

  [[nodiscard]] Runs runs(Section ranges_section, Section values_section) {
    const auto values = array<std::uint32_t>(values_section);
    return {offsets<std::uint32_t>(ranges_section, values.size()), values};
  }

  [[nodiscard]] HashedEntries hashed(Section buckets_section, Section entries_section) {
    const auto entries = array<NearEntry>(entries_section);
    const auto buckets = offsets<std::uint32_t>(buckets_section, entries.size());
    if (!std::has_single_bit(buckets.size() - 1)) fail("the number of buckets is no power of two");
    return {buckets, entries};
  }

  void require(bool condition, std::string_view what) {
    if (!condition) fail(what);
  }

 private:
  template <typename T>
  static std::span<const T> zero_offsets() {
    static constexpr std::array<T, 2> empty = {0, 0};
    return empty;
  }

  std::span<const std::byte> bytes_;
  const Header& header_;
  std::string wrong_;
};

template <typename T>
bool all_below(std::span<const T> values, std::size_t limit) {
  // The greatest, without an early exit, so that the compiler can use vector instructions.
  T greatest = 0;
  for (const T value : values) greatest = std::max(greatest, value);
  return values.empty() || greatest < limit;
}

bool all_ascending(const Runs& runs) {
  bool ascending = true;
  for (std::size_t i = 0; i + 1 < runs.ranges.size(); ++i) {
    for (std::size_t k = runs.ranges[i] + std::size_t{1}; k < runs.ranges[i + 1]; ++k) {
      ascending &= runs.values[k - 1] < runs.values[k];
    }
  }
  return ascending;
}

std::uint32_t longest(std::span<const std::uint32_t> ranges) {
  std::uint32_t most = 0;
  for (std::size_t i = 1; i < ranges.size(); ++i) most = std::max(most, ranges[i] - ranges[i - 1]);
  return most;
}

bool all_in_pools(std::span<const PartWeight> weights) {
  bool known = true;
  for (const PartWeight weight : weights) known &= weight.pool() < names::pool_count;
  return known;
}

bool rests_ascend(const Snapshot::Impl& s) {
  bool ascending = true;
  for (std::size_t i = 0; i + 1 < s.postings.ranges.size(); ++i) {
    for (std::size_t k = s.postings.ranges[i] + std::size_t{1}; k < s.postings.ranges[i + 1]; ++k) {
      ascending &= s.posting_rests[k - 1] <= s.posting_rests[k];
    }
  }
  return ascending;
}

/// Something is told of every posting.
bool company_is_whole(const Snapshot::Impl& s) {
  bool whole = true;
  for (std::size_t i = 0; i + 1 < s.company_ranges.size(); ++i) {
    const auto run = s.company.subspan(s.company_ranges[i], s.company_ranges[i + 1] - s.company_ranges[i]);
    std::uint32_t postings = 0;
    for (const Companion companion : run) postings += companion.is_first();
    whole &= postings == s.postings.size_of(i) && (run.empty() || run.front().is_first() == 1);
  }
  return whole;
}

bool all_pieces_known(std::span<const NearEntry> entries, std::size_t pieces) {
  std::uint32_t greatest = 0;
  for (const NearEntry& entry : entries) greatest = std::max(greatest, entry.piece);
  return entries.empty() || greatest < pieces;
}

template <typename T, typename Of = std::identity>
bool all_distinct_and_sorted(const Strings<T>& strings, Of of = {}) {
  std::string_view before;
  for (std::size_t i = 0; i < strings.size(); ++i) {
    const std::string_view here = of(strings[i]);
    if (i > 0 && before >= here) return false;
    before = here;
  }
  return true;
}

void check_counts(Layout& layout, const Snapshot::Impl& s) {
  const std::size_t parties = s.parties.size();
  const std::size_t names = s.names.size();
  layout.require(
      s.party_schema.size() == parties && s.party_source.size() == parties && s.party_names.size() == parties + 1 &&
          s.name_party.size() == names && s.name_use.size() == names && s.name_units.ranges.size() == names + 1 &&
          s.name_weights.size() == s.name_units.values.size() && s.posting_rests.size() == s.postings.values.size() &&
          s.piece_weights.size() == s.pieces.size() * kind_count &&
          s.postings.ranges.size() == s.pieces.size() * kind_count + 1 &&
          s.company_ranges.size() == s.postings.ranges.size() &&
          s.identifier_parties.ranges.size() == s.identifiers.size() + 1,
      "the sections disagree on how much there is");
}

void check_values(Layout& layout, const Snapshot::Impl& s) {
  const std::size_t parties = s.parties.size();
  const std::size_t names = s.names.size();
  layout.require(all_below(s.party_schema, s.labels.size()) && all_below(s.party_source, s.labels.size()),
                 "a party has an unknown label");
  layout.require(all_below(s.name_party, parties), "a name belongs to no party");
  layout.require(all_below(s.name_units.values, s.pieces.size()), "a name has a piece that is not in the vocabulary");
  layout.require(longest(s.name_units.ranges) <= 2 * names::parts_most, "a name has too many parts");
  layout.require(all_in_pools(s.name_weights), "a part of a name is in no pool");
  layout.require(all_below(s.postings.values, names), "a posting points to no name");
  layout.require(rests_ascend(s), "postings are out of order");
  layout.require(company_is_whole(s), "the company of a posting is not told");
  layout.require(all_below(s.identifier_parties.values, parties) && all_ascending(s.identifier_parties),
                 "an identifier belongs to no party");
  layout.require(all_pieces_known(s.near.entries, s.pieces.size()) && all_pieces_known(s.keys.entries, s.pieces.size()),
                 "a neighbour is not in the vocabulary");
  layout.require(all_distinct_and_sorted(s.pieces, read_form) && all_distinct_and_sorted(s.identifiers),
                 "a table is out of order");
  if (!layout.ok()) return;
  for (std::size_t i = 0; i < parties; ++i) {
    layout.require(is_sound_entry(s.parties[i]), "an entry is malformed");
    for (std::size_t n = s.party_names[i]; n < s.party_names[i + 1]; ++n) {
      layout.require(s.name_party[n] == i, "a name is filed under another party");
    }
  }
  for (std::size_t i = 0; i < s.pieces.size(); ++i) {
    layout.require(is_sound_piece(s.pieces[i]), "a piece is malformed");
  }
  for (std::size_t i = 0; i < names; ++i) {
    layout.require(is_sound_name(s.names[i]), "a name is malformed");
    layout.require(s.name_use[i] <= NameUse::abbreviation, "a name has an unknown use");
  }
}

Error not_a_snapshot(std::string message, Fault fault = Fault::bad_input) { return {fault, std::move(message), {}}; }

Result<void> check_header(std::span<const std::byte> bytes, const Header& header) {
  if (header.file_magic != magic) return not_a_snapshot("not an interdict index");
  if (header.version != format_version) {
    return not_a_snapshot(fmt::format("the index has format version {}, this program reads {}; build it again",
                                      header.version, format_version),
                          Fault::unsupported);
  }
  if (header.sections_here != section_count) return not_a_snapshot("the index has another number of sections");
  if (header.file_size != bytes.size()) {
    return not_a_snapshot(
        fmt::format("the index is {} bytes long and should be {}: it is damaged", bytes.size(), header.file_size));
  }
  if (header.checksum != xxh64(bytes.subspan(checksum_from))) {
    return not_a_snapshot("the index does not have the checksum it states: it is damaged");
  }
  return {};
}

}  // namespace

Result<void> read_sections(std::span<const std::byte> bytes, Snapshot::Impl& into) {
  if (bytes.size() < sizeof(Header)) return not_a_snapshot("not an interdict index: too short");
  INTERDICT_ASSERT(reinterpret_cast<std::uintptr_t>(bytes.data()) % alignof(Header) == 0);
  const Header& header = *reinterpret_cast<const Header*>(bytes.data());
  if (auto checked = check_header(bytes, header); !checked) return checked;

  Layout layout(bytes, header);
  const std::string_view tables = layout.text(Section::table_version);
  if (layout.ok() && tables != names::table_version()) {
    return not_a_snapshot(fmt::format("the index was made under matcher tables '{}', this program has '{}'; build it "
                                      "again",
                                      tables, names::table_version()),
                          Fault::unsupported);
  }
  into.world = layout.text(Section::world);
  const auto labels = layout.strings<std::uint32_t>(Section::label_offsets, Section::label_bytes);
  for (std::size_t i = 0; layout.ok() && i < labels.size(); ++i) {
    into.labels.push_back(labels[i]);
    into.label_kinds.push_back(names::kind_of(labels[i]));
  }
  into.parties = layout.strings<std::uint64_t>(Section::party_offsets, Section::party_bytes);
  into.party_schema = layout.array<std::uint16_t>(Section::party_schema);
  into.party_source = layout.array<std::uint16_t>(Section::party_source);
  into.names = layout.strings<std::uint64_t>(Section::name_offsets, Section::name_bytes);
  into.party_names = layout.offsets<std::uint32_t>(Section::party_names, into.names.size());
  into.name_party = layout.array<std::uint32_t>(Section::name_party);
  into.name_use = layout.array<NameUse>(Section::name_use);
  into.name_units = layout.runs(Section::name_unit_ranges, Section::name_units);
  into.name_weights = layout.array<PartWeight>(Section::name_weights);
  into.pieces = layout.strings<std::uint32_t>(Section::piece_offsets, Section::piece_bytes);
  into.postings = layout.runs(Section::posting_ranges, Section::postings);
  into.posting_rests = layout.array<std::uint8_t>(Section::posting_rests);
  into.company = layout.array<Companion>(Section::company);
  into.company_ranges = layout.offsets<std::uint32_t>(Section::company_ranges, into.company.size());
  into.piece_weights = layout.array<std::uint8_t>(Section::piece_weights);
  into.near = layout.hashed(Section::near_buckets, Section::near_entries);
  into.keys = layout.hashed(Section::key_buckets, Section::key_entries);
  into.identifiers = layout.strings<std::uint32_t>(Section::identifier_offsets, Section::identifier_bytes);
  into.identifier_parties = layout.runs(Section::identifier_ranges, Section::identifier_parties);
  if (layout.ok()) check_counts(layout, into);
  if (layout.ok()) check_values(layout, into);
  if (!layout.ok()) return not_a_snapshot("the index is damaged: " + layout.wrong());

  into.analysed = std::make_unique<std::atomic<const names::Name*>[]>(into.names.size());  // NOLINT
  return {};
}

}  // namespace interdict::index
