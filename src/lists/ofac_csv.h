// OFAC's CSV set: sdn.csv with alt.csv, add.csv and sdn_comments.csv, and the consolidated list's files of the same
// shape.
//
// The files have no heading; what a file is shows in the number and the kinds of its fields. Only the first is needed:
// a set of sdn.csv alone supplies Part::main and says nothing of the others. Each file is read as a stream; of a set's
// entries the ids (and whether they are persons) are held, to find a set whose files are not of one day, and the tails
// of the few remarks that were cut at 1000 bytes, to join them with their continuation in the comments.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "lists/csv_stream.h"
#include "lists/forms.h"
#include "lists/record_builder.h"

namespace interdict::lists {

/// Recognises each file of a set; the source is told for Part::main only, by the programmes of its entries.
[[nodiscard]] std::optional<Seen> recognise_ofac_csv(const Head& head);

/// Reads the files of one set from bytes: for each, Part::main first, open, feed and close; at last finish.
class OfacCsv {
 public:
  OfacCsv(Sink& sink, bool has_comments);

  void open(std::string file, Part part);
  Result<void> feed(std::string_view bytes);
  /// The end of a file; a truncated one, and one that names entries which Part::main lacks, is an Error.
  Result<void> close();
  /// After the last file: cut remarks that no comment continues.
  Result<void> finish();
  ReadSummary summary;

 private:
  using Fields = std::span<const std::string_view>;

  Result<void> row(Fields fields, std::uint64_t line);
  void main_row(Fields fields, std::uint64_t id);
  void alias_row(Fields fields, bool person);
  void address_row(Fields fields);
  void comment_row(Fields fields, std::uint64_t id);
  void remarks(std::string_view text, std::uint64_t id);
  Result<void> emit();
  void reject(std::uint64_t line, std::string record, std::string reason);

  Sink& sink_;
  bool has_comments_;
  Part part_ = Part::main;
  std::string file_;
  std::string main_file_;
  std::optional<CsvStream> csv_;
  std::uint64_t rows_ = 0;
  RecordBuilder builder_;
  std::optional<std::uint64_t> open_;  // the entry whose record is being built
  std::uint64_t open_line_ = 0;
  std::unordered_map<std::uint64_t, bool> persons_;     // every id of the main file
  std::unordered_map<std::uint64_t, std::string> cut_;  // last items of cut remarks, until their comment comes
  std::unordered_set<std::uint64_t> strangers_;         // ids that the main file lacks
  Place first_stranger_;
  std::uint64_t stranger_rows_ = 0;
};

Result<ReadSummary> read_ofac_csv(const FileSet& set, const ReadOptions& options, Progress& progress, Sink& sink,
                                  std::vector<std::string>& digests);

/// The ids of the entries that a file names in its first column, for finding the set it belongs to.
Result<std::unordered_set<std::uint64_t>> ofac_csv_ids(const std::filesystem::path& path);

}  // namespace interdict::lists
