#include "casefile/condition.h"

#include <fmt/format.h>

#include <algorithm>

namespace interdict::casefile {
namespace {

bool compares_day(std::string_view field) {
  return field == "contract_before" || field == "contract_from" || field == "performed_before";
}

Condition group(const Tree& tree, Errors& errors);

Condition list(const Tree& tree, Condition::Kind kind, Errors& errors) {
  Condition out;
  out.kind = kind;
  out.place = tree.place;
  if (tree.kind != Tree::Kind::list) errors.add(tree.place, "'any' and 'all' hold a list of maps");
  for (const Tree& item : tree.items) out.parts.push_back(group(item, errors));
  return out;
}

Condition fact(const std::string& name, const Tree& tree, Errors& errors) {
  Condition out;
  out.kind = Condition::Kind::fact;
  out.field = name;
  out.place = tree.place;
  if (compares_day(name)) {
    out.day = parse_day(tree.text);
    if (!out.day) errors.add(tree.place, fmt::format("'{}' must be a day like 2021-06-24", name));
    return out;
  }
  const std::vector<Tree> single = {tree};
  for (const Tree& item : tree.kind == Tree::Kind::list ? tree.items : single) {
    if (item.kind != Tree::Kind::scalar || item.text.empty()) {
      errors.add(item.place, fmt::format("'{}' must be text or a list of texts", name));
    } else {
      out.values.push_back(item.text);
    }
  }
  return out;
}

Condition group(const Tree& tree, Errors& errors) {
  Condition out;
  out.place = tree.place;
  if (tree.kind != Tree::Kind::map) {
    errors.add(tree.place, "a condition is a map of facts");
    return out;
  }
  std::vector<std::string> known = condition_fields();
  known.insert(known.end(), {"any", "all", "not"});
  for (const auto& [name, place, value] : tree.fields) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      errors.add(place, fmt::format("unknown fact '{}'{}", name, suggestion(name, known)));
    } else if (name == "any") {
      out.parts.push_back(list(value, Condition::Kind::any, errors));
    } else if (name == "all") {
      out.parts.push_back(list(value, Condition::Kind::all, errors));
    } else if (name == "not") {
      Condition none;
      none.kind = Condition::Kind::none;
      none.place = value.place;
      none.parts.push_back(group(value, errors));
      out.parts.push_back(std::move(none));
    } else {
      out.parts.push_back(fact(name, value, errors));
    }
  }
  return out;
}

}  // namespace

Condition read_condition(Fields& fields, std::string_view key) {
  const Tree* tree = fields.child(key);
  return tree == nullptr ? Condition{} : group(*tree, fields.errors());
}

}  // namespace interdict::casefile
