// The table of forms: how each is recognised from the head of a file, and how it is read.
//
// A reader joins by one row in forms.cc. Recognition looks at content only; the rows are tried in order and the first
// that says yes has the file.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "lists/input.h"
#include "lists/lists.h"

namespace interdict::lists {

inline constexpr std::size_t head_bytes = std::size_t{64} << 10;

/// The beginning of a file.
struct Head {
  std::string_view bytes;  // at most head_bytes, without a byte-order mark
  bool whole = false;      // the file ends here

  /// Local name and namespace of the root element when the file is XML that gets as far as one, else empty.
  std::string_view root_name;
  std::string_view root_space;
};

/// What a file is taken for.
struct Seen {
  std::string source;      // empty where the file alone does not tell: a part of a set, a FollowTheMoney file
  Part part = Part::main;  // other than main only for the files of a set
};

struct Form {
  std::string_view name;  // "eu_fsf_xml_1_1"
  std::optional<Seen> (*recognise)(const Head& head);
  /// Reads the files of one version. Fills the counts, `supplied`, and `published` where the file says it; source,
  /// form, files, hash and a date in the name are settled by `lists::read` (the hash from `digests`, in order of part).
  Result<ReadSummary> (*read)(const FileSet& set, const ReadOptions& options, Progress& progress, Sink& sink,
                              std::vector<std::string>& digests);
};

[[nodiscard]] std::span<const Form> forms();
/// Null when there is none of that name.
[[nodiscard]] const Form* form_named(std::string_view name);

/// What the file is, by the first form that takes it; an Error naming the file when none does.
struct Identified {
  const Form* form = nullptr;
  Seen seen;
};
Result<Identified> identify(const std::filesystem::path& path);

}  // namespace interdict::lists
