#include "model/party.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "model/result.h"

namespace interdict {
namespace {

constexpr std::array<std::string_view, prop_count> prop_names = {"name",
                                                                 "alias",
                                                                 "weakAlias",
                                                                 "previousName",
                                                                 "abbreviation",
                                                                 "birthDate",
                                                                 "birthPlace",
                                                                 "birthCountry",
                                                                 "deathDate",
                                                                 "gender",
                                                                 "nationality",
                                                                 "citizenship",
                                                                 "title",
                                                                 "position",
                                                                 "country",
                                                                 "jurisdiction",
                                                                 "address",
                                                                 "email",
                                                                 "phone",
                                                                 "website",
                                                                 "incorporationDate",
                                                                 "passportNumber",
                                                                 "idNumber",
                                                                 "taxNumber",
                                                                 "registrationNumber",
                                                                 "imoNumber",
                                                                 "mmsi",
                                                                 "callSign",
                                                                 "serialNumber",
                                                                 "swiftBic",
                                                                 "leiCode",
                                                                 "publicKey",
                                                                 "otherIdentifier",
                                                                 "flag",
                                                                 "pastFlags",
                                                                 "type",
                                                                 "tonnage",
                                                                 "buildDate",
                                                                 "model",
                                                                 "owner",
                                                                 "operator",
                                                                 "programId",
                                                                 "legalAct",
                                                                 "listingDate",
                                                                 "modifiedAt",
                                                                 "measure",
                                                                 "reason",
                                                                 "reference",
                                                                 "relation",
                                                                 "notes",
                                                                 "sourceUrl",
                                                                 "topics",
                                                                 "unmodelled"};

constexpr std::array<std::string_view, detail_count> detail_names = {
    "lang",       "script",   "strength", "firstName", "middleName", "lastName", "patronymic",
    "maidenName", "street",   "city",     "region",    "postalCode", "country",  "until",
    "circa",      "calendar", "issued",   "expires",   "published",  "inForce",  "currency",
    "field",      "role",     "original", "note",      "url",        "act",      "id"};

constexpr std::array<std::string_view, part_count> part_names = {"main", "aliases", "addresses", "comments"};

template <typename Enum, std::size_t N>
std::optional<Enum> find(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end()) return std::nullopt;
  return static_cast<Enum>(at - names.begin());
}

// FollowTheMoney's tree, as far as sanctions lists use it: a schema is comparable with itself, its ancestors and its
// descendants, and the kinds of organisation with one another, because lists disagree on which one a body is.
bool is_organisation(std::string_view schema) {
  return schema == "Organization" || schema == "Company" || schema == "PublicBody";
}

bool is_legal_entity(std::string_view schema) {
  return schema == "LegalEntity" || schema == "Person" || is_organisation(schema);
}

bool is_asset(std::string_view schema) {
  return schema == "Asset" || schema == "Vehicle" || schema == "Vessel" || schema == "Airplane" ||
         schema == "CryptoWallet" || schema == "Security" || schema == "Company";
}

bool includes(std::string_view general, std::string_view special) {
  if (general == special || general == "Thing") return true;
  if (general == "LegalEntity") return is_legal_entity(special);
  if (general == "Asset") return is_asset(special);
  if (general == "Vehicle") return special == "Vessel" || special == "Airplane";
  return false;
}

}  // namespace

std::string_view to_string(Prop prop) { return prop_names.at(static_cast<std::size_t>(prop)); }
std::optional<Prop> prop_from(std::string_view name) {
  static const auto by_name = [] {
    std::unordered_map<std::string_view, Prop> map;
    for (std::size_t i = 0; i < prop_count; ++i) map.emplace(prop_names[i], static_cast<Prop>(i));
    return map;
  }();
  const auto at = by_name.find(name);
  return at == by_name.end() ? std::nullopt : std::optional(at->second);
}
std::string_view to_string(Detail detail) { return detail_names.at(static_cast<std::size_t>(detail)); }
std::optional<Detail> detail_from(std::string_view name) { return find<Detail>(detail_names, name); }
std::string_view to_string(Part part) { return part_names.at(static_cast<std::size_t>(part)); }

bool is_name(Prop prop) { return prop <= Prop::abbreviation; }
bool is_identifier(Prop prop) { return prop >= Prop::passport_number && prop <= Prop::other_identifier; }

constexpr std::size_t usual_details = 4;

Statement& Statement::with(Detail which, std::string_view text) { return adopt(which, std::string(text)); }

Statement& Statement::adopt(Detail which, std::string&& text) {
  const auto at = std::lower_bound(details.begin(), details.end(), which,
                                   [](const Qualifier& q, Detail d) { return q.detail < d; });
  const bool present = at != details.end() && at->detail == which;
  if (text.empty()) {
    if (present) details.erase(at);
  } else if (present) {
    at->value = std::move(text);
  } else {
    const auto index = at - details.begin();
    if (details.empty()) details.reserve(usual_details);
    details.insert(details.begin() + index, Qualifier{which, std::move(text)});
  }
  return *this;
}

std::string_view Statement::detail(Detail which) const {
  for (const Qualifier& q : details) {
    if (q.detail == which) return q.value;
  }
  return {};
}

std::string_view Party::caption() const {
  const Statement* best = nullptr;
  for (const Statement& s : statements) {
    if (is_name(s.prop) && (best == nullptr || s.prop < best->prop)) best = &s;
  }
  return best != nullptr ? std::string_view(best->value) : std::string_view(id);
}

std::vector<std::string_view> Party::values(Prop prop) const {
  std::vector<std::string_view> out;
  for (const Statement& s : statements) {
    if (s.prop == prop) out.emplace_back(s.value);
  }
  return out;
}

bool is_matchable(std::string_view schema) { return is_legal_entity(schema) || is_asset(schema) || schema == "Thing"; }

bool are_comparable(std::string_view left, std::string_view right) {
  return includes(left, right) || includes(right, left) || (is_organisation(left) && is_organisation(right));
}

}  // namespace interdict
