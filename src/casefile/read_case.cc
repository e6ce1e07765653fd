// The schema of a case file, section by section; docs/formats/case.md says the same in words.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <set>

#include "casefile/casefile.h"
#include "casefile/condition.h"
#include "casefile/fields.h"

namespace interdict::casefile {
namespace {

const std::vector<std::string> relief_acts = {"lift", "suspend", "license", "delist", "clear"};

std::vector<OwnershipTest> ownership_tests(Fields& f, const Provenance& parent) {
  std::vector<OwnershipTest> out;
  f.each("ownership_test", [&](Fields& t) {
    OwnershipTest test;
    test.window = t.window();
    test.percent = t.number("percent").value_or(50);
    test.more_than = t.flag("more_than", false);
    test.aggregate = t.flag("aggregate", false);
    test.control = t.flag("control", false);
    test.presumed = t.flag("presumed", false);
    test.established_in = t.countries("established_in");
    test.provenance = t.provenance(&parent);
    out.push_back(std::move(test));
  });
  return out;
}

std::vector<StatusChange> status_changes(Fields& f, const Provenance& parent) {
  std::vector<StatusChange> out;
  f.each("status", [&](Fields& s) {
    StatusChange change;
    const std::string name = s.required("is");
    if (const auto standing = standing_from(name)) {
      change.standing = *standing;
    } else if (!name.empty()) {
      s.errors().add(s.place(), fmt::format("'{}' is no status{}", name,
                                            suggestion(name, {"proposed", "blocked", "adopted", "in_force", "suspended",
                                                              "reinstated", "lifted"})));
    }
    if (!s.has("on")) s.errors().add(s.place(), "'on' is missing: every status has its day");
    change.on = s.day("on").value_or(Day{});
    change.until = s.day("until");
    change.act = s.text("act");
    change.by = s.words("by");
    change.published = s.day("published");
    change.condition = s.text("condition");
    change.provenance = s.provenance(&parent);
    if (change.until && *change.until <= change.on) {
      s.errors().add(s.place(), "'until' must be after 'on'", Fault::inconsistent);
    }
    if (!out.empty() && change.on < out.back().on) {
      s.errors().add(s.place(),
                     fmt::format("status goes backwards: {} comes after {}", interdict::to_string(change.on),
                                 interdict::to_string(out.back().on)),
                     Fault::inconsistent);
    }
    out.push_back(std::move(change));
  });
  return out;
}

std::vector<Ground> grounds(Fields& f) {
  std::vector<Ground> out;
  f.each("grounds", [&](Fields& g) {
    const Window window = g.window();
    out.push_back({g.id(), window.from, window.until, g.text("act")});
  });
  return out;
}

void read_authority(Fields& f, Case& c) {
  Authority a;
  a.id = f.id();
  a.name = f.required("name");
  a.territory = f.countries("territory");
  a.currency = f.currency("currency");
  a.apart = f.flag("apart", false);
  a.members = f.words("members");
  a.rule = f.text("rule");
  a.conditions_from = f.words("conditions_from");
  a.circumvention = f.words("circumvention");
  a.lists = f.words("lists");
  a.provenance = f.provenance(nullptr);
  a.ownership = ownership_tests(f, a.provenance);
  f.each("relief", [&](Fields& r) {
    ReliefForm form;
    form.act = r.word("act", relief_acts, "");
    form.decided_by = r.required("decided_by");
    form.rule = r.required("rule");
    form.difficulty = r.whole("difficulty").value_or(1);
    form.undone_by = r.text("undone_by");
    form.undone_how = r.text("undone_how");
    form.undone_days = r.whole("undone_days");
    form.precedents = r.words("precedents");
    a.relief.push_back(std::move(form));
  });
  c.authorities.push_back(std::move(a));
}

void read_act(Fields& f, Case& c) {
  Act a;
  a.id = f.id();
  a.authority = f.required("authority");
  a.title = f.required("title");
  a.adopted = f.day("adopted");
  a.published = f.day("published");
  a.in_force = f.day("in_force");
  a.summary = f.text("summary");
  a.amends = f.words("amends");
  a.grounds = f.words("grounds");
  a.lapsed = f.day("lapsed");
  a.text_seen = f.flag("text_seen", true);
  a.provenance = f.provenance(nullptr);
  f.each("valid", [&](Fields& v) {
    const Window window = v.window();
    a.valid.push_back({window, v.text("by"), v.provenance(&a.provenance)});
  });
  c.acts.push_back(std::move(a));
}

void read_measure(Fields& f, Case& c) {
  Measure m;
  m.id = f.id();
  m.authority = f.required("authority");
  m.act = f.required("act");
  m.article = f.text("article");
  m.title = f.required("title");
  m.forbids = f.required("forbids");
  m.listed = f.flag("listed", false);
  m.roles = f.words("roles");
  m.when = read_condition(f, "when");
  m.nexus = f.words("nexus", &nexus_kinds());
  m.owned = f.flag("owned", true);
  m.rests_on = f.words("rests_on");
  m.relief = f.words("relief", &relief_acts);
  m.fallback_for = f.words("fallback_for");
  m.trigger = f.text("trigger");
  m.provenance = f.provenance(nullptr);
  m.ownership = ownership_tests(f, m.provenance);
  m.grounds = grounds(f);
  m.status = status_changes(f, m.provenance);
  f.each("unstated", [&](Fields& u) {
    const std::string field = u.word("field", condition_fields(), "");
    m.unstated[field] = u.required("condition");
  });
  if (!m.listed && m.when.parts.empty()) {
    f.errors().add(f.place(), "a measure needs 'listed: true' or a 'when', else it would catch every deal");
  }
  c.measures.push_back(std::move(m));
}

void read_exception(Fields& f, Case& c) {
  Exception e;
  e.id = f.id();
  e.to = f.words("to");
  if (e.to.empty()) f.errors().add(f.place(), "an exception to nothing: 'to' is missing");
  e.kind = f.word("kind", {"licence", "derogation", "wind_down", "grandfathering", "exemption", "limit"}, "");
  e.act = f.text("act");
  e.article = f.text("article");
  e.title = f.text("title");
  const std::string effect = f.word("effect", {"authorise", "disapply", "prohibit"}, "authorise");
  e.effect = effect == "authorise"  ? Exception::Effect::authorise
             : effect == "disapply" ? Exception::Effect::disapply
                                    : Exception::Effect::prohibit;
  e.window = f.window();
  e.published = f.day("published");
  e.parties = f.words("parties");
  e.when = read_condition(f, "when");
  e.condition = f.text("condition");
  e.text_seen = f.flag("text_seen", true);
  e.provenance = f.provenance(nullptr);
  c.exceptions.push_back(std::move(e));
}

void read_party(Fields& f, Case& c) {
  CaseParty p;
  p.id = f.id();
  p.name = f.required("name");
  p.names = f.words("names");
  p.schema = f.text("schema");
  p.country = f.country("country");
  p.identifiers = f.words("identifiers");
  p.listing_ids = f.words("listing_ids");
  p.provenance = f.provenance(nullptr);
  c.parties.push_back(std::move(p));
}

void read_listing(Fields& f, Case& c) {
  Listing l;
  l.id = f.id();
  l.party = f.required("party");
  l.measures = f.words("measures");
  l.reason = f.text("reason");
  l.provenance = f.provenance(nullptr);
  l.grounds = grounds(f);
  l.status = status_changes(f, l.provenance);
  c.listings.push_back(std::move(l));
}

std::pair<double, double> share(Fields& f) {
  const auto exact = f.number("percent");
  const double least = f.number("at_least").value_or(exact.value_or(0));
  const double most = f.number("at_most").value_or(exact.value_or(100));
  if (least < 0 || most > 100 || least > most) {
    f.errors().add(f.place(), fmt::format("a share lies between 0 and 100 percent, not {} to {}", least, most),
                   Fault::inconsistent);
  }
  return {least, most};
}

void read_ownership(Fields& f, Case& c) {
  Ownership o;
  o.owner = f.required("owner");
  o.owned = f.required("owned");
  std::tie(o.least, o.most) = share(f);
  o.window = f.window();
  o.provenance = f.provenance(nullptr);
  c.ownership.push_back(std::move(o));
}

void read_control(Fields& f, Case& c) {
  Control o;
  o.controller = f.required("controller");
  o.controlled = f.required("controlled");
  o.stated = f.flag("controls", true);
  o.window = f.window();
  o.provenance = f.provenance(nullptr);
  c.control.push_back(std::move(o));
}

void read_annex(Fields& f, Case& c) {
  Annex a;
  a.id = f.id();
  a.title = f.text("title");
  a.provenance = f.provenance(nullptr);
  f.each("entries", [&](Fields& e) {
    AnnexEntry entry;
    entry.code = e.code("code");
    entry.window = e.window();
    entry.act = e.text("act");
    entry.provenance = e.provenance(&a.provenance);
    a.entries.push_back(std::move(entry));
  });
  c.annexes.push_back(std::move(a));
}

void read_event(Fields& f, Case& c) {
  Event e;
  e.id = f.id();
  if (!f.has("on")) f.errors().add(f.place(), "'on' is missing: every event has its date");
  e.on = f.partial("on").value_or(PartialDate{});
  e.published = f.day("published");
  e.kind = f.required("kind");
  e.title = f.required("title");
  e.count = f.whole("count");
  e.basis = f.text("basis");
  e.parties = f.words("parties");
  e.people = f.words("people");
  e.broker = f.text("broker");
  e.acts = f.words("acts");
  e.after = f.words("after");
  e.provenance = f.provenance(nullptr);
  c.events.push_back(std::move(e));
}

void read_claim(Fields& f, Case& c) {
  Claim k;
  k.id = f.id();
  k.speaker = f.required("speaker");
  if (!f.has("on")) f.errors().add(f.place(), "'on' is missing: every claim has its date");
  k.on = f.partial("on").value_or(PartialDate{});
  k.says = f.required("says");
  k.about = f.words("about");
  k.stance = f.word("stance", {"supports", "opposes", "asks", "says"}, "says");
  k.metric = f.text("metric");
  k.broker = f.text("broker");
  k.value = f.number("value");
  k.base = f.number("base");
  k.provenance = f.provenance(nullptr);
  c.claims.push_back(std::move(k));
}

void read_figure(Fields& f, Case& c) {
  Figure g;
  g.id = f.id();
  g.metric = f.required("metric");
  if (!f.has("on")) f.errors().add(f.place(), "'on' is missing: every figure has its date");
  g.on = f.partial("on").value_or(PartialDate{});
  if (!f.has("value")) f.errors().add(f.place(), "'value' is missing");
  g.value = f.number("value").value_or(0);
  g.unit = f.text("unit");
  g.basis = f.text("basis");
  g.by = f.text("by");
  g.about = f.words("about");
  g.provenance = f.provenance(nullptr);
  c.figures.push_back(std::move(g));
}

void read_demand(Fields& f, Case& c) {
  Demand d;
  d.id = f.id();
  d.by = f.required("by");
  d.title = f.required("title");
  d.parties = f.words("parties");
  d.on = f.partial("on");
  d.provenance = f.provenance(nullptr);
  c.demands.push_back(std::move(d));
}

void read_precedent(Fields& f, Case& c) {
  Precedent p;
  p.id = f.id();
  p.authority = f.required("authority");
  p.title = f.required("title");
  p.relief = f.day("relief");
  p.undone = f.day("undone");
  p.trigger = f.text("trigger");
  p.kept = f.text("kept");
  p.provenance = f.provenance(nullptr);
  c.precedents.push_back(std::move(p));
}

// Every id named exists, and is of the right kind.
class References {
 public:
  References(const Case& c, Errors& errors, std::vector<Error>& warnings)
      : c_(c), errors_(errors), warnings_(warnings) {}

