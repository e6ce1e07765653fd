// verdict(deal, world).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "law/facts.h"
#include "law/law.h"
#include "law/ownership.h"

namespace interdict::law {
namespace {

// A rule's answer as the set of what it may be: a fact that is not known leaves more than one.
enum Outcome : unsigned { not_said = 1, permits = 2, authorises = 4, forbids = 8 };
using Outcomes = unsigned;

constexpr std::array<Outcome, 4> all_outcomes = {not_said, permits, authorises, forbids};

/// Kinds that tie an authority to a deal unless a measure names its own. Origin of goods and carriage of messages bind
/// only where a measure says so.
const std::vector<std::string>& usual_nexus() {
  static const std::vector<std::string> kinds = {"persons", "territory", "currency", "flag"};
  return kinds;
}

Outcome outcome_of(Exception::Effect effect) {
  switch (effect) {
    case Exception::Effect::authorise:
      return authorises;
    case Exception::Effect::disapply:
      return permits;
    case Exception::Effect::prohibit:
      return forbids;
  }
  return forbids;
}

void lower(Confidence& confidence, Confidence other) { confidence = std::min(confidence, other); }

class Judge {
 public:
  Judge(const Deal& deal, const CaseIndex& world, const Dates& dates, const Changes& changes)
      : world_(world), dates_(dates), changes_(changes), facts_(deal, world, dates, changes) {
    gather_owners();
  }

  Judgment judge() {
    Judgment out;
    for (const Authority& authority : world_.value().authorities) {
      if (world_.has_measures(authority.id)) out.by_authority.push_back(of_authority(authority));
    }
    for (AuthorityVerdict& verdict : out.by_authority) name_others(verdict, out.by_authority);
    for (const AuthorityVerdict& verdict : out.by_authority) {
      if (verdict.apart) continue;
      out.verdict = std::max(out.verdict, verdict.verdict);
      for (const std::string& condition : verdict.conditions) add_once(out.conditions, condition);
    }
    return out;
  }

 private:
  /// A party of the deal that a measure reaches, and how; or, with `unsure_control`, that it would reach if those named
  /// controlled it.
  struct Reached {
    Hit hit;
    Caught caught;
    std::vector<std::string> unsure_control;
  };

  static void add_once(std::vector<std::string>& texts, const std::string& text) {
    if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
  }

  // Only what stands above the deal's parties can reach them: the rest of the case's shares is never looked at.
  void gather_owners() {
    std::vector<std::string> open;
    const auto reach = [&](const std::string& party) {
      if (upstream_.insert(party).second) open.push_back(party);
    };
    const auto link = [&](const Link& one) {
      if (changes_.divested.contains({one.owner, one.owned})) return;
      links_.push_back(one);
      reach(one.owner);
    };
    for (const DealParty& party : facts_.parties()) reach(party.party);
    while (!open.empty()) {
      const std::string owned = open.back();
      open.pop_back();
      for (const Ownership* o : world_.owners_of(owned)) {
        if (o->window.holds(dates_.as_of)) link({o->owner, owned, o->least, o->most, Truth::no});
      }
      for (const DealOwnership& o : facts_.deal().ownership) {
        if (o.owned == owned) link({o.owner, owned, o.least, o.most, Truth::no});
      }
      for (const Control* c : world_.controllers_of(owned)) {
        if (!c->window.holds(dates_.as_of)) continue;
        control_stated_.insert({c->controller, owned});
        if (c->stated) link({c->controller, owned, 0, 0, Truth::yes});
      }
      for (const DealControl& c : facts_.deal().control) {
        if (c.controlled != owned) continue;
        control_stated_.insert({c.controller, owned});
        if (c.stated) link({c.controller, owned, 0, 0, Truth::yes});
      }
    }
  }

  AuthorityVerdict of_authority(const Authority& authority) {
    AuthorityVerdict out;
    out.authority = authority.id;
    out.apart = authority.apart;
    std::vector<std::string> ties;
    if (facts_.nexus(authority, usual_nexus(), ties) != Truth::no) out.verdict = Verdict::permitted;
    for (const Measure* measure : world_.general_measures(authority.id, facts_.deal().goods)) {
      if (const auto standing = standing_of(*measure)) one(authority, *measure, *standing, {}, out);
    }
    std::set<const Measure*> listing;
    for (const std::string& party : upstream_) {
      for (const Listing* listed : world_.listings_of(party)) {
        if (!is_listed(*listed)) continue;
        for (const std::string& id : listed->measures) {
          const Measure* measure = world_.measure(id);
          if (measure != nullptr && measure->authority == authority.id) listing.insert(measure);
        }
      }
    }
    for (const Measure* measure : listing) {  // in the order of the case, where they lie side by side
      const auto standing = standing_of(*measure);
      if (!standing) continue;
      for (const Reached& reached : reached_by(authority, *measure)) one(authority, *measure, *standing, reached, out);
    }
    std::stable_sort(out.reasons.begin(), out.reasons.end(),
                     [](const Reason& a, const Reason& b) { return a.verdict > b.verdict; });
    for (const Reason& reason : out.reasons) out.verdict = std::max(out.verdict, reason.verdict);
    for (const Reason& reason : out.reasons) {
      if (is_lawful(out.verdict)) {
        for (const std::string& condition : reason.conditions) add_once(out.conditions, condition);
      }
      if (reason.verdict == out.verdict) weigh(reason, out);
    }
    return out;
  }

