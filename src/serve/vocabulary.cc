#include "serve/vocabulary.h"

#include <algorithm>

namespace interdict::serve::vocabulary {
namespace {

constexpr Property all_properties[] = {
#include "serve/vocabulary.inc"
};

constexpr Schema all_schemata[] = {{"Thing", "Things", false},
                                   {"LegalEntity", "Legal entities", true},
                                   {"Person", "People", true},
                                   {"Organization", "Organizations", true},
                                   {"Company", "Companies", true},
                                   {"PublicBody", "Public bodies", true},
                                   {"Asset", "Assets", true},
                                   {"Vehicle", "Vehicles", true},
                                   {"Vessel", "Vessels", true},
                                   {"Airplane", "Airplanes", true},
                                   {"CryptoWallet", "Cryptocurrency wallets", true},
                                   {"Security", "Securities", true},
                                   {"BankAccount", "Bank accounts", false},
                                   {"Address", "Addresses", false},
                                   {"Position", "Positions", false},
                                   {"UserAccount", "User accounts", false},
                                   {"Value", "Values", false}};

struct Step {
  std::string_view special;
  std::string_view general;
};
constexpr Step steps[] = {{"LegalEntity", "Thing"},    {"Person", "LegalEntity"},      {"Organization", "LegalEntity"},
                          {"Company", "Organization"}, {"Company", "Asset"},           {"Asset", "Thing"},
                          {"Asset", "Value"},          {"PublicBody", "Organization"}, {"Vehicle", "Asset"},
                          {"Vessel", "Vehicle"},       {"Airplane", "Vehicle"},        {"CryptoWallet", "Thing"},
                          {"CryptoWallet", "Value"},   {"Security", "Asset"},          {"BankAccount", "Asset"},
                          {"Address", "Thing"},        {"Position", "Thing"},          {"UserAccount", "Thing"}};

}  // namespace

std::span<const Property> properties() { return all_properties; }

const Property* find_property(std::string_view name) {
  const auto* at = std::ranges::find(all_properties, name, &Property::name);
  return at == std::end(all_properties) ? nullptr : at;
}

std::span<const Schema> schemata() { return all_schemata; }

const Schema* find_schema(std::string_view name) {
  const auto* at = std::ranges::find(all_schemata, name, &Schema::name);
  return at == std::end(all_schemata) ? nullptr : at;
}

bool is_a(std::string_view special, std::string_view general) {
  if (special == general) return true;
  return std::ranges::any_of(steps,
                             [&](const Step& step) { return step.special == special && is_a(step.general, general); });
}

std::string label(std::string_view camel_case) {
  std::string out;
  for (const char c : camel_case) {
    if (c >= 'A' && c <= 'Z') {
      out += ' ';
      out += static_cast<char>(c - 'A' + 'a');
    } else {
      out += out.empty() && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
  }
  return out;
}

}  // namespace interdict::serve::vocabulary
