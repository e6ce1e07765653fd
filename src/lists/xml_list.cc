#include "lists/xml_list.h"

#include <fmt/format.h>

namespace interdict::lists {

XmlListReader::XmlListReader(std::string file, XmlForm& form, Sink& sink)
    : file_(file), form_(form), sink_(sink), stream_(std::move(file), form.record_names(), *this) {
  summary_.version.supplied[static_cast<std::size_t>(Part::main)] = true;
}

Result<void> XmlListReader::finish() {
  if (auto finished = stream_.finish(); !finished) return finished;
  if (summary_.entries == 0) {
    return Error{Fault::bad_input,
                 fmt::format("the list holds no records: expected {} elements", form_.record_names().front()),
                 {file_, 0, 0, {}}};
  }
  return {};
}

void XmlListReader::outside_start(const XmlTag& tag) {
  if (!root_seen_) {
    root_seen_ = true;
    if (tag.name != form_.root()) {
      stream_.stop({Fault::bad_input, fmt::format("the root element is {}, expected {}", tag.name, form_.root()), {}});
      return;
    }
  }
  form_.outside_start(tag);
}

void XmlListReader::outside_end(std::string_view name, std::string_view text) { form_.outside_end(name, text); }

Result<void> XmlListReader::record(const XmlRecord& record, const Place& place) {
  if (auto reason = form_.fill(record.root(), builder_)) {
    reject(place, {}, std::move(*reason));
    return {};
  }
  if (builder_.id().empty()) {
    reject(place, {}, "the id has no visible character");
    return {};
  }
  record.each_untaken([this](std::string_view path, std::string_view value) { builder_.add_unmodelled(path, value); });
  const std::string id = builder_.id();
  for (const std::string& fault : builder_.faults()) reject(place, id, fault);
  if (!ids_.insert(id).second) reject(place, id, "this id stands in the file more than once; the records are joined");
  ++summary_.entries;
  ++summary_.parts[static_cast<std::size_t>(Part::main)];
  return sink_.record(builder_.take());
}

void XmlListReader::reject(Place place, std::string_view id, std::string reason) {
  place.record = id;
  ++summary_.rejected;
  sink_.reject({std::move(place), std::move(reason)});
}

void keep_unless(RecordBuilder& out, std::string_view field, std::string_view value, std::string_view usual) {
  if (value != usual) out.add_unmodelled(field, value);
}

}  // namespace interdict::lists
