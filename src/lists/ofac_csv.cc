#include "lists/ofac_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>
#include <utility>

#include "lists/csv_stream.h"
#include "lists/list_values.h"
#include "lists/ofac_items.h"
#include "text/text.h"

namespace interdict::lists {
namespace {

using Fields = std::span<const std::string_view>;

constexpr std::size_t remark_bytes = 1000;  // where OFAC cuts a remark

constexpr std::array<std::size_t, part_count> columns_of = {12, 5, 6, 2};  // by Part
constexpr std::array<std::string_view, part_count> usual_name = {"sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"};

// "-0-" stands for nothing, with a space after it.
std::string_view value_of(std::string_view field) {
  field = trim(field);
  return field == "-0-" ? std::string_view{} : field;
}

std::optional<std::uint64_t> id_of(std::string_view field) {
  field = trim(field);
  std::uint64_t id = 0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), id);
  if (error != std::errc{} || end != field.data() + field.size() || field.empty()) return std::nullopt;
  return id;
}

std::optional<Part> part_of(Fields fields) {
  if (!id_of(fields[0])) return std::nullopt;
  switch (fields.size()) {
    case 12:
      return ofac_schema(value_of(fields[2])) ? std::optional(Part::main) : std::nullopt;
    case 5: {
      const std::string_view type = trim(fields[2]);
      if (!id_of(fields[1]) || (type != "aka" && type != "fka" && type != "nka")) return std::nullopt;
      return Part::aliases;
    }
    case 6:
      return id_of(fields[1]) ? std::optional(Part::addresses) : std::nullopt;
    case 2:
      return id_of(fields[1]) ? std::nullopt : std::optional(Part::comments);
    default:
      return std::nullopt;
  }
}

template <typename Visit>
void each_programme(std::string_view field, Visit visit) {
  for (;;) {
    const std::size_t at = field.find("] [");
    visit(trim(field.substr(0, at)));
    if (at == std::string_view::npos) return;
    field.remove_prefix(at + 3);
  }
}

bool only_cons_programmes(std::string_view field) {
  bool any = false;
  each_programme(field, [&](std::string_view programme) { any = any || is_ofac_cons_programme(programme); });
  return any;
}

}  // namespace

OfacCsv::OfacCsv(Sink& sink, bool has_comments) : sink_(sink), has_comments_(has_comments) {}

void OfacCsv::open(std::string file, Part part) {
  part_ = part;
  file_ = std::move(file);
  if (part == Part::main) main_file_ = file_;
  summary.version.supplied[static_cast<std::size_t>(part)] = true;
  rows_ = 0;
  csv_.emplace(file_, ',', [this](Fields fields, std::uint64_t line) {
    ++rows_;
    return row(fields, line);
  });
}

Result<void> OfacCsv::feed(std::string_view bytes) { return csv_->feed(bytes); }

Result<void> OfacCsv::close() {
  const bool whole = csv_->ended_with_line_end();
  if (auto finished = csv_->finish(); !finished) return finished;
  if (!whole) {
    return Error{Fault::bad_input, "the file is truncated: its last line has no end", {file_, open_line_, 0, {}}};
  }
  if (auto emitted = emit(); !emitted) return emitted;
  if (rows_ == 0) return Error{Fault::bad_input, "the file is empty", {file_, 0, 0, {}}};
  if (!strangers_.empty()) {
    return Error{
        Fault::inconsistent,
        fmt::format("{} rows name {} ids that {} does not hold, the first {}: the files are not of one version",
                    stranger_rows_, strangers_.size(), main_file_, first_stranger_.record),
        first_stranger_};
  }
  return {};
}

Result<void> OfacCsv::row(Fields fields, std::uint64_t line) {
  const std::size_t expected = columns_of[static_cast<std::size_t>(part_)];
  if (fields.size() != expected) {
    return Error{Fault::bad_input,
                 fmt::format("{} fields where OFAC's {} has {}", fields.size(),
                             usual_name[static_cast<std::size_t>(part_)], expected),
                 {file_, line, 0, {}}};
  }
  const auto id = id_of(fields[0]);
  if (!id) {
    return Error{Fault::bad_input,
                 fmt::format("'{}' is no id of an entry", trim(fields[0]).substr(0, 40)),
                 {file_, line, 1, {}}};
  }
  const auto known = persons_.find(*id);
  if (part_ != Part::main && known == persons_.end()) {
    if (strangers_.empty()) first_stranger_ = {file_, line, 0, std::to_string(*id)};
    strangers_.insert(*id);
    ++stranger_rows_;
    return {};
  }
  if (part_ == Part::main) {
    const bool person = value_of(fields[2]) == "individual";
    if (!persons_.emplace(*id, person).second) {
      reject(line, std::to_string(*id), "this id stands in the file more than once; the records are joined");
    }
    ++summary.entries;
  }
  const char* const begin = fields.front().data();
  const std::string_view whole(begin, static_cast<std::size_t>(fields.back().data() + fields.back().size() - begin));
  for (std::size_t i = 0; i < fields.size() && !text::is_ascii(whole); ++i) {
    if (text::is_valid_utf8(fields[i])) continue;
    reject(line, std::to_string(*id), fmt::format("field {} is not valid UTF-8; the row is left out", i + 1));
    return {};
  }
  if (!open_ || *open_ != *id || part_ == Part::main) {
    if (auto emitted = emit(); !emitted) return emitted;
    open_ = id;
    open_line_ = line;
    const std::string text = std::to_string(*id);
    builder_.begin(text, part_ == Part::main ? ofac_schema(value_of(fields[2])).value_or("LegalEntity")
                         : known->second     ? "Person"
                                             : "");
  }
  switch (part_) {
    case Part::main:
      main_row(fields, *id);
      break;
    case Part::aliases:
      alias_row(fields, known->second);
      break;
    case Part::addresses:
      address_row(fields);
      break;
    case Part::comments:
      comment_row(fields, *id);
      break;
  }
  return {};
}

