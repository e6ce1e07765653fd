#include "fuzz/checked_sink.h"
#include "lists/uk_sanctions.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace interdict::lists;
  CheckedSink sink;
  UkSanctions form;
  XmlListReader reader("fuzz", form, sink);
  auto result = feed_in_pieces({reinterpret_cast<const char*>(data), size},
                               [&](std::string_view piece) { return reader.feed(piece); });
  if (result) result = reader.finish();
  check_error(result);
  INTERDICT_ASSERT(reader.summary().entries == sink.records && reader.summary().rejected == sink.rejections);
  return 0;
}
