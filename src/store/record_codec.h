// A record's content as canonical JSON text, and its digest. docs/formats/store.md has the form.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"
#include "store/digest.h"

namespace interdict::store {

/// What one part of a version says about one party, without the party's id and the part.
struct Content {
  std::string schema;  // only of Part::main
  std::vector<Statement> statements;

  bool operator==(const Content&) const = default;
};

/// Writes content into `json`, replacing what it held. Text that is not UTF-8 is an Error.
Result<void> encode(std::string_view schema, const std::vector<Statement>& statements, std::string& json);

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