  void check() {
    static const std::vector<std::string> anything = {"authority", "act",   "measure", "exception", "party",
                                                      "listing",   "event", "demand",  "precedent", "figure"};
    collect(c_.authorities, "authority");
    collect(c_.acts, "act");
    collect(c_.measures, "measure");
    collect(c_.exceptions, "exception");
    collect(c_.parties, "party");
    collect(c_.listings, "listing");
    collect(c_.annexes, "annex");
    collect(c_.events, "event");
    collect(c_.claims, "claim");
    collect(c_.figures, "figure");
    collect(c_.demands, "demand");
    collect(c_.precedents, "precedent");
    for (const auto& a : c_.acts) {
      one(a.authority, {"authority"}, a.provenance.place);
      each(a.amends, {"act"}, a.provenance.place);
      for (const auto& v : a.valid) one(v.by, {"act"}, v.provenance.place);
    }
    for (const auto& a : c_.authorities) {
      each(a.conditions_from, {"authority"}, a.provenance.place);
      for (const auto& r : a.relief) each(r.precedents, {"precedent"}, a.provenance.place);
    }
    for (const auto& m : c_.measures) {
      one(m.authority, {"authority"}, m.provenance.place);
      one(m.act, {"act"}, m.provenance.place);
      each(m.rests_on, {"act"}, m.provenance.place);
      each(m.fallback_for, {"measure"}, m.provenance.place);
      dated(m.status, m.grounds, m.provenance.place);
      condition(m.when);
    }
    for (const auto& e : c_.exceptions) {
      each(e.to, {"measure", "exception"}, e.provenance.place);
      one(e.act, {"act"}, e.provenance.place);
      each(e.parties, {"party"}, e.provenance.place);
      condition(e.when);
      if (e.window.until && e.kind == "licence" && !e.window.from) {
        warnings_.push_back(
            {Fault::inconsistent, fmt::format("licence '{}' ends but never begins", e.id), e.provenance.place});
      }
    }
    for (const auto& l : c_.listings) {
      one(l.party, {"party"}, l.provenance.place);
      each(l.measures, {"measure"}, l.provenance.place);
      dated(l.status, l.grounds, l.provenance.place);
    }
    for (const auto& o : c_.ownership) {
      one(o.owner, {"party"}, o.provenance.place);
      one(o.owned, {"party"}, o.provenance.place);
    }
    for (const auto& e : c_.events) {
      each(e.parties, {"party"}, e.provenance.place);
      each(e.acts, {"act"}, e.provenance.place);
      each(e.after, {"event"}, e.provenance.place);
      for (const auto& cause : e.after) before_its_cause(e, cause);
    }
    for (const auto& k : c_.claims) each(k.about, anything, k.provenance.place);
    for (const auto& g : c_.figures) each(g.about, {"measure", "party"}, g.provenance.place);
    for (const auto& k : c_.control) {
      one(k.controller, {"party"}, k.provenance.place);
      one(k.controlled, {"party"}, k.provenance.place);
    }
    for (const auto& a : c_.annexes) {
      for (const auto& e : a.entries) one(e.act, {"act"}, e.provenance.place);
    }
    for (const auto& d : c_.demands) each(d.parties, {"party"}, d.provenance.place);
    for (const auto& p : c_.precedents) one(p.authority, {"authority"}, p.provenance.place);
    shares();
    overlaps();
    cycles();
    odd();
  }

