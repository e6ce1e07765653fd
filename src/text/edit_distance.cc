// Levenshtein distance: bit-parallel for short strings, a plain row for the others.
#include <algorithm>
#include <array>
#include <vector>

#include "text/text.h"

namespace interdict::text {
namespace {

/// Hyyrö's formulation of Myers' algorithm: one machine word holds a column's vertical differences. `pattern` has 1 to
/// 64 bytes.
int bit_parallel(std::string_view pattern, std::string_view other, int limit) {
  std::array<std::uint64_t, 256> occurs;  // NOLINT(cppcoreguidelines-pro-type-member-init): only used bytes are cleared
  for (const char c : other) occurs[static_cast<unsigned char>(c)] = 0;
  for (const char c : pattern) occurs[static_cast<unsigned char>(c)] = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) occurs[static_cast<unsigned char>(pattern[i])] |= 1ULL << i;
  std::uint64_t plus = ~0ULL;
  std::uint64_t minus = 0;
  const std::uint64_t last = 1ULL << (pattern.size() - 1);
  int distance = static_cast<int>(pattern.size());
  int remaining = static_cast<int>(other.size());
  for (const char c : other) {
    const std::uint64_t match = occurs[static_cast<unsigned char>(c)] | minus;
    const std::uint64_t diagonal = (((match & plus) + plus) ^ plus) | match;
    std::uint64_t rises = minus | ~(diagonal | plus);
    std::uint64_t falls = plus & diagonal;
    distance += static_cast<int>((rises & last) != 0) - static_cast<int>((falls & last) != 0);
    // Each byte still to come can lower the distance by one at most.
    if (distance - --remaining > limit) return limit + 1;
    rises = (rises << 1U) | 1U;
    falls <<= 1U;
    plus = falls | ~(diagonal | rises);
    minus = rises & diagonal;
  }
  return distance <= limit ? distance : limit + 1;
}

int by_rows(std::string_view left, std::string_view right, int limit) {
  std::vector<int> row(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j) row[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= left.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i);
    int least = row[0];
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const int substituted = diagonal + static_cast<int>(left[i - 1] != right[j - 1]);
      diagonal = row[j];
      row[j] = std::min({substituted, row[j] + 1, row[j - 1] + 1});
      least = std::min(least, row[j]);
    }
    if (least > limit) return limit + 1;
  }
  return std::min(row.back(), limit + 1);
}

}  // namespace

int edit_distance(std::string_view left, std::string_view right, int limit) {
  if (limit < 0) return limit + 1;
  if (left.size() > right.size()) std::swap(left, right);
  if (right.size() - left.size() > static_cast<std::size_t>(limit)) return limit + 1;
  while (!left.empty() && left.front() == right.front()) {
    left.remove_prefix(1);
    right.remove_prefix(1);
  }
  while (!left.empty() && left.back() == right.back()) {
    left.remove_suffix(1);
    right.remove_suffix(1);
  }
  if (left.empty()) return static_cast<int>(right.size());
  return left.size() <= 64 ? bit_parallel(left, right, limit) : by_rows(left, right, limit);
}

}  // namespace interdict::text
