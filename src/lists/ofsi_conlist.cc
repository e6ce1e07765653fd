#include "lists/ofsi_conlist.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "lists/list_values.h"
#include "text/text.h"

namespace interdict::lists {
namespace {

using Column = OfsiConList::Column;

constexpr std::array<std::string_view, OfsiConList::column_count> names_of_columns = {
    "Group ID",
    "Group Type",
    "Name 1",
    "Name 2",
    "Name 3",
    "Name 4",
    "Name 5",
    "Name 6",
    "Title",
    "Name Non-Latin Script",
    "Non-Latin Script Type",
    "Non-Latin Script Language",
    "Alias Type",
    "Alias Quality",
    "DOB",
    "Town of Birth",
    "Country of Birth",
    "Nationality",
    "Position",
    "Passport Number",
    "Passport Details",
    "NI Number",
    "National Identification Number",
    "Address 1",
    "Address 2",
    "Address 3",
    "Address 4",
    "Address 5",
    "Address 6",
    "Post/Zip Code",
    "Country",
    "Regime",
    "Listed On",
    "Last Updated",
    "UK Sanctions List Date Designated",
    "Other Information"};

constexpr std::string_view name_of(Column column) { return names_of_columns[static_cast<std::size_t>(column)]; }

constexpr std::array required = {Column::name_6,     Column::name_1, Column::birth_date, Column::other_information,
                                 Column::group_type, Column::regime, Column::listed_on,  Column::group_id};

// Windows-1252 above 0x7F: 0x80 to 0x9F by table, the rest as in Latin-1; 0 is undefined.
constexpr std::array<char16_t, 32> windows_1252 = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                   0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                   0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                   0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

std::optional<std::string> from_windows_1252(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out.push_back(c);
      continue;
    }
    const unsigned code = byte < 0xA0 ? windows_1252[byte - 0x80U] : byte;
    if (code == 0) return std::nullopt;
    if (code < 0x800) {
      out.push_back(static_cast<char>(0xC0U | (code >> 6U)));
    } else {
      out.push_back(static_cast<char>(0xE0U | (code >> 12U)));
      out.push_back(static_cast<char>(0x80U | ((code >> 6U) & 0x3FU)));
    }
    out.push_back(static_cast<char>(0x80U | (code & 0x3FU)));
  }
  return out;
}

// The list was published as Windows-1252 until 2018 and as UTF-8 since; nothing when it is neither. What had to be
// recoded is held in `recoded`.
std::optional<std::string_view> decoded(std::string_view bytes, std::string& recoded) {
  if (text::is_valid_utf8(bytes)) return bytes;
  auto text = from_windows_1252(bytes);
  if (!text) return std::nullopt;
  recoded = *std::move(text);
  return recoded;
}

// "Pakistan (as at Apr 2009)": the country, and what is said of it.
std::pair<std::string_view, std::string_view> country_and_note(std::string_view text) {
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos || open == 0) return {text, {}};
  std::string_view note = trim(text.substr(open));
  if (note.starts_with('(') && note.find(')') == note.size() - 1) note = note.substr(1, note.size() - 2);
  return {trim(text.substr(0, open)), note};
}

void add_countries(Prop prop, std::string_view text, RecordBuilder& out) {
  for (std::string_view item : split_numbered(text)) {
    while (item.ends_with(',') || item.ends_with('.')) item.remove_suffix(1);
    const auto [country, note] = country_and_note(item);
    const bool known = !out.country_code(country).empty();
    out.add_country(prop, known ? country : item).with(Detail::note, known ? note : std::string_view{});
  }
}

// Numbers of documents, each with the text it stands in; a text without one is kept as it is.
void add_documents(Prop prop, std::string_view text, std::string_view column, RecordBuilder& out) {
  for (const std::string_view item : split_numbered(text)) {
    const auto numbers = document_numbers(item);
    for (const std::string& number : numbers) {
      out.add(prop, number).with(Detail::original, number == item ? "" : item);
    }
    if (numbers.empty()) out.add_unmodelled(column, item);
  }
}

