#include "lists/xml_stream.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace interdict::lists {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Log : public XmlHandler {
 public:
  void start(const XmlTag& tag) override {
    std::string line = fmt::format("<{}", tag.name);
    for (const XmlAttribute& a : tag.attributes) line += fmt::format(" {}={}", a.name, a.value);
    events.push_back(line + ">");
    space = tag.space;
  }
  void end(std::string_view name, std::string_view text) override {
    events.push_back(fmt::format("</{}>{}", name, text));
  }
  std::vector<std::string> events;
  std::string space;
};

Result<void> run(Log& log, std::string_view bytes, XmlLimits limits = {}, std::size_t step = 0) {
  XmlStream stream("list.xml", log, limits);
  if (step == 0) step = bytes.size() + 1;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(step, bytes.size()))) {
    if (auto fed = stream.feed(bytes.substr(0, step)); !fed) return fed;
  }
  return stream.finish();
}

std::string error_of(std::string_view bytes, XmlLimits limits = {}) {
  Log log;
  const auto result = run(log, bytes, limits);
  return result.ok() ? "no error" : result.error().to_string();
}

constexpr std::string_view sample =
    "<?xml version='1.0'?><p:a xmlns:p='urn:x' xmlns:q='urn:y' q:k='1 &amp; 2'>\n one <b/>two<c>дом<![CDATA[<&>]]></c>"
    "</p:a>";

TEST(XmlStream, GivesLocalNamesAttributesAndOwnText) {
  Log log;
  ASSERT_TRUE(run(log, "<p:a xmlns:p='urn:x'/>").ok());
  EXPECT_EQ(log.space, "urn:x");
  log = {};
  ASSERT_TRUE(run(log, sample).ok());
  EXPECT_THAT(log.events, ElementsAre("<a k=1 & 2>", "<b>", "</b>", "<c>", "</c>дом<&>", "</a>one two"));
}

TEST(XmlStream, GivesTheSameHoweverTheBytesAreCut) {
  Log whole;
  ASSERT_TRUE(run(whole, sample).ok());
  for (std::size_t step = 1; step < 9; ++step) {
    Log cut;
    ASSERT_TRUE(run(cut, sample, {}, step).ok());
    EXPECT_EQ(cut.events, whole.events) << step;
  }
}

TEST(XmlStream, EveryTruncationIsAnError) {
  for (std::size_t size = 0; size < sample.size(); ++size) {
    EXPECT_NE(error_of(sample.substr(0, size)), "no error") << size;
  }
  EXPECT_EQ(error_of(""), "list.xml: the file is empty");
  EXPECT_EQ(error_of("<a>\n<b>"), "list.xml:2:4: the file is truncated: it ends inside 2 open elements");
}

TEST(XmlStream, NamesThePlaceOfInvalidXml) {
  EXPECT_EQ(error_of("<a>\n<b></c></a>"), "list.xml:2:6: invalid XML: mismatched tag");
  EXPECT_EQ(error_of("a,b,c\n1,2,3\n"), "list.xml:1:1: invalid XML: syntax error");
  EXPECT_EQ(error_of("<a>\n \xff</a>"), "list.xml:2:2: invalid XML: not well-formed (invalid token)");
  EXPECT_THAT(error_of("<a>\xed\xa0\x80</a>"), HasSubstr("list.xml:1:4"));  // a surrogate in UTF-8
  EXPECT_THAT(error_of("<a>\xc0\xaf</a>"), HasSubstr("list.xml:1:4"));      // an overlong slash
  EXPECT_THAT(error_of("<a/><b/>"), HasSubstr("junk after document element"));
}

TEST(XmlStream, RefusesEntitiesOfEveryKind) {
  constexpr std::string_view refused = "document type declarations and entities are not accepted";
  EXPECT_THAT(error_of("<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'><!ENTITY c '&b;&b;&b;'>]><l>&c;</l>"),
              HasSubstr(refused));
  EXPECT_THAT(error_of("<!DOCTYPE l [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><l>&x;</l>"), HasSubstr(refused));
  EXPECT_THAT(error_of("<!DOCTYPE l SYSTEM 'http://example.org/l.dtd'><l/>"), HasSubstr(refused));
  EXPECT_THAT(error_of("<l>&undefined;</l>"), HasSubstr("undefined entity"));
}

TEST(XmlStream, BoundsDepthTextAndTags) {
  const XmlLimits limits{.piece_bytes = 1000, .depth = 3};
  EXPECT_EQ(error_of("<a><b><c/></b></a>", limits), "no error");
  EXPECT_THAT(error_of("<a><b><c><d/></c></b></a>", limits), HasSubstr("nested more than 3 deep"));
  EXPECT_EQ(error_of("<a>" + std::string(1000, 'x') + "</a>", limits), "no error");
  EXPECT_THAT(error_of("<a>" + std::string(1001, 'x') + "</a>", limits), HasSubstr("longer than 1000 bytes"));
  const std::string long_tag = "<a k='" + std::string(std::size_t{1} << 20, 'x') + "'/>";
  EXPECT_THAT(error_of(long_tag, limits), HasSubstr("a tag or comment of more than 1000 bytes"));
  EXPECT_EQ(error_of(long_tag), "no error");
}

TEST(XmlStream, TheHandlerCanStopTheRead) {
  class Stopper : public Log {
   public:
    void start(const XmlTag& tag) override {
      Log::start(tag);
      if (tag.name == "b") stream->stop({Fault::bad_input, "no b here", {"", 0, 0, "R7"}});
    }
    XmlStream* stream = nullptr;
  } stopper;
  XmlStream stream("list.xml", stopper);
  stopper.stream = &stream;
  const auto fed = stream.feed("<a>\n  <b/><c/></a>");
  ASSERT_FALSE(fed.ok());
  EXPECT_EQ(fed.error().to_string(), "list.xml:2:3: record R7: no b here");
  EXPECT_EQ(stream.finish().error().message, "no b here");
  EXPECT_THAT(stopper.events, ElementsAre("<a>", "<b>"));
}

}  // namespace
}  // namespace interdict::lists
