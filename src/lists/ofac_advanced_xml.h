// OFAC's Advanced XML (SDN_ADVANCED.XML, CONS_ADVANCED.XML), in the Advanced Sanctions Data Model.
//
// The file is a database in one stream: value sets, locations, documents, then the parties that refer to them, then
// relations and sanctions entries that refer to the parties. What is referred to is held by its id, so memory grows
// with the reference content (locations, documents, and of each party its schema and name), never with the parties
// themselves. Relations and sanctions entries come after their party and become further Records of it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lists/forms.h"
#include "lists/record_builder.h"
#include "lists/xml_record.h"

namespace interdict::lists {

[[nodiscard]] std::optional<Seen> recognise_ofac_advanced_xml(const Head& head);

class OfacAdvancedXml : private XmlRecordHandler {
 public:
  OfacAdvancedXml(std::string file, Sink& sink);

  Result<void> feed(std::string_view bytes) { return stream_.feed(bytes); }
  Result<void> finish();
  ReadSummary summary;

 private:
  struct Location {
    std::string street;
    std::string place;
    std::string country;
    std::vector<std::pair<std::string, std::string>> other_scripts;  // field, value
  };
  struct Document {
    std::string kind;
    std::string number;
    std::string country;
    std::string issued;
    std::string expires;
    std::string note;
  };
  struct Profile {
    std::string schema;
    std::string name;
  };

  void outside_start(const XmlTag& tag) override;
  void outside_end(std::string_view name, std::string_view text) override;
  Result<void> record(const XmlRecord& record, const Place& place) override;

  void location(XmlElement element);
  void document(XmlElement element);
  Result<void> party(const XmlRecord& record);
  Result<void> relation(XmlElement element);
  Result<void> sanctions_entry(XmlElement element);

  void names(XmlElement identity, Part part, const std::string& schema);
  void features(XmlElement profile, Part part);
  void documents_of(std::string_view identity);
  void untaken(const XmlRecord& record);
  Result<void> emit(Part part);
  void reject(std::string_view id, std::string reason);
  /// The text of a value set's member; empty when there is none.
  [[nodiscard]] std::string_view value(std::string_view set, std::string_view id) const;
  [[nodiscard]] std::string schema_of(std::string_view sub_type) const;

  std::string file_;
  Sink& sink_;
  RecordBuilder builder_;
  Place place_;
  bool root_seen_ = false;
  std::vector<std::string> open_;  // elements outside of records
  std::string year_, month_, day_;
  std::string open_id_;
  std::string open_type_;  // PartyTypeID of a PartySubType
  std::map<std::string, std::unordered_map<std::string, std::string>, std::less<>> values_;
  std::unordered_map<std::string, std::string> party_type_of_;  // by PartySubType
  std::unordered_map<std::string, Location> locations_;
  std::unordered_map<std::string, std::vector<Document>> documents_;  // by identity, until its party comes
  std::unordered_map<std::string, Profile> profiles_;
  std::uint64_t sdn_entries_ = 0;
  std::uint64_t other_entries_ = 0;
  XmlRecordStream stream_;
};

}  // namespace interdict::lists
