#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <map>
#include <numeric>
#include <unordered_map>

#include "index/checksum.h"
#include "index/codec.h"
#include "index/format.h"
#include "index/index.h"

namespace interdict::index {
namespace {

using Numbers = std::vector<std::uint32_t>;

struct BuiltName {
  std::string bytes;
  NameUse use = NameUse::primary;
  Numbers units;                         // their pieces by order of first meeting, renumbered when written
  std::vector<names::Measure> measures;  // of each part
  std::uint64_t acronym_mask = 0;

  /// Calls for each piece once: the parts that its units are made of.
  template <typename Call>
  void for_each_piece(const Call& call) const {
    for (std::size_t unit = 0; unit < units.size(); ++unit) {
      const auto begin = units.begin();
      if (std::find(begin, begin + static_cast<std::ptrdiff_t>(unit), units[unit]) !=
          begin + static_cast<std::ptrdiff_t>(unit)) {
        continue;
      }
      std::uint64_t covered = 0;
      double most = 0;
      for (std::size_t other = unit; other < units.size(); ++other) {
        if (units[other] != units[unit]) continue;
        const std::uint64_t mask = unit_mask(other, measures.size(), acronym_mask);
        covered |= mask;
        most = std::max(most, core_weight(mask));
      }
      call(units[unit], most, core_weight(~covered));
    }
  }

 private:
  [[nodiscard]] double core_weight(std::uint64_t mask) const {
    double sum = 0;
    for (std::size_t i = 0; i < measures.size(); ++i) {
      if ((mask >> i & 1U) != 0 && measures[i].pool == names::Pool::core) {
        sum += static_cast<double>(measures[i].weight);
      }
    }
    return sum;
  }
};

struct BuiltParty {
  std::string id;
  std::string schema;
  std::string source;
  std::string entry;
  names::Kind kind = names::Kind::person;
  std::vector<BuiltName> names;
  std::vector<std::string> identifiers;
};

NameUse use_of(const Statement& statement) {
  switch (statement.prop) {
    case Prop::alias:
      return statement.detail(Detail::strength) == "weak" ? NameUse::weak_alias : NameUse::alias;
    case Prop::weak_alias:
      return NameUse::weak_alias;
    case Prop::previous_name:
      return NameUse::previous;
    case Prop::abbreviation:
      return NameUse::abbreviation;
    default:
      return NameUse::primary;
  }
}

names::Name analyse(const Statement& statement, names::Kind kind) {
  std::string given(statement.detail(Detail::first_name));
  if (const auto middle = statement.detail(Detail::middle_name); !middle.empty()) {
    if (!given.empty()) given += ' ';
    given += middle;
  }
  names::PartHints hints;
  hints.given = given;
  hints.patronymic = statement.detail(Detail::patronymic);
  hints.family = statement.detail(Detail::last_name);
  return names::analyse(statement.value, kind, hints);
}

// Sections ----------------------------------------------------------------------------------------------------------

/// The file as it grows: sections appended in the order of the format.
class Image {
 public:
  Image() : bytes_(sizeof(Header), '\0') {}

  void section(Section which, std::string_view content) {
    INTERDICT_ASSERT(static_cast<std::size_t>(which) == next_);
    bytes_.resize((bytes_.size() + section_alignment - 1) / section_alignment * section_alignment, '\0');
    header_.sections.at(next_++) = {bytes_.size(), content.size()};
    bytes_.append(content);
  }
  template <typename T>
  void section(Section which, const std::vector<T>& values) {
    section(which, {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)});
  }

  std::string finish() {
    INTERDICT_ASSERT(next_ == section_count);
    header_.file_magic = magic;
    header_.version = format_version;
    header_.sections_here = section_count;
    header_.file_size = bytes_.size();
    std::memcpy(bytes_.data(), &header_, sizeof header_);
    header_.checksum = xxh64(std::as_bytes(std::span(bytes_)).subspan(checksum_from));
    std::memcpy(bytes_.data(), &header_, sizeof header_);
    return std::move(bytes_);
  }

 private:
  std::string bytes_;
  Header header_{};
  std::size_t next_ = 0;
};

/// A table of byte strings being put together.
template <typename Offset>
struct StringTable {
  std::vector<Offset> offsets = {0};
  std::string bytes;

  void push_back(std::string_view value) {
    bytes.append(value);
    offsets.push_back(static_cast<Offset>(bytes.size()));
  }
  [[nodiscard]] bool fits() const { return bytes.size() <= std::numeric_limits<Offset>::max(); }
};

/// A table of runs of numbers being put together.
struct RunTable {
  Numbers ranges = {0};
  Numbers values;

