#include "lists/uk_sanctions.h"

#include <fmt/format.h>

#include <algorithm>

#include "lists/list_values.h"

namespace interdict::lists {
namespace {

// Visits the texts of <plural><singular>..</singular>..</plural>, the shape of every repeated field of this list.
template <typename Visit>
void each_text(XmlElement parent, std::string_view plural, std::string_view singular, Visit visit) {
  parent.each(plural, [&](XmlElement group) { group.each(singular, [&](XmlElement item) { visit(item.text()); }); });
}

Prop name_kind(std::string_view type, bool weak) {
  if (weak) return Prop::weak_alias;
  if (equals_ignoring_case(type, "primary name")) return Prop::name;
  if (contains_ignoring_case(type, "previous") || contains_ignoring_case(type, "former")) return Prop::previous_name;
  return Prop::alias;
}

void add_listed_name(XmlElement item, bool person, RecordBuilder& out) {
  const std::string_view type = item.text_of("NameType");
  const std::string_view strength = item.text_of("AliasStrength");
  const std::string_view first = item.text_of("Name1");
  const std::string_view last = item.text_of("Name6");
  std::string middle;
  for (const char* part : {"Name2", "Name3", "Name4", "Name5"}) middle = join({middle, item.text_of(part)}, " ");
  const bool weak = starts_with_ignoring_case(strength, "low");
  const bool good = starts_with_ignoring_case(strength, "good");
  Said name = out.add_name(name_kind(type, weak), join({first, middle, last}, " "));
  name.with(Detail::strength, weak ? "weak" : good ? "strong" : "");
  if (!equals_ignoring_case(type, "primary name") && !equals_ignoring_case(type, "alias")) {
    name.with(Detail::field, type);
  }
  // Name 6 is the family name of a person with other names, and the whole name of anyone else.
  if (person && !(first.empty() && middle.empty())) {
    name.with(Detail::first_name, first).with(Detail::middle_name, middle).with(Detail::last_name, last);
  }
  if (!weak && !good) out.add_unmodelled("AliasStrength", strength);
}

void add_non_latin_name(XmlElement item, RecordBuilder& out) {
  const std::string_view name = item.text_of("NameNonLatinScript");
  const std::string_view script = item.text_of("NonLatinScriptType");
  const std::string_view language = item.text_of("NonLatinScriptLanguage");
  Said said = out.add_name(Prop::alias, name);
  said.with(Detail::field, "NameNonLatinScript").with(Detail::note, script).in_language(language);
  if (!said) out.add_unmodelled("NonLatinName", join({script, language}, ", "));
}

void add_address_lines(XmlElement item, RecordBuilder& out) {
  std::string lines;
  for (int i = 1; i <= 6; ++i) lines = join({lines, item.text_of(fmt::format("AddressLine{}", i))}, ", ");
  const std::string_view zip = item.text_of("AddressPostalCode");
  const std::string_view country = item.text_of("AddressCountry");
  if (lines.empty() && zip.empty()) {
    out.add_country(Prop::country, country).with(Detail::field, "AddressCountry");
    return;
  }
  out.add(Prop::address, join({lines, zip, country}, ", ")).with(Detail::postal_code, zip).in_country(country);
}

// "TravelBan" for "Travel Ban": both spellings of one measure, compared by their letters.
std::string letters_of(std::string_view text) {
  std::string letters;
  for (char c : text) {
    if (c >= 'A' && c <= 'Z') letters.push_back(static_cast<char>(c - 'A' + 'a'));
    if (c >= 'a' && c <= 'z') letters.push_back(c);
  }
  return letters;
}

// The measures stand twice: as text with bars between them, and as true or false per measure. An indicator is added
// only where the text does not say it; a false one says that nothing of the kind is imposed, which needs no statement.
void add_measures(XmlElement record, RecordBuilder& out) {
  std::vector<std::string> said;
  for (const std::string_view measure : split_any(record.text_of("SanctionsImposed"), "|")) {
    out.add(Prop::measure, measure);
    said.push_back(letters_of(measure));
  }
  const XmlElement indicators = record.child("SanctionsImposedIndicators");
  for (XmlElement item = indicators.first_child(); item; item = item.next_sibling()) {
    const std::string_view value = item.text();
    if (value == "false" || value.empty()) continue;
    if (value == "true") {
      if (std::find(said.begin(), said.end(), letters_of(item.name())) != said.end()) continue;
      out.add(Prop::measure, item.name()).with(Detail::field, "SanctionsImposedIndicators");
    } else {
      out.add_unmodelled(fmt::format("SanctionsImposedIndicators/{}", item.name()), value);
    }
  }
}

void add_document(Prop prop, std::string_view field, std::string_view number, std::string_view note,
                  RecordBuilder& out) {
  if (number.empty()) {
    out.add_unmodelled(field, note);
  } else {
    out.add(prop, number).with(Detail::note, note);
  }
}

void add_individual(XmlElement person, RecordBuilder& out) {
  each_text(person, "DOBs", "DOB",
            [&](std::string_view text) { out.add_date(Prop::birth_date, parse_day_first(text), text, "DOB"); });
  person.child("BirthDetails").each("Location", [&](XmlElement item) {
    const std::string_view town = item.text_of("TownOfBirth");
    const std::string_view country = item.text_of("CountryOfBirth");
    if (!town.empty()) {
      out.add(Prop::birth_place, join({town, country}, ", ")).with(Detail::city, town).in_country(country);
    }
    out.add_country(Prop::birth_country, country);
  });
  each_text(person, "Genders", "Gender", [&](std::string_view text) { add_gender(out, text, "Gender"); });
  each_text(person, "Nationalities", "Nationality",
            [&](std::string_view text) { out.add_country(Prop::nationality, text); });
  each_text(person, "Positions", "Position", [&](std::string_view text) { out.add(Prop::position, text); });
  each_text(person, "Titles", "Title", [&](std::string_view text) { out.add(Prop::title, text); });
  person.child("PassportDetails").each("Passport", [&](XmlElement item) {
    add_document(Prop::passport_number, "Passport", item.text_of("PassportNumber"),
                 item.text_of("PassportAdditionalInformation"), out);
  });
  person.child("NationalIdentifierDetails").each("NationalIdentifier", [&](XmlElement item) {
    add_document(Prop::id_number, "NationalIdentifier", item.text_of("NationalIdentifierNumber"),
                 item.text_of("NationalIdentifierAdditionalInformation"), out);
  });
}

void add_entity(XmlElement entity, RecordBuilder& out) {
  each_text(entity, "BusinessRegistrationNumbers", "BusinessRegistrationNumber",
            [&](std::string_view text) { out.add(Prop::registration_number, text); });
  each_text(entity, "TypeOfEntities", "TypeOfEntity",
            [&](std::string_view text) { out.add_unmodelled("TypeOfEntity", text); });
  each_text(entity, "ParentCompanies", "ParentCompany",
            [&](std::string_view text) { out.add(Prop::relation, text).with(Detail::role, "parent company"); });
  each_text(entity, "Subsidiaries", "Subsidiary",
            [&](std::string_view text) { out.add(Prop::relation, text).with(Detail::role, "subsidiary"); });
}

void add_ship(XmlElement ship, RecordBuilder& out) {
  each_text(ship, "IMONumbers", "IMONumber", [&](std::string_view text) {
    const std::string_view digits = starts_with_ignoring_case(text, "imo") ? trim(text.substr(3)) : text;
    out.add(Prop::imo_number, digits).with(Detail::original, digits == text ? "" : text);
  });
  // The list does not tell owner from operator.
  each_text(ship, "CurrentOwnerOperators", "CurrentOwnerOperator",
            [&](std::string_view text) { out.add(Prop::owner, text).with(Detail::role, "current owner or operator"); });
  each_text(ship, "PreviousOwnerOperators", "PreviousOwnerOperator", [&](std::string_view text) {
    out.add(Prop::relation, text).with(Detail::role, "previous owner or operator");
  });
  each_text(ship, "CurrentBelievedFlagOfShips", "CurrentBelievedFlagOfShip",
            [&](std::string_view text) { out.add_country(Prop::flag, text); });
  each_text(ship, "PreviousFlags", "PreviousFlag",
            [&](std::string_view text) { out.add_country(Prop::past_flags, text); });
  each_text(ship, "TypeOfShipDetails", "TypeOfShip", [&](std::string_view text) { out.add(Prop::vessel_type, text); });
  each_text(ship, "TonnageOfShipDetails", "TonnageOfShip",
            [&](std::string_view text) { out.add(Prop::tonnage, text); });
  each_text(ship, "LengthOfShipDetails", "LengthOfShip",
            [&](std::string_view text) { out.add_unmodelled("LengthOfShip", text); });
  each_text(ship, "YearsBuilt", "YearBuilt",
            [&](std::string_view text) { out.add_date(Prop::build_date, parse_day_first(text), text, "YearBuilt"); });
  each_text(ship, "HullIdentificationNumbers", "HullIdentificationNumber", [&](std::string_view text) {
    out.add(Prop::other_identifier, text).with(Detail::field, "HullIdentificationNumber");
  });
  each_text(ship, "MMSINumbers", "MMSINumber", [&](std::string_view text) { out.add(Prop::mmsi, text); });
}

}  // namespace

void UkSanctions::outside_end(std::string_view name, std::string_view text) {
  if (name != "DateGenerated") return;
  if (const auto day = parse_day_first(text); day && day->precision() == PartialDate::Precision::day) {
    published = day->first_day();
  }
}

std::optional<std::string> UkSanctions::fill(XmlElement record, RecordBuilder& out) {
  const std::string_view id = record.text_of("UniqueID");
  if (id.empty()) return "no UniqueID";
  const std::string_view kind = record.text_of("IndividualEntityShip");
  const bool person = kind == "Individual";
  out.begin(id, person ? "Person" : kind == "Entity" ? "Organization" : kind == "Ship" ? "Vessel" : "LegalEntity");
  if (!person && kind != "Entity" && kind != "Ship") out.add_unmodelled("IndividualEntityShip", kind);

  record.child("Names").each("Name", [&](XmlElement item) { add_listed_name(item, person, out); });
  record.child("NonLatinNames").each("NonLatinName", [&](XmlElement item) { add_non_latin_name(item, out); });
  each_text(record, "Titles", "Title", [&](std::string_view text) { out.add(Prop::title, text); });
  record.child("Addresses").each("Address", [&](XmlElement item) { add_address_lines(item, out); });
  each_text(record, "PhoneNumbers", "PhoneNumber", [&](std::string_view text) { out.add(Prop::phone, text); });
  each_text(record, "EmailAddresses", "EmailAddress", [&](std::string_view text) {
    for (const std::string_view one : split_any(text, "; ,")) out.add(Prop::email, one);
  });
  each_text(record, "Websites", "Website", [&](std::string_view text) { out.add(Prop::website, text); });
  record.child("IndividualDetails").each("Individual", [&](XmlElement item) { add_individual(item, out); });
  record.child("EntityDetails").each("Entity", [&](XmlElement item) { add_entity(item, out); });
  record.child("ShipDetails").each("Ship", [&](XmlElement item) { add_ship(item, out); });

  out.add(Prop::programme, record.text_of("RegimeName"));
  add_measures(record, out);
  const std::string_view designated = record.text_of("DateDesignated");
  out.add_date(Prop::listing_date, parse_day_first(designated), designated, "DateDesignated");
  const std::string_view updated = record.text_of("LastUpdated");
  out.add_date(Prop::amended_date, parse_day_first(updated), updated, "LastUpdated");
  const std::string_view un = record.text_of("UNReferenceNumber");
  out.add(Prop::reference, un).with(Detail::field, "UNReferenceNumber");
  out.add(Prop::reference, record.text_of("OFSIGroupID")).with(Detail::field, "OFSIGroupID");
  out.add_unmodelled("DesignationSource", record.text_of("DesignationSource"));
  out.add(Prop::reason, record.text_of("UKStatementofReasons"));
  const std::string_view other = record.text_of("OtherInformation");
  out.add(Prop::notes, other).with(Detail::field, "OtherInformation");
  add_un_mentions(out, other, un);
  return std::nullopt;
}

}  // namespace interdict::lists
