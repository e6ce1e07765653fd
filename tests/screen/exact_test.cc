// The promise of the house: what the index answers is what scoring everything answers, hit for hit.
#include <gtest/gtest.h>

#include <algorithm>

#include "screen/screen.h"
#include "tests/index/synthetic.h"
#include "tests/screen/snapshot_of.h"

namespace interdict::screen {
namespace {

void expect_same(const std::vector<Hit>& indexed, const std::vector<Hit>& plain, const std::string& what) {
  ASSERT_EQ(indexed.size(), plain.size()) << what;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    ASSERT_EQ(indexed[i].id, plain[i].id) << what << " at " << i;
    ASSERT_EQ(indexed[i].score, plain[i].score) << what << " at " << i;  // to the bit
    ASSERT_EQ(indexed[i].matched_name, plain[i].matched_name) << what << " at " << i;
    ASSERT_EQ(indexed[i].evidence.size(), plain[i].evidence.size());
    for (std::size_t k = 0; k < plain[i].evidence.size(); ++k) {
      ASSERT_EQ(indexed[i].evidence[k].effect, plain[i].evidence[k].effect);
      ASSERT_EQ(indexed[i].evidence[k].listed, plain[i].evidence[k].listed);
    }
  }
}

Query any_query(synthetic::Random& random, const std::vector<Party>& parties) {
  static constexpr std::array<const char*, 7> schemas = {"Thing",       "Person", "Person",      "Company",
                                                         "LegalEntity", "Vessel", "Organization"};
  const Party& target = synthetic::pick(random, parties);
  Query query;
  query.schema = synthetic::chance(random, 60) ? target.schema : synthetic::pick(random, schemas);
  std::vector<std::string_view> names = target.values(Prop::name);
  for (const auto alias : target.values(Prop::alias)) names.push_back(alias);
  const std::string name(synthetic::pick(random, names));
  query.names.push_back(synthetic::chance(random, 15) ? synthetic::person_name(random)
                                                      : synthetic::distort(random, name));
  if (synthetic::chance(random, 15)) query.aliases.push_back(synthetic::distort(random, name));
  if (synthetic::chance(random, 5)) query.names.clear();
  if (synthetic::chance(random, 30)) {
    const auto known = target.values(Prop::birth_date);
    const std::string date = known.empty() || synthetic::chance(random, 40)
                                 ? synthetic::date(random)
                                 : std::string(synthetic::pick(random, known));
    query.birth_dates.push_back(*PartialDate::parse(date));
  }
  if (synthetic::chance(random, 30)) query.countries.emplace_back(synthetic::pick(random, synthetic::countries));
  if (synthetic::chance(random, 20)) query.genders.emplace_back(synthetic::pick(random, synthetic::genders));
  for (const Statement& s : target.statements) {
    if (is_identifier(s.prop) && synthetic::chance(random, 30)) query.id_numbers.push_back(s.value);
    if (s.prop == Prop::address && synthetic::chance(random, 30)) query.addresses.push_back(s.value);
  }
  if (synthetic::chance(random, 10)) query.id_numbers.push_back(synthetic::number(random, 7));
  return query;
}

class Exact : public ::testing::TestWithParam<double> {};

TEST_P(Exact, IndexedEqualsExhaustive) {
  std::vector<Party> parties = synthetic::world(21, 1500);
  // Collisions: one name, many parties; and a party that has no name at all, only a number.
  for (int i = 0; i < 40; ++i) {
    parties.push_back({"tie:" + std::to_string(i), "tie", "Person", {{Prop::name, "Ivan Petrov", {}}}});
  }
  parties.push_back({"bare:1", "bare", "Person", {{Prop::passport_number, "QX4711001", {}}}});
  const index::Snapshot snapshot = snapshot_of(parties);
  synthetic::Random random(22);
  std::size_t hits = 0;
  for (int i = 0; i < 250; ++i) {
    Query query = any_query(random, parties);
    if (i == 0) query = Query{.names = {"Ivan Petrov"}};
    if (i == 1) query = Query{.names = {"Nobody At All"}, .id_numbers = {"qx 4711 001"}};
    Options options;
    options.threshold = GetParam();
    options.limit = i % 3 == 0 ? 0 : 1 + synthetic::below(random, 12);
    if (i % 7 == 0) options.sources = {"test_two"};
    const std::vector<Hit> plain = exhaustive(snapshot, query, options);
    expect_same(screen(snapshot, query, options), plain,
                "query " + std::to_string(i) + " " + (query.names.empty() ? "" : query.names.front()));
    hits += plain.size();
  }
  EXPECT_GT(hits, 50U);
}

// 0.0 and 0.2 are reached by evidence alone: then everything has to be looked at.
INSTANTIATE_TEST_SUITE_P(Thresholds, Exact, ::testing::Values(0.0, 0.2, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0));

}  // namespace
}  // namespace interdict::screen
