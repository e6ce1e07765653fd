// interdict check: is this deal lawful, authority by authority, on this day?
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "app/bundled.h"
#include "app/case_at_hand.h"
#include "app/picture.h"
#include "app/world.h"
#include "report/history.h"
#include "report/law.h"
#include "screen/screen.h"

namespace interdict::app {
namespace {

struct CheckOptions {
  CaseOptions at_hand;
  std::vector<std::string> deals;
  std::string from;
  std::string to;
  std::string svg;
  bool brief = false;
  bool lists = true;
  bool fail_on_match = false;
};

/// The party of the case that a listing is of.
const CaseParty* party_of(const Case& world, const std::string& listing) {
  for (const CaseParty& party : world.parties) {
    if (contains(party.listing_ids, listing)) return &party;
    if (listing == fmt::format("{}:{}", bundled_source, party.id)) return &party;
  }
  return nullptr;
}

std::string authority_of(const Case& world, const std::string& source) {
  for (const Authority& authority : world.authorities) {
    if (contains(authority.lists, source)) return authority.id;
  }
  return {};
}

/// Whether the case holds the party bound under a measure of the authority that blocks whoever is listed.
bool is_listed_in_case(const law::CaseIndex& world, const std::string& party, const std::string& authority,
                       const law::Dates& dates) {
  for (const Listing* listing : world.listings_of(party)) {
    const auto standing = law::standing_on(listing->status, world, dates);
    if (!standing.standing || !binds(*standing.standing)) continue;
    for (const std::string& id : listing->measures) {
      const Measure* measure = world.measure(id);
      if (measure != nullptr && measure->authority == authority) return true;
    }
  }
  return false;
}

bool case_knows_of(const law::CaseIndex& world, const std::string& party, const std::string& authority) {
  for (const Listing* listing : world.listings_of(party)) {
    for (const std::string& id : listing->measures) {
      const Measure* measure = world.measure(id);
      if (measure != nullptr && measure->authority == authority) return true;
    }
  }
  return false;
}

std::set<std::string> parties_in(const Deal& deal) {
  std::set<std::string> out;
  const auto add = [&](const std::string& party) {
    if (!party.empty()) out.insert(party);
  };
  for (const auto& party : deal.parties) add(party.party);
  for (const auto& payment : deal.payments) {
    add(payment.payer_bank);
    add(payment.payee_bank);
    for (const auto& bank : payment.clearing) add(bank);
  }
  for (const auto& leg : deal.route) {
    add(leg.carrier);
    add(leg.insurer);
  }
  return out;
}

// What the lists say of the case's own parties, against what the case says: the case's dated acts decide, both are
// told.
Result<void> compare_with_lists(const Deal& deal, const law::CaseIndex& world, const law::Dates& dates,
                                const OpenStore& opened, const World& asked, std::vector<report::ListNote>& notes) {
  const auto coverage = opened.store.coverage(asked);
  if (!coverage) return coverage.error();
  for (const std::string& id : parties_in(deal)) {
    const CaseParty* party = world.party(id);
    if (party == nullptr) continue;
    for (const std::string& listing : party->listing_ids) {
      const std::string source = listing.substr(0, listing.find(':'));
      const std::string authority = authority_of(world.value(), source);
      const auto held =
          std::find_if(coverage->begin(), coverage->end(), [&](const auto& c) { return c.source == source; });
      if (authority.empty() || held == coverage->end() || !case_knows_of(world, id, authority)) continue;
      report::ListNote note;
      note.party = id;
      note.listing = listing;
      note.authority = authority;
      if (held->coverage == store::Coverage::not_covered) {
        note.kind = report::ListNote::Kind::not_covered;
        note.note = fmt::format("{} holds no version of that day; the case's dated acts answer", source);
        notes.push_back(std::move(note));
        continue;
      }
      const auto found = opened.store.find(listing, asked);
      if (!found) return found.error();
      const bool by_case = is_listed_in_case(world, id, authority, dates);
      if (found->has_value() == by_case) continue;
      note.kind = report::ListNote::Kind::disagrees;
      note.note = fmt::format("{} is {} in {} ({}), but {} by the case: the case's dated act decides", listing,
                              found->has_value() ? "listed" : "not listed", source, store::to_string(held->coverage),
                              by_case ? "listed" : "not listed");
      notes.push_back(std::move(note));
    }
  }
  return {};
}

// Parties that the deal alone describes are screened by name: a misspelt seller is still caught.
void screen_described(const Deal& deal, const law::CaseIndex& world, const OpenWorld& lists,
                      std::vector<report::ListNote>& notes) {
  const std::set<std::string> taking_part = parties_in(deal);
  for (const DealPartyFacts& described : deal.described) {
    if (!taking_part.contains(described.id)) continue;
    screen::Query query;
    query.id = described.id;
    query.names = {described.name};
    if (!described.country.empty()) query.countries = {described.country};
    for (const screen::Hit& hit : screen::screen(lists.snapshot, query, {})) {
      report::ListNote note;
      note.party = described.id;
      note.listing = hit.id;
      note.caption = hit.caption;
      note.score = hit.score;
      if (const CaseParty* same = party_of(world.value(), hit.id)) note.same_as = same->id;
      note.authority = authority_of(world.value(), hit.source);
      note.note = fmt::format("resembles {} ({}), score {:.2f}{}", hit.caption, hit.id, hit.score,
                              note.same_as.empty() ? "" : fmt::format(", in this case {}", note.same_as));
      notes.push_back(std::move(note));
    }
  }
}

Deal with_party_replaced(Deal deal, const std::string& from, const std::string& to) {
  const auto replace = [&](std::string& party) {
    if (party == from) party = to;
  };
  for (auto& party : deal.parties) replace(party.party);
  for (auto& payment : deal.payments) {
    replace(payment.payer_bank);
    replace(payment.payee_bank);
    for (auto& bank : payment.clearing) replace(bank);
  }
  for (auto& leg : deal.route) {
    replace(leg.carrier);
    replace(leg.insurer);
  }
  for (auto& share : deal.ownership) {
    replace(share.owner);
    replace(share.owned);
  }
  return deal;
}

void doubt(law::Judgment& judgment, const std::string& authority, const report::ListNote& note,
           const law::Reason* reason) {
  for (auto& verdict : judgment.by_authority) {
    if (verdict.authority != authority) continue;
    law::Reason open;
    if (reason != nullptr) open = *reason;
    open.authority = authority;
    open.verdict = law::Verdict::undetermined;
    open.party = note.party;
    if (open.title.empty()) open.title = fmt::format("Listed party on the list of {}", authority);
    open.unknown = {fmt::format("whether {} is {} ({}), which it resembles with score {:.2f}", note.party, note.caption,
                                note.listing, note.score)};
    if (!law::is_lawful(verdict.verdict)) {  // forbidden already: told beside what decides
      verdict.reasons.push_back(std::move(open));
      continue;
    }
    verdict.verdict = law::Verdict::undetermined;
    verdict.reasons.insert(verdict.reasons.begin(), std::move(open));
    if (!verdict.apart) judgment.verdict = std::max(judgment.verdict, law::Verdict::undetermined);
  }
}

// A resemblance is not an identity: where the deal would be unlawful if the party were who it resembles, the answer is
// open until somebody has looked.
void doubt_resemblances(const Deal& deal, const law::CaseIndex& world, const law::Dates& dates,
                        const std::vector<report::ListNote>& notes, law::Judgment& judgment) {
  for (const report::ListNote& note : notes) {
    if (note.kind != report::ListNote::Kind::resembles) continue;
    if (note.same_as.empty()) {
      if (!note.authority.empty()) doubt(judgment, note.authority, note, nullptr);
      continue;
    }
    const law::Judgment as_if = law::judge(with_party_replaced(deal, note.party, note.same_as), world, dates);
    for (std::size_t i = 0; i < as_if.by_authority.size(); ++i) {
      const auto& verdict = as_if.by_authority[i];
      if (law::is_lawful(verdict.verdict)) continue;
      const auto of_it = std::find_if(verdict.reasons.begin(), verdict.reasons.end(), [&](const law::Reason& reason) {
        return !law::is_lawful(reason.verdict) &&
               (reason.party == note.same_as ||
                std::find(reason.roots.begin(), reason.roots.end(), note.same_as) != reason.roots.end());
      });
      if (of_it != verdict.reasons.end()) {
        doubt(judgment, verdict.authority, note, &*of_it);
      } else if (law::is_lawful(judgment.by_authority[i].verdict)) {
        doubt(judgment, verdict.authority, note, &verdict.reasons.front());
      }
    }
  }
}

int check_one(const CheckOptions& options, const std::string& path) {
  const auto at_hand = open_case(options.at_hand, path);
  if (!at_hand) return fail(at_hand.error());
  const auto deal = open_deal(path, *at_hand);
  if (!deal) return fail(deal.error());
  const auto dates = dates_asked(options.at_hand.common, deal->on);
  if (!dates) return fail(dates.error());
  const law::CaseIndex world(at_hand->value);
  law::Judgment judgment = law::judge(*deal, world, *dates);
  std::vector<report::ListNote> notes;
  if (options.lists) {
    Common common = options.at_hand.common;
    common.as_of = to_string(dates->as_of);
    const auto asked = world_asked(common);
    if (!asked) return fail(asked.error());
    auto opened = open_store(common);
    if (!opened) return fail(opened.error());
    if (!opened->bundled) {
      if (auto compared = compare_with_lists(*deal, world, *dates, *opened, *asked, notes); !compared) {
        return fail(compared.error());
      }
    }
    // Who somebody is does not depend on the day. The bundled list is one snapshot and is asked as it stands; of lists
    // with a history the day's own version is asked.
    if (opened->bundled) common.as_of.clear();
    const auto lists = open_world(common);
    if (!lists) return fail(lists.error());
    screen_described(*deal, world, *lists, notes);
    doubt_resemblances(*deal, world, *dates, notes, judgment);
  }
  if (options.brief) {
    fmt::print("{}", report::judgment_brief(*deal, judgment, *dates));
  } else if (options.at_hand.common.json) {
    fmt::print("{}\n", report::judgment_json(*deal, judgment, world, *dates, notes));
  } else {
    fmt::print("{}", report::judgment_text(*deal, judgment, world, *dates, notes));
  }
  return options.fail_on_match && !law::is_lawful(judgment.verdict) ? exit_matched : exit_done;
}

int check_span(const CheckOptions& options) {
  const auto at_hand = open_case(options.at_hand, options.deals.front());
  if (!at_hand) return fail(at_hand.error());
  const auto dates = dates_asked(options.at_hand.common, {});
  if (!dates) return fail(dates.error());
  const auto span = span_asked(options.from, options.to, dates->as_of);
  if (!span) return fail(span.error());
  const law::CaseIndex world(at_hand->value);
  std::vector<report::DealSpans> out;
  for (const std::string& id : options.deals) {
    const auto deal = open_deal(id, *at_hand);
    if (!deal) return fail(deal.error());
    out.push_back(
        {deal->id, law::verdict_spans(*deal, world, span->first, span->second, dates->known_at), deal->title});
  }
  if (!options.svg.empty()) return write_picture(options.svg, report::spans_svg(out, world));
  fmt::print("{}",
             options.at_hand.common.json ? report::spans_json(out, world) + "\n" : report::spans_text(out, world));
  return exit_done;
}

}  // namespace

void add_check(CLI::App& program, int& exit_code) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* verb = program.add_subcommand("check", "Whether a deal is lawful on a day, for every authority, and why");
  add_case_options(*verb, options->at_hand);
  verb->add_option("deal", options->deals, "Deal files, or ids of the case's own deals, such as potash-klaipeda")
      ->required();
  verb->add_flag("--brief", options->brief, "A line for each authority with a nexus")->excludes("--json");
  verb->add_flag("!--no-lists", options->lists, "Do not screen the deal's parties against the loaded lists");
  verb->add_flag("--fail-on-match", options->fail_on_match, "Exit with 3 when the deal is prohibited or undetermined");
  verb->add_option("--from", options->from, "Judge every day from this one and tell the changes")
      ->excludes("--fail-on-match");
  verb->add_option("--to", options->to, "to this one (default: --as-of)")->needs("--from");
  verb->add_option("--svg", options->svg, "Draw the span to this file instead ('-': standard output)")->needs("--from");
  verb->footer("--as-of sets the day of contract and performance alike, unless the deal gives its own contract day.");
  verb->callback([options, &exit_code] {
    exit_code = exit_done;
    if (!options->from.empty()) {
      exit_code = check_span(*options);
      return;
    }
    for (std::size_t i = 0; i < options->deals.size(); ++i) {
      if (i > 0 && !options->at_hand.common.json && !options->brief) fmt::print("\n");
      exit_code = std::max(exit_code, check_one(*options, options->deals[i]));
    }
  });
}

}  // namespace interdict::app
