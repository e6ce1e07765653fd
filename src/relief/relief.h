// The relief room: what is the least that would have to change for a deal to be lawful, who decides it, what stands in
// the way, and how it is undone; and what happens when things happen (simulate.h).
//
// Relief is the law's own function asked backwards. Exceptions make the law non-monotone (lifting one measure can bring
// another to bear), so minimal sets are not hitting sets of the reasons: every set is put to the judge. The search
// finds them smallest first, and is exact: a set that does not suffice is grown only by changes that can bear on one of
// the reasons still standing, since any sufficient superset must hold one of those, and one for each such reason;
// search.cc gives the argument, and the tests hold it against trying every subset. All functions are pure and
// thread-safe.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "law/law.h"

namespace interdict::relief {

/// Something that stands against an act of relief.
struct Obstacle {
  std::string kind;  // rule | opposes | claims
  std::string who;
  std::string what;
  std::string on;  // as precise as it is known
  std::vector<std::string> sources;
};

struct Precedent {
  std::string id;
  std::string title;
  std::optional<int> days;  // from relief to its undoing
};

/// How relief is undone.
struct Reinstatement {
  std::string by;
  std::string how;
  std::optional<int> days;  // the least it takes
  std::vector<Precedent> precedents;
};

/// One way to do an action.
struct Form {
  std::string act;  // lift | suspend | license | delist | clear; of the deal: reroute | change_bank | ... | divest
  std::string decided_by;
  std::string rule;
  int difficulty = 0;  // 1 one person's signature .. 10 every member of a union; 0 the parties themselves
  Reinstatement reinstatement;
};

/// A change, with every form that has the same effect here, easiest first.
struct Action {
  std::string authority;  // empty where the deal changes and not the law
  std::string measure;
  std::string party;   // whose listing or licence; empty where the measure turns on none
  std::string target;  // listing, alternative, or "owner > owned"
  std::string title;
  std::vector<Form> forms;
  std::vector<std::string> grounds;  // the measure's, on the day
  std::vector<Obstacle> obstacles;
  std::vector<std::string> circumvention;  // of a change of the deal: clauses of those whose measure it steps around

  [[nodiscard]] bool changes_deal() const { return authority.empty(); }
};

struct Option {
  std::vector<Action> actions;
  std::size_t deciders = 0;  // different bodies that must act
  int difficulty = 0;        // of its easiest forms, added up
  bool changes_deal = false;
  law::Verdict verdict = law::Verdict::permitted;  // afterwards
  std::vector<std::string> conditions;
  std::vector<const Figure*> restores;  // figures of the case about what it frees; of the case given
};

/// What one authority can do by itself.
struct Unilateral {
  std::string authority;
  law::Verdict before = law::Verdict::permitted;
  std::vector<Option> own;       // minimal sets of its own acts after which it no longer forbids the deal
  std::vector<Option> suffices;  // minimal sets of its own acts, with changes of the deal, after which nobody does
  std::vector<std::string> still_forbid;  // authorities that do after the first of `own`
};

struct Limits {
  std::size_t options = 0;      // stop after so many minimal sets; 0: all
  std::size_t judged = 200000;  // stop after so many sets tried
};

struct Answer {
  law::Verdict before = law::Verdict::permitted;  // where it is lawful there are no options
  std::vector<Option> options;                    // law alone first; then by deciders, difficulty and size
  bool complete = true;                           // every minimal set is among them
  std::size_t judged = 0;                         // sets that were put to the judge
  std::size_t sets = 0;                           // minimal sets found, those that differ in equal forms counted once
  std::vector<Unilateral> unilateral;
};

/// `fixed` (beside the deal's own): route, bank, carrier, insurer, messaging: parts that no option may change.
[[nodiscard]] Answer find(const Deal& deal, const law::CaseIndex& world, const law::Dates& dates,
                          const std::set<std::string>& fixed = {}, const Limits& limits = {});

// -- the search itself; for tests and benchmarks ---------------------------------------------------------------------

/// One elementary change by its effect.
struct Effect {
  enum class Kind : std::uint8_t { off, delisted, licensed, cleared, divested, alternative };
  Kind kind = Kind::off;
  std::string first;   // measure | listing | measure | clearance | owner | alternative
  std::string second;  // licensed: party; divested: owned; cleared: measure

  auto operator<=>(const Effect&) const = default;
};
using Effects = std::set<Effect>;

struct Found {
  std::vector<Effects> minimal;                // by size, then by order of effects
  std::map<Effect, std::vector<Effect>> same;  // what may stand in an effect's place, whatever else is changed
  bool complete = true;
  std::size_t judged = 0;
};
/// Which reasons still stand against the goal; a goal is met when there are none.
using Goal = std::function<std::vector<const law::Reason*>(const law::Judgment&)>;
using Allowed = std::function<bool(const Effect&)>;

[[nodiscard]] Found search(const Deal& deal, const law::CaseIndex& world, const law::Dates& dates, const Goal& goal,
                           const Allowed& allowed, const Limits& limits);
/// Every reason of an authority that counts and leaves the deal unlawful.
[[nodiscard]] std::vector<const law::Reason*> still_forbidding(const law::Judgment& judgment);
/// The deal and the changes to the law that a set of effects amounts to.
struct Tried {
  Deal deal;
  law::Changes changes;
};
[[nodiscard]] Tried apply(const Effects& effects, const Deal& deal);

}  // namespace interdict::relief
