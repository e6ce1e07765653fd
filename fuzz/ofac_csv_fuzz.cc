// The CSV set in memory: main, aliases, addresses and comments, separated by a line "====".
#include <array>
#include <string_view>

#include "fuzz/ofac_fuzz.h"
#include "lists/ofac_csv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using interdict::Part;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  interdict::lists::OfacSink sink;
  interdict::lists::OfacCsv reader(sink, true);
  interdict::lists::Head head;
  head.bytes = rest;
  head.whole = true;
  static_cast<void>(interdict::lists::recognise_ofac_csv(head));
  for (const Part part : {Part::main, Part::aliases, Part::addresses, Part::comments}) {
    constexpr std::string_view separator = "====\n";
    const std::size_t at = rest.find(separator);
    std::string_view file = rest.substr(0, at);
    reader.open("fuzz.csv", part);
    // In two pieces: where a chunk ends must not matter.
    const std::size_t half = file.size() / 2;
    if (!reader.feed(file.substr(0, half)) || !reader.feed(file.substr(half)) || !reader.close()) return 0;
    if (at == std::string_view::npos) break;
    rest.remove_prefix(at + separator.size());
  }
  static_cast<void>(reader.finish());
  return 0;
}
