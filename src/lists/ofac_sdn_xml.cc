#include "lists/ofac_sdn_xml.h"

#include <fmt/format.h>

#include "lists/list_values.h"
#include "lists/ofac_items.h"

namespace interdict::lists {
namespace {

// "01/08/2026": month first.
std::optional<PartialDate> parse_month_first(std::string_view text) {
  if (text.size() != 10 || text[2] != '/' || text[5] != '/') return std::nullopt;
  return PartialDate::parse(fmt::format("{}-{}-{}", text.substr(6), text.substr(0, 2), text.substr(3, 2)));
}

}  // namespace

std::optional<Seen> recognise_ofac_sdn_xml(const Head& head) {
  if (head.root_name != "sdnList") return std::nullopt;
  constexpr std::string_view open = "<program>";
  std::size_t all = 0;
  std::size_t cons = 0;
  for (std::size_t at = head.bytes.find(open); at != std::string_view::npos; at = head.bytes.find(open, at + 1)) {
    ++all;
    if (is_ofac_cons_programme(trim(head.bytes.substr(at + open.size(), 40)))) ++cons;
  }
  return Seen{2 * cons > all ? "us_ofac_cons" : "us_ofac_sdn", Part::main};
}

OfacSdnXml::OfacSdnXml(std::string file, Sink& sink)
    : file_(file), sink_(sink), stream_(std::move(file), {"sdnEntry"}, *this) {
  for (const Part part : {Part::main, Part::aliases, Part::addresses, Part::comments}) {
    summary.version.supplied[static_cast<std::size_t>(part)] = true;
  }
}

Result<void> OfacSdnXml::finish() {
  if (auto finished = stream_.finish(); !finished) return finished;
  if (summary.entries == 0) {
    return Error{Fault::bad_input, "the list holds no entries: expected sdnEntry elements", {file_, 0, 0, {}}};
  }
  if (!announced_.empty() && announced_ != std::to_string(summary.entries)) {
    place_ = {file_, 0, 0, {}};
    reject({}, fmt::format("the file announces {} entries (Record_Count) and holds {}", announced_, summary.entries));
  }
  return {};
}

void OfacSdnXml::outside_start(const XmlTag& tag) {
  if (root_seen_) return;
  root_seen_ = true;
  if (tag.name != "sdnList") {
    stream_.stop({Fault::bad_input, fmt::format("the root element is {}, expected sdnList", tag.name), {}});
  }
}

void OfacSdnXml::outside_end(std::string_view name, std::string_view text) {
  if (name == "Record_Count") announced_ = text;
  if (name != "Publish_Date") return;
  const auto date = parse_month_first(text);
  if (!date) {
    stream_.stop({Fault::bad_input, fmt::format("impossible Publish_Date '{}': expected MM/DD/YYYY", text), {}});
    return;
  }
  summary.version.published = date->first_day();
}

Result<void> OfacSdnXml::record(const XmlRecord& record, const Place& place) {
  const XmlElement entry = record.root();
  place_ = place;
  const std::string id(entry.text_of("uid"));
  if (id.empty()) {
    reject({}, "an entry without uid");
    return {};
  }
  if (!ids_.insert(id).second) reject(id, "this id stands in the file more than once; the records are joined");
  ++summary.entries;
  const std::string_view type = entry.text_of("sdnType");
  const std::string schema(ofac_schema(type).value_or("LegalEntity"));

  // The parts that stand in lists of their own first, so that what nobody asked for is known at the end.
  builder_.begin(id, schema);
  add_aliases(entry, false);
  if (auto emitted = emit(Part::aliases); !emitted) return emitted;
  builder_.begin(id, schema);
  add_addresses(entry);
  if (auto emitted = emit(Part::addresses); !emitted) return emitted;
  builder_.begin(id, schema);
  if (!ofac_schema(type)) builder_.add_unmodelled("sdnType", type);
  fill_main(entry);
  record.each_untaken([this](std::string_view path, std::string_view value) { builder_.add_unmodelled(path, value); });
  return emit(Part::main);
}

void OfacSdnXml::fill_main(XmlElement entry) {
  const std::string_view last = entry.text_of("lastName");
  const std::string_view first = entry.text_of("firstName");
  if (last.empty() && first.empty()) builder_.note_fault("the entry has no name");
  add_ofac_name(builder_, Prop::name, last, first);
  for (const std::string_view title : split_any(entry.text_of("title"), ";")) builder_.add(Prop::position, title);
  const XmlElement vessel = entry.child("vesselInfo");
  builder_.add(Prop::call_sign, vessel.text_of("callSign"));
  builder_.add(Prop::vessel_type, vessel.text_of("vesselType"));
  builder_.add(Prop::tonnage, vessel.text_of("tonnage")).with(Detail::field, "Tonnage");
  builder_.add(Prop::tonnage, vessel.text_of("grossRegisteredTonnage")).with(Detail::field, "Gross Registered Tonnage");
  builder_.add_country(Prop::flag, vessel.text_of("vesselFlag"));
  builder_.add(Prop::owner, vessel.text_of("vesselOwner"));
  entry.child("programList").each("program", [this](XmlElement code) { builder_.add(Prop::programme, code.text()); });

  // What the CSV says in remarks. uid numbers the item, mainEntry tells "alt." ones: neither is said by the CSV.
  const auto items = [&](const char* list, const char* name, const char* value, std::string_view kind) {
    entry.child(list).each(name, [&](XmlElement item) {
      item.child("uid").take_all();
      item.child("mainEntry").take_all();
      add_ofac_item(builder_, {.kind = kind, .text = item.text_of(value), .country = {}, .issued = {}, .expires = {}});
    });
  };
  items("dateOfBirthList", "dateOfBirthItem", "dateOfBirth", "DOB");
  items("placeOfBirthList", "placeOfBirthItem", "placeOfBirth", "POB");
  items("nationalityList", "nationality", "country", "nationality");
  items("citizenshipList", "citizenship", "country", "citizen");
  entry.child("idList").each("id", [this](XmlElement item) {
    item.child("uid").take_all();
    const std::string_view kind = item.text_of("idType");
    const std::string_view country = item.text_of("idCountry");
    const std::string_view number = item.text_of("idNumber");
    if (number.empty()) {
      builder_.add_unmodelled("idType", kind).in_country(country);
      return;
    }
    add_ofac_item(builder_, {.kind = kind,
                             .text = number,
                             .country = country,
                             .issued = item.text_of("issueDate"),
                             .expires = item.text_of("expirationDate")});
  });
  add_ofac_remarks(builder_, entry.text_of("remarks"), true);
  add_aliases(entry, true);
}

void OfacSdnXml::add_aliases(XmlElement entry, bool weak) {
  entry.child("akaList").each("aka", [&](XmlElement aka) {
    const std::string_view category = aka.text_of("category");
    if ((category == "weak") != weak) return;
    const std::string_view type = aka.text_of("type");
    const bool former = type == "f.k.a.";
    const Prop prop = former ? Prop::previous_name : weak ? Prop::weak_alias : Prop::alias;
    const std::string_view field = type == "a.k.a." || former  ? std::string_view{}
                                   : type == "n.k.a." && !weak ? std::string_view("nka")
                                                               : type;
    add_ofac_name(builder_, prop, aka.text_of("lastName"), aka.text_of("firstName"))
        .with(Detail::strength, category)
        .with(Detail::field, field)
        .with(Detail::id, weak ? std::string_view{} : aka.text_of("uid"));
    aka.child("uid").take_all();
  });
}

void OfacSdnXml::add_addresses(XmlElement entry) {
  entry.child("addressList").each("address", [this](XmlElement address) {
    const std::string street =
        join({address.text_of("address1"), address.text_of("address2"), address.text_of("address3")}, ", ");
    const std::string place =
        join({join({address.text_of("city"), address.text_of("stateOrProvince")}, ", "), address.text_of("postalCode")},
             " ");
    add_ofac_address(
        builder_,
        {.street = street, .place = place, .country = address.text_of("country"), .id = address.text_of("uid")});
  });
}

Result<void> OfacSdnXml::emit(Part part) {
  for (const std::string& fault : builder_.faults()) reject(builder_.id(), fault);
  Record record = builder_.take();
  record.part = part;
  if (part != Part::main) {
    record.schema.clear();
    if (record.statements.empty()) return {};
  }
  ++summary.parts[static_cast<std::size_t>(part)];
  return sink_.record(std::move(record));
}

void OfacSdnXml::reject(std::string id, std::string reason) {
  Place place = place_;
  place.record = std::move(id);
  ++summary.rejected;
  sink_.reject({std::move(place), std::move(reason)});
}

}  // namespace interdict::lists
