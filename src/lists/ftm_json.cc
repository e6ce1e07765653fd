#include "lists/ftm_json.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <functional>

#include "lists/ftm_schema.h"
#include "lists/list_values.h"
#include "text/text.h"

namespace interdict::lists {
namespace {

namespace dom = simdjson::dom;
namespace ondemand = simdjson::ondemand;

std::uint64_t hash_of(std::string_view id) { return std::hash<std::string_view>{}(id); }

// What a Sanction says that is true of the party itself.
bool tells_of_listing(Prop prop) {
  switch (prop) {
    case Prop::programme:
    case Prop::legal_act:
    case Prop::listing_date:
    case Prop::amended_date:
    case Prop::measure:
    case Prop::reason:
    case Prop::reference:
    case Prop::source_url:
    case Prop::unmodelled:  // its authority, start and end dates, status: true of the listing, without a property of
                            // the party
      return true;
    default:
      return false;
  }
}

// "Ownership", "owner" -> "ownershipOwner", as FollowTheMoney calls the same link seen from that end.
std::string role_of(std::string_view schema, std::string_view property) {
  std::string role(schema);
  role[0] = static_cast<char>(role[0] >= 'A' && role[0] <= 'Z' ? role[0] - 'A' + 'a' : role[0]);
  role.append(property);
  char& first = role[schema.size()];
  if (first >= 'a' && first <= 'z') first = static_cast<char>(first - 'a' + 'A');
  return role;
}

/// One value as text, whatever its JSON type; nothing for null.
class TextOf {
 public:
  explicit TextOf(dom::element value) {
    if (!value.get_string().get(text_) || value.is_null()) return;
    other_ = simdjson::minify(value);
    text_ = other_;
  }
  operator std::string_view() const { return text_; }  // NOLINT(google-explicit-constructor): it is a text

 private:
  std::string_view text_;
  std::string other_;
};

}  // namespace

std::optional<std::string> ftm_dataset(std::string_view head) {
  head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
  if (!head.starts_with('{')) return std::nullopt;
  const std::string_view line = head.substr(0, head.find('\n'));
  dom::parser parser;
  dom::element entity;
  std::string_view text;
  if (parser.parse(line.data(), line.size()).get(entity)) {
    // A line longer than the head, or one that is broken: it is for the reader to say so.
    const bool likely = line.find("\"schema\"") != std::string_view::npos;
    return likely ? std::optional<std::string>(std::string()) : std::nullopt;
  }
  if (entity["schema"].get_string().get(text)) return std::nullopt;
  dom::array datasets;
  if (entity["datasets"].get_array().get(datasets) || datasets.size() != 1) return std::string();
  return datasets.at(0).get_string().get(text) ? std::string() : std::string(text);
}

Result<void> LineSplitter::feed(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    const std::string_view piece = bytes.substr(0, end);
    if (partial_.size() + piece.size() > line_bytes_max) {
      return Error{
          Fault::limit, fmt::format("a line longer than {} bytes", line_bytes_max), {file_, lines_ + 1, 0, {}}};
    }
    if (end == std::string_view::npos) {
      partial_.append(piece);
      return {};
    }
    ++lines_;
    if (partial_.empty()) {
      if (auto visited = visit_(piece, lines_); !visited) return visited;
    } else {
      partial_.append(piece);
      if (auto visited = visit_(partial_, lines_); !visited) return visited;
      partial_.clear();
    }
    bytes.remove_prefix(end + 1);
  }
  return {};
}

Result<void> LineSplitter::finish() {
  if (partial_.empty()) return {};
  ++lines_;
  auto visited = visit_(partial_, lines_);
  partial_.clear();
  return visited;
}

/// What a line says beside the statements, which go to the builder.
struct FtmJson::Entity {
  std::string id;
  std::string schema;
  std::span<const std::string_view> links;  // the properties that name its ends, when it is a link
  std::string caption;
  std::vector<Qualifier> name_parts;
  std::vector<std::pair<std::string, std::string>> ends;  // property, id
  std::string note;                                       // role, relationship, share of a link
};

struct FtmJson::Json {
  explicit Json(FtmJson& owner) : reader(owner) {}

  simdjson::error_code parse(std::string_view line, dom::element& out) {
    buffer.reserve(line.size() + simdjson::SIMDJSON_PADDING);
    buffer.assign(line);
    return parser.parse(buffer.data(), line.size(), false).get(out);
  }
  /// For a field or two: the rest of the line is passed over.
  simdjson::error_code look_at(std::string_view line, ondemand::document& out) {
    buffer.reserve(line.size() + simdjson::SIMDJSON_PADDING);
    buffer.assign(line);
    return scanner.iterate(buffer.data(), line.size(), buffer.capacity()).get(out);
  }
  void read_field(std::string_view name, dom::element value, Entity& out);
  void read_property(std::string_view name, dom::element values, Entity& out);

  FtmJson& reader;
  dom::parser parser;
  ondemand::parser scanner;
  std::string buffer;
};

