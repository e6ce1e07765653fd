#include "lists/ofac_items.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "lists/list_values.h"
#include "text/text.h"

namespace interdict::lists {
namespace {

enum class Shape : std::uint8_t {
  number,  // NUMBER (Country) issued DATE expires DATE
  text,
  country,
  date,
  place,  // the last part after a comma may be a country
  gender,
  lei,     // a legal entity identifier when it has its 20 characters, else a firm's registration
  imo,     // an IMO number when it says so or has its 7 digits, else what the property says
  wallet,  // CURRENCY ADDRESS
  quoted,  // 'NAME'
  role,    // a relation
};

struct Kind {
  std::string_view name;
  Prop prop;
  Shape shape = Shape::number;
  bool plain = false;  // the property says all: no Detail::field
};

// Names as OFAC writes them, mined from 308 versions of sdn.csv (2021 to 2024), 34 of the consolidated XML (2020 to
// 2026) and the full sets. Of two that begin alike the longer one wins.
constexpr std::array kinds = {
    Kind{"DOB", Prop::birth_date, Shape::date, true},
    Kind{"POB", Prop::birth_place, Shape::place, true},
    Kind{"Date of Birth", Prop::birth_date, Shape::date, true},
    Kind{"Birthdate", Prop::birth_date, Shape::date, true},
    Kind{"Place of Birth", Prop::birth_place, Shape::place, true},
    Kind{"nationality", Prop::nationality, Shape::country, true},
    Kind{"Nationality Country", Prop::nationality, Shape::country, true},
    Kind{"citizen", Prop::citizenship, Shape::country, true},
    Kind{"Citizenship Country", Prop::citizenship, Shape::country, true},
    Kind{"Gender", Prop::gender, Shape::gender, true},
    Kind{"Title", Prop::position, Shape::text, true},
    Kind{"Nationality of Registration", Prop::jurisdiction, Shape::country},
    Kind{"Registration Country", Prop::jurisdiction, Shape::country},
    Kind{"Organization Established Date", Prop::registration_date, Shape::date},
    Kind{"a.k.a.", Prop::weak_alias, Shape::quoted, true},
    Kind{"f.k.a.", Prop::previous_name, Shape::quoted, true},
    Kind{"n.k.a.", Prop::weak_alias, Shape::quoted},
    Kind{"d.b.a.", Prop::weak_alias, Shape::quoted},
    Kind{"Linked To:", Prop::relation, Shape::role},
    Kind{"Linked To", Prop::relation, Shape::role},
    Kind{"Phone Number", Prop::phone, Shape::text, true},
    Kind{"Telephone:", Prop::phone, Shape::text, true},
    Kind{"Telephone", Prop::phone, Shape::text, true},
    Kind{"Tel.", Prop::phone, Shape::text, true},
    Kind{"Fax:", Prop::phone, Shape::text},
    Kind{"Fax", Prop::phone, Shape::text},
    Kind{"Email Address", Prop::email, Shape::text, true},
    Kind{"Website", Prop::website, Shape::text, true},
    // documents of persons
    Kind{"Passport", Prop::passport_number, Shape::number, true},
    Kind{"Diplomatic Passport", Prop::passport_number},
    Kind{"Stateless Person Passport", Prop::passport_number},
    Kind{"National ID No.", Prop::id_number},
    Kind{"National Foreign ID Number", Prop::id_number},
    Kind{"Identification Number", Prop::id_number, Shape::imo},
    Kind{"Personal ID Card", Prop::id_number},
    Kind{"Cedula No.", Prop::id_number},
    Kind{"Cedula de Residencia", Prop::id_number},
    Kind{"Cedula de Ciudadania", Prop::id_number},
    Kind{"C.U.R.P.", Prop::id_number},
    Kind{"C.U.R.P. #", Prop::id_number},
    Kind{"C.U.I.", Prop::id_number},
    Kind{"C.U.I.P.", Prop::id_number},
    Kind{"C.I.N.", Prop::id_number},
    Kind{"C.I.", Prop::id_number},
    Kind{"CNP (Personal Numerical Code)", Prop::id_number},
    Kind{"D.N.I.", Prop::id_number},
    Kind{"I.F.E.", Prop::id_number},
    Kind{"SSN", Prop::id_number},
    Kind{"SRE Permit No.", Prop::id_number},
    Kind{"Driver's License No.", Prop::id_number},
    Kind{"Birth Certificate Number", Prop::id_number},
    Kind{"Electoral Registry No.", Prop::id_number},
    Kind{"Credencial electoral", Prop::id_number},
    Kind{"Cartilla de Servicio Militar Nacional", Prop::id_number},
    Kind{"Bosnian Personal ID No.", Prop::id_number},
    Kind{"Moroccan Personal ID No.", Prop::id_number},
    Kind{"Turkish Identification Number", Prop::id_number},
    Kind{"UAE Identification", Prop::id_number},
    Kind{"Kuwait Civil ID No.", Prop::id_number},
    Kind{"Kenyan ID No.", Prop::id_number},
    Kind{"British National Overseas Passport", Prop::passport_number},
    Kind{"Citizen's Card Number", Prop::id_number},
    Kind{"Stateless Person ID Card", Prop::id_number},
    Kind{"Refugee ID Card", Prop::id_number},
    Kind{"Residency Number", Prop::id_number},
    Kind{"Resident Card", Prop::id_number},
    Kind{"Romanian Permanent Resident", Prop::id_number},
    Kind{"Tazkira National ID Card", Prop::id_number},
    Kind{"Tarjeta Profesional", Prop::id_number},
    Kind{"Travel Document Number", Prop::id_number},
    Kind{"Seafarer's Identification Document", Prop::id_number},
    Kind{"VisaNumberID", Prop::id_number},
    Kind{"Military Registration Number", Prop::id_number},
    Kind{"Public Security and Immigration No.", Prop::id_number},
    // taxes
    Kind{"Tax ID No.", Prop::tax_number},
    Kind{"Tax ID", Prop::tax_number},
    Kind{"NIT #", Prop::tax_number},
    Kind{"R.F.C.", Prop::tax_number},
    Kind{"R.F.C. #", Prop::tax_number},
    Kind{"RFC", Prop::tax_number},
    Kind{"RUC #", Prop::tax_number},
    Kind{"RIF #", Prop::tax_number},
    Kind{"RTN", Prop::tax_number},
    Kind{"RSIN", Prop::tax_number},
    Kind{"C.I.F.", Prop::tax_number},
    Kind{"C.U.I.T.", Prop::tax_number},
    Kind{"V.A.T. Number", Prop::tax_number},
    Kind{"US FEIN", Prop::tax_number},
    Kind{"Fiscal Code", Prop::tax_number},
    Kind{"Italian Fiscal Code", Prop::tax_number},
    Kind{"Romanian Tax Registration", Prop::tax_number},
    // registers
    Kind{"Registration Number", Prop::registration_number, Shape::number},
    Kind{"Registration ID", Prop::registration_number},
    Kind{"Registration Certificate Number", Prop::registration_number},
    Kind{"Business Registration Number", Prop::registration_number},
    Kind{"Business Registration Document #", Prop::registration_number},
    Kind{"Business Number", Prop::registration_number},
    Kind{"Branch Unit Number", Prop::registration_number},
    Kind{"Enterprise Number", Prop::registration_number},
    Kind{"Commercial Registry Number", Prop::registration_number},
    Kind{"Company Number", Prop::registration_number, Shape::imo},
    Kind{"Company ID:", Prop::registration_number},
    Kind{"UK Company Number", Prop::registration_number},
    Kind{"Public Registration Number", Prop::registration_number},
    Kind{"Central Registration System Number", Prop::registration_number},
    Kind{"Chamber of Commerce Number", Prop::registration_number},
    Kind{"Istanbul Chamber of Comm. No.", Prop::registration_number},
    Kind{"Certificate of Incorporation Number", Prop::registration_number},
    Kind{"Folio Mercantil No.", Prop::registration_number},
    Kind{"Matricula Mercantil No", Prop::registration_number},
    Kind{"C.R. No.", Prop::registration_number},
    Kind{"Romanian C.R.", Prop::registration_number},
    Kind{"Registered Charity No.", Prop::registration_number},
    Kind{"Unified Social Credit Code (USCC)", Prop::registration_number},
    Kind{"United Social Credit Code Certificate (USCCC)", Prop::registration_number},
    Kind{"Economic Register Number (CBLS)", Prop::registration_number},
    Kind{"Russian State Individual Business Registration Number Pattern (OGRNIP)", Prop::registration_number},
    Kind{"Trade License No.", Prop::registration_number},
    Kind{"Tourism License No.", Prop::registration_number},
    Kind{"Afghan Money Service Provider License Number", Prop::registration_number},
    Kind{"License", Prop::registration_number},
    Kind{"Legal Entity Number", Prop::registration_number, Shape::lei},
    Kind{"SWIFT/BIC", Prop::swift_bic, Shape::number, true},
    Kind{"BIK (RU)", Prop::other_identifier},
    Kind{"ISIN", Prop::other_identifier},
    Kind{"Equity Ticker", Prop::other_identifier},
    Kind{"Government Gazette Number", Prop::other_identifier},
    Kind{"D-U-N-S Number", Prop::other_identifier},
    Kind{"UN/LOCODE", Prop::other_identifier},
    Kind{"Trademark number", Prop::other_identifier},
    Kind{"Chinese Commercial Code", Prop::other_identifier},
    Kind{"Permit Number", Prop::registration_number},
    Kind{"File Number", Prop::registration_number},
    Kind{"LE Number", Prop::registration_number},
    Kind{"Organization Code", Prop::registration_number},
    Kind{"MSB Registration Number", Prop::registration_number},
    Kind{"Dubai Chamber of Commerce Membership No.", Prop::registration_number},
    Kind{"Pilot License Number", Prop::id_number},
    Kind{"Numero de Identidad", Prop::id_number},
    Kind{"N.I.E.", Prop::id_number},
    Kind{"N.I.F.", Prop::tax_number},
    Kind{"Numero Unico de Identificacao Tributaria (NUIT)", Prop::tax_number},
    Kind{"Paraguayan tax identification number", Prop::tax_number},
    Kind{"Phone No.", Prop::phone, Shape::text, true},
    Kind{"PHONE", Prop::phone, Shape::text, true},
    Kind{"FAX", Prop::phone, Shape::text},
    Kind{"Serial No.", Prop::other_identifier},
    Kind{"TELEX", Prop::other_identifier},
    Kind{"Digital Currency Address -", Prop::wallet_address, Shape::wallet, true},
    // vessels and aircraft
    Kind{"Vessel Registration Identification", Prop::registration_number, Shape::imo},
    Kind{"Vessel Registration Number", Prop::registration_number, Shape::imo},
    Kind{"MMSI", Prop::mmsi, Shape::number, true},
    Kind{"Vessel Call Sign", Prop::call_sign, Shape::text, true},
    Kind{"Other Vessel Call Sign", Prop::call_sign, Shape::text},
    Kind{"Vessel Flag", Prop::flag, Shape::country, true},
    Kind{"Other Vessel Flag", Prop::flag, Shape::country},
    Kind{"Former Vessel Flag", Prop::past_flags, Shape::country, true},
    Kind{"Vessel Type", Prop::vessel_type, Shape::text, true},
    Kind{"Other Vessel Type", Prop::vessel_type, Shape::text},
    Kind{"Former Vessel Type", Prop::vessel_type, Shape::text},
    Kind{"Vessel Owner", Prop::owner, Shape::text, true},
    Kind{"Vessel Tonnage", Prop::tonnage, Shape::text},
    Kind{"Vessel Gross Tonnage", Prop::tonnage, Shape::text},
    Kind{"Vessel Gross Registered Tonnage", Prop::tonnage, Shape::text},
    Kind{"Vessel Year of Build", Prop::build_date, Shape::date},
    Kind{"Aircraft Construction Number (also called L/N or S/N or F/N)", Prop::serial_number},
    Kind{"Aircraft Manufacturer's Serial Number (MSN)", Prop::serial_number},
    Kind{"Aircraft Serial Identification", Prop::serial_number},
    Kind{"Aircraft Tail Number", Prop::registration_number},
    Kind{"Previous Aircraft Tail Number", Prop::registration_number},
    Kind{"Aircraft Model", Prop::aircraft_model, Shape::text, true},
    Kind{"Aircraft Manufacture Date", Prop::build_date, Shape::date},
    Kind{"Aircraft Operator", Prop::operator_, Shape::text, true},
    Kind{"Aircraft Owner", Prop::owner, Shape::text, true},
    Kind{"Aircraft Mode S Transponder Code", Prop::other_identifier},
    // what is imposed
    Kind{"Additional Sanctions Information -", Prop::measure, Shape::text},
    Kind{"Secondary sanctions risk:", Prop::measure, Shape::text},
    Kind{"Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions:", Prop::measure,
         Shape::text},
    Kind{"CAATSA Section 235 Information:", Prop::measure, Shape::text},
    Kind{"PEESA Information:", Prop::measure, Shape::text},
    Kind{"IFCA Determination -", Prop::measure, Shape::text},
    // facts without a property of their own
    Kind{"Organization Type:", Prop::unmodelled, Shape::text},
    Kind{"Target Type", Prop::unmodelled, Shape::text},
    Kind{"Issuer Name", Prop::unmodelled, Shape::text},
};

// "Executive Order 13662 Directive Determination -": the number of the order is part of the kind.
constexpr std::array<std::string_view, 6> order_kinds = {" Directive Determination -",
                                                         " Directive Information -",
                                                         " Directive Information:",
                                                         " Directive Information",
                                                         " information:",
                                                         " Information:"};
// "Listing Date (EO 14024 Directive 2):": the act in parentheses is part of the kind.
constexpr std::array<std::string_view, 4> dated_kinds = {"Listing Date (", "Effective Date (",
                                                         "Purchase/Sales For Divestment Date (", "Divestment Date ("};

// Kinds by first byte, longest first.
class KindTable {
 public:
  KindTable() {
    for (const Kind& kind : kinds) by_first_[static_cast<unsigned char>(kind.name.front())].push_back(&kind);
    for (auto& list : by_first_) {
      std::sort(list.begin(), list.end(), [](const Kind* a, const Kind* b) { return a->name.size() > b->name.size(); });
    }
  }
  /// The longest kind that the text begins with, a whole word.
  [[nodiscard]] const Kind* prefix_of(std::string_view text) const {
    if (text.empty()) return nullptr;
    for (const Kind* kind : by_first_[static_cast<unsigned char>(text.front())]) {
      if (text.size() < kind->name.size() || text[1] != kind->name[1] || !text.starts_with(kind->name)) continue;
      if (text.size() > kind->name.size() && text[kind->name.size()] != ' ' && text[kind->name.size()] != ':') continue;
      return kind;
    }
    return nullptr;
  }
  [[nodiscard]] const Kind* named(std::string_view name) const {
    const Kind* kind = prefix_of(name);
    if (kind != nullptr && kind->name.size() == name.size()) return kind;
    return nullptr;
  }

