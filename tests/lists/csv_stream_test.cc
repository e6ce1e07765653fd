#include "lists/csv_stream.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace interdict::lists {
namespace {

using Rows = std::vector<std::vector<std::string>>;

struct Read {
  Rows rows;
  std::vector<std::uint64_t> lines;
  Result<void> result;
  bool ended = false;
};

Read read(std::string_view bytes, std::size_t chunk, CsvLimits limits = {}) {
  Read out;
  CsvStream csv(
      "f.csv", ',',
      [&](std::span<const std::string_view> fields, std::uint64_t line) -> Result<void> {
        out.rows.emplace_back(fields.begin(), fields.end());
        out.lines.push_back(line);
        return {};
      },
      limits);
  while (!bytes.empty() && out.result) {
    out.result = csv.feed(bytes.substr(0, chunk));
    bytes.remove_prefix(std::min(chunk, bytes.size()));
  }
  if (out.result) out.result = csv.finish();
  out.ended = csv.ended_with_line_end();
  return out;
}

TEST(CsvStream, ReadsTheSameWhateverTheChunks) {
  const std::string text =
      "\xEF\xBB\xBF"
      "1,\"a, \"\"b\"\"\",-0- \r\n\r\n2,\"two\nlines\",\r\n3,x \"y\" z,\"q\" \r\n\x1A";
  const Rows expected = {{"1", "a, \"b\"", "-0- "}, {"2", "two\nlines", ""}, {"3", "x \"y\" z", "q "}};
  for (const std::size_t chunk : {1, 2, 3, 7, 1000}) {
    const Read got = read(text, chunk);
    ASSERT_TRUE(got.result.ok()) << got.result.error().to_string();
    EXPECT_EQ(got.rows, expected) << chunk;
    EXPECT_EQ(got.lines, (std::vector<std::uint64_t>{1, 3, 5})) << chunk;
    EXPECT_TRUE(got.ended);
  }
}

TEST(CsvStream, TellsAFileThatBreaksOff) {
  EXPECT_FALSE(read("1,a\r\n2,b", 3).ended);
  EXPECT_EQ(read("1,a\r\n2,b", 3).rows.size(), 2U);
  const Read open = read("1,\"a\r\n2,b\r\n", 3);
  ASSERT_FALSE(open.result.ok());
  EXPECT_EQ(open.result.error().place.line, 1U);
  EXPECT_TRUE(read("", 3).rows.empty());
}

TEST(CsvStream, EndsALineWithoutEndEarly) {
  const std::string line(100000, 'x');
  const Read got = read(line, 256, {.row_bytes = 1000, .fields = 10});
  ASSERT_FALSE(got.result.ok());
  EXPECT_EQ(got.result.error().fault, Fault::limit);
  const Read fields = read(std::string(100, ','), 256, {.row_bytes = 1000, .fields = 10});
  ASSERT_FALSE(fields.result.ok());
  EXPECT_EQ(fields.result.error().fault, Fault::limit);
}

TEST(CsvStream, TextAfterTheEndMarkIsAnError) {
  EXPECT_FALSE(read("1,a\r\n\x1A"
                    "2,b\r\n",
                    4)
                   .result.ok());
}

}  // namespace
}  // namespace interdict::lists
