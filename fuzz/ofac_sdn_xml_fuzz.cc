#include <string_view>

#include "lists/ofac_sdn_xml.h"

namespace {

struct Ignore : interdict::lists::Sink {
  interdict::Result<void> record(interdict::Record&& record) override {
    INTERDICT_ASSERT(!record.id.empty());
    for (const auto& statement : record.statements) INTERDICT_ASSERT(!statement.value.empty());
    return {};
  }
  void reject(interdict::Rejection&& rejection) override { INTERDICT_ASSERT(!rejection.reason.empty()); }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Ignore sink;
  interdict::lists::OfacSdnXml reader("fuzz.xml", sink);
  // In two pieces: where a chunk ends must not matter.
  if (!reader.feed(text.substr(0, size / 2)) || !reader.feed(text.substr(size / 2))) return 0;
  static_cast<void>(reader.finish());
  return 0;
}