 private:
  std::array<std::vector<const Kind*>, 256> by_first_;
};

const KindTable& kind_table() {
  static const KindTable instance;
  return instance;
}

std::string_view without_alt(std::string_view item) {
  return item.starts_with("alt. ") || item.starts_with("Alt. ") ? trim(item.substr(5)) : item;
}

std::optional<std::string_view> order_kind(std::string_view text) {
  constexpr std::string_view order = "Executive Order ";
  if (!text.starts_with(order)) return std::nullopt;
  std::size_t at = order.size();
  while (at < text.size() && text::is_digit(text[at])) ++at;
  for (const std::string_view tail : order_kinds) {
    if (text.substr(at).starts_with(tail)) return text.substr(0, at + tail.size());
  }
  return std::nullopt;
}

std::optional<std::string_view> dated_kind(std::string_view text) {
  for (const std::string_view head : dated_kinds) {
    if (!text.starts_with(head)) continue;
    const std::size_t close = text.find(')');
    if (close == std::string_view::npos) return std::nullopt;
    const bool colon = text.size() > close + 1 && text[close + 1] == ':';
    return text.substr(0, close + (colon ? 2 : 1));
  }
  return std::nullopt;
}

// As rfind, which compares at every byte and so is slow where there is nothing to find.
std::size_t find_last(std::string_view text, std::string_view word) {
  std::size_t last = std::string_view::npos;
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) last = at;
  return last;
}

// "NUMBER (Country) issued DATE expires DATE" into its parts; parentheses that hold no country stay with the number.
void split_number(RecordBuilder& out, std::string_view text, OfacItem& item) {
  for (const auto& [word, into] : {std::pair(std::string_view(" expires "), &item.expires),
                                   std::pair(std::string_view(" issued "), &item.issued)}) {
    const std::size_t at = find_last(text, word);
    if (at == std::string_view::npos) continue;
    const std::string_view date = trim(text.substr(at + word.size()));
    const std::string_view first = date.substr(0, date.find(" to "));
    if (!parse_ofac_date(first)) continue;  // "issued in Ulm", "issued under the name ..."
    *into = date;
    text = trim(text.substr(0, at));
  }
  if (text.ends_with(')')) {
    const std::size_t open = text.rfind('(');
    if (open != std::string_view::npos && open > 0) {
      const std::string_view inside = text.substr(open + 1, text.size() - open - 2);
      if (!out.country_code(inside).empty()) {
        item.country = inside;
        text = trim(text.substr(0, open));
      }
    }
  }
  item.text = text;
}

// The country that ends a place, "Tehran, Iran"; empty when it is none.
std::string_view country_of_place(std::string_view place) {
  const std::size_t comma = place.rfind(", ");
  std::string_view last = comma == std::string_view::npos ? place : place.substr(comma + 2);
  // "Pyongyang, Korea, North": the name itself has a comma.
  if ((last == "North" || last == "South") && comma != std::string_view::npos) {
    const std::size_t before = place.rfind(", ", comma - 1);
    last = before == std::string_view::npos ? place : place.substr(before + 2);
  }
  return last;
}

std::string_view unquoted(std::string_view text) {
  if (text.size() >= 2 && text.front() == '\'' && text.back() == '\'') return text.substr(1, text.size() - 2);
  if (text.starts_with('\'')) return text.substr(1);  // cut before its closing quote
  return text;
}

// A date of a document: as ISO 8601 where it is one, else as published.
void date_detail(Said& said, Detail detail, std::string_view text) { said.on(detail, parse_ofac_date(text), text); }

Said add_number(RecordBuilder& out, Prop prop, std::string_view field, const OfacItem& item) {
  std::string_view number = item.text;
  std::string_view note;
  if (prop == Prop::passport_number) {
    // "Booklet A5250088", "4117921 issued under the name ...": what is searched for is the number.
    for (const std::string_view word : {"Booklet: ", "Booklet "}) {
      if (number.starts_with(word)) number = trim(number.substr(word.size()));
    }
    if (const std::size_t at = number.find(" issued "); at != std::string_view::npos) {
      note = number.substr(at + 1);
      number = number.substr(0, at);
    }
  }
  Said said = out.add(prop, number);
  said.with(Detail::field, field).with(Detail::note, note).in_country(item.country);
  if (number.size() != item.text.size()) said.with(Detail::original, item.text);
  date_detail(said, Detail::issued, item.issued);
  date_detail(said, Detail::expires, item.expires);
  return said;
}

// IMO numbers: "IMO 9187629", of vessels (ship number) and of firms (company number).
void add_imo(RecordBuilder& out, const Kind& kind, const OfacItem& item) {
  OfacItem rest = item;
  const bool says_imo = rest.text.starts_with("IMO ");
  if (says_imo) rest.text = trim(rest.text.substr(4));
  const bool seven = rest.text.size() == 7 && text::all_digits(rest.text);
  if (says_imo || (seven && kind.name.starts_with("Vessel"))) {
    const bool ship = kind.name.starts_with("Vessel");
    add_number(out, Prop::imo_number, ship ? std::string_view{} : kind.name, rest);
    return;
  }
  add_number(out, kind.prop, kind.name, item);
}

void add_of_kind(RecordBuilder& out, const Kind& kind, const OfacItem& item) {
  const std::string_view field = kind.plain ? std::string_view{} : kind.name;
  switch (kind.shape) {
    case Shape::number:
      add_number(out, kind.prop, field, item);
      return;
    case Shape::imo:
      add_imo(out, kind, item);
      return;
    case Shape::lei: {
      const bool lei = item.text.size() == 20 && item.text.find(' ') == std::string_view::npos;
      add_number(out, lei ? Prop::lei_code : kind.prop, lei ? std::string_view{} : field, item);
      return;
    }
    case Shape::text:
      out.add(kind.prop, item.text).with(Detail::field, field).in_country(item.country);
      return;
    case Shape::country:
      out.add_country(kind.prop, item.text).with(Detail::field, field);
      return;
    case Shape::date:
      add_ofac_date(out, kind.prop, item.text, kind.name);
      return;
    case Shape::place: {
      const std::string_view country = out.country_code(country_of_place(item.text));
      out.add(kind.prop, item.text).with(Detail::country, country);
      return;
    }
    case Shape::gender:
      if (const auto gender = parse_gender(item.text)) {
        out.add(kind.prop, *gender);
      } else {
        out.add_unmodelled(kind.name, item.text);
      }
      return;
    case Shape::wallet: {
      const std::size_t space = item.text.find(' ');
      if (space == std::string_view::npos) {
        out.add(kind.prop, item.text).with(Detail::field, kind.name);
        return;
      }
      out.add(kind.prop, trim(item.text.substr(space))).with(Detail::currency, item.text.substr(0, space));
      return;
    }
    case Shape::quoted: {
      const auto [last, first] = out.schema() == "Person" ? split_ofac_name(unquoted(item.text))
                                                          : std::pair(unquoted(item.text), std::string_view{});
      add_ofac_name(out, kind.prop, last, first).with(Detail::strength, "weak").with(Detail::field, field);
      return;
    }
    case Shape::role:
      out.add(kind.prop, item.text).with(Detail::role, "Linked To");
      return;
  }
}

void add_dated(RecordBuilder& out, std::string_view kind, std::string_view text) {
  std::string_view name = kind;
  if (name.ends_with(':')) name.remove_suffix(1);
  const auto date = parse_ofac_date(text);
  if (date && name.starts_with("Listing Date")) {
    out.add(Prop::listing_date, date->to_string()).with(Detail::field, name);
  } else {
    out.add_unmodelled(name, date ? date->to_string() : std::string(text));
  }
}

// "Some Register No. 123-4 (Syria)": words, a token with a digit, a country. Nothing else of OFAC's ends so.
bool add_unknown_identifier(RecordBuilder& out, std::string_view text) {
  OfacItem item;
  split_number(out, text, item);
  if (item.country.empty()) return false;
  const std::size_t space = item.text.rfind(' ');
  if (space == std::string_view::npos) return false;
  const std::string_view number = item.text.substr(space + 1);
  if (std::none_of(number.begin(), number.end(), text::is_digit)) return false;
  item.kind = trim(item.text.substr(0, space));
  if (item.kind.size() > 60) return false;
  item.text = number;
  add_number(out, Prop::other_identifier, item.kind, item);
  return true;
}

bool opens_alias(std::string_view text) {
  return text.size() > 8 && text.substr(1, 7) == ".k.a. '" && (text[0] == 'a' || text[0] == 'f' || text[0] == 'n');
}

// The end of the item that begins at `begin`: the ';' that is not inside a quoted alias or parentheses.
std::size_t end_of_item(std::string_view text, std::size_t begin) {
  const auto next = [&](std::size_t from) {
    for (std::size_t at = text.find(';', from); at != std::string_view::npos; at = text.find(';', at + 1)) {
      if (at + 1 == text.size() || text[at + 1] == ' ') return at;
    }
    return text.size();
  };
  const std::size_t plain = next(begin);
  if (plain == text.size()) return plain;
  const std::string_view item = text.substr(begin, plain - begin);
  if (opens_alias(trim(item)) && !trim(item).ends_with('\'')) {
    // 'A; B': the quote closes before the next ';', and no other alias begins in between.
    const std::size_t close = next(plain + 1);
    const std::string_view longer = text.substr(begin, close - begin);
    if (trim(longer).ends_with('\'') && longer.find(".k.a. ", 8) == std::string_view::npos) return close;
    return plain;
  }
  if (item.find('(') == std::string_view::npos) return plain;
  const auto depth = [](std::string_view part) {
    return std::count(part.begin(), part.end(), '(') - std::count(part.begin(), part.end(), ')');
  };
  if (depth(item) == 1) {
    const std::size_t close = next(plain + 1);
    const std::string_view rest = text.substr(plain, close - plain);
    if (depth(rest) == -1) return close;
  }
  return plain;
}

// The point that ends a remark is OFAC's, unless it ends an abbreviation, after which OFAC writes no second one.
std::string_view without_final_point(std::string_view text) {
  if (!text.ends_with('.')) return text;
  const std::string_view less = text.substr(0, text.size() - 1);
  std::string_view last = less.substr(less.find_last_of(" ,") + 1);
  if (last.find('.') != std::string_view::npos && last.size() <= 12 && last.find('/') == std::string_view::npos &&
      last.find('@') == std::string_view::npos && !text::is_digit(last.front())) {
    const std::size_t dot = last.rfind('.');
    if (last.size() - dot - 1 == 1) return text;  // "S.A."
  }
  for (const std::string_view word : {"CO", "LTD", "INC", "CORP", "JR", "SR", "BHD", "PTY", "ST"}) {
    if (last.size() == word.size() &&
        std::equal(last.begin(), last.end(), word.begin(), [](char a, char b) { return (a & ~0x20) == b; })) {
      return text;
    }
  }
  return less;
}

}  // namespace

