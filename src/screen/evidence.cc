#include "screen/evidence.h"

#include <algorithm>
#include <cstdlib>

#include "text/text.h"

namespace interdict::screen {
namespace {

using index::Statements;
using index::StatementView;

// Birth dates -------------------------------------------------------------------------------------------------------

struct Weighed {
  double share;
  const char* note;
};

int years_apart(Day a_first, Day a_last, Day b_first, Day b_last) {
  const auto year = [](Day day) { return static_cast<int>(std::chrono::year_month_day(day).year()); };
  if (a_last < b_first) return year(b_first) - year(a_last);
  if (b_last < a_first) return year(a_first) - year(b_last);
  return 0;
}

Weighed by_years(int apart) {
  if (apart <= 0) return {share::birth_other_day, "same year, other day"};
  if (apart == 1) return {share::birth_next_year, "one year apart"};
  if (apart <= 5) return {share::birth_other_year, "two to five years apart"};
  return {share::birth_far, "more than five years apart"};
}

bool is_first_of_january(const PartialDate& date) { return date.month() == 1 && date.day() == 1; }

/// One digit replaced, or two neighbours exchanged.
bool is_one_slip(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  std::size_t first = 0;
  while (first < a.size() && a[first] == b[first]) ++first;
  if (first == a.size()) return false;
  if (a.substr(first + 1) == b.substr(first + 1)) return true;
  return first + 1 < a.size() && a[first] == b[first + 1] && a[first + 1] == b[first] &&
         a.substr(first + 2) == b.substr(first + 2);
}

Weighed compare_plain(const PartialDate& asked, const std::string& asked_text, const PartialDate& listed,
                      std::string_view listed_text) {
  const bool same_year = asked.year() == listed.year();
  const bool months = asked.month() != 0 && listed.month() != 0;
  const bool days = asked.day() != 0 && listed.day() != 0;
  if (same_year && !months) return {share::birth_same_year, "same year, no more is known of one of them"};
  if (same_year && asked.month() == listed.month()) {
    if (!days) return {share::birth_same_month, "same month, no day is known of one of them"};
    if (asked.day() == listed.day()) return {share::birth_same_day, "same day"};
  }
  if (same_year && days) {
    if (asked.month() == listed.day() && asked.day() == listed.month()) {
      return {share::birth_swapped, "day and month exchanged"};
    }
    if (is_first_of_january(asked) || is_first_of_january(listed)) {
      return {share::birth_about, "same year; 1 January often stands for an unknown day"};
    }
  }
  if (days && is_one_slip(asked_text, listed_text)) return {share::birth_one_digit, "differ by one slip of a digit"};
  return by_years(std::abs(asked.year() - listed.year()));
}

Weighed compare_dates(const Questions::Date& asked, const StatementView& listed, const PartialDate& value) {
  const auto until = PartialDate::parse(listed.detail(Detail::until));
  const bool circa = !listed.detail(Detail::circa).empty();
  if (!until && !circa) return compare_plain(asked.date, asked.text, value, listed.value);
  const Day first = value.first_day();
  const Day last = until ? until->last_day() : value.last_day();
  const int apart = years_apart(asked.date.first_day(), asked.date.last_day(), first, last);
  const bool outside = asked.date.last_day() < first || last < asked.date.first_day();
  if (!outside) {
    return until ? Weighed{share::birth_in_range, "within the range the list gives"}
                 : Weighed{share::birth_about, "about the date the list gives"};
  }
  if (circa && apart <= 1) return {share::birth_about, "about the date the list gives"};
  return by_years(circa ? apart - 1 : apart);
}

Finding weigh_birth_date(const Questions& questions, const Statements& statements) {
  Finding best{"birth_date", 0, questions.birth_dates.front().text, {}, "the list gives no birth date"};
  bool any = false;
  for (const StatementView& statement : statements) {
    if (statement.prop != Prop::birth_date) continue;
    const auto value = PartialDate::parse(statement.value);
    if (!value) continue;
    for (const Questions::Date& asked : questions.birth_dates) {
      const Weighed weighed = compare_dates(asked, statement, *value);
      if (any && weighed.share <= best.share) continue;
      best = {"birth_date", weighed.share, asked.text, statement.value, weighed.note};
      any = true;
    }
  }
  return best;
}

// Countries ---------------------------------------------------------------------------------------------------------

/// Agreement on any of these counts; the first kind, what a party is by law, also counts when it differs.
bool says_country(Prop prop) {
  return prop == Prop::nationality || prop == Prop::citizenship || prop == Prop::jurisdiction ||
         prop == Prop::country || prop == Prop::flag;
}
bool supports_country(Prop prop) { return prop == Prop::birth_country || prop == Prop::past_flags; }

Finding weigh_country(const Questions& questions, const Statements& statements) {
  Finding differing{"country", 0, questions.countries.front().text, {}, "the list gives no country"};
  for (const StatementView& statement : statements) {
    const bool is_said = says_country(statement.prop);
    std::string_view value = statement.value;
    if (statement.prop == Prop::address) {
      value = statement.detail(Detail::country);
    } else if (!is_said && !supports_country(statement.prop)) {
      continue;
    }
    if (value.size() != 2) continue;  // not a code: as published, not understood
    for (const Questions::Text& asked : questions.countries) {
      if (asked.form == value) return {"country", share::country_same, asked.text, value, "same country"};
    }
    if (is_said && differing.share == 0) {
      const bool is_flag = statement.prop == Prop::flag;
      differing.share = is_flag ? share::flag_other : share::country_other;
      differing.listed = value;
      differing.note = is_flag ? "another flag" : "another country";
    } else if (is_said && statement.prop != Prop::flag) {
      differing.share = share::country_other;
    }
  }
  return differing;
}

// Gender ------------------------------------------------------------------------------------------------------------

Finding weigh_gender(const Questions& questions, const Statements& statements) {
  Finding finding{"gender", 0, questions.genders.front(), {}, "the list gives no gender"};
  for (const StatementView& statement : statements) {
    if (statement.prop != Prop::gender) continue;
    finding.listed = statement.value;
    if (std::ranges::find(questions.genders, statement.value) != questions.genders.end()) {
      return {"gender", 0, statement.value, statement.value, "same gender, which says little"};
    }
    const auto is_binary = [](std::string_view gender) { return gender == "male" || gender == "female"; };
    const bool contradicts = is_binary(statement.value) && std::ranges::all_of(questions.genders, is_binary);
    finding.share = contradicts ? share::gender_other : 0;
    finding.note = contradicts ? "another gender" : "not comparable";
  }
  return finding;
}

// Addresses ---------------------------------------------------------------------------------------------------------

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  const std::string folded = text::fold(text);
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    if (end > at) words.push_back(folded.substr(at, end - at));
    at = end + 1;
  }
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

Finding weigh_address(const Questions& questions, const Statements& statements) {
  Finding best{"address", 0, questions.addresses.front().text, {}, "the list gives no address"};
  double most = -1;
  for (const StatementView& statement : statements) {
    if (statement.prop != Prop::address) continue;
    const std::vector<std::string> listed = words_of(statement.value);
    for (const Questions::Address& asked : questions.addresses) {
      std::vector<std::string> common;
      std::ranges::set_intersection(asked.words, listed, std::back_inserter(common));
      const double part = asked.words.empty() || common.size() < 2
                              ? 0
                              : static_cast<double>(common.size()) / static_cast<double>(asked.words.size());
      if (part <= most) continue;
      most = part;
      best.query = asked.text;
      best.listed = statement.value;
      best.share = part >= share::address_most   ? share::address_same
                   : part >= share::address_part ? share::address_near
                                                 : 0;
      best.note = part >= share::address_most   ? "most of the address agrees"
                  : part >= share::address_part ? "part of the address agrees"
                                                : "another address, which says little";
    }
  }
  return best;
}

// Identifiers -------------------------------------------------------------------------------------------------------

/// How surely an equal identifier of this kind means the same party.
double identifier_share(Prop prop) {
  switch (prop) {
    case Prop::wallet_address:
    case Prop::lei_code:
      return 0.98;
    case Prop::imo_number:
      return 0.97;
    case Prop::swift_bic:
    case Prop::passport_number:
      return 0.95;
    case Prop::mmsi:
    case Prop::id_number:
    case Prop::tax_number:
      return 0.93;
    case Prop::registration_number:
    case Prop::serial_number:
      return 0.90;
    case Prop::call_sign:
      return 0.85;
    default:
      return 0.80;  // other_identifier: the list did not say what it is
  }
}

bool issued_by_country(Prop prop) {
  return prop == Prop::passport_number || prop == Prop::id_number || prop == Prop::tax_number ||
         prop == Prop::registration_number;
}

Weighed weigh_equal(const Questions& questions, const StatementView& statement, const std::string& form) {
  if (form.size() < share::identifier_shortest) {
    return {share::identifier_too_short, "same identifier, but so short that it may be chance"};
  }
  const std::string_view country = statement.detail(Detail::country);
  const bool elsewhere =
      issued_by_country(statement.prop) && country.size() == 2 && !questions.countries.empty() &&
      std::ranges::none_of(questions.countries, [&](const Questions::Text& asked) { return asked.form == country; });
  if (elsewhere) return {share::identifier_other_country, "same identifier, issued by another country"};
  return {identifier_share(statement.prop), "same identifier"};
}

/// Seven digits whose last is the check digit of the IMO scheme: the others weighted 7 to 2, summed, modulo 10.
bool is_imo_number(std::string_view digits) {
  if (digits.size() != 7) return false;
  int sum = 0;
  for (std::size_t i = 0; i < 7; ++i) {
    if (digits[i] < '0' || digits[i] > '9') return false;
    if (i < 6) sum += (digits[i] - '0') * static_cast<int>(7 - i);
  }
  return sum % 10 == digits[6] - '0';
}

Finding weigh_identifier(const Questions& questions, const Statements& statements) {
  Finding best{"identifier", 0, questions.identifiers.front().text, {}, "the list has no such identifier"};
  for (const StatementView& statement : statements) {
    if (!is_identifier(statement.prop)) continue;
    const std::string form = index::normalise_identifier(statement.value);
    if (form.empty()) continue;
    for (const Questions::Text& asked : questions.identifiers) {
      Weighed weighed{0, nullptr};
      if (asked.form == form) {
        weighed = weigh_equal(questions, statement, form);
      } else if (statement.prop == Prop::imo_number && questions.is_vessel && is_imo_number(asked.form)) {
        weighed = {share::imo_differs, "another IMO number, which a hull keeps for life"};
      } else {
        continue;
      }
      if (weighed.share > best.share || (best.share == 0 && weighed.share != 0)) {
        best = {"identifier", weighed.share, asked.text, statement.value, weighed.note};
      }
    }
  }
  return best;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace

Questions::Questions(const Query& query) : is_vessel(query.schema == "Vessel") {
  for (const PartialDate& date : query.birth_dates) birth_dates.push_back({date, date.to_string()});
  for (const std::string& country : query.countries) countries.push_back({country, lower(country)});
  for (const std::string& gender : query.genders) genders.emplace_back(gender);
  for (const std::string& number : query.id_numbers) {
    std::string form = index::normalise_identifier(number);
    if (!form.empty()) identifiers.push_back({number, std::move(form)});
  }
  for (const std::string& address : query.addresses) addresses.push_back({address, words_of(address)});
}

bool Questions::any() const {
  return !birth_dates.empty() || !countries.empty() || !genders.empty() || !identifiers.empty() || !addresses.empty();
}

double Questions::greatest_rise() const {
  double gap = 1;
  if (!birth_dates.empty()) gap *= 1 - share::birth_greatest;
  if (!countries.empty()) gap *= 1 - share::country_greatest;
  if (!addresses.empty()) gap *= 1 - share::address_greatest;
  return 1 - gap;
}

double Findings::apply(double name_score) const {
  double score = name_score;
  for (const Finding& finding : all()) score += effect_of(finding.share, score);
  return score;
}

void Findings::explain(double name_score, std::vector<Evidence>& evidence) const {
  double score = name_score;
  for (const Finding& finding : all()) {
    const double effect = effect_of(finding.share, score);
    evidence.push_back({finding.kind,
                        effect,
                        finding.share,
                        std::string(finding.query),
                        std::string(finding.listed),
                        finding.note,
                        {}});
    score += effect;
  }
}

double Findings::needed_for(double score) const {
  // Each step maps s to (1 - |share|)s, plus the share where it is a rise; the chain of them is undone from its end.
  double needed = score;
  for (std::size_t i = size_; i-- > 0;) {
    const double step = all_[i].share;
    needed = step >= 0 ? (needed - step) / (1 - step) : needed / (1 + step);
  }
  return needed - 1e-9;
}

Findings weigh(const Questions& questions, const Statements& statements) {
  Findings findings;
  if (!questions.birth_dates.empty()) findings.add(weigh_birth_date(questions, statements));
  if (!questions.countries.empty()) findings.add(weigh_country(questions, statements));
  if (!questions.genders.empty()) findings.add(weigh_gender(questions, statements));
  if (!questions.addresses.empty()) findings.add(weigh_address(questions, statements));
  // Last, so that what a shared identifier brings is not taken away again: its share is a floor.
  if (!questions.identifiers.empty()) findings.add(weigh_identifier(questions, statements));
  return findings;
}

}  // namespace interdict::screen
