// What is known of a query and a listed party beside their names, weighed for and against. docs/evidence.md gives the
// reasons; every constant stands here or in evidence_shares.inc, which tools/evidence_ratios.py writes. Private to the
// screen room.
//
// Each finding has a share. A share r > 0 closes that part of the gap to 1: s → s + r(1 - s); so it brings any score to
// at least r, and none to 1. A share r < 0 takes that part of the score away: s → s + r·s. Nothing saturates, order
// among names is kept, and the effects add up to the score. Absent data has share 0: omission is not contradiction.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/index.h"
#include "model/model.h"
#include "screen/screen.h"

namespace interdict::screen {

namespace share {

inline constexpr double weak_alias = -0.10;

// Birth dates, countries, gender and addresses: fitted on the official lists.
#include "screen/evidence_shares.inc"

inline constexpr double flag_other = -0.04;  // vessels and aircraft change flags; the lists do not say how often
inline constexpr double address_most = 0.65;
inline constexpr double address_part = 0.35;

inline constexpr double identifier_too_short = 0.40;  // fewer characters than this many can coincide by chance
inline constexpr std::size_t identifier_shortest = 5;
inline constexpr double identifier_other_country = 0.60;  // the same number, issued by another country
inline constexpr double imo_differs = -0.25;              // a hull keeps its IMO number for life

/// The greatest rise that evidence can give without an identifier, whose parties have their own look-up.
inline constexpr double birth_greatest = birth_same_day;
inline constexpr double country_greatest = country_same;
inline constexpr double address_greatest = address_same;

}  // namespace share

/// A query made ready: what its evidence is compared as. Views point into the query, which must outlive it.
class Questions {
 public:
  explicit Questions(const Query& query);

  struct Date {
    PartialDate date;
    std::string text;
  };
  struct Text {
    std::string_view text;
    std::string form;  // normalised
  };
  struct Address {
    std::string_view text;
    std::vector<std::string> words;  // folded, sorted, distinct
  };

  std::vector<Date> birth_dates;
  std::vector<Text> countries;
  std::vector<std::string_view> genders;
  std::vector<Text> identifiers;
  std::vector<Address> addresses;
  bool is_vessel = false;

  /// Whether there is anything to weigh beside names.
  [[nodiscard]] bool any() const;
  /// The share of the gap to 1 that all evidence but identifiers could close at most.
  [[nodiscard]] double greatest_rise() const;
};

/// One finding; the texts are views into the query and the snapshot, or literals.
struct Finding {
  const char* kind;
  double share;
  std::string_view query;
  std::string_view listed;
  const char* note;
};

/// Findings in the order in which they are applied; at most one of each kind.
class Findings {
 public:
  void add(const Finding& finding) { all_.at(size_++) = finding; }
  [[nodiscard]] std::span<const Finding> all() const { return std::span(all_).first(size_); }
  [[nodiscard]] double apply(double name_score) const;
  /// What each does to the score on the way there, put behind the evidence.
  void explain(double name_score, std::vector<Evidence>& evidence) const;
  /// The least name score that `apply` could bring to `score`, with room for rounding.
  [[nodiscard]] double needed_for(double score) const;

 private:
  std::array<Finding, 5> all_{};
  std::size_t size_ = 0;
};

/// Share of one step applied to a score.
[[nodiscard]] inline double effect_of(double share, double score) {
  return share >= 0 ? share * (1 - score) : share * score;
}
/// A name's score as it counts: by a weak alias, less.
[[nodiscard]] inline double counted(double name_score, index::NameUse use) {
  return use == index::NameUse::weak_alias ? name_score + effect_of(share::weak_alias, name_score) : name_score;
}

/// What the statements of a party say to the questions.
[[nodiscard]] Findings weigh(const Questions& questions, const index::Statements& statements);

}  // namespace interdict::screen
