#include "model/case.h"

#include <algorithm>
#include <array>

namespace interdict {
namespace {
constexpr std::array<std::string_view, 7> standings = {"proposed",  "blocked",    "adopted", "in_force",
                                                       "suspended", "reinstated", "lifted"};
}  // namespace

std::string_view to_string(Confidence confidence) {
  constexpr std::array<std::string_view, 3> names = {"low", "medium", "high"};
  return names[static_cast<std::size_t>(confidence)];
}

std::string_view to_string(Standing standing) { return standings[static_cast<std::size_t>(standing)]; }

std::optional<Standing> standing_from(std::string_view name) {
  for (std::size_t i = 0; i < standings.size(); ++i) {
    if (standings[i] == name) {
      return static_cast<Standing>(i);
    }
  }
  return std::nullopt;
}

const std::vector<std::string>& condition_fields() {
  static const std::vector<std::string> fields = {"activity",
                                                  "purpose",
                                                  "goods_annex",
                                                  "goods_origin",
                                                  "goods_from",
                                                  "end_use",
                                                  "territory",
                                                  "destination",
                                                  "mode",
                                                  "carrier_country",
                                                  "messaging_country",
                                                  "currency",
                                                  "service",
                                                  "role",
                                                  "subject",
                                                  "party",
                                                  "contract_before",
                                                  "contract_from",
                                                  "performed_before",
                                                  "measure_in_force",
                                                  "clearance"};
  return fields;
}

bool contains(const std::vector<std::string>& ids, std::string_view id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

const std::vector<std::string>& nexus_kinds() {
  static const std::vector<std::string> kinds = {"persons", "territory", "currency", "goods",
                                                 "flag",    "services",  "messaging"};
  return kinds;
}

}  // namespace interdict
