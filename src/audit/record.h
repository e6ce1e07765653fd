// A record of the trail, and the bytes that its hashes are taken of.
//
// A list of texts is encoded as each one's length, 8 bytes big-endian, and its bytes. Numbers are decimal text, raw
// hashes are 32 bytes, flags "0" or "1", what is absent is the empty text. SHA-256 throughout.
//
//   content  = sha256(encoded(nonce, request_id, key, caller, role, operation, replayable, method, target, origin,
//                             body, world, reviews, status, type, answer))
//   hash     = sha256(encoded("interdict audit 1", previous, at, content))
//   previous = the hash of the record before; of record 1: 32 zero bytes
//
// `at` is seconds since 1970, `world` the name ("sha256:...") of a text that is kept once for all records. A record's
// number is its place in the chain, counted from 1 without a gap. The nonce is 16 random bytes: once a record is
// pruned, its content's hash cannot be used to try out what was asked. docs/audit.md verifies a trail in a few lines of
// Python.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "audit/audit.h"

namespace interdict::audit {

/// What is hashed as `content`. Answered::world is here the world's name, not its text.
struct Content {
  std::string nonce;
  Answered what;
};

struct Record {
  std::int64_t number = 0;
  Instant at;
  std::string previous;
  std::string content_hash;
  std::string hash;
  std::optional<Content> content;  // nothing once pruned
  bool sound = true;               // false where the file holds what no writer writes
};

inline const std::string no_hash(32, '\0');

[[nodiscard]] std::string hash_of(const Content& content);
[[nodiscard]] std::string chained(const std::string& previous, Instant at, const std::string& content_hash);

/// Where a trail ends: enough to tell later that nothing up to there was changed.
struct Head {
  std::int64_t number = 0;
  std::string hash = no_hash;
  bool operator==(const Head&) const = default;
};
/// "812:9f86d0..."
[[nodiscard]] std::string to_string(const Head& head);
[[nodiscard]] std::optional<Head> parse_head(std::string_view text);

[[nodiscard]] std::string hex(std::string_view raw);

}  // namespace interdict::audit
