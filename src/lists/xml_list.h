// What the readers of XML lists have in common: how records become Records, what is rejected, what is counted.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "lists/lists.h"
#include "lists/record_builder.h"
#include "lists/xml_record.h"

namespace interdict::lists {

/// One publisher's XML form. `fill` says of a record all that it understands; what it does not ask for is kept as
/// unmodelled by the driver.
class XmlForm {
 public:
  virtual ~XmlForm() = default;
  [[nodiscard]] virtual std::string_view root() const = 0;
  [[nodiscard]] virtual std::vector<std::string_view> record_names() const = 0;
  /// Attributes of the root and texts outside of records, for the publication date.
  virtual void outside_start(const XmlTag& tag) { static_cast<void>(tag); }
  virtual void outside_end(std::string_view name, std::string_view text) {
    static_cast<void>(name);
    static_cast<void>(text);
  }
  /// Begins `out` and fills it; a reason when the record cannot be taken at all.
  virtual std::optional<std::string> fill(XmlElement record, RecordBuilder& out) = 0;

  std::optional<Instant> published;  // by the file's own word
};

/// Drives one form over the bytes of one file: feed, then finish.
class XmlListReader : private XmlRecordHandler {
 public:
  XmlListReader(std::string file, XmlForm& form, Sink& sink);

  Result<void> feed(std::string_view bytes) { return stream_.feed(bytes); }
  /// The end of the file; a list without a single record is an Error.
  Result<void> finish();
  [[nodiscard]] const ReadSummary& summary() const { return summary_; }

 private:
  void outside_start(const XmlTag& tag) override;
  void outside_end(std::string_view name, std::string_view text) override;
  Result<void> record(const XmlRecord& record, const Place& place) override;
  void reject(Place place, std::string_view id, std::string reason);

  std::string file_;
  XmlForm& form_;
  Sink& sink_;
  RecordBuilder builder_;
  ReadSummary summary_;
  std::unordered_set<std::string> ids_;
  bool root_seen_ = false;
  XmlRecordStream stream_;
};

/// Takes a value that says nothing when it is the usual one; otherwise keeps it as unmodelled.
void keep_unless(RecordBuilder& out, std::string_view field, std::string_view value, std::string_view usual);

}  // namespace interdict::lists