std::optional<PartialDate> parse_ofac_date(std::string_view text) {
  constexpr std::array<std::string_view, 12> months = {"january",   "february", "march",    "april",
                                                       "may",       "june",     "july",     "august",
                                                       "september", "october",  "november", "december"};
  std::array<std::string_view, 3> words;
  std::size_t count = 0;
  text = trim(text);
  while (!text.empty()) {
    const std::size_t space = text.find(' ');
    const std::string_view word = text.substr(0, space);
    if (!word.empty()) {
      if (count == words.size()) return std::nullopt;
      words[count++] = word;
    }
    if (space == std::string_view::npos) break;
    text.remove_prefix(space + 1);
  }
  if (count == 0 || words[count - 1].size() != 4 || !text::all_digits(words[count - 1])) return std::nullopt;
  const auto number = [](std::string_view digits) {
    int value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
  };
  const int year = number(words[count - 1]);
  if (count == 1) return PartialDate::of(year);
  const std::string_view name = words[count - 2];
  int month = 0;
  for (std::size_t m = 0; m < months.size() && name.size() >= 3; ++m) {
    if (name.size() > months[m].size()) continue;
    if (equals_ignoring_case(name, months[m].substr(0, name.size()))) month = static_cast<int>(m) + 1;
  }
  if (month == 0) return std::nullopt;
  if (count == 2) return PartialDate::of(year, month);
  if (words[0].size() > 2 || !text::all_digits(words[0]) || number(words[0]) == 0) return std::nullopt;
  return PartialDate::of(year, month, number(words[0]));
}

