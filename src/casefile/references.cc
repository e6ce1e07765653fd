#include "casefile/references.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <string>

namespace interdict::casefile {
namespace {

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
    if (found != kinds_.end() && contains(kinds, found->second)) return;
    std::vector<std::string> known;
    for (const auto& [name, kind] : kinds_) {
      if (contains(kinds, kind)) known.push_back(name);
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
      if (m.listed && std::none_of(c_.listings.begin(), c_.listings.end(),
                                   [&](const Listing& l) { return contains(l.measures, m.id); })) {
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

void check_references(const Case& whole, Errors& errors, std::vector<Error>& warnings) {
  References(whole, errors, warnings).check();
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
