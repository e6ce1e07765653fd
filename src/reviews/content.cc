#include "reviews/content.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace interdict::reviews {
namespace {

bool matters(Prop prop) {
  switch (prop) {
    case Prop::birth_date:
    case Prop::birth_place:
    case Prop::birth_country:
    case Prop::death_date:
    case Prop::gender:
    case Prop::nationality:
    case Prop::citizenship:
    case Prop::country:
    case Prop::jurisdiction:
    case Prop::address:
    case Prop::flag:
    case Prop::past_flags:
    case Prop::programme:
    case Prop::measure:
    case Prop::topic:
      return true;
    default:
      return is_name(prop) || is_identifier(prop);
  }
}

bool matters(Detail detail) {
  return detail == Detail::strength || detail == Detail::until || detail == Detail::circa ||
         detail == Detail::country || detail == Detail::field || detail == Detail::currency;
}

/// A value that fits on a line: tabs and ends of lines would end it.
std::string on_a_line(std::string_view value) {
  std::string out(value);
  std::ranges::replace_if(out, [](char c) { return c >= 0 && c < ' '; }, ' ');
  return out;
}

void put_in_order(Facts& facts) {
  std::ranges::sort(facts);
  const auto twice = std::ranges::unique(facts);
  facts.erase(twice.begin(), twice.end());
}

std::string sha256(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  INTERDICT_ASSERT(EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr) == 1);
  std::string out = "sha256:";
  for (unsigned i = 0; i < length; ++i) out += fmt::format("{:02x}", digest.at(i));
  return out;
}

}  // namespace

Facts listing_facts(std::string_view schema, const std::vector<Statement>& statements) {
  Facts out = {{"schema", on_a_line(schema)}};
  for (const Statement& statement : statements) {
    if (!matters(statement.prop)) continue;
    std::string value = on_a_line(statement.value);
    std::string separator = " (";
    for (const Qualifier& qualifier : statement.details) {
      if (!matters(qualifier.detail)) continue;
      value += fmt::format("{}{}: {}", separator, to_string(qualifier.detail), on_a_line(qualifier.value));
      separator = ", ";
    }
    if (separator == ", ") value += ')';
    out.push_back({std::string(to_string(statement.prop)), std::move(value)});
  }
  put_in_order(out);
  return out;
}

Facts customer_facts(const screen::Query& query) {
  Facts out = {{"schema", on_a_line(query.schema)}};
  const auto add = [&](const char* field, const std::vector<std::string>& values) {
    for (const std::string& value : values) out.push_back({field, on_a_line(value)});
  };
  add("name", query.names);
  add("alias", query.aliases);
  for (const PartialDate& date : query.birth_dates) out.push_back({"birthDate", date.to_string()});
  add("country", query.countries);
  add("gender", query.genders);
  add("idNumber", query.id_numbers);
  add("address", query.addresses);
  put_in_order(out);
  return out;
}

Content content_of(Facts customer, Facts listing) {
  Content out{std::move(customer), std::move(listing), {}};
  out.hash = sha256("customer\n" + to_text(out.customer) + "listing\n" + to_text(out.listing));
  return out;
}

std::optional<Facts> listing_facts(const index::Snapshot& snapshot, std::string_view listing) {
  const auto party = snapshot.find(listing);
  if (!party) return std::nullopt;
  const index::Entry entry = snapshot.entry(*party);
  return listing_facts(entry.schema, entry.statements);
}

Result<Content> content_of(const screen::Query& query, const index::Snapshot& snapshot, std::string_view listing) {
  auto listed = listing_facts(snapshot, listing);
  if (!listed) return Error{Fault::not_found, fmt::format("no listing '{}'", listing), {}};
  return content_of(customer_facts(query), std::move(*listed));
}

std::vector<Difference> differences(const Content& before, const Content& after) {
  std::vector<Difference> out;
  const auto compare = [&](const Facts& old_facts, const Facts& new_facts, bool of_listing) {
    Facts gone;
    Facts came;
    std::ranges::set_difference(old_facts, new_facts, std::back_inserter(gone));
    std::ranges::set_difference(new_facts, old_facts, std::back_inserter(came));
    const std::size_t first = out.size();
    for (Fact& fact : gone) out.push_back({of_listing, false, std::move(fact)});
    for (Fact& fact : came) out.push_back({of_listing, true, std::move(fact)});
    std::stable_sort(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
                     [](const Difference& a, const Difference& b) { return a.fact.field < b.fact.field; });
  };
  compare(before.listing, after.listing, true);
  compare(before.customer, after.customer, false);
  return out;
}

std::string to_text(const Facts& facts) {
  std::string out;
  for (const Fact& fact : facts) out += fmt::format("{}\t{}\n", fact.field, fact.value);
  return out;
}

Facts facts_from(std::string_view text) {
  Facts out;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos) continue;
    out.push_back({std::string(line.substr(0, tab)), std::string(line.substr(tab + 1))});
  }
  return out;
}

}  // namespace interdict::reviews
