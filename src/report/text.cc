#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "report/report.h"
#include "report/reviews.h"
#include "report/reviews_parts.h"

namespace interdict::report {
namespace {

std::string joined(const std::vector<std::string>& values, std::string_view separator) {
  return fmt::format("{}", fmt::join(values, separator));
}

void append_left(std::string& out, const std::vector<names::Leftover>& left, std::string_view indent,
                 std::string_view label) {
  if (left.empty()) return;
  auto to = std::back_inserter(out);
  fmt::format_to(to, "{}{}: ", indent, label);
  for (std::size_t i = 0; i < left.size(); ++i) {
    fmt::format_to(to, "{}{}  ({}, weight {:.2f})", i == 0 ? "" : ", ", left[i].text, names::to_string(left[i].pool),
                   left[i].weight);
  }
  out += '\n';
}

/// The sum behind the score, for whoever wants to do it again.
std::string workings(const names::Comparison& comparison) {
  double agreed = 0;
  double paired = 0;
  double missing = 0;
  double worst = 0;
  for (const names::Pair& pair : comparison.pairs) {
    agreed += pair.weight * pair.similarity;
    paired += pair.weight;
    if (pair.how == names::How::initial) continue;  // no slip
    missing += pair.weight * (1 - pair.similarity);
    worst = std::max(worst, pair.weight * (1 - pair.similarity));
  }
  const double slips = comparison.compounding * (missing - worst);
  std::string out = slips < 0.005 ? fmt::format("{:.2f}", agreed) : fmt::format("({:.2f} - {:.2f})", agreed, slips);
  std::string divisor = fmt::format("{:.2f}", paired);
  for (const names::Cost& cost : comparison.costs) {
    const char* pool = cost.pool == names::Pool::core ? "" : names::to_string(cost.pool);
    divisor +=
        fmt::format(" + {:.2f} x {:.2f} {}{}{}", cost.weight, cost.rate, pool, *pool == '\0' ? "" : " ", cost.what);
  }
  out += comparison.costs.empty() ? " / " + divisor : " / (" + divisor + ")";
  for (const names::Factor& factor : comparison.factors) out += fmt::format(" x {:.3g}", factor.value);
  return out + fmt::format(" = {:.2f}", shown(comparison.score));
}

void append_comparison(std::string& out, const names::Comparison& comparison, std::string_view indent) {
  auto to = std::back_inserter(out);
  for (const names::Pair& pair : comparison.pairs) {
    fmt::format_to(to, "{}{} = {}  ({}, similarity {:.2f}, weight {:.2f})\n", indent, pair.query, pair.listed,
                   names::to_string(pair.how), pair.similarity, pair.weight);
  }
  append_left(out, comparison.query_left, indent, "only in the query");
  append_left(out, comparison.listed_left, indent, "only on the list");
  for (const std::string& note : comparison.notes) fmt::format_to(to, "{}{}\n", indent, note);
  if (!comparison.pairs.empty() && comparison.score < 1) fmt::format_to(to, "{}{}\n", indent, workings(comparison));
}

void append_evidence(std::string& out, const screen::Evidence& evidence) {
  auto to = std::back_inserter(out);
  if (evidence.kind == "name") {
    fmt::format_to(to, "       name {:.2f}\n", shown(evidence.effect));
    append_comparison(out, evidence.name, "         ");
    return;
  }
  fmt::format_to(to, "       {} {:+.2f}", evidence.kind, evidence.effect);
  if (!evidence.query.empty() || !evidence.listed.empty()) {
    fmt::format_to(to, "  {} / {}", evidence.query, evidence.listed);
  }
  if (!evidence.note.empty()) fmt::format_to(to, "  ({})", evidence.note);
  out += '\n';
}

void append_standing(std::string& out, const reviews::Standing& standing) {
  auto to = std::back_inserter(out);
  if (standing.status == reviews::Status::fresh) {
    out += "       not reviewed\n";
    return;
  }
  fmt::format_to(to, "       review {}: {}", standing.review, words(reviews::to_string(standing.status)));
  if (standing.since) fmt::format_to(to, " since {} by {}", to_string(*standing.since), standing.by.name);
  if (!standing.why.empty()) fmt::format_to(to, ", {}", words(joined(standing.why, ",")));
  out += '\n';
  for (const reviews::Difference& one : standing.changes) {
    fmt::format_to(to, "         {} {} {}: {}\n", one.added ? "+" : "-", one.of_listing ? "listing" : "customer",
                   one.fact.field, one.fact.value);
  }
}

std::string found_text(const screen::Query& query, const std::vector<screen::Hit>& hits, double threshold) {
  const std::string& name = query.names.empty() ? query.id : query.names.front();
  if (hits.empty()) return fmt::format("{}: no hits at {:.2f} or above\n", name, threshold);
  return fmt::format("{}: {} {} at {:.2f} or above\n", name, hits.size(), hits.size() == 1 ? "hit" : "hits", threshold);
}

void append_hit(std::string& out, const screen::Hit& hit, const reviews::Standing* standing) {
  auto to = std::back_inserter(out);
  fmt::format_to(to, "\n{:.2f}  {}  [{}]\n", shown(hit.score), hit.caption, hit.id);
  fmt::format_to(to, "       {}, {}{}\n", hit.schema, hit.source,
                 hit.programmes.empty() ? "" : ", programme " + joined(hit.programmes, ", "));
  if (standing != nullptr) append_standing(out, *standing);
  if (hit.matched_name != hit.caption) fmt::format_to(to, "       matched on: {}\n", hit.matched_name);
  if (!hit.standing.empty()) fmt::format_to(to, "       {}\n", hit.standing);
  for (const screen::Evidence& evidence : hit.evidence) append_evidence(out, evidence);
}

}  // namespace

double shown(double score) { return std::floor(score * 100 + 1e-9) / 100; }

std::string screen_text(const screen::Query& query, const std::vector<screen::Hit>& hits, double threshold) {
  std::string out = found_text(query, hits, threshold);
  for (const screen::Hit& hit : hits) append_hit(out, hit, nullptr);
  return out;
}

std::string screen_text(const screen::Query& query, const reviews::Marked& marked, double threshold) {
  std::string out = found_text(query, marked.hits, threshold);
  if (!marked.hits.empty()) out += fmt::format("{} to be looked at, {} decided\n", marked.due, marked.quiet);
  for (std::size_t i = 0; i < marked.hits.size(); ++i) append_hit(out, marked.hits[i], &marked.standings[i]);
  return out;
}

std::string why_not_text(const screen::Query& query, const screen::WhyNot& why) {
  std::string out;
  auto to = std::back_inserter(out);
  const std::string name = query.names.empty() ? query.id : query.names.front();
  fmt::format_to(to, "{} and {}  [{}]: {}, {:.2f} where {:.2f} is needed\n", name, why.caption, why.id,
                 why.is_shown ? "a hit" : "no hit", shown(why.score), why.threshold);
  fmt::format_to(to, "       {}\n       {}, {}\n", why.reason, why.schema, why.source);
  if (!why.names.empty()) {
    const screen::WhyNot::Name& best = why.names.front();
    fmt::format_to(to, "       best name: {}  ({})\n", best.listed, index::to_string(best.use));
    fmt::format_to(to, "       name {:.2f}\n", shown(best.comparison.score));
    append_comparison(out, best.comparison, "         ");
  }
  for (const screen::Evidence& evidence : why.evidence) append_evidence(out, evidence);
  if (why.score < why.threshold) {
    if (why.needed > 1) {
      out += "       needed: no name would do beside this evidence\n";
    } else if (why.needed > 0) {
      fmt::format_to(to, "       needed: a name score of {:.2f}{}\n", why.needed,
                     why.evidence.empty() ? "" : " beside the same other evidence");
    }
  }
  constexpr std::size_t most = 6;
  if (why.names.size() > 1) out += "       by its other names:\n";
  for (std::size_t i = 1; i < std::min(why.names.size(), most); ++i) {
    const screen::WhyNot::Name& other = why.names[i];
    fmt::format_to(to, "         {:.2f}  {}  ({})\n", shown(other.score), other.listed, index::to_string(other.use));
  }
  if (why.names.size() > most) fmt::format_to(to, "         and {} more, lower\n", why.names.size() - most);
  return out;
}

std::string comparison_text(const names::Comparison& comparison, double threshold) {
  std::string out =
      fmt::format("{:.2f}  {}\n", shown(comparison.score), comparison.score >= threshold ? "match" : "no match");
  append_comparison(out, comparison, "  ");
  return out;
}

std::string party_text(const Party& party, std::string_view standing) {
  std::string out;
  auto to = std::back_inserter(out);
  fmt::format_to(to, "{}  [{}]\n{}, {}\n", party.caption(), party.id, party.schema, party.source);
  if (!standing.empty()) fmt::format_to(to, "{}\n", standing);
  for (const Statement& s : party.statements) {
    std::string label(to_string(s.prop));
    const std::string_view field = s.detail(Detail::field);
    if (s.prop == Prop::unmodelled && !field.empty()) label = field;
    fmt::format_to(to, "  {:<20} {}", label, s.value);
    std::string separator = "  (";
    for (const Qualifier& q : s.details) {
      if (s.prop == Prop::unmodelled && q.detail == Detail::field) continue;
      fmt::format_to(to, "{}{}: {}", separator, to_string(q.detail), q.value);
      separator = ", ";
    }
    if (separator == ", ") out += ')';
    out += '\n';
  }
  return out;
}

}  // namespace interdict::report
