// Remarks: whatever the text, every letter and digit of it is in some statement.
#include <algorithm>
#include <string>
#include <string_view>

#include "lists/ofac_items.h"
#include "text/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace interdict;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (!text::is_valid_utf8(text)) return 0;
  for (const char* schema : {"Person", "Vessel"}) {
    lists::RecordBuilder out;
    out.begin("1", schema);
    lists::add_ofac_remarks(out, text, true);
    const Record record = out.take();
    const bool any =
        std::any_of(text.begin(), text.end(), [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; });
    INTERDICT_ASSERT(!any || !record.statements.empty());
    for (const Statement& statement : record.statements) INTERDICT_ASSERT(text::is_valid_utf8(statement.value));
  }
  INTERDICT_ASSERT(lists::last_ofac_item(text) <= text.size());
  return 0;
}
