// Sources, their versions, and the world a question is asked of.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/date.h"
#include "model/party.h"
#include "model/result.h"

namespace interdict {

/// How the publication time of a version is known; the order of preference.
enum class PublishedBy : std::uint8_t { file, file_name, user, loading_time };
[[nodiscard]] const char* to_string(PublishedBy how);

/// What is known of a version before it is loaded. A version is one publication of one source: one file, or a set.
struct VersionInfo {
  std::string source;                // "us_ofac_sdn"
  std::string form;                  // "ofac_csv", "ofac_sdn_xml", "eu_fsf_xml_1_1", ...
  std::string hash;                  // "sha256:..." of the file; of a set: of its files' digests in order of part
  std::optional<Instant> published;  // by the file's own word or its name, else set by the caller
  PublishedBy published_by = PublishedBy::loading_time;
  std::array<bool, part_count> supplied{};  // parts this version holds; the others are not supplied, not empty
  std::vector<std::string> files;           // names as given, for people
};

/// A record that a reader could not take, and why. It is data of the load report, not a failure of the load.
struct Rejection {
  Place place;
  std::string reason;
};

/// The world a question is asked of: what was in force on `as_of`, by what had been published by `known_at`.
struct World {
  Day as_of;
  std::optional<Instant> known_at;  // nothing: all that is in the store
  /// Store::last_load of an earlier day: versions loaded since are as if they were not there. For replay.
  std::optional<std::int64_t> loaded_to = {};
};

}  // namespace interdict
