#include "lists/ofac_advanced_xml.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "lists/list_values.h"
#include "lists/ofac_items.h"
#include "text/text.h"

namespace interdict::lists {
namespace {

constexpr std::array<std::string_view, 13> month_names = {"",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

int number(std::string_view text) {
  int value = 0;
  if (text.empty() || text.size() > 4) return 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return 0;
    value = value * 10 + (c - '0');
  }
  return value;
}

struct Ymd {
  int year = 0;
  int month = 0;
  int day = 0;
  bool operator==(const Ymd&) const = default;
};

Ymd ymd(XmlElement date) {
  return {number(date.text_of("Year")), number(date.text_of("Month")), number(date.text_of("Day"))};
}

std::string written(const Ymd& date) {
  if (date.year == 0) return {};
  if (date.month < 1 || date.month > 12)
    return date.month == 0 ? fmt::format("{:04}", date.year) : fmt::format("{}-{}-{}", date.year, date.month, date.day);
  if (date.day == 0) return fmt::format("{} {:04}", month_names[static_cast<std::size_t>(date.month)], date.year);
  return fmt::format("{:02} {} {:04}", date.day, month_names[static_cast<std::size_t>(date.month)], date.year);
}

bool ends_month(const Ymd& date) {
  const auto month = PartialDate::of(date.year, date.month);
  return month && date.month != 0 &&
         std::chrono::year_month_day(month->last_day()).day() == std::chrono::day(static_cast<unsigned>(date.day));
}

// A DatePeriod as the CSV would write it: "23 Nov 1962", "Nov 1962", "1962", "circa 1962", "01 Jan 1961 to 31 Dec
// 1962".
std::string written_period(XmlElement period) {
  const XmlElement start = period.child("Start");
  const XmlElement end = period.child("End");
  const bool circa = start.attribute("Approximate") == "true" || end.attribute("Approximate") == "true";
  const Ymd from = ymd(start.child("From"));
  Ymd to = ymd(end.child("To"));
  for (const Ymd& other : {ymd(end.child("From")), ymd(start.child("To")), from}) {
    if (to.year == 0) to = other;
  }
  const bool first_of_month = from.day == 1 && ends_month(to);
  std::string text;
  if (from == to) {
    text = written(from);
  } else if (from.year == to.year && from.month == 1 && to.month == 12 && first_of_month) {
    text = written({from.year, 0, 0});
  } else if (from.year == to.year && from.month == to.month && first_of_month) {
    text = written({from.year, from.month, 0});
  } else {
    text = fmt::format("{} to {}", written(from), written(to));
  }
  return circa && !text.empty() ? "circa " + text : text;
}

// "VESSEL TYPE" here, "Vessel Type" elsewhere.
std::string kind_name(std::string_view name) {
  std::string kind(trim(name));
  if (!kind.starts_with("VESSEL ")) return kind;
  bool first = true;
  for (char& c : kind) {
    if (!first && c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    first = c == ' ';
  }
  return kind;
}

// Ids and flags that hold the file together and say nothing of a party by themselves.
bool is_technical(std::string_view path) {
  const std::size_t at = path.rfind('@');
  if (at == std::string_view::npos) return false;
  const std::string_view name = path.substr(at + 1);
  return name.ends_with("ID") || name == "FixedRef" || name == "DeltaAction" || name == "Primary" || name == "False" ||
         name == "Acronym" || name == "Approximate" || name.ends_with("Fixed") || name == "LowQuality";
}

}  // namespace

std::optional<Seen> recognise_ofac_advanced_xml(const Head& head) {
  const bool data_model = head.root_name == "Sanctions" || head.root_name == "SanctionsData";
  const bool known_space = head.root_space.ends_with("sanctions/1.0") || head.root_space.ends_with("ADVANCED_XML");
  if (!data_model || !known_space) return std::nullopt;
  // Which list it is stands at the end, in the sanctions entries: the reader settles it.
  return Seen{"us_ofac_sdn", Part::main};
}

OfacAdvancedXml::OfacAdvancedXml(std::string file, Sink& sink)
    : file_(file),
      sink_(sink),
      stream_(std::move(file), {"Location", "IDRegDocument", "DistinctParty", "ProfileRelationship", "SanctionsEntry"},
              *this) {
  for (auto& supplied : summary.version.supplied) supplied = true;
}

Result<void> OfacAdvancedXml::finish() {
  if (auto finished = stream_.finish(); !finished) return finished;
  if (summary.entries == 0) {
    return Error{Fault::bad_input, "the list holds no parties: expected DistinctParty elements", {file_, 0, 0, {}}};
  }
  place_ = {file_, 0, 0, {}};
  std::vector<std::string> orphans;
  for (const auto& [identity, documents] : documents_) orphans.push_back(identity);
  std::sort(orphans.begin(), orphans.end());
  for (const std::string& identity : orphans) {
    reject(identity, fmt::format("{} documents of an identity that no party has", documents_[identity].size()));
  }
  summary.version.source = other_entries_ > sdn_entries_ ? "us_ofac_cons" : "us_ofac_sdn";
  return {};
}

std::string_view OfacAdvancedXml::value(std::string_view set, std::string_view id) const {
  const auto values = values_.find(set);
  if (values == values_.end()) return {};
  const auto found = values->second.find(std::string(id));
  return found == values->second.end() ? std::string_view{} : std::string_view(found->second);
}

std::string OfacAdvancedXml::schema_of(std::string_view sub_type) const {
  const std::string_view kind = value("PartySubType", sub_type);
  if (const auto schema = ofac_schema(kind); schema && !kind.empty()) return std::string(*schema);
  const auto type = party_type_of_.find(std::string(sub_type));
  const std::string_view party_type = type == party_type_of_.end() ? "" : value("PartyType", type->second);
  if (equals_ignoring_case(party_type, "individual")) return "Person";
  if (equals_ignoring_case(party_type, "entity")) return "Organization";
  return "LegalEntity";
}

void OfacAdvancedXml::outside_start(const XmlTag& tag) {
  if (!root_seen_) {
    root_seen_ = true;
    if (tag.name != "Sanctions" && tag.name != "SanctionsData") {
      stream_.stop({Fault::bad_input, fmt::format("the root element is {}, expected Sanctions", tag.name), {}});
      return;
    }
  }
  open_.emplace_back(tag.name);
  if (open_.size() == 4 && open_[1] == "ReferenceValueSets") {
    open_id_ = tag.attribute("ID");
    open_type_ = tag.attribute("PartyTypeID");
  }
}

void OfacAdvancedXml::outside_end(std::string_view name, std::string_view text) {
  if (open_.size() == 4 && open_[1] == "ReferenceValueSets" && !open_id_.empty()) {
    if (name == "PartySubType") party_type_of_[open_id_] = open_type_;
    values_[std::string(name)].insert_or_assign(open_id_, std::string(text));
  } else if (open_.size() == 3 && open_[1] == "DateOfIssue") {
    if (name == "Year") year_ = text;
    if (name == "Month") month_ = text;
    if (name == "Day") day_ = text;
  } else if (open_.size() == 2 && name == "DateOfIssue") {
    const auto day = PartialDate::of(number(year_), number(month_), number(day_));
    if (!day || day->precision() != PartialDate::Precision::day) {
      stream_.stop({Fault::bad_input, fmt::format("impossible DateOfIssue '{}-{}-{}'", year_, month_, day_), {}});
      return;
    }
    summary.version.published = day->first_day();
  }
  open_.pop_back();
}

Result<void> OfacAdvancedXml::record(const XmlRecord& record, const Place& place) {
  place_ = place;
  const XmlElement root = record.root();
  if (root.name() == "DistinctParty") return party(record);
  if (root.name() == "ProfileRelationship") return relation(root);
  if (root.name() == "SanctionsEntry") return sanctions_entry(root);
  if (root.name() == "Location") {
    location(root);
  } else {
    document(root);
  }
  return {};
}

void OfacAdvancedXml::location(XmlElement element) {
  Location out;
  std::string region;
  std::string city;
  std::string state;
  std::string postal;
  std::array<std::string, 3> lines;
  element.each("LocationPart", [&](XmlElement part) {
    const std::string_view type = value("LocPartType", part.attribute("LocPartTypeID"));
    bool first = true;
    std::string chosen;
    part.each("LocationPartValue", [&](XmlElement item) {
      const std::string_view text = item.text_of("Value");
      if (item.attribute("Primary") == "true" || first) {
        if (!first) out.other_scripts.emplace_back(std::string(type), chosen);
        chosen = text;
      } else {
        out.other_scripts.emplace_back(std::string(type), std::string(text));
      }
      first = false;
    });
    if (type == "ADDRESS1")
      lines[0] = chosen;
    else if (type == "ADDRESS2")
      lines[1] = chosen;
    else if (type == "ADDRESS3")
      lines[2] = chosen;
    else if (type == "CITY")
      city = chosen;
    else if (type == "STATE/PROVINCE")
      state = chosen;
    else if (type == "POSTAL CODE")
      postal = chosen;
    else if (type == "REGION")
      region = chosen.empty() ? "" : "Region: " + chosen;
    else
      out.country = chosen;  // "Unknown": the whole place in one value, mostly a country
  });
  const std::string_view country = value("Country", element.child("LocationCountry").attribute("CountryID"));
  if (!country.empty()) out.country = country;
  if (out.country.empty()) {
    out.country =
        region.empty() ? value("AreaCode", element.child("LocationAreaCode").attribute("AreaCodeID")) : region;
  } else if (!region.empty()) {
    state = join({state, region}, ", ");
  }
  out.street = join({lines[0], lines[1], lines[2]}, ", ");
  out.place = join({join({city, state}, ", "), postal}, " ");
  locations_.insert_or_assign(std::string(element.attribute("ID")), std::move(out));
}

void OfacAdvancedXml::document(XmlElement element) {
  Document out;
  const std::string_view type = element.attribute("IDRegDocTypeID");
  out.kind = value("IDRegDocType", type);
  if (out.kind.empty()) out.kind = fmt::format("document type {}", type);
  out.number = element.text_of("IDRegistrationNo");
  std::string_view country = element.attribute("IssuedBy-CountryID");
  if (country.empty()) country = element.child("IssuedBy").attribute("CountryID");
  out.country = value("Country", country);
  element.each("DocumentDate", [&](XmlElement date) {
    const std::string_view kind = value("IDRegDocDateType", date.attribute("IDRegDocDateTypeID"));
    std::string text = written_period(date.child("DatePeriod"));
    if (contains_ignoring_case(kind, "expir")) {
      out.expires = std::move(text);
    } else {
      out.issued = std::move(text);
    }
  });
  const std::string_view comment = element.text_of("Comment");
  const std::string_view validity = value("Validity", element.attribute("ValidityID"));
  const bool doubtful = contains_ignoring_case(validity, "fraud") || contains_ignoring_case(validity, "invalid");
  out.note = join({comment == out.number ? std::string_view{} : comment, element.text_of("IssuingAuthority"),
                   doubtful ? validity : std::string_view{}},
                  "; ");
  documents_[std::string(element.attribute("IdentityID"))].push_back(std::move(out));
}

void OfacAdvancedXml::names(XmlElement identity, Part part, const std::string& schema) {
  std::unordered_map<std::string, std::string> type_of;  // by NamePartGroup
  identity.child("NamePartGroups").each("MasterNamePartGroup", [&](XmlElement master) {
    master.each("NamePartGroup", [&](XmlElement group) {
      type_of[std::string(group.attribute("ID"))] = value("NamePartType", group.attribute("NamePartTypeID"));
    });
  });
  identity.each("Alias", [&](XmlElement alias) {
    const bool primary = alias.attribute("Primary") == "true";
    const bool weak = alias.attribute("LowQuality") == "true";
    const std::string_view type = value("AliasType", alias.attribute("AliasTypeID"));
    bool first_name_seen = false;
    alias.each("DocumentedName", [&](XmlElement name) {
      std::string last;
      std::string given;
      std::string all;
      name.each("DocumentedNamePart", [&](XmlElement item) {
        const XmlElement value_element = item.child("NamePartValue");
        const std::string_view text = value_element.text();
        const auto kind = type_of.find(std::string(value_element.attribute("NamePartGroupID")));
        const bool is_last = kind != type_of.end() && kind->second == "Last Name";
        all = join({all, text}, " ");
        (is_last ? last : given) = join({is_last ? last : given, text}, " ");
      });
      const bool main_name = primary && !std::exchange(first_name_seen, true);
      const Part belongs = main_name || weak ? Part::main : Part::aliases;
      if (belongs != part) return;
      const bool former = equals_ignoring_case(type, "f.k.a.");
      const Prop prop = main_name ? Prop::name : former ? Prop::previous_name : weak ? Prop::weak_alias : Prop::alias;
      const bool plain = equals_ignoring_case(type, "a.k.a.") || former || equals_ignoring_case(type, "name");
      Said said = schema == "Person" && !last.empty() ? add_ofac_name(builder_, prop, last, given)
                                                      : builder_.add_name(prop, all);
      said.with(Detail::field, plain ? std::string_view{} : type == "N.K.A." ? std::string_view("nka") : type);
      if (main_name) return;
      said.with(Detail::strength, weak ? "weak" : "strong");
      if (!weak) said.with(Detail::id, name.attribute("ID"));
    });
  });
}

void OfacAdvancedXml::features(XmlElement profile, Part part) {
  profile.each("Feature", [&](XmlElement feature) {
    const std::string_view type = feature.attribute("FeatureTypeID");
    std::string kind = kind_name(value("FeatureType", type));
    if (kind.empty()) kind = fmt::format("feature type {}", type);
    const bool address = kind == "Location";
    if (address != (part == Part::addresses)) return;
    feature.each("FeatureVersion", [&](XmlElement version) {
      const std::string_view comment = version.text_of("Comment");
      bool said_any = false;
      const auto say = [&](std::string_view text, std::string_view country) {
        if (text.empty()) return;
        add_ofac_item(builder_, {.kind = kind, .text = text, .country = country, .issued = {}, .expires = {}});
        said_any = true;
      };
      version.each("VersionLocation", [&](XmlElement reference) {
        const std::string id(reference.attribute("LocationID"));
        const auto found = locations_.find(id);
        if (found == locations_.end()) {
          builder_.note_fault(fmt::format("{}: there is no location {}", kind, id));
          return;
        }
        const Location& where = found->second;
        if (address) {
          add_ofac_address(builder_, {.street = where.street, .place = where.place, .country = where.country, .id = id})
              .with(Detail::note, comment);
          for (const auto& [field, text] : where.other_scripts) builder_.add_unmodelled(field, text);
          said_any = true;
          return;
        }
        say(join({where.street, where.place, where.country}, ", "), {});
      });
      const XmlElement period = version.child("DatePeriod");
      if (period) say(written_period(period), {});
      version.each("VersionDetail", [&](XmlElement detail) {
        const std::string_view reference = detail.attribute("DetailReferenceID");
        const std::string_view text = detail.text();
        say(text.empty() && !reference.empty() ? value("DetailReference", reference) : text, {});
      });
      if (!address && !comment.empty()) {
        if (said_any) {
          builder_.add(Prop::notes, comment).with(Detail::field, kind);
        } else {
          say(comment, {});
        }
      }
    });
  });
}

void OfacAdvancedXml::documents_of(std::string_view identity) {
  const auto found = documents_.find(std::string(identity));
  if (found == documents_.end()) return;
  for (const Document& document : found->second) {
    add_ofac_item(builder_, {.kind = document.kind,
                             .text = document.number,
                             .country = document.country,
                             .issued = document.issued,
                             .expires = document.expires});
    builder_.add(Prop::notes, document.note).with(Detail::field, document.kind);
  }
  documents_.erase(found);
}

Result<void> OfacAdvancedXml::party(const XmlRecord& record) {
  const XmlElement root = record.root();
  const XmlElement profile = root.child("Profile");
  std::string id(profile.attribute("ID"));
  if (id.empty()) id = root.attribute("FixedRef");
  if (id.empty()) {
    reject({}, "a party without the ID of its Profile");
    return {};
  }
  ++summary.entries;
  const std::string schema = schema_of(profile.attribute("PartySubTypeID"));
  for (const Part part : {Part::aliases, Part::addresses, Part::main}) {
    builder_.begin(id, schema);
    profile.each("Identity", [&](XmlElement identity) {
      if (part != Part::addresses) names(identity, part, schema);
      if (part == Part::main) documents_of(identity.attribute("ID"));
    });
    if (part != Part::aliases) features(profile, part);
    if (part == Part::main) {
      add_ofac_remarks(builder_, root.text_of("Comment"), true);
      untaken(record);
      Profile& known = profiles_[id];
      if (!known.schema.empty()) reject(id, "this id stands in the file more than once; the records are joined");
      known.schema = schema;
      known.name = builder_.first_value(Prop::name);
      if (known.name.empty()) builder_.note_fault("the entry has no name");
    }
    if (auto emitted = emit(part); !emitted) return emitted;
  }
  return {};
}

void OfacAdvancedXml::untaken(const XmlRecord& record) {
  record.each_untaken([this](std::string_view path, std::string_view text) {
    if (!is_technical(path)) builder_.add_unmodelled(path, text);
  });
}

Result<void> OfacAdvancedXml::relation(XmlElement element) {
  const std::string from(element.attribute("From-ProfileID"));
  const std::string to(element.attribute("To-ProfileID"));
  const auto known = profiles_.find(from);
  if (known == profiles_.end()) {
    reject(from, "a relation of a party that is not in the file");
    return {};
  }
  const auto other = profiles_.find(to);
  builder_.begin(from, known->second.schema);
  const std::string_view type = value("RelationType", element.attribute("RelationTypeID"));
  const bool former = element.attribute("Former") == "true";
  builder_.add(Prop::relation, other == profiles_.end() || other->second.name.empty() ? to : other->second.name)
      .with(Detail::role, type.empty() ? "Linked To" : type)
      .with(Detail::note, join({former ? "former" : "", element.text_of("Comment")}, "; "))
      .with(Detail::id, to);
  return emit(Part::main);
}

Result<void> OfacAdvancedXml::sanctions_entry(XmlElement element) {
  const std::string id(element.attribute("ProfileID"));
  const std::string_view list = value("List", element.attribute("ListID"));
  const bool sdn = list.empty() || (list.starts_with("SDN") && !contains_ignoring_case(list, "consolidated"));
  ++(sdn ? sdn_entries_ : other_entries_);
  const auto known = profiles_.find(id);
  if (known == profiles_.end()) {
    reject(id, "a sanctions entry of a party that is not in the file");
    return {};
  }
  builder_.begin(id, known->second.schema);
  element.each("EntryEvent", [&](XmlElement event) {
    const std::string date = written(ymd(event.child("Date")));
    if (!date.empty()) add_ofac_date(builder_, Prop::listing_date, date, "EntryEvent");
    builder_.add(Prop::legal_act, value("LegalBasis", event.attribute("LegalBasisID")));
    builder_.add(Prop::notes, event.text_of("Comment")).with(Detail::field, "EntryEvent");
  });
  element.each("SanctionsMeasure", [&](XmlElement measure) {
    const std::string_view type = value("SanctionsType", measure.attribute("SanctionsTypeID"));
    const std::string_view comment = measure.text_of("Comment");
    if (type == "Program" || (type.empty() && !comment.empty())) {
      builder_.add(Prop::programme, comment);
    } else {
      builder_.add(Prop::measure, type).with(Detail::note, comment == type ? std::string_view{} : comment);
    }
  });
  builder_.add_unmodelled("List", list == "SDN List" ? std::string_view{} : list);
  return emit(Part::main);
}

Result<void> OfacAdvancedXml::emit(Part part) {
  for (const std::string& fault : builder_.faults()) reject(builder_.id(), fault);
  Record record = builder_.take();
  record.part = part;
  if (part != Part::main) record.schema.clear();
  if (record.statements.empty()) return {};
  ++summary.parts[static_cast<std::size_t>(part)];
  return sink_.record(std::move(record));
}

void OfacAdvancedXml::reject(std::string_view id, std::string reason) {
  Place place = place_;
  place.record = id;
  ++summary.rejected;
  sink_.reject({std::move(place), std::move(reason)});
}

}  // namespace interdict::lists
