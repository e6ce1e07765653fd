// A YAML document as a tree that keeps places and refuses what a case file has no use for.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/result.h"

namespace interdict::casefile {

struct Field;  // complete below: a vector may hold a type before it is, a pair may not

struct Tree {
  enum class Kind : std::uint8_t { none, scalar, list, map };
  Kind kind = Kind::none;
  std::string text;  // of a scalar
  bool quoted = false;
  std::vector<Tree> items;    // of a list
  std::vector<Field> fields;  // of a map, in order
  Place place;
};

struct Field {
  std::string key;
  Place place;  // of the key
  Tree value;
};

/// One document, at most 4 MiB and 40 levels deep. Anchors, aliases, tags and duplicate keys are errors.
[[nodiscard]] Result<Tree> parse_tree(const std::string& name, const std::string& text);

}  // namespace interdict::casefile
