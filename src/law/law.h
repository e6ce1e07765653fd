// The law room: whether a deal is lawful on a day, for every authority at once, with every reason.
//
// One pure function of a deal, a case and two dates. It knows no country, company or regime: all of that is data in the
// case. The meaning is default logic, as lawyers read it: a measure in force forbids what it catches unless a labelled
// exception applies; an exception may have exceptions; two applicable rules that disagree, and facts that are missing,
// leave the answer undetermined. No fault ever reads as "permitted". docs/law.md says the same in words.
//
// Every function here is pure and thread-safe; the results own their text.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "law/case_index.h"
#include "law/truth.h"
#include "model/case.h"
#include "model/deal.h"

namespace interdict::law {

/// In the order in which they combine: of several, the greatest stands.
enum class Verdict : std::uint8_t { no_nexus, permitted, authorised, undetermined, prohibited };
[[nodiscard]] std::string_view to_string(Verdict verdict);
/// Whether a deal may go ahead under it.
[[nodiscard]] constexpr bool is_lawful(Verdict verdict) { return verdict <= Verdict::authorised; }

/// The two dates that fix a world: what was in force on `as_of`, as far as had been published by `known_at`.
struct Dates {
  Day as_of;
  std::optional<Day> known_at;  // absent: all the case knows
};

/// Relief tried on a case without touching it. Each holds on the day asked, whatever the dates of the case say.
struct Changes {
  std::set<std::string> off;                               // measures that do not bind: lifted or suspended
  std::set<std::string> delisted;                          // listings that do not bind
  std::set<std::pair<std::string, std::string>> licensed;  // measure, listed party ("" where it turns on no listing)
  std::set<std::pair<std::string, std::string>> divested;  // owner, owned: shares and control given up

  auto operator<=>(const Changes&) const = default;
};

/// An exception that was looked at for a hit.
struct Considered {
  std::string id;
  std::string kind;
  std::string title;
  std::string act;
  std::string article;
  Truth applies = Truth::no;
  std::string why;  // what is not met or not known; empty when it applies
  bool text_seen = true;
};

/// One step of ownership or control, from the listed party down.
struct PathStep {
  std::string owner;
  std::string owned;
  double least = 0;  // percent; of control both are 0
  double most = 0;
  bool control = false;
};

/// Goods of the deal that an annex of a measure names.
struct AnnexHit {
  std::string annex;
  std::string code;  // the entry's
  std::optional<Day> since;
  std::string act;  // that put the entry in
};

/// A measure that catches the deal, or that may.
struct Reason {
  std::string authority;
  std::string measure;
  std::string act;
  std::string article;
  std::string title;
  std::string forbids;
  std::vector<std::string> grounds;  // "id since DATE"
  Standing status = Standing::in_force;
  Day since;                       // of that status
  std::vector<std::string> nexus;  // "persons: ID"
  std::string party;               // caught; empty when the measure turns on no listing
  std::string role;
  std::vector<std::string> roots;  // the listed parties it rests on: the party itself, or its owners
  std::vector<std::string> listings;
  std::vector<AnnexHit> goods;
  std::vector<PathStep> path;  // from the roots to the party; empty when it is listed itself
  bool presumed = false;       // the ownership test is a legal presumption
  std::vector<Considered> exceptions;
  Verdict verdict = Verdict::prohibited;
  std::vector<std::string> unknown;     // why it is undetermined
  std::vector<std::string> conditions;  // attached to the answer
  Confidence confidence = Confidence::high;
};

/// A measure that would catch the deal if it bound: proposed, blocked, adopted but not yet in force, suspended.
struct Pending {
  std::string measure;
  std::string title;
  Standing status = Standing::proposed;
  Day since;
  std::vector<std::string> by;
  std::string condition;
};

struct AuthorityVerdict {
  std::string authority;
  Verdict verdict = Verdict::no_nexus;
  bool apart = false;                // answered, but no part of the whole verdict
  std::vector<Reason> reasons;       // gravest first
  std::vector<Reason> out_of_reach;  // measures that would catch the deal had the authority a nexus
  std::vector<Pending> pending;
  std::vector<std::string> conditions;
  Confidence confidence = Confidence::high;  // of what decides: the surest of several bans, the least sure of licences
};

struct Judgment {
  Verdict verdict = Verdict::no_nexus;
  std::vector<AuthorityVerdict> by_authority;  // in the order of the case; authorities without measures are left out
  std::vector<std::string> conditions;
};

/// Linear in the case's general measures, in the listings that reach the deal's parties through ownership, and in the
/// exceptions to either. The deal's contract and performance are on `as_of` unless it gives its own days.
[[nodiscard]] Judgment judge(const Deal& deal, const CaseIndex& world, const Dates& dates, const Changes& changes = {});

// -- what of a case held on a day; for those who show it -------------------------------------------------------------

struct StandingOn {
  std::optional<Standing> standing;  // nothing: not even proposed
  Day since;
  const StatusChange* change = nullptr;
};
/// What a rule's status was. A suspension whose end has come counts as reinstated, another status whose end has come as
/// lifted.
[[nodiscard]] StandingOn standing_on(const std::vector<StatusChange>& status, const CaseIndex& world,
                                     const Dates& dates);
/// Whether an act is valid: unknown past the last renewal the case knows of.
[[nodiscard]] Truth valid_on(const Act& act, const CaseIndex& world, const Dates& dates);
/// Whether a measure binds: by its status, its act and the acts it rests on.
[[nodiscard]] Truth binds_on(const Measure& measure, const CaseIndex& world, const Dates& dates,
                             const Changes& changes = {});
/// "repression since 2021-06-24", as they stood.
[[nodiscard]] std::vector<std::string> grounds_on(const std::vector<Ground>& grounds, const CaseIndex& world,
                                                  const Dates& dates);
/// Whether something was public by `dates.known_at`: by its own day of publication, else its act's, else `otherwise`
/// (mostly the day it took effect). Always true when no `known_at` is asked.
[[nodiscard]] bool is_known(std::optional<Day> published, std::string_view act, std::optional<Day> otherwise,
                            const CaseIndex& world, const Dates& dates);

}  // namespace interdict::law
