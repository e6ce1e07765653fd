#include <algorithm>

#include "index/codec.h"
#include "index/index.h"
#include "index/mapped.h"
#include "text/text.h"

namespace interdict::index {

Snapshot::Snapshot(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Snapshot::Snapshot(Snapshot&&) noexcept = default;
Snapshot& Snapshot::operator=(Snapshot&&) noexcept = default;
Snapshot::~Snapshot() = default;

Result<Snapshot> Snapshot::open(const std::filesystem::path& path) {
  auto mapping = Mapping::of(path);
  if (!mapping) return std::move(mapping).error();
  auto impl = std::make_unique<Impl>();
  impl->mapping = std::move(*mapping);
  if (auto read = read_sections(impl->mapping.bytes(), *impl); !read) {
    Error error = read.error();
    error.place.file = path.string();
    return error;
  }
  return Snapshot(std::move(impl));
}

Result<Snapshot> Snapshot::over(std::span<const std::byte> bytes, std::string_view name_for_errors) {
  auto impl = std::make_unique<Impl>();
  if (auto read = read_sections(bytes, *impl); !read) {
    Error error = read.error();
    error.place.file = name_for_errors;
    return error;
  }
  return Snapshot(std::move(impl));
}

std::string_view Snapshot::world_json() const { return impl_->world; }
std::uint32_t Snapshot::party_count() const { return impl_->party_count(); }
std::uint32_t Snapshot::name_count() const { return impl_->name_count(); }
std::span<const std::string_view> Snapshot::labels() const { return impl_->labels; }

std::string_view Snapshot::id(std::uint32_t party) const { return read_entry(impl_->parties[party]).id; }
std::string_view Snapshot::caption(std::uint32_t party) const { return read_entry(impl_->parties[party]).caption; }
std::string_view Snapshot::standing(std::uint32_t party) const { return read_entry(impl_->parties[party]).standing; }
std::uint16_t Snapshot::schema_label(std::uint32_t party) const { return impl_->party_schema[party]; }
std::uint16_t Snapshot::source_label(std::uint32_t party) const { return impl_->party_source[party]; }
Statements Snapshot::statements(std::uint32_t party) const { return read_entry(impl_->parties[party]).statements; }
std::uint32_t Snapshot::first_name(std::uint32_t party) const { return impl_->party_names[party]; }

Entry Snapshot::entry(std::uint32_t party) const {
  const EntryView view = read_entry(impl_->parties[party]);
  Entry out;
  out.id = view.id;
  out.source = source(party);
  out.schema = schema(party);
  out.caption = view.caption;
  out.standing = view.standing;
  for (const StatementView& statement : view.statements) out.statements.push_back(statement.statement());
  return out;
}

std::optional<std::uint32_t> Snapshot::find(std::string_view listing_id) const {
  std::uint32_t low = 0;
  std::uint32_t high = party_count();
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (id(middle) < listing_id) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == party_count() || id(low) != listing_id) return std::nullopt;
  return low;
}

std::uint32_t Snapshot::party_of(std::uint32_t name) const { return impl_->name_party[name]; }
NameUse Snapshot::use_of(std::uint32_t name) const { return impl_->name_use[name]; }

const names::Name& Snapshot::name(std::uint32_t name) const {
  std::atomic<const names::Name*>& slot = impl_->analysed[name];
  if (const names::Name* known = slot.load(std::memory_order_acquire); known != nullptr) return *known;
  std::vector<names::Unit> units;
  const auto pieces = impl_->name_units[name];
  units.reserve(pieces.size());
  for (const std::uint32_t piece : pieces) units.push_back(read_piece(impl_->pieces[piece]));
  auto read = std::make_unique<names::Name>(read_name(impl_->names[name], std::move(units)));
  const names::Name* expected = nullptr;
  // Two threads may read the same name at once; the first to put it down wins.
  if (slot.compare_exchange_strong(expected, read.get(), std::memory_order_acq_rel)) return *read.release();
  return *expected;
}

std::vector<std::uint32_t> Snapshot::by_identifier(std::string_view normalised) const {
  const Strings<std::uint32_t>& table = impl_->identifiers;
  std::size_t low = 0;
  std::size_t high = table.size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (table[middle] < normalised) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == table.size() || table[low] != normalised) return {};
  const auto parties = impl_->identifier_parties[low];
  return {parties.begin(), parties.end()};
}

const char* to_string(NameUse use) {
  switch (use) {
    case NameUse::primary:
      return "primary";
    case NameUse::alias:
      return "alias";
    case NameUse::weak_alias:
      return "weak_alias";
    case NameUse::previous:
      return "previous";
    case NameUse::abbreviation:
      return "abbreviation";
  }
  return "unknown";
}

std::string normalise_identifier(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (text::is_digit(c) || (c >= 'A' && c <= 'Z')) out.push_back(c);
    if (c >= 'a' && c <= 'z') out.push_back(static_cast<char>(c - 'a' + 'A'));
  }
  const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (out.size() == 10 && out.starts_with("IMO") && std::none_of(out.begin() + 3, out.end(), is_letter)) {
    return out.substr(3);
  }
  if (out.size() == 11 && out.ends_with("XXX") && std::all_of(out.begin(), out.begin() + 6, is_letter)) out.resize(8);
  return out;
}

}  // namespace interdict::index
