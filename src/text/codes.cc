// Countries and languages by code and by name. The tables are written by gen_codes.py, sorted by key.
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstring>
#include <span>

#include "model/result.h"
#include "text/text.h"

namespace interdict::text {
namespace {

// Plain pointers, so that the tables are constant data without anything evaluated: string_views here cost gcc minutes
// of compiling when const, and clang's sanitizers refuse them when constexpr.
struct Entry {
  const char* key;
  const char* code;
};

constexpr Entry country_codes[] = {
#include "text/country_codes.inc"
};
constexpr Entry country_names[] = {
#include "text/country_names.inc"
};
constexpr Entry language_codes[] = {
#include "text/language_codes.inc"
};

std::string_view find(std::span<const Entry> table, std::string_view key) {
  // Keys hold no zero byte, so one that is longer compares greater at its end, and none needs measuring.
  const auto before = [](const Entry& entry, std::string_view wanted) {
    return std::strncmp(entry.key, wanted.data(), wanted.size()) < 0;
  };
  const auto* const at = std::lower_bound(table.data(), table.data() + table.size(), key, before);
  return at != table.data() + table.size() && at->key == key ? std::string_view(at->code) : std::string_view();
}

/// Casefolded, decomposed, marks dropped, any other characters than letters and digits one space; as in gen_codes.py.
std::string key_of(std::string_view text) {
  std::string key;
  bool space_due = false;
  const auto put = [&](std::string_view bytes) {
    if (space_due && !key.empty()) key += ' ';
    space_due = false;
    key += bytes;
  };
  if (is_ascii(text)) {
    for (const char c : text) {
      const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      if ((lower >= 'a' && lower <= 'z') || is_digit(lower)) {
        put({&lower, 1});
      } else {
        space_due = true;
      }
    }
    return key;
  }
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfd = icu::Normalizer2::getNFDInstance(status);
  icu::UnicodeString folded = nfd->normalize(icu::UnicodeString::fromUTF8(text), status);
  folded.foldCase();
  folded = nfd->normalize(folded, status);
  INTERDICT_ASSERT(U_SUCCESS(status));
  for (std::int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    const UChar32 c = folded.char32At(i);
    const std::uint32_t mask = U_GET_GC_MASK(c);
    if ((mask & (U_GC_MN_MASK | U_GC_CF_MASK)) != 0) continue;
    if ((mask & (U_GC_L_MASK | U_GC_N_MASK)) == 0) {
      space_due = true;
      continue;
    }
    std::string bytes;
    icu::UnicodeString(c).toUTF8String(bytes);
    put(bytes);
  }
  return key;
}

std::string_view country_by_key(std::string_view text) {
  const std::string key = key_of(text);
  if (const auto code = find(country_codes, key); !code.empty()) return code;
  for (const std::string_view tail : {" citizenship", " citizen", " nationality", " national"}) {
    if (key.ends_with(tail)) {
      return find(country_codes, std::string_view(key).substr(0, key.size() - tail.size()));
    }
  }
  return key.starts_with("the ") ? find(country_codes, std::string_view(key).substr(4)) : std::string_view();
}

}  // namespace

std::optional<std::string> country_code(std::string_view text) {
  if (const auto code = country_by_key(text); !code.empty()) return std::string(code);
  // "Belarus / Bélarus": both halves, which must agree where both are known.
  if (const auto slash = text.find('/'); slash != std::string_view::npos) {
    const auto left = country_code(text.substr(0, slash));
    const auto right = country_code(text.substr(slash + 1));
    return left && right && *left != *right ? std::nullopt : (left ? left : right);
  }
  // "Pakistan (previous address)", but not "(1) Pakistan (2) Afghanistan", which names several.
  if (const auto open = text.find('('); open != std::string_view::npos && open > 0) {
    if (const auto code = country_by_key(text.substr(0, open)); !code.empty()) return std::string(code);
  }
  return std::nullopt;
}

std::string_view country_name(std::string_view code) { return find(country_names, code); }

std::optional<std::string> language_code(std::string_view text) {
  const auto code = find(language_codes, key_of(text));
  return code.empty() ? std::nullopt : std::optional<std::string>(code);
}

}  // namespace interdict::text
