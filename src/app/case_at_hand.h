// The case a verb works on: a folder of files, or the bundled Belarus case.
#pragma once

#include <string>
#include <vector>

#include "app/command.h"
#include "casefile/casefile.h"
#include "law/law.h"

namespace interdict::app {

/// The Belarus case as of this build: its files, its deals and its scenarios.
struct BundledFile {
  const char* path;  // from the case's folder: "measures.yaml", "deals/bank-eur.yaml"
  const char* text;
};
[[nodiscard]] const std::vector<BundledFile>& bundled_case();

/// Every file of a case, named from its folder, in order of name: what a server holds and the audit trail keeps.
/// `folder` empty: the bundled case.
[[nodiscard]] Result<std::vector<casefile::File>> case_files(const std::string& folder);

/// Options of the verbs that read a case.
struct CaseOptions {
  Common common;
  std::string folder;  // --case; empty: the folder above the deal's, else the bundled case
};
void add_case_options(CLI::App& verb, CaseOptions& options);

/// A case with all its errors printed when it has any. `beside` is a deal's or scenario's path (in `CASE/deals/` it
/// tells the case) or an id of the bundled case.
struct OpenCase {
  Case value;
  std::string folder;  // empty: bundled
};
[[nodiscard]] Result<OpenCase> open_case(const CaseOptions& options, const std::string& beside);
/// By path, or by id among the case's own: `deals/<id>.yaml`.
[[nodiscard]] Result<Deal> open_deal(const std::string& path_or_id, const OpenCase& at_hand);
[[nodiscard]] Result<Scenario> open_scenario(const std::string& path_or_id, const OpenCase& at_hand);
/// Ids of the case's own deals and scenarios, in order of name.
[[nodiscard]] std::vector<std::string> deal_ids(const OpenCase& at_hand);
[[nodiscard]] std::vector<std::string> scenario_ids(const OpenCase& at_hand);

/// `--as-of`, else `otherwise`, else today; and `--known-at` to the day.
[[nodiscard]] Result<law::Dates> dates_asked(const Common& common, std::optional<Day> otherwise);

}  // namespace interdict::app
