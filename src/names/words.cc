// The tables behind words.h that are written here by hand; those that tools/learn_names.py writes are in tables.cc.
#include "names/words.h"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <vector>

namespace interdict::names {
namespace {

constexpr std::array titles = std::to_array<std::string_view>(
    {"acting",     "admiral",    "adv",          "agha",      "alh",        "alhaja",      "alhaji",
     "amb",        "ambassador", "archduke",     "attorney",  "baron",      "baroness",    "brig",
     "brigadier",  "capt",       "captain",      "cbe",       "cdr",        "ceo",         "cfo",
     "cfr",        "chairman",   "chancellor",   "chief",     "cllr",       "cmdr",        "cmg",
     "col",        "colonel",    "comdt",        "commander", "comrade",    "congressman", "congresswoman",
     "corporal",   "count",      "cpl",          "cpt",       "datin",      "dato",        "datuk",
     "daw",        "deputy",     "dipl",         "doctor",    "dott",       "dr",          "dra",
     "drs",        "duchess",    "emeritus",     "eng",       "engineer",   "engr",        "esq",
     "excellency", "excmo",      "former",       "frau",      "freiherr",   "frhr",        "gbe",
     "gcb",        "gcfr",       "gcmg",         "gcon",      "gen",        "general",     "gov",
     "governor",   "haci",       "hadji",        "haj",       "haji",       "hajia",       "hajj",
     "hajjah",     "hajji",      "herr",         "hon",       "honorable",  "honourable",  "hrh",
     "ing",        "ingeniero",  "jr",           "judge",     "kapitan",    "kbe",         "kcb",
     "kcmg",       "king",       "lady",         "lieut",     "lieutenant", "lord",        "lt",
     "madam",      "madame",     "mademoiselle", "maj",       "major",      "marshal",     "mbe",
     "md",         "mep",        "messrs",       "minister",  "miss",       "mister",      "mlle",
     "mme",        "mohtarma",   "monsieur",     "mp",        "mr",         "mrs",         "ms",
     "mwalimu",    "obe",        "ofc",          "ofcr",      "ombudsman",  "ph",          "phd",
     "pres",       "president",  "prime",        "prince",    "princess",   "prof",        "professor",
     "pvt",        "queen",      "ret",          "retd",      "rt",         "sahib",       "sartip",
     "sayed",      "sayyed",     "sayyid",       "secretary", "senator",    "senor",       "senora",
     "senorita",   "sergeant",   "seyed",        "seyyed",    "sgt",        "sharif",      "shaykh",
     "sheik",      "sheikh",     "shri",         "shrimati",  "signor",     "signora",     "sir",
     "smt",        "sr",         "supt",         "syed",      "ustad",      "ustadz",      "ustaz",
     "vice",       "viscount"});

constexpr std::array clerics = std::to_array<std::string_view>(
    {"abp",           "archbishop", "ayatollah", "bishop",  "father",  "hojatoleslam", "hojjatoleslam",
     "hujjatoleslam", "maulana",    "maulavi",   "maulawi", "mawlawi", "molla",        "mufti",
     "mulla",         "mullah",     "qari",      "rabbi",   "rev",     "reverend"});

constexpr std::array particles = std::to_array<std::string_view>(
    {"ad",   "af",    "ag",    "al",     "an",     "ap",     "ar",    "as",     "at",     "av",     "az",     "ben",
     "bin",  "bint",  "binti", "bte",    "bten",   "da",     "dal",   "das",    "de",     "degli",  "dei",    "del",
     "dela", "delas", "della", "dello",  "delos",  "den",    "der",   "des",    "di",     "do",     "dos",    "du",
     "el",   "ibn",   "la",    "las",    "le",     "les",    "lo",    "los",    "och",    "op",     "ould",   "st",
     "ten",  "ter",   "the",   "ul",     "ur",     "van",    "vande", "vandem", "vanden", "vander", "vanhet", "vanter",
     "vel",  "vom",   "von",   "vondem", "vonden", "vonder", "walad", "wuld",   "zu",     "zum",    "zur"});

constexpr std::array fillers = std::to_array<std::string_view>(
    {"al",  "and", "by", "da",  "das",  "de",  "del", "den", "der",   "des", "di",  "die", "do",   "dos", "du",
     "e",   "el",  "et", "for", "fuer", "fur", "i",   "im",  "imeni", "in",  "la",  "las", "le",   "lil", "les",
     "los", "na",  "of", "on",  "po",   "wa",  "wal", "ta",  "the",   "to",  "und", "v",   "with", "y"});

constexpr std::array places = std::to_array<std::string_view>(
    {"abkhazia",     "afghanistan", "africa",        "alabama",      "alaska",       "albania",       "alberta",
     "algeria",      "algerie",     "almaty",        "america",      "americas",     "andina",        "angola",
     "ankara",       "antwerp",     "arabia",        "argentina",    "arizona",      "armenia",       "armenian",
     "asia",         "astana",      "athens",        "australia",    "austria",      "azerbaijan",    "baghdad",
     "bahrain",      "baku",        "baltic",        "bangkok",      "bangladesh",   "barcelona",     "basra",
     "bavaria",      "beijing",     "beirut",        "belarus",      "belgium",      "belgrade",      "benin",
     "berlin",       "berne",       "birmingham",    "bishkek",      "bogota",       "bolivia",       "bombay",
     "bosnia",       "boston",      "botswana",      "brasil",       "bratislava",   "brazil",        "britain",
     "brussels",     "bucharest",   "budapest",      "bulgaria",     "burkina",      "burma",         "burundi",
     "cairo",        "calcutta",    "california",    "cambodia",     "cameroon",     "canada",        "capeverde",
     "caracas",      "caribbean",   "casablanca",    "caspian",      "catalonia",    "chad",          "chengdu",
     "chicago",      "chile",       "china",         "cologne",      "colombia",     "colorado",      "congo",
     "connecticut",  "copenhagen",  "costarica",     "crimea",       "croatia",      "cuba",          "cyprus",
     "czech",        "czechia",     "dagestan",      "dalian",       "dallas",       "damascus",      "delaware",
     "delhi",        "denmark",     "denver",        "detroit",      "deutschland",  "doha",          "dominicana",
     "donbas",       "donetsk",     "drcongo",       "dresden",      "dubai",        "dublin",        "dusanbe",
     "ecuador",      "egypt",       "elsalvador",    "emirates",     "england",      "erbil",         "eritrea",
     "espana",       "estonia",     "ethiopia",      "eurasia",      "europa",       "europe",        "fiji",
     "finland",      "florida",     "france",        "frankfurt",    "fujian",       "gabon",         "gambia",
     "gaza",         "geneva",      "geneve",        "georgia",      "germany",      "ghana",         "gibraltar",
     "greece",       "guangdong",   "guangxi",       "guangzhou",    "guatemala",    "guinea",        "gulf",
     "guyana",       "hamburg",     "hanoi",         "harbin",       "havana",       "hawaii",        "hebei",
     "hellas",       "helsinki",    "henan",         "honduras",     "hong",         "hongkong",      "houston",
     "hubei",        "hunan",       "hungary",       "iceland",      "idlib",        "illinois",      "india",
     "indiana",      "indonesia",   "iowa",          "iran",         "iraq",         "ireland",       "isfahan",
     "israel",       "istanbul",    "italia",        "italy",        "ivorycoast",   "jakarta",       "jamaica",
     "japan",        "jerusalem",   "jiangsu",       "jilin",        "johannesburg", "jordan",        "kabul",
     "kaluga",       "kansas",      "karachi",       "kazakhstan",   "kazan",        "kentucky",      "kenya",
     "kharkiv",      "khartoum",    "kiev",          "kinshasa",     "kong",         "korea",         "kosovo",
     "krakow",       "krasnodar",   "krym",          "kurdistan",    "kuwait",       "kyiv",          "kyrgyzstan",
     "lagos",        "lahore",      "laos",          "latinamerica", "latvia",       "latvian",       "lebanon",
     "leipzig",      "lesotho",     "liaoning",      "liberia",      "libya",        "liechtenstein", "lima",
     "lisbon",       "lithuania",   "liverpool",     "london",       "losangeles",   "lugansk",       "luhansk",
     "luxembourg",   "luxemburg",   "lviv",          "lyon",         "macau",        "macedonia",     "madagascar",
     "madrid",       "malawi",      "malaysia",      "maldives",     "mali",         "malta",         "manchester",
     "manila",       "maryland",    "massachusetts", "mauritania",   "mauritius",    "melbourne",     "mexico",
     "miami",        "michigan",    "milan",         "minnesota",    "minsk",        "missouri",      "mogadishu",
     "moldova",      "monaco",      "mongolia",      "montana",      "montenegro",   "montreal",      "morocco",
     "moscow",       "moskva",      "mosul",         "mozambique",   "mumbai",       "munich",        "murmansk",
     "myanmar",      "nairobi",     "namibia",       "nebraska",     "nederland",    "nepal",         "netherlands",
     "nevada",       "newyork",     "newzealand",    "nicaragua",    "nicosia",      "niger",         "nigeria",
     "ningbo",       "nippon",      "nordic",        "norge",        "northamerica", "northkorea",    "norway",
     "novosibirsk",  "odessa",      "ohio",          "oklahoma",     "oman",         "omsk",          "ontario",
     "oregon",       "oslo",        "osterreich",    "ottawa",       "pakistan",     "palestine",     "panama",
     "papua",        "paraguay",    "paris",         "pennsylvania", "peru",         "petersburg",    "philippines",
     "phoenix",      "poland",      "polska",        "portugal",     "prague",       "puertorico",    "pyongyang",
     "qatar",        "qingdao",     "quebec",        "rangoon",      "romania",      "rome",          "rossii",
     "rossiya",      "rostov",      "rotterdam",     "russia",       "rwanda",       "sakhalin",      "samara",
     "sanfrancisco", "sarajevo",    "saratov",       "saudiarabia",  "schweiz",      "scotland",      "seattle",
     "senegal",      "seoul",       "serbia",        "sevastopol",   "sevilla",      "seychelles",    "shandong",
     "shanghai",     "shanxi",      "shenzhen",      "siberia",      "sichuan",      "sierraleone",   "singapore",
     "slovakia",     "slovenia",    "sofia",         "somalia",      "southafrica",  "southamerica",  "southkorea",
     "spain",        "srilanka",    "stockholm",     "stuttgart",    "sudan",        "suisse",        "sverige",
     "sweden",       "switzerland", "sydney",        "syria",        "tabriz",       "taiwan",        "tajikistan",
     "tallinn",      "tanzania",    "tashkent",      "tatarstan",    "tbilisi",      "tehran",        "tennessee",
     "texas",        "thailand",    "tianjin",       "togo",         "tokyo",        "toronto",       "tripoli",
     "tula",         "tulsa",       "tunisia",       "tunisie",      "turin",        "turkey",        "turkiye",
     "turkmenistan", "uae",         "uganda",        "uk",           "ukraina",      "ukraine",       "ural",
     "uruguay",      "usa",         "utah",          "uzbekistan",   "valencia",     "vanuatu",       "venezuela",
     "venice",       "vermont",     "vienna",        "vietnam",      "vilnius",      "virginia",      "vladivostok",
     "warsaw",       "washington",  "wien",          "wisconsin",    "wuhan",        "wyoming",       "xiamen",
     "yangon",       "yemen",       "yerevan",       "york",         "yunnan",       "zagreb",        "zambia",
     "zhejiang",     "zimbabwe",    "zurich"});

// Smaller places and what is said of a country: too much left out of names to tell firms apart where one names none.
constexpr std::array lesser_places = std::to_array<std::string_view>(
    {"abuja",        "accra",        "addis",       "afghan",       "ajman",       "albanian",     "aleppo",
     "algerian",     "algiers",      "american",    "angolan",      "anhui",       "antananarivo", "antigua",
     "argentine",    "argentinian",  "arkhangelsk", "australian",   "austrian",    "azerbaijani",  "azeri",
     "bahamas",      "bahraini",     "bamako",      "bandung",      "bangalore",   "bangladeshi",  "bangui",
     "barbados",     "basrah",       "belarusian",  "belgian",      "belgorod",    "belize",       "bengaluru",
     "benghazi",     "bhutan",       "bolivian",    "bosnian",      "brazilian",   "brazzaville",  "british",
     "brunei",       "bryansk",      "bujumbura",   "bulgarian",    "burmese",     "busan",        "cambodge",
     "cambodian",    "cameroonian",  "cameroun",    "canadian",     "cebu",        "chadian",      "chelyabinsk",
     "chennai",      "chernihiv",    "chilean",     "chinese",      "chittagong",  "chongjin",     "chongqing",
     "colombian",    "colombo",      "comoros",     "congolese",    "croatian",    "cuban",        "cypriot",
     "daegu",        "dakar",        "dammam",      "danish",       "davao",       "dhaka",        "djibouti",
     "dominica",     "dutch",        "ecuadorian",  "egyptian",     "emirati",     "english",      "equatorialguinea",
     "eritrean",     "estonian",     "eswatini",    "ethiopian",    "finnish",     "french",       "fujairah",
     "gabonese",     "gambian",      "gansu",       "georgian",     "german",      "ghanaian",     "gomel",
     "greek",        "grenada",      "grodno",      "guadeloupe",   "guatemalan",  "guineabissau", "guinean",
     "guizhou",      "guyanese",     "hainan",      "haiti",        "haitian",     "hamhung",      "harare",
     "heilongjiang", "hodeidah",     "homel",       "homs",         "honduran",    "hrodna",       "hungarian",
     "hyderabad",    "icelandic",    "incheon",     "indian",       "indonesian",  "iranian",      "iraqi",
     "irish",        "irkutsk",      "israeli",     "italian",      "ivanovo",     "izhevsk",      "jalisco",
     "jamaican",     "japanese",     "jeddah",      "jiangxi",      "jordanian",   "juba",         "kaliningrad",
     "kamchatka",    "kampala",      "kandahar",    "kaohsiung",    "kathmandu",   "kazakh",       "kenyan",
     "khabarovsk",   "kherson",      "kigali",      "kiribati",     "kirkuk",      "kobe",         "kolkata",
     "korean",       "kostroma",     "kursk",       "kuwaiti",      "kyoto",       "kyrgyz",       "latakia",
     "lebanese",     "liberian",     "libyan",      "lipetsk",      "lithuanian",  "luanda",       "lucknow",
     "lusaka",       "lutsk",        "macedonian",  "magadan",      "mahilyow",    "malagasy",     "malawian",
     "malaysian",    "malian",       "maltese",     "maputo",       "martinique",  "mauritanian",  "mecca",
     "medan",        "mexican",      "micronesia",  "misrata",      "mogilev",     "moldovan",     "mongolian",
     "moroccan",     "mozambican",   "muscat",      "mykolaiv",     "nagoya",      "namibian",     "nampo",
     "nauru",        "ndjamena",     "nepalese",    "niamey",       "nicaraguan",  "nigerian",     "nigerien",
     "ningxia",      "norwegian",    "novgorod",    "oaxaca",       "omani",       "orenburg",     "oryol",
     "osaka",        "ouagadougou",  "pakistani",   "palau",        "palestinian", "panamanian",   "paraguayan",
     "penza",        "persian",      "peruvian",    "peshawar",     "polish",      "poltava",      "portuguese",
     "pskov",        "qatari",       "qinghai",     "quetta",       "rabat",       "rivne",        "riyadh",
     "romanian",     "russian",      "rwandan",     "ryazan",       "samoa",       "sanaa",        "saudi",
     "senegalese",   "serbian",      "shaanxi",     "sharjah",      "sinaloa",     "singaporean",  "sinuiju",
     "sirte",        "slovak",       "slovakian",   "slovene",      "slovenian",   "smolensk",     "somali",
     "sonora",       "southossetia", "southsudan",  "spanish",      "sudanese",    "surabaya",     "suriname",
     "swaziland",    "swedish",      "swiss",       "syrian",       "taipei",      "taiwanese",    "tajik",
     "tambov",       "tanzanian",    "tartus",      "thai",         "tibet",       "timor",        "tobago",
     "togolese",     "tomsk",        "tonga",       "trinidad",     "tunis",       "tunisian",     "turkish",
     "turkmen",      "tuvalu",       "tver",        "tyumen",       "ufa",         "ugandan",      "ukrainian",
     "ulyanovsk",    "uruguayan",    "uzbek",       "uzhhorod",     "venezuelan",  "vietnamese",   "vinnytsia",
     "vitebsk",      "vitsebsk",     "vologda",     "voronezh",     "wonsan",      "xinjiang",     "yakutsk",
     "yemeni",       "yokohama",     "zambian",     "zaporizhzhia", "zimbabwean"});

constexpr std::array numbers = std::to_array<Phrase>({
    {"first", "1"},    {"second", "2"},     {"third", "3"},     {"fourth", "4"},    {"fifth", "5"},
    {"sixth", "6"},    {"seventh", "7"},    {"eighth", "8"},    {"ninth", "9"},     {"tenth", "10"},
    {"one", "1"},      {"two", "2"},        {"three", "3"},     {"four", "4"},      {"five", "5"},
    {"six", "6"},      {"seven", "7"},      {"eight", "8"},     {"nine", "9"},      {"ten", "10"},
    {"eleven", "11"},  {"twelve", "12"},    {"thirteen", "13"}, {"fourteen", "14"}, {"fifteen", "15"},
    {"sixteen", "16"}, {"seventeen", "17"}, {"eighteen", "18"}, {"nineteen", "19"}, {"twenty", "20"},
    {"thirty", "30"},  {"forty", "40"},     {"fifty", "50"},    {"eleventh", "11"}, {"twelfth", "12"},
    {"ii", "2"},       {"iii", "3"},        {"iv", "4"},        {"vi", "6"},        {"vii", "7"},
    {"viii", "8"},     {"ix", "9"},         {"xi", "11"},       {"xii", "12"},      {"xiii", "13"},
    {"xiv", "14"},     {"xv", "15"},        {"xvi", "16"},      {"xvii", "17"},     {"xviii", "18"},
    {"xix", "19"},     {"xx", "20"},        {"1st", "1"},       {"2nd", "2"},       {"3rd", "3"},
    {"4th", "4"},      {"5th", "5"},        {"6th", "6"},       {"7th", "7"},       {"8th", "8"},
    {"9th", "9"},      {"10th", "10"},      {"sixty", "60"},    {"seventy", "70"},  {"eighty", "80"},
    {"ninety", "90"},  {"deux", "2"},       {"trois", "3"},     {"quatre", "4"},    {"cinq", "5"},
    {"sept", "7"},     {"huit", "8"},       {"neuf", "9"},      {"tres", "3"},      {"cuatro", "4"},
    {"cinco", "5"},    {"siete", "7"},      {"ocho", "8"},      {"nueve", "9"},     {"diez", "10"},
    {"zwei", "2"},     {"drei", "3"},       {"vier", "4"},      {"fuenf", "5"},     {"sechs", "6"},
    {"sieben", "7"},   {"zehn", "10"},      {"quattro", "4"},   {"cinque", "5"},    {"sette", "7"},
    {"quatro", "4"},   {"sete", "7"},       {"oito", "8"},      {"pervyi", "1"},    {"pervaya", "1"},
    {"pervyy", "1"},   {"pervoe", "1"},     {"pervy", "1"},     {"vtoroy", "2"},    {"vtoraya", "2"},
    {"vtoroi", "2"},   {"tretiy", "3"},     {"tretya", "3"},    {"tretii", "3"},
});

using Words = std::unordered_set<std::string_view>;

bool ends_with_any(std::string_view form, auto&& endings) {
  return std::ranges::any_of(
      endings, [&](std::string_view ending) { return form.size() > ending.size() + 2 && form.ends_with(ending); });
}

}  // namespace

bool is_title(std::string_view form) {
  static const Words words = [] {
    Words all(titles.begin(), titles.end());
    all.insert(clerics.begin(), clerics.end());
    return all;
  }();
  return words.contains(form);
}
std::uint8_t generation_of(std::string_view form) {
  struct Said {
    std::string_view word;
    std::uint8_t generation;
  };
  static constexpr std::array words = std::to_array<Said>(
      {{"sr", 1}, {"snr", 1}, {"senior", 1}, {"jr", 2}, {"jnr", 2}, {"junior", 2}, {"ii", 2}, {"iii", 3}, {"iv", 4}});
  const auto* const at = std::ranges::find(words, form, &Said::word);
  return at == words.end() ? std::uint8_t{0} : at->generation;
}
bool is_particle(std::string_view form) {
  static const Words words(particles.begin(), particles.end());
  return words.contains(form);
}
bool is_filler(std::string_view form) {
  static const Words words(fillers.begin(), fillers.end());
  return words.contains(form);
}
bool is_place(std::string_view form) {
  static const Words words(places.begin(), places.end());
  return words.contains(form);
}

bool is_patronymic(std::string_view form) {
  // As Russian, Belarusian and Ukrainian have them, in English, French, German, Dutch, Swedish and Hungarian spelling.
  static constexpr std::array endings = std::to_array<std::string_view>(
      {"ovich",  "evich",  "avich",  "ovych",  "evych",  "avych", "ovitch", "evitch", "avitch", "owitsch", "ewitsch",
       "owitch", "ewitch", "ovitsj", "evitsj", "avitsj", "ovitj", "evitj",  "avitj",  "ovics",  "evics",   "ovna",
       "evna",   "ivna",   "owna",   "ewna",   "iwna",   "avna",  "ichna",  "itchna", "itschna"});
  static constexpr std::array words =
      std::to_array<std::string_view>({"ogly", "oglu", "oghlu", "ugli", "uly", "kyzy", "kizi", "qizi", "gyzy", "ilyich",
                                       "ilich", "iljitsch", "ilitch", "lukich", "kuzmich", "fomich", "nikitich"});
  // What all of these end with: most names do not.
  if (form.size() < 3 || std::string_view("ahijsuy").find(form.back()) == std::string_view::npos) return false;
  return ends_with_any(form, endings) || std::ranges::find(words, form) != words.end();
}

bool are_other_places(std::string_view left, std::string_view right) {
  const auto names_place = [](std::string_view form) {
    static const Words lesser(lesser_places.begin(), lesser_places.end());
    return is_place(form) || lesser.contains(form);
  };
  if (left == right || !names_place(left) || !names_place(right)) return false;
  // Latvia, Latvian; but Niger is not Nigeria.
  static constexpr std::array endings = std::to_array<std::string_view>({"n", "an", "ian", "i", "ish", "ese"});
  const auto [shorter, longer] = left.size() < right.size() ? std::pair(left, right) : std::pair(right, left);
  return !longer.starts_with(shorter) || std::ranges::find(endings, longer.substr(shorter.size())) == endings.end();
}

Phrases::Phrases(std::span<const Phrase> all) : all_(all) {
  for (const Phrase& phrase : all) {
    by_first_word_[phrase.words.substr(0, phrase.words.find(' '))].push_back(phrase);
  }
}
std::span<const Phrase> Phrases::starting_with(std::string_view word) const {
  const auto found = by_first_word_.find(word);
  return found == by_first_word_.end() ? std::span<const Phrase>{} : found->second;
}

std::string_view number_of(std::string_view form) {
  static constexpr std::array endings =
      std::to_array<std::string_view>({"e", "er", "eme", "go", "i", "nd", "rd", "st", "th", "y", "ya"});
  const std::size_t digits = std::min(form.find_first_not_of("0123456789"), form.size());
  if (digits > 0 && std::ranges::find(endings, form.substr(digits)) != endings.end()) return form.substr(0, digits);
  static const Phrases words{numbers};
  const std::span<const Phrase> found = words.starting_with(form);
  return found.empty() ? std::string_view() : found.front().form;
}

}  // namespace interdict::names