 private:
  template <typename T>
  void collect(const std::vector<T>& items, const std::string& kind) {
    for (const T& item : items) {
      const auto [where, fresh] = kinds_.try_emplace(item.id, kind);
      if (!fresh) {
        errors_.add(item.provenance.place, fmt::format("the id '{}' is already a {}", item.id, where->second),
                    Fault::inconsistent);
      }
    }
  }
  void one(const std::string& id, const std::vector<std::string>& kinds, const Place& place) {
    if (id.empty()) return;
    const auto found = kinds_.find(id);
    if (found != kinds_.end() && std::find(kinds.begin(), kinds.end(), found->second) != kinds.end()) return;
    std::vector<std::string> known;
    for (const auto& [name, kind] : kinds_) {
      if (std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) known.push_back(name);
    }
    errors_.add(place, fmt::format("there is no {} '{}'{}", fmt::join(kinds, " or "), id, suggestion(id, known)),
                Fault::not_found);
  }
  void each(const std::vector<std::string>& ids, const std::vector<std::string>& kinds, const Place& place) {
    for (const auto& id : ids) one(id, kinds, place);
  }
  void dated(const std::vector<StatusChange>& status, const std::vector<Ground>& grounds_of, const Place& place) {
    for (const auto& s : status) one(s.act, {"act"}, s.provenance.place);
    for (const auto& g : grounds_of) one(g.act, {"act"}, place);
  }
  void condition(const Condition& when) {
    for (const auto& part : when.parts) condition(part);
    if (when.kind != Condition::Kind::fact) return;
    if (when.field == "goods_annex") each(when.values, {"annex"}, when.place);
    if (when.field == "measure_in_force") each(when.values, {"measure"}, when.place);
    if (when.field == "subject" || when.field == "party") each(when.values, {"party"}, when.place);
  }
  void before_its_cause(const Event& event, const std::string& cause) {
    for (const auto& other : c_.events) {
      if (other.id == cause && event.on.last_day() < other.on.first_day()) {
        errors_.add(event.provenance.place, fmt::format("'{}' comes before its cause '{}'", event.id, cause),
                    Fault::inconsistent);
      }
    }
  }
  void shares() {
    for (const auto& o : c_.ownership) {
      double sum = 0;
      const Day day = o.window.from.value_or(Day{});
      for (const auto& other : c_.ownership) {
        if (other.owned == o.owned && other.window.holds(day)) sum += other.least;
      }
      if (sum > 100.0 + 1e-9) {
        errors_.add(o.provenance.place, fmt::format("the shares in '{}' add up to {} percent", o.owned, sum),
                    Fault::inconsistent);
      }
    }
  }
  static bool overlap(const Window& a, const Window& b) {
    return (!a.until || !b.from || *b.from < *a.until) && (!b.until || !a.from || *a.from < *b.until);
  }

