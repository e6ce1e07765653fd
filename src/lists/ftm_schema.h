// The vocabulary of FollowTheMoney, as far as a reader needs it: which of our properties its properties are, and which
// entities are links between others.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "model/model.h"

namespace interdict::lists {

/// How the values of a property are read.
enum class FtmValue : std::uint8_t { text, name, country, date, gender };

struct FtmProperty {
  Prop prop;
  FtmValue value;
  bool keep_name;  // whether the property's own name is kept in Detail::field, because ours is more general
};
/// Nothing for what has no property of ours.
[[nodiscard]] std::optional<FtmProperty> ftm_property(std::string_view name);

/// A detail of the names of the same entity (firstName, ...).
[[nodiscard]] std::optional<Detail> ftm_name_part(std::string_view name);

/// The properties of a link entity that name its ends, empty for other schemata.
[[nodiscard]] std::span<const std::string_view> ftm_ends(std::string_view schema);
/// Whether a property names another entity by its id; `link` is what `ftm_ends` gives for the entity's schema.
[[nodiscard]] bool ftm_names_entity(std::span<const std::string_view> link, std::string_view property);

}  // namespace interdict::lists