  void end_run() { ranges.push_back(static_cast<std::uint32_t>(values.size())); }
};

struct Postings {
  RunTable names;
  std::vector<std::uint8_t> rests;
  std::vector<std::uint8_t> piece_weights;
};

/// Entries sorted into a power of two of buckets, about one each; within a bucket in the order given.
struct BucketTable {
  Numbers buckets;
  std::vector<NearEntry> entries;

  struct Item {
    std::uint64_t hash;
    NearEntry entry;
  };
  explicit BucketTable(const std::vector<Item>& items) {
    const std::size_t count = std::bit_ceil(std::max<std::size_t>(items.size(), 1));
    buckets.assign(count + 1, 0);
    for (const Item& item : items) ++buckets[(item.hash & (count - 1)) + 1];
    std::partial_sum(buckets.begin(), buckets.end(), buckets.begin());
    entries.resize(items.size());
    Numbers next(buckets.begin(), buckets.end() - 1);
    for (const Item& item : items) entries[next[item.hash & (count - 1)]++] = item.entry;
  }
};

/// Every piece under each of its segments, but once a bucket.
BucketTable near_table(const std::vector<std::string_view>& pieces, const std::vector<Make>& makes) {
  std::vector<BucketTable::Item> items;
  for (std::uint32_t number = 0; number < pieces.size(); ++number) {
    const std::string_view piece = pieces[number];
    const Make make = makes[number];
    const std::uint32_t mask = letters(piece);
    const std::size_t count = segment_count(make, piece.size());
    for (std::size_t i = 0; i < count; ++i) {
      const Segment at = segment(piece.size(), count, i);
      const std::uint64_t hash = hash_segment(make, piece.size(), i, piece.substr(at.start, at.length));
      items.push_back({hash, {number, mask}});
    }
  }
  return BucketTable(items);
}

BucketTable key_table(const std::vector<std::string_view>& pieces, const std::vector<Make>& makes) {
  std::vector<BucketTable::Item> items;
  for (std::uint32_t number = 0; number < pieces.size(); ++number) {
    for (const std::string& key : names::piece_keys(pieces[number])) {
      const std::uint64_t hash = hash_key(key);
      items.push_back({hash >> 32U, {number, key_tag(hash, makes[number])}});
    }
  }
  return BucketTable(items);
}

/// Beside the place it is for, forced to disk, then renamed there.
Result<void> write_file(const std::filesystem::path& path, std::string_view bytes) {
  const std::string beside = fmt::format("{}.{}.new", path.string(), ::getpid());
  const auto fail = [&](const char* what) {
    const Error error{
        Fault::io, fmt::format("cannot {} the index: {}", what, std::strerror(errno)), {path.string(), 0, 0, {}}};
    ::unlink(beside.c_str());
    return error;
  };
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg)
  const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return fail("create");
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      const Error error = fail("write");
      ::close(file);
      return error;
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  const bool flushed = ::fsync(file) == 0;
  if (::close(file) != 0 || !flushed) return fail("write");
  if (::rename(beside.c_str(), path.c_str()) != 0) return fail("put in place");
  return {};
}

}  // namespace

struct Builder::Impl {
  std::string world = "{}";
  std::vector<BuiltParty> parties;
  std::unordered_map<std::string, std::uint32_t> piece_numbers;
  std::vector<const std::string*> piece_texts;  // keys of piece_numbers, which stay in place

  std::uint32_t intern(const std::string& piece) {
    const auto [at, is_new] = piece_numbers.try_emplace(piece, static_cast<std::uint32_t>(piece_texts.size()));
    if (is_new) piece_texts.push_back(&at->first);
    return at->second;
  }

  void add_name(BuiltParty& to, const Statement& statement) {
    const names::Name name = analyse(statement, to.kind);
    BuiltName built;
    Writer out;
    write_name(out, name);
    built.bytes = out.take();
    built.use = use_of(statement);
    for (const names::Unit& unit : name.units) built.units.push_back(intern(unit.form));
    built.measures = name.measures;
    built.acronym_mask = name.acronym_mask;
    to.names.push_back(std::move(built));
  }

