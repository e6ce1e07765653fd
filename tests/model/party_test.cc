#include "model/party.h"

#include <gtest/gtest.h>

namespace interdict {
namespace {

TEST(Statement, KeepsDetailsSortedAndSingle) {
  Statement s{Prop::name, "Лукашенко", {}};
  s.with(Detail::script, "Cyrl").with(Detail::lang, "bel").with(Detail::lang, "rus");
  ASSERT_EQ(s.details.size(), 2U);
  EXPECT_EQ(s.details[0].detail, Detail::lang);
  EXPECT_EQ(s.detail(Detail::lang), "rus");
  s.with(Detail::lang, "");
  EXPECT_EQ(s.detail(Detail::lang), "");
}

TEST(Names, OfPropertiesAndDetailsReadBack) {
  for (std::size_t i = 0; i < prop_count; ++i) {
    const auto prop = static_cast<Prop>(i);
    EXPECT_EQ(prop_from(to_string(prop)), prop);
  }
  for (std::size_t i = 0; i < detail_count; ++i) {
    const auto detail = static_cast<Detail>(i);
    EXPECT_EQ(detail_from(to_string(detail)), detail);
  }
  EXPECT_FALSE(prop_from("birthdate"));
}

TEST(Schema, ComparesAlongTheTreeAndBetweenKindsOfOrganisation) {
  EXPECT_TRUE(are_comparable("Person", "LegalEntity"));
  EXPECT_TRUE(are_comparable("Company", "PublicBody"));
  EXPECT_TRUE(are_comparable("Thing", "Vessel"));
  EXPECT_FALSE(are_comparable("Person", "Vessel"));
  EXPECT_FALSE(are_comparable("Person", "Company"));
  EXPECT_FALSE(are_comparable("Vessel", "Airplane"));
}

TEST(Party, CaptionIsThePrimaryNameWhereverItStands) {
  Party p{"x:1", "x", "Person", {{Prop::alias, "B", {}}, {Prop::name, "A", {}}}};
  EXPECT_EQ(p.caption(), "A");
  p.statements.clear();
  EXPECT_EQ(p.caption(), "x:1");
}

}  // namespace
}  // namespace interdict
