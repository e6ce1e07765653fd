// The tables behind words.h that tools/learn_names.py writes: how common a form is, and of what families.
#include <bit>
#include <span>
#include <string_view>
#include <vector>

#include "names/words.h"

namespace interdict::names {
namespace {

struct FrequencyEntry {
  std::string_view form;
  Frequency frequency;
};

constexpr FrequencyEntry frequencies[] = {
#include "names/frequencies.inc"
};

using std::operator""sv;
constexpr FamilyEntry family_entries[] = {
#include "names/families.inc"
};
constexpr FamilyEntry organisation_words[] = {
#include "names/organisation_words.inc"
};

// The generated tables are too long to check here that they are sorted (clang limits constant evaluation);
// learn_names.py sorts them.

/// The entries of a table sorted by form that have a given form. Open addressing, at most half full; most forms asked
/// for are in no entry, and their slot says so.
template <typename Entry>
class Forms {
 public:
  explicit Forms(std::span<const Entry> table) : table_(table), slots_(std::bit_ceil(2 * table.size() + 1)) {
    for (std::size_t i = 0; i < table.size(); ++i) {
      if (i > 0 && table[i - 1].form == table[i].form) continue;
      const std::uint32_t hash = hash_of(table[i].form);
      std::size_t at = hash & (slots_.size() - 1);
      while (slots_[at].first != 0) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = {hash, static_cast<std::uint32_t>(i + 1)};
    }
  }

  [[nodiscard]] std::span<const Entry> entries_of(std::string_view form) const {
    const std::uint32_t hash = hash_of(form);
    for (std::size_t at = hash & (slots_.size() - 1); slots_[at].first != 0; at = (at + 1) & (slots_.size() - 1)) {
      const std::size_t first = slots_[at].first - 1;
      if (slots_[at].hash != hash || table_[first].form != form) continue;
      std::size_t last = first + 1;
      while (last < table_.size() && table_[last].form == form) ++last;
      return table_.subspan(first, last - first);
    }
    return {};
  }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t first = 0;  // one more than the place of the first entry; 0 for none
  };

  /// FNV-1a, mixed so that its low bits tell forms apart.
  static std::uint32_t hash_of(std::string_view form) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : form) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return static_cast<std::uint32_t>(hash ^ hash >> 32U);
  }

  std::span<const Entry> table_;
  std::vector<Slot> slots_;
};

}  // namespace

Frequency frequency_of(std::string_view form) {
  static const Forms forms{std::span<const FrequencyEntry>(frequencies)};
  const auto found = forms.entries_of(form);
  return found.empty() ? Frequency{} : found.front().frequency;
}

std::span<const FamilyEntry> families_of(std::string_view form) {
  static const Forms forms{std::span<const FamilyEntry>(family_entries)};
  return forms.entries_of(form);
}

std::span<const FamilyEntry> families_of_word(std::string_view form) {
  static const Forms forms{std::span<const FamilyEntry>(organisation_words)};
  return forms.entries_of(any_romanisation(form));
}

}  // namespace interdict::names
