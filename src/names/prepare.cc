// What follows from the parts of a name, so that comparing it is cheap.
#include <algorithm>
#include <array>
#include <bit>
#include <span>

#include "names/acronym.h"
#include "names/craft.h"
#include "names/names.h"
#include "names/weigh.h"
#include "names/words.h"
#include "text/text.h"

namespace interdict::names {
namespace {

/// Whether it has three parts, each of one syllable, as Korean and many Chinese and Vietnamese names have.
bool is_syllabic(const Name& name, std::size_t count) {
  constexpr std::string_view vowels = "aeiouy";
  const auto one_syllable = [&](const Token& token) {
    const std::size_t first = token.form.find_first_of(vowels);
    if (first == std::string::npos || token.form.size() < 2) return false;
    const std::size_t after = token.form.find_first_not_of(vowels, first);
    return after == std::string::npos || token.form.find_first_of(vowels, after) == std::string::npos;
  };
  return name.kind == Kind::person && count == 3 &&
         std::ranges::all_of(std::span(name.tokens).first(count), one_syllable);
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

std::uint32_t imo_of(std::span<const Token> tokens) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string_view next = i + 1 < tokens.size() ? std::string_view(tokens[i + 1].form) : std::string_view();
    if (const ImoNumber imo = imo_number(tokens[i].form, next); imo.words > 0) return imo.number;
  }
  return 0;
}

Sex sex_of(std::span<const Token> tokens) {
  static constexpr std::array daughters = std::to_array<std::string_view>({"bint", "binte", "binti", "bte"});
  static constexpr std::array sons = std::to_array<std::string_view>({"bin", "ibn"});
  static constexpr std::array hers = std::to_array<std::string_view>({"ova", "eva", "skaya", "skaia", "ska"});
  static constexpr std::array his = std::to_array<std::string_view>({"ov", "ev", "sky", "ski", "skiy", "skii", "skyi"});
  const auto is_among = [](std::string_view form, const auto& words) {
    return std::ranges::find(words, form) != words.end();
  };
  const auto ends = [](std::string_view form, const auto& endings) {
    return std::ranges::any_of(endings,
                               [&](std::string_view e) { return form.size() > e.size() + 1 && form.ends_with(e); });
  };
  bool woman = false;
  bool man = false;
  int her_endings = 0;
  int his_endings = 0;
  int in_a = 0;  // as most given names of Slavic women, and their surnames, end
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string_view form = tokens[i].form;
    if (tokens[i].role == Role::title) continue;
    const bool between = i > 0 && i + 1 < tokens.size();
    woman = woman || (between && (form == "thi" || is_among(form, daughters)));
    man = man || (between && (form == "van" || is_among(form, sons)));
    if (tokens[i].role == Role::particle) continue;
    if (ends(form, hers)) ++her_endings;
    if (ends(form, his)) ++his_endings;
    if (form.ends_with('a')) ++in_a;
  }
  woman = woman || (her_endings > 0 && in_a > 1);
  man = man || (his_endings > 0 && in_a == 0);
  return man == woman ? Sex::unsaid : man ? Sex::man : Sex::woman;
}

}  // namespace

void prepare(Name& name, std::vector<Unit> kept) {
  name.pieces.clear();
  name.measures.clear();
  name.units.clear();
  name.unit_pieces.clear();
  const std::size_t count = std::min(name.tokens.size(), parts_most);
  name.measures.reserve(count);
  name.units.reserve(2 * count);
  name.pieces.reserve(2 * count);
  name.unit_pieces.reserve(2 * count);
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
  name.acronym_mask = 0;
  if (name.kind == Kind::organisation) {
    const Acronym acronym = acronym_of(std::span(name.tokens).first(count));
    name.acronym_mask = acronym.mask;
    if (acronym.mask != 0) add_unit(acronym.letters);
  }
  name.glances = glances_of(name.units);
  find_lineage(name, count);
  name.imo = name.kind == Kind::object ? imo_of(std::span(name.tokens).first(count)) : 0;
  name.sex = name.kind == Kind::person ? sex_of(std::span(name.tokens).first(count)) : Sex::unsaid;
  name.syllabic = is_syllabic(name, count);
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
