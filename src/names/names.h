// The names room: a name analysed into parts, and two names compared, with the reasons.
//
// Parts of one name are paired with parts of the other so that the total agreement is greatest; the score is computed
// from those pairs (and what was left over) and from nothing else, so the explanation is the computation.
//
// Comparison is directional: `query` is what somebody asks about, `listed` what a list holds. What the query omits and
// what the listing omits may weigh differently. An identical name always scores highest; deleting an agreeing part
// never raises the score. Every score is in 0..1. All functions are pure and thread-safe; tables are compiled in and
// versioned.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "names/unit.h"

namespace interdict::names {

/// Which rules of naming apply. Vessels, aircraft and other things are objects.
enum class Kind : std::uint8_t { person, organisation, object };

/// The kind of a FollowTheMoney schema; LegalEntity and Thing, which say neither, are read as organisation.
[[nodiscard]] Kind kind_of(std::string_view schema);

enum class Role : std::uint8_t {
  plain,  // no more is known
  given,
  family,
  patronymic,
  particle,    // al, bin, van, de la
  title,       // Mr, Dr, Sheikh, General
  legal_form,  // LLC, OAO, GmbH, brought to one canonical form
  number,      // digits, ordinals and Roman numerals, brought to digits
  initial,     // one letter
};
[[nodiscard]] const char* to_string(Role role);

/// One part of an analysed name.
struct Token {
  std::string text;  // as written
  std::string form;  // what is compared: transliterated to Latin, lower case, without marks; never empty
  Role role = Role::plain;
  float weight = 1;  // how much agreeing on it says: rarity, lowered for particles, titles and legal forms
};

/// What a list says of a name's parts; empty where it says nothing.
struct PartHints {
  std::string_view given;
  std::string_view patronymic;
  std::string_view family;
};

/// What kind of disagreement a part left over can be: parts left on both sides of one pool contradict each other.
enum class Pool : std::uint8_t {
  core,
  patronymic,  // its absence is common
  place,       // tells sister firms apart
  number,      // tells siblings apart
  minor,       // particles, titles, legal forms, repeated parts: neither here nor there
};
[[nodiscard]] const char* to_string(Pool pool);

/// What a part counts when it agrees and when the other side lacks it; follows from the tokens.
struct Measure {
  float weight = 1;
  Pool pool = Pool::core;
  /// Of a part written as one Han or Hangul character, that character (Han simplified), else 0: what sounds alike there
  /// is not the same.
  std::uint32_t syllable = 0;
};

/// Whether a name is a man's or a woman's by its own words: son of, daughter of, the endings of Slavic names, the Van
/// and Thi of Vietnamese ones.
enum class Sex : std::uint8_t { unsaid, man, woman };

/// Longer names are compared by their first parts: one machine word holds which parts are paired.
inline constexpr std::size_t parts_most = 64;

/// A name ready to be compared. Made once per query and once per listed name.
struct Name {
  std::string text;
  Kind kind = Kind::person;
  std::vector<Token> tokens;  // in the order written

  /// Handles for finding the name in an index: token forms, and adjacent forms joined (al qaida → alqaida). Sorted,
  /// distinct.
  std::vector<std::string> pieces;

