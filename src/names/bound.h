// What an exact index may rely on: how high a score can be, given only how alike the pieces are.
//
// The bound is a relaxation of the formula (formula.h, docs/matching.md): every query part takes the best partner that
// any of its pieces has, though two may want the same one, and a listed part is left over only when nothing in the
// query resembles it. So it is never below the score, and falls with every piece that agrees with nothing on either
// side.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "names/formula.h"
#include "names/names.h"

namespace interdict::names {

inline constexpr std::size_t pool_count = 5;

/// By pool, the weight of the listed parts that no unit can pair with anything in the query; less is allowed.
using ListedLeft = std::array<double, pool_count>;

/// What core weight left over on one side costs: up to so much, or by the lower rate from there, the beginning paid
/// for. Each alone is too much, the least of all is the cost.
struct CoreReading {
  Costs costs;
  double beginning;
};

/// The bound for one query, which must outlive it. Not shared between threads.
class ScoreBound {
 public:
  explicit ScoreBound(const Name& query);

  /// How a piece of the query pairs: one that is a part as written with anything it resembles; one that is only made
  /// of parts (joined, an acronym) from `least` on, and only with parts as written.
  struct Use {
    float least = 0;
    bool is_part = false;
  };
  [[nodiscard]] Use use_of(std::size_t piece) const { return uses_[piece]; }

  /// Upper bound, if it reaches `floor`, of score(query, L) for every listed L such that for each i no piece of L that
  /// may pair with query.pieces[i] is more similar to it than best[i], and at least `left` of L is left over. Of L's
  /// pieces only those need be thought of that the score pairs. Rises with each best[i], falls with each of `left`.
  [[nodiscard]] std::optional<double> from(double floor, std::span<const float> best, const ListedLeft& left);
  /// Whether it reaches the floor, for less than working it out.
  [[nodiscard]] bool reaches(double floor, std::span<const float> best, const ListedLeft& left);
  /// How much core weight may be left over on the list, and nothing else, for the bound to reach `floor`, which is
  /// greater than 0. Negative when it does not with nothing left over.
  [[nodiscard]] double most_left(double floor, std::span<const float> best);

 private:
  /// A part of the query, and its pieces: its own, and joined with the part before and after where there is one.
  struct Part {
    double weight;
    double rate;  // the least that it costs left over
    Pool pool;
    bool in_acronym;
    std::uint32_t own;
    std::uint32_t before;
    std::uint32_t after;
  };
  /// A part that may be paired: `weight` below the line and `value` above it, or left over at `rate`.
  struct Paired {
    double weight;
    double value;
    double slip;  // more value, if it is in the worst of the pairs
    double rate;
    Pool pool;
    bool is_joined;  // to the part before: they may be one pair
  };
  /// One reading of the numbers, what leaving one over costs and the factor, and of the core.
  struct Reading {
    double factor;
    double number_rate;
    double core_rate;  // the least that one more unit of the query left over costs
    double cost;       // of what is surely left over
    CoreReading core;
  };
  /// The sums at the choice that is best for a quotient.
  struct Choice {
    double agreed;
    double total;
  };
  /// `open` when more may be left over on the list than `left`, and the cost of that will be worked out.
  void prepare(std::span<const float> best, const ListedLeft& left, bool open = false);
  [[nodiscard]] Choice choose(double quotient, const Reading& reading) const;
  /// The choice for the floor, where the bound by this reading reaches it.
  [[nodiscard]] std::optional<Choice> reaching(double floor, const Reading& reading) const;
  /// Beginning from the choice for some quotient that is not too great.
  [[nodiscard]] double greatest(const Reading& reading, Choice choice) const;

  const Name& query_;
  std::vector<Use> uses_;
  std::vector<Part> parts_;
  bool has_numbers_ = false;
  double core_all_ = 0;

  // Of the names looked at last.
  std::vector<Paired> paired_;
  double core_left_ = 0;  // of the query
  double thin_ = 0;       // what thin evidence costs where core parts are left over
  std::array<Reading, 6> readings_{};
  std::size_t reading_count_ = 0;
};

}  // namespace interdict::names
