// Opens mutated snapshots. The first input byte says whether the checksum is mended, so that both gates are tried:
// bytes that merely rotted, and bytes made to deceive. Whatever opens is then used in full. Inputs are edits of a
// snapshot built here, because one built of bytes alone never has a good header.
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "index/checksum.h"
#include "index/format.h"
#include "index/index.h"
#include "screen/screen.h"

namespace {

using interdict::Party;
using interdict::Prop;

std::string built() {
  interdict::index::Builder builder;
  builder.describe(R"({"as_of":"2026-01-01"})");
  builder.add({"a:1", "a", "Person", {{Prop::name, "Ivan Ivanovich Petrov", {}}, {Prop::birth_date, "1970", {}}}}, "");
  builder.add({"a:2", "a", "Company", {{Prop::name, "Northern Trading LLC", {}}, {Prop::alias, "Nortrade", {}}}}, "");
  builder.add({"b:1", "b", "Vessel", {{Prop::name, "Sea Star", {}}, {Prop::imo_number, "IMO 9074729", {}}}},
              "last_known");
  const auto path = std::filesystem::temp_directory_path() / ("interdict_snapshot_fuzz_" + std::to_string(::getpid()));
  if (!builder.write(path)) std::abort();
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  std::filesystem::remove(path);
  return bytes;
}

void use(const interdict::index::Snapshot& snapshot) {
  for (std::uint32_t party = 0; party < snapshot.party_count(); ++party) (void)snapshot.entry(party);
  for (std::uint32_t name = 0; name < snapshot.name_count(); ++name) (void)snapshot.name(name);
  (void)snapshot.find("a:2");
  interdict::screen::Query query;
  query.names = {"Ivan Petrof", "Sea Star Trading"};
  query.id_numbers = {"9074729"};
  query.birth_dates = {*interdict::PartialDate::of(1971)};
  (void)interdict::screen::screen(snapshot, query, {.threshold = 0.5});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string good = built();
  if (size == 0) return 0;
  const bool mend = (data[0] & 1U) != 0;
  const bool cut = (data[0] & 2U) != 0;
  ++data;
  --size;
  std::string bytes = good;
  // Edits: two bytes of position, one of value.
  for (; size >= 3; data += 3, size -= 3) {
    const std::size_t at = (static_cast<std::size_t>(data[0]) << 8U | data[1]) % bytes.size();
    bytes[at] = static_cast<char>(data[2]);
  }
  if (cut && size > 0) bytes.resize(bytes.size() * data[0] / 256);
  if (mend && bytes.size() >= sizeof(interdict::index::Header)) {
    const std::uint64_t length = bytes.size();
    std::memcpy(bytes.data() + offsetof(interdict::index::Header, file_size), &length, sizeof length);
    const std::uint64_t sum =
        interdict::index::xxh64(std::as_bytes(std::span(bytes)).subspan(interdict::index::checksum_from));
    std::memcpy(bytes.data() + offsetof(interdict::index::Header, checksum), &sum, sizeof sum);
  }
  // Copied to its exact size, so that one byte too far is a finding.
  const auto aligned = std::make_unique<std::uint64_t[]>(bytes.size() / 8 + 1);
  std::memcpy(aligned.get(), bytes.data(), bytes.size());
  const std::span<const std::byte> view(reinterpret_cast<const std::byte*>(aligned.get()), bytes.size());
  const auto snapshot = interdict::index::Snapshot::over(view, "fuzz");
  if (snapshot.ok()) {
    if (!mend && bytes != good) std::abort();  // rot must be noticed
    use(*snapshot);
  }
  return 0;
}