void add_ofac_date(RecordBuilder& out, Prop prop, std::string_view text, std::string_view field) {
  text = trim(text);
  std::string_view rest = text;
  const bool circa = rest.starts_with("circa ") || rest.starts_with("circa-");
  if (circa) rest = trim(rest.substr(6));
  std::string_view until;
  if (const std::size_t to = rest.find(" to "); to != std::string_view::npos) {
    until = trim(rest.substr(to + 4));
    rest = trim(rest.substr(0, to));
  } else if (rest.size() == 9 && rest[4] == '-') {  // "1979-1982"
    until = rest.substr(5);
    rest = rest.substr(0, 4);
  }
  auto from = parse_ofac_date(rest);
  auto end = until.empty() ? std::optional<PartialDate>{} : parse_ofac_date(until);
  if (!from || (!until.empty() && !end)) {
    out.add_date(prop, std::nullopt, text, field);
    return;
  }
  std::string_view original;
  if (end && from->month() == 1 && from->day() == 1 && end->month() == 12 && end->day() == 31) {
    // OFAC writes a range of years as its first and last days.
    original = text;
    from = PartialDate::of(from->year());
    end = PartialDate::of(end->year());
    if (end == from) end.reset();
  }
  const bool plain = prop == Prop::birth_date;
  out.add_date(prop, from, text, field)
      .with(Detail::field, plain ? std::string_view{} : field)
      .with(Detail::until, end ? end->to_string() : std::string{})
      .with(Detail::circa, circa ? "true" : "")
      .with(Detail::original, original);
}