// "IMO number: 9187629", "IMO: 8518962".
void add_imo_numbers(std::string_view text, RecordBuilder& out) {
  for (std::size_t at = text.find("IMO"); at != std::string_view::npos; at = text.find("IMO", at + 3)) {
    const std::size_t digit = text.find_first_of("0123456789", at);
    if (digit == std::string_view::npos || digit - at > 14) continue;
    const std::string_view number = text.substr(digit, text.find_first_not_of("0123456789", digit) - digit);
    if (number.size() == 7) out.add(Prop::imo_number, number);
  }
}

// "UN Ref QDi.004.", "UN REF: QE.A.143.14", "(UN Ref):QDi.263".
std::string_view un_reference(std::string_view text) {
  std::size_t at = std::string_view::npos;
  for (const char* label : {"UN Ref", "UN REF"}) at = std::min(at, text.find(label));
  if (at == std::string_view::npos) return {};
  std::string_view rest = text.substr(at + 6);
  if (rest.starts_with("erence")) rest.remove_prefix(6);
  rest.remove_prefix(std::min(rest.find_first_not_of(").: No"), rest.size()));
  rest = rest.substr(0, rest.find_first_of(" ,;()"));
  while (rest.ends_with('.')) rest.remove_suffix(1);
  return rest.find_first_of("0123456789") == std::string_view::npos ? std::string_view{} : rest;
}

/// Two numbers of 64 bits that stand for a row of texts.
class Digester {
 public:
  explicit Digester(std::uint64_t kind) : first_(kind) {}
  void take(std::string_view text) {
    const std::uint64_t hash = std::hash<std::string_view>{}(text) + text.size();
    first_ = (first_ ^ hash) * 0x9E3779B97F4A7C15ULL;
    second_ = (second_ << 23U | second_ >> 41U) + hash * 0xC2B2AE3D27D4EB4FULL;
  }
  void take(Detail detail) { first_ += static_cast<std::uint64_t>(detail) + 1; }
  [[nodiscard]] DigestSet::Digest digest() const { return {first_, second_}; }

 private:
  std::uint64_t first_;
  std::uint64_t second_ = 0;
};

DigestSet::Digest digest(std::string_view group, const Statement& statement) {
  Digester digester(static_cast<std::uint64_t>(statement.prop) + 1);
  digester.take(group);
  digester.take(statement.value);
  for (const Qualifier& q : statement.details) {
    digester.take(q.detail);
    digester.take(q.value);
  }
  return digester.digest();
}

}  // namespace

OfsiConList::OfsiConList(std::string file, Sink& sink) : file_(std::move(file)), sink_(sink) {
  summary_.version.supplied[static_cast<std::size_t>(Part::main)] = true;
}

Result<void> OfsiConList::row(std::span<const std::string_view> fields, std::uint64_t line) {
  ++rows_;
  if (rows_ == 1) return date_row(fields, line);
  if (rows_ == 2) return name_row(fields, line);
  return party_row(fields, line);
}

Result<void> OfsiConList::date_row(std::span<const std::string_view> fields, std::uint64_t line) {
  if (fields.size() < 2 || trim(fields[0]) != "Last Updated") {
    return Error{Fault::bad_input, "the first line is not 'Last Updated,DD/MM/YYYY'", {file_, line, 1, {}}};
  }
  const auto day = parse_day_first(fields[1]);
  if (!day || day->precision() != PartialDate::Precision::day) {
    std::string recoded;
    return Error{Fault::bad_input,
                 fmt::format("impossible date '{}'", decoded(fields[1], recoded).value_or("?")),
                 {file_, line, 0, {}}};
  }
  published_ = day->first_day();
  return {};
}

Result<void> OfsiConList::name_row(std::span<const std::string_view> fields, std::uint64_t line) {
  for (const std::string_view name : fields) {
    std::string recoded;
    const auto column = decoded(trim(name), recoded);
    if (!column) {
      return Error{Fault::bad_input, "a column name is neither UTF-8 nor Windows-1252", {file_, line, 0, {}}};
    }
    columns_.emplace_back(*column);
  }
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const auto* const known = std::ranges::find(names_of_columns, columns_[i]);
    auto* const at = known == names_of_columns.end()
                         ? nullptr
                         : &column_at_[static_cast<std::size_t>(known - names_of_columns.begin())];
    if (at == nullptr || *at) {
      other_columns_.push_back(i);
    } else {
      *at = i;
    }
  }
  recoded_.resize(columns_.size());
  for (const Column column : required) {
    if (column_at_[static_cast<std::size_t>(column)]) continue;
    return Error{Fault::bad_input, fmt::format("there is no column '{}'", name_of(column)), {file_, line, 0, {}}};
  }
  return {};
}

