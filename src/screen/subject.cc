#include "screen/subject.h"

#include <algorithm>

#include "names/aliases.h"

namespace interdict::screen {

Subject::Subject(const index::Snapshot& snapshot, const Query& query, const Options& options)
    : snapshot_(snapshot), questions_(query) {
  std::array<bool, 3> wanted{};
  for (const std::string_view label : snapshot.labels()) {
    const bool comparable = are_comparable(query.schema, label);
    const names::Kind kind = names::kind_of(label);
    scope_.schemas.push_back(comparable);
    kinds_.push_back(kind);
    if (comparable) wanted[static_cast<std::size_t>(kind)] = true;
    if (!options.sources.empty()) {
      scope_.sources.push_back(std::ranges::find(options.sources, label) != options.sources.end());
    }
  }
  for (const auto* texts : {&query.names, &query.aliases}) {
    for (const std::string& text : *texts) {
      for (const std::string& name : names::names_in(text)) {
        for (std::size_t kind = 0; kind < wanted.size(); ++kind) {
          if (wanted[kind]) names_[kind].push_back(names::analyse(name, static_cast<names::Kind>(kind)));
        }
      }
    }
  }
}

namespace {

Evidence name_evidence(const index::Snapshot& snapshot, const Subject& subject, const Scored& scored) {
  const names::Name& asked = subject.names(subject.kind_of(scored.party))[scored.query_name];
  const names::Name& listed = snapshot.name(*scored.listed_name);
  Evidence evidence;
  evidence.kind = "name";
  evidence.query = asked.text;
  evidence.listed = listed.text;
  if (auto comparison = names::compare(asked, listed, 0)) evidence.name = std::move(*comparison);
  evidence.effect = evidence.name.score;
  return evidence;
}

}  // namespace

Hit make_hit(const index::Snapshot& snapshot, const Subject& subject, const Scored& scored, double threshold) {
  const index::Statements statements = snapshot.statements(scored.party);
  Hit hit;
  hit.id = snapshot.id(scored.party);
  hit.source = snapshot.source(scored.party);
  hit.schema = snapshot.schema(scored.party);
  hit.caption = snapshot.caption(scored.party);
  hit.standing = snapshot.standing(scored.party);
  hit.score = scored.score;
  hit.match = scored.score >= threshold;
  for (const index::StatementView& statement : statements) {
    if (statement.prop != Prop::programme) continue;
    if (std::ranges::find(hit.programmes, statement.value) == hit.programmes.end()) {
      hit.programmes.emplace_back(statement.value);
    }
  }
  hit.matched_name = hit.caption;
  double score = 0;
  if (scored.listed_name) {
    Evidence evidence = name_evidence(snapshot, subject, scored);
    hit.matched_name = evidence.listed;
    score = evidence.effect;
    hit.evidence.push_back(std::move(evidence));
    if (snapshot.use_of(*scored.listed_name) == index::NameUse::weak_alias) {
      const double effect = effect_of(share::weak_alias, score);
      hit.evidence.push_back(
          {"weak_alias", effect, share::weak_alias, {}, hit.matched_name, "the list calls this alias weak", {}});
      score += effect;
    }
  }
  weigh(subject.questions(), statements).explain(score, hit.evidence);
  return hit;
}

}  // namespace interdict::screen
