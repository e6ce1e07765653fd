// Invented worlds for tests of the index and of screening: parties with names that look like names, share parts as real
// ones do (a few parts are common, most are rare), and carry every kind of evidence.
#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"

namespace interdict::synthetic {

using Random = std::mt19937_64;

/// 0..bound-1; written out because the standard distributions differ between libraries.
inline std::size_t below(Random& random, std::size_t bound) { return static_cast<std::size_t>(random() % bound); }
inline bool chance(Random& random, unsigned percent) { return below(random, 100) < percent; }
template <typename Range>
const auto& pick(Random& random, const Range& range) {
  return range[below(random, std::size(range))];
}

/// An invented word of two to four syllables; a small `variety` makes words repeat.
inline std::string word(Random& random, std::size_t variety) {
  static constexpr std::array<const char*, 24> starts = {"b",  "ch", "d", "f", "g",  "h", "k",  "kh",
                                                         "l",  "m",  "n", "p", "r",  "s", "sh", "t",
                                                         "tr", "v",  "y", "z", "zh", "j", "al", "o"};
  static constexpr std::array<const char*, 16> ends = {"a",  "an",  "ar", "e",  "ed", "en", "i",  "im",
                                                       "in", "ich", "o",  "ov", "u",  "ul", "un", "ai"};
  Random own(below(random, variety) * 0x9E3779B97F4A7C15ULL + 1);
  own.discard(3);
  std::string out;
  for (std::size_t i = 2 + below(own, 3); i > 0; --i) {
    out += pick(own, starts);
    out += pick(own, ends);
  }
  return out;
}

inline std::string person_name(Random& random) {
  static constexpr std::array<const char*, 10> common = {"Ivan", "Maria", "Mohammed", "Ali", "Sergei",
                                                         "Kim",  "Ahmad", "Anna",     "Li",  "Aleksandr"};
  std::string out = chance(random, 50) ? pick(random, common) : word(random, 300);
  if (chance(random, 25)) out += chance(random, 50) ? " al " : " bin ";
  if (chance(random, 40)) out += " " + word(random, 500);
  return out + " " + word(random, 5000);
}

inline std::string firm_name(Random& random) {
  static constexpr std::array<const char*, 8> trades = {"Trading", "Bank",   "Shipping", "Oil",
                                                        "General", "Invest", "Airlines", "Holding"};
  static constexpr std::array<const char*, 6> forms = {"LLC", "OAO", "Ltd", "GmbH", "Co", "JSC"};
  std::string out = word(random, 4000);
  if (chance(random, 60)) out += " " + word(random, 400);
  if (chance(random, 70)) out += std::string(" ") + pick(random, trades);
  if (chance(random, 20)) out += " " + std::to_string(1 + below(random, 9));
  if (chance(random, 70)) out += std::string(" ") + pick(random, forms);
  return out;
}

/// Cyrillic letters that fold back to roughly the word given.
inline std::string in_cyrillic(std::string_view latin) {
  static constexpr std::array<const char*, 26> letters = {"а", "б", "к", "д", "е", "ф", "г", "х", "и",
                                                          "ж", "к", "л", "м", "н", "о", "п", "к", "р",
                                                          "с", "т", "у", "в", "в", "х", "й", "з"};
  std::string out;
  for (const char c : latin) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (lower >= 'a' && lower <= 'z') {
      out += letters[static_cast<std::size_t>(lower - 'a')];
    } else {
      out += c;
    }
  }
  return out;
}

/// One slip of a finger; only ASCII is touched, so that the text stays UTF-8.
inline std::string typo(Random& random, std::string text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return text;
  }
  if (text.size() < 3) return text;
  const std::size_t at = 1 + below(random, text.size() - 2);
  const char letter = static_cast<char>('a' + below(random, 26));
  switch (below(random, 4)) {
    case 0:
      text[at] = letter;
      break;
    case 1:
      text.erase(at, 1);
      break;
    case 2:
      text.insert(at, 1, letter);
      break;
    default:
      std::swap(text[at - 1], text[at]);
  }
  return text;
}

inline std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c != ' ') {
      parts.back() += c;
    } else if (!parts.back().empty()) {
      parts.emplace_back();
    }
  }
  return parts;
}

