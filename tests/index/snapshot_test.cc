// The file: what goes in comes out, the same bytes in any order, and nothing damaged opens.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "index/checksum.h"
#include "index/codec.h"
#include "index/format.h"
#include "index/index.h"
#include "tests/index/synthetic.h"

namespace interdict::index {
namespace {

namespace fs = std::filesystem;

class SnapshotTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ =
        fs::temp_directory_path() / ("interdict_snapshot_" + std::string(test->name()) + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path write(const std::vector<Party>& parties, const std::string& name = "a.idx") {
    Builder builder;
    builder.describe(R"({"as_of":"2026-01-01"})");
    for (const Party& party : parties) builder.add(party, party.id.ends_with("7") ? "last_known" : "");
    const fs::path path = folder_ / name;
    const auto written = builder.write(path);
    EXPECT_TRUE(written.ok()) << (written.ok() ? "" : written.error().to_string());
    return path;
  }
  static std::string bytes_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream out;
    out << in.rdbuf();
    return out.str();
  }

  fs::path folder_;
};

TEST(Checksum, IsXxh64) {
  const auto of = [](std::string_view text) { return xxh64(std::as_bytes(std::span(text))); };
  EXPECT_EQ(of(""), 0xEF46DB3751D8E999ULL);
  EXPECT_EQ(of("a"), 0xD24EC4F1A98C6E5BULL);
  EXPECT_EQ(of("abc"), 0x44BC2CF5AD770999ULL);
  EXPECT_EQ(of("Nobody inspects the spammish repetition"), 0xFBCEA83C8A378BF1ULL);
}

TEST_F(SnapshotTest, GivesBackWhatWentIn) {
  std::vector<Party> parties = synthetic::world(1, 500);
  parties[3].statements.push_back(Statement{Prop::address, "1 Street", {}}.with(Detail::city, "Minsk"));
  const auto snapshot = Snapshot::open(write(parties));
  ASSERT_TRUE(snapshot.ok()) << snapshot.error().to_string();
  EXPECT_EQ(snapshot->world_json(), R"({"as_of":"2026-01-01"})");
  ASSERT_EQ(snapshot->party_count(), parties.size());

  std::uint32_t names_seen = 0;
  for (const Party& party : parties) {
    const auto number = snapshot->find(party.id);
    ASSERT_TRUE(number.has_value()) << party.id;
    const Entry entry = snapshot->entry(*number);
    EXPECT_EQ(entry.id, party.id);
    EXPECT_EQ(entry.source, party.source);
    EXPECT_EQ(entry.schema, party.schema);
    EXPECT_EQ(entry.caption, party.caption());
    EXPECT_EQ(entry.standing, party.id.ends_with("7") ? "last_known" : "");
    EXPECT_EQ(entry.statements, party.statements);

    std::uint32_t name = snapshot->first_name(*number);
    for (const Statement& statement : party.statements) {
      if (!is_name(statement.prop)) continue;
      ASSERT_LT(name, snapshot->first_name(*number + 1));
      const names::Name& stored = snapshot->name(name);
      const names::Name fresh = names::analyse(statement.value, names::kind_of(party.schema));
      EXPECT_EQ(stored.text, fresh.text);
      EXPECT_EQ(stored.kind, fresh.kind);
      EXPECT_EQ(stored.pieces, fresh.pieces);
      ASSERT_EQ(stored.tokens.size(), fresh.tokens.size());
      for (std::size_t i = 0; i < fresh.tokens.size(); ++i) {
        EXPECT_EQ(stored.tokens[i].text, fresh.tokens[i].text);
        EXPECT_EQ(stored.tokens[i].form, fresh.tokens[i].form);
        EXPECT_EQ(stored.tokens[i].role, fresh.tokens[i].role);
        EXPECT_EQ(stored.tokens[i].weight, fresh.tokens[i].weight);
      }
      EXPECT_EQ(names::score(fresh, stored, 0), names::score(fresh, fresh, 0));
      EXPECT_EQ(snapshot->party_of(name), *number);
      ++name;
      ++names_seen;
    }
    EXPECT_EQ(name, snapshot->first_name(*number + 1));
  }
  EXPECT_EQ(names_seen, snapshot->name_count());
  EXPECT_FALSE(snapshot->find("nobody:0").has_value());
}

TEST_F(SnapshotTest, IsTheSameBytesInAnyOrderOfAdding) {
  std::vector<Party> parties = synthetic::world(2, 300);
  const std::string sorted = bytes_of(write(parties, "one.idx"));
  synthetic::Random random(5);
  for (int i = 0; i < 3; ++i) {
    for (std::size_t k = parties.size(); k > 1; --k) std::swap(parties[k - 1], parties[synthetic::below(random, k)]);
    EXPECT_EQ(bytes_of(write(parties, "two.idx")), sorted);
  }
}

TEST_F(SnapshotTest, FindsIdentifiersHoweverWritten) {
  Party ship{"t:1", "t", "Vessel", {{Prop::name, "Sea Star", {}}, {Prop::imo_number, "IMO 9187-629", {}}}};
  Party twin{"t:2", "t", "Vessel", {{Prop::name, "Star", {}}, {Prop::other_identifier, "imo9187629", {}}}};
  const auto snapshot = Snapshot::open(write({twin, ship}));
  ASSERT_TRUE(snapshot.ok());
  EXPECT_EQ(snapshot->by_identifier(normalise_identifier("imo 9187629")), (std::vector<std::uint32_t>{0, 1}));
  EXPECT_TRUE(snapshot->by_identifier("9187628").empty());
  EXPECT_TRUE(snapshot->by_identifier("").empty());
}

TEST(NormaliseIdentifier, BringsSpellingsTogether) {
  EXPECT_EQ(normalise_identifier(" ab-12.3/c "), "AB123C");
  EXPECT_EQ(normalise_identifier("IMO 9187629"), "9187629");
  EXPECT_EQ(normalise_identifier("IMO 9187A29"), "IMO9187A29");
  EXPECT_EQ(normalise_identifier("sberrummxxx"), "SBERRUMM");
  EXPECT_EQ(normalise_identifier("SBERRUMM012"), "SBERRUMM012");
  EXPECT_EQ(normalise_identifier("12345678XXX"), "12345678XXX");
  EXPECT_EQ(normalise_identifier("—"), "");
}

TEST_F(SnapshotTest, HoldsAnEmptyWorld) {
  const auto snapshot = Snapshot::open(write({}));
  ASSERT_TRUE(snapshot.ok()) << snapshot.error().to_string();
  EXPECT_EQ(snapshot->party_count(), 0U);
  EXPECT_TRUE(snapshot->candidates(names::analyse("Ivan", names::Kind::person), 0.5).empty());
}

TEST_F(SnapshotTest, RefusesOneListingTwice) {
  const Party party{"t:1", "t", "Person", {{Prop::name, "A B", {}}}};
  Builder builder;
  builder.add(party, "");
  builder.add(party, "");
  const auto written = builder.write(folder_ / "x.idx");
  ASSERT_FALSE(written.ok());
  EXPECT_EQ(written.error().fault, Fault::inconsistent);
  EXPECT_FALSE(fs::exists(folder_ / "x.idx"));
}

TEST_F(SnapshotTest, SaysWhyItCannotWriteOrOpen) {
  Builder builder;
  const auto written = builder.write(folder_ / "no" / "such" / "folder.idx");
  ASSERT_FALSE(written.ok());
  EXPECT_EQ(written.error().fault, Fault::io);
  EXPECT_EQ(Snapshot::open(folder_ / "absent").error().fault, Fault::not_found);
  EXPECT_EQ(Snapshot::open(folder_).error().fault, Fault::bad_input);
  std::ofstream(folder_ / "empty").close();
  EXPECT_EQ(Snapshot::open(folder_ / "empty").error().fault, Fault::bad_input);
}

Result<Snapshot> open_bytes(const std::string& bytes, std::vector<std::uint64_t>& aligned) {
  aligned.assign(bytes.size() / 8 + 1, 0);
  std::memcpy(aligned.data(), bytes.data(), bytes.size());
  return Snapshot::over(std::as_bytes(std::span(aligned)).first(bytes.size()), "memory");
}

TEST_F(SnapshotTest, EveryTruncationIsAnError) {
  const std::string bytes = bytes_of(write(synthetic::world(3, 4)));
  std::vector<std::uint64_t> aligned;
  ASSERT_TRUE(open_bytes(bytes, aligned).ok());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    ASSERT_FALSE(open_bytes(bytes.substr(0, size), aligned).ok()) << size << " of " << bytes.size();
  }
  EXPECT_FALSE(open_bytes(bytes + '\0', aligned).ok());
}

