#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <unordered_map>
#include <utility>

#include "index/codec.h"
#include "index/file_writer.h"
#include "index/format.h"
#include "index/index.h"
#include "names/aliases.h"

namespace interdict::index {
namespace {

using Numbers = std::vector<std::uint32_t>;

struct BuiltName {
  std::string bytes;
  NameUse use = NameUse::primary;
  Numbers units;                         // their pieces by order of first meeting, renumbered when written
  std::vector<names::Measure> measures;  // of each part
  std::uint64_t acronym_mask = 0;

  /// Of a posting under this piece.
  void write_company(std::uint32_t piece, std::vector<Companion>& out) const {
    const std::size_t before = out.size();
    const auto push = [&](std::uint16_t hash) { out.emplace_back(hash, out.size() == before); };
    const auto mask = [&](std::size_t unit) { return unit_mask(unit, measures.size(), acronym_mask); };
    std::uint64_t common = ~std::uint64_t{0};  // to all units of this piece
    for (std::size_t unit = 0; unit < units.size(); ++unit) {
      if (units[unit] == piece) common &= mask(unit);
    }
    for (std::size_t unit = 0; unit < units.size(); ++unit) {
      if ((mask(unit) & common) == 0) push(Companion::hash_of(units[unit]));
    }
    if (out.size() == before) push(Companion::nobody);
    if (out.size() - before > Companion::most) {
      out.resize(before);
      push(Companion::anybody);
    }
  }

  /// Calls for each piece once, with the most core weight of one of its units, and that of the parts none is made of.
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

/// Where what concerns a piece in names of the party's kind stands.
std::size_t run_of(const BuiltParty& party, std::uint32_t piece) {
  return std::size_t{piece} * kind_count + static_cast<std::size_t>(party.kind);
}

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

names::Name analyse(const Statement& statement, std::string_view text, names::Kind kind) {
  std::string given(statement.detail(Detail::first_name));
  if (const auto middle = statement.detail(Detail::middle_name); !middle.empty()) {
    if (!given.empty()) given += ' ';
    given += middle;
  }
  names::PartHints hints;
  hints.given = given;
  hints.patronymic = statement.detail(Detail::patronymic);
  hints.family = statement.detail(Detail::last_name);
  return names::analyse(text, kind, hints);
}

// Sections ----------------------------------------------------------------------------------------------------------

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
  [[nodiscard]] bool fits() const { return values.size() <= std::numeric_limits<std::uint32_t>::max(); }
};

struct Postings {
  RunTable names;
  std::vector<std::uint8_t> rests;
  Numbers company_ranges = {0};
  std::vector<Companion> company;
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
  [[nodiscard]] bool fits() const { return entries.size() <= std::numeric_limits<std::uint32_t>::max(); }
};

/// By piece, then kind: what the piece is in names of that kind; nothing where it does not occur in any.
using Makes = std::vector<std::optional<Make>>;

/// Calls for each kind of name that the piece occurs in.
template <typename Call>
void for_each_make(const Makes& makes, std::size_t piece, const Call& call) {
  for (std::size_t kind = 0; kind < kind_count; ++kind) {
    if (const auto make = makes[piece * kind_count + kind]) call(static_cast<names::Kind>(kind), *make);
  }
}

/// Every piece under each of its segments.
BucketTable near_table(const std::vector<std::string_view>& pieces, const Makes& makes) {
  std::vector<BucketTable::Item> items;
  for (std::uint32_t number = 0; number < pieces.size(); ++number) {
    const std::string_view piece = pieces[number];
    const std::uint32_t mask = letters(piece);
    for_each_make(makes, number, [&](names::Kind kind, Make make) {
      const std::size_t count = segment_count(make, piece.size());
      for (std::size_t i = 0; i < count; ++i) {
        const Segment at = segment(piece.size(), count, i);
        const std::uint64_t hash =
            hash_segment(kind, segment_place(make, piece.size(), i), first_bytes(piece.substr(at.start, at.length)));
        items.push_back({hash, {number, mask}});
      }
    });
  }
  return BucketTable(items);
}

BucketTable key_table(const std::vector<std::string_view>& pieces, const Makes& makes) {
  std::vector<BucketTable::Item> items;
  for (std::uint32_t number = 0; number < pieces.size(); ++number) {
    const std::vector<names::Key> keys = names::piece_keys(names::make_unit(pieces[number]));
    for_each_make(makes, number, [&](names::Kind kind, Make make) {
      for (const names::Key& key : keys) {
        const std::uint64_t hash = hash_key(kind, key);
        items.push_back({hash >> 32U, {number, key_tag(hash, make)}});
      }
    });
  }
  return BucketTable(items);
}

}  // namespace

struct Builder::Impl {
  std::string world = "{}";
  std::vector<BuiltParty> parties;
  std::unordered_map<std::string, std::uint32_t> piece_numbers;
  std::vector<const std::string*> piece_texts;  // keys of piece_numbers, which stay in place
  std::map<std::string, std::uint16_t> labels;
  bool fits = true;  // whether all that was written so far can be numbered as the format does

