#include "model/date.h"

#include <gtest/gtest.h>

namespace interdict {
namespace {

TEST(PartialDate, KeepsThePrecisionItWasGiven) {
  const auto year = PartialDate::parse("1976");
  ASSERT_TRUE(year);
  EXPECT_EQ(year->precision(), PartialDate::Precision::year);
  EXPECT_EQ(year->to_string(), "1976");
  EXPECT_EQ(to_string(year->first_day()), "1976-01-01");
  EXPECT_EQ(to_string(year->last_day()), "1976-12-31");
  const auto month = PartialDate::parse("1976-02");
  ASSERT_TRUE(month);
  EXPECT_EQ(to_string(month->last_day()), "1976-02-29");
}

TEST(PartialDate, RefusesDatesThatDoNotExist) {
  for (const char* text : {"", "76", "1976-13", "1976-00", "1976-02-30", "1975-02-29", "1976-2-3", "0000", "1976/02/03",
                           "1976-02-0x", "1976-02-031", "+976"}) {
    EXPECT_FALSE(PartialDate::parse(text)) << text;
  }
}

TEST(Instant, ReadsZonesAndFractions) {
  EXPECT_EQ(to_string(*parse_instant("2026-05-01T17:00:00.000+01:00")), "2026-05-01T16:00:00Z");
  EXPECT_EQ(to_string(*parse_instant("2026-02-27T00:00:09.554Z")), "2026-02-27T00:00:09Z");
  EXPECT_EQ(to_string(*parse_instant("2026-02-27T09:39")), "2026-02-27T09:39:00Z");
  EXPECT_EQ(to_string(*parse_instant("2026-02-27")), "2026-02-27T00:00:00Z");
  for (const char* text : {"2026-02-30", "2026-02-27T24:00", "2026-02-27T", "2026-02-27T10", "2026-02-27T10:00:00.",
                           "2026-02-27T10:00:00+1:00", "2026-02-27T10:00:00Zx"}) {
    EXPECT_FALSE(parse_instant(text)) << text;
  }
}

}  // namespace
}  // namespace interdict
