#include "lists/ofac_sdn_xml.h"

#include "fuzz/ofac_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return interdict::lists::fuzz_ofac_xml<interdict::lists::OfacSdnXml>(data, size);
}
