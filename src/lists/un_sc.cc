#include "lists/un_sc.h"

#include <fmt/format.h>

#include <algorithm>

#include "lists/list_values.h"

namespace interdict::lists {
namespace {

// Parts of one name in the order given. The list numbers them without saying which is the family name (it comes first
// in DPRK entries, last in most others), so no name part is claimed.
std::string whole_name(XmlElement record) {
  std::string name;
  for (const char* part : {"FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME", "FIFTH_NAME", "SIXTH_NAME"}) {
    name = join({name, record.text_of(part)}, " ");
  }
  return name;
}

// One field may hold several names: "COMPAGNIE AERIENNE (CAGL) ; GREAT LAKES BUSINESS COMPANY (GLBC)".
void add_names(Prop prop, std::string_view text, std::string_view strength, std::string_view note, RecordBuilder& out) {
  const auto names = split_any(text, ";");
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Prop kind = i > 0 && prop == Prop::name ? Prop::alias : prop;
    Said said = out.add_name(kind, names[i]);
    said.with(Detail::strength, strength).with(Detail::note, note);
    if (names.size() > 1) said.with(Detail::original, text);
  }
}

void add_birth_date(XmlElement item, RecordBuilder& out) {
  const std::string_view kind = item.text_of("TYPE_OF_DATE");
  const std::string_view date = item.text_of("DATE");
  const std::string_view year = item.text_of("YEAR");
  const std::string_view from = item.text_of("FROM_YEAR");
  const std::string_view until = item.text_of("TO_YEAR");
  const std::string_view note = item.text_of("NOTE");
  const bool about = kind == "APPROXIMATELY" || equals_ignoring_case(note, "approximately");
  Said said;
  if (!date.empty()) {
    said = out.add_date(Prop::birth_date, PartialDate::parse(date.substr(0, 10)), date, "DATE_OF_BIRTH/DATE");
  } else if (!year.empty()) {
    said = out.add_date(Prop::birth_date, PartialDate::parse(year), year, "DATE_OF_BIRTH/YEAR");
  } else if (!from.empty() || !until.empty()) {
    const std::string_view start = from.empty() ? until : from;
    said = out.add_date(Prop::birth_date, PartialDate::parse(start), join({from, until}, "-"), "DATE_OF_BIRTH");
    if (start != until) said.on(Detail::until, PartialDate::parse(until), until);
  } else {
    const auto month = parse_month_year(note);
    said = month ? out.add(Prop::birth_date, month->to_string()) : out.add_unmodelled("DATE_OF_BIRTH", note);
    if (!month) return;
  }
  said.with(Detail::circa, about ? "true" : "").with(Detail::note, note);
  if (kind != "EXACT" && kind != "APPROXIMATELY" && kind != "BETWEEN") out.add_unmodelled("TYPE_OF_DATE", kind);
}

void add_place(Prop prop, XmlElement item, RecordBuilder& out) {
  const std::string_view street = item.text_of("STREET");
  const std::string_view city = item.text_of("CITY");
  const std::string_view region = item.text_of("STATE_PROVINCE");
  const std::string_view zip = item.text_of("ZIP_CODE");
  const std::string_view country = item.text_of("COUNTRY");
  const std::string_view note = item.text_of("NOTE");
  const bool birth = prop == Prop::birth_place;
  Said said;
  // A country alone is no birth place, and no address either, but it is a country that the party is linked to.
  if (join({street, city, region, zip}, "").empty()) {
    said = out.add_country(birth ? Prop::birth_country : Prop::country, country);
    said.with(Detail::field, birth ? "" : "ADDRESS").with(Detail::note, note);
    if (!said) said = out.add(birth ? Prop::birth_place : Prop::address, note);
    return;
  }
  said = out.add(prop, join({street, city, region, zip, country}, ", "));
  said.with(Detail::street, street)
      .with(Detail::city, city)
      .with(Detail::region, region)
      .with(Detail::postal_code, zip)
      .with(Detail::note, note)
      .in_country(country);
  if (birth) out.add_country(Prop::birth_country, country);
}

// "1970-02-03", "1945 - 1950"; "null" is the publisher's software speaking of an empty field.
void add_alias_birth(std::string_view text, std::string_view under, RecordBuilder& out) {
  if (text == "null") return;
  const std::size_t dash = text.find(" - ");
  const auto from = PartialDate::parse(text.substr(0, std::min<std::size_t>(dash, 10)));
  const auto until = dash == std::string_view::npos ? std::nullopt : PartialDate::parse(trim(text.substr(dash + 3)));
  Said said = dash != std::string_view::npos && !until
                  ? out.add_date(Prop::birth_date, {}, text, "ALIAS/DATE_OF_BIRTH")
                  : out.add_date(Prop::birth_date, from, text, "ALIAS/DATE_OF_BIRTH");
  if (from && until) said.with(Detail::until, until->to_string());
  said.with(Detail::note, under);
}

void add_alias(XmlElement item, RecordBuilder& out) {
  const std::string_view quality = item.text_of("QUALITY");
  const std::string_view alias = item.text_of("ALIAS_NAME");
  const std::string_view note = item.text_of("NOTE");
  const bool weak = equals_ignoring_case(quality, "low");
  const bool former = equals_ignoring_case(quality, "f.k.a.") || contains_ignoring_case(note, "listed as");
  add_names(weak     ? Prop::weak_alias
            : former ? Prop::previous_name
                     : Prop::alias,
            alias,
            weak                                    ? "weak"
            : equals_ignoring_case(quality, "good") ? "strong"
                                                    : "",
            note, out);
  if (alias.empty()) out.add_unmodelled("ALIAS/NOTE", note);

  // Birth data that goes with an alias: the identity that the party has claimed under it.
  const std::string under = alias.empty() ? std::string() : fmt::format("under the name {}", alias);
  for (const std::string_view date : split_any(item.text_of("DATE_OF_BIRTH"), ";")) add_alias_birth(date, under, out);
  const std::string_view city = item.text_of("CITY_OF_BIRTH");
  const std::string_view country = item.text_of("COUNTRY_OF_BIRTH");
  if (!city.empty()) {
    out.add(Prop::birth_place, join({city, country}, ", "))
        .with(Detail::city, city)
        .with(Detail::note, under)
        .in_country(country);
  }
  out.add_country(Prop::birth_country, country).with(Detail::note, under);
}

Prop document_kind(std::string_view kind) {
  if (contains_ignoring_case(kind, "passport") || contains_ignoring_case(kind, "passeport") ||
      contains_ignoring_case(kind, "pasaporte")) {
    return Prop::passport_number;
  }
  if (contains_ignoring_case(kind, "national") || contains_ignoring_case(kind, "identi")) return Prop::id_number;
  return Prop::other_identifier;
}

void add_document(XmlElement item, RecordBuilder& out) {
  const std::string_view kind = item.text_of("TYPE_OF_DOCUMENT");
  const std::string_view kind2 = item.text_of("TYPE_OF_DOCUMENT2");
  const std::string_view number = item.text_of("NUMBER");
  const std::string_view note = item.text_of("NOTE");
  const std::string_view issuer = item.text_of("ISSUING_COUNTRY");
  const std::string_view place = item.text_of("COUNTRY_OF_ISSUE");
  const std::string_view city = item.text_of("CITY_OF_ISSUE");
  const std::string_view date = item.text_of("DATE_OF_ISSUE");
  const std::string kinds = join({kind, kind2}, ", ");
  // Where the number has no field of its own it stands in the note or in the kind.
  auto inside = number.empty() ? document_numbers(note) : std::vector<std::string>{std::string(number)};
  if (inside.empty()) inside = document_numbers(kind2);
  Said said = inside.empty() ? out.add_unmodelled(fmt::format("DOCUMENT {}", kinds), note)
                             : out.add(document_kind(kind.empty() ? kind2 : kind), inside.front());
  if (!said) said = out.add_unmodelled("DOCUMENT", join({kinds, issuer, place, city, date}, ", "));
  if (!inside.empty()) said.with(Detail::field, kinds).with(Detail::note, note);
  said.with(Detail::city, city)
      .on(Detail::issued, PartialDate::parse(date.substr(0, 10)), date)
      .in_country(issuer.empty() ? place : issuer);
  // Issued by one country in another.
  if (!issuer.empty() && !place.empty() && issuer != place) {
    said.with(Detail::note, join({note, fmt::format("issued in {}", place)}, "; "));
  }
}

// Comments carry what has no field of its own: "Gender: male", "Email: a@b", a notice's link, other parties' numbers.
void add_comment(std::string_view text, std::string_view own, RecordBuilder& out) {
  out.add(Prop::notes, text).with(Detail::field, "COMMENTS1");
  add_un_mentions(out, text, own);
  add_gender_from_remark(out, text);
  for (std::size_t at = text.find("http"); at != std::string_view::npos; at = text.find("http", at + 4)) {
    std::string_view url = text.substr(at);
    url = url.substr(0, url.find_first_of(" \t\r\n,;)"));
    while (!url.empty() && (url.back() == '.' || url.back() == '"')) url.remove_suffix(1);
    if (url.find("://") != std::string_view::npos) out.add(Prop::source_url, url);
  }
  // A run of addresses, written with semicolons or spaces between them.
  for (const std::string_view word : split_any(text, " \t\r\n;,:()")) {
    const std::size_t at = word.find('@');
    if (at == std::string_view::npos || at == 0 || word.find('.', at) == std::string_view::npos) continue;
    std::string_view address = word;
    while (!address.empty() && address.back() == '.') address.remove_suffix(1);
    out.add(Prop::email, address);
  }
}

}  // namespace

