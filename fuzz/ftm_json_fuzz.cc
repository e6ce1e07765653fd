#include "fuzz/checked_sink.h"
#include "lists/ftm_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace interdict::lists;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  CheckedSink sink;
  FtmJson reader("fuzz", "fuzz", sink);
  auto result = feed_in_pieces(bytes, [&](std::string_view piece) { return reader.scan(piece); });
  if (result) result = reader.finish_scan();
  if (result) result = feed_in_pieces(bytes, [&](std::string_view piece) { return reader.feed(piece); });
  if (result) result = reader.finish();
  check_error(result);
  INTERDICT_ASSERT(reader.summary().rejected == sink.rejections);
  static_cast<void>(ftm_dataset(bytes));
  return 0;
}
