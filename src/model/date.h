// Calendar days, days known only in part, and instants.
//
// Three notions, never mixed: Day is a whole calendar day of some authority; PartialDate is what a list says of a birth
// ("1976", "1976-05") and never pretends to more precision than it has; Instant is a moment in UTC. Written and read as
// ISO 8601. All functions are thread-safe, and pure but for now().
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace interdict {

using Day = std::chrono::sys_days;
using Instant = std::chrono::sys_seconds;

/// Exactly `YYYY-MM-DD`, a day that exists, year 1 to 9999; anything else is nothing.
[[nodiscard]] std::optional<Day> parse_day(std::string_view iso);
[[nodiscard]] std::string to_string(Day day);

/// `YYYY-MM-DD`, or `YYYY-MM-DDTHH:MM[:SS[.fraction]][Z|±HH:MM]`; converted to UTC, the fraction dropped. No zone means
/// UTC.
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view iso);
/// `YYYY-MM-DDTHH:MM:SSZ`.
[[nodiscard]] std::string to_string(Instant instant);
/// The moment it is, by this machine's clock.
[[nodiscard]] Instant now();

/// A date of known precision: a year, a month of a year, or a day.
class PartialDate {
 public:
  enum class Precision : std::uint8_t { year, month, day };

  /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; year 1 to 9999; an impossible date is nothing.
  [[nodiscard]] static std::optional<PartialDate> parse(std::string_view iso);
  /// Month and day may be 0 for unknown (a day needs a month); an impossible date is nothing.
  [[nodiscard]] static std::optional<PartialDate> of(int year, int month = 0, int day = 0);

  [[nodiscard]] int year() const { return year_; }
  [[nodiscard]] int month() const { return month_; }  // 0 when unknown
  [[nodiscard]] int day() const { return day_; }      // 0 when unknown
  [[nodiscard]] Precision precision() const;
  [[nodiscard]] Day first_day() const;  // of the span it may lie in
  [[nodiscard]] Day last_day() const;
  [[nodiscard]] std::string to_string() const;

  bool operator==(const PartialDate&) const = default;
  auto operator<=>(const PartialDate&) const = default;

 private:
  std::int16_t year_ = 0;
  std::uint8_t month_ = 0;
  std::uint8_t day_ = 0;
};

}  // namespace interdict