  // Where two entries speak of the same thing on the same day, nobody could say which holds.
  void overlaps() {
    for (const auto& a : c_.authorities) overlapping_tests(a.ownership, a.id);
    for (const auto& m : c_.measures) overlapping_tests(m.ownership, m.id);
    for (std::size_t i = 0; i < c_.ownership.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const auto& a = c_.ownership[i];
        const auto& b = c_.ownership[j];
        if (a.owner == b.owner && a.owned == b.owned && overlap(a.window, b.window)) {
          errors_.add(a.provenance.place, fmt::format("two shares of '{}' in '{}' on the same days", a.owner, a.owned),
                      Fault::inconsistent);
        }
      }
    }
    for (const auto& annex : c_.annexes) {
      for (std::size_t i = 0; i < annex.entries.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
          const auto& a = annex.entries[i];
          if (a.code == annex.entries[j].code && overlap(a.window, annex.entries[j].window)) {
            warnings_.push_back({Fault::inconsistent,
                                 fmt::format("'{}' names {} twice for the same days", annex.id, a.code),
                                 a.provenance.place});
          }
        }
      }
    }
  }
  void overlapping_tests(const std::vector<OwnershipTest>& tests, const std::string& id) {
    for (std::size_t i = 0; i < tests.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (overlap(tests[i].window, tests[j].window)) {
          errors_.add(tests[i].provenance.place, fmt::format("two ownership tests of '{}' hold on the same days", id),
                      Fault::inconsistent);
        }
      }
    }
  }

  void cycles() {
    std::map<std::string, const Exception*> by_id;
    for (const auto& e : c_.exceptions) by_id[e.id] = &e;
    std::map<std::string, int> state;  // 1 on the path, 2 done
    const std::function<bool(const std::string&)> circular = [&](const std::string& id) {
      const auto found = by_id.find(id);
      if (found == by_id.end() || state[id] == 2) return false;
      if (state[id] == 1) return true;
      state[id] = 1;
      for (const auto& to : found->second->to) {
        if (circular(to)) return true;
      }
      state[id] = 2;
      return false;
    };
    for (const auto& e : c_.exceptions) {
      if (circular(e.id)) {
        errors_.add(e.provenance.place, fmt::format("a cycle of exceptions through '{}'", e.id), Fault::inconsistent);
        return;
      }
    }
  }
  void odd() {
    for (const auto& m : c_.measures) {
      if (m.status.empty()) {
        warnings_.push_back({Fault::inconsistent, fmt::format("measure '{}' has no status and never applies", m.id),
                             m.provenance.place});
      }
      if (m.listed && std::none_of(c_.listings.begin(), c_.listings.end(), [&](const Listing& l) {
            return std::find(l.measures.begin(), l.measures.end(), m.id) != l.measures.end();
          })) {
        warnings_.push_back(
            {Fault::inconsistent, fmt::format("nobody is listed under measure '{}'", m.id), m.provenance.place});
      }
    }
    for (std::size_t i = 0; i < c_.listings.size(); ++i) {
      const Listing& listing = c_.listings[i];
      if (!listing.status.empty() && listing.status.front().standing == Standing::reinstated) {
        warnings_.push_back({Fault::inconsistent,
                             fmt::format("'{}' is reinstated before it was ever in force", listing.id),
                             listing.status.front().provenance.place});
      }
      for (std::size_t j = 0; j < i; ++j) {
        if (c_.listings[j].party != listing.party) continue;
        for (const std::string& measure : listing.measures) {
          const auto& others = c_.listings[j].measures;
          if (std::find(others.begin(), others.end(), measure) == others.end()) continue;
          warnings_.push_back({Fault::inconsistent,
                               fmt::format("'{}' lists '{}' under '{}' a second time, after '{}'", listing.id,
                                           listing.party, measure, c_.listings[j].id),
                               listing.provenance.place});
        }
      }
    }
    for (const auto& p : c_.parties) {
      if (p.country.empty()) {
        warnings_.push_back({Fault::inconsistent, fmt::format("party '{}' has no country: nexus may stay open", p.id),
                             p.provenance.place});
      }
    }
  }

  const Case& c_;
  Errors& errors_;
  std::vector<Error>& warnings_;
  std::map<std::string, std::string> kinds_;
};

}  // namespace

