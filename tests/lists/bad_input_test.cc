// Broken and hostile files: each is one clear error with its place, and nothing of it is kept.
#include <gmock/gmock.h>

#include "tests/lists/read_fixture.h"

namespace interdict::lists {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::vector<std::string>& xml_fixtures() {
  static const std::vector<std::string> names = {"eu_fsf.xml", "un_sc.xml", "uk_sanctions.xml",
                                                 "2031-05-25_ca_sema.xml"};
  return names;
}

std::string error_of(std::string_view name, std::string_view bytes) {
  const TemporaryFile file(name, bytes);
  Collect sink;
  const auto summary = read_path(file.path(), sink);
  if (summary.ok()) return "no error";
  std::string text = summary.error().to_string();
  const auto folder = file.path().parent_path().string() + "/";
  EXPECT_THAT(text, StartsWith(folder)) << "the file is named";
  return text;
}

TEST(BadInput, EveryTruncationOfEveryXmlListIsAnError) {
  for (const std::string& name : xml_fixtures()) {
    const std::string bytes = bytes_of(fixture(name));
    const std::size_t end = bytes.rfind('>') + 1;
    for (std::size_t size = 0; size < end; size += 97) {
      EXPECT_NE(error_of(name, bytes.substr(0, size)), "no error") << name << " cut at " << size;
    }
    EXPECT_THAT(error_of(name, bytes.substr(0, end - 5)), HasSubstr("truncated"));
  }
}

TEST(BadInput, InvalidXmlIsNamedWithLineAndColumn) {
  std::string bytes = bytes_of(fixture("un_sc.xml"));
  const std::size_t at = bytes.find("</THIRD_NAME>");
  bytes.replace(at, 13, "</THIRD_NAM3>");
  EXPECT_THAT(error_of("un.xml", bytes), HasSubstr("un.xml:9:27: invalid XML: mismatched tag"));
}

TEST(BadInput, InvalidUtf8IsNamedWithLineAndColumn) {
  std::string bytes = bytes_of(fixture("un_sc.xml"));
  bytes[bytes.find("EXAMPLE</SECOND_NAME>")] = '\xff';
  EXPECT_THAT(error_of("un.xml", bytes), HasSubstr("un.xml:8:20: invalid XML: not well-formed (invalid token)"));
}

TEST(BadInput, EntityBombsAndExternalEntitiesAreRefused) {
  for (const char* dtd : {"<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>",
                          "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>",
                          "<!DOCTYPE x SYSTEM \"http://example.org/x.dtd\">"}) {
    for (const std::string& name : xml_fixtures()) {
      std::string bytes = bytes_of(fixture(name));
      bytes.insert(bytes.find("?>") + 2, dtd);
      EXPECT_THAT(error_of(name, bytes), HasSubstr("document type declarations and entities are not accepted"));
    }
  }
}

TEST(BadInput, AFieldOrALineWithoutEndIsAnErrorOfConstantMemory) {
  const std::string endless(std::size_t{100} << 20, 'x');
  EXPECT_THAT(error_of("un.xml", "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>" + endless),
              HasSubstr("un.xml:1:4194305: the text of an element is longer than"));
  EXPECT_THAT(error_of("eu.xml", "<export><sanctionEntity euReferenceNumber=\"" + endless),
              HasSubstr("a tag or comment of more than"));
  EXPECT_THAT(error_of("list.csv", "Last Updated,13/04/2018\n" + endless), HasSubstr("list.csv:2"));
  EXPECT_THAT(error_of("f.json", "{\"id\":\"a\",\"schema\":\"Person\",\"x\":\"" + endless),
              HasSubstr("f.json:1: a line longer than"));
}

TEST(BadInput, EmptyFilesAndOtherFiles) {
  EXPECT_THAT(error_of("e.xml", ""), HasSubstr("e.xml: the file is empty"));
  EXPECT_THAT(error_of("e.txt", "Dear reader,\nthis is no list.\n"), HasSubstr("not a list known here"));
  EXPECT_THAT(error_of("e.xml", "<html><body/></html>"), HasSubstr("root element html"));
  EXPECT_THAT(error_of("e.json", "{\"hello\": \"world\"}\n"), HasSubstr("not a list known here"));
  EXPECT_THAT(error_of("e.bin", std::string("\0\1\2\3", 4)), HasSubstr("not a list known here"));
}

TEST(BadInput, AListWithoutRecordsIsAnErrorNotAnEmptyList) {
  EXPECT_THAT(error_of("e.xml", "<export/>"), HasSubstr("holds no records: expected sanctionEntity"));
  EXPECT_THAT(error_of("e.xml", "<CONSOLIDATED_LIST/>"), HasSubstr("holds no records: expected INDIVIDUAL"));
  EXPECT_THAT(error_of("e.xml", "<Designations/>"), HasSubstr("holds no records: expected Designation"));
  EXPECT_THAT(error_of("e.xml", "<data-set/>"), HasSubstr("holds no records: expected record"));
  EXPECT_THAT(error_of("e.csv", "Last Updated,13/04/2018\n"), HasSubstr("no line of column names"));
}

TEST(BadInput, AnErrorOfTheSinkEndsTheRead) {
  class Full : public Collect {
   public:
    Result<void> record(Record&&) override { return Error{Fault::io, "the disk is full", {}}; }
  };
  for (const char* name :
       {"eu_fsf.xml", "un_sc.xml", "uk_sanctions.xml", "2031-05-25_ca_sema.xml", "ofsi_conlist.csv", "ftm.json"}) {
    Full full;
    const auto summary = read_path(fixture(name), full);
    ASSERT_FALSE(summary.ok()) << name;
    EXPECT_EQ(summary.error().message, "the disk is full");
    EXPECT_EQ(summary.error().fault, Fault::io);
  }
}

TEST(BadInput, AnIdWithoutAVisibleCharacterIsNoId) {
  std::string bytes = bytes_of(fixture("eu_fsf.xml"));
  const std::size_t at = bytes.find("EU.9002.10");
  bytes.replace(at, 10, "\u200b\u00a0");
  const TemporaryFile file("eu.xml", bytes);
  Collect sink;
  ASSERT_TRUE(read_path(file.path(), sink).ok());
  EXPECT_EQ(sink.records.size(), 1U);
  EXPECT_EQ(sink.rejections[1].reason, "the id has no visible character");

  const TemporaryFile csv(
      "list.csv", bytes_of(fixture("ofsi_conlist.csv")) + "X,,,,,,,,,,,,,,,,,,,,,,,Ship,AKA,Examples,,,\u200b\n");
  Collect rows;
  ASSERT_TRUE(read_path(csv.path(), rows).ok());
  EXPECT_EQ(rows.rejections.back().reason, "no Group ID");
  EXPECT_EQ(rows.rejections.back().place.line, 7U);
}

TEST(BadInput, TwoRecordsOfOneIdAreReported) {
  std::string bytes = bytes_of(fixture("eu_fsf.xml"));
  const std::size_t at = bytes.find("EU.9002.10");
  bytes.replace(at, 10, "EU.9001.11");
  const TemporaryFile file("eu.xml", bytes);
  Collect sink;
  const auto summary = read_path(file.path(), sink);
  ASSERT_TRUE(summary.ok()) << summary.error().to_string();
  EXPECT_EQ(sink.records.size(), 2U);
  bool reported = false;
  for (const Rejection& r : sink.rejections) reported |= r.reason.find("more than once") != std::string::npos;
  EXPECT_TRUE(reported);
}

}  // namespace
}  // namespace interdict::lists