FtmJson::FtmJson(std::string file, std::string source, Sink& sink)
    : file_(std::move(file)),
      source_(std::move(source)),
      sink_(sink),
      scan_(file_, [this](std::string_view line, std::uint64_t) { return scan_line(line); }),
      read_(file_, [this](std::string_view line, std::uint64_t number) { return read_line(line, number); }),
      json_(new Json(*this)) {
  summary_.version.supplied[static_cast<std::size_t>(Part::main)] = true;
}

FtmJson::~FtmJson() = default;

Result<void> FtmJson::scan_line(std::string_view line) {
  // Faults are left to the second pass, which reports them.
  ondemand::document entity;
  std::string_view text;
  if (trim(line).empty() || json_->look_at(line, entity)) return {};
  if (entity["id"].get_string().get(text)) return {};
  const std::string id = text::clean(text);  // as read_line() has it: the two passes must name one entity alike
  if (entity["schema"].get_string().get(text)) return {};
  const std::string schema = text::clean(text);
  if (id.empty() || schema.empty()) return {};
  auto at = std::find(schemata_.begin(), schemata_.end(), schema);
  if (at == schemata_.end()) at = schemata_.insert(at, schema);
  schema_by_id_.emplace(hash_of(id), static_cast<std::uint32_t>(at - schemata_.begin()));
  return {};
}

Result<void> FtmJson::finish_scan() { return scan_.finish(); }

const std::string* FtmJson::schema_of(std::string_view id) const {
  const auto at = schema_by_id_.find(hash_of(id));
  return at == schema_by_id_.end() ? nullptr : &schemata_[at->second];
}

Result<void> FtmJson::read_line(std::string_view line, std::uint64_t number) {
  if (trim(line).empty()) return {};
  dom::element document;
  if (auto error = json_->parse(line, document)) {
    return Error{
        Fault::bad_input, fmt::format("invalid JSON: {}", simdjson::error_message(error)), {file_, number, 0, {}}};
  }
  dom::object object;
  if (document.get_object().get(object)) {
    reject(number, {}, "the line is no JSON object");
    return {};
  }
  Entity entity;
  std::string_view text;
  if (!object["id"].get_string().get(text)) entity.id = text::clean(text);
  if (!object["schema"].get_string().get(text)) entity.schema = text::clean(text);
  if (entity.id.empty() || entity.schema.empty()) {
    reject(number, entity.id, entity.id.empty() ? "the entity has no id" : "the entity has no schema");
    return {};
  }

  entity.links = ftm_ends(entity.schema);
  builder_.begin(entity.id, entity.schema);
  for (const dom::key_value_pair field : object) {
    dom::object properties;
    if (field.key == "properties" && !field.value.get_object().get(properties)) {
      for (const dom::key_value_pair property : properties) json_->read_property(property.key, property.value, entity);
    } else {
      json_->read_field(field.key, field.value, entity);
    }
  }
  // The caption is mostly one of the names, chosen for display; only another text says something new.
  if (!builder_.has_value(entity.caption) && entity.caption != entity.id && entity.caption != entity.schema) {
    builder_.add_unmodelled("caption", entity.caption);
  }
  for (const std::string& fault : builder_.faults()) reject(number, entity.id, fault);
  Record record = builder_.take();
  attach_name_parts(record, entity);
  if (auto told = tell_ends(entity, record, number); !told) return told;
  ++summary_.entries;
  ++summary_.parts[static_cast<std::size_t>(Part::main)];
  return sink_.record(std::move(record));
}

// The fields of a line beside its id, schema and properties.
void FtmJson::Json::read_field(std::string_view name, dom::element value, Entity& out) {
  if (name == "id" || name == "schema") return;
  dom::array items;
  std::string_view text;
  if (name == "datasets" && !value.get_array().get(items)) {
    for (const dom::element item : items) {
      if (!item.get_string().get(text)) ++reader.datasets_[std::string(text)];
    }
  } else if (name == "referents" && !value.get_array().get(items)) {
    for (const dom::element item : items) reader.builder_.add(Prop::reference, TextOf(item)).with(Detail::field, name);
  } else if (name == "last_seen") {
    // When the publisher's crawler ran: a fact of the version, not of the entity.
    reader.note_seen(TextOf(value));
  } else if (name == "last_change") {
    const TextOf when(value);
    reader.builder_.add_date(Prop::amended_date, PartialDate::parse(std::string_view(when).substr(0, 10)), when, name);
  } else if (name == "caption") {
    out.caption = text::clean(TextOf(value));
  } else if (!value.get_array().get(items)) {
    for (const dom::element item : items) reader.builder_.add_unmodelled(name, TextOf(item));
  } else {
    reader.builder_.add_unmodelled(name, TextOf(value));
  }
}

void FtmJson::Json::read_property(std::string_view name, dom::element values, Entity& out) {
  dom::array items;
  if (values.get_array().get(items)) {
    reader.read_value(name, TextOf(values), out);  // one value outside of a list
  } else {
    for (const dom::element item : items) reader.read_value(name, TextOf(item), out);
  }
}

