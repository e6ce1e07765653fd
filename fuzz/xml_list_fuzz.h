// The target of every list whose file is one XML document of entries.
#pragma once

#include "fuzz/checked_sink.h"
#include "lists/xml_list.h"

namespace interdict::lists {

template <typename Form>
int fuzz_xml_list(const std::uint8_t* data, std::size_t size) {
  CheckedSink sink;
  Form form;
  XmlListReader reader("fuzz", form, sink);
  auto result = feed_in_pieces({reinterpret_cast<const char*>(data), size},
                               [&](std::string_view piece) { return reader.feed(piece); });
  if (result) result = reader.finish();
  check_error(result);
  INTERDICT_ASSERT(reader.summary().entries == sink.records && reader.summary().rejected == sink.rejections);
  return 0;
}

}  // namespace interdict::lists