  // Of several reasons that forbid, the surest decides; what authorises must all hold.
  static void weigh(const Reason& reason, AuthorityVerdict& out) {
    if (&reason == &out.reasons.front()) {
      out.confidence = reason.confidence;
    } else if (out.verdict == Verdict::prohibited) {
      out.confidence = std::max(out.confidence, reason.confidence);
    } else {
      lower(out.confidence, reason.confidence);
    }
  }

  /// Nothing for a measure that is not even proposed, or is no more.
  std::optional<StandingOn> standing_of(const Measure& measure) const {
    const StandingOn standing = standing_on(measure.status, world_, dates_);
    if (!standing.standing || *standing.standing == Standing::lifted) return std::nullopt;
    return standing;
  }

  bool is_listed(const Listing& listing) const {
    if (changes_.delisted.contains(listing.id)) return false;
    const StandingOn standing = standing_on(listing.status, world_, dates_);
    return standing.standing && binds(*standing.standing);
  }

  /// The parties of the deal, in the roles the measure binds, that are listed under it or caught through those that
  /// are.
  std::vector<Reached> reached_by(const Authority& authority, const Measure& measure) {
    const std::set<std::string> here = listed_under(measure);
    const auto& tests = measure.ownership.empty() ? authority.ownership : measure.ownership;
    OwnershipRules rules;
    std::map<std::string, Caught> caught;
    if (measure.owned) {
      for (const OwnershipTest& test : tests) {
        if (test.window.holds(dates_.as_of)) {
          rules.tests.push_back(test);
        } else {
          rules.earlier.push_back(test);
        }
      }
      rules.links = links_;
      caught =
          caught_by_ownership(listed_alike(measure, here), rules,
                              [&](const std::string& party) -> const std::string& { return facts_.country_of(party); });
    } else {
      for (const std::string& party : here) caught[party] = {Truth::yes, {party}, {}, false, {}};
    }
    std::vector<Reached> out;
    std::set<std::string> seen;
    for (const DealParty& party : facts_.parties()) {
      if (!measure.roles.empty() && !contains(measure.roles, party.role)) continue;
      if (!seen.insert(party.party).second) continue;
      const auto at = caught.find(party.party);
      if (at == caught.end()) {
        if (auto unsure = unsure_control(party.party, rules, caught); !unsure.empty()) {
          out.push_back({{party.party, party.role, {}}, {}, std::move(unsure)});
        }
        continue;
      }
      // Of what rests on listings under several measures, each measure answers for what its own listings are part of.
      const auto& roots = at->second.roots;
      if (std::none_of(roots.begin(), roots.end(), [&](const std::string& root) { return here.contains(root); }))
        continue;
      out.push_back({{party.party, party.role, roots}, at->second, {}});
    }
    return out;
  }

  std::set<std::string> listed_under(const Measure& measure) const {
    std::set<std::string> out;
    for (const std::string& party : upstream_) {
      for (const Listing* listing : world_.listings_of(party)) {
        if (contains(listing->measures, measure.id) && is_listed(*listing)) out.insert(party);
      }
    }
    return out;
  }

  // What one listed party owns adds up with what another owns, even where each is listed under another order of the
  // same authority forbidding the same (OFAC FAQ 401: aggregate of all blocked persons, whatever the programme).
  std::set<std::string> listed_alike(const Measure& measure, std::set<std::string> out) const {
    for (const std::string& party : upstream_) {
      for (const Listing* listing : world_.listings_of(party)) {
        if (!is_listed(*listing)) continue;
        for (const std::string& id : listing->measures) {
          const Measure* other = world_.measure(id);
          if (other != nullptr && other->authority == measure.authority && other->forbids == measure.forbids &&
              other->owned && binds_on(*other, world_, dates_, changes_) == Truth::yes) {
            out.insert(party);
          }
        }
      }
    }
    return out;
  }

