#include "lists/xml_record.h"

#include <fmt/format.h>

#include <algorithm>

namespace interdict::lists {
namespace {

// The longest real record (a UN entry with its narrative) is under 30 kB.
constexpr std::size_t record_bytes_max = std::size_t{32} << 20;

}  // namespace

std::string_view XmlElement::name() const {
  return present() ? record_->view(record_->nodes_[index_].name) : std::string_view{};
}

std::string_view XmlElement::text() const {
  if (!present()) return {};
  const XmlRecord::Node& node = record_->nodes_[index_];
  node.taken = true;
  return record_->view(node.text);
}

std::string_view XmlElement::attribute(std::string_view name) const {
  if (!present()) return {};
  const XmlRecord::Node& node = record_->nodes_[index_];
  for (std::uint32_t i = 0; i < node.attribute_count; ++i) {
    const XmlRecord::Attribute& attribute = record_->attributes_[node.first_attribute + i];
    if (record_->view(attribute.name) == name) {
      attribute.taken = true;
      return record_->view(attribute.value);
    }
  }
  return {};
}

XmlElement XmlElement::child(std::string_view name) const {
  for (XmlElement c = first_child(); c; c = c.next_sibling()) {
    if (c.name() == name) return c;
  }
  return {};
}

XmlElement XmlElement::first_child() const {
  if (!present()) return {};
  const std::uint32_t at = record_->nodes_[index_].first_child;
  return at == XmlRecord::none ? XmlElement{} : XmlElement{record_, at};
}

XmlElement XmlElement::next_sibling() const {
  if (!present()) return {};
  const std::uint32_t at = record_->nodes_[index_].next_sibling;
  return at == XmlRecord::none ? XmlElement{} : XmlElement{record_, at};
}

void XmlElement::take_all() const {
  if (!present()) return;
  const XmlRecord::Node& node = record_->nodes_[index_];
  node.taken = true;
  for (std::uint32_t i = 0; i < node.attribute_count; ++i) {
    record_->attributes_[node.first_attribute + i].taken = true;
  }
  for (XmlElement c = first_child(); c; c = c.next_sibling()) c.take_all();
}

void XmlRecord::each_untaken(const std::function<void(std::string_view, std::string_view)>& visit) const {
  for (std::uint32_t n = 0; n < nodes_.size(); ++n) {
    const Node& node = nodes_[n];
    if (!node.taken && node.text.size > 0) visit(n == 0 ? view(node.name) : path_of(n), view(node.text));
    for (std::uint32_t i = 0; i < node.attribute_count; ++i) {
      const Attribute& attribute = attributes_[node.first_attribute + i];
      if (attribute.taken || attribute.value.size == 0) continue;
      visit(fmt::format("{}@{}", path_of(n), view(attribute.name)), view(attribute.value));
    }
  }
}

// Names below the root; the root itself is the record and has no path.
std::string XmlRecord::path_of(std::uint32_t index) const {
  std::string path;
  for (; index != none && nodes_[index].parent != none; index = nodes_[index].parent) {
    path = path.empty() ? std::string(view(nodes_[index].name)) : fmt::format("{}/{}", view(nodes_[index].name), path);
  }
  return path;
}

void XmlRecord::clear() {
  bytes_.clear();
  nodes_.clear();
  attributes_.clear();
  open_ = none;
}

XmlRecord::Span XmlRecord::keep(std::string_view text) {
  const Span span{static_cast<std::uint32_t>(bytes_.size()), static_cast<std::uint32_t>(text.size())};
  bytes_.append(text);
  return span;
}

void XmlRecord::open(const XmlTag& tag) {
  const auto index = static_cast<std::uint32_t>(nodes_.size());
  Node node;
  node.name = keep(tag.name);
  node.parent = open_;
  node.first_attribute = static_cast<std::uint32_t>(attributes_.size());
  node.attribute_count = static_cast<std::uint32_t>(tag.attributes.size());
  for (const XmlAttribute& a : tag.attributes) attributes_.push_back({keep(a.name), keep(a.value), false});
  if (open_ != none) {
    Node& parent = nodes_[open_];
    if (parent.first_child == none) {
      parent.first_child = index;
    } else {
      nodes_[parent.last_child].next_sibling = index;
    }
    parent.last_child = index;
  }
  nodes_.push_back(node);
  open_ = index;
}

void XmlRecord::close(std::string_view text) {
  INTERDICT_ASSERT(open_ != none);
  nodes_[open_].text = keep(text);
  open_ = nodes_[open_].parent;
}

XmlRecordStream::XmlRecordStream(std::string file, std::vector<std::string_view> record_names,
                                 XmlRecordHandler& handler)
    : record_names_(std::move(record_names)), handler_(handler), stream_(std::move(file), *this) {}

void XmlRecordStream::start(const XmlTag& tag) {
  if (depth_in_record_ == 0) {
    if (std::find(record_names_.begin(), record_names_.end(), tag.name) == record_names_.end()) {
      handler_.outside_start(tag);
      return;
    }
    record_.clear();
    record_place_ = stream_.place();
  }
  ++depth_in_record_;
  record_.open(tag);
  if (record_.bytes() > record_bytes_max) {
    stop({Fault::limit, fmt::format("a record of more than {} bytes", record_bytes_max), record_place_});
  }
}

void XmlRecordStream::end(std::string_view name, std::string_view text) {
  if (depth_in_record_ == 0) {
    handler_.outside_end(name, text);
    return;
  }
  record_.close(text);
  if (--depth_in_record_ > 0) return;
  if (auto taken = handler_.record(record_, record_place_); !taken) stop(std::move(taken).error());
}

}  // namespace interdict::lists