void add_ofac_item(RecordBuilder& out, const OfacItem& item) {
  const std::string_view name = trim(item.kind);
  OfacItem rest = item;
  rest.text = trim(item.text);
  if (const Kind* kind = kind_table().named(name)) {
    const bool number = kind->shape == Shape::number || kind->shape == Shape::imo || kind->shape == Shape::lei;
    // Now and then sdn.xml has the country in the number too.
    if (number && rest.country.empty() && rest.issued.empty() && rest.expires.empty())
      split_number(out, rest.text, rest);
    add_of_kind(out, *kind, rest);
  } else if (name.starts_with("Digital Currency Address - ")) {
    out.add(Prop::wallet_address, rest.text).with(Detail::currency, name.substr(27));
  } else if (order_kind(name) == name) {
    out.add(Prop::measure, rest.text).with(Detail::field, name);
  } else if (dated_kind(name) == name) {
    add_dated(out, name, rest.text);
  } else {
    add_number(out, Prop::other_identifier, name, rest);
  }
}

void add_ofac_remark(RecordBuilder& out, std::string_view published) {
  const std::string_view item = without_alt(trim(published));
  if (item.empty()) return;
  if (item.starts_with("(Linked To:") && item.ends_with(')')) {  // as sdn.xml writes it
    add_ofac_remarks(out, item.substr(1, item.size() - 2), false);
    return;
  }
  if (const Kind* kind = kind_table().prefix_of(item)) {
    std::string_view text = trim(item.substr(kind->name.size()));
    if (text.starts_with(':')) text = trim(text.substr(1));
    OfacItem parts{.kind = kind->name, .text = text, .country = {}, .issued = {}, .expires = {}};
    const bool number = kind->shape == Shape::number || kind->shape == Shape::imo || kind->shape == Shape::lei;
    if (number) split_number(out, text, parts);
    // "Passport issued in Sarajevo", "Gender": a kind without its value is a sentence.
    const bool digits = std::any_of(parts.text.begin(), parts.text.end(), text::is_digit);
    const bool sentence = parts.text.empty() || (kind->prop == Prop::passport_number && !digits) ||
                          (kind->name == "Passport" && text.starts_with("and ")) ||
                          (kind->name == "License" && !digits) ||
                          (kind->shape == Shape::quoted && text.front() != '\'') ||
                          (kind->shape == Shape::country && out.country_code(text).empty());
    if (!sentence || kind->shape == Shape::country) {
      if (parts.text.empty()) {
        out.add(Prop::notes, item);
        return;
      }
      add_of_kind(out, *kind, parts);
      return;
    }
    out.add(Prop::notes, item.ends_with('.') ? item.substr(0, item.size() - 1) : item);
    return;
  }
  if (const auto kind = order_kind(item)) {
    out.add(Prop::measure, trim(item.substr(kind->size()))).with(Detail::field, *kind);
    return;
  }
  if (const auto kind = dated_kind(item)) {
    add_dated(out, *kind, trim(item.substr(kind->size())));
    return;
  }
  if (add_unknown_identifier(out, item)) return;
  // A note ends without a point in every form, so that the last item of a remark equals the same one in the middle.
  out.add(Prop::notes, item.ends_with('.') ? item.substr(0, item.size() - 1) : item);
}

