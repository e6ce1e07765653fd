// The lists room: publishers' files in, records out.
//
// A reader streams: memory does not grow with the file (a set's cross-checks keep ids only). Files are recognised from
// their content, never from their name; a name only lends its date where the file has none. Every reader is safe on
// hostile bytes: XML without external entities and with expat's amplification limits, bounded record and field sizes,
// UTF-8 checked. A record that cannot be taken is rejected with its place and reason and the rest is read; a file that
// is not what it claims to be (truncated, wrong columns, mixed set) is an Error and nothing of it may be kept.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "model/model.h"

namespace interdict::lists {

/// The files of one version of one source: one file, or an OFAC CSV set.
struct FileSet {
  std::string source;  // "us_ofac_sdn"
  std::string form;    // "ofac_csv"
  std::vector<std::filesystem::path> files;
};

/// Receives what a reader finds, in file order. An Error from `record` (a full disk, say) ends the read with that
/// Error.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual Result<void> record(Record&& record) = 0;
  virtual void reject(Rejection&& rejection) = 0;
};

struct ReadOptions {
  /// For FollowTheMoney files, whose source is not in the file: the source id to give. Else the file's own dataset
  /// name.
  std::string source;
  /// Called now and then with bytes read so far and bytes in all; may be empty.
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;
};

struct ReadSummary {
  VersionInfo version;                // hash, form, supplied parts; `published` where the file or its name says it
  std::uint64_t entries = 0;          // listed parties read (records of Part::main)
  std::uint64_t rejected = 0;         // what went to Sink::reject
  std::uint64_t parts[part_count]{};  // records by part
};

/// Groups files (folders are walked, not recursively) into versions by content. An unrecognised file is an Error naming
/// it and what was expected; in a folder, files that are no list are passed over and named in `skipped`.
struct Recognised {
  std::vector<FileSet> sets;
  std::vector<Error> skipped;
};
Result<Recognised> recognise(std::span<const std::filesystem::path> paths);

/// Reads one version. The source's identity is settled by content; see docs/formats/lists.md for what each form gives.
Result<ReadSummary> read(const FileSet& set, const ReadOptions& options, Sink& sink);

/// Where a publisher keeps the current file, for people and for `update`.
struct KnownSource {
  std::string id;     // "eu_fsf"
  std::string title;  // "EU Financial Sanctions Files (FSF)"
  std::string publisher;
  std::string authority;  // "eu"
  std::string address;    // URL of the page or file, empty when unknown
};
std::span<const KnownSource> known_sources();

}  // namespace interdict::lists
