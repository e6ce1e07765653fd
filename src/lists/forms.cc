#include "lists/forms.h"

#include <fmt/format.h>

#include <array>
#include <memory>

#include "lists/ca_sema.h"
#include "lists/csv_stream.h"
#include "lists/eu_fsf.h"
#include "lists/ftm_json.h"
#include "lists/ofac_advanced_xml.h"
#include "lists/ofac_csv.h"
#include "lists/ofac_sdn_xml.h"
#include "lists/ofsi_conlist.h"
#include "lists/uk_sanctions.h"
#include "lists/un_sc.h"
#include "lists/xml_list.h"
#include "lists/xml_stream.h"

namespace interdict::lists {
namespace {

// One XML file of one publisher, the root element telling which.
template <typename XmlFormType>
Result<ReadSummary> read_xml(const FileSet& set, const ReadOptions&, Progress& progress, Sink& sink,
                             std::vector<std::string>& digests) {
  XmlFormType form;
  XmlListReader reader(set.files.front().string(), form, sink);
  auto digest = read_file(set.files.front(), progress, [&](std::string_view chunk) { return reader.feed(chunk); });
  if (!digest) return std::move(digest).error();
  digests.push_back(*std::move(digest));
  if (auto finished = reader.finish(); !finished) return std::move(finished).error();
  ReadSummary summary = reader.summary();
  summary.version.published = form.published;
  return summary;
}

Result<ReadSummary> read_conlist(const FileSet& set, const ReadOptions&, Progress& progress, Sink& sink,
                                 std::vector<std::string>& digests) {
  const std::string name = set.files.front().string();
  OfsiConList reader(name, sink);
  CsvStream csv(name, ',', [&](auto fields, auto line) { return reader.row(fields, line); });
  auto digest = read_file(set.files.front(), progress, [&](std::string_view chunk) { return csv.feed(chunk); });
  if (!digest) return std::move(digest).error();
  digests.push_back(*std::move(digest));
  if (auto finished = csv.finish(); !finished) return std::move(finished).error();
  if (auto finished = reader.finish(); !finished) return std::move(finished).error();
  ReadSummary summary = reader.summary();
  summary.version.published = reader.published();
  return summary;
}

template <typename Reader>
Result<ReadSummary> read_ofac_xml(const FileSet& set, const ReadOptions&, Progress& progress, Sink& sink,
                                  std::vector<std::string>& digests) {
  Reader reader(set.files.front().string(), sink);
  auto digest = read_file(set.files.front(), progress, [&](std::string_view chunk) { return reader.feed(chunk); });
  if (!digest) return std::move(digest).error();
  digests.push_back(*std::move(digest));
  if (auto finished = reader.finish(); !finished) return std::move(finished).error();
  return std::move(reader.summary);
}

// Twice over the file; see ftm_json.h for why.
Result<ReadSummary> read_ftm(const FileSet& set, const ReadOptions& options, Progress& progress, Sink& sink,
                             std::vector<std::string>& digests) {
  const std::filesystem::path& path = set.files.front();
  FtmJson reader(path.string(), options.source, sink);
  Progress untold({}, 0);
  auto scanned = read_file(path, untold, [&](std::string_view chunk) { return reader.scan(chunk); });
  if (!scanned) return std::move(scanned).error();
  if (auto finished = reader.finish_scan(); !finished) return std::move(finished).error();
  auto digest = read_file(path, progress, [&](std::string_view chunk) { return reader.feed(chunk); });
  if (!digest) return std::move(digest).error();
  if (*digest != *scanned) {
    return Error{Fault::inconsistent, "the file changed while it was read", {path.string(), 0, 0, {}}};
  }
  digests.push_back(*std::move(digest));
  if (auto finished = reader.finish(); !finished) return std::move(finished).error();
  ReadSummary summary = reader.summary();
  summary.version.source = reader.source();
  summary.version.published = reader.published();
  return summary;
}

std::optional<Seen> root_is(const Head& head, std::string_view root, const char* source) {
  if (head.root_name != root) return std::nullopt;
  return Seen{source, Part::main};
}

constexpr std::array table = {
    Form{"ofac_csv", &recognise_ofac_csv, &read_ofac_csv},
    Form{"ofac_sdn_xml", &recognise_ofac_sdn_xml, &read_ofac_xml<OfacSdnXml>},
    Form{"ofac_advanced_xml", &recognise_ofac_advanced_xml, &read_ofac_xml<OfacAdvancedXml>},
    Form{"eu_fsf_xml_1_1", [](const Head& head) { return root_is(head, "export", "eu_fsf"); }, &read_xml<EuFsf>},
    Form{"un_sc_xml", [](const Head& head) { return root_is(head, "CONSOLIDATED_LIST", "un_sc_sanctions"); },
         &read_xml<UnSc>},
    Form{"uk_sanctions_xml", [](const Head& head) { return root_is(head, "Designations", "gb_fcdo_sanctions"); },
         &read_xml<UkSanctions>},
    Form{"ca_sema_xml", [](const Head& head) { return root_is(head, "data-set", "ca_dfatd_sema_sanctions"); },
         &read_xml<CaSema>},
    Form{"ofsi_conlist_csv",
         [](const Head& head) -> std::optional<Seen> {
           if (!head.bytes.starts_with("Last Updated,")) return std::nullopt;
           return Seen{"gb_hmt_sanctions", Part::main};
         },
         &read_conlist},
    Form{"ftm_json",
         [](const Head& head) -> std::optional<Seen> {
           auto dataset = ftm_dataset(head.bytes);
           if (!dataset) return std::nullopt;
           return Seen{*std::move(dataset), Part::main};
         },
         &read_ftm},
};

// Goes only as far as the root element.
struct RootFinder : XmlHandler {
  void start(const XmlTag& tag) override {
    if (name.empty()) {
      name = tag.name;
      space = tag.space;
    }
  }
  void end(std::string_view, std::string_view) override {}
  std::string name;
  std::string space;
};

}  // namespace

std::span<const Form> forms() { return table; }

const Form* form_named(std::string_view name) {
  for (const Form& form : table) {
    if (form.name == name) return &form;
  }
  return nullptr;
}

Result<Identified> identify(const std::filesystem::path& path) {
  auto bytes = read_head(path, head_bytes);
  if (!bytes) return std::move(bytes).error();
  if (bytes->empty()) return Error{Fault::bad_input, "the file is empty", {path.string(), 0, 0, {}}};
  Head head;
  head.bytes = *bytes;
  head.whole = bytes->size() < head_bytes;
  if (head.bytes.starts_with("\xEF\xBB\xBF")) head.bytes.remove_prefix(3);
  RootFinder root;
  const std::size_t first = head.bytes.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && head.bytes[first] == '<') {
    XmlStream stream(path.string(), root);
    // The head may break off anywhere: only what comes before the fault counts, save that there is no root at all.
    auto fed = stream.feed(head.bytes);
    if (root.name.empty() && !fed) return std::move(fed).error();
  }
  head.root_name = root.name;
  head.root_space = root.space;
  for (const Form& form : table) {
    if (auto seen = form.recognise(head)) return Identified{&form, *std::move(seen)};
  }
  if (!root.name.empty()) {
    return Error{Fault::bad_input,
                 fmt::format("not a list known here: XML with the root element {}", root.name),
                 {path.string(), 0, 0, {}}};
  }
  return Error{
      Fault::bad_input,
      "not a list known here: expected OFAC's CSV set or XML, the EU, UN, UK or Canadian list, the OFSI CSV or "
      "FollowTheMoney JSON lines",
      {path.string(), 0, 0, {}}};
}

}  // namespace interdict::lists