std::string_view OfsiConList::field(Column column) const {
  const auto at = column_at_[static_cast<std::size_t>(column)];
  return at ? row_[*at] : std::string_view{};
}

bool OfsiConList::said_before(std::initializer_list<Column> columns) {
  Digester digester(static_cast<std::uint64_t>(*columns.begin()) + prop_count + 1);
  digester.take(builder_.id());
  for (const Column column : columns) digester.take(field(column));
  return !said_.insert(digester.digest());
}

Result<void> OfsiConList::party_row(std::span<const std::string_view> fields, std::uint64_t line) {
  if (fields.size() != columns_.size()) {
    return Error{Fault::bad_input,
                 fmt::format("{} fields where the heading has {}", fields.size(), columns_.size()),
                 {file_, line, 0, {}}};
  }
  row_.resize(fields.size());
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto value = decoded(trim(fields[i]), recoded_[i]);
    if (!value) {
      return Error{Fault::bad_input,
                   fmt::format("column '{}' is neither UTF-8 nor Windows-1252", columns_[i]),
                   {file_, line, 0, {}}};
    }
    row_[i] = *value;
  }
  const std::string group = text::clean(field(Column::group_id));
  if (group.empty()) {
    reject(line, {}, "no Group ID");
    return {};
  }
  const std::string_view kind = field(Column::group_type);
  const bool person = kind == "Individual";
  builder_.begin(group, person             ? "Person"
                        : kind == "Entity" ? "Organization"
                        : kind == "Ship"   ? "Vessel"
                                           : "LegalEntity");
  if (!person && kind != "Entity" && kind != "Ship") builder_.add_unmodelled("Group Type", kind);

  add_name();
  add_person();
  add_address();
  add_remarks();
  for (const std::size_t i : other_columns_) builder_.add_unmodelled(columns_[i], row_[i]);
  for (const std::string& fault : builder_.faults()) reject(line, group, fault);

  Record record = builder_.take();
  std::erase_if(record.statements, [&](const Statement& s) { return !said_.insert(digest(group, s)); });
  const bool first = groups_.insert(group).second;
  if (first) ++summary_.entries;
  if (!first && record.statements.empty()) return {};
  ++summary_.parts[static_cast<std::size_t>(Part::main)];
  return sink_.record(std::move(record));
}

Result<void> OfsiConList::finish() {
  if (rows_ < 2) {
    return Error{
        Fault::bad_input, rows_ == 0 ? "the file is empty" : "there is no line of column names", {file_, 0, 0, {}}};
  }
  if (summary_.entries == 0) return Error{Fault::bad_input, "the list holds no rows", {file_, 0, 0, {}}};
  return {};
}

void OfsiConList::add_name() {
  const std::string_view first = field(Column::name_1);
  const std::string_view last = field(Column::name_6);
  std::string middle;
  for (const Column column : {Column::name_2, Column::name_3, Column::name_4, Column::name_5}) {
    const std::string_view name = field(column);
    if (!name.empty()) middle.append(middle.empty() ? "" : " ").append(name);
  }
  const std::string_view type = field(Column::alias_type);
  const std::string_view quality = field(Column::alias_quality);
  const bool weak = starts_with_ignoring_case(quality, "low");
  const bool good = starts_with_ignoring_case(quality, "good");
  const bool primary = starts_with_ignoring_case(type, "prime") || equals_ignoring_case(type, "primary name");
  const bool known = primary || type == "AKA" || type == "FKA";
  const Prop prop = weak ? Prop::weak_alias : primary ? Prop::name : type == "FKA" ? Prop::previous_name : Prop::alias;
  Said name = builder_.add_name(prop, join({first, middle, last}, " "));
  name.with(Detail::strength, weak ? "weak" : good ? "strong" : "").with(Detail::field, known ? "" : type);
  if (field(Column::group_type) == "Individual" && !(first.empty() && middle.empty())) {
    name.with(Detail::first_name, first).with(Detail::middle_name, middle).with(Detail::last_name, last);
  }
  if (!weak && !good) builder_.add_unmodelled("Alias Quality", quality);

  const std::string_view script = field(Column::non_latin_script_type);
  const std::string_view language = field(Column::non_latin_script_language);
  Said original = builder_.add_name(Prop::alias, field(Column::name_non_latin_script));
  original.with(Detail::field, "Name Non-Latin Script").with(Detail::note, script).in_language(language);
  if (!original) builder_.add_unmodelled("Non-Latin Script", join({script, language}, ", "));
  for (std::string_view title : split_numbered(field(Column::title))) {
    while (title.ends_with(',') || title.ends_with('.')) title.remove_suffix(1);
    builder_.add(Prop::title, title);
  }
}

