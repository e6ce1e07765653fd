// OFAC's sdn.xml and consolidated.xml (sdnList): the same lists as the CSV sets, in one file.
//
// Statements are put together as in the CSV, and into the same parts, so that one form can follow the other in the
// store: names in the same order, an address in the same line, and weak aliases in Part::main, where the CSV has them
// in `remarks`. There is no Part::comments here: nothing is cut.
#pragma once

#include <string>
#include <unordered_set>

#include "lists/forms.h"
#include "lists/record_builder.h"
#include "lists/xml_record.h"

namespace interdict::lists {

/// Tells SDN from the consolidated list by the programmes in the head.
[[nodiscard]] std::optional<Seen> recognise_ofac_sdn_xml(const Head& head);

class OfacSdnXml : private XmlRecordHandler {
 public:
  OfacSdnXml(std::string file, Sink& sink);

  Result<void> feed(std::string_view bytes) { return stream_.feed(bytes); }
  /// The end of the file; a list without entries is an Error.
  Result<void> finish();
  ReadSummary summary;

 private:
  void outside_start(const XmlTag& tag) override;
  void outside_end(std::string_view name, std::string_view text) override;
  Result<void> record(const XmlRecord& record, const Place& place) override;

  void fill_main(XmlElement entry);
  void add_aliases(XmlElement entry, bool weak);
  void add_addresses(XmlElement entry);
  Result<void> emit(Part part);
  void reject(std::string id, std::string reason);

  std::string file_;
  Sink& sink_;
  RecordBuilder builder_;
  Place place_;
  std::unordered_set<std::string> ids_;
  std::string announced_;  // Record_Count
  bool root_seen_ = false;
  XmlRecordStream stream_;
};

}  // namespace interdict::lists
