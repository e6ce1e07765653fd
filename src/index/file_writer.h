// A snapshot's file as it is written. Private to the index room.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "index/format.h"
#include "model/result.h"

namespace interdict::index {

/// Section after section in the order of the format: beside the place it is for, then forced to disk and renamed there.
/// The first thing that fails is told at the end; a file not finished leaves nothing behind.
class FileWriter {
 public:
  explicit FileWriter(const std::filesystem::path& path);
  ~FileWriter();
  FileWriter(const FileWriter&) = delete;
  FileWriter& operator=(const FileWriter&) = delete;

  void section(Section which, std::string_view content);
  template <typename T>
  void section(Section which, const std::vector<T>& values) {
    section(which, {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)});
  }
  Result<void> finish();

 private:
  void fail(const char* what);
  void write(std::string_view bytes);
  void write_header();

  std::filesystem::path path_;
  std::string beside_;
  int file_;
  std::uint64_t size_ = 0;
  Header header_{};
  std::size_t next_ = 0;
  std::optional<Error> failed_;
  bool is_in_place_ = false;
};

}  // namespace interdict::index