void OfacCsv::main_row(Fields fields, std::uint64_t id) {
  const std::string_view type = value_of(fields[2]);
  const std::string_view name = value_of(fields[1]);
  if (type == "individual") {
    const auto [last, first] = split_ofac_name(name);
    add_ofac_name(builder_, Prop::name, last, first);
  } else {
    builder_.add_name(Prop::name, name);
    if (!ofac_schema(type)) builder_.add_unmodelled("SDN_Type", type);
  }
  if (name.empty()) builder_.note_fault("the entry has no name");
  for (const std::string_view title : split_any(value_of(fields[4]), ";")) builder_.add(Prop::position, title);
  builder_.add(Prop::call_sign, value_of(fields[5]));
  builder_.add(Prop::vessel_type, value_of(fields[6]));
  builder_.add(Prop::tonnage, value_of(fields[7])).with(Detail::field, "Tonnage");
  builder_.add(Prop::tonnage, value_of(fields[8])).with(Detail::field, "Gross Registered Tonnage");
  builder_.add_country(Prop::flag, value_of(fields[9]));
  builder_.add(Prop::owner, value_of(fields[10]));
  each_programme(value_of(fields[3]), [&](std::string_view code) { builder_.add(Prop::programme, code); });
  remarks(value_of(fields[11]), id);
}

void OfacCsv::remarks(std::string_view text, std::uint64_t id) {
  const bool cut = text.size() + 1 >= remark_bytes && !text.ends_with('.');
  if (!cut) {
    add_ofac_remarks(builder_, text, true);
    return;
  }
  const std::size_t last = last_ofac_item(text);
  add_ofac_remarks(builder_, text.substr(0, last), false);
  const std::string_view tail = trim(text.substr(last));
  if (has_comments_) {
    // The space at the cut may be the last byte of the remark, which trimming took.
    cut_.emplace(id, text.size() < remark_bytes ? fmt::format("{} ", tail) : std::string(tail));
  } else {
    builder_.add(Prop::notes, tail.empty() ? "(continued in the comments file)" : tail).with(Detail::note, "cut");
  }
}

void OfacCsv::alias_row(Fields fields, bool person) {
  const std::string_view type = trim(fields[2]);
  const std::string_view name = value_of(fields[3]);
  const Prop prop = type == "fka" ? Prop::previous_name : Prop::alias;
  const auto [last, first] = person ? split_ofac_name(name) : std::pair(name, std::string_view{});
  add_ofac_name(builder_, prop, last, first)
      .with(Detail::strength, "strong")
      .with(Detail::field, type == "aka" || type == "fka" ? std::string_view{} : type)
      .with(Detail::note, value_of(fields[4]))
      .with(Detail::id, trim(fields[1]));
}

void OfacCsv::address_row(Fields fields) {
  const std::string_view note = value_of(fields[5]);
  Said said = add_ofac_address(builder_, {.street = value_of(fields[2]),
                                          .place = value_of(fields[3]),
                                          .country = value_of(fields[4]),
                                          .id = trim(fields[1])});
  if (said) {
    said.with(Detail::note, note);
  } else {
    builder_.add_unmodelled("Add_Remarks", note);
  }
}

void OfacCsv::comment_row(Fields fields, std::uint64_t id) {
  std::string text;
  if (const auto cut = cut_.find(id); cut != cut_.end()) {
    text = std::move(cut->second);
    cut_.erase(cut);
  }
  // Untrimmed in front: the cut may fall on a space.
  text.append(fields[1]);
  add_ofac_remarks(builder_, text, true);
}

