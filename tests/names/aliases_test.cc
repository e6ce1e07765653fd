#include "names/aliases.h"

#include <gtest/gtest.h>

namespace interdict::names {
namespace {

using Names = std::vector<std::string>;

TEST(NamesIn, ATextWithoutMarkersIsOneName) {
  for (const std::string_view text :
       {"Alexandra Exner", "Nowak, Anna", "Alias", "aka", "", "Formerly Ltd", "Bakaa (Fadi)", "Ex Libris Ltd"}) {
    EXPECT_EQ(names_in(text), Names{std::string(text)}) << text;
  }
}

TEST(NamesIn, AnotherNameIsSaidInManyWays) {
  for (const std::string_view text :
       {"Orlan Trade a.k.a. Beta Shipping", "Orlan Trade (also known as Beta Shipping)",
        "Orlan Trade, formerly Beta Shipping", "Orlan Trade (f/k/a \"Beta Shipping\")",
        "Orlan Trade (ex Beta Shipping)", "Orlan Trade, ex-Beta Shipping", "ORLAN TRADE D/B/A BETA SHIPPING",
        "Orlan Trade [previously: Beta Shipping]", "Orlan Trade alias Beta Shipping"}) {
    const Names names = names_in(text);
    ASSERT_EQ(names.size(), 3) << text;
    EXPECT_EQ(names[2], text);
    EXPECT_GE(score_texts(names[0], "Orlan Trade", Kind::organisation), 0.99) << text;
    EXPECT_GE(score_texts(names[1], "Beta Shipping", Kind::organisation), 0.99) << text;
  }
}

TEST(NamesIn, WhatFollowsTheBracketBelongsToTheFirst) {
  EXPECT_EQ(names_in("Orlan (fka Beta) Ltd."), (Names{"Orlan Ltd.", "Beta", "Orlan (fka Beta) Ltd."}));
  EXPECT_EQ(names_in("Orlan Ltd.; a.k.a. Beta; a.k.a. Gamma"),
            (Names{"Orlan Ltd.", "Beta", "Gamma", "Orlan Ltd.; a.k.a. Beta; a.k.a. Gamma"}));
  EXPECT_EQ(names_in("Ivan Petrov (alias «Грач»)").size(), 3);
}

TEST(NamesIn, NothingIsMissedForAWordThatIsAName) {
  EXPECT_EQ(score_texts("YAO AKA KONAN", "Yao Aka Konan", Kind::person), 1);
  EXPECT_GE(score_texts("Konan, Yao Aka", "YAO AKA KONAN", Kind::person), 0.9);
}

TEST(NamesIn, EitherSideMayGiveTheNameThatAgrees) {
  EXPECT_GE(score_texts("Sea Breeze (f.k.a. Pegasus)", "Pegasus", Kind::object), 0.95);
  EXPECT_GE(score_texts("Pegasus", "Sea Breeze, formerly Pegasus", Kind::object), 0.95);
  EXPECT_GE(score_texts("f/k/a Pegasus, now Sea Breeze", "Pegasus", Kind::object), 0.95);
  EXPECT_LT(score_texts("Sea Breeze (f.k.a. Pegasus)", "Meridian", Kind::object), 0.3);
  const Comparison comparison = compare_texts("Sea Breeze (f.k.a. Pegasus)", "Pegasus", Kind::object);
  ASSERT_EQ(comparison.pairs.size(), 1);
  EXPECT_EQ(comparison.pairs.front().query, "Pegasus");
}

TEST(ListedNames, HoldABodyInFullAndByItsShortName) {
  EXPECT_EQ(listed_names_in("IRGC Quartermaster Depot", Kind::organisation),
            (Names{"IRGC Quartermaster Depot", "Islamic Revolutionary Guard Corps (IRGC) Quartermaster Depot"}));
  EXPECT_EQ(listed_names_in("Depot of the Islamic Revolutionary Guard Corps, Shiraz", Kind::organisation),
            (Names{"Depot of the Islamic Revolutionary Guard Corps, Shiraz",
                   "Depot of the Islamic Revolutionary Guard Corps (IRGC), Shiraz"}));
  const std::string_view in_full = "Islamic Revolutionary Guard Corps Depot";
  for (const std::string_view text : {in_full, std::string_view("IRGC Depot")}) {
    EXPECT_GE(score_texts("IRGC Depot", text, Kind::organisation), 0.85);
    EXPECT_GE(score_texts(in_full, text, Kind::organisation), 0.85);
  }
}

TEST(ListedNames, AreOnceWhereTheBodyIsAllThatIsSaid) {
  for (const std::string_view text :
       {"IRGC", "Islamic Revolutionary Guard Corps", "Depot (IRGC)", "Revolutionary Depot"}) {
    EXPECT_EQ(listed_names_in(text, Kind::organisation), Names{std::string(text)});
  }
  EXPECT_EQ(listed_names_in("Irgc Depot", Kind::person).size(), 1);
  // What a query does not say is no evidence.
  EXPECT_LT(score_texts("IRGC Depot", "Islamic Revolutionary Guard Corps", Kind::organisation), 0.7);
}

}  // namespace
}  // namespace interdict::names