LoadedCase read_case(const std::vector<File>& files) {
  LoadedCase out;
  Errors errors;
  for (const File& file : files) {
    const auto tree = parse_tree(file.name, file.text);
    if (!tree) {
      errors.add(tree.error().place, tree.error().message, tree.error().fault);
      continue;
    }
    if (tree->kind != Tree::Kind::map) {
      errors.add(tree->place, "a case file is a map of sections");
      continue;
    }
    Fields f(*tree, errors);
    Case& c = out.value;
    if (f.has("case")) c.id = f.text("case");
    if (f.has("title")) c.title = f.text("title");
    f.each("authorities", [&](Fields& i) { read_authority(i, c); });
    f.each("acts", [&](Fields& i) { read_act(i, c); });
    f.each("measures", [&](Fields& i) { read_measure(i, c); });
    f.each("exceptions", [&](Fields& i) { read_exception(i, c); });
    f.each("parties", [&](Fields& i) { read_party(i, c); });
    f.each("listings", [&](Fields& i) { read_listing(i, c); });
    f.each("ownership", [&](Fields& i) { read_ownership(i, c); });
    f.each("control", [&](Fields& i) { read_control(i, c); });
    f.each("annexes", [&](Fields& i) { read_annex(i, c); });
    f.each("events", [&](Fields& i) { read_event(i, c); });
    f.each("claims", [&](Fields& i) { read_claim(i, c); });
    f.each("figures", [&](Fields& i) { read_figure(i, c); });
    f.each("demands", [&](Fields& i) { read_demand(i, c); });
    f.each("precedents", [&](Fields& i) { read_precedent(i, c); });
    f.text("case");
    f.text("title");
    f.done();
  }
  if (errors.all().empty()) References(out.value, errors, out.warnings).check();
  out.errors = errors.take();
  return out;
}

