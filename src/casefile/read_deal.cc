// The schemas of deal and scenario files.
#include <fmt/format.h>

#include <map>

#include "casefile/casefile.h"
#include "casefile/fields.h"

namespace interdict::casefile {
namespace {

const std::vector<std::string> deal_changes = {"reroute", "change_bank", "change_carrier", "change_insurer",
                                               "change_messaging"};

/// Every party a deal names, and where.
class Named {
 public:
  std::string one(Fields& f, std::string_view key) {
    std::string id = f.text(key);
    if (!id.empty()) all_.emplace_back(id, f.place_of(key));
    return id;
  }
  std::string required(Fields& f, std::string_view key) {
    if (!f.has(key)) return f.required(key);
    return one(f, key);
  }
  std::vector<std::string> several(Fields& f, std::string_view key) {
    std::vector<std::string> ids = f.words(key);
    for (const std::string& id : ids) all_.emplace_back(id, f.place_of(key));
    return ids;
  }
  void check(const Deal& deal, const Case* known, Errors& errors) const {
    if (known == nullptr) return;
    std::vector<std::string> ids;
    for (const auto& p : known->parties) ids.push_back(p.id);
    for (const auto& p : deal.described) ids.push_back(p.id);
    for (const auto& [id, place] : all_) {
      if (contains(ids, id)) continue;
      errors.add(place, fmt::format("there is no party '{}'{}", id, suggestion(id, ids)), Fault::not_found);
    }
  }