  /// Caught owners whose control would suffice and is not stated either way.
  std::vector<std::string> unsure_control(const std::string& owned, const OwnershipRules& rules,
                                          const std::map<std::string, Caught>& caught) const {
    std::vector<std::string> out;
    const auto suffices = [&](const OwnershipTest& test) {
      return test.control && (test.established_in.empty() || facts_.country_of(owned).empty() ||
                              contains(test.established_in, facts_.country_of(owned)));
    };
    if (std::none_of(rules.tests.begin(), rules.tests.end(), suffices)) return out;
    for (const Link& link : links_) {
      if (link.owned == owned && caught.contains(link.owner) && !control_stated_.contains({link.owner, owned})) {
        add_once(out, link.owner);
      }
    }
    return out;
  }

  void one(const Authority& authority, const Measure& measure, const StandingOn& standing, const Reached& reached,
           AuthorityVerdict& out) {
    const Hit& hit = reached.hit;
    const Truth when = facts_.holds(measure.when, hit);
    if (when == Truth::no) return;  // of most measures of a case: no word is lost on them
    Reason reason;
    std::set<std::string> unknown;
    std::set<std::string> failed;
    facts_.explain(measure.when, hit, unknown, failed);
    const Truth valid = binds_on(measure, world_, dates_, changes_);
    if (!binds(*standing.standing)) {
      if (when == Truth::yes) note_pending(measure, standing, out);
      return;
    }
    if (valid == Truth::no) return;
    describe(measure, standing, reached, reason);
    const Truth nexus = facts_.nexus(authority, measure.nexus.empty() ? usual_nexus() : measure.nexus, reason.nexus);
    if (!reached.unsure_control.empty() || (when == Truth::unknown && settled_by_condition(measure, unknown, reason))) {
      // The rule turns on what the deal leaves open, and says what to make sure of: lawful on that condition.
      if (nexus == Truth::no) return;
      for (const std::string& owner : reached.unsure_control) {
        reason.conditions.push_back(
            fmt::format("{}: check that {} does not control {}", authority.id, owner, hit.party));
      }
      reason.verdict = Verdict::permitted;
      out.reasons.push_back(std::move(reason));
      return;
    }
    for (const std::string& field : unknown) reason.unknown.push_back("the deal does not state: " + field);
    if (valid == Truth::unknown) reason.unknown.push_back(renewal_unknown(measure));
    Truth applies = both(when, valid);
    if (measure.listed && reached.caught.truth == Truth::unknown) {
      applies = both(applies, Truth::unknown);
      reason.unknown.emplace_back("the shares are known only within limits that leave the ownership test open");
    }
    if (nexus == Truth::no) {
      reason.verdict = Verdict::no_nexus;
      out.out_of_reach.push_back(std::move(reason));
      return;
    }
    if (nexus == Truth::unknown) {
      applies = both(applies, Truth::unknown);
      reason.unknown.push_back(
          fmt::format("whether {} has a nexus: not every party, carrier or flag is stated", authority.id));
    }
    Outcomes outcomes = rule(measure.id, hit, is_licensed(measure, hit) ? authorises : not_said, reason);
    if (applies == Truth::unknown) outcomes |= permits;
    reason.verdict = verdict_of(outcomes);
    if (reason.verdict != Verdict::undetermined) reason.unknown.clear();
    if (reason.presumed) reason.conditions.emplace_back("ownership is presumed in law and can be rebutted");
    out.reasons.push_back(std::move(reason));
  }

  bool is_licensed(const Measure& measure, const Hit& hit) const {
    if (hit.roots.empty()) return changes_.licensed.contains({measure.id, hit.party});
    if (changes_.licensed.contains({measure.id, hit.party})) return true;
    return std::all_of(hit.roots.begin(), hit.roots.end(),
                       [&](const std::string& root) { return changes_.licensed.contains({measure.id, root}); });
  }

  static Verdict verdict_of(Outcomes outcomes) {
    if (outcomes == forbids) return Verdict::prohibited;
    if ((outcomes & forbids) != 0) return Verdict::undetermined;
    return (outcomes & authorises) != 0 ? Verdict::authorised : Verdict::permitted;
  }

