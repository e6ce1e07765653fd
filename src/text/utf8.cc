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
  unsigned bad = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  bad |= static_cast<unsigned>(bytes[0] < 0x20U || bytes[0] > 0x7eU);
  for (std::size_t i = 1; i < text.size(); ++i) {
    bad |= static_cast<unsigned>(static_cast<unsigned char>(bytes[i] - 0x20U) > 0x5eU) |
           static_cast<unsigned>((bytes[i] | bytes[i - 1]) == 0x20);
  }
  return bad == 0;
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