void FtmJson::read_value(std::string_view name, std::string_view text, Entity& out) {
  if (text.empty()) return;
  if (ftm_names_entity(out.links, name)) {
    const bool end = !out.links.empty();
    if (end) out.ends.emplace_back(name, text::clean(text));
    // Of a vessel, owner and operator are properties of ours, and whether they hold an id or a name.
    const auto own = end ? std::nullopt : prop_from(name);
    builder_.add(own ? *own : Prop::relation, text).with(Detail::role, own ? std::string_view{} : name);
    return;
  }
  if (const auto part = ftm_name_part(name)) {
    out.name_parts.push_back({*part, std::string(text)});
    return;
  }
  if (!out.links.empty() && (name == "role" || name == "relationship" || name == "percentage")) {
    out.note = join({out.note, fmt::format("{}: {}", name, text)}, "; ");
  }
  const auto property = ftm_property(name);
  if (!property) {
    builder_.add_unmodelled(name, text);
    return;
  }
  Said said;
  switch (property->value) {
    case FtmValue::text:
      said = builder_.add(property->prop, text);
      break;
    case FtmValue::name:
      said = builder_.add_name(property->prop, text);
      break;
    case FtmValue::country:
      said = builder_.add_country(property->prop, text);
      break;
    case FtmValue::date:
      said = builder_.add_date(property->prop, PartialDate::parse(text.substr(0, 10)), text, name);
      return;
    case FtmValue::gender:
      add_gender(builder_, text, name);
      return;
  }
  if (property->prop == Prop::weak_alias) said.with(Detail::strength, "weak");
  if (property->keep_name) said.with(Detail::field, name);
}

// Name parts are properties of their own here, not tied to one of several names: one of each kind and one name, and
// they belong together; otherwise they are kept beside.
void FtmJson::attach_name_parts(Record& record, const Entity& entity) {
  Statement* name = nullptr;
  int names = 0;
  for (Statement& s : record.statements) {
    if (s.prop != Prop::name) continue;
    name = &s;
    ++names;
  }
  for (const Qualifier& part : entity.name_parts) {
    const auto same = std::count_if(entity.name_parts.begin(), entity.name_parts.end(),
                                    [&](const Qualifier& q) { return q.detail == part.detail; });
    if (names == 1 && same == 1) {
      name->with(part.detail, text::clean(part.value));
    } else {
      Statement beside{Prop::unmodelled, text::clean(part.value), {}};
      beside.with(Detail::field, to_string(part.detail));
      record.statements.push_back(std::move(beside));
      name = nullptr;
      names = 0;
    }
  }
}

// A link's ends hear of it: each of the other end, a listed party of what its Sanction says.
Result<void> FtmJson::tell_ends(const Entity& entity, const Record& record, std::uint64_t number) {
  const auto properties = entity.links;
  if (properties.empty()) return {};
  for (const auto& [property, id] : entity.ends) {
    const std::string* schema = schema_of(id);
    if (schema == nullptr) {
      reject(number, entity.id, fmt::format("{} names {}, which is not in the file", property, id));
      continue;
    }
    Record told{id, Part::main, *schema, {}};
    for (const auto& [other_property, other] : entity.ends) {
      if (other_property == property) continue;
      Statement relation{Prop::relation, other, {}};
      relation.with(Detail::role, role_of(entity.schema, property)).with(Detail::id, entity.id);
      relation.with(Detail::note, text::clean(entity.note));
      told.statements.push_back(std::move(relation));
    }
    if (properties.size() == 1) {
      for (const Statement& s : record.statements) {
        if (!tells_of_listing(s.prop)) continue;
        told.statements.push_back(s);
        told.statements.back().with(Detail::id, entity.id);
      }
    }
    if (told.statements.empty()) continue;
    ++summary_.parts[static_cast<std::size_t>(Part::main)];
    if (auto taken = sink_.record(std::move(told)); !taken) return taken;
  }
  return {};
}

Result<void> FtmJson::finish() {
  if (auto finished = read_.finish(); !finished) return finished;
  if (summary_.entries == 0) {
    return Error{
        Fault::bad_input, read_.lines() == 0 ? "the file is empty" : "the file holds no entity", {file_, 0, 0, {}}};
  }
  if (source().empty()) {
    return Error{
        Fault::bad_usage,
        datasets_.empty()
            ? "the entities name no dataset: give the source id to load them under"
            : fmt::format("the entities are of {} datasets: give the source id to load them under", datasets_.size()),
        {file_, 0, 0, {}}};
  }
  return {};
}

std::string_view FtmJson::source() const {
  if (!source_.empty()) return source_;
  return datasets_.size() == 1 ? std::string_view(datasets_.begin()->first) : std::string_view{};
}

void FtmJson::note_seen(std::string_view text) {
  const auto seen = parse_instant(text);
  if (seen && (!last_seen_ || *seen > *last_seen_)) last_seen_ = seen;
}

void FtmJson::reject(std::uint64_t line, std::string_view record, std::string reason) {
  ++summary_.rejected;
  sink_.reject({{file_, line, 0, std::string(record)}, std::move(reason)});
}

}  // namespace interdict::lists
