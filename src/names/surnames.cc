#include "names/surnames.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "text/text.h"

namespace interdict::names {
namespace {

/// What an ending means; spellings of one ending have one meaning.
enum class Makes : std::uint8_t {
  // Endings that one language adds and another leaves out: the bare stem is the same name (Rahmon, Rahmonov).
  vowel_a,
  vowel_e,
  vowel_o,
  nisba,
  ov,
  case_ending,
  // All others.
  sky,
  cki,
  enko,
  ko,
  uk,
  in,
  ic,
  ik,
  ak,
  ek,
  ec,
  yan,
  dze,
  shvili,
  iani,
  zade,
  zai,
  khel,
  pour,
  far,
  nia,
  nejad,
  chi,
  vand,
  akis,
  opoulos,
  idis,
  oglu,
  escu,
  eanu,
  nea,
  ini,
  etti,
  elli,
  oni,
  ucci,
  esi,
  aldi,
  otti,
  ez,
  edo,
  eiro,
  inho,
  man,
  land,
  feld,
  berg,
  stein,
  son,
  ton,
  ham,
  ley,
  ford,
  wood,
  worth,
  strom,
  quist,
  gren,
  lund,
  dal,
  bach,
  stra,
  sma,
  inga,
  da,
  moto,
  mura,
  yama,
  kawa,
  saki,
  shima,
  hara,
  guchi,
  kar,
  wala,
};
constexpr Makes last_left_out = Makes::case_ending;

struct Ending {
  std::string_view written;
  Makes makes;
};

// Longest first, so that the first that fits is the one meant.
constexpr std::array endings = std::to_array<Ending>(
    {{"opoulos", Makes::opoulos}, {"shvili", Makes::shvili},  {"chvili", Makes::shvili},  {"opulos", Makes::opoulos},
     {"auskas", Makes::sky},      {"tskaya", Makes::cki},     {"nezhad", Makes::nejad},   {"iecki", Makes::cki},
     {"tskyi", Makes::cki},       {"tskiy", Makes::cki},      {"skaya", Makes::sky},      {"skaja", Makes::sky},
     {"jevic", Makes::ic},        {"owicz", Makes::ic},       {"ewicz", Makes::ic},       {"ovich", Makes::ic},
     {"evich", Makes::ic},        {"ovych", Makes::ic},       {"evych", Makes::ic},       {"ovics", Makes::ic},
     {"zadeh", Makes::zade},      {"nejad", Makes::nejad},    {"nezad", Makes::nejad},    {"iadis", Makes::idis},
     {"oglou", Makes::oglu},      {"oghlu", Makes::oglu},     {"stein", Makes::stein},    {"strom", Makes::strom},
     {"quist", Makes::quist},     {"qvist", Makes::quist},    {"kvist", Makes::quist},    {"worth", Makes::worth},
     {"field", Makes::feld},      {"guchi", Makes::guchi},    {"shima", Makes::shima},    {"uccio", Makes::ucci},
     {"leigh", Makes::ley},       {"tska", Makes::cki},       {"tsky", Makes::cki},       {"tski", Makes::cki},
     {"ecki", Makes::cki},        {"icki", Makes::cki},       {"acki", Makes::cki},       {"ocki", Makes::cki},
     {"skij", Makes::sky},        {"skiy", Makes::sky},       {"skyi", Makes::sky},       {"skii", Makes::sky},
     {"enko", Makes::enko},       {"enka", Makes::enko},      {"chuk", Makes::uk},        {"ovic", Makes::ic},
     {"evic", Makes::ic},         {"ovas", Makes::ov},        {"yans", Makes::yan},       {"iani", Makes::iani},
     {"zade", Makes::zade},       {"zada", Makes::zade},      {"zoda", Makes::zade},      {"khel", Makes::khel},
     {"pour", Makes::pour},       {"poor", Makes::pour},      {"fard", Makes::far},       {"niya", Makes::nia},
     {"vand", Makes::vand},       {"akis", Makes::akis},      {"idis", Makes::idis},      {"ides", Makes::idis},
     {"oglu", Makes::oglu},       {"escu", Makes::escu},      {"eanu", Makes::eanu},      {"etti", Makes::etti},
     {"etto", Makes::etti},       {"elli", Makes::elli},      {"ello", Makes::elli},      {"ella", Makes::elli},
     {"ucci", Makes::ucci},       {"uzzi", Makes::ucci},      {"aldi", Makes::aldi},      {"aldo", Makes::aldi},
     {"otti", Makes::otti},       {"otto", Makes::otti},      {"eiro", Makes::eiro},      {"eira", Makes::eiro},
     {"inho", Makes::inho},       {"mann", Makes::man},       {"land", Makes::land},      {"feld", Makes::feld},
     {"berg", Makes::berg},       {"burg", Makes::berg},      {"sson", Makes::son},       {"ssen", Makes::son},
     {"ford", Makes::ford},       {"wood", Makes::wood},      {"gren", Makes::gren},      {"lund", Makes::lund},
     {"dahl", Makes::dal},        {"bach", Makes::bach},      {"stra", Makes::stra},      {"sema", Makes::sma},
     {"inga", Makes::inga},       {"enga", Makes::inga},      {"moto", Makes::moto},      {"mura", Makes::mura},
     {"yama", Makes::yama},       {"kawa", Makes::kawa},      {"gawa", Makes::kawa},      {"saki", Makes::saki},
     {"zaki", Makes::saki},       {"jima", Makes::shima},     {"hara", Makes::hara},      {"bara", Makes::hara},
     {"wala", Makes::wala},       {"ski", Makes::sky},        {"sky", Makes::sky},        {"ska", Makes::sky},
     {"iuk", Makes::uk},          {"yuk", Makes::uk},         {"yna", Makes::in},         {"ina", Makes::in},
     {"icz", Makes::ic},          {"ich", Makes::ic},         {"ych", Makes::ic},         {"nik", Makes::ik},
     {"iec", Makes::ec},          {"ets", Makes::ec},         {"ova", Makes::ov},         {"eva", Makes::ov},
     {"owa", Makes::ov},          {"ewa", Makes::ov},         {"ovs", Makes::ov},         {"evs", Makes::ov},
     {"off", Makes::ov},          {"eff", Makes::ov},         {"yan", Makes::yan},        {"ian", Makes::yan},
     {"dze", Makes::dze},         {"zai", Makes::zai},        {"zay", Makes::zai},        {"pur", Makes::pour},
     {"far", Makes::far},         {"nia", Makes::nia},        {"chi", Makes::chi},        {"anu", Makes::eanu},
     {"nea", Makes::nea},         {"ini", Makes::ini},        {"ino", Makes::ini},        {"oni", Makes::oni},
     {"one", Makes::oni},         {"esi", Makes::esi},        {"ese", Makes::esi},        {"edo", Makes::edo},
     {"man", Makes::man},         {"son", Makes::son},        {"sen", Makes::son},        {"ton", Makes::ton},
     {"ham", Makes::ham},         {"ley", Makes::ley},        {"dal", Makes::dal},        {"sma", Makes::sma},
     {"kar", Makes::kar},         {"aei", Makes::nisba},      {"ov", Makes::ov},          {"ev", Makes::ov},
     {"ow", Makes::ov},           {"ou", Makes::ov},          {"au", Makes::ov},          {"ko", Makes::ko},
     {"uk", Makes::uk},           {"in", Makes::in},          {"yn", Makes::in},          {"ic", Makes::ic},
     {"ik", Makes::ik},           {"yk", Makes::ik},          {"ak", Makes::ak},          {"ek", Makes::ek},
     {"ec", Makes::ec},           {"es", Makes::ez},          {"ez", Makes::ez},          {"da", Makes::da},
     {"ta", Makes::da},           {"ee", Makes::nisba},       {"ei", Makes::nisba},       {"ai", Makes::nisba},
     {"as", Makes::case_ending},  {"is", Makes::case_ending}, {"os", Makes::case_ending}, {"us", Makes::case_ending},
     {"a", Makes::vowel_a},       {"e", Makes::vowel_e},      {"i", Makes::nisba},        {"o", Makes::vowel_o},
     {"s", Makes::case_ending},   {"y", Makes::nisba}});

constexpr std::size_t shortest_stem = 3;

const Ending* ending_of(std::string_view form) {
  // By last letter, still longest first.
  static const auto by_last = [] {
    std::array<std::vector<const Ending*>, 256> out;
    for (const Ending& ending : endings) out[static_cast<unsigned char>(ending.written.back())].push_back(&ending);
    return out;
  }();
  const auto& candidates = by_last[static_cast<unsigned char>(form.back())];
  const auto found = std::ranges::find_if(candidates, [&](const Ending* ending) {
    return form.size() >= ending->written.size() + shortest_stem && form.ends_with(ending->written);
  });
  return found == candidates.end() ? nullptr : *found;
}

std::string_view stem_of(std::string_view form, const Ending* ending) {
  return ending == nullptr ? form : form.substr(0, form.size() - ending->written.size());
}

bool is_left_out(Makes makes) { return makes <= last_left_out; }

/// Whether the bare name is the stem of the other, and the other's ending is never left out.
bool is_stem_of(std::string_view bare, std::string_view other, const Ending* ending) {
  return ending != nullptr && !is_left_out(ending->makes) && stem_of(other, ending) == bare;
}

}  // namespace

bool are_other_surnames(std::string_view left, std::string_view right) {
  if (left.size() < shortest_stem || !right.starts_with(left.substr(0, shortest_stem))) return false;
  if (text::edit_distance(left, right, 1) <= 1) return false;
  const Ending* l = ending_of(left);
  const Ending* r = ending_of(right);
  if (is_stem_of(left, right, r) || is_stem_of(right, left, l)) return true;
  if (l == nullptr || r == nullptr || l->makes == r->makes || (is_left_out(l->makes) && is_left_out(r->makes))) {
    return false;
  }
  return stem_of(left, l) == stem_of(right, r);
}

std::size_t shared_ending(std::string_view left, std::string_view right) {
  static constexpr std::array common = std::to_array<std::string_view>(
      {"ullah", "uddin", "zadeh", "shvili", "zade", "zada", "zai", "yan", "ian", "enko", "pour"});
  for (const std::string_view ending : common) {
    if (left.size() >= ending.size() + shortest_stem && right.size() >= ending.size() + shortest_stem &&
        left.ends_with(ending) && right.ends_with(ending)) {
      return ending.size();
    }
  }
  return 0;
}

}  // namespace interdict::names
