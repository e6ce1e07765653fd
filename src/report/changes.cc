#include "report/changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "report/json.h"
#include "report/report.h"
#include "text/text.h"

namespace interdict::report {
namespace {

using store::PartyChange;

bool mentions(std::string_view where, const std::string& folded) {
  return text::fold(where).find(folded) != std::string::npos;
}

bool mentions(const PartyChange& party, const std::string& folded) {
  const auto said = [&](const Statement& statement) { return mentions(statement.value, folded); };
  return folded.empty() || mentions(party.caption, folded) || mentions(party.listing, folded) ||
         std::ranges::any_of(party.went, said) || std::ranges::any_of(party.came, said);
}

/// The publisher's own name where there is no property of the vocabulary.
std::string_view field_of(const Statement& statement) {
  const std::string_view own = statement.detail(Detail::field);
  return statement.prop == Prop::unmodelled && !own.empty() ? own : to_string(statement.prop);
}

/// The value with all that qualifies it: two statements that differ read differently.
std::string said(const Statement& statement) {
  std::string out = statement.value;
  std::string_view separator = " (";
  for (const Qualifier& one : statement.details) {
    if (one.detail == Detail::field && statement.prop == Prop::unmodelled) continue;
    out += fmt::format("{}{}: {}", separator, to_string(one.detail), one.value);
    separator = ", ";
  }
  return separator == ", " ? out + ')' : out;
}

struct Field {
  std::vector<std::string> before;
  std::vector<std::string> after;
};

/// By field, in the order of the vocabulary.
std::vector<std::pair<std::string_view, Field>> fields_of(const PartyChange& party) {
  std::map<std::pair<Prop, std::string_view>, Field> fields;
  for (const Statement& one : party.went) fields[{one.prop, field_of(one)}].before.push_back(said(one));
  for (const Statement& one : party.came) fields[{one.prop, field_of(one)}].after.push_back(said(one));
  std::vector<std::pair<std::string_view, Field>> out;
  out.reserve(fields.size());
  for (auto& [key, field] : fields) out.emplace_back(key.second, std::move(field));
  return out;
}

const char* covered(const store::Between& between) {
  if (!between.to) return "not_covered";
  return between.from_first ? "since_first" : "covered";
}

void write_version(Json& json, const std::optional<store::Version>& version) {
  if (!version) {
    json.null();
    return;
  }
  json.begin_object();
  json.field("version", version->info.hash);
  json.field("published", to_string(version->published));
  json.end_object();
}

void write_counts(Json& json, std::uint64_t added, std::uint64_t changed, std::uint64_t removed) {
  json.key("added");
  json.integer(static_cast<std::int64_t>(added));
  json.key("changed");
  json.integer(static_cast<std::int64_t>(changed));
  json.key("removed");
  json.integer(static_cast<std::int64_t>(removed));
}

void write_list(Json& json, const ListChanges& list) {
  json.begin_object();
  json.field("source", list.between.source);
  json.field("covered", covered(list.between));
  json.key("from");
  write_version(json, list.between.from);
  json.key("to");
  write_version(json, list.between.to);
  write_counts(json, list.added, list.changed, list.removed);
  json.key("versions");
  json.begin_array();
  for (const store::Version& version : list.between.versions) {
    json.begin_object();
    json.field("version", version.info.hash);
    json.field("published", to_string(version.published));
    json.key("entries");
    json.integer(static_cast<std::int64_t>(version.entries));
    write_counts(json, version.added, version.changed, version.removed);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void write_party(Json& json, const PartyChange& party) {
  json.begin_object();
  json.field("id", party.listing);
  json.field("source", std::string_view(party.listing).substr(0, party.listing.find(':')));
  json.field("caption", party.caption);
  json.field("schema", party.schema);
  json.field("change", to_string(party.kind));
  json.key("fields");
  json.begin_array();
  for (const auto& [name, field] : fields_of(party)) {
    json.begin_object();
    json.field("field", name);
    put_strings(json, "before", field.before);
    put_strings(json, "after", field.after);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

std::string day_of(const store::Version& version) {
  return to_string(std::chrono::floor<std::chrono::days>(version.published));
}

void append_list(std::string& out, const ListChanges& list) {
  auto to = std::back_inserter(out);
  const store::Between& between = list.between;
  if (!between.to) {
    fmt::format_to(to, "{}: not covered by then{}\n", between.source,
                   between.versions.empty() ? "" : ", its first version is of " + day_of(between.versions.front()));
    return;
  }
  fmt::format_to(to, "{}: {} added, {} changed, {} removed  ({} to {})\n", between.source, list.added, list.changed,
                 list.removed, day_of(*between.from), day_of(*between.to));
  if (between.from_first) {
    fmt::format_to(to, "  compared with its first version, of {}: what was listed before is not known\n",
                   day_of(*between.from));
  } else if (between.from->id == between.to->id) {
    fmt::format_to(to, "  one version answers for both days\n");
  }
}

std::string cell(const std::vector<std::string>& values) {
  std::string out = fmt::format("{}", fmt::join(values, "; "));
  if (!out.empty() && std::string_view("=+-@\t\r").find(out.front()) != std::string_view::npos) out.insert(0, 1, '\'');
  return csv_field(out);
}

}  // namespace

std::optional<PartyChange::Kind> change_kind(std::string_view word) {
  for (const auto kind : {PartyChange::Kind::added, PartyChange::Kind::changed, PartyChange::Kind::removed}) {
    if (word == to_string(kind)) return kind;
  }
  return std::nullopt;
}

Result<Changes> changes_of(const store::Store& store, const ChangesAsked& asked) {
  if (asked.from > asked.world.as_of) {
    return Error{Fault::bad_usage,
                 fmt::format("from {} to {}: the days are the wrong way round", to_string(asked.from),
                             to_string(asked.world.as_of)),
                 {}};
  }
  Changes out;
  out.asked = asked;
  std::vector<std::string> sources = asked.sources;
  if (sources.empty()) {
    const auto held = store.coverage(asked.world);
    if (!held) return held.error();
    for (const store::SourceCoverage& one : *held) sources.push_back(one.source);
  }
  std::ranges::sort(sources);
  sources.erase(std::ranges::unique(sources).begin(), sources.end());
  const std::string folded = text::fold(asked.text);
  for (const std::string& source : sources) {
    ListChanges list;
    auto between = store.between(source, asked.from, asked.world, [&](PartyChange&& party) {
      ++(party.kind == PartyChange::Kind::added     ? list.added
         : party.kind == PartyChange::Kind::changed ? list.changed
                                                    : list.removed);
      if ((asked.kind && party.kind != *asked.kind) || !mentions(party, folded)) return;
      const bool is_shown = out.total >= asked.offset && out.parties.size() < asked.limit;
      ++out.total;
      if (is_shown) out.parties.push_back(std::move(party));
    });
    if (!between) return std::move(between).error();
    list.between = std::move(*between);
    out.lists.push_back(std::move(list));
  }
  return out;
}

std::string changes_json(const Changes& changes) {
  const ChangesAsked& asked = changes.asked;
  Json json;
  json.begin_object();
  json.field("from", to_string(asked.from));
  json.field("to", to_string(asked.world.as_of));
  json.field("known_at", asked.world.known_at);
  json.key("bundled");
  json.boolean(changes.bundled);
  json.key("lists");
  json.begin_array();
  for (const ListChanges& list : changes.lists) write_list(json, list);
  json.end_array();
  json.key("total");
  json.integer(static_cast<std::int64_t>(changes.total));
  json.key("offset");
  json.integer(static_cast<std::int64_t>(asked.offset));
  json.key("limit");
  json.integer(static_cast<std::int64_t>(asked.limit));
  json.key("parties");
  json.begin_array();
  for (const PartyChange& party : changes.parties) write_party(json, party);
  json.end_array();
  json.end_object();
  return json.str();
}

std::string changes_text(const Changes& changes) {
  std::string out;
  if (changes.bundled) {
    out +=
        "No list is loaded; the bundled one has a single version, so nothing can have changed on it.\n"
        "Load the official lists with interdict update, and versions of other days with --from.\n\n";
  }
  for (const ListChanges& list : changes.lists) append_list(out, list);
  auto to = std::back_inserter(out);
  if (!changes.parties.empty()) out += '\n';
  for (const PartyChange& party : changes.parties) {
    const char sign = party.kind == PartyChange::Kind::added     ? '+'
                      : party.kind == PartyChange::Kind::removed ? '-'
                                                                 : '~';
    fmt::format_to(to, "{} {}  {}  {}\n", sign, party.listing, party.caption, party.schema);
    if (party.kind != PartyChange::Kind::changed) continue;
    for (const auto& [name, field] : fields_of(party)) {
      for (const std::string& value : field.before) fmt::format_to(to, "    - {}: {}\n", name, value);
      for (const std::string& value : field.after) fmt::format_to(to, "    + {}: {}\n", name, value);
    }
  }
  const std::size_t end = changes.asked.offset + changes.parties.size();
  if (end < changes.total) fmt::format_to(to, "\n{} more: --offset {}\n", changes.total - end, end);
  return out;
}

std::string changes_csv(const Changes& changes) {
  std::string out = "source,listing_id,caption,schema,change,field,before,after\n";
  auto to = std::back_inserter(out);
  for (const PartyChange& party : changes.parties) {
    for (const auto& [name, field] : fields_of(party)) {
      fmt::format_to(to, "{},{},{},{},{},{},{},{}\n", cell({party.listing.substr(0, party.listing.find(':'))}),
                     cell({party.listing}), cell({party.caption}), cell({party.schema}), to_string(party.kind),
                     cell({std::string(name)}), cell(field.before), cell(field.after));
    }
  }
  return out;
}

}  // namespace interdict::report