void UnSc::outside_start(const XmlTag& tag) {
  if (tag.name == "CONSOLIDATED_LIST") published = parse_instant(tag.attribute("dateGenerated"));
}

std::optional<std::string> UnSc::fill(XmlElement record, RecordBuilder& out) {
  const bool person = record.name() == "INDIVIDUAL";
  const std::string_view id = record.text_of("REFERENCE_NUMBER");
  if (id.empty()) return "no REFERENCE_NUMBER";
  out.begin(id, person ? "Person" : "Organization");

  add_names(Prop::name, whole_name(record), "", "", out);
  out.add_name(Prop::alias, record.text_of("NAME_ORIGINAL_SCRIPT")).with(Detail::field, "NAME_ORIGINAL_SCRIPT");
  for (XmlElement item = record.first_child(); item; item = item.next_sibling()) {
    const std::string_view name = item.name();
    if (name == "INDIVIDUAL_ALIAS" || name == "ENTITY_ALIAS") {
      add_alias(item, out);
    } else if (name == "INDIVIDUAL_DATE_OF_BIRTH") {
      add_birth_date(item, out);
    } else if (name == "INDIVIDUAL_PLACE_OF_BIRTH") {
      add_place(Prop::birth_place, item, out);
    } else if (name == "INDIVIDUAL_ADDRESS" || name == "ENTITY_ADDRESS") {
      add_place(Prop::address, item, out);
    } else if (name == "INDIVIDUAL_DOCUMENT") {
      add_document(item, out);
    } else if (name == "NATIONALITY" || name == "NATIONALITY2") {
      item.each("VALUE", [&](XmlElement v) { out.add_country(Prop::nationality, v.text()); });
    } else if (name == "TITLE") {
      item.each("VALUE", [&](XmlElement v) { out.add(Prop::title, v.text()); });
    } else if (name == "DESIGNATION") {
      item.each("VALUE", [&](XmlElement v) { out.add(Prop::position, v.text()); });
    } else if (name == "LAST_DAY_UPDATED") {
      item.each("VALUE", [&](XmlElement v) {
        out.add_date(Prop::amended_date, PartialDate::parse(v.text().substr(0, 10)), v.text(), "LAST_DAY_UPDATED");
      });
    } else if (name == "LIST_TYPE") {
      item.each("VALUE", [&](XmlElement v) { keep_unless(out, "LIST_TYPE", v.text(), "UN List"); });
    }
  }
  if (const std::string_view gender = record.text_of("GENDER"); !gender.empty()) add_gender(out, gender, "GENDER");
  out.add(Prop::programme, record.text_of("UN_LIST_TYPE"));
  const std::string_view listed = record.text_of("LISTED_ON");
  out.add_date(Prop::listing_date, PartialDate::parse(listed.substr(0, 10)), listed, "LISTED_ON");
  out.add(Prop::reference, record.text_of("DATAID")).with(Detail::field, "DATAID");
  keep_unless(out, "VERSIONNUM", record.text_of("VERSIONNUM"), "1");
  add_comment(record.text_of("COMMENTS1"), id, out);
  return std::nullopt;
}

}  // namespace interdict::lists