void OfsiConList::add_person() {
  const std::string_view born = field(Column::birth_date);
  builder_.add_date(Prop::birth_date, parse_day_first(born), born, "DOB");
  if (said_before({Column::town_of_birth, Column::country_of_birth, Column::nationality, Column::position,
                   Column::passport_number, Column::passport_details, Column::ni_number,
                   Column::national_identification_number})) {
    return;
  }
  for (const std::string_view town : split_numbered(field(Column::town_of_birth)))
    builder_.add(Prop::birth_place, town);
  add_countries(Prop::birth_country, field(Column::country_of_birth), builder_);
  add_countries(Prop::nationality, field(Column::nationality), builder_);
  for (const std::string_view position : split_numbered(field(Column::position)))
    builder_.add(Prop::position, position);

  // The older form has numbers and details in one column, the newer one in two.
  const std::string_view passport = field(Column::passport_number);
  add_documents(Prop::passport_number, passport, "Passport Number", builder_);
  const std::string_view details = field(Column::passport_details);
  if (passport.empty()) {
    add_documents(Prop::passport_number, details, "Passport Details", builder_);
  } else {
    builder_.add_unmodelled("Passport Details", details);
  }
  add_documents(Prop::id_number, field(Column::ni_number), "NI Number", builder_);
  add_documents(Prop::id_number, field(Column::national_identification_number), "National Identification Number",
                builder_);
}

void OfsiConList::add_address() {
  if (said_before({Column::address_1, Column::address_2, Column::address_3, Column::address_4, Column::address_5,
                   Column::address_6, Column::post_code, Column::country})) {
    return;
  }
  std::string lines;
  for (const Column column : {Column::address_1, Column::address_2, Column::address_3, Column::address_4,
                              Column::address_5, Column::address_6}) {
    const std::string_view line = field(column);
    if (!line.empty()) lines.append(lines.empty() ? "" : ", ").append(line);
  }
  const std::string_view zip = field(Column::post_code);
  const std::string_view place = field(Column::country);
  const auto [country, note] = country_and_note(place);
  if (lines.empty() && zip.empty()) {
    builder_.add_country(Prop::country, country).with(Detail::note, note);
    return;
  }
  builder_.add(Prop::address, join({lines, zip, country}, ", "))
      .with(Detail::postal_code, zip)
      .with(Detail::note, note)
      .in_country(country);
}

void OfsiConList::add_remarks() {
  builder_.add(Prop::programme, field(Column::regime));
  for (const auto& [column, prop] :
       {std::pair(Column::listed_on, Prop::listing_date), std::pair(Column::last_updated, Prop::amended_date)}) {
    const std::string_view date = field(column);
    builder_.add_date(prop, parse_day_first(date), date, name_of(column));
  }
  const std::string_view designated = field(Column::date_designated);
  builder_.add_date(Prop::listing_date, parse_day_first(designated), designated, "UK Sanctions List Date Designated")
      .with(Detail::field, "UK Sanctions List Date Designated");
  if (said_before({Column::other_information})) return;
  const std::string_view text = field(Column::other_information);
  builder_.add(Prop::notes, text).with(Detail::field, "Other Information");
  const std::string_view un = un_reference(text);
  builder_.add(Prop::reference, un).with(Detail::field, "UN Ref");
  add_un_mentions(builder_, text, un);
  add_gender_from_remark(builder_, text);
  add_imo_numbers(text, builder_);
}

void OfsiConList::reject(std::uint64_t line, std::string_view record, std::string reason) {
  ++summary_.rejected;
  sink_.reject({{file_, line, 0, std::string(record)}, std::move(reason)});
}

}  // namespace interdict::lists
