// UTF-8 validity, and cleaning of values that are stored and shown.
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstring>

#include "model/result.h"
#include "text/text.h"

namespace interdict::text {
namespace {

constexpr UChar32 first_combining = 0x300;  // below it everything is NFC already
constexpr std::uint64_t high_bits = 0x8080808080808080U;

std::uint64_t word_at(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

/// Offset of the first byte at or after `at` that is not ASCII.
std::size_t skip_ascii(std::string_view text, std::size_t at) {
  while (at + 8 <= text.size() && (word_at(text.data() + at) & high_bits) == 0) at += 8;
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

bool is_white(UChar32 c) { return c < 0x80 ? c == ' ' || (c >= 0x9 && c <= 0xd) : u_isUWhiteSpace(c) != 0; }

bool is_control(UChar32 c) {
  return c < 0x80 ? c < 0x20 || c == 0x7f : (U_GET_GC_MASK(c) & (U_GC_CC_MASK | U_GC_CF_MASK)) != 0;
}

/// Printable ASCII without outer or doubled spaces: what `clean` would return unchanged.
bool is_clean_ascii(std::string_view text) {
  if (text.empty()) return true;
  if (text.front() == ' ' || text.back() == ' ') return false;
  if (text.size() < 8) {
    unsigned char before = 0;
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte < 0x20 || byte > 0x7e || (byte | before) == 0x20) return false;
      before = byte;
    }
    return true;
  }
  // Eight bytes at a time, in each the high bit for what is wrong; steps of seven, to see every pair of neighbours.
  constexpr std::uint64_t each = 0x0101010101010101U;
  std::uint64_t wrong = 0;
  const auto look = [&](std::size_t at) {
    const std::uint64_t word = word_at(text.data() + at);
    const std::uint64_t spaces = ~((word ^ 0x20 * each) + 0x7f * each);  // of ASCII
    wrong |= word | (word + each) | ~((word | high_bits) - 0x20 * each) | (spaces & high_bits & (spaces << 8U));
  };
  for (std::size_t at = 0; at + 8 < text.size(); at += 7) look(at);
  look(text.size() - 8);
  return (wrong & high_bits) == 0;
}

}  // namespace

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while ((at = skip_ascii(text, at)) < text.size()) {
    const std::size_t start = at;
    // The well-formed byte sequences of the Unicode Standard, table 3-7.
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const unsigned lead = byte(at);
    const unsigned second = byte(at + 1);
    std::size_t trailing = 0;
    unsigned least = 0x80;
    unsigned most = 0xbf;
    if (lead >= 0xc2 && lead <= 0xdf) {
      trailing = 1;
    } else if (lead >= 0xe0 && lead <= 0xef) {
      trailing = 2;
      if (lead == 0xe0) least = 0xa0;
      if (lead == 0xed) most = 0x9f;
    } else if (lead >= 0xf0 && lead <= 0xf4) {
      trailing = 3;
      if (lead == 0xf0) least = 0x90;
      if (lead == 0xf4) most = 0x8f;
    } else {
      return start;
    }
    if (second < least || second > most) return start;
    for (std::size_t i = 2; i <= trailing; ++i) {
      if ((byte(at + i) & 0xc0U) != 0x80) return start;
    }
    at += trailing + 1;
  }
  return std::nullopt;
}

std::string clean(std::string_view text) {
  if (is_clean_ascii(text)) return std::string(text);
  INTERDICT_ASSERT(is_valid_utf8(text));
  std::string out;
  out.reserve(text.size());
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  bool space_due = false;
  UChar32 greatest = 0;
  for (std::int32_t i = 0; i < size;) {
    const std::int32_t start = i;
    UChar32 c = 0;
    U8_NEXT_UNSAFE(bytes, i, c);
    if (is_white(c)) {
      space_due = !out.empty();
      continue;
    }
    if (is_control(c)) continue;
    greatest = std::max(greatest, c);
    if (space_due) out += ' ';
    space_due = false;
    if (c < 0x80) {
      out += static_cast<char>(c);
      continue;
    }
    out.append(text.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(i - start)));
  }
  if (greatest < first_combining) return out;
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfc = icu::Normalizer2::getNFCInstance(status);
  INTERDICT_ASSERT(U_SUCCESS(status));
  if (nfc->isNormalizedUTF8(out, status) != 0) return out;
  std::string composed;
  icu::StringByteSink<std::string> sink(&composed);
  nfc->normalizeUTF8(0, out, sink, nullptr, status);
  INTERDICT_ASSERT(U_SUCCESS(status));
  return composed;
}

}  // namespace interdict::text