Result<File> read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path)) return Error{Fault::io, "cannot be opened", {path, 0, 0, ""}};
  std::string text(std::size_t{16} << 20U, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return File{path, std::move(text)};
}

namespace {

std::vector<std::string> yaml_files(const std::string& folder) {
  std::error_code fault;
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder, fault)) {
    if (entry.path().extension() == ".yaml") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

LoadedCase lint_case(const std::string& folder) {
  LoadedCase out;
  const std::vector<std::string> paths = yaml_files(folder);
  if (paths.empty()) {
    out.errors.push_back({Fault::io, "holds no case files (*.yaml)", {folder, 0, 0, ""}});
    return out;
  }
  std::vector<File> files;
  for (const auto& path : paths) {
    auto file = read_file(path);
    if (!file) {
      out.errors.push_back(file.error());
      return out;
    }
    files.push_back(std::move(*file));
  }
  return read_case(files);
}

Result<Case> load_case(const std::string& folder) {
  LoadedCase loaded = lint_case(folder);
  if (!loaded.errors.empty()) return loaded.errors.front();
  return std::move(loaded.value);
}

Result<Deal> load_deal(const std::string& path, const Case* known) {
  const auto file = read_file(path);
  if (!file) return file.error();
  return read_deal(*file, known);
}

Result<Scenario> load_scenario(const std::string& path, const Case* known) {
  const auto file = read_file(path);
  if (!file) return file.error();
  return read_scenario(*file, known);
}

std::vector<Error> lint_folder(const std::string& folder, const Case& known, FileKind kind) {
  std::vector<Error> out;
  for (const auto& path : yaml_files(folder)) {
    if (kind == FileKind::deal) {
      const auto deal = load_deal(path, &known);
      if (!deal) out.push_back(deal.error());
    } else {
      const auto scenario = load_scenario(path, &known);
      if (!scenario) out.push_back(scenario.error());
    }
  }
  return out;
}

std::string nearest_id(std::string_view id, const Case& known) {
  std::vector<std::string> ids;
  const auto gather = [&](const auto& items) {
    for (const auto& item : items) ids.push_back(item.id);
  };
  gather(known.authorities);
  gather(known.acts);
  gather(known.measures);
  gather(known.exceptions);
  gather(known.parties);
  gather(known.listings);
  gather(known.events);
  return suggestion(id, ids);
}

}  // namespace interdict::casefile
