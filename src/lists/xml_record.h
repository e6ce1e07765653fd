// One record of an XML list as a small tree, and the stream of such records.
//
// Publishers' lists are long sequences of small records. Holding one record at a time keeps memory flat and lets a
// reader ask for fields in the order that suits it. The tree remembers what was asked for: whatever holds a value and
// was never asked for is found by `each_untaken`, so a field that a publisher adds tomorrow is kept without a change
// here.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lists/xml_stream.h"

namespace interdict::lists {

class XmlRecord;

/// A view of one element of a record; valid as long as the record is. The absent element is empty in every respect, so
/// that optional nesting reads without checks: `record.child("Names").child("Name").text()`.
class XmlElement {
 public:
  XmlElement() = default;

  [[nodiscard]] bool present() const { return record_ != nullptr; }
  explicit operator bool() const { return present(); }
  [[nodiscard]] std::string_view name() const;

  /// Own text, trimmed; marks it as taken.
  [[nodiscard]] std::string_view text() const;
  /// Empty when absent; marks it as taken.
  [[nodiscard]] std::string_view attribute(std::string_view name) const;

  /// The first child of that name.
  [[nodiscard]] XmlElement child(std::string_view name) const;
  /// The text of the first child of that name.
  [[nodiscard]] std::string_view text_of(std::string_view name) const { return child(name).text(); }

  [[nodiscard]] XmlElement first_child() const;
  [[nodiscard]] XmlElement next_sibling() const;
  /// Visits the children of that name in order.
  template <typename Visit>
  void each(std::string_view name, Visit visit) const {
    for (XmlElement c = first_child(); c; c = c.next_sibling()) {
      if (c.name() == name) visit(c);
    }
  }

  /// Marks this element and all below it as taken: for what carries nothing that a party's record should say.
  void take_all() const;

 private:
  friend class XmlRecord;
  XmlElement(const XmlRecord* record, std::uint32_t index) : record_(record), index_(index) {}

  const XmlRecord* record_ = nullptr;
  std::uint32_t index_ = 0;
};

class XmlRecord {
 public:
  [[nodiscard]] XmlElement root() const { return nodes_.empty() ? XmlElement{} : XmlElement{this, 0}; }
  /// Every text and attribute that has a value and was not taken, with its path below the root, as
  /// "Address/AddressLine9" or "birthdate@circa".
  void each_untaken(const std::function<void(std::string_view path, std::string_view value)>& visit) const;
  [[nodiscard]] std::size_t bytes() const { return bytes_.size() + nodes_.size() * sizeof(Node); }

  void clear();
  void open(const XmlTag& tag);
  void close(std::string_view text);

 private:
  friend class XmlElement;
  struct Span {
    std::uint32_t offset = 0;
    std::uint32_t size = 0;
  };
  struct Attribute {
    Span name;
    Span value;
    mutable bool taken = false;
  };
  static constexpr std::uint32_t none = UINT32_MAX;
  struct Node {
    Span name;
    Span text;
    std::uint32_t first_attribute = 0;
    std::uint32_t attribute_count = 0;
    std::uint32_t parent = none;
    std::uint32_t first_child = none;
    std::uint32_t last_child = none;
    std::uint32_t next_sibling = none;
    mutable bool taken = false;
  };

  Span keep(std::string_view text);
  [[nodiscard]] std::string_view view(Span span) const { return {bytes_.data() + span.offset, span.size}; }
  [[nodiscard]] std::string path_of(std::uint32_t index) const;

  std::string bytes_;
  std::vector<Node> nodes_;
  std::vector<Attribute> attributes_;
  std::uint32_t open_ = none;
};

/// What an XML list's reader is told: its records, and what stands outside of them.
class XmlRecordHandler {
 public:
  virtual ~XmlRecordHandler() = default;
  /// An element outside all records opened: the root, a section.
  virtual void outside_start(const XmlTag& tag) = 0;
  /// An element outside all records closed.
  virtual void outside_end(std::string_view name, std::string_view text) = 0;
  /// A whole record; an Error ends the read.
  virtual Result<void> record(const XmlRecord& record, const Place& place) = 0;
};

/// Feeds bytes to a handler, record by record. Elements of the names given are the records.
class XmlRecordStream : private XmlHandler {
 public:
  XmlRecordStream(std::string file, std::vector<std::string_view> record_names, XmlRecordHandler& handler);

  Result<void> feed(std::string_view bytes) { return stream_.feed(bytes); }
  Result<void> finish() { return stream_.finish(); }
  /// For the handler: ends the read with this error.
  void stop(Error error) { stream_.stop(std::move(error)); }

 private:
  void start(const XmlTag& tag) override;
  void end(std::string_view name, std::string_view text) override;

  std::vector<std::string_view> record_names_;
  XmlRecordHandler& handler_;
  XmlRecord record_;
  Place record_place_;
  std::size_t depth_in_record_ = 0;
  XmlStream stream_;
};

}  // namespace interdict::lists
