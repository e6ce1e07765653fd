// The sink that keeps a trail on the disk.
//
// One thread writes. It takes whatever has come since its last write and commits it in one transaction, synced to the
// disk: however many requests wait, they wait for one sync. Several writers, also of several processes, may append to
// one trail: each transaction begins where the trail ends by then.
#pragma once

#include <filesystem>
#include <memory>

#include "audit/record.h"

namespace interdict::audit {

class Writer : public Sink {
 public:
  /// Makes the file if there is none.
  static Result<std::unique_ptr<Writer>> open(const std::filesystem::path& path);
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  /// Everything kept so far is written first.
  ~Writer() override;

  /// Fails at once, with Fault::limit, while more than 256 MB wait to be written.
  void keep(Answered answered, std::function<void(const Result<std::int64_t>&)> then) override;

  /// A text that worlds name by its SHA-256; on the disk when this returns. Thread-safe.
  Result<void> hold(std::string_view text);
  /// Where the trail ends as far as this writer has written. Thread-safe.
  [[nodiscard]] Head head() const;

 private:
  struct Impl;
  explicit Writer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace interdict::audit
