// A sink that keeps everything, for the readers' tests, and where the real lists are.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "lists/lists.h"

namespace interdict::lists {

class Collect : public Sink {
 public:
  Result<void> record(Record&& record) override {
    records.push_back(std::move(record));
    return {};
  }
  void reject(Rejection&& rejection) override { rejections.push_back(std::move(rejection)); }

  /// All that the records of one id and part say, joined as the store joins them.
  [[nodiscard]] Record joined(std::string_view id, Part part = Part::main) const {
    Record out{std::string(id), part, {}, {}};
    for (const Record& r : records) {
      if (r.id != id || r.part != part) continue;
      if (!r.schema.empty()) out.schema = r.schema;
      out.statements.insert(out.statements.end(), r.statements.begin(), r.statements.end());
    }
    return out;
  }

  std::vector<Record> records;
  std::vector<Rejection> rejections;
};

/// "prop=value {detail=value, ...}" for each statement of a property, in order.
inline std::string shown(const Statement& s) {
  std::string line = std::string(to_string(s.prop));
  line.append("=").append(s.value);
  for (const Qualifier& q : s.details) {
    line.append(" ").append(to_string(q.detail)).append(":").append(q.value);
  }
  return line;
}

inline std::vector<std::string> shown(const Record& record, Prop prop) {
  std::vector<std::string> lines;
  for (const Statement& s : record.statements) {
    if (s.prop == prop) lines.push_back(shown(s));
  }
  return lines;
}

inline std::vector<std::string> values(const Record& record, Prop prop) {
  std::vector<std::string> out;
  for (const Statement& s : record.statements) {
    if (s.prop == prop) out.push_back(s.value);
  }
  return out;
}

/// How often each field was kept as unmodelled.
inline std::map<std::string, int> unmodelled_fields(const std::vector<Record>& records) {
  std::map<std::string, int> fields;
  for (const Record& r : records) {
    for (const Statement& s : r.statements) {
      if (s.prop == Prop::unmodelled) ++fields[std::string(s.detail(Detail::field))];
    }
  }
  return fields;
}

inline std::filesystem::path fixture(std::string_view name) {
  return std::filesystem::path(INTERDICT_SOURCE_DIR) / "tests/lists/fixtures" / name;
}

/// A real list, or an empty path when the data folder is not there.
inline std::filesystem::path real_file(std::string_view name) {
  const char* set = std::getenv("INTERDICT_DATA");
  const std::filesystem::path root = set != nullptr
                                         ? std::filesystem::path(set)
                                         : std::filesystem::path(INTERDICT_SOURCE_DIR).parent_path() / "shared";
  const auto path = root / "data" / name;
  return std::filesystem::exists(path) ? path : std::filesystem::path{};
}

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

}  // namespace interdict::lists