  // Worked out by `prepare`, so that comparing is cheap.
  std::vector<Measure> measures;           // of each token
  std::vector<Unit> units;                 // the tokens, the adjacent pairs joined, the acronym if there is one
  std::vector<Glance> glances;             // of the units
  std::vector<std::uint32_t> unit_pieces;  // the piece of each unit
  std::uint64_t acronym_mask = 0;          // of an organisation: the tokens whose first letters are the last unit
  std::uint64_t children = 0;              // tokens before "bin" or "ibn" and not after one
  std::uint64_t fathers = 0;               // tokens after it and not before one
  std::uint8_t generation = 0;             // of a person: words.h generation_of what ends the name
  std::uint32_t imo = 0;                   // of a ship: the IMO number beside its name, 0 for none
  Sex sex = Sex::unsaid;                   // of a person: what words and endings say
  bool syllabic = false;                   // of a person: three parts of one syllable each (Kim Chol Sok)
  std::uint64_t writing = 0;               // equal for names written with the same words in any order
};

/// Never fails: text with nothing to compare gives a Name without tokens, which scores 0 against everything.
[[nodiscard]] Name analyse(std::string_view text, Kind kind, const PartHints& hints = {});

/// Fills all that follows from `kind` and `tokens`: for a Name that was stored and read back. Those of its units that
/// were kept, at the places they had, need not be made again.
void prepare(Name& name, std::vector<Unit> kept = {});

/// How two parts were found to agree; spelled in JSON as here.
enum class How : std::uint8_t { same, variant, near, initial, compound, phonetic };
[[nodiscard]] const char* to_string(How how);

/// How alike two prepared pieces are, and why; `piece_similarity` is this on pieces not yet prepared.
struct Likeness {
  float similarity = 0;
  How how = How::same;
};
[[nodiscard]] Likeness likeness(const Unit& left, const Unit& right);

struct Pair {
  std::string query;  // the parts as written; several joined by a space for a compound
  std::string listed;
  double similarity = 0;  // 0..1
  double weight = 0;
  How how = How::same;
};

/// A part that found no partner.
struct Leftover {
  std::string text;  // as written
  double weight = 0;
  Pool pool = Pool::core;
};

/// One thing that lowered the score beside unlike pairs: `weight` units of it at `rate` each, or a factor.
struct Cost {
  /// "contradict", "only in the query", "only on the list", these two with "more " before them, or "thin evidence".
  std::string what;
  Pool pool = Pool::core;
  double weight = 0;
  double rate = 0;
};
struct Factor {
  std::string what;  // "order differs", ...
  double value = 1;
};

/// All that the score was computed from: with A, M and W the sum of weight x similarity, the sum of weight and the
/// greatest weight x (1 - similarity) of the pairs, slips = M - A - W, and
/// score = (A - compounding x slips) / (M + the sum of weight x rate of the costs) x the factors, within 0..1.
struct Comparison {
  double score = 0;
  std::vector<Pair> pairs;
  std::vector<Leftover> query_left;
  std::vector<Leftover> listed_left;
  double compounding = 0;
  std::vector<Cost> costs;
  std::vector<Factor> factors;
  std::vector<std::string> notes;  // what else moved the score: "numbers differ", "order differs", ...
};

/// Nothing when the score would be below `floor`; the pruning is exact: any score returned equals the one floor = 0
/// gives.
[[nodiscard]] std::optional<Comparison> compare(const Name& query, const Name& listed, double floor);

/// The same score without building the explanation; 0 when below `floor`.
[[nodiscard]] double score(const Name& query, const Name& listed, double floor);

// What an exact index may rely on, beside bound.h. -------------------------------------------------------------------

/// Similarity of two pieces: 0 for unrelated pieces, which then count as nothing in `score`. Symmetric.
/// Greater than 0 only if the pieces are equal, or `lookup_keys` of one and `piece_keys` of the other share a key, or
/// the pieces lie within `max_edits` of the shorter one.
[[nodiscard]] float piece_similarity(std::string_view left, std::string_view right);

/// Where variants of a piece meet.
struct Key {
  char what =
      0;  // 's': of a consonant skeleton, 'v': a family of spellings, 'w': a word's first letter, 'i': an initial
  std::uint64_t value = 0;
  bool operator==(const Key&) const = default;
};
/// Under which a piece is filed: few.
[[nodiscard]] std::vector<Key> piece_keys(const Unit& piece);
/// To look a piece up by: those of `piece_keys`, but an initial is looked up as its words and a word as its initial, so
/// that a word need not meet every other word with its first letter.
[[nodiscard]] std::vector<Key> lookup_keys(const Unit& piece);
/// Greatest Levenshtein distance (in bytes of the form) at which two pieces may still be similar, by the shorter's
/// length.
[[nodiscard]] int max_edits(std::size_t shorter_length);
/// The same by both lengths, which may allow fewer.
[[nodiscard]] int max_edits(std::size_t shorter_length, std::size_t longer_length);
/// The same where one of the pieces is two parts joined, and agrees by spelling alone and near enough to count; where
/// they agree by more, they share a key.
[[nodiscard]] int max_joined_edits(std::size_t shorter_length);

/// Version of the tables that scores depend on; changes when any score may.
[[nodiscard]] std::string_view table_version();

}  // namespace interdict::names
