#include "names/weigh.h"

#include <algorithm>
#include <array>

#include "names/words.h"

namespace interdict::names {
namespace {

// Weights; docs/matching.md says where each comes from.
constexpr float weight_rarest = 1.2F;
constexpr float weight_per_step = 0.050F;  // people: a step is half a doubling of the frequency
constexpr float weight_per_step_others = 0.045F;
constexpr float weight_least = 0.4F;
constexpr std::array<float, 4> short_weights = {0.45F, 0.65F, 0.8F, 1.0F};  // by length
constexpr float family_factor = 1.1F;
constexpr float patronymic_weight = 0.55F;
constexpr float particle_weight = 0.12F;
constexpr float title_weight = 0.08F;
constexpr float legal_weight = 0.15F;
constexpr float number_weight = 0.5F;
constexpr float initial_weight = 0.45F;
constexpr float repeated_factor = 0.3F;

float weight_by_rarity(const Token& token, Kind kind) {
  const Frequency seen = frequency_of(token.form);
  const float lowered = kind == Kind::person ? weight_per_step * static_cast<float>(seen.people)
                                             : weight_per_step_others * static_cast<float>(seen.others);
  // Few letters cannot be rare: syllables of Han and Hangul names, short family names.
  const float rarest = token.form.size() <= short_weights.size() ? short_weights[token.form.size() - 1] : weight_rarest;
  return std::max(std::min(weight_rarest - lowered, rarest), weight_least);
}

float weight_of(const Token& token, Kind kind) {
  switch (token.role) {
    case Role::particle:
      return particle_weight;
    case Role::title:
      return title_weight;
    case Role::legal_form:
      return legal_weight;
    case Role::number:
      return number_weight;
    case Role::initial:
      return initial_weight;
    case Role::patronymic:
      return patronymic_weight;
    case Role::family:
      return family_factor * weight_by_rarity(token, kind);
    default:
      return weight_by_rarity(token, kind);
  }
}

}  // namespace

bool is_minor(Role role) { return role == Role::particle || role == Role::title || role == Role::legal_form; }

bool is_repeated(std::span<const Token> tokens, std::size_t at) {
  return std::ranges::any_of(tokens.first(at), [&](const Token& earlier) { return earlier.form == tokens[at].form; });
}

void weigh(std::span<Token> tokens, Kind kind) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    tokens[i].weight = weight_of(tokens[i], kind) * (is_repeated(tokens, i) ? repeated_factor : 1);
  }
}

Pool pool_of(const Token& token, Kind kind) {
  if (is_minor(token.role)) return Pool::minor;
  if (token.role == Role::number) return Pool::number;
  if (token.role == Role::patronymic) return Pool::patronymic;
  return kind == Kind::organisation && is_place(token.form) ? Pool::place : Pool::core;
}

}  // namespace interdict::names