std::size_t last_ofac_item(std::string_view remarks) {
  std::size_t begin = 0;
  for (;;) {
    const std::size_t end = end_of_item(remarks, begin);
    if (end >= remarks.size()) return begin;
    begin = end + 1;
  }
}

void add_ofac_remarks(RecordBuilder& out, std::string_view remarks, bool complete) {
  remarks = trim(remarks);
  if (complete) remarks = without_final_point(remarks);
  std::size_t begin = 0;
  while (begin < remarks.size()) {
    const std::size_t end = end_of_item(remarks, begin);
    const std::string_view item = remarks.substr(begin, end - begin);
    const std::size_t said = out.size();
    add_ofac_remark(out, item);
    // A kind whose value turns out empty once cleaned ("alt. " and control characters) is still what the list says.
    if (out.size() == said) out.add(Prop::notes, item);
    begin = end + 1;
  }
}

std::pair<std::string_view, std::string_view> split_ofac_name(std::string_view name) {
  std::size_t comma = name.find(", ");
  if (comma == std::string_view::npos) return {name, {}};
  for (const std::string_view suffix : {"JR.,", "SR.,", "JR,", "SR,", "II,", "III,", "IV,"}) {
    if (name.substr(comma + 2).starts_with(suffix)) {
      comma = comma + 2 + suffix.size() - 1;
      break;
    }
  }
  if (comma + 2 > name.size()) return {name, {}};
  return {trim(name.substr(0, comma)), trim(name.substr(comma + 1))};
}

