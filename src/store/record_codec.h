// A record's content as canonical JSON text, and its digest. docs/formats/store.md has the form.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"

namespace interdict::store {

/// What one part of a version says about one party, without the party's id and the part.
struct Content {
  std::string schema;  // only of Part::main
  std::vector<Statement> statements;

  bool operator==(const Content&) const = default;
};

/// Writes content into `json`, replacing what it held. Text that is not UTF-8 is an Error.
Result<void> encode(std::string_view schema, const std::vector<Statement>& statements, std::string& json);

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

/// Reads canonical JSON; keeps its buffers between calls.
class Decoder {
 public:
  Decoder();
  ~Decoder();
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  /// Appends the statements to `content` and sets its schema if the text has one. Any bytes are safe; what is not
  /// content, or has properties this program does not know, is an Error, after which `content` may hold a part of it.
  Result<void> decode(std::string_view json, Content& content);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace interdict::store
