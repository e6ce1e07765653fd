#include "index/checksum.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

namespace interdict::index {
namespace {

constexpr std::uint64_t prime1 = 0x9E3779B185EBCA87ULL;
constexpr std::uint64_t prime2 = 0xC2B2AE3D27D4EB4FULL;
constexpr std::uint64_t prime3 = 0x165667B19E3779F9ULL;
constexpr std::uint64_t prime4 = 0x85EBCA77C2B2AE63ULL;
constexpr std::uint64_t prime5 = 0x27D4EB2F165667C5ULL;

template <typename Word>
Word load(const std::byte* at) {
  Word word;
  std::memcpy(&word, at, sizeof word);
  return word;
}

std::uint64_t round(std::uint64_t lane, std::uint64_t input) { return std::rotl(lane + input * prime2, 31) * prime1; }

}  // namespace

std::uint64_t xxh64(std::span<const std::byte> bytes) {
  const std::byte* at = bytes.data();
  std::size_t left = bytes.size();
  std::uint64_t h = prime5;
  if (left >= 32) {
    std::array<std::uint64_t, 4> lane = {prime1 + prime2, prime2, 0, 0 - prime1};
    for (; left >= 32; at += 32, left -= 32) {
      for (std::size_t i = 0; i < 4; ++i) lane[i] = round(lane[i], load<std::uint64_t>(at + 8 * i));
    }
    h = std::rotl(lane[0], 1) + std::rotl(lane[1], 7) + std::rotl(lane[2], 12) + std::rotl(lane[3], 18);
    for (const std::uint64_t l : lane) h = (h ^ round(0, l)) * prime1 + prime4;
  }
  h += bytes.size();
  for (; left >= 8; at += 8, left -= 8) h = std::rotl(h ^ round(0, load<std::uint64_t>(at)), 27) * prime1 + prime4;
  if (left >= 4) {
    h = std::rotl(h ^ (load<std::uint32_t>(at) * prime1), 23) * prime2 + prime3;
    at += 4;
    left -= 4;
  }
  for (; left > 0; ++at, --left) h = std::rotl(h ^ (static_cast<std::uint64_t>(*at) * prime5), 11) * prime1;
  h = (h ^ (h >> 33)) * prime2;
  h = (h ^ (h >> 29)) * prime3;
  return h ^ (h >> 32);
}

}  // namespace interdict::index
