#include "fuzz/xml_list_fuzz.h"
#include "lists/un_sc.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return interdict::lists::fuzz_xml_list<interdict::lists::UnSc>(data, size);
}