Result<void> OfacCsv::emit() {
  if (!open_) return {};
  const std::string id = std::to_string(*open_);
  for (const std::string& fault : builder_.faults()) reject(open_line_, id, fault);
  open_.reset();
  Record record = builder_.take();
  record.part = part_;
  if (part_ != Part::main) record.schema.clear();
  if (part_ != Part::main && record.statements.empty()) return {};  // an address of nothing but "-0-"
  ++summary.parts[static_cast<std::size_t>(part_)];
  return sink_.record(std::move(record));
}

Result<void> OfacCsv::finish() {
  part_ = Part::comments;
  std::vector<std::uint64_t> ids;
  for (const auto& [id, tail] : cut_) ids.push_back(id);
  std::sort(ids.begin(), ids.end());
  for (const std::uint64_t id : ids) {
    open_ = id;
    builder_.begin(std::to_string(id), "");
    const std::string& tail = cut_[id];
    builder_.add(Prop::notes, tail.empty() ? "(continued in the comments file)" : tail).with(Detail::note, "cut");
    if (auto emitted = emit(); !emitted) return emitted;
  }
  return {};
}

void OfacCsv::reject(std::uint64_t line, std::string record, std::string reason) {
  ++summary.rejected;
  sink_.reject({{file_, line, 0, std::move(record)}, std::move(reason)});
}

std::optional<Seen> recognise_ofac_csv(const Head& head) {
  // Cheap first: every file of a set begins with the number of an entry.
  const std::size_t comma = head.bytes.substr(0, 24).find(',');
  if (comma == std::string_view::npos || !id_of(head.bytes.substr(0, comma))) return std::nullopt;
  std::array<std::size_t, part_count> votes{};
  std::size_t rows = 0;
  std::size_t cons = 0;
  CsvStream csv("", ',', [&](Fields fields, std::uint64_t) -> Result<void> {
    ++rows;
    const auto part = part_of(fields);
    if (!part) return {};
    ++votes[static_cast<std::size_t>(*part)];
    if (*part == Part::main && only_cons_programmes(value_of(fields[3]))) ++cons;
    return {};
  });
  // A fault in the head is for the reader to tell, with its line.
  if (auto fed = csv.feed(head.bytes); fed && head.whole) static_cast<void>(csv.finish());
  const auto best = std::max_element(votes.begin(), votes.end());
  if (*best == 0 || 2 * *best < rows) return std::nullopt;
  const auto part = static_cast<Part>(best - votes.begin());
  if (part != Part::main) return Seen{"", part};
  return Seen{2 * cons > *best ? "us_ofac_cons" : "us_ofac_sdn", part};
}

Result<ReadSummary> read_ofac_csv(const FileSet& set, const ReadOptions&, Progress& progress, Sink& sink,
                                  std::vector<std::string>& digests) {
  std::array<const std::filesystem::path*, part_count> files{};
  for (const auto& file : set.files) {
    auto identified = identify(file);
    if (!identified) return std::move(identified).error();
    if (identified->form->name != "ofac_csv") {
      return Error{Fault::inconsistent, "the file is no part of an OFAC CSV set", {file.string(), 0, 0, {}}};
    }
    auto& slot = files[static_cast<std::size_t>(identified->seen.part)];
    if (slot != nullptr) {
      return Error{
          Fault::inconsistent,
          fmt::format("the set holds {} twice: {} is the other", to_string(identified->seen.part), slot->string()),
          {file.string(), 0, 0, {}}};
    }
    slot = &file;
  }
  if (files[0] == nullptr) {
    return Error{Fault::inconsistent,
                 "the set lacks its first file, sdn.csv or cons_prim.csv",
                 {set.files.front().string(), 0, 0, {}}};
  }
  OfacCsv reader(sink, files[static_cast<std::size_t>(Part::comments)] != nullptr);
  for (std::size_t part = 0; part < part_count; ++part) {
    if (files[part] == nullptr) continue;
    reader.open(files[part]->string(), static_cast<Part>(part));
    auto digest = read_file(*files[part], progress, [&](std::string_view chunk) { return reader.feed(chunk); });
    if (!digest) return std::move(digest).error();
    digests.push_back(*std::move(digest));
    if (auto closed = reader.close(); !closed) return std::move(closed).error();
  }
  if (auto finished = reader.finish(); !finished) return std::move(finished).error();
  return std::move(reader.summary);
}

Result<std::unordered_set<std::uint64_t>> ofac_csv_ids(const std::filesystem::path& path) {
  std::unordered_set<std::uint64_t> ids;
  CsvStream csv(path.string(), ',', [&](Fields fields, std::uint64_t) -> Result<void> {
    if (const auto id = id_of(fields[0])) ids.insert(*id);
    return {};
  });
  Progress silent({}, 0);
  auto digest = read_file(path, silent, [&](std::string_view chunk) { return csv.feed(chunk); });
  if (!digest) return std::move(digest).error();
  return ids;
}

}  // namespace interdict::lists
