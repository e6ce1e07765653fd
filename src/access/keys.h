// API keys at rest: one small SQLite file beside the store.
//
// A key is "itk_" ID "_" SECRET: 48 random bits that name it, openly, and 256 that prove it. Only SHA-256 of the whole
// is kept. A slow password hash would add nothing: there is no dictionary of 256 random bits, and a fast one lets every
// request be checked without a cache of proven keys. Digests are compared in constant time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "access/access.h"
#include "model/model.h"

namespace interdict::access {

struct Key {
  std::string id;
  std::string name;  // whose it is, for people
  Role role = Role::screen;
  Instant created;
  std::optional<Instant> expires;
  std::optional<Instant> revoked;
  unsigned rate = 0;   // requests a minute; 0: as the server says
  std::string digest;  // the raw 32 bytes
};

/// The file of keys. One per thread.
class Keys {
 public:
  /// Makes the file, readable by its owner only, when `make` and there is none.
  static Result<Keys> open(const std::filesystem::path& path, bool make);
  Keys(Keys&&) noexcept;
  Keys& operator=(Keys&&) noexcept;
  ~Keys();

  /// The new key as its holder sends it. It cannot be shown again.
  Result<std::string> add(const std::string& name, Role role, std::optional<Instant> expires, unsigned rate,
                          Instant now);
  /// In order of creation, the revoked and expired ones included.
  [[nodiscard]] Result<std::vector<Key>> list() const;
  Result<void> revoke(std::string_view id, Instant now);
  /// Grows when another connection changed the file.
  [[nodiscard]] Result<std::int64_t> version() const;

 private:
  struct Impl;
  explicit Keys(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Keys in memory, as the server asks them. Immutable.
class Ring {
 public:
  explicit Ring(std::vector<Key> keys);
  /// The key that `token` proves and that is valid now; nothing otherwise, and no word why. The time it takes depends
  /// on the token's id only.
  [[nodiscard]] const Key* find(std::string_view token, Instant now) const;
  /// A key by id, if it is valid now.
  [[nodiscard]] const Key* valid(std::string_view id, Instant now) const;

 private:
  std::unordered_map<std::string, Key> keys_;
};

/// "itk_<id>_<secret>" → id; nothing for what is no key.
[[nodiscard]] std::optional<std::string_view> id_of(std::string_view token);
/// So many random bytes as hexadecimal digits.
[[nodiscard]] std::string random_hex(std::size_t bytes);

}  // namespace interdict::access
