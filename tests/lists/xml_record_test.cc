#include "lists/xml_record.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace interdict::lists {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Records : public XmlRecordHandler {
 public:
  void outside_start(const XmlTag& tag) override { outside.push_back(fmt::format("<{}", tag.name)); }
  void outside_end(std::string_view name, std::string_view text) override {
    outside.push_back(fmt::format("{}={}", name, text));
  }
  Result<void> record(const XmlRecord& record, const Place& place) override {
    places.push_back(Error{Fault::bad_input, "", place}.to_string());
    return visit ? visit(record.root()) : Result<void>{};
  }
  std::function<Result<void>(XmlElement)> visit;
  std::vector<std::string> outside;
  std::vector<std::string> places;
};

Result<void> run(Records& collect, std::string_view xml) {
  XmlRecordStream stream("l.xml", {"r", "s"}, collect);
  if (auto fed = stream.feed(xml); !fed) return fed;
  return stream.finish();
}

TEST(XmlRecord, GivesRecordsAsTreesAndTheRestAsEvents) {
  Records collect;
  std::vector<std::string> seen;
  collect.visit = [&](XmlElement root) -> Result<void> {
    seen.emplace_back(root.name());
    seen.emplace_back(root.attribute("id"));
    seen.emplace_back(root.text_of("a"));
    root.child("b").each("c", [&](XmlElement c) { seen.emplace_back(c.text()); });
    seen.emplace_back(root.child("nothing").child("here").text());
    return {};
  };
  ASSERT_TRUE(run(collect, "<l>\n<d>5</d><r id='1'><a> x </a><b><c>1</c><e/><c>2</c></b></r>\n <s/></l>").ok());
  EXPECT_THAT(seen, ElementsAre("r", "1", "x", "1", "2", "", "s", "", "", ""));
  EXPECT_THAT(collect.outside, ElementsAre("<l", "<d", "d=5", "l="));
  EXPECT_THAT(collect.places, ElementsAre(HasSubstr("l.xml:2:9"), HasSubstr("l.xml:3:2")));
}

TEST(XmlRecord, RemembersWhatNobodyAskedFor) {
  Records collect;
  std::vector<std::string> left;
  collect.visit = [&](XmlElement root) -> Result<void> {
    EXPECT_EQ(root.text_of("taken"), "1");
    EXPECT_EQ(root.child("k").attribute("t"), "2");
    root.child("skipped").take_all();
    return {};
  };
  class Keep : public Records {
   public:
    Result<void> record(const XmlRecord& record, const Place& place) override {
      auto result = Records::record(record, place);
      record.each_untaken([this](std::string_view path, std::string_view value) {
        untaken.push_back(fmt::format("{}={}", path, value));
      });
      return result;
    }
    std::vector<std::string> untaken;
  } keep;
  keep.visit = collect.visit;
  ASSERT_TRUE(run(keep,
                  "<r a='x'>own<taken>1</taken><k t='2' u='3' v=''>4<m><n>5</n></m></k><skipped z='6'>7<o>8</o>"
                  "</skipped><empty/></r>")
                  .ok());
  EXPECT_THAT(keep.untaken, ElementsAre("r=own", "@a=x", "k=4", "k@u=3", "k/m/n=5"));
}

TEST(XmlRecord, AnErrorOfTheHandlerEndsTheReadAtItsPlace) {
  Records collect;
  collect.visit = [](XmlElement root) -> Result<void> {
    if (root.name() == "s") return Error{Fault::io, "the disk is full", {}};
    return {};
  };
  const auto result = run(collect, "<l><r/>\n<s/><r/></l>");
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().message, "the disk is full");
  EXPECT_EQ(collect.places.size(), 2U);
}

}  // namespace
}  // namespace interdict::lists
