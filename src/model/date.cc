#include "model/date.h"

#include <fmt/format.h>

#include <charconv>

namespace interdict {
namespace {

// Exactly `width` ASCII digits at `at`.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t width) {
  if (text.size() < at + width) return std::nullopt;
  int value = 0;
  for (char c : text.substr(at, width)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

bool has(std::string_view text, std::size_t at, char c) { return at < text.size() && text[at] == c; }

}  // namespace

std::optional<Day> parse_day(std::string_view iso) {
  auto date = PartialDate::parse(iso);
  if (!date || date->precision() != PartialDate::Precision::day) return std::nullopt;
  return date->first_day();
}

std::string to_string(Day day) {
  const std::chrono::year_month_day ymd{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                     static_cast<unsigned>(ymd.day()));
}

std::optional<Instant> parse_instant(std::string_view iso) {
  auto day = parse_day(iso.substr(0, 10));
  if (!day) return std::nullopt;
  Instant at = *day;
  std::string_view rest = iso.substr(10);
  if (rest.empty()) return at;
  if (rest[0] != 'T' && rest[0] != ' ') return std::nullopt;
  auto hour = digits(rest, 1, 2);
  auto minute = digits(rest, 4, 2);
  if (!hour || !minute || !has(rest, 3, ':') || *hour > 23 || *minute > 59) return std::nullopt;
  at += std::chrono::hours{*hour} + std::chrono::minutes{*minute};
  rest = rest.substr(6);
  if (has(rest, 0, ':')) {
    auto second = digits(rest, 1, 2);
    if (!second || *second > 60) return std::nullopt;
    at += std::chrono::seconds{*second};
    rest = rest.substr(3);
    if (has(rest, 0, '.')) {
      const std::size_t end = rest.find_first_not_of("0123456789", 1);
      if (end == 1 || rest.size() == 1) return std::nullopt;
      rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end);
    }
  }
  if (rest.empty() || rest == "Z") return at;
  if (rest.size() != 6 || (rest[0] != '+' && rest[0] != '-') || rest[3] != ':') return std::nullopt;
  auto zone_hour = digits(rest, 1, 2);
  auto zone_minute = digits(rest, 4, 2);
  if (!zone_hour || !zone_minute || *zone_hour > 14 || *zone_minute > 59) return std::nullopt;
  const auto offset = std::chrono::hours{*zone_hour} + std::chrono::minutes{*zone_minute};
  return rest[0] == '+' ? at - offset : at + offset;
}

Instant now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

std::string to_string(Instant instant) {
  const Day day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss time{instant - day};
  return fmt::format("{}T{:02}:{:02}:{:02}Z", to_string(day), time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

std::optional<PartialDate> PartialDate::parse(std::string_view iso) {
  if (iso.size() != 4 && iso.size() != 7 && iso.size() != 10) return std::nullopt;
  auto year = digits(iso, 0, 4);
  if (!year) return std::nullopt;
  if (iso.size() == 4) return of(*year);
  auto month = digits(iso, 5, 2);
  if (iso[4] != '-' || !month || *month == 0) return std::nullopt;
  if (iso.size() == 7) return of(*year, *month);
  auto day = digits(iso, 8, 2);
  if (iso[7] != '-' || !day || *day == 0) return std::nullopt;
  return of(*year, *month, *day);
}

std::optional<PartialDate> PartialDate::of(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 0 || month > 12 || day < 0 || (day > 0 && month == 0)) return std::nullopt;
  if (day > 0) {
    const std::chrono::year_month_day ymd{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                          std::chrono::day{static_cast<unsigned>(day)}};
    if (!ymd.ok()) return std::nullopt;
  }
  PartialDate date;
  date.year_ = static_cast<std::int16_t>(year);
  date.month_ = static_cast<std::uint8_t>(month);
  date.day_ = static_cast<std::uint8_t>(day);
  return date;
}

PartialDate::Precision PartialDate::precision() const {
  return day_ > 0 ? Precision::day : month_ > 0 ? Precision::month : Precision::year;
}

Day PartialDate::first_day() const {
  return std::chrono::year{year_} / (month_ > 0 ? month_ : 1) / (day_ > 0 ? day_ : 1);
}

Day PartialDate::last_day() const {
  if (day_ > 0) return first_day();
  return std::chrono::year{year_} / (month_ > 0 ? month_ : 12) / std::chrono::last;
}

std::string PartialDate::to_string() const {
  std::string text;
  const auto put = [&](int value, int width) {
    for (int place = width == 4 ? 1000 : 10; place > 0; place /= 10) {
      text.push_back(static_cast<char>('0' + value / place % 10));
    }
  };
  put(year_, 4);
  if (month_ > 0) put((text.push_back('-'), month_), 2);
  if (day_ > 0) put((text.push_back('-'), day_), 2);
  return text;
}

}  // namespace interdict