  std::uint32_t intern(const std::string& piece) {
    const auto [at, is_new] = piece_numbers.try_emplace(piece, static_cast<std::uint32_t>(piece_texts.size()));
    if (is_new) piece_texts.push_back(&at->first);
    return at->second;
  }

  void add_name(BuiltParty& to, const Statement& statement, std::string_view text) {
    const names::Name name = analyse(statement, text, to.kind);
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

  /// What has been written is let go of: the index and what it is made from need not fit in memory together.
  Result<void> write(FileWriter& file);
  void write_labels(FileWriter& file);
  void write_parties(FileWriter& file);
  void write_names(FileWriter& file);
  void write_pieces(FileWriter& file, const std::vector<std::string_view>& pieces);
  void write_identifiers(FileWriter& file);
  [[nodiscard]] Postings postings(std::size_t pieces) const;
  [[nodiscard]] Makes makes_of(std::size_t pieces) const;
};

Makes Builder::Impl::makes_of(std::size_t pieces) const {
  Makes makes(pieces * kind_count);
  for (const BuiltParty& party : parties) {
    for (const BuiltName& name : party.names) {
      for (std::size_t i = 0; i < name.units.size(); ++i) {
        auto& make = makes[run_of(party, name.units[i])];
        if (i < name.measures.size()) make = Make::part;
        if (!make) make = Make::joined;
      }
    }
  }
  return makes;
}

Postings Builder::Impl::postings(std::size_t pieces) const {
  Postings table;
  table.piece_weights.assign(pieces * kind_count, 0);
  table.names.ranges.assign(pieces * kind_count + 1, 0);
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
  std::vector<const BuiltName*> names;
  for (const BuiltParty& party : parties) {
    for (const BuiltName& name : party.names) {
      name.for_each_piece([&](std::uint32_t piece, double, double rest) {
        postings[next[run_of(party, piece)]++] = {static_cast<std::uint32_t>(names.size()), steps_below(rest)};
      });
      names.push_back(&name);
    }
  }
  for (std::size_t run = 0; run + 1 < ranges.size(); ++run) {
    std::sort(postings.begin() + ranges[run], postings.begin() + ranges[run + 1],
              [](const Posting& a, const Posting& b) { return a.rest != b.rest ? a.rest < b.rest : a.name < b.name; });
    for (std::uint32_t at = ranges[run]; at < ranges[run + 1]; ++at) {
      names[postings[at].name]->write_company(static_cast<std::uint32_t>(run / kind_count), table.company);
    }
    table.company_ranges.push_back(static_cast<std::uint32_t>(table.company.size()));
  }
  for (const Posting& posting : postings) {
    table.names.values.push_back(posting.name);
    table.rests.push_back(posting.rest);
  }
  return table;
}

void Builder::Impl::write_labels(FileWriter& file) {
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
  file.section(Section::label_offsets, table.offsets);
  file.section(Section::label_bytes, table.bytes);
}

void Builder::Impl::write_parties(FileWriter& file) {
  StringTable<std::uint64_t> entries;
  std::vector<std::uint16_t> schemas;
  std::vector<std::uint16_t> sources;
  Numbers first_names = {0};
  for (BuiltParty& party : parties) {
    entries.push_back(std::exchange(party.entry, {}));
    schemas.push_back(labels[party.schema]);
    sources.push_back(labels[party.source]);
    first_names.push_back(first_names.back() + static_cast<std::uint32_t>(party.names.size()));
  }
  file.section(Section::party_offsets, entries.offsets);
  file.section(Section::party_bytes, entries.bytes);
  file.section(Section::party_schema, schemas);
  file.section(Section::party_source, sources);
  file.section(Section::party_names, first_names);
}

void Builder::Impl::write_names(FileWriter& file) {
  StringTable<std::uint64_t> names;
  Numbers party_of;
  std::vector<NameUse> uses;
  RunTable units;
  std::vector<PartWeight> weights;
  for (std::uint32_t number = 0; number < parties.size(); ++number) {
    for (BuiltName& name : parties[number].names) {
      names.push_back(std::exchange(name.bytes, {}));
      party_of.push_back(number);
      uses.push_back(name.use);
      units.values.insert(units.values.end(), name.units.begin(), name.units.end());
      units.end_run();
      for (const names::Measure& measure : name.measures) weights.emplace_back(measure.pool, measure.weight);
      weights.resize(units.values.size());
    }
  }
  fits = fits && units.fits();
  file.section(Section::name_offsets, names.offsets);
  file.section(Section::name_bytes, names.bytes);
  file.section(Section::name_party, party_of);
  file.section(Section::name_use, uses);
  file.section(Section::name_unit_ranges, units.ranges);
  file.section(Section::name_units, units.values);
  file.section(Section::name_weights, weights);
}

void Builder::Impl::write_pieces(FileWriter& file, const std::vector<std::string_view>& pieces) {
  {
    StringTable<std::uint32_t> table;
    for (const std::string_view piece : pieces) {
      Writer out;
      write_piece(out, names::make_unit(piece));
      table.push_back(out.bytes());
    }
    fits = fits && table.fits();
    file.section(Section::piece_offsets, table.offsets);
    file.section(Section::piece_bytes, table.bytes);
  }
  {
    const Postings posted = postings(pieces.size());
    fits = fits && posted.names.fits() && posted.company.size() <= std::numeric_limits<std::uint32_t>::max();
    file.section(Section::posting_ranges, posted.names.ranges);
    file.section(Section::postings, posted.names.values);
    file.section(Section::posting_rests, posted.rests);
    file.section(Section::company_ranges, posted.company_ranges);
    file.section(Section::company, posted.company);
    file.section(Section::piece_weights, posted.piece_weights);
  }
  const Makes makes = makes_of(pieces.size());
  {
    const BucketTable near = near_table(pieces, makes);
    fits = fits && near.fits();
    file.section(Section::near_buckets, near.buckets);
    file.section(Section::near_entries, near.entries);
  }
  const BucketTable keys = key_table(pieces, makes);
  fits = fits && keys.fits();
  file.section(Section::key_buckets, keys.buckets);
  file.section(Section::key_entries, keys.entries);
}

void Builder::Impl::write_identifiers(FileWriter& file) {
  std::map<std::string, Numbers> identifiers;
  for (std::uint32_t number = 0; number < parties.size(); ++number) {
    for (std::string& identifier : parties[number].identifiers) {
      Numbers& holders = identifiers[std::move(identifier)];
      if (holders.empty() || holders.back() != number) holders.push_back(number);
    }
  }
  StringTable<std::uint32_t> table;
  RunTable holding;
  for (const auto& [identifier, holders] : identifiers) {
    table.push_back(identifier);
    holding.values.insert(holding.values.end(), holders.begin(), holders.end());
    holding.end_run();
  }
  fits = fits && table.fits() && holding.fits();
  file.section(Section::identifier_offsets, table.offsets);
  file.section(Section::identifier_bytes, table.bytes);
  file.section(Section::identifier_ranges, holding.ranges);
  file.section(Section::identifier_parties, holding.values);
}

Result<void> Builder::Impl::write(FileWriter& file) {
  std::sort(parties.begin(), parties.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  const auto twice =
      std::adjacent_find(parties.begin(), parties.end(), [](const auto& a, const auto& b) { return a.id == b.id; });
  if (twice != parties.end()) {
    return Error{Fault::inconsistent, fmt::format("the listing '{}' was given twice", twice->id), {}};
  }
  const std::vector<std::string_view> pieces = sort_pieces();
  file.section(Section::world, world);
  file.section(Section::table_version, names::table_version());
  write_labels(file);
  write_parties(file);
  write_names(file);
  write_pieces(file, pieces);
  write_identifiers(file);
  if (!fits) return Error{Fault::limit, "more names than one index can hold", {}};
  return file.finish();
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
    if (is_name(statement.prop)) {
      for (const std::string& name : names::listed_names_in(statement.value, built.kind)) {
        impl_->add_name(built, statement, name);
      }
    }
    if (is_identifier(statement.prop)) {
      std::string identifier = normalise_identifier(statement.value);
      if (!identifier.empty()) built.identifiers.push_back(std::move(identifier));
    }
  }
  impl_->parties.push_back(std::move(built));
}

void Builder::describe(std::string world_json) { impl_->world = std::move(world_json); }

Result<void> Builder::write(const std::filesystem::path& path) {
  FileWriter file(path);
  return impl_->write(file);
}

}  // namespace interdict::index
