// The tables behind words.h. Hand-written ones are here; learnt ones are written by tools/learn_names.py.
#include "names/words.h"

#include <algorithm>
#include <array>

namespace interdict::names {
namespace {

constexpr std::array titles = std::to_array<std::string_view>(
    {"admiral", "agha",      "amb",       "ambassador",   "ayatollah", "baron",     "baroness", "bishop",
     "brig",    "brigadier", "capt",      "captain",      "chairman",  "col",       "colonel",  "commander",
     "count",   "cpt",       "doctor",    "dr",           "drs",       "eng",       "engineer", "esq",
     "father",  "gen",       "general",   "gov",          "governor",  "hadji",     "haj",      "haji",
     "hajj",    "hajjah",    "hajji",     "hojatoleslam", "hon",       "honorable", "ing",      "jr",
     "judge",   "king",      "lady",      "lieutenant",   "lord",      "lt",        "madam",    "madame",
     "maj",     "major",     "marshal",   "maulana",      "maulavi",   "maulawi",   "mawlawi",  "md",
     "messrs",  "minister",  "miss",      "mister",       "mme",       "mohtarma",  "molla",    "mr",
     "mrs",     "ms",        "mulla",     "mullah",       "ph",        "phd",       "pres",     "president",
     "prince",  "princess",  "prof",      "professor",    "qari",      "queen",     "rev",      "reverend",
     "sayed",   "sayyid",    "secretary", "senator",      "seyyed",    "sgt",       "sharif",   "shaykh",
     "sheik",   "sheikh",    "sir",       "sr",           "syed",      "ustad",     "ustaz"});

constexpr std::array particles = std::to_array<std::string_view>(
    {"ad",  "ag",  "al",  "an",  "ap",  "ar",  "as",   "at",    "az",   "ben", "bin",  "bint", "binti",
     "bte", "da",  "dal", "das", "de",  "del", "dela", "della", "den",  "der", "des",  "di",   "do",
     "dos", "du",  "el",  "ibn", "la",  "las", "le",   "les",   "lo",   "los", "ould", "st",   "ten",
     "ter", "the", "ul",  "ur",  "van", "vel", "von",  "walad", "wuld", "zu"});

constexpr std::array fillers = std::to_array<std::string_view>(
    {"al",  "and", "by", "da", "das", "de",   "del", "den", "der", "des",   "di", "die",  "do",  "dos",
     "du",  "e",   "el", "et", "for", "fuer", "fur", "i",   "im",  "imeni", "in", "la",   "las", "le",
     "les", "los", "na", "of", "on",  "po",   "ta",  "the", "to",  "und",   "v",  "with", "y"});

constexpr std::array object_prefixes =
    std::to_array<std::string_view>({"mt", "mv", "ms", "ss", "mts", "fv", "rv", "vessel", "ship", "tanker", "the"});

constexpr std::array places = std::to_array<std::string_view>(
    {"abkhazia",  "afghanistan", "africa",      "albania",      "algeria",     "algerie",     "america",
     "americas",  "andina",      "angola",      "arabia",       "argentina",   "armenia",     "asia",
     "australia", "austria",     "azerbaijan",  "bahrain",      "baltic",      "bangladesh",  "beijing",
     "belarus",   "belgium",     "berlin",      "bolivia",      "bosnia",      "boston",      "brasil",
     "brazil",    "britain",     "bulgaria",    "cambodia",     "cameroon",    "canada",      "caribbean",
     "caspian",   "chad",        "chicago",     "chile",        "china",       "colombia",    "congo",
     "croatia",   "cuba",        "cyprus",      "damascus",     "denmark",     "deutschland", "dubai",
     "ecuador",   "egypt",       "emirates",    "england",      "espana",      "estonia",     "ethiopia",
     "eurasia",   "europa",      "europe",      "finland",      "france",      "frankfurt",   "geneva",
     "georgia",   "germany",     "ghana",       "greece",       "guatemala",   "gulf",        "hellas",
     "honduras",  "hong",        "hongkong",    "hungary",      "iceland",     "india",       "indonesia",
     "iran",      "iraq",        "ireland",     "israel",       "istanbul",    "italia",      "italy",
     "jamaica",   "japan",       "jordan",      "kazakhstan",   "kenya",       "kong",        "korea",
     "kosovo",    "kuwait",      "kyrgyzstan",  "latvia",       "lebanon",     "liberia",     "libya",
     "lithuania", "london",      "luxembourg",  "luxemburg",    "macau",       "malaysia",    "mali",
     "malta",     "mexico",      "miami",       "minsk",        "moldova",     "mongolia",    "montenegro",
     "morocco",   "moscow",      "moskva",      "mozambique",   "myanmar",     "namibia",     "nederland",
     "nepal",     "netherlands", "nicaragua",   "niger",        "nigeria",     "nippon",      "nordic",
     "norge",     "norway",      "oman",        "osterreich",   "pakistan",    "palestine",   "panama",
     "paraguay",  "paris",       "peru",        "petersburg",   "philippines", "poland",      "polska",
     "portugal",  "qatar",       "romania",     "rossii",       "rossiya",     "russia",      "rwanda",
     "schweiz",   "scotland",    "senegal",     "serbia",       "seychelles",  "shanghai",    "shenzhen",
     "singapore", "slovakia",    "slovenia",    "somalia",      "spain",       "sudan",       "suisse",
     "sverige",   "sweden",      "switzerland", "sydney",       "syria",       "taiwan",      "tajikistan",
     "tanzania",  "tehran",      "texas",       "thailand",     "tokyo",       "toronto",     "tunisia",
     "tunisie",   "turkey",      "turkiye",     "turkmenistan", "uae",         "uganda",      "uk",
     "ukraina",   "ukraine",     "ural",        "uruguay",      "usa",         "uzbekistan",  "vanuatu",
     "venezuela", "vienna",      "vietnam",     "wien",         "yemen",       "york",        "zambia",
     "zimbabwe",  "zurich"});

// Forms of equal rank are one word: what distinguishes OAO from PAO or AG from SA is the law of a country, not a firm.
constexpr std::array legal = std::to_array<Phrase>({
    {"obshchestvo s ogranichennoy otvetstvennostyu", "llc"},
    {"obshchestvo s ogranichennoi otvetstvennostiu", "llc"},
    {"tovarystvo z obmezhenoyu vidpovidalnistyu", "llc"},
    {"tavarystva z abmezhavanay adkaznastsyu", "llc"},
    {"gesellschaft mit beschrankter haftung", "llc"},
    {"gesellschaft mit beschraenkter haftung", "llc"},
    {"sociedad de responsabilidad limitada", "llc"},
    {"societe a responsabilite limitee", "llc"},
    {"societa a responsabilita limitata", "llc"},
    {"spolka z ograniczona odpowiedzialnoscia", "llc"},
    {"drustvo s ogranicenom odgovornoscu", "llc"},
    {"publichnoe aktsionernoe obshchestvo", "jsc"},
    {"otkrytoe aktsionernoe obshchestvo", "jsc"},
    {"otkrytoye aktsionernoye obshchestvo", "jsc"},
    {"zakrytoe aktsionernoe obshchestvo", "jsc"},
    {"zakrytoye aktsionernoye obshchestvo", "jsc"},
    {"publichnoye aktsionernoye obshchestvo", "jsc"},
    {"nepublichnoe aktsionernoe obshchestvo", "jsc"},
    {"adkrytae aktsyyanernae tavarystva", "jsc"},
    {"adkrytaye aktsyyanernaye tavarystva", "jsc"},
    {"publichne aktsionerne tovarystvo", "jsc"},
    {"pryvatne aktsionerne tovarystvo", "jsc"},
    {"aktsionerne tovarystvo", "jsc"},
    {"aktsionernoe obshchestvo", "jsc"},
    {"aktsionernoye obshchestvo", "jsc"},
    {"aktsyyanernae tavarystva", "jsc"},
    {"public joint stock company", "jsc"},
    {"private joint stock company", "jsc"},
    {"closed joint stock company", "jsc"},
    {"open joint stock company", "jsc"},
    {"joint stock company", "jsc"},
    {"public limited company", "plc"},
    {"private limited company", "ltd"},
    {"limited liability company", "llc"},
    {"limited liability partnership", "llp"},
    {"limited partnership", "lp"},
    {"federalnoe gosudarstvennoe unitarnoe predpriyatie", "fgup"},
    {"federal state unitary enterprise", "fgup"},
    {"state unitary enterprise", "gup"},
    {"sociedad anonima", "jsc"},
    {"societe anonyme", "jsc"},
    {"societa per azioni", "jsc"},
    {"aktien gesellschaft", "jsc"},
    {"naamloze vennootschap", "jsc"},
    {"besloten vennootschap", "llc"},
    {"kabushiki kaisha", "jsc"},
    {"kabushiki gaisha", "jsc"},
    {"anonim sirketi", "jsc"},
    {"limited sirketi", "llc"},
    {"gu fen you xian gong si", "jsc"},
    {"you xian ze ren gong si", "ltd"},
    {"you xian gong si", "ltd"},
    {"gong si", "co"},
    {"zhu shi hui she", "jsc"},
    {"chu shik hoe sa", "jsc"},
    {"yu han hoe sa", "ltd"},
    {"otkrytoe aktsionernoe", "jsc"},
    {"druzhestvo s ogranichena otgovornost", "llc"},
    {"tovarishchestvo s ogranichennoy otvetstvennostyu", "llc"},
    {"unitarnoe predpriyatie", "unitary"},
    {"unitarnoye predpriyatiye", "unitary"},
    {"sp z o o", "llc"},
    {"sdn bhd", "ltd"},
    {"pte ltd", "ltd"},
    {"pvt ltd", "ltd"},
    {"pty ltd", "ltd"},
    {"private limited", "ltd"},
    {"proprietary limited", "ltd"},
    {"co ltd", "ltd"},
    {"company limited", "ltd"},
    {"co limited", "ltd"},
    {"co llc", "llc"},
    {"company llc", "llc"},
    {"free zone establishment", "fze"},
    {"aktiengesellschaft", "jsc"},
    {"aktiebolag", "jsc"},
    {"aksjeselskap", "jsc"},
    {"aktieselskab", "jsc"},
    {"incorporated", "corp"},
    {"corporation", "corp"},
    {"corporacion", "corp"},
    {"korporatsiya", "corp"},
    {"limitada", "llc"},
    {"compagnie", "co"},
    {"compania", "co"},
    {"companhia", "co"},
    {"kompaniya", "co"},
    {"kompania", "co"},
    {"kaisha", "jsc"},
    {"sharikat", "co"},
    {"sharikah", "co"},
    {"shrka", "co"},
    {"shrkah", "co"},
    {"company", "co"},
    {"limited", "ltd"},
    {"ojsc", "jsc"},
    {"cjsc", "jsc"},
    {"pjsc", "jsc"},
    {"gmbh", "llc"},
    {"sarl", "llc"},
    {"eood", "llc"},
    {"ltda", "llc"},
    {"corp", "corp"},
    {"oyj", "jsc"},
    {"tbk", "jsc"},
    {"jsc", "jsc"},
    {"oao", "jsc"},
    {"pao", "jsc"},
    {"zao", "jsc"},
    {"prat", "jsc"},
    {"pat", "jsc"},
    {"aat", "jsc"},
    {"ooo", "llc"},
    {"tov", "llc"},
    {"taa", "llc"},
    {"too", "llc"},
    {"chup", "unitary"},
    {"zat", "jsc"},
    {"llc", "llc"},
    {"llp", "llp"},
    {"inc", "corp"},
    {"ltd", "ltd"},
    {"lda", "llc"},
    {"plc", "plc"},
    {"pte", "ltd"},
    {"pty", "ltd"},
    {"pvt", "ltd"},
    {"bhd", "ltd"},
    {"srl", "llc"},
    {"spa", "jsc"},
    {"ood", "llc"},
    {"ead", "jsc"},
    {"doo", "llc"},
    {"kft", "llc"},
    {"zrt", "jsc"},
    {"nyrt", "jsc"},
    {"sro", "llc"},
    {"sia", "llc"},
    {"uab", "llc"},
    {"fze", "fze"},
    {"fzc", "fze"},
    {"fzco", "fze"},
    {"fzllc", "fze"},
    {"dmcc", "fze"},
    {"fgup", "fgup"},
    {"gup", "gup"},
    {"rup", "gup"},
    {"sal", "jsc"},
    {"sas", "llc"},
    {"cie", "co"},
    {"kg", "kg"},
    {"ag", "jsc"},
    {"sa", "jsc"},
    {"se", "jsc"},
    {"nv", "jsc"},
    {"bv", "llc"},
    {"ab", "jsc"},
    {"as", "jsc"},
    {"asa", "jsc"},
    {"oy", "llc"},
    {"oü", "llc"},
    {"ou", "llc"},
    {"ao", "jsc"},
    {"ad", "jsc"},
    {"at", "jsc"},
    {"pt", "pt"},
    {"cv", "pt"},
    {"kk", "jsc"},
    {"lp", "lp"},
    {"co", "co"},
    {"sti", "llc"},
});

constexpr std::array numbers = std::to_array<Phrase>({
    {"first", "1"},   {"second", "2"}, {"third", "3"}, {"fourth", "4"}, {"fifth", "5"},  {"sixth", "6"},
    {"seventh", "7"}, {"eighth", "8"}, {"ninth", "9"}, {"tenth", "10"}, {"one", "1"},    {"two", "2"},
    {"three", "3"},   {"four", "4"},   {"five", "5"},  {"six", "6"},    {"seven", "7"},  {"eight", "8"},
    {"nine", "9"},    {"ten", "10"},   {"ii", "2"},    {"iii", "3"},    {"iv", "4"},     {"vi", "6"},
    {"vii", "7"},     {"viii", "8"},   {"ix", "9"},    {"xi", "11"},    {"xii", "12"},   {"xiii", "13"},
    {"xiv", "14"},    {"xv", "15"},    {"xvi", "16"},  {"xvii", "17"},  {"xviii", "18"}, {"xix", "19"},
    {"xx", "20"},     {"1st", "1"},    {"2nd", "2"},   {"3rd", "3"},    {"4th", "4"},    {"5th", "5"},
    {"6th", "6"},     {"7th", "7"},    {"8th", "8"},   {"9th", "9"},    {"10th", "10"},
});

struct FrequencyEntry {
  std::string_view form;
  Frequency frequency;
};

constexpr FrequencyEntry frequencies[] = {
#include "names/frequencies.inc"
};

constexpr FamilyEntry families[] = {
#include "names/families.inc"
};

static_assert(std::ranges::is_sorted(titles) && std::ranges::is_sorted(particles) && std::ranges::is_sorted(fillers) &&
              std::ranges::is_sorted(places));
// The generated tables are too long to check here (clang limits constant evaluation); learn_names.py sorts them.

bool ends_with_any(std::string_view form, auto&& endings) {
  return std::ranges::any_of(
      endings, [&](std::string_view ending) { return form.size() > ending.size() + 2 && form.ends_with(ending); });
}

}  // namespace

bool is_title(std::string_view form) { return std::ranges::binary_search(titles, form); }
bool is_particle(std::string_view form) { return std::ranges::binary_search(particles, form); }
bool is_filler(std::string_view form) { return std::ranges::binary_search(fillers, form); }
bool is_prefix_of_object(std::string_view form) {
  return std::ranges::find(object_prefixes, form) != object_prefixes.end();
}
bool is_place(std::string_view form) { return std::ranges::binary_search(places, form); }

bool is_patronymic(std::string_view form) {
  static constexpr std::array endings = std::to_array<std::string_view>(
      {"ovich", "evich", "avich", "yovich", "ovych", "evych", "ovna", "evna", "ivna", "yivna", "owna", "auna", "euna",
       "ouna", "inichna", "ichna", "avych", "ovitch", "evitch"});
  static constexpr std::array words =
      std::to_array<std::string_view>({"ogly", "oglu", "oghlu", "ugli", "uly", "kyzy", "kizi", "qizi", "gyzy", "ilyich",
                                       "ilich", "lukich", "kuzmich", "fomich", "nikitich"});
  return ends_with_any(form, endings) || std::ranges::find(words, form) != words.end();
}

std::span<const Phrase> legal_forms() { return legal; }

std::string_view number_of(std::string_view form) {
  const auto* const at = std::ranges::find(numbers, form, &Phrase::words);
  return at == numbers.end() ? std::string_view() : at->form;
}

Frequency frequency_of(std::string_view form) {
  const auto* const at = std::ranges::lower_bound(frequencies, form, {}, &FrequencyEntry::form);
  return at != std::end(frequencies) && at->form == form ? at->frequency : Frequency{};
}

std::span<const FamilyEntry> families_of(std::string_view form) {
  const auto range = std::ranges::equal_range(families, form, {}, &FamilyEntry::form);
  return {range.begin(), range.end()};
}

}  // namespace interdict::names