TEST_F(SnapshotTest, EveryFlippedBitIsAnError) {
  std::string bytes = bytes_of(write(synthetic::world(4, 4)));
  std::vector<std::uint64_t> aligned;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const char kept = bytes[at];
    bytes[at] = static_cast<char>(kept ^ (1 << (at % 8)));
    ASSERT_FALSE(open_bytes(bytes, aligned).ok()) << "byte " << at;
    bytes[at] = kept;
  }
}

// A checksum proves nothing about a file made to deceive: with it mended, the file either is refused, or is safe to
// use.
TEST_F(SnapshotTest, DamageUnderAGoodChecksumIsSafe) {
  const std::string good = bytes_of(write(synthetic::world(6, 12)));
  const names::Name query = names::analyse("Ivan Mohammed Trading", names::Kind::person);
  synthetic::Random random(7);
  std::vector<std::uint64_t> aligned;
  int refused = 0;
  constexpr int tries = 4000;
  for (int i = 0; i < tries; ++i) {
    std::string bytes = good;
    const std::size_t at = checksum_from + synthetic::below(random, bytes.size() - checksum_from);
    bytes[at] = static_cast<char>(synthetic::below(random, 256));
    const std::uint64_t sum = xxh64(std::as_bytes(std::span(bytes)).subspan(checksum_from));
    std::memcpy(bytes.data() + offsetof(Header, checksum), &sum, sizeof sum);
    const auto snapshot = open_bytes(bytes, aligned);
    if (!snapshot.ok()) {
      ++refused;
      continue;
    }
    for (const auto& candidate : snapshot->candidates(query, 0.3))
      (void)names::score(query, snapshot->name(candidate.name), 0);
    for (std::uint32_t party = 0; party < snapshot->party_count(); ++party) (void)snapshot->entry(party);
  }
  EXPECT_GT(refused, tries / 4);
}

