// SHA-256, by OpenSSL.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace interdict::store {

/// The raw 32 bytes of SHA-256.
[[nodiscard]] std::string sha256(std::string_view bytes);
/// "sha256:" and 64 hexadecimal digits.
[[nodiscard]] std::string digest_name(std::string_view raw);

/// SHA-256 of bytes that come in pieces.
class Digest {
 public:
  Digest();
  ~Digest();
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;

  void add(std::string_view bytes);
  /// The raw 32 bytes; nothing may be added after.
  [[nodiscard]] std::string finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace interdict::store
