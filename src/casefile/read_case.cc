// The schema of a case file, section by section; docs/formats/case.md says the same in words.
#include <fmt/format.h>

#include "casefile/casefile.h"
#include "casefile/condition.h"
#include "casefile/fields.h"
#include "casefile/references.h"

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
  if (errors.all().empty()) check_references(out.value, errors, out.warnings);
  out.errors = errors.take();
  return out;
}

}  // namespace interdict::casefile
