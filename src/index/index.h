// The index room: all names of a world compiled into one immutable file that is mapped, not loaded.
//
// Exact by construction: a listed name is left out only when names::ScoreBound proves it below the floor; identifiers
// have their own exact look-up. A snapshot is bit-for-bit reproducible from the same parties in any order of adding,
// carries its format version, names::table_version() and a checksum, and is safe to map when truncated or damaged (an
// Error). Format: docs/formats/snapshot.md. Threads: a Snapshot is immutable and shared freely (its caches lock
// inside); views into it live as long as it does.
#pragma once

#include <cstdint>
#include <filesystem>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"
#include "names/names.h"

namespace interdict::index {

/// What is kept of a listed name beside its text.
enum class NameUse : std::uint8_t { primary, alias, weak_alias, previous, abbreviation };
[[nodiscard]] const char* to_string(NameUse use);

/// Everything that screening needs of a party, so that a hit is complete without the store.
struct Entry {
  std::string id;  // listing id
  std::string source;
  std::string schema;
  std::string caption;
  std::string standing;  // empty when plainly listed; else why it is uncertain (store::to_string(Standing))
  std::vector<Statement> statements;
};

/// A statement read in place.
struct StatementView {
  Prop prop = Prop::unmodelled;
  std::string_view value;
  std::string_view details;  // encoded

  /// Empty when absent.
  [[nodiscard]] std::string_view detail(Detail which) const;
  [[nodiscard]] Statement statement() const;
};

/// The statements of a party in the order published, decoded one at a time while iterating: `for (const StatementView&
/// s : snapshot.statements(party))`.
class Statements {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = StatementView;
    using difference_type = std::ptrdiff_t;

    Iterator() = default;
    explicit Iterator(std::string_view bytes) : left_(bytes), at_end_(false) { advance(); }
    const StatementView& operator*() const { return current_; }
    const StatementView* operator->() const { return &current_; }
    Iterator& operator++() {
      advance();
      return *this;
    }
    bool operator==(std::default_sentinel_t) const { return at_end_; }

   private:
    void advance();
    std::string_view left_;
    StatementView current_;
    bool at_end_ = true;
  };

  Statements() = default;
  explicit Statements(std::string_view bytes) : bytes_(bytes) {}
  [[nodiscard]] Iterator begin() const { return Iterator(bytes_); }
  [[nodiscard]] std::default_sentinel_t end() const { return {}; }

 private:
  std::string_view bytes_;
};

class Builder {
 public:
  Builder();
  ~Builder();
  Builder(Builder&&) noexcept;
  /// Parties whose schema is not matchable are ignored.
  void add(const Party& party, std::string_view standing);
  /// Describes the world the snapshot answers from, as JSON text; stored and given back unchanged.
  void describe(std::string world_json);
  /// Writes beside `path` and renames, so that a reader never sees half a file. Two parties under one listing id are an
  /// Error. The builder is spent afterwards.
  Result<void> write(const std::filesystem::path& path);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

class Snapshot {
 public:
  /// Maps the file and checks all of it. An Error when it is no snapshot, of another format version, made under other
  /// matcher tables, truncated or damaged.
  static Result<Snapshot> open(const std::filesystem::path& path);
  /// The same of bytes in memory, which must outlive the snapshot and be aligned to 8.
  static Result<Snapshot> over(std::span<const std::byte> bytes, std::string_view name_for_errors);
  Snapshot(Snapshot&&) noexcept;
  Snapshot& operator=(Snapshot&&) noexcept;
  ~Snapshot();

  [[nodiscard]] std::string_view world_json() const;
  [[nodiscard]] std::uint32_t party_count() const;
  [[nodiscard]] std::uint32_t name_count() const;

  /// Schemas and sources are kept as numbers of this sorted table.
  [[nodiscard]] std::span<const std::string_view> labels() const;

  // Parties by number, 0..party_count(), in order of listing id.
  [[nodiscard]] Entry entry(std::uint32_t party) const;
  [[nodiscard]] std::string_view id(std::uint32_t party) const;
  [[nodiscard]] std::string_view caption(std::uint32_t party) const;
  [[nodiscard]] std::string_view standing(std::uint32_t party) const;
  [[nodiscard]] std::uint16_t schema_label(std::uint32_t party) const;
  [[nodiscard]] std::uint16_t source_label(std::uint32_t party) const;
  [[nodiscard]] std::string_view schema(std::uint32_t party) const { return labels()[schema_label(party)]; }
  [[nodiscard]] std::string_view source(std::uint32_t party) const { return labels()[source_label(party)]; }
  [[nodiscard]] Statements statements(std::uint32_t party) const;
  /// Its names are those from first_name(party) up to first_name(party + 1).
  [[nodiscard]] std::uint32_t first_name(std::uint32_t party) const;
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view listing_id) const;

  // Names by number, 0..name_count(), grouped by party.
  [[nodiscard]] std::uint32_t party_of(std::uint32_t name) const;
  [[nodiscard]] NameUse use_of(std::uint32_t name) const;
  /// The analysed form, read from the file when first asked for and kept.
  [[nodiscard]] const names::Name& name(std::uint32_t name) const;

  /// Parties that are of interest, by their labels; an empty vector admits all.
  struct Scope {
    std::vector<bool> schemas;
    std::vector<bool> sources;
  };
  /// Every name of the query's kind and within scope whose score against `query` could reach `floor`, with its bound,
  /// in order of name number.
  struct Candidate {
    std::uint32_t name;
    float bound;
  };
  [[nodiscard]] std::vector<Candidate> candidates(const names::Name& query, double floor) const;
  [[nodiscard]] std::vector<Candidate> candidates(const names::Name& query, double floor, const Scope& scope) const;
  /// Parties that hold an identifier with this normalised value, of whatever kind; ascending.
  [[nodiscard]] std::vector<std::uint32_t> by_identifier(std::string_view normalised) const;

  struct Impl;
  [[nodiscard]] const Impl& inside() const { return *impl_; }  // for the room's own tests

 private:
  explicit Snapshot(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// How identifiers are compared: upper-case letters and digits only; an IMO number without its prefix; a bank's BIC of
/// eleven characters that names no branch ("XXX") by its first eight. Empty when nothing is left.
[[nodiscard]] std::string normalise_identifier(std::string_view value);

}  // namespace interdict::index