// A piece is kept as it was made: nothing of it may differ from making it anew.
TEST(Piece, ComesOutAsItWentIn) {
  for (const std::string_view form :
       {"mohammed", "zhang", "chang", "kowalczyk", "tsikhanouskaya", "747", "a7", "q", "\u10d0"}) {
    const names::Unit made = names::make_unit(form);
    Writer out;
    write_piece(out, made);
    ASSERT_TRUE(is_sound_piece(out.bytes())) << form;
    const names::Unit read = read_piece(out.bytes());
    EXPECT_EQ(read_form(out.bytes()), form);
    EXPECT_EQ(read.form, made.form);
    EXPECT_EQ(read.hash, made.hash);
    EXPECT_EQ(read.letters, made.letters);
    EXPECT_EQ(read.length, made.length);
    EXPECT_EQ(read.skeletons, made.skeletons) << form;
    EXPECT_EQ(read.sounds, made.sounds) << form;
    EXPECT_EQ(read.has_digit, made.has_digit);
    EXPECT_EQ(read.is_known, made.is_known);
    EXPECT_EQ(read.is_pinyin, made.is_pinyin);
    EXPECT_EQ(read.is_taught, made.is_taught);
    ASSERT_EQ(read.variant_count, made.variant_count) << form;
    for (std::size_t i = 0; i < made.variant_count; ++i) {
      EXPECT_EQ(read.variants.at(i).family, made.variants.at(i).family);
      EXPECT_EQ(read.variants.at(i).closeness, made.variants.at(i).closeness);
    }
  }
}

// What reads a snapshot relies on its texts being UTF-8, wherever they stand.
TEST_F(SnapshotTest, RefusesTextThatIsNotUtf8) {
  Statement birth_place{Prop::birth_place, "Xyzzyville", {}};
  birth_place.with(Detail::city, "Xyzzytown");
  const std::string good = bytes_of(write({{"a:1", "a", "Person", {{Prop::name, "Xyzzy Plugh", {}}, birth_place}}}));
  std::vector<std::uint64_t> aligned;
  int places = 0;
  for (std::size_t at = good.find("Xyzzy"); at != std::string::npos; at = good.find("Xyzzy", at + 1)) {
    std::string bytes = good;
    bytes[at + 1] = '\xff';
    const std::uint64_t sum = xxh64(std::as_bytes(std::span(bytes)).subspan(checksum_from));
    std::memcpy(bytes.data() + offsetof(Header, checksum), &sum, sizeof sum);
    const auto snapshot = open_bytes(bytes, aligned);
    ASSERT_FALSE(snapshot.ok()) << "byte " << at;
    EXPECT_NE(snapshot.error().message.find("malformed"), std::string::npos) << snapshot.error().message;
    ++places;
  }
  EXPECT_EQ(places, 6);  // caption, name, two of the place, the analysed name and its part
}

TEST_F(SnapshotTest, RefusesOtherVersions) {
  std::string bytes = bytes_of(write(synthetic::world(8, 2)));
  std::vector<std::uint64_t> aligned;
  bytes[offsetof(Header, version)] = 99;
  const auto newer = open_bytes(bytes, aligned);
  ASSERT_FALSE(newer.ok());
  EXPECT_EQ(newer.error().fault, Fault::unsupported);
  EXPECT_NE(newer.error().message.find("version 99"), std::string::npos);
  EXPECT_EQ(newer.error().place.file, "memory");
}

}  // namespace
}  // namespace interdict::index
