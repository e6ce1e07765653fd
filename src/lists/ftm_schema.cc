#include "lists/ftm_schema.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace interdict::lists {
namespace {

struct Named {
  std::string_view name;
  FtmProperty property;
};

constexpr std::array named = {
    // identifiers that are special cases of one of ours
    Named{"socialSecurityNumber", {Prop::id_number, FtmValue::text, true}},
    Named{"innCode", {Prop::tax_number, FtmValue::text, true}},
    Named{"vatCode", {Prop::tax_number, FtmValue::text, true}},
    Named{"ogrnCode", {Prop::registration_number, FtmValue::text, true}},
    Named{"uscCode", {Prop::registration_number, FtmValue::text, true}},
    Named{"kppCode", {Prop::other_identifier, FtmValue::text, true}},
    Named{"okpoCode", {Prop::other_identifier, FtmValue::text, true}},
    Named{"bikCode", {Prop::other_identifier, FtmValue::text, true}},
    Named{"dunsCode", {Prop::other_identifier, FtmValue::text, true}},
    Named{"isinCode", {Prop::other_identifier, FtmValue::text, true}},
    Named{"isin", {Prop::other_identifier, FtmValue::text, true}},
    Named{"npiCode", {Prop::other_identifier, FtmValue::text, true}},
    Named{"cikCode", {Prop::other_identifier, FtmValue::text, true}},
    Named{"giiNumber", {Prop::other_identifier, FtmValue::text, true}},
    Named{"permId", {Prop::other_identifier, FtmValue::text, true}},
    Named{"uniqueEntityId", {Prop::other_identifier, FtmValue::text, true}},
    Named{"licenseNumber", {Prop::other_identifier, FtmValue::text, true}},
    Named{"crsNumber", {Prop::other_identifier, FtmValue::text, true}},
    Named{"wikidataId", {Prop::reference, FtmValue::text, true}},
    Named{"authorityId", {Prop::reference, FtmValue::text, true}},
    Named{"unscId", {Prop::reference, FtmValue::text, true}},
    // of the listing
    Named{"program", {Prop::programme, FtmValue::text, true}},
    Named{"provisions", {Prop::measure, FtmValue::text, true}},
    // texts
    Named{"summary", {Prop::notes, FtmValue::text, true}},
    Named{"description", {Prop::notes, FtmValue::text, true}},
    // links and addresses
    Named{"mainCountry", {Prop::country, FtmValue::country, true}},
    Named{"full", {Prop::address, FtmValue::text, false}},
};

// Properties that bear our own names but are no part of FollowTheMoney.
constexpr std::array ours_alone = {Prop::unmodelled, Prop::relation, Prop::other_identifier};

FtmValue value_of(Prop prop) {
  switch (prop) {
    case Prop::birth_country:
    case Prop::nationality:
    case Prop::citizenship:
    case Prop::country:
    case Prop::jurisdiction:
    case Prop::flag:
    case Prop::past_flags:
      return FtmValue::country;
    case Prop::birth_date:
    case Prop::death_date:
    case Prop::registration_date:
    case Prop::build_date:
    case Prop::listing_date:
    case Prop::amended_date:
      return FtmValue::date;
    case Prop::gender:
      return FtmValue::gender;
    default:
      return is_name(prop) ? FtmValue::name : FtmValue::text;
  }
}

struct Ends {
  std::string_view schema;
  std::array<std::string_view, 2> properties;
};

constexpr std::array ends = {
    Ends{"Ownership", {"owner", "asset"}},
    Ends{"Directorship", {"director", "organization"}},
    Ends{"Membership", {"member", "organization"}},
    Ends{"Employment", {"employee", "employer"}},
    Ends{"Family", {"person", "relative"}},
    Ends{"Associate", {"person", "associate"}},
    Ends{"Representation", {"agent", "client"}},
    Ends{"UnknownLink", {"subject", "object"}},
    Ends{"Succession", {"predecessor", "successor"}},
    Ends{"Debt", {"debtor", "creditor"}},
    Ends{"Payment", {"payer", "beneficiary"}},
    Ends{"Occupancy", {"holder", "post"}},
    Ends{"Similar", {"candidate", "match"}},
    Ends{"ProjectParticipant", {"project", "participant"}},
    Ends{"EconomicActivity", {"holder", {}}},
    Ends{"Sanction", {"entity", {}}},
    Ends{"Risk", {"entity", {}}},
    Ends{"Identification", {"holder", {}}},
    Ends{"Passport", {"holder", {}}},
};

// Of entities that are no links.
constexpr std::array<std::string_view, 9> references = {
    "addressEntity", "parent", "holder", "issuer", "owner", "operator", "subsidiaries", "organization", "successor"};

}  // namespace

std::optional<FtmProperty> ftm_property(std::string_view name) {
  static const auto by_name = [] {
    std::unordered_map<std::string_view, FtmProperty> map;
    for (const Named& n : named) map.emplace(n.name, n.property);
    for (std::size_t i = 0; i < prop_count; ++i) {
      const auto prop = static_cast<Prop>(i);
      if (std::ranges::find(ours_alone, prop) != ours_alone.end()) continue;
      map.emplace(to_string(prop), FtmProperty{prop, value_of(prop), false});
    }
    return map;
  }();
  const auto at = by_name.find(name);
  return at == by_name.end() ? std::nullopt : std::optional(at->second);
}

std::optional<Detail> ftm_name_part(std::string_view name) {
  if (name == "firstName") return Detail::first_name;
  if (name == "middleName" || name == "secondName") return Detail::middle_name;
  if (name == "lastName") return Detail::last_name;
  if (name == "fatherName" || name == "patronymic") return Detail::patronymic;
  return std::nullopt;
}

std::span<const std::string_view> ftm_ends(std::string_view schema) {
  for (const Ends& e : ends) {
    if (e.schema == schema) return std::span(e.properties).first(e.properties[1].empty() ? 1 : 2);
  }
  return {};
}

bool ftm_names_entity(std::span<const std::string_view> link, std::string_view property) {
  if (!link.empty()) return std::find(link.begin(), link.end(), property) != link.end();
  return std::find(references.begin(), references.end(), property) != references.end();
}

}  // namespace interdict::lists
