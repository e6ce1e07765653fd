// Reads a file as a user's would be: recognised from its content, then read.
#pragma once

#include <gtest/gtest.h>

#include <array>

#include "tests/lists/collect.h"

namespace interdict::lists {

struct ReadFixture {
  ReadSummary summary;
  Collect sink;
};

inline Result<ReadSummary> read_path(const std::filesystem::path& path, Sink& sink, const ReadOptions& options = {}) {
  const std::array<std::filesystem::path, 1> paths = {path};
  auto recognised = recognise(paths);
  if (!recognised) return std::move(recognised).error();
  return read(recognised->sets.front(), options, sink);
}

inline ReadFixture read_fixture(std::string_view name) {
  ReadFixture out;
  auto summary = read_path(fixture(name), out.sink);
  EXPECT_TRUE(summary.ok()) << summary.error().to_string();
  if (summary.ok()) out.summary = *std::move(summary);
  return out;
}

/// A file of a test's own bytes, removed with it.
class TemporaryFile {
 public:
  TemporaryFile(std::string_view name, std::string_view bytes)
      : path_(std::filesystem::path(testing::TempDir()) /
              (std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) + "_" + std::string(name))) {
    std::ofstream(path_, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace interdict::lists
