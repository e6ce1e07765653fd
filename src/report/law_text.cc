#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

#include "report/law.h"

namespace interdict::report {
namespace {

using Out = std::back_insert_iterator<std::string>;

std::string upper(std::string_view word) {
  std::string out(word);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    if (c == '_') return ' ';
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return out;
}

std::string share(const law::PathStep& step) {
  if (step.control) return "controls";
  if (step.least == step.most) return fmt::format("owns {:g} % of", step.least);
  return fmt::format("owns {:g} to {:g} % of", step.least, step.most);
}

void put_reason(Out out, const Deal& deal, const law::Reason& reason, const law::CaseIndex& world) {
  fmt::format_to(out, "  {}: {}\n", law::to_string(reason.verdict), reason.title);
  const Act* act = world.act(reason.act);
  fmt::format_to(out, "      {}{}{} [{}]\n", act == nullptr ? reason.act : act->title,
                 reason.article.empty() ? "" : ", ", reason.article, reason.measure);
  if (!reason.party.empty()) {
    fmt::format_to(out, "      {} ({}), {} {}\n", name_of(reason.party, deal, world), reason.role,
                   reason.verdict == law::Verdict::permitted ? "measure in force since" : "since",
                   to_string(reason.since));
  } else {
    fmt::format_to(out, "      {} since {}\n",
                   upper(to_string(reason.status)) == "IN FORCE" ? "in force" : to_string(reason.status),
                   to_string(reason.since));
  }
  for (const auto& hit : reason.goods) {
    const Act* by = world.act(hit.act);
    fmt::format_to(out, "      goods: {} named in {}{}{}\n", hit.code, hit.annex,
                   hit.since ? fmt::format(" since {}", to_string(*hit.since)) : "",
                   by == nullptr ? "" : fmt::format(" by {}", by->title));
  }
  for (const auto& step : reason.path) {
    fmt::format_to(out, "      {} {} {}\n", name_of(step.owner, deal, world), share(step),
                   name_of(step.owned, deal, world));
  }
  if (!reason.grounds.empty()) fmt::format_to(out, "      grounds: {}\n", fmt::join(reason.grounds, "; "));
  if (!reason.nexus.empty()) fmt::format_to(out, "      nexus: {}\n", fmt::join(reason.nexus, "; "));
  for (const auto& e : reason.exceptions) {
    const std::string why = e.applies == law::Truth::yes ? "applies" : e.why;
    fmt::format_to(out, "      {} {} ({}): {}{}\n", e.applies == law::Truth::yes ? "under" : "considered", e.title,
                   e.id, why, e.text_seen ? "" : "; its text was not seen");
  }
  for (const auto& unknown : reason.unknown) fmt::format_to(out, "      open: {}\n", unknown);
  if (reason.confidence != Confidence::high) {
    fmt::format_to(out, "      confidence: {}\n", to_string(reason.confidence));
  }
}

}  // namespace

std::string name_of(std::string_view party, const Deal& deal, const law::CaseIndex& world) {
  for (const auto& described : deal.described) {
    if (described.id == party) return described.name;
  }
  const CaseParty* known = world.party(party);
  return known == nullptr ? std::string(party) : known->name;
}

std::string dates_text(const law::Dates& dates) {
  std::string out = fmt::format("as of {}", to_string(dates.as_of));
  if (dates.known_at) out += fmt::format(", as known on {}", to_string(*dates.known_at));
  return out;
}

std::string judgment_brief(const Deal& deal, const law::Judgment& judgment, const law::Dates& dates) {
  std::string text = fmt::format("{} {}: {}\n", deal.id, dates_text(dates), law::to_string(judgment.verdict));
  const Out out = std::back_inserter(text);
  for (const auto& verdict : judgment.by_authority) {
    if (verdict.verdict == law::Verdict::no_nexus) continue;
    fmt::format_to(out, "  {}{} {}{}\n", verdict.authority, verdict.apart ? " (apart)" : "",
                   law::to_string(verdict.verdict),
                   verdict.confidence == Confidence::high || verdict.verdict < law::Verdict::authorised
                       ? ""
                       : fmt::format(", {} confidence", to_string(verdict.confidence)));
    for (const auto& reason : verdict.reasons) {
      std::string exception;
      for (const auto& e : reason.exceptions) {
        if (e.applies == law::Truth::yes) exception = " under " + e.id;
        if (e.applies == law::Truth::no && !law::is_lawful(reason.verdict)) exception += "; not " + e.id + ": " + e.why;
      }
      fmt::format_to(out, "    {} {}{} since {}{}{}\n", law::to_string(reason.verdict), reason.measure,
                     reason.party.empty() ? "" : " on " + reason.party, to_string(reason.since), exception,
                     reason.unknown.empty() ? "" : fmt::format("; open: {}", fmt::join(reason.unknown, "; ")));
    }
    for (const auto& pending : verdict.pending) {
      fmt::format_to(out, "    pending {} {} since {}{}\n", pending.measure, to_string(pending.status),
                     to_string(pending.since),
                     pending.by.empty() ? "" : fmt::format(" by {}", fmt::join(pending.by, ", ")));
    }
    for (const auto& condition : verdict.conditions) fmt::format_to(out, "    if {}\n", condition);
  }
  return text;
}

std::string judgment_text(const Deal& deal, const law::Judgment& judgment, const law::CaseIndex& world,
                          const law::Dates& dates, const std::vector<ListNote>& lists) {
  std::string text;
  const Out out = std::back_inserter(text);
  fmt::format_to(out, "{}: {}\n{}, {}\n", upper(law::to_string(judgment.verdict)), deal.title, deal.id,
                 dates_text(dates));
  std::vector<std::string> none;
  for (const auto& verdict : judgment.by_authority) {
    if (verdict.verdict == law::Verdict::no_nexus) {
      none.push_back(verdict.out_of_reach.empty() ? verdict.authority
                                                  : fmt::format("{} ({} would catch it)", verdict.authority,
                                                                verdict.out_of_reach.front().measure));
      continue;
    }
    const Authority* authority = world.authority(verdict.authority);
    fmt::format_to(
        out, "\n{}: {}{}{}\n", verdict.authority, upper(law::to_string(verdict.verdict)),
        verdict.apart ? fmt::format(" (apart from the verdict: {})", authority->name) : "",
        verdict.confidence == Confidence::high ? "" : fmt::format(", {} confidence", to_string(verdict.confidence)));
    for (const auto& reason : verdict.reasons) put_reason(out, deal, reason, world);
    for (const auto& pending : verdict.pending) {
      fmt::format_to(out, "  pending: {} [{}], {} since {}{}\n", pending.title, pending.measure,
                     to_string(pending.status), to_string(pending.since),
                     pending.by.empty() ? "" : fmt::format(" by {}", fmt::join(pending.by, ", ")));
    }
    for (const auto& condition : verdict.conditions) fmt::format_to(out, "  on condition: {}\n", condition);
  }
  if (!none.empty()) fmt::format_to(out, "\nno nexus: {}\n", fmt::join(none, ", "));
  if (!lists.empty()) fmt::format_to(out, "\nbeside the published lists:\n");
  for (const auto& note : lists) {
    fmt::format_to(out, "  {}: {}\n", name_of(note.party, deal, world), note.note);
  }
  return text;
}

}  // namespace interdict::report
