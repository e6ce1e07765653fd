// XXH64, the checksum of a snapshot: fast enough (several GB/s) to read every byte of the file at opening.
#pragma once

#include <cstdint>
#include <span>

namespace interdict::index {

/// The published algorithm (xxHash 0.8, XXH64) with seed 0.
[[nodiscard]] std::uint64_t xxh64(std::span<const std::byte> bytes);

}  // namespace interdict::index
