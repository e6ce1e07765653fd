// A case and, after a line "=deal", a deal: read, and if both are sound, judged and relieved. Whatever reads without an
// error must be judged without a crash, and relief must not contradict the verdict.
#include <cstdint>
#include <string>

#include "casefile/casefile.h"
#include "relief/relief.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace interdict;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = text.find("\n=deal\n");
  const auto loaded = casefile::read_case({{"case.yaml", text.substr(0, cut)}});
  for (const Error& error : loaded.errors) INTERDICT_ASSERT(!error.message.empty() && !error.place.file.empty());
  if (!loaded.errors.empty() || cut == std::string::npos) return 0;
  const auto deal = casefile::read_deal({"deal.yaml", text.substr(cut + 7)}, &loaded.value);
  if (!deal) return 0;
  const law::CaseIndex world(loaded.value);
  const law::Dates dates{deal->on.value_or(Day{}), {}};
  const law::Judgment judgment = law::judge(*deal, world, dates);
  const relief::Answer answer = relief::find(*deal, world, dates, {}, {.options = 4, .judged = 40});
  INTERDICT_ASSERT(answer.before == judgment.verdict);
  for (const auto& option : answer.options) INTERDICT_ASSERT(law::is_lawful(option.verdict));
  return 0;
}
