// A file read in chunks, hashed as it goes.
//
// Readers take bytes as they come, so that memory does not depend on the size of the file. The same pass computes the
// digest that names the version: what was read is what was hashed, even if the file changes on disk meanwhile.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"

struct evp_md_ctx_st;

namespace interdict::lists {

/// Bytes read over all files of a set, told to the caller of a read.
class Progress {
 public:
  using Tell = std::function<void(std::uint64_t done, std::uint64_t total)>;
  Progress(Tell tell, std::uint64_t total) : tell_(std::move(tell)), total_(total) {}
  void add(std::uint64_t bytes) {
    done_ += bytes;
    if (tell_) tell_(done_, total_);
  }

 private:
  Tell tell_;
  std::uint64_t done_ = 0;
  std::uint64_t total_ = 0;
};

/// SHA-256 over pieces.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void add(std::string_view bytes);
  /// 64 lower-case hexadecimal digits; ends the computation.
  [[nodiscard]] std::string finish();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

inline constexpr std::size_t chunk_bytes = std::size_t{256} << 10;

/// Gives the file's bytes to `take`, a chunk at a time; a chunk lives until `take` returns. Returns the SHA-256 of the
/// whole file in hexadecimal. An Error of `take` ends the read with that Error.
Result<std::string> read_file(const std::filesystem::path& path, Progress& progress,
                              const std::function<Result<void>(std::string_view chunk)>& take);

/// The first bytes of a file, at most `bytes`.
Result<std::string> read_head(const std::filesystem::path& path, std::size_t bytes);

/// Size of the files in all; unreadable ones count nothing.
[[nodiscard]] std::uint64_t total_bytes(const std::vector<std::filesystem::path>& files);

/// The time that a name holds, such as "sdn_2021-08-18T0939.csv" or "2023-12-28_full": of the file, else of its folder.
[[nodiscard]] std::optional<Instant> instant_in_name(const std::filesystem::path& path);
/// The same of one name, without the folder.
[[nodiscard]] std::optional<Instant> instant_in(std::string_view name);

}  // namespace interdict::lists
