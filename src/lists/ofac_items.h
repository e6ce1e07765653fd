// OFAC's kinds of facts, shared by all its forms.
//
// The CSV says "Tax ID No. 7710140679 (Russia)" inside `remarks`, sdn.xml has the same in idType, idNumber and
// idCountry, the Advanced XML as a document of a type. All three come here, so that a fact reads alike whichever form
// it came in and the forms of one list can follow one another.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "lists/record_builder.h"

namespace interdict::lists {

/// A fact under OFAC's own name of its kind ("Passport", "DOB", "Digital Currency Address - XBT").
struct OfacItem {
  std::string_view kind;
  std::string_view text;
  std::string_view country;
  std::string_view issued;
  std::string_view expires;
};

/// Says the item. A kind that is not known becomes other_identifier with the kind in Detail::field.
void add_ofac_item(RecordBuilder& out, const OfacItem& item);

/// One item of `remarks` ("alt. Passport A0123 (Iran) expires 15 Jul 2011"): by its kind where it begins with one,
/// as an identifier where it has the shape of one ("Some Office No. 123 (Syria)"), else as the list's own note.
void add_ofac_remark(RecordBuilder& out, std::string_view item);

/// A remark as a whole, its items separated by ';' outside of quoted aliases and parentheses. `complete` says that the
/// text ends where the publisher ended it, whose final point is then dropped.
void add_ofac_remarks(RecordBuilder& out, std::string_view remarks, bool complete);
/// Offset of the last item, which is what a cut remark leaves incomplete.
[[nodiscard]] std::size_t last_ofac_item(std::string_view remarks);

/// "10 Dec 1948", "Dec 1948", "10 December 1948", "1948"; nothing when impossible.
[[nodiscard]] std::optional<PartialDate> parse_ofac_date(std::string_view text);
/// A date, "circa" a date, a range of dates; kept as unmodelled and noted as a fault when impossible.
void add_ofac_date(RecordBuilder& out, Prop prop, std::string_view text, std::string_view field);

/// A name in its natural order, First LAST, the published LAST, First in Detail::original; of a person whose name has
/// one part and of anyone else as it is.
Said add_ofac_name(RecordBuilder& out, Prop prop, std::string_view last, std::string_view first);
/// "LAST, First Middle" into last and first; "LAST, JR., First" keeps the suffix with the last.
[[nodiscard]] std::pair<std::string_view, std::string_view> split_ofac_name(std::string_view name);

/// The FollowTheMoney schema of an sdnType, and whether it is one of OFAC's.
[[nodiscard]] std::optional<std::string_view> ofac_schema(std::string_view sdn_type);

struct OfacAddress {
  std::string_view street;
  std::string_view place;  // city, state or province and postal code as the CSV joins them
  std::string_view country;
  std::string_view id;
};
/// One address in one line; a country alone is a country.
Said add_ofac_address(RecordBuilder& out, const OfacAddress& address);

/// Whether an entry of these programmes is on the consolidated list (the non-SDN lists) rather than on the SDN list.
/// The lists share their forms and some programmes; these are the programmes of the former only, or nearly so.
[[nodiscard]] bool is_ofac_cons_programme(std::string_view programme);

}  // namespace interdict::lists