/// What happens to names on their way into a customer file.
inline std::string distort(Random& random, std::string name) {
  for (std::size_t n = below(random, 3); n > 0; --n) {
    std::vector<std::string> parts = split(name);
    const std::size_t at = below(random, parts.size());
    switch (below(random, 5)) {
      case 0:
        parts[at] = typo(random, parts[at]);
        break;
      case 1:
        if (parts.size() > 1) parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(at));
        break;
      case 2:
        std::swap(parts[at], parts[below(random, parts.size())]);
        break;
      case 3:
        if (at + 1 < parts.size()) {
          parts[at] += parts[at + 1];
          parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(at) + 1);
        }
        break;
      default:
        parts[at] = typo(random, typo(random, parts[at]));
    }
    name.clear();
    for (const std::string& part : parts) name += (name.empty() ? "" : " ") + part;
  }
  return chance(random, 10) ? in_cyrillic(name) : name;
}

inline std::string date(Random& random) {
  const std::string year = std::to_string(1940 + below(random, 60));
  const auto two = [&](std::size_t most) {
    const std::size_t n = 1 + below(random, most);
    return (n < 10 ? "0" : "") + std::to_string(n);
  };
  const std::size_t precision = below(random, 4);
  if (precision == 0) return year;
  if (precision == 1) return year + "-" + two(12);
  return year + "-" + two(12) + "-" + two(28);
}

inline constexpr std::array<const char*, 6> countries = {"by", "ru", "ir", "kp", "sy", "lt"};
inline constexpr std::array<const char*, 3> genders = {"male", "female", "other"};

inline std::string number(Random& random, std::size_t digits) {
  std::string out;
  for (std::size_t i = 0; i < digits; ++i) out += static_cast<char>('0' + below(random, 10));
  return out;
}

inline void add_person_facts(Random& random, Party& party) {
  const auto say = [&](Prop prop, std::string value) { party.statements.push_back({prop, std::move(value), {}}); };
  for (std::size_t n = below(random, 3); n > 0; --n) {
    Statement birth{Prop::birth_date, date(random), {}};
    if (chance(random, 10)) birth.with(Detail::circa, "true");
    if (chance(random, 10)) birth.with(Detail::until, "1999");
    party.statements.push_back(std::move(birth));
  }
  if (chance(random, 50)) say(Prop::nationality, pick(random, countries));
  if (chance(random, 30)) say(Prop::citizenship, pick(random, countries));
  if (chance(random, 50)) say(Prop::gender, pick(random, genders));
  if (chance(random, 30)) {
    Statement passport{Prop::passport_number, "AB " + number(random, 7), {}};
    if (chance(random, 60)) passport.with(Detail::country, pick(random, countries));
    party.statements.push_back(std::move(passport));
  }
}

inline void add_other_facts(Random& random, Party& party) {
  const auto say = [&](Prop prop, std::string value) { party.statements.push_back({prop, std::move(value), {}}); };
  if (party.schema == "Vessel") {
    if (chance(random, 70)) say(Prop::imo_number, "IMO " + number(random, 7));
    if (chance(random, 40)) say(Prop::flag, pick(random, countries));
    return;
  }
  if (chance(random, 40)) say(Prop::registration_number, number(random, 9));
  if (chance(random, 20)) say(Prop::lei_code, "2138" + number(random, 16));
  if (chance(random, 60)) say(Prop::jurisdiction, pick(random, countries));
  if (chance(random, 40))
    say(Prop::address, std::to_string(1 + below(random, 90)) + " " + word(random, 50) + " Street, " + word(random, 20));
}

inline std::vector<Party> world(std::uint64_t seed, std::size_t parties) {
  static constexpr std::array<const char*, 8> schemas = {"Person",       "Person",      "Person", "Company",
                                                         "Organization", "LegalEntity", "Vessel", "Airplane"};
  static constexpr std::array<Prop, 4> more = {Prop::alias, Prop::alias, Prop::weak_alias, Prop::previous_name};
  Random random(seed);
  std::vector<Party> out;
  for (std::size_t i = 0; i < parties; ++i) {
    Party party;
    party.schema = pick(random, schemas);
    party.source = chance(random, 50) ? "test_one" : "test_two";
    party.id = party.source + ":" + std::to_string(i);
    const bool person = party.schema == "Person";
    const std::string name = person ? person_name(random) : firm_name(random);
    party.statements.push_back({Prop::name, name, {}});
    for (std::size_t n = below(random, 4); n > 0; --n) {
      party.statements.push_back({pick(random, more), distort(random, name), {}});
    }
    party.statements.push_back({Prop::programme, "TEST", {}});
    person ? add_person_facts(random, party) : add_other_facts(random, party);
    out.push_back(std::move(party));
  }
  return out;
}

}  // namespace interdict::synthetic