Said add_ofac_name(RecordBuilder& out, Prop prop, std::string_view last, std::string_view first) {
  last = trim(last);
  first = trim(first);
  if (first.empty()) return out.add_name(prop, last);
  if (last.empty()) return out.add_name(prop, first);
  return out.add_name(prop, join({first, last}, " "))
      .with(Detail::first_name, first)
      .with(Detail::last_name, last)
      .with(Detail::original, join({last, first}, ", "));
}

std::optional<std::string_view> ofac_schema(std::string_view sdn_type) {
  if (equals_ignoring_case(sdn_type, "individual")) return "Person";
  if (equals_ignoring_case(sdn_type, "vessel")) return "Vessel";
  if (equals_ignoring_case(sdn_type, "aircraft")) return "Airplane";
  if (sdn_type.empty() || equals_ignoring_case(sdn_type, "entity")) return "Organization";
  return std::nullopt;
}

Said add_ofac_address(RecordBuilder& out, const OfacAddress& address) {
  if (address.street.empty() && address.place.empty()) {
    return out.add_country(Prop::country, address.country).with(Detail::id, address.id);
  }
  return out.add(Prop::address, join({address.street, address.place, address.country}, ", "))
      .with(Detail::street, address.street)
      .with(Detail::city, address.place)
      .in_country(address.country)
      .with(Detail::id, address.id);
}

bool is_ofac_cons_programme(std::string_view programme) {
  for (const std::string_view only :
       {"NS-PLC", "UKRAINE-EO13662", "CMIC-", "CCMC-", "561-Related", "561List", "FSE-", "NS-MBS", "NS-ISA", "SSI"}) {
    if (programme.starts_with(only)) return true;
  }
  return false;
}

}  // namespace interdict::lists