  /// Numbers the pieces in the order of their bytes; gives the texts in that order.
  std::vector<std::string_view> sort_pieces() {
    Numbers order(piece_texts.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(),
              [this](std::uint32_t a, std::uint32_t b) { return *piece_texts[a] < *piece_texts[b]; });
    Numbers number_of(order.size());
    std::vector<std::string_view> sorted;
    for (std::uint32_t i = 0; i < order.size(); ++i) {
      number_of[order[i]] = i;
      sorted.emplace_back(*piece_texts[order[i]]);
    }
    for (BuiltParty& party : parties) {
      for (BuiltName& name : party.names) {
        for (std::uint32_t& piece : name.units) piece = number_of[piece];
      }
    }
    return sorted;
  }

  Result<std::string> image();
  void write_labels(Image& image, std::map<std::string, std::uint16_t>& labels) const;
  [[nodiscard]] Postings postings(std::size_t pieces) const;
  [[nodiscard]] std::vector<Make> makes_of(std::size_t pieces) const;
};

std::vector<Make> Builder::Impl::makes_of(std::size_t pieces) const {
  std::vector<Make> makes(pieces, Make::joined);
  for (const BuiltParty& party : parties) {
    for (const BuiltName& name : party.names) {
      for (std::size_t i = 0; i < name.measures.size(); ++i) makes[name.units[i]] = Make::part;
    }
  }
  return makes;
}

Postings Builder::Impl::postings(std::size_t pieces) const {
  Postings table;
  table.piece_weights.assign(pieces * kind_count, 0);
  table.names.ranges.assign(pieces * kind_count + 1, 0);
  const auto run_of = [](const BuiltParty& party, std::uint32_t piece) {
    return std::size_t{piece} * kind_count + static_cast<std::size_t>(party.kind);
  };
  struct Posting {
    std::uint32_t name;
    std::uint8_t rest;
  };
  for (const BuiltParty& party : parties) {
    for (const BuiltName& name : party.names) {
      name.for_each_piece([&](std::uint32_t piece, double most, double) {
        const std::size_t run = run_of(party, piece);
        ++table.names.ranges[run + 1];
        table.piece_weights[run] = std::max(table.piece_weights[run], steps_above(most));
      });
    }
  }
  Numbers& ranges = table.names.ranges;
  std::partial_sum(ranges.begin(), ranges.end(), ranges.begin());
  std::vector<Posting> postings(ranges.back());
  Numbers next(ranges.begin(), ranges.end() - 1);
  std::uint32_t number = 0;
  for (const BuiltParty& party : parties) {
    for (const BuiltName& name : party.names) {
      name.for_each_piece([&](std::uint32_t piece, double, double rest) {
        postings[next[run_of(party, piece)]++] = {number, steps_below(rest)};
      });
      ++number;
    }
  }
  for (std::size_t run = 0; run + 1 < ranges.size(); ++run) {
    std::sort(postings.begin() + ranges[run], postings.begin() + ranges[run + 1],
              [](const Posting& a, const Posting& b) { return a.rest != b.rest ? a.rest < b.rest : a.name < b.name; });
  }
  for (const Posting& posting : postings) {
    table.names.values.push_back(posting.name);
    table.rests.push_back(posting.rest);
  }
  return table;
}

void Builder::Impl::write_labels(Image& image, std::map<std::string, std::uint16_t>& labels) const {
  for (const BuiltParty& party : parties) {
    labels[party.schema];
    labels[party.source];
  }
  StringTable<std::uint32_t> table;
  std::uint16_t next = 0;
  for (auto& [text, number] : labels) {
    number = next++;
    table.push_back(text);
  }
  image.section(Section::label_offsets, table.offsets);
  image.section(Section::label_bytes, table.bytes);
}

