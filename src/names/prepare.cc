// What follows from the parts of a name, so that comparing it is cheap.
#include <algorithm>
#include <array>
#include <bit>

#include "names/names.h"
#include "names/weigh.h"
#include "names/words.h"
#include "text/text.h"

namespace interdict::names {
namespace {

std::vector<std::string_view> words_of(std::string_view folded) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    words.push_back(folded.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

/// The first letters of an organisation's words (International Monetary Fund, IMF), or nothing; sets the mask of the
/// tokens they stand for, which is without a gap.
std::string acronym_of(Name& name, std::size_t count) {
  constexpr std::size_t shortest = 3;
  constexpr std::size_t longest = 8;
  name.acronym_mask = 0;
  if (name.kind != Kind::organisation) return {};
  std::string letters;
  std::uint64_t mask = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const Token& token = name.tokens[i];
    // Of legal forms only those written out (Company, Corporation) are among the letters.
    if (token.role == Role::particle || token.role == Role::title) continue;
    if (token.role == Role::legal_form && (token.text.size() < 7 || token.form == "ltd")) continue;
    if (token.role == Role::number || token.form.size() == 1) return {};
    const std::string folded = text::fold(token.text);
    for (const std::string_view word : words_of(folded)) {
      if (is_filler(word)) continue;
      if (word[0] < 'a' || word[0] > 'z') return {};
      letters += word[0];
    }
    mask |= 1ULL << i;
  }
  if (letters.size() < shortest || letters.size() > longest) return {};
  const auto last = static_cast<unsigned>(std::bit_width(mask));
  name.acronym_mask = (~0ULL >> (64 - last)) & ~((mask & (~mask + 1)) - 1);
  return letters;
}

/// Who is whose child in "Ali bin Omar", and which of a family's bearers of one name "Martin Luther King Jr." is.
void find_lineage(Name& name, std::size_t count) {
  static constexpr std::array words =
      std::to_array<std::string_view>({"ben", "bin", "bint", "binti", "ibn", "ould", "walad", "wuld"});
  std::uint64_t before = 0;
  std::uint64_t after = 0;
  for (std::size_t i = 1; name.kind == Kind::person && i + 1 < count; ++i) {
    if (name.tokens[i].role != Role::particle || std::ranges::find(words, name.tokens[i].form) == words.end()) continue;
    before |= 1ULL << (i - 1);
    after |= 1ULL << (i + 1);
  }
  name.children = before & ~after;
  name.fathers = after & ~before;
  // Of a family name put first the suffix may stand before the given name: "King Jr., Martin".
  name.generation = 0;
  for (std::size_t i = 1; name.kind == Kind::person && i < count; ++i) {
    name.generation = std::max(name.generation, generation_of(name.tokens[i].form));
  }
}

}  // namespace

void prepare(Name& name, std::vector<Unit> kept) {
  name.pieces.clear();
  name.measures.clear();
  name.units.clear();
  name.unit_pieces.clear();
  const std::size_t count = std::min(name.tokens.size(), parts_most);
  name.units.reserve(2 * count);
  const auto add_unit = [&](std::string_view form) {
    const std::size_t at = name.units.size();
    name.units.push_back(at < kept.size() && kept[at].form == form ? std::move(kept[at]) : make_unit(form));
  };
  for (std::size_t i = 0; i < count; ++i) {
    const Token& token = name.tokens[i];
    const Pool pool = is_repeated(name.tokens, i) ? Pool::minor : pool_of(token, name.kind);
    name.measures.push_back({token.weight, pool, text::syllable_of(token.text)});
    add_unit(token.form);
  }
  for (std::size_t i = 0; i + 1 < count; ++i) add_unit(name.tokens[i].form + name.tokens[i + 1].form);
  const std::string acronym = acronym_of(name, count);
  if (!acronym.empty()) add_unit(acronym);
  name.glances = glances_of(name.units);
  find_lineage(name, count);
  name.writing = text::words_signature(name.text);
  for (const Unit& unit : name.units) name.pieces.push_back(unit.form);
  std::ranges::sort(name.pieces);
  name.pieces.erase(std::unique(name.pieces.begin(), name.pieces.end()), name.pieces.end());
  for (const Unit& unit : name.units) {
    name.unit_pieces.push_back(
        static_cast<std::uint32_t>(std::ranges::lower_bound(name.pieces, unit.form) - name.pieces.begin()));
  }
}

}  // namespace interdict::names
