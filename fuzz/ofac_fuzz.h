// What the targets of OFAC's files share: a list in parts, whose records may each be a part only.
#pragma once

#include <string_view>

#include "lists/lists.h"

namespace interdict::lists {

struct OfacSink : Sink {
  Result<void> record(Record&& record) override {
    INTERDICT_ASSERT(!record.id.empty());
    for (const Statement& statement : record.statements) INTERDICT_ASSERT(!statement.value.empty());
    return {};
  }
  void reject(Rejection&& rejection) override { INTERDICT_ASSERT(!rejection.reason.empty()); }
};

/// The target of a form that is one XML file.
template <typename Reader>
int fuzz_ofac_xml(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  OfacSink sink;
  Reader reader("fuzz.xml", sink);
  // In two pieces: where a chunk ends must not matter.
  if (!reader.feed(text.substr(0, size / 2)) || !reader.feed(text.substr(size / 2))) return 0;
  static_cast<void>(reader.finish());
  return 0;
}

}  // namespace interdict::lists
