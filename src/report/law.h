// Verdicts, and what a case says, as JSON and as text. JSON is the result; text is the same laid out for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "law/law.h"

namespace interdict::report {

class Json;

/// A published list beside what the case says of a party; filled by whoever holds the record.
struct ListNote {
  enum class Kind : std::uint8_t {
    resembles,   // a party of the deal that the case does not know resembles a listed one
    disagrees,   // list and case differ on whether a party is listed
    not_covered  // the list says nothing of that day
  };
  Kind kind = Kind::resembles;
  std::string party;      // of the deal
  std::string listing;    // "us_ofac_sdn:9760"
  std::string caption;    // of the listing
  double score = 0;       // of a resemblance
  std::string same_as;    // the party of the case that holds the listing; empty when it knows none
  std::string authority;  // whose list it is; empty when the case does not say
  std::string note;
};

/// The result object of `interdict check` (docs/api.md).
[[nodiscard]] std::string judgment_json(const Deal& deal, const law::Judgment& judgment, const law::CaseIndex& world,
                                        const law::Dates& dates, const std::vector<ListNote>& lists);
[[nodiscard]] std::string judgment_text(const Deal& deal, const law::Judgment& judgment, const law::CaseIndex& world,
                                        const law::Dates& dates, const std::vector<ListNote>& lists);

/// A deal as a JSON object that `casefile::read_deal` reads back to an equal deal.
[[nodiscard]] std::string deal_json(const Deal& deal);

/// The verdict in a line, then a line for each authority with a nexus: what decides, and the conditions.
[[nodiscard]] std::string judgment_brief(const Deal& deal, const law::Judgment& judgment, const law::Dates& dates);

/// One thing of a case by its id (measure, act, exception, authority, party, event, ...), as it stood on the day.
/// Empty when the case holds no such id.
[[nodiscard]] std::string explain_json(std::string_view id, const law::CaseIndex& world, const law::Dates& dates);
[[nodiscard]] std::string explain_text(std::string_view id, const law::CaseIndex& world, const law::Dates& dates);

// Parts shared by the reports on law and on relief.
void put_dates(Json& json, const law::Dates& dates);
/// The name of a party of the deal or of the case; the id where neither names it.
[[nodiscard]] std::string name_of(std::string_view party, const Deal& deal, const law::CaseIndex& world);
[[nodiscard]] std::string dates_text(const law::Dates& dates);

}  // namespace interdict::report
