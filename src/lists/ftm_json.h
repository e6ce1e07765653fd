// FollowTheMoney entities as JSON lines, the format that OpenSanctions publishes and that our own bundled list is in.
//
// Every line is one entity and becomes one Record under its own id, also those that are no party: Ownership, Family,
// Sanction, Address, Position. What such a link entity says is said of the parties at its ends as well, as a relation
// (and, of a Sanction, its programme, dates and reasons), so that a party can be judged by itself. For this the file is
// read twice: a first pass keeps a hash of each id with its schema, nothing else, so that the second knows at once
// whether an end stands in the file, wherever in it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lists/lists.h"
#include "lists/record_builder.h"

namespace interdict::lists {

/// Cuts bytes into lines and numbers them; a line longer than the limit is an Error.
class LineSplitter {
 public:
  /// One entity of OpenSanctions' whole collection reaches 1.5 MB.
  static constexpr std::size_t line_bytes_max = std::size_t{16} << 20;
  using Visit = std::function<Result<void>(std::string_view line, std::uint64_t number)>;

  LineSplitter(std::string file, Visit visit) : file_(std::move(file)), visit_(std::move(visit)) {}
  Result<void> feed(std::string_view bytes);
  Result<void> finish();
  [[nodiscard]] std::uint64_t lines() const { return lines_; }

 private:
  std::string file_;
  Visit visit_;
  std::string partial_;
  std::uint64_t lines_ = 0;
};

/// The dataset of the first entity, empty when it names none or several; nothing when the head of a file is not the
/// beginning of FollowTheMoney JSON lines.
[[nodiscard]] std::optional<std::string> ftm_dataset(std::string_view head);

class FtmJson {
 public:
  /// `source` is the source id to give; empty means the dataset that the file names.
  FtmJson(std::string file, std::string source, Sink& sink);
  ~FtmJson();

  /// First pass, over the whole file.
  Result<void> scan(std::string_view bytes) { return scan_.feed(bytes); }
  Result<void> finish_scan();
  /// Second pass, over the same bytes.
  Result<void> feed(std::string_view bytes) { return read_.feed(bytes); }
  /// The end of the file; a file without an entity is an Error.
  Result<void> finish();

  [[nodiscard]] const ReadSummary& summary() const { return summary_; }
  /// As given, else the only dataset named in the file; empty when there are several or none.
  [[nodiscard]] std::string_view source() const;
  /// The latest `last_seen`: when the publisher's crawler last found an entity on the list.
  [[nodiscard]] std::optional<Instant> published() const { return last_seen_; }

 private:
  struct Entity;
  struct Json;  // keeps simdjson, whose layout depends on how it is compiled, out of this header

  Result<void> scan_line(std::string_view line);
  Result<void> read_line(std::string_view line, std::uint64_t number);
  void read_value(std::string_view name, std::string_view text, Entity& out);
  void attach_name_parts(Record& record, const Entity& entity);
  Result<void> tell_ends(const Entity& entity, const Record& record, std::uint64_t number);
  void reject(std::uint64_t line, std::string_view record, std::string reason);
  void note_seen(std::string_view text);
  [[nodiscard]] const std::string* schema_of(std::string_view id) const;

  std::string file_;
  std::string source_;
  Sink& sink_;
  LineSplitter scan_;
  LineSplitter read_;
  std::unique_ptr<Json> json_;
  RecordBuilder builder_;
  std::unordered_map<std::uint64_t, std::uint32_t> schema_by_id_;  // hash of the id -> index in schemata_
  std::vector<std::string> schemata_;
  std::map<std::string, std::uint64_t, std::less<>> datasets_;
  std::optional<Instant> last_seen_;
  ReadSummary summary_;
};

}  // namespace interdict::lists