  void describe(const Measure& measure, const StandingOn& standing, const Reached& reached, Reason& reason) const {
    const Hit& hit = reached.hit;
    reason.authority = measure.authority;
    reason.measure = measure.id;
    reason.act = standing.change != nullptr && !standing.change->act.empty() ? standing.change->act : measure.act;
    reason.article = measure.article;
    reason.title = measure.title;
    reason.forbids = measure.forbids;
    reason.grounds = grounds_on(measure.grounds, world_, dates_);
    reason.status = *standing.standing;
    reason.since = standing.since;
    reason.party = hit.party;
    reason.role = hit.role;
    reason.roots.assign(hit.roots.begin(), hit.roots.end());
    reason.confidence = measure.provenance.confidence;
    if (standing.change != nullptr) lower(reason.confidence, standing.change->provenance.confidence);
    reason.goods = facts_.annexed(measure.when);
    reason.path = reached.caught.path;
    reason.presumed = reached.caught.presumed;
    add_listings(measure, hit, reason);
    if (reached.caught.test_from) reason.since = std::max(reason.since, *reached.caught.test_from);
  }

  // A party is caught from the later of two days: that of the measure and that of its own listing.
  void add_listings(const Measure& measure, const Hit& hit, Reason& reason) const {
    std::optional<Day> first;
    std::vector<std::string> grounds;
    std::vector<const Listing*> listings;
    for (const std::string& root : hit.roots) {
      for (const Listing* listing : world_.listings_of(root)) {
        if (contains(listing->measures, measure.id) && is_listed(*listing)) listings.push_back(listing);
      }
    }
    for (const Listing* listing : listings) {
      reason.listings.push_back(listing->id);
      lower(reason.confidence, listing->provenance.confidence);
      const StandingOn standing = standing_on(listing->status, world_, dates_);
      if (!first || standing.since < *first) {
        first = standing.since;
        if (standing.since > reason.since) {
          if (standing.change != nullptr && !standing.change->act.empty()) reason.act = standing.change->act;
          reason.status = *standing.standing;
        }
      }
      for (const std::string& ground : grounds_on(listing->grounds, world_, dates_)) add_once(grounds, ground);
    }
    // What a party is listed for outranks what the measure as a whole was made for: grounds can differ entry by entry.
    if (!grounds.empty()) reason.grounds = std::move(grounds);
    if (first) reason.since = std::max(reason.since, *first);
  }

  /// Whether every field that is unknown has a condition of the measure's own.
  static bool settled_by_condition(const Measure& measure, const std::set<std::string>& unknown, Reason& reason) {
    for (const std::string& field : unknown) {
      const auto at = measure.unstated.find(field);
      if (at == measure.unstated.end()) return false;
      reason.conditions.push_back(at->second);
    }
    return !unknown.empty();
  }

  void note_pending(const Measure& measure, const StandingOn& standing, AuthorityVerdict& out) const {
    const auto same = [&](const Pending& p) { return p.measure == measure.id; };
    if (std::any_of(out.pending.begin(), out.pending.end(), same)) return;
    out.pending.push_back({measure.id, measure.title, *standing.standing, standing.since, standing.change->by,
                           standing.change->condition});
  }

  std::string renewal_unknown(const Measure& measure) const {
    std::vector<std::string> ids = measure.rests_on;
    ids.push_back(measure.act);
    for (const std::string& id : ids) {
      const Act* act = world_.act(id);
      if (act == nullptr || valid_on(*act, world_, dates_) != Truth::unknown) continue;
      return fmt::format("whether {} was renewed: the case knows of no renewal that reaches {}", id,
                         interdict::to_string(dates_.as_of));
    }
    return "validity not known";
  }

  // A measure forbids, unless exceptions replace that. Exceptions of exceptions first, by recursion; the reader has
  // refused cycles. `tried` is a licence that the case does not hold, or not_said.
  Outcomes rule(const std::string& id, const Hit& hit, Outcome tried, Reason& reason) {
    Outcomes sum = tried;
    std::string lawful;
    std::string unlawful;
    for (const Exception* exception : world_.exceptions_to(id)) {
      const auto answer = answer_of(*exception, hit, reason);
      if (answer == not_said) continue;
      sum = combined_each(sum, answer);
      if ((answer & forbids) != 0) unlawful = exception->id;
      if ((answer & (permits | authorises)) != 0) lawful = exception->id;
    }
    if (!lawful.empty() && !unlawful.empty()) {
      reason.unknown.push_back(fmt::format("{} and {} disagree", lawful, unlawful));
    }
    if ((sum & not_said) != 0) sum = (sum & ~static_cast<unsigned>(not_said)) | forbids;
    return sum;
  }

  static Outcomes combined_each(Outcomes some, Outcomes others) {
    Outcomes out = 0;
    for (const Outcome a : all_outcomes) {
      for (const Outcome b : all_outcomes) {
        if ((some & a) != 0 && (others & b) != 0) out |= combined(a, b);
      }
    }
    return out;
  }

