#include "lists/ca_sema.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "lists/list_values.h"
#include "text/text.h"

namespace interdict::lists {
namespace {

// "Belarus / Bélarus": English, then French.
std::string_view english_of(std::string_view text) { return trim(text.substr(0, text.find(" / "))); }

// "… Regulations (JVCFOR)": the acronym, where the text ends in one.
std::string_view acronym_of(std::string_view text) {
  const std::size_t open = text.rfind('(');
  if (open == std::string_view::npos || !text.ends_with(')')) return {};
  const std::string_view inside = text.substr(open + 1, text.size() - open - 2);
  const bool capitals = std::all_of(inside.begin(), inside.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  return inside.size() > 1 && capitals ? inside : std::string_view{};
}

std::string hyphenated(std::string_view text) {
  std::string out;
  bool gap = false;
  for (char c : text) {
    const bool word = text::is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
                      static_cast<unsigned char>(c) >= 0x80;
    if (!word) {
      gap = !out.empty();
      continue;
    }
    if (gap) out.push_back('-');
    gap = false;
    out.push_back(c);
  }
  return out;
}

// One day or two: "1972-08-10 or 1972-08-11", "1963 or 1964"; a span: "1963-1964".
void add_dates(Prop prop, std::string_view text, std::string_view field, RecordBuilder& out) {
  if (text.empty()) return;
  if (const auto date = PartialDate::parse(text)) {
    out.add(prop, date->to_string());
    return;
  }
  for (const std::string_view word : {" or ", " OR ", " Or "}) {
    const std::size_t at = text.find(word);
    if (at == std::string_view::npos) continue;
    const auto first = PartialDate::parse(trim(text.substr(0, at)));
    const auto second = PartialDate::parse(trim(text.substr(at + word.size())));
    if (!first || !second) break;
    out.add(prop, first->to_string()).with(Detail::original, text);
    out.add(prop, second->to_string()).with(Detail::original, text);
    return;
  }
  if (text.size() == 9 && text[4] == '-') {
    const auto from = PartialDate::parse(text.substr(0, 4));
    const auto until = PartialDate::parse(text.substr(5));
    if (from && until) {
      out.add(prop, from->to_string()).with(Detail::until, until->to_string());
      return;
    }
  }
  out.add_unmodelled(field, text);
  // "born in the early 1970s" is no fault of the list; a number that is no date is.
  if (std::all_of(text.begin(), text.end(), [](char c) { return text::is_digit(c) || c == '-' || c == '/'; })) {
    out.note_fault(fmt::format("{}: '{}' is not a date", field, text));
  }
}

// The end of a firm's name, after a comma that separates nothing.
bool is_tail_of_name(std::string_view text) {
  while (text.ends_with('.')) text.remove_suffix(1);
  constexpr std::string_view tails[] = {"Ltd", "Limited", "Inc", "LLC", "L.L.C", "JSC", "PJSC", "S.A", "GmbH"};
  return std::find(std::begin(tails), std::end(tails), text) != std::end(tails);
}

// The items between semicolons and commas, but not inside of brackets or quotation marks.
std::vector<std::string_view> split_aliases(std::string_view text) {
  std::vector<std::string_view> aliases;
  int depth = 0;
  bool quoted = false;
  std::size_t start = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const char c = at < text.size() ? text[at] : ';';
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    quoted = quoted != (c == '"');
    const bool inside = at < text.size() && (depth > 0 || quoted);
    if (inside || (c != ';' && c != ',')) continue;
    const std::string_view alias = trim(text.substr(start, at - start));
    if (!aliases.empty() && is_tail_of_name(alias)) {
      const auto begin = static_cast<std::size_t>(aliases.back().data() - text.data());
      aliases.back() = trim(text.substr(begin, at - begin));
    } else if (!alias.empty()) {
      aliases.push_back(alias);
    }
    start = at + 1;
  }
  return aliases;
}

// Aliases share one field; some say their language first: "Siarhei Karcheusky, Belarusian: Сяргей Карчэўскi".
void add_aliases(std::string_view text, RecordBuilder& out) {
  for (const std::string_view whole : split_aliases(text)) {
    std::string_view alias = whole;
    std::string_view language;
    if (const std::size_t colon = whole.find(':'); colon != std::string_view::npos) {
      const std::string_view word = trim(whole.substr(0, colon));
      if (text::language_code(word)) {
        language = word;
        alias = trim(whole.substr(colon + 1));
      }
    }
    Said said = out.add_name(Prop::alias, alias);
    said.in_language(language);
    if (alias.size() != trim(text).size()) said.with(Detail::original, text);
  }
}

}  // namespace

std::string ca_sema_id(std::string_view country, std::string_view schedule, std::string_view item) {
  const std::string_view english = english_of(country);
  const std::string_view acronym = acronym_of(english);
  return join({acronym.empty() ? hyphenated(english) : std::string(acronym), hyphenated(schedule), hyphenated(item)},
              ":");
}

std::optional<std::string> CaSema::fill(XmlElement record, RecordBuilder& out) {
  const std::string_view regime = record.text_of("Country");
  const std::string_view schedule = record.text_of("Schedule");
  const std::string_view item = record.text_of("Item");
  if (regime.empty() || item.empty()) return "no Country or no Item, which together are its id";

  const std::string_view last = record.text_of("LastName");
  const std::string_view given = record.text_of("GivenName");
  const std::string entity = join({record.text_of("Entity"), record.text_of("EntityOrShip")}, " ");
  const std::string_view imo = record.text_of("ShipIMONumber");
  const bool person = !last.empty() || !given.empty();
  out.begin(ca_sema_id(regime, schedule, item), person ? "Person" : imo.empty() ? "Organization" : "Vessel");

  if (person) {
    out.add_name(Prop::name, join({given, last}, " ")).with(Detail::first_name, given).with(Detail::last_name, last);
  }
  out.add_name(person ? Prop::alias : Prop::name, entity);
  add_aliases(record.text_of("Aliases"), out);
  out.add(Prop::imo_number, imo);

  const Prop date = person ? Prop::birth_date : imo.empty() ? Prop::registration_date : Prop::build_date;
  for (const char* field : {"DateOfBirth", "DateOfBirthOrShipBuildDate"}) {
    add_dates(date, record.text_of(field), field, out);
  }
  for (const char* field : {"Title", "TitleOrShip"}) {
    out.add(person ? Prop::title : Prop::vessel_type, record.text_of(field));
  }
  const std::string_view listed = record.text_of("DateOfListing");
  out.add_date(Prop::listing_date, PartialDate::parse(listed), listed, "DateOfListing");
  out.add(Prop::programme, regime);
  const std::string where = schedule.empty() ? std::string() : fmt::format("Schedule {}", schedule);
  out.add(Prop::reference, join({where, fmt::format("item {}", item)}, ", ")).with(Detail::field, "Schedule and Item");
  return std::nullopt;
}

}  // namespace interdict::lists
