#include "fuzz/checked_sink.h"
#include "lists/csv_stream.h"
#include "lists/ofsi_conlist.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace interdict::lists;
  CheckedSink sink;
  OfsiConList list("fuzz", sink);
  CsvStream csv("fuzz", ',', [&](auto fields, auto line) { return list.row(fields, line); });
  auto result = feed_in_pieces({reinterpret_cast<const char*>(data), size},
                               [&](std::string_view piece) { return csv.feed(piece); });
  if (result) result = csv.finish();
  if (result) result = list.finish();
  check_error(result);
  INTERDICT_ASSERT(list.summary().rejected == sink.rejections);
  return 0;
}
