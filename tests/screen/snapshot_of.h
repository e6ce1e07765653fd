// A snapshot of a few parties, for tests.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

#include "index/index.h"

namespace interdict::screen {

inline index::Snapshot snapshot_of(const std::vector<Party>& parties) {
  static std::atomic<int> count = 0;
  index::Builder builder;
  for (const Party& party : parties) builder.add(party, "");
  const auto path = std::filesystem::temp_directory_path() /
                    ("interdict_screen_" + std::to_string(::getpid()) + "_" + std::to_string(++count) + ".idx");
  const auto written = builder.write(path);
  EXPECT_TRUE(written.ok());
  auto snapshot = index::Snapshot::open(path);
  std::filesystem::remove(path);  // the mapping keeps the bytes
  return std::move(snapshot).value();
}

}  // namespace interdict::screen
