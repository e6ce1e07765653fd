// Case and deal files, read strictly (docs/formats/case.md).
//
// YAML is only the bracket syntax here: every scalar is text until the schema converts it, so NO is Norway and 010 is
// not eight. Unknown and duplicate keys, anchors, aliases, tags and second documents are errors with file, line and
// column, and a suggestion where a known word is near. All faults are gathered (up to a hundred), not just the first.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/case.h"
#include "model/deal.h"
#include "model/scenario.h"

namespace interdict::casefile {

struct File {
  std::string name;  // for messages
  std::string text;
};

/// Puts the files of one case together and checks that ids are unique and every id named exists.
/// The case is usable only if `errors` is empty. `warnings` is what is legal but odd: `case lint` shows it.
struct LoadedCase {
  Case value;
  std::vector<Error> errors;
  std::vector<Error> warnings;
};
[[nodiscard]] LoadedCase read_case(const std::vector<File>& files);

/// Every `*.yaml` of the folder, not of its subfolders, in order of name.
[[nodiscard]] Result<Case> load_case(const std::string& folder);
[[nodiscard]] LoadedCase lint_case(const std::string& folder);

/// One deal. With a case at hand, unknown party ids are errors.
[[nodiscard]] Result<Deal> read_deal(const File& file, const Case* known = nullptr);
[[nodiscard]] Result<Deal> load_deal(const std::string& path, const Case* known = nullptr);

/// The whole file, at most 16 MiB of it; an Error when it cannot be opened.
[[nodiscard]] Result<File> read_file(const std::string& path);

[[nodiscard]] Result<Scenario> read_scenario(const File& file, const Case* known = nullptr);
[[nodiscard]] Result<Scenario> load_scenario(const std::string& path, const Case* known = nullptr);

/// The errors of every `*.yaml` of a folder of deals or scenarios, in order of name; none when there is no such folder.
enum class FileKind : std::uint8_t { deal, scenario };
[[nodiscard]] std::vector<Error> lint_folder(const std::string& folder, const Case& known, FileKind kind);

/// ", did you mean 'x'?" for the id of the case nearest to `id`, or "".
[[nodiscard]] std::string nearest_id(std::string_view id, const Case& known);

}  // namespace interdict::casefile