  static Outcomes combined(Outcome a, Outcome b) {
    if (a == not_said) return b;
    if (b == not_said || a == b) return a;
    if (a != forbids && b != forbids) return authorises;
    return forbids | (a == forbids ? b : a);  // two exceptions that disagree: undetermined
  }

  /// What the exception says of the hit; not_said where it does not apply.
  Outcomes answer_of(const Exception& exception, const Hit& hit, Reason& reason) {
    Considered considered{
        exception.id, exception.kind,     exception.title, exception.act, exception.article, Truth::no,
        {},           exception.text_seen};
    const bool known = is_known(exception.published, exception.act, exception.window.from, world_, dates_);
    if (!known || (exception.window.from && dates_.as_of < *exception.window.from)) return not_said;
    std::set<std::string> unknown;
    std::set<std::string> failed;
    if (!covers(exception, hit)) return not_said;
    if (exception.window.until && *exception.window.until <= dates_.as_of) {
      considered.why = fmt::format("ended {}", interdict::to_string(*exception.window.until));
      reason.exceptions.push_back(std::move(considered));
      return not_said;
    }
    considered.applies = facts_.explain(exception.when, hit, unknown, failed);
    if (considered.applies == Truth::no) considered.why = fmt::format("not met: {}", fmt::join(failed, "; "));
    if (considered.applies == Truth::unknown) {
      considered.why = fmt::format("the deal does not state: {}", fmt::join(unknown, "; "));
    }
    const Truth applies = considered.applies;
    reason.exceptions.push_back(std::move(considered));
    if (applies == Truth::no) return not_said;
    Outcomes own = 0;
    const Outcomes said = rule_of_exception(exception, hit, reason);
    own |= said;
    if (applies == Truth::unknown) {
      reason.unknown.push_back(fmt::format("whether {} applies", exception.id));
      own |= not_said;
    } else if ((own & (permits | authorises)) != 0) {
      lower(reason.confidence, exception.provenance.confidence);
      if (!exception.text_seen) lower(reason.confidence, Confidence::medium);
      if (!exception.condition.empty()) add_once(reason.conditions, exception.condition);
    }
    return own;
  }

  /// An exception to an exception that disapplies it leaves the rule below as it was.
  Outcomes rule_of_exception(const Exception& exception, const Hit& hit, Reason& reason) {
    Outcomes out = outcome_of(exception.effect);
    for (const Exception* upper : world_.exceptions_to(exception.id)) {
      const Outcomes answer = answer_of(*upper, hit, reason);
      if (answer == not_said) continue;
      Outcomes replaced = answer & ~static_cast<unsigned>(not_said);
      if ((replaced & permits) != 0) replaced = (replaced & ~static_cast<unsigned>(permits)) | not_said;
      out = (answer & not_said) != 0 ? out | replaced : replaced;
    }
    return out;
  }

  static bool covers(const Exception& exception, const Hit& hit) {
    if (exception.parties.empty()) return true;
    const auto named = [&](const std::string& party) { return contains(exception.parties, party); };
    if (named(hit.party)) return true;
    return !hit.roots.empty() && std::all_of(hit.roots.begin(), hit.roots.end(), named);
  }

  /// Rules outside this authority that whoever relies on its answer still has to meet: named, not decided.
  void name_others(AuthorityVerdict& verdict, const std::vector<AuthorityVerdict>& all) const {
    const Authority* authority = world_.authority(verdict.authority);
    for (const std::string& id : authority->conditions_from) {
      for (const AuthorityVerdict& other : all) {
        if (other.authority != id || is_lawful(other.verdict)) continue;
        const Reason& first = other.reasons.front();
        add_once(verdict.conditions, fmt::format("{} decides apart from this: {} ({}, {})", id,
                                                 to_string(other.verdict), first.title, first.act));
      }
    }
  }

  const CaseIndex& world_;
  const Dates& dates_;
  const Changes& changes_;
  Facts facts_;
  std::set<std::string> upstream_;  // the deal's parties and whoever stands above them
  std::vector<Link> links_;
  std::set<std::pair<std::string, std::string>> control_stated_;
};

}  // namespace

std::string_view to_string(Verdict verdict) {
  constexpr std::array<std::string_view, 5> names = {"no_nexus", "permitted", "authorised", "undetermined",
                                                     "prohibited"};
  return names[static_cast<std::size_t>(verdict)];
}

Judgment judge(const Deal& deal, const CaseIndex& world, const Dates& dates, const Changes& changes) {
  return Judge(deal, world, dates, changes).judge();
}

}  // namespace interdict::law
