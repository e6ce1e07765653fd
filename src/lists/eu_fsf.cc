#include "lists/eu_fsf.h"

#include <fmt/format.h>

#include <charconv>

#include "lists/list_values.h"
#include "text/text.h"

namespace interdict::lists {
namespace {

int number_of(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? value : -1;
}

// "00" is the list's own code for an unknown country.
std::string_view country_of(XmlElement element) {
  const std::string_view code = element.attribute("countryIso2Code");
  const std::string_view name = element.attribute("countryDescription");
  if (code == "00" || (code.empty() && name == "UNKNOWN")) return {};
  return code.empty() ? name : code;
}

std::string_view country_name_of(XmlElement element) {
  const std::string_view name = element.attribute("countryDescription");
  return name == "UNKNOWN" ? std::string_view{} : name;
}

// The act that an item of the entry comes from; said once per party, and named by number on the item itself.
std::string_view add_act_of(XmlElement item, RecordBuilder& out) {
  const XmlElement act = item.child("regulationSummary");
  const std::string_view number = act.attribute("numberTitle");
  out.add(Prop::legal_act, number)
      .with(Detail::field, "regulationSummary")
      .with(Detail::role, act.attribute("regulationType"))
      .with(Detail::published, act.attribute("publicationDate"))
      .with(Detail::url, act.attribute("publicationUrl"));
  return number;
}

// What every item of an entry carries: its id, the language of its text, its remarks and its act.
struct Common {
  std::string_view id;
  std::string_view act;
  std::string remarks;
};

Common common_of(XmlElement item, RecordBuilder& out) {
  Common common;
  common.id = item.attribute("logicalId");
  keep_unless(out, "regulationLanguage", item.attribute("regulationLanguage"), "en");
  item.each("remark", [&](XmlElement remark) { common.remarks = join({common.remarks, remark.text()}, "; "); });
  common.act = add_act_of(item, out);
  return common;
}

void qualify(Said said, const Common& common) {
  said.with(Detail::id, common.id).with(Detail::note, common.remarks).with(Detail::act, common.act);
}

// The list marks no name as the primary one, and the order of its entries is that of no one name. Taken is the strong
// name in Latin letters, in English or of no stated language, that was entered first (the lowest id); else the strong
// name entered first; else the name entered first.
XmlElement primary_name(XmlElement entity) {
  XmlElement best;
  int best_rank = 0;
  int best_id = 0;
  entity.each("nameAlias", [&](XmlElement name) {
    const bool strong = name.attribute("strong") != "false";
    const std::string_view language = name.attribute("nameLanguage");
    const bool english = (language.empty() || language == "EN") && text::script(name.attribute("wholeName")) == "Latn";
    const int rank = strong && english ? 3 : strong ? 2 : 1;
    const int id = number_of(name.attribute("logicalId"));
    if (name.attribute("wholeName").empty()) return;
    if (!best || rank > best_rank || (rank == best_rank && id < best_id)) {
      best = name;
      best_rank = rank;
      best_id = id;
    }
  });
  return best;
}

void add_name(XmlElement item, bool primary, RecordBuilder& out) {
  const Common common = common_of(item, out);
  const std::string_view strong = item.attribute("strong");
  const Prop prop = strong == "false" ? Prop::weak_alias : primary ? Prop::name : Prop::alias;
  const std::string_view first = item.attribute("firstName");
  const std::string_view middle = item.attribute("middleName");
  const std::string_view last = item.attribute("lastName");
  const std::string_view whole = item.attribute("wholeName");
  Said name = out.add_name(prop, whole.empty() ? join({first, middle, last}, " ") : std::string(whole));
  name.with(Detail::strength, strong == "false"  ? "weak"
                              : strong == "true" ? "strong"
                                                 : "")
      .with(Detail::first_name, first)
      .with(Detail::middle_name, middle)
      .with(Detail::last_name, last)
      .in_language(item.attribute("nameLanguage"));
  qualify(name, common);
  out.add(Prop::title, item.attribute("title"));
  out.add(Prop::position, item.attribute("function"));
  add_gender(out, item.attribute("gender"), "nameAlias@gender");
}

void add_birth(XmlElement item, RecordBuilder& out) {
  const Common common = common_of(item, out);
  const std::string_view date = item.attribute("birthdate");
  const std::string_view year = item.attribute("year");
  const std::string_view month = item.attribute("monthOfYear");
  const std::string_view day = item.attribute("dayOfMonth");
  const std::string_view from = item.attribute("yearRangeFrom");
  const std::string_view until = item.attribute("yearRangeTo");
  const std::string_view calendar = item.attribute("calendarType");
  const std::string_view circa = item.attribute("circa") == "true" ? "true" : "";
  const bool gregorian = calendar.empty() || calendar == "GREGORIAN";
  const std::string parts = join({day, month, year}, ".");
  Said said;
  if (!date.empty()) {
    // Of a date in another calendar the list gives the Gregorian day here and the original in the parts.
    said = out.add_date(Prop::birth_date, PartialDate::parse(date), date, "birthdate@birthdate");
    if (!gregorian) said.with(Detail::original, parts);
  } else if (!year.empty() && !gregorian) {
    said = out.add_unmodelled("birthdate", parts);
  } else if (!year.empty()) {
    const auto known = PartialDate::of(number_of(year), month.empty() ? 0 : number_of(month),
                                       day.empty() || month.empty() ? 0 : number_of(day));
    said = out.add_date(Prop::birth_date, known, parts, "birthdate");
    if (month.empty() && !day.empty()) said.with(Detail::original, parts);
  } else if (!from.empty() || !until.empty()) {
    const std::string_view start = from.empty() ? until : from;
    said = out.add_date(Prop::birth_date, PartialDate::parse(start), join({from, until}, "-"), "birthdate@yearRange");
    if (said && start != until) said.with(Detail::until, until);
  } else {
    keep_unless(out, "birthdate@monthOfYear", month, "");
    keep_unless(out, "birthdate@dayOfMonth", day, "");
  }
  said.with(Detail::circa, circa).with(Detail::calendar, gregorian ? "" : calendar);
  qualify(said, common);

  const std::string_view place = item.attribute("place");
  const std::string_view city = item.attribute("city");
  const std::string_view region = item.attribute("region");
  const std::string_view zip = item.attribute("zipCode");
  const std::string_view country = country_of(item);
  const std::string_view country_name = country_name_of(item);
  if (!join({place, city, region, zip}, "").empty()) {
    Said born = out.add(Prop::birth_place, join({place, city, region, zip, country_name}, ", "));
    born.with(Detail::street, place)
        .with(Detail::city, city)
        .with(Detail::region, region)
        .with(Detail::postal_code, zip)
        .in_country(country);
    qualify(born, common);
  }
  out.add_country(Prop::birth_country, country);
  if (!said && country.empty() && place.empty() && city.empty() && region.empty()) {
    out.add_unmodelled("birthdate/remark", common.remarks);
  }
}

void add_address(XmlElement item, RecordBuilder& out) {
  const Common common = common_of(item, out);
  const std::string_view street = item.attribute("street");
  const std::string_view box = item.attribute("poBox");
  const std::string_view place = item.attribute("place");
  const std::string_view city = item.attribute("city");
  const std::string_view region = item.attribute("region");
  const std::string_view zip = item.attribute("zipCode");
  const std::string_view country = country_of(item);
  const std::string_view country_name = country_name_of(item);
  const std::string boxed = box.empty() ? std::string() : fmt::format("PO Box {}", box);
  const bool then = item.attribute("asAtListingTime") == "true";
  Said address = out.add(Prop::address, join({street, boxed, place, city, region, zip, country_name}, ", "));
  address.with(Detail::street, join({street, boxed, place}, ", "))
      .with(Detail::city, city)
      .with(Detail::region, region)
      .with(Detail::postal_code, zip)
      .in_country(country);
  qualify(address, common);
  if (then) address.with(Detail::note, join({"as at the time of listing", common.remarks}, "; "));
  if (!address) out.add_unmodelled("address/remark", common.remarks);
  item.each("contactInfo", [&](XmlElement contact) {
    const std::string_view kind = contact.attribute("key");
    const std::string_view value = contact.attribute("value");
    if (contains_ignoring_case(kind, "mail")) {
      out.add(Prop::email, value);
    } else if (contains_ignoring_case(kind, "web")) {
      out.add(Prop::website, value);
    } else if (contains_ignoring_case(kind, "phone") || contains_ignoring_case(kind, "fax")) {
      out.add(Prop::phone, value).with(Detail::field, kind);
    } else {
      out.add_unmodelled(fmt::format("contactInfo {}", kind), value);
    }
  });
}

Prop identifier_kind(std::string_view code) {
  if (code == "passport" || code == "diplomaticpassport") return Prop::passport_number;
  if (code == "id" || code == "ssn" || code == "unssn" || code == "nationcert") return Prop::id_number;
  if (code == "fiscalcode" || code == "taxid" || code == "euvat") return Prop::tax_number;
  if (code == "regnumber" || code == "tradelic") return Prop::registration_number;
  if (code == "imo") return Prop::imo_number;
  if (code == "swiftbic") return Prop::swift_bic;
  return Prop::other_identifier;
}

void add_identification(XmlElement item, RecordBuilder& out) {
  const Common common = common_of(item, out);
  const std::string_view code = item.attribute("identificationTypeCode");
  const std::string_view kind = item.attribute("identificationTypeDescription");
  const std::string_view number = item.attribute("number");
  const std::string_view latin = item.attribute("latinNumber");
  const std::string_view country = country_of(item);
  static_cast<void>(country_name_of(item));
  std::string note;
  for (const auto& [flag, meaning] :
       {std::pair("diplomatic", "diplomatic"), std::pair("knownExpired", "known expired"),
        std::pair("knownFalse", "known to be false"), std::pair("reportedLost", "reported lost"),
        std::pair("revokedByIssuer", "revoked by the issuer")}) {
    if (item.attribute(flag) == "true") note = join({note, meaning}, "; ");
  }
  const std::string_view issuer = item.attribute("issuedBy");
  const std::string_view bearer = item.attribute("nameOnDocument");
  if (!issuer.empty()) note = join({note, fmt::format("issued by {}", issuer)}, "; ");
  if (!bearer.empty()) note = join({note, fmt::format("name on the document: {}", bearer)}, "; ");
  note = join({note, common.remarks}, "; ");

  // A dash stands for a number that is not known.
  const bool numbered = !latin.empty() || (!number.empty() && number != "-");
  const std::string field = join({code, kind}, ": ");
  const auto say = [&](std::string_view value) {
    Said said = numbered ? out.add(identifier_kind(code), value) : out.add_unmodelled("identification", value);
    said.with(Detail::field, numbered ? field : fmt::format("identification {}", field))
        .with(Detail::region, item.attribute("region"))
        .on(Detail::issued, PartialDate::parse(item.attribute("issuedDate")), item.attribute("issuedDate"))
        .on(Detail::issued, PartialDate::parse(item.attribute("issueDate")), item.attribute("issueDate"))
        .on(Detail::expires, PartialDate::parse(item.attribute("validTo")), item.attribute("validTo"))
        .in_country(country);
    qualify(said, common);
    said.with(Detail::note, note);
  };
  if (!number.empty() && (number != "-" || !numbered)) say(number);
  if (!latin.empty() && latin != number) say(latin);
  if (number.empty() && latin.empty()) out.add_unmodelled(fmt::format("identification {}", field), note);
}

// Remarks and designation details carry the day of listing as "Date of listing: 21.10.2014."
void add_listing_date(std::string_view text, RecordBuilder& out) {
  constexpr std::string_view label = "Date of listing";
  const std::size_t at = text.find(label);
  if (at == std::string_view::npos) return;
  std::string_view rest = text.substr(at + label.size());
  rest.remove_prefix(std::min(rest.find_first_not_of(": "), rest.size()));
  rest = rest.substr(0, rest.find_first_not_of("0123456789."));
  while (!rest.empty() && rest.back() == '.') rest.remove_suffix(1);
  if (const auto day = parse_day_first(rest)) {
    out.add(Prop::listing_date, day->to_string()).with(Detail::original, text);
  }
}

}  // namespace

void EuFsf::outside_start(const XmlTag& tag) {
  if (tag.name == "export") published = parse_instant(tag.attribute("generationDate"));
}

std::optional<std::string> EuFsf::fill(XmlElement entity, RecordBuilder& out) {
  const std::string_view id = entity.attribute("euReferenceNumber");
  if (id.empty()) return "no euReferenceNumber";
  const XmlElement subject = entity.child("subjectType");
  const std::string_view kind = subject.attribute("code");
  const std::string_view letter = subject.attribute("classificationCode");
  const bool person = kind == "person" || (kind.empty() && letter == "P");
  const bool enterprise = kind == "enterprise" || (kind.empty() && letter == "E");
  out.begin(id, person ? "Person" : enterprise ? "Organization" : "LegalEntity");
  if (!person && !enterprise) out.add_unmodelled("subjectType@code", kind);

  const XmlElement primary = primary_name(entity);
  const std::string_view primary_id = primary.attribute("logicalId");
  bool primary_said = false;
  entity.each("nameAlias", [&](XmlElement name) {
    const bool is_primary = !primary_said && name.attribute("logicalId") == primary_id;
    primary_said |= is_primary;
    add_name(name, is_primary, out);
  });
  entity.each("citizenship", [&](XmlElement item) {
    const Common common = common_of(item, out);
    Said said = out.add_country(Prop::citizenship, country_of(item));
    static_cast<void>(country_name_of(item));
    said.with(Detail::region, item.attribute("region"));
    qualify(said, common);
    if (!said) out.add_unmodelled("citizenship", join({item.attribute("region"), common.remarks}, "; "));
  });
  entity.each("birthdate", [&](XmlElement item) { add_birth(item, out); });
  entity.each("address", [&](XmlElement item) { add_address(item, out); });
  entity.each("identification", [&](XmlElement item) { add_identification(item, out); });

  entity.each("regulation", [&](XmlElement act) {
    out.add(Prop::legal_act, act.attribute("numberTitle"))
        .with(Detail::field, "regulation")
        .with(Detail::role, act.attribute("regulationType"))
        .with(Detail::note, act.attribute("organisationType"))
        .with(Detail::published, act.attribute("publicationDate"))
        .with(Detail::in_force, act.attribute("entryIntoForceDate"))
        .with(Detail::url, act.text_of("publicationUrl"))
        .with(Detail::id, act.attribute("logicalId"));
    out.add(Prop::programme, act.attribute("programme"));
  });

  out.add(Prop::reference, entity.attribute("unitedNationId")).with(Detail::field, "unitedNationId");
  out.add(Prop::reference, entity.attribute("logicalId")).with(Detail::field, "logicalId");
  const std::string_view details = entity.attribute("designationDetails");
  out.add(Prop::notes, details).with(Detail::field, "designationDetails");
  add_listing_date(details, out);
  entity.each("remark", [&](XmlElement remark) {
    out.add(Prop::notes, remark.text()).with(Detail::field, "remark");
    add_listing_date(remark.text(), out);
  });
  return std::nullopt;
}

}  // namespace interdict::lists