 private:
  std::vector<std::pair<std::string, Place>> all_;
};

std::vector<Leg> legs(Fields& f, Named& named) {
  std::vector<Leg> out;
  f.each("route", [&](Fields& l) {
    Leg leg;
    leg.from = l.required("from");
    leg.to = l.required("to");
    leg.mode = l.word("mode", {"rail", "sea", "air", "road", "pipeline"}, "");
    leg.territory = l.countries("territory");
    if (leg.territory.empty()) l.errors().add(l.place(), "'territory' is missing: the countries passed, ends included");
    leg.carrier = named.one(l, "carrier");
    leg.flag = l.country("flag");
    leg.insurer = named.one(l, "insurer");
    out.push_back(std::move(leg));
  });
  return out;
}

void check_shares(const Deal& deal, const Place& place, Errors& errors) {
  std::map<std::string, double> sums;
  for (const DealOwnership& o : deal.ownership) sums[o.owned] += o.least;
  for (const auto& [owned, sum] : sums) {
    if (sum > 100.0 + 1e-9) {
      errors.add(place, fmt::format("the shares in '{}' add up to {} percent", owned, sum), Fault::inconsistent);
    }
  }
}

}  // namespace

Result<Deal> read_deal(const File& file, const Case* known) {
  const auto tree = parse_tree(file.name, file.text);
  if (!tree) return tree.error();
  if (tree->kind != Tree::Kind::map) return Error{Fault::bad_input, "a deal is a map", tree->place};
  Errors errors;
  Fields f(*tree, errors);
  Deal d;
  d.place = tree->place;
  d.id = f.id();
  d.title = f.required("title");
  d.on = f.day("date");
  if (!f.has("date")) errors.add(f.place(), "'date' is missing: a deal has its day");
  d.contract = f.day("contract_date");
  d.performance = f.day("performance_date");
  const std::optional<Day> performed = d.performance ? d.performance : d.on;
  if (d.contract && performed && *performed < *d.contract) {
    errors.add(f.place_of("contract_date"), "performed before it was contracted", Fault::inconsistent);
  }
  Named named;
  d.activities = f.words("activities");
  if (f.has("purposes")) {
    d.purposes = f.words("purposes");
  } else {
    static_cast<void>(f.child("purposes"));
  }
  f.each("parties", [&](Fields& p) { d.parties.push_back({p.required("role"), named.required(p, "party")}); });
  f.each("described", [&](Fields& p) { d.described.push_back({p.id(), p.required("name"), p.country("country")}); });
  f.each("ownership", [&](Fields& o) {
    const double exact = o.number("percent").value_or(-1);
    const double least = o.number("at_least").value_or(exact < 0 ? 0 : exact);
    const double most = o.number("at_most").value_or(exact < 0 ? 100 : exact);
    if (least < 0 || most > 100 || least > most) {
      errors.add(o.place(), "a share lies between 0 and 100 percent", Fault::inconsistent);
    }
    d.ownership.push_back({named.required(o, "owner"), named.required(o, "owned"), least, most});
  });
  f.each("control", [&](Fields& o) {
    d.control.push_back({named.required(o, "controller"), named.required(o, "controlled"), o.flag("controls", true)});
  });
  f.each("goods", [&](Fields& g) {
    Goods goods;
    goods.code = g.code("code");
    goods.origin = g.country("origin");
    goods.from = g.country("from");
    goods.end_use = g.text("end_use");
    goods.quantity = g.text("quantity");
    d.goods.push_back(std::move(goods));
  });
  d.route = legs(f, named);
  f.each("payments", [&](Fields& p) {
    Payment payment;
    if (!p.has("currency")) p.errors().add(p.place(), "'currency' is missing");
    payment.currency = p.currency("currency");
    payment.payer_bank = named.one(p, "payer_bank");
    payment.payee_bank = named.one(p, "payee_bank");
    payment.clearing = named.several(p, "clearing");
    if (p.has("messaging")) payment.messaging = named.one(p, "messaging");
    static_cast<void>(p.child("messaging"));
    d.payments.push_back(std::move(payment));
  });
  d.services = f.words("services");
  d.clearances = f.words("clearances");
  static const std::vector<std::string> fixable = {"route", "bank", "carrier", "insurer", "messaging"};
  d.fixed = f.words("fixed", &fixable);
  f.each("alternatives", [&](Fields& a) {
    Alternative alternative;
    alternative.id = a.id();
    alternative.act = a.word("act", deal_changes, "");
    alternative.title = a.required("title");
    if (a.has("route")) alternative.route = legs(a, named);
    static_cast<void>(a.child("route"));
    if (a.has("payee_bank")) alternative.payee_bank = named.one(a, "payee_bank");
    static_cast<void>(a.child("payee_bank"));
    if (a.has("messaging")) alternative.messaging = named.one(a, "messaging");
    static_cast<void>(a.child("messaging"));
    d.alternatives.push_back(std::move(alternative));
  });
  f.done();
  named.check(d, known, errors);
  check_shares(d, f.place_of("ownership"), errors);
  if (!errors.all().empty()) return errors.all().front();
  return d;
}

Result<Scenario> read_scenario(const File& file, const Case* known) {
  const auto tree = parse_tree(file.name, file.text);
  if (!tree) return tree.error();
  if (tree->kind != Tree::Kind::map) return Error{Fault::bad_input, "a scenario is a map", tree->place};
  Errors errors;
  Fields f(*tree, errors);
  Scenario out;
  out.id = f.id();
  out.title = f.required("title");
  out.deals = f.words("deals");
  for (const auto& day : f.words("ask")) {
    if (const auto parsed = parse_day(day)) {
      out.ask.push_back(*parsed);
    } else {
      errors.add(f.place(), fmt::format("'{}' is no day", day));
    }
  }
  static const std::vector<std::string> acts = {
      "suspend", "lift",        "reinstate",      "adopt",          "license",         "delist",
      "list",    "veto",        "lapse",          "release",        "arrest",          "event",
      "reroute", "change_bank", "change_carrier", "change_insurer", "change_messaging"};
  std::vector<std::string> measures;
  std::vector<std::string> parties;
  if (known != nullptr) {
    for (const auto& m : known->measures) measures.push_back(m.id);
    for (const auto& p : known->parties) parties.push_back(p.id);
  }
  f.each("steps", [&](Fields& s) {
    ScenarioStep step;
    step.place = s.place();
    step.id = s.id();
    if (!s.has("on")) errors.add(s.place(), "'on' is missing: every step has its day");
    step.on = s.day("on").value_or(Day{});
    step.act = s.word("act", acts, "");
    step.measures = s.words("measures", known == nullptr ? nullptr : &measures);
    step.parties = s.words("parties", known == nullptr ? nullptr : &parties);
    step.renewal = s.text("renewal");
    step.condition = s.text("condition");
    step.broken_by = s.text("broken_by");
    step.kind = s.text("kind");
    step.alternative = s.text("alternative");
    step.count = s.whole("count").value_or(0);
    step.title = s.text("title");
    if (!out.steps.empty() && step.on < out.steps.back().on) {
      errors.add(s.place(), "steps must be in order of time", Fault::inconsistent);
    }
    out.steps.push_back(std::move(step));
  });
  f.done();
  if (!errors.all().empty()) return errors.all().front();
  return out;
}

}  // namespace interdict::casefile
