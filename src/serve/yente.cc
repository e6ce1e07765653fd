#include "serve/yente.h"

#include <fmt/format.h>

#include <algorithm>

#include "serve/vocabulary.h"

namespace interdict::serve {
namespace {

using report::Json;

/// Times as yente writes them: seconds, no zone.
void put_time(Json& json, std::string_view key, const std::optional<Instant>& time) {
  json.key(key);
  if (!time) return json.null();
  std::string text = to_string(*time);
  text.pop_back();
  json.text(text);
}

void put_texts(Json& json, std::string_view key, const std::vector<std::string_view>& values) {
  json.key(key);
  json.begin_array();
  for (const std::string_view value : values) json.text(value);
  json.end_array();
}

/// How an entity ends that is only there for a party.
void end_dependent(Json& json, const Site& site, PartyNumber party) {
  put_texts(json, "datasets", {site.snapshot.source(party)});
  put_texts(json, "referents", {});
  json.key("target");
  json.boolean(false);
  for (const char* key : {"first_seen", "last_seen", "last_change"}) put_time(json, key, std::nullopt);
  json.end_object();
}

/// What the listing says of itself: FollowTheMoney puts it in an entity of its own.
constexpr std::pair<Prop, std::string_view> of_sanction[] = {
    {Prop::programme, "programId"},     {Prop::listing_date, "listingDate"},
    {Prop::amended_date, "modifiedAt"}, {Prop::measure, "provisions"},
    {Prop::reason, "reason"},           {Prop::legal_act, "summary"},
    {Prop::source_url, "sourceUrl"}};

void put_sanction(Json& json, const Site& site, PartyNumber party) {
  std::map<std::string_view, std::vector<std::string_view>> properties;
  for (const index::StatementView& s : site.snapshot.statements(party)) {
    for (const auto& [prop, name] : of_sanction) {
      if (s.prop != prop) continue;
      auto& values = properties[name];
      if (std::ranges::find(values, s.value) == values.end()) values.push_back(s.value);
    }
  }
  const std::string_view id = site.snapshot.id(party);
  properties["program"] = properties["programId"];
  std::erase_if(properties, [](const auto& entry) { return entry.second.empty(); });
  json.begin_object();
  json.field("id", fmt::format("{}#listing", id));
  json.field("caption", site.snapshot.source(party));
  json.field("schema", "Sanction");
  json.key("properties");
  json.begin_object();
  for (const auto& [name, values] : properties) put_texts(json, name, values);
  put_texts(json, "entity", {id});
  json.end_object();
  end_dependent(json, site, party);
}

bool is_property_name(std::string_view role) {
  return !role.empty() && role.front() >= 'a' && role.front() <= 'z' &&
         std::ranges::all_of(role, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }) &&
         std::ranges::any_of(role, [](char c) { return c >= 'A' && c <= 'Z'; });
}

constexpr Prop country_props[] = {Prop::country, Prop::nationality,   Prop::citizenship, Prop::jurisdiction,
                                  Prop::flag,    Prop::birth_country, Prop::past_flags};

}  // namespace

bool among(const Names& values, std::string_view value) { return std::ranges::find(values, value) != values.end(); }

bool is_all(std::string_view dataset) { return dataset == "default" || dataset == "sanctions" || dataset == "all"; }

Result<Names> sources_of(const Site& site, std::string_view dataset, const Names& include, const Names& exclude) {
  const auto known = [&](std::string_view name) {
    return is_all(name) || std::ranges::find(site.datasets, name, &Dataset::name) != site.datasets.end();
  };
  const auto unknown = [](std::string_view name) {
    return Error{Fault::not_found, fmt::format("no dataset '{}'", name), {}};
  };
  if (!known(dataset)) return unknown(dataset);
  for (const Names* names : {&include, &exclude}) {
    for (const std::string& name : *names) {
      if (!known(name)) return unknown(name);
    }
  }
  const auto covers = [](const Names& names, std::string_view source) {
    return std::ranges::any_of(names, [&](const std::string& name) { return is_all(name) || name == source; });
  };
  Names out;
  for (const Dataset& d : site.datasets) {
    if (!is_all(dataset) && d.name != dataset) continue;
    if (!include.empty() && !covers(include, d.name)) continue;
    if (covers(exclude, d.name)) continue;
    out.push_back(d.name);
  }
  return out;
}

Result<void> check_algorithm(std::string_view algorithm) {
  if (algorithm == "best" || algorithm == algorithm_name) return {};
  return Error{Fault::bad_usage, fmt::format("unknown algorithm '{}'; see /algorithms", algorithm), {}};
}

std::vector<Link> links_of(const Site& site, PartyNumber party) {
  const std::string source(site.snapshot.source(party));
  std::vector<Link> out;
  for (const index::StatementView& s : site.snapshot.statements(party)) {
    if (s.prop != Prop::relation && s.prop != Prop::owner && s.prop != Prop::operator_) continue;
    auto other = site.snapshot.find(s.value);
    if (!other) other = site.snapshot.find(fmt::format("{}:{}", source, s.value));
    if (!other && !s.detail(Detail::id).empty()) {
      other = site.snapshot.find(fmt::format("{}:{}", source, s.detail(Detail::id)));
    }
    if (!other || *other == party) continue;
    Link link;
    link.role = s.prop == Prop::relation ? s.detail(Detail::role) : to_string(s.prop);
    link.other = *other;
    const bool ours = s.prop != Prop::relation || is_property_name(link.role);
    link.property = ours ? link.role : "unknownLinkFrom";
    link.id = s.detail(Detail::id).empty() ? fmt::format("{}#link-{}", site.snapshot.id(party), out.size() + 1)
                                           : fmt::format("{}:{}", source, s.detail(Detail::id));
    out.push_back(std::move(link));
  }
  std::ranges::stable_sort(out, {}, &Link::property);
  return out;
}

