// A party as one source lists it, said in statements.
//
// A statement is one thing a list says: a property of the FollowTheMoney vocabulary, a value, and details that qualify
// it (the language and script of a name, the country of a passport). Nothing a list says is dropped: what has no
// property of its own is `Prop::unmodelled`, with the publisher's name of the field in `Detail::field`. Statements are
// what is stored, compared between versions, indexed and shown, so there is one place where a fact can be lost: the
// reader.
//
// Values follow FollowTheMoney: countries ISO 3166-1 alpha-2 in lower case, languages ISO 639-3, dates ISO 8601 with
// their real precision, text UTF-8 in NFC without control characters, trimmed.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace interdict {

/// Property names are FollowTheMoney's where it has one; `to_string` gives that spelling (birthDate, imoNumber, ...).
enum class Prop : std::uint8_t {
  // names: see Detail::strength, script, lang and the name-part details
  name,           // primary name
  alias,          // also known as
  weak_alias,     // weakAlias: the list itself calls it weak or low quality
  previous_name,  // previousName: formerly known as, maiden name
  abbreviation,
  // a person
  birth_date,     // birthDate; a range is value..Detail::until, Detail::circa = "true" where the list says about
  birth_place,    // birthPlace
  birth_country,  // birthCountry
  death_date,     // deathDate
  gender,         // male | female | other
  nationality,
  citizenship,
  title,
  position,  // office or function held
  // anyone
  country,       // linked country with no more exact role; of an address, of residence
  jurisdiction,  // of incorporation
  address,       // one line; the parts as details where the list gives them
  email,
  phone,
  website,
  registration_date,  // incorporationDate of a firm, ...
  // identifiers; Detail::country, Detail::note, Detail::issued, Detail::expires where given
  passport_number,      // passportNumber
  id_number,            // idNumber: national identity and other personal numbers
  tax_number,           // taxNumber
  registration_number,  // registrationNumber of a firm, vessel or aircraft (a tail number for Airplane)
  imo_number,           // imoNumber
  mmsi,
  call_sign,         // callSign
  serial_number,     // serialNumber of an aircraft (manufacturer's)
  swift_bic,         // swiftBic
  lei_code,          // leiCode
  wallet_address,    // publicKey of a crypto wallet; Detail::currency
  other_identifier,  // Detail::field says which kind
  // vessels and aircraft
  flag,
  past_flags,   // pastFlags
  vessel_type,  // type
  tonnage,
  build_date,      // buildDate
  aircraft_model,  // model
  owner,
  operator_,  // operator
  // the listing
  programme,     // programId: code or name as published
  legal_act,     // number and title of the act; Detail::url, Detail::published, Detail::in_force
  listing_date,  // listingDate: when this party was first listed, by the list's own word
  amended_date,  // modifiedAt: when the entry last changed, by the list's own word
  measure,       // what is imposed, as published ("Asset freeze")
  reason,        // statement of reasons
  reference,     // another list's or the authority's own number for the same party (UN reference, OFSI group)
  // relations
  relation,  // value: the other party's name or listing id; Detail::role says how ("Linked To", "ownershipOwner")
  // text
  notes,       // the list's free remarks
  source_url,  // sourceUrl
  topic,       // topics
  unmodelled,  // Detail::field is the publisher's field name
};
inline constexpr std::size_t prop_count = static_cast<std::size_t>(Prop::unmodelled) + 1;

/// What qualifies a statement.
enum class Detail : std::uint8_t {
  lang,      // ISO 639-3
  script,    // ISO 15924
  strength,  // "strong" | "weak", where the list says so
  // parts of a name as the list gives them
  first_name,
  middle_name,
  last_name,
  patronymic,
  maiden_name,
  // parts of an address or place
  street,
  city,
  region,
  postal_code,
  country,  // alpha-2 where known, else as published
  // dates
  until,
  circa,     // "true"
  calendar,  // other than Gregorian, as published
  issued,
  expires,
  published,
  in_force,
  // the rest
  currency,
  field,  // the publisher's own field or kind
  role,
  original,  // the value as published, where it was changed by more than spacing
  note,
  url,
  act,  // number of the legal act that this very item rests on
  id,   // the publisher's id of this very item
};
inline constexpr std::size_t detail_count = static_cast<std::size_t>(Detail::id) + 1;

[[nodiscard]] std::string_view to_string(Prop prop);
[[nodiscard]] std::optional<Prop> prop_from(std::string_view name);
[[nodiscard]] std::string_view to_string(Detail detail);
[[nodiscard]] std::optional<Detail> detail_from(std::string_view name);

[[nodiscard]] bool is_name(Prop prop);        // name .. abbreviation
[[nodiscard]] bool is_identifier(Prop prop);  // passport_number .. other_identifier

struct Qualifier {
  Detail detail;
  std::string value;

  auto operator<=>(const Qualifier&) const = default;
};

struct Statement {
  Prop prop = Prop::unmodelled;
  std::string value;
  std::vector<Qualifier> details;  // kept sorted; at most one per Detail

  /// Sets or replaces one detail; an empty value removes it.
  Statement& with(Detail detail, std::string_view value);
  /// The same of a value that need not be copied.
  Statement& adopt(Detail detail, std::string&& value);
  /// Empty when absent.
  [[nodiscard]] std::string_view detail(Detail detail) const;

  auto operator<=>(const Statement&) const = default;
};

/// A list that comes as a set of files comes in parts, each of which may be absent from a version. A form in one file
/// (sdn.xml) fills every part of its set, so that the forms of one source can follow one another.
enum class Part : std::uint8_t { main, aliases, addresses, comments };
inline constexpr std::array all_parts = {Part::main, Part::aliases, Part::addresses, Part::comments};
inline constexpr std::size_t part_count = all_parts.size();
[[nodiscard]] std::string_view to_string(Part part);

/// What one part of one version of a list says about one party: the unit that readers emit and the store keeps.
struct Record {
  std::string id;  // the publisher's own id, without the source
  Part part = Part::main;
  std::string schema;  // FollowTheMoney schema; only in Part::main
  std::vector<Statement> statements;

  bool operator==(const Record&) const = default;
};

/// A party as listed: the parts put together.
struct Party {
  std::string id;      // listing id, "source:publisher's id"
  std::string source;  // "us_ofac_sdn"
  std::string schema;  // Person, Company, Organization, LegalEntity, Vessel, Airplane, ...
  std::vector<Statement> statements;

  /// The primary name, or the first name of any kind, or the id.
  [[nodiscard]] std::string_view caption() const;
  /// Values of a property in the order published.
  [[nodiscard]] std::vector<std::string_view> values(Prop prop) const;
};

/// FollowTheMoney's schema names that can be screened.
[[nodiscard]] bool is_matchable(std::string_view schema);
/// Whether a query of one schema may hit a listing of the other: Person against LegalEntity, Company against
/// Organization, anything against Thing; never Person against Vessel. Symmetric.
[[nodiscard]] bool are_comparable(std::string_view left, std::string_view right);

}  // namespace interdict
