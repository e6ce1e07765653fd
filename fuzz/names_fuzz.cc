// Any two texts in UTF-8: what names they give are texts too, analysing never fails, scores stay in 0..1, compare
// agrees with score, no name is more like another than like itself, and the bound that the index prunes by holds.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/result.h"
#include "names/aliases.h"
#include "names/bound.h"
#include "names/names.h"
#include "tests/oracle/bound_input.h"
#include "text/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace interdict;
  if (size < 2 || size > 400) return 0;
  const auto kind = static_cast<names::Kind>(data[0] % 3);
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (!text::is_valid_utf8(bytes)) return 0;
  for (const std::string& name : names::listed_names_in(bytes, kind)) {
    INTERDICT_ASSERT(text::is_valid_utf8(name));
    static_cast<void>(names::analyse(name, kind));
  }
  const std::size_t middle = std::min(bytes.find('\n'), bytes.size());
  const names::Name query = names::analyse(bytes.substr(0, middle), kind);
  const names::Name listed = names::analyse(bytes.substr(std::min(middle + 1, bytes.size())), kind);
  const double value = names::score(query, listed, 0);
  INTERDICT_ASSERT(value >= 0 && value <= 1);
  const auto explained = names::compare(query, listed, 0);
  INTERDICT_ASSERT(explained && explained->score == value);
  INTERDICT_ASSERT(names::score(query, query, 0) + 1e-9 >= value);
  const auto [best, left] = oracle::bound_input(query, listed);
  INTERDICT_ASSERT(value <= names::ScoreBound(query).from(0, best, left).value_or(-1));
  return 0;
}
