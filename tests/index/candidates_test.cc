// Exactness: nothing that could reach the floor is left out, by comparison with looking at everything.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "index/format.h"
#include "index/index.h"
#include "index/mapped.h"
#include "index/neighbours.h"
#include "tests/index/synthetic.h"

namespace interdict::index {
namespace {

namespace fs = std::filesystem;

Snapshot snapshot_of(const std::vector<Party>& parties) {
  Builder builder;
  for (const Party& party : parties) builder.add(party, "");
  const fs::path path = fs::temp_directory_path() / ("interdict_candidates_" + std::to_string(::getpid()) + ".idx");
  EXPECT_TRUE(builder.write(path).ok());
  auto snapshot = Snapshot::open(path);
  fs::remove(path);  // the mapping keeps the bytes
  return std::move(snapshot).value();
}

TEST(Segments, TileThePiece) {
  for (std::size_t length = 0; length < 40; ++length) {
    for (std::size_t count = 1; count < 6; ++count) {
      std::size_t next = 0;
      for (std::size_t i = 0; i < count; ++i) {
        const Segment s = segment(length, count, i);
        EXPECT_EQ(s.start, next);
        next = s.start + s.length;
      }
      EXPECT_EQ(next, length);
    }
  }
}

// The index files pieces under max_edits of their own length and trusts that a shorter partner allows no more.
TEST(Segments, MaxEditsNeverFallsWithLength) {
  for (std::size_t length = 1; length < 200; ++length)
    EXPECT_GE(names::max_edits(length), names::max_edits(length - 1));
  for (std::size_t length = 1; length < 200; ++length) {
    EXPECT_GE(names::max_joined_edits(length), names::max_joined_edits(length - 1));
    EXPECT_LE(names::max_joined_edits(length), names::max_edits(length));
  }
}

class Candidates : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    parties_ = new std::vector<Party>(synthetic::world(11, 1200));
    // What synthetic names lack: one-letter parts, nothing at all, very long parts, one part many times.
    parties_->push_back({"odd:1", "odd", "Person", {{Prop::name, "A B", {}}, {Prop::alias, "!!!", {}}}});
    parties_->push_back({"odd:2", "odd", "Person", {{Prop::name, std::string(90, 'x') + " Ivanov", {}}}});
    parties_->push_back({"odd:3", "odd", "Person", {{Prop::name, "Ali Ali Ali Ali", {}}}});
    parties_->push_back({"odd:4", "odd", "Company", {{Prop::name, "Llc", {}}}});
    snapshot_ = new Snapshot(snapshot_of(*parties_));
  }
  static void TearDownTestSuite() {
    delete snapshot_;
    delete parties_;
  }

  static std::string any_query(synthetic::Random& random) {
    const std::uint32_t name = static_cast<std::uint32_t>(synthetic::below(random, snapshot_->name_count()));
    if (synthetic::chance(random, 20)) return synthetic::person_name(random);
    return synthetic::distort(random, snapshot_->name(name).text);
  }

  static inline std::vector<Party>* parties_ = nullptr;
  static inline Snapshot* snapshot_ = nullptr;
};

TEST_F(Candidates, LeaveOutOnlyWhatIsBelowTheFloor) {
  synthetic::Random random(12);
  std::size_t kept = 0;
  std::size_t scored = 0;
  std::size_t reached = 0;
  std::vector<std::string> queries = {
      "A", "A B", "Ivan", "", "!!!", std::string(90, 'x') + " Ivanov", std::string(89, 'x'), "Llc"};
  while (queries.size() < 150) queries.push_back(any_query(random));
  for (const std::string& text : queries) {
    for (const names::Kind kind : {names::Kind::person, names::Kind::organisation, names::Kind::object}) {
      const names::Name query = names::analyse(text, kind);
      for (const double floor : {0.3, 0.5, 0.7, 0.85, 0.95}) {
        const auto candidates = snapshot_->candidates(query, floor);
        ASSERT_TRUE(std::is_sorted(candidates.begin(), candidates.end(),
                                   [](const auto& a, const auto& b) { return a.name < b.name; }));
        kept += candidates.size();
        auto next = candidates.begin();
        for (std::uint32_t name = 0; name < snapshot_->name_count(); ++name) {
          if (snapshot_->name(name).kind != kind) continue;
          ++scored;
          const double score = names::score(query, snapshot_->name(name), 0);
          while (next != candidates.end() && next->name < name) ++next;
          const bool is_candidate = next != candidates.end() && next->name == name;
          if (is_candidate) {
            ASSERT_LE(score, static_cast<double>(next->bound)) << text << " / " << snapshot_->name(name).text;
          } else {
            ASSERT_LT(score, floor) << text << " / " << snapshot_->name(name).text;
          }
          if (score >= floor) ++reached;
        }
      }
    }
  }
  EXPECT_GT(reached, 1000U);     // the queries do find something
  EXPECT_LT(kept * 10, scored);  // and the index does leave most names out
}

