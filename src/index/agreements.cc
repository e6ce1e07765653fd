#include "index/agreements.h"

#include <algorithm>
#include <bit>

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace interdict::index {
namespace {

/// Goes through the company from `place` on, of which `postings` have been counted, and writes what agrees from `out`
/// on. Most does not, and which does cannot be foretold: so nothing else is done on the way, and no branch taken.
Agreeing* one_by_one(const Agreements& agreements, std::span<const Companion> company, std::size_t place,
                     std::uint32_t postings, std::uint32_t end, Agreeing* out) {
  for (; place < company.size(); ++place) {
    postings += company[place].is_first();
    if (postings > end) break;
    out->posting = postings - 1;  // not both at once: the compiler makes a round trip through memory of that
    out->companion = company[place];
    out += agreements.has(company[place].hash()) ? 1 : 0;
  }
  return out;
}

#ifdef __x86_64__
// NOLINTBEGIN(portability-simd-intrinsics): std::experimental::simd gathers nothing.

/// Of eight of a company, lowest bit first: which agree, by the words of `Agreements::seen_`.
[[gnu::target("avx2")]] std::uint32_t which_agree(const std::uint32_t* seen, __m128i company) {
  const __m256i bits = _mm256_cvtepu16_epi32(company);  // of Companion: the lowest, then the hash
  const __m256i words = _mm256_i32gather_epi32(reinterpret_cast<const int*>(seen), _mm256_srli_epi32(bits, 6), 4);
  const __m256i in_word = _mm256_and_si256(_mm256_srli_epi32(bits, 1), _mm256_set1_epi32(31));
  const __m256i to_top = _mm256_sub_epi32(_mm256_set1_epi32(31), in_word);
  return static_cast<std::uint32_t>(_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_sllv_epi32(words, to_top))));
}

/// Sixteen at a time, as long as there are so many and postings before `end`: tells how far, and how many postings were
/// counted. What is written may be of a few postings more.
struct Passed {
  std::size_t place = 0;
  std::uint32_t postings = 0;
  Agreeing* out;
};
[[gnu::target("avx2,popcnt")]] Passed by_sixteen(const std::uint32_t* seen, std::span<const Companion> company,
                                                 std::uint32_t end, Agreeing* out) {
  Passed passed{.out = out};
  for (; passed.place + 16 <= company.size() && passed.postings <= end; passed.place += 16) {
    const auto* from = reinterpret_cast<const __m128i*>(company.data() + passed.place);
    const __m128i low = _mm_loadu_si128(from);
    const __m128i high = _mm_loadu_si128(from + 1);
    const auto firsts = static_cast<std::uint32_t>(
        _mm_movemask_epi8(_mm_packs_epi16(_mm_slli_epi16(low, 15), _mm_slli_epi16(high, 15))));
    std::uint32_t agree = which_agree(seen, low) | which_agree(seen, high) << 8U;
    for (; agree != 0; agree &= agree - 1) {
      const int at = std::countr_zero(agree);
      const std::uint32_t up_to = firsts & ((2U << at) - 1);
      passed.out->posting = passed.postings + static_cast<std::uint32_t>(std::popcount(up_to)) - 1;
      passed.out->companion = company[passed.place + static_cast<std::size_t>(at)];
      ++passed.out;
    }
    passed.postings += static_cast<std::uint32_t>(std::popcount(firsts));
  }
  return passed;
}

// NOLINTEND(portability-simd-intrinsics)

bool has_vectors() {
  static const bool has = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("popcnt") != 0;
  return has;
}
#endif

}  // namespace

void Agreements::make_room(std::size_t most) {
  memory_.assign(std::bit_ceil(2 * most + 1), {});
  slots_ = memory_.data();
  last_ = memory_.size() - 1;
}

void Agreements::add(Agreement agreement) {
  agreement.hash = Companion::hash_of(agreement.piece);
  std::size_t at = place(agreement.hash);
  while (slots_[at].piece != none) at = (at + 1) & last_;
  slots_[at] = agreement;
  see(agreement.hash);
}

std::span<const Agreeing> Agreements::among_one_by_one(std::span<const Companion> company, std::uint32_t end,
                                                       std::vector<Agreeing>& memory) const {
  if (memory.size() < company.size()) memory.resize(company.size());
  return {memory.data(), one_by_one(*this, company, 0, 0, end, memory.data())};
}

std::span<const Agreeing> Agreements::among(std::span<const Companion> company, std::uint32_t end,
                                            std::vector<Agreeing>& memory) const {
#ifdef __x86_64__
  if (has_vectors()) {
    if (memory.size() < company.size()) memory.resize(company.size());
    const Passed passed = by_sixteen(seen_.data(), company, end, memory.data());
    Agreeing* out = one_by_one(*this, company, passed.place, passed.postings, end, passed.out);
    while (out != memory.data() && out[-1].posting >= end) --out;
    return {memory.data(), out};
  }
#endif
  return among_one_by_one(company, end, memory);
}

}  // namespace interdict::index
