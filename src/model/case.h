// A case: who may order what, what was ordered, on whom it bears, what happened and who said so.
//
// Everything is data written by people (docs/formats/case.md) and everything is dated. Intervals are half-open
// [from, until). Ids are unique over the whole case, whatever the kind of thing. Nothing here decides anything: the
// meaning is in the room `law`.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/date.h"
#include "model/result.h"

namespace interdict {

enum class Confidence : std::uint8_t { low, medium, high };  // ordered: the least of a chain is the chain's
[[nodiscard]] std::string_view to_string(Confidence confidence);

/// Where a fact comes from.
struct Provenance {
  std::vector<std::string> sources;
  Confidence confidence = Confidence::high;
  std::string note;
  Place place;  // where it stands in the case file
};

/// Half-open; an absent end is open.
struct Window {
  std::optional<Day> from;
  std::optional<Day> until;

  [[nodiscard]] bool holds(Day day) const { return (!from || *from <= day) && (!until || day < *until); }
};

// ---------------------------------------------------------------------------------------------------------------------
// Who decides

/// How an authority's ownership test reads from one day to another.
struct OwnershipTest {
  Window window;
  double percent = 50;
  bool more_than = false;                   // strictly more than `percent`; otherwise `percent` or more
  bool aggregate = false;                   // shares of several listed owners are added up
  bool control = false;                     // control, stated as a fact, suffices too
  bool presumed = false;                    // meeting it is a legal presumption rather than the rule itself
  std::vector<std::string> established_in;  // the owned party must be of one of these countries; empty: any
  Provenance provenance;
};

/// One way an authority can relieve a measure, and how that relief is undone.
struct ReliefForm {
  std::string act;         // lift | suspend | license | delist | clear
  std::string decided_by;  // body
  std::string rule;        // "executive act", "unanimity of 27"
  int difficulty = 1;      // 1 one person's signature .. 10 every member of a union; orders equal options
  std::string undone_by;   // body
  std::string undone_how;
  std::optional<int> undone_days;  // least time it takes
  std::vector<std::string> precedents;
};

struct Authority {
  std::string id;
  std::string name;
  std::vector<std::string> territory;  // countries whose persons, soil, flags and messages give it a nexus
  std::string currency;                // clearing in it is a nexus; empty: none
  bool apart = false;                  // not sanctions (export control): answered, but not part of the verdict
  std::vector<std::string> members;    // who takes part in its decisions
  std::string rule;                    // how it adopts
  std::vector<OwnershipTest> ownership;
  std::vector<ReliefForm> relief;
  std::vector<std::string> conditions_from;  // authorities whose answer is named as a condition of this one's
  std::vector<std::string> circumvention;    // its clauses against stepping around a measure
  std::vector<std::string> lists;            // sources of published lists that are this authority's
  Provenance provenance;
};

struct Validity {
  Window window;
  std::string by;  // act that gave or renewed it
  Provenance provenance;
};

/// A legal act. One with `valid` windows (a decision renewed yearly) takes what rests on it along when they end.
struct Act {
  std::string id;
  std::string authority;
  std::string title;
  std::optional<Day> adopted;
  std::optional<Day> published;
  std::optional<Day> in_force;
  std::string summary;
  std::vector<std::string> amends;
  std::vector<std::string> grounds;
  std::vector<Validity> valid;
  std::optional<Day> lapsed;  // known not to have been renewed from this day
  bool text_seen = true;
  Provenance provenance;
};

// ---------------------------------------------------------------------------------------------------------------------
// What is ordered

enum class Standing : std::uint8_t { proposed, blocked, adopted, in_force, suspended, reinstated, lifted };
[[nodiscard]] std::string_view to_string(Standing standing);
[[nodiscard]] std::optional<Standing> standing_from(std::string_view name);
/// Whether a rule binds in this standing.
[[nodiscard]] constexpr bool binds(Standing standing) {
  return standing == Standing::in_force || standing == Standing::reinstated;
}

struct StatusChange {
  Standing standing = Standing::in_force;
  Day on;
  std::optional<Day> until;  // of a suspension: the day from which the rule binds again; else the day it ends
  std::string act;
  std::vector<std::string> by;   // who: the members that block, the body that suspends
  std::optional<Day> published;  // else the act's publication, else `on`
  std::string condition;         // a suspension's condition; broken, the rule is reinstated
  Provenance provenance;
};

struct Ground {
  std::string id;
  std::optional<Day> from;
  std::optional<Day> until;
  std::string act;
};

/// What a rule asks of a deal: a tree of `all`, `any`, `none` over single facts. A fact holds if it takes any of
/// `values`.
struct Condition {
  enum class Kind : std::uint8_t { all, any, none, fact };
  Kind kind = Kind::all;  // an empty `all` is true
  std::string field;
  std::vector<std::string> values;
  std::optional<Day> day;  // of the fields that compare with a day
  std::vector<Condition> parts;
  Place place;
};

/// The fields a fact may name; the reader refuses any other.
[[nodiscard]] const std::vector<std::string>& condition_fields();
[[nodiscard]] const std::vector<std::string>& nexus_kinds();

struct Measure {
  std::string id;
  std::string authority;
  std::string act;
  std::string article;
  std::string title;
  std::string forbids;                   // asset_freeze, transaction_ban, import, transfer, messaging, airspace, ...
  bool listed = false;                   // binds parties listed under it (and what they own), one by one
  std::vector<std::string> roles;        // of a listed measure: only parties in these roles; empty: any
  Condition when;                        // what of the deal it catches
  std::vector<std::string> nexus;        // kinds that make it apply; empty: any of the authority's
  bool owned = true;                     // whether ownership by a listed party extends it
  std::vector<OwnershipTest> ownership;  // its own test instead of the authority's
  std::vector<Ground> grounds;
  std::vector<StatusChange> status;             // in order of time
  std::vector<std::string> rests_on;            // acts that must be valid
  std::vector<std::string> relief;              // acts of relief it allows; empty: all of the authority's
  std::map<std::string, std::string> unstated;  // field → condition to attach when the deal does not state it
  std::vector<std::string> fallback_for;        // measures whose end lets the authority bring this one into force
  std::string trigger;                          // what it takes
  Provenance provenance;
};

/// Default logic: while it applies it replaces what the rule it is an exception to says.
struct Exception {
  enum class Effect : std::uint8_t { authorise, disapply, prohibit };
  std::string id;
  std::vector<std::string> to;  // measures or exceptions
  std::string kind;             // licence | derogation | wind_down | grandfathering | exemption | limit
  std::string act;
  std::string article;
  std::string title;
  Effect effect = Effect::authorise;
  Window window;
  std::optional<Day> published;
  std::vector<std::string> parties;  // covers hits on these, or owned by these; empty: any
  Condition when;
  std::string condition;  // text attached to an answer that rests on it
  bool text_seen = true;
  Provenance provenance;
};

// ---------------------------------------------------------------------------------------------------------------------
// Whom it bears on

struct CaseParty {
  std::string id;
  std::string name;
  std::vector<std::string> names;        // variants, in any script
  std::string schema;                    // Person, Company, Organization, Vessel, Airplane, ...
  std::string country;                   // of nationality, incorporation or flag; empty: not stated
  std::vector<std::string> identifiers;  // "kind:value"
  std::vector<std::string> listing_ids;  // "source:publisher's id"
  Provenance provenance;
};

struct Listing {
  std::string id;
  std::string party;
  std::vector<std::string> measures;
  std::vector<Ground> grounds;
  std::vector<StatusChange> status;
  std::string reason;
  Provenance provenance;
};

struct Ownership {
  std::string owner;
  std::string owned;
  double least = 0;  // percent
  double most = 0;
  Window window;
  Provenance provenance;
};

struct Control {
  std::string controller;
  std::string controlled;
  bool stated = true;  // false: stated that there is none
  Window window;
  Provenance provenance;
};

struct AnnexEntry {
  std::string code;  // digits only
  Window window;
  std::string act;
  Provenance provenance;
};

struct Annex {
  std::string id;
  std::string title;
  std::vector<AnnexEntry> entries;
  Provenance provenance;
};

// ---------------------------------------------------------------------------------------------------------------------
// What happened, and who said what

struct Event {
  std::string id;
  PartialDate on;
  std::optional<Day> published;
  std::string kind;  // release, arrest, visit, announcement, vote, court, logistics, statement, ...
  std::string title;
  std::optional<int> count;
  std::string basis;                 // what the count counts
  std::vector<std::string> parties;  // of this case
  std::vector<std::string> people;   // as text
  std::string broker;                // authority or state that mediated
  std::vector<std::string> acts;     // that followed
  std::vector<std::string> after;    // events it cannot precede
  Provenance provenance;
};

struct Claim {
  std::string id;
  std::string speaker;
  PartialDate on;
  std::string says;
  std::vector<std::string> about;  // ids of this case
  std::string stance;              // supports | opposes | asks | says
  std::string metric;              // `releases`, `arrests`, or the metric of figures it speaks of
  std::string broker;              // of releases: only those it mediated
  std::optional<double> value;
  std::optional<double> base;  // `value` percent of it
  Provenance provenance;
};

/// A measured or claimed number about a metric; several sources may differ and all stand.
struct Figure {
  std::string id;
  std::string metric;
  PartialDate on;
  double value = 0;
  std::string unit;
  std::string basis;
  std::string by;
  std::vector<std::string> about;  // measures and parties it measures the trade of
  Provenance provenance;
};

struct Demand {
  std::string id;
  std::string by;
  std::string title;
  std::vector<std::string> parties;
  std::optional<PartialDate> on;
  Provenance provenance;
};

struct Precedent {
  std::string id;
  std::string authority;
  std::string title;
  std::optional<Day> relief;
  std::optional<Day> undone;
  std::string trigger;
  std::string kept;
  Provenance provenance;
};

struct Case {
  std::string id;
  std::string title;
  std::vector<Authority> authorities;
  std::vector<Act> acts;
  std::vector<Measure> measures;
  std::vector<Exception> exceptions;
  std::vector<CaseParty> parties;
  std::vector<Listing> listings;
  std::vector<Ownership> ownership;
  std::vector<Control> control;
  std::vector<Annex> annexes;
  std::vector<Event> events;
  std::vector<Claim> claims;
  std::vector<Figure> figures;
  std::vector<Demand> demands;
  std::vector<Precedent> precedents;
};

/// Whether an id is one of those named: linear, for the few that a measure, a listing or an event names.
[[nodiscard]] bool contains(const std::vector<std::string>& ids, std::string_view id);

}  // namespace interdict