// Skipping a posting is right only if nothing is missing from its company.
TEST(Company, IsAllThatMayPairBesides) {
  std::vector<Party> parties = synthetic::world(14, 300);
  synthetic::Random random(15);
  std::string many;
  for (int i = 0; i < 25; ++i) many += synthetic::word(random, 5000) + " ";
  parties.push_back({"odd:1", "odd", "Company", {{Prop::name, many + "Trading Llc", {}}}});
  parties.push_back({"odd:2", "odd", "Person", {{Prop::name, "Ali Ali Omar Ali", {}}}});
  const Snapshot snapshot = snapshot_of(parties);
  const Snapshot::Impl& inside = snapshot.inside();
  std::size_t told = 0;
  std::size_t untold = 0;
  for (std::uint32_t run = 0; run + 1 < inside.postings.ranges.size(); ++run) {
    std::vector<std::set<std::uint16_t>> company;
    for (std::uint32_t at = inside.company_ranges[run]; at < inside.company_ranges[run + 1]; ++at) {
      if (inside.company[at].is_first() == 1) company.emplace_back();
      company.back().insert(inside.company[at].hash());
    }
    const auto posted = inside.postings[run];
    ASSERT_EQ(company.size(), posted.size());
    for (std::size_t i = 0; i < posted.size(); ++i) {
      if (company[i].contains(Companion::anybody)) {
        ++untold;
        continue;
      }
      const auto units = inside.name_units[posted[i]];
      const names::Name& name = snapshot.name(posted[i]);
      const auto mask = [&](std::size_t unit) { return unit_mask(unit, parts_among(units.size()), name.acronym_mask); };
      for (std::size_t unit = 0; unit < units.size(); ++unit) {
        if (units[unit] != run / kind_count) continue;
        for (std::size_t other = 0; other < units.size(); ++other) {
          if ((mask(unit) & mask(other)) != 0) continue;
          ASSERT_TRUE(company[i].contains(Companion::hash_of(units[other]))) << name.text;
          ++told;
        }
      }
    }
  }
  EXPECT_GT(told, 1000U);
  EXPECT_GT(untold, 10U);
}

TEST_F(Candidates, NeighboursAreAllSimilarPieces) {
  const Snapshot::Impl& inside = snapshot_->inside();
  std::map<names::Kind, std::map<std::uint32_t, bool>> occurs;  // by piece: whether as a part
  for (std::uint32_t name = 0; name < snapshot_->name_count(); ++name) {
    const auto units = inside.name_units[name];
    auto& as_part = occurs[snapshot_->name(name).kind];
    for (std::size_t i = 0; i < units.size(); ++i) as_part[units[i]] |= i < parts_among(units.size());
  }
  synthetic::Random random(13);
  std::size_t found = 0;
  std::size_t found_joined = 0;
  for (int i = 0; i < 1000; ++i) {
    std::string piece(inside.form_of(static_cast<std::uint32_t>(synthetic::below(random, inside.pieces.size()))));
    for (std::size_t n = synthetic::below(random, 4); n > 0; --n) piece = synthetic::typo(random, piece);
    const Make make = i % 2 == 0 ? Make::part : Make::joined;
    for (const auto& [kind, as_part] : occurs) {
      std::map<std::uint32_t, float> expected;
      for (const auto& [p, is_part] : as_part) {
        if (make == Make::joined && !is_part) continue;
        const float least = make == Make::joined || !is_part ? names::joined_least : 0.0F;
        const float s = names::piece_similarity(piece, inside.form_of(p));
        if (s > 0 && s >= least) expected[p] = s;
      }
      std::map<std::uint32_t, float> got;
      for (const Neighbour& n : find_neighbours(inside, names::make_unit(piece), make, kind)) {
        // Where hashes collide one that cannot pair may be met too; it is as similar as it says.
        EXPECT_EQ(names::piece_similarity(piece, inside.form_of(n.piece)), n.similarity) << piece;
        if (as_part.at(n.piece) || (make == Make::part && n.similarity >= names::joined_least)) {
          got[n.piece] = n.similarity;
        }
        if (!as_part.at(n.piece) && n.similarity < 1) ++found_joined;
      }
      ASSERT_EQ(got, expected) << piece;
      found += got.size();
    }
  }
  EXPECT_GT(found, 500U);
  EXPECT_GT(found_joined, 10U);
}

TEST_F(Candidates, StayInScope) {
  Snapshot::Scope scope;
  const auto labels = snapshot_->labels();
  for (const auto label : labels) {
    scope.schemas.push_back(label == "Company");
    scope.sources.push_back(label == "test_two");
  }
  const names::Name query = names::analyse("Trading", names::Kind::organisation);
  const auto all = snapshot_->candidates(query, 0.3);
  std::vector<std::uint32_t> expected;
  for (const auto& c : all) {
    const Entry entry = snapshot_->entry(snapshot_->party_of(c.name));
    if (entry.schema == "Company" && entry.source == "test_two") expected.push_back(c.name);
  }
  std::vector<std::uint32_t> got;
  for (const auto& c : snapshot_->candidates(query, 0.3, scope)) got.push_back(c.name);
  EXPECT_EQ(got, expected);
  EXPECT_FALSE(got.empty());
  EXPECT_LT(got.size(), all.size());
}

}  // namespace
}  // namespace interdict::index