Result<std::string> Builder::Impl::image() {
  std::sort(parties.begin(), parties.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  const auto twice =
      std::adjacent_find(parties.begin(), parties.end(), [](const auto& a, const auto& b) { return a.id == b.id; });
  if (twice != parties.end()) {
    return Error{Fault::inconsistent, fmt::format("the listing '{}' was given twice", twice->id), {}};
  }
  const std::vector<std::string_view> pieces = sort_pieces();

  StringTable<std::uint64_t> entries;
  StringTable<std::uint64_t> names;
  Numbers party_names = {0};
  Numbers name_party;
  std::vector<NameUse> name_use;
  RunTable name_units;
  std::vector<PartWeight> name_weights;
  std::map<std::string, Numbers> identifiers;
  for (std::uint32_t number = 0; number < parties.size(); ++number) {
    BuiltParty& party = parties[number];
    entries.push_back(party.entry);
    for (const BuiltName& name : party.names) {
      names.push_back(name.bytes);
      name_party.push_back(number);
      name_use.push_back(name.use);
      name_units.values.insert(name_units.values.end(), name.units.begin(), name.units.end());
      name_units.end_run();
      for (const names::Measure& measure : name.measures) name_weights.emplace_back(measure.pool, measure.weight);
      name_weights.resize(name_units.values.size());
    }
    party_names.push_back(static_cast<std::uint32_t>(name_party.size()));
    for (std::string& identifier : party.identifiers) {
      Numbers& holders = identifiers[std::move(identifier)];
      if (holders.empty() || holders.back() != number) holders.push_back(number);
    }
  }
  StringTable<std::uint32_t> piece_table;
  for (const std::string_view piece : pieces) piece_table.push_back(piece);
  StringTable<std::uint32_t> identifier_table;
  RunTable identifier_parties;
  for (const auto& [identifier, holders] : identifiers) {
    identifier_table.push_back(identifier);
    identifier_parties.values.insert(identifier_parties.values.end(), holders.begin(), holders.end());
    identifier_parties.end_run();
  }
  const Postings posted = postings(pieces.size());
  const std::vector<Make> makes = makes_of(pieces.size());
  const BucketTable near = near_table(pieces, makes);
  const BucketTable keys = key_table(pieces, makes);
  constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max();
  if (!piece_table.fits() || !identifier_table.fits() || posted.names.values.size() > most ||
      near.entries.size() > most || keys.entries.size() > most) {
    return Error{Fault::limit, "more names than one index can hold", {}};
  }

  Image out;
  out.section(Section::world, world);
  out.section(Section::table_version, names::table_version());
  std::map<std::string, std::uint16_t> labels;
  write_labels(out, labels);
  std::vector<std::uint16_t> party_schema;
  std::vector<std::uint16_t> party_source;
  for (const BuiltParty& party : parties) {
    party_schema.push_back(labels[party.schema]);
    party_source.push_back(labels[party.source]);
  }
  out.section(Section::party_offsets, entries.offsets);
  out.section(Section::party_bytes, entries.bytes);
  out.section(Section::party_schema, party_schema);
  out.section(Section::party_source, party_source);
  out.section(Section::party_names, party_names);
  out.section(Section::name_offsets, names.offsets);
  out.section(Section::name_bytes, names.bytes);
  out.section(Section::name_party, name_party);
  out.section(Section::name_use, name_use);
  out.section(Section::name_unit_ranges, name_units.ranges);
  out.section(Section::name_units, name_units.values);
  out.section(Section::name_weights, name_weights);
  out.section(Section::piece_offsets, piece_table.offsets);
  out.section(Section::piece_bytes, piece_table.bytes);
  out.section(Section::posting_ranges, posted.names.ranges);
  out.section(Section::postings, posted.names.values);
  out.section(Section::posting_rests, posted.rests);
  out.section(Section::piece_weights, posted.piece_weights);
  out.section(Section::near_buckets, near.buckets);
  out.section(Section::near_entries, near.entries);
  out.section(Section::key_buckets, keys.buckets);
  out.section(Section::key_entries, keys.entries);
  out.section(Section::identifier_offsets, identifier_table.offsets);
  out.section(Section::identifier_bytes, identifier_table.bytes);
  out.section(Section::identifier_ranges, identifier_parties.ranges);
  out.section(Section::identifier_parties, identifier_parties.values);
  return out.finish();
}

Builder::Builder() : impl_(std::make_unique<Impl>()) {}
Builder::~Builder() = default;
Builder::Builder(Builder&&) noexcept = default;

void Builder::add(const Party& party, std::string_view standing) {
  if (!is_matchable(party.schema)) return;
  BuiltParty built;
  built.id = party.id;
  built.schema = party.schema;
  built.source = party.source;
  built.kind = names::kind_of(party.schema);
  Writer entry;
  write_entry(entry, party, standing);
  built.entry = entry.take();
  for (const Statement& statement : party.statements) {
    if (is_name(statement.prop)) impl_->add_name(built, statement);
    if (is_identifier(statement.prop)) {
      std::string identifier = normalise_identifier(statement.value);
      if (!identifier.empty()) built.identifiers.push_back(std::move(identifier));
    }
  }
  impl_->parties.push_back(std::move(built));
}

void Builder::describe(std::string world_json) { impl_->world = std::move(world_json); }

Result<void> Builder::write(const std::filesystem::path& path) {
  auto image = impl_->image();
  if (!image) return std::move(image).error();
  return write_file(path, *image);
}

}  // namespace interdict::index