void put_link(Json& json, const Site& site, PartyNumber party, const Link& link) {
  json.begin_object();
  if (link.property == link.role) {
    put_entity(json, site, link.other);
    json.end_object();
    return;
  }
  json.field("id", link.id);
  json.field("caption", link.role);
  json.field("schema", "UnknownLink");
  json.key("properties");
  json.begin_object();
  put_texts(json, "role", {link.role});
  put_texts(json, "subject", {site.snapshot.id(party)});
  json.key("object");
  json.begin_array();
  json.begin_object();
  put_entity(json, site, link.other);
  json.end_object();
  json.end_array();
  json.end_object();
  end_dependent(json, site, party);
}

void put_entity(Json& json, const Site& site, PartyNumber party, Nested nested) {
  const index::Entry entry = site.snapshot.entry(party);
  std::vector<Link> links;
  if (nested == Nested::yes) links = links_of(site, party);
  std::map<std::string_view, std::vector<std::string_view>> properties;
  std::vector<std::string_view> referents;
  for (const Statement& s : entry.statements) {
    if (s.prop == Prop::reference) referents.push_back(s.value);
    if (s.prop == Prop::unmodelled || s.prop == Prop::relation) continue;
    auto& values = properties[to_string(s.prop)];
    if (std::ranges::find(values, s.value) == values.end()) values.push_back(s.value);
  }
  auto& topics = properties["topics"];
  if (std::ranges::find(topics, "sanction") == topics.end()) topics.emplace_back("sanction");
  for (const Link& link : links) properties.erase(link.property);
  json.field("id", entry.id);
  json.field("caption", entry.caption);
  json.field("schema", entry.schema);
  json.key("properties");
  json.begin_object();
  for (const auto& [prop, values] : properties) put_texts(json, prop, values);
  if (nested == Nested::yes) {
    json.key("sanctions");
    json.begin_array();
    put_sanction(json, site, party);
    json.end_array();
  }
  for (std::size_t i = 0; i < links.size();) {
    const std::string property = links[i].property;
    json.key(property);
    json.begin_array();
    for (; i < links.size() && links[i].property == property; ++i) put_link(json, site, party, links[i]);
    json.end_array();
  }
  json.end_object();
  put_texts(json, "datasets", {entry.source});
  put_texts(json, "referents", referents);
  json.key("target");
  json.boolean(true);
  const Seen seen = site.seen_of(party);
  put_time(json, "first_seen", seen.first);
  put_time(json, "last_seen", seen.last);
  put_time(json, "last_change", seen.changed);
  if (!entry.standing.empty()) json.field("standing", entry.standing);
}

void put_total(Json& json, std::size_t value) {
  json.key("total");
  json.begin_object();
  json.key("value");
  json.integer(static_cast<std::int64_t>(value));
  json.field("relation", "eq");
  json.end_object();
}

std::optional<std::set<std::string>> field_values(const Site& site, PartyNumber party, std::string_view field) {
  std::set<std::string> out;
  const auto add_all = [&](const auto& wanted) {
    for (const index::StatementView& s : site.snapshot.statements(party)) {
      if (wanted(s.prop)) out.emplace(s.value);
    }
  };
  const auto add_time = [&](const std::optional<Instant>& time) {
    if (time) out.insert(to_string(*time).substr(0, 19));
  };
  if (field.starts_with("properties.")) {
    field.remove_prefix(11);
  } else if (field == "id" || field == "entity_id" || field == "canonical_id") {
    out.emplace(site.snapshot.id(party));
    return out;
  } else if (field == "caption") {
    out.emplace(site.snapshot.caption(party));
    return out;
  } else if (field == "schema") {
    out.emplace(site.snapshot.schema(party));
    return out;
  } else if (field == "datasets") {
    out.emplace(site.snapshot.source(party));
    return out;
  } else if (field == "countries") {
    add_all([](Prop p) { return std::ranges::find(country_props, p) != std::end(country_props); });
    return out;
  } else if (field == "genders") {
    add_all([](Prop p) { return p == Prop::gender; });
    return out;
  } else if (field == "identifiers") {
    add_all([](Prop p) { return is_identifier(p); });
    return out;
  } else if (field == "names") {
    add_all([](Prop p) { return is_name(p); });
    return out;
  } else if (field == "referents") {
    add_all([](Prop p) { return p == Prop::reference; });
    return out;
  } else if (field == "dates") {
    add_all([](Prop p) {
      return p == Prop::birth_date || p == Prop::death_date || p == Prop::registration_date || p == Prop::build_date;
    });
    return out;
  } else if (field == "first_seen" || field == "last_seen" || field == "last_change") {
    const Seen seen = site.seen_of(party);
    add_time(field == "first_seen" ? seen.first : field == "last_seen" ? seen.last : seen.changed);
    return out;
  }
  if (field == "topics") {
    out.insert("sanction");
    add_all([](Prop p) { return p == Prop::topic; });
    return out;
  }
  const auto prop = prop_from(field);
  if (!prop && vocabulary::find_property(field) == nullptr) return std::nullopt;
  if (prop) add_all([&](Prop p) { return p == *prop; });
  return out;
}

bool changed_since(const Site& site, PartyNumber party, Instant since) {
  const Seen seen = site.seen_of(party);
  return seen.changed && *seen.changed > since;
}

bool is_known_as(const Site& site, PartyNumber party, const Names& ids) {
  if (ids.empty()) return false;
  if (among(ids, site.snapshot.id(party))) return true;
  for (const index::StatementView& s : site.snapshot.statements(party)) {
    if (s.prop == Prop::reference && among(ids, s.value)) return true;
  }
  return false;
}

}  // namespace interdict::serve
