#include "law/ownership.h"

#include <algorithm>

namespace interdict::law {
namespace {

using CountryOf = std::function<const std::string&(const std::string&)>;

bool reaches(const OwnershipTest& test, double percent) {
  return test.more_than ? percent > test.percent : percent >= test.percent;
}

/// One direction of doubt: only what is sure, or all that is possible.
class Fixpoint {
 public:
  Fixpoint(const OwnershipRules& rules, const CountryOf& country_of, bool possible)
      : rules_(rules), country_of_(country_of), possible_(possible) {}

  std::map<std::string, Caught> from(const std::set<std::string>& listed) {
    std::map<std::string, Caught> in;
    for (const std::string& party : listed) in[party] = {Truth::yes, {party}, {}, false, {}};
    std::map<std::string, std::vector<const Link*>> by_owned;
    for (const Link& link : rules_.links) by_owned[link.owned].push_back(&link);
    for (bool grown = true; grown;) {
      grown = false;
      for (const auto& [owned, links] : by_owned) {
        if (in.contains(owned)) continue;
        Caught caught;
        if (!meets(owned, links, in, caught)) continue;
        in.emplace(owned, std::move(caught));
        grown = true;
      }
    }
    return in;
  }

 private:
  bool meets(const std::string& owned, const std::vector<const Link*>& links, const std::map<std::string, Caught>& in,
             Caught& out) const {
    for (const OwnershipTest& test : rules_.tests) {
      if (!established(test, owned)) continue;
      double sum = 0;
      double greatest = 0;
      const Link* controlling = nullptr;
      std::vector<const Link*> holders;
      for (const Link* link : links) {
        if (!in.contains(link->owner)) continue;
        if (link->control != Truth::no) {
          if (link->control == Truth::yes) controlling = link;
          continue;
        }
        const double share = possible_ ? link->most : link->least;
        if (share <= 0) continue;
        sum += share;
        greatest = std::max(greatest, share);
        holders.push_back(link);
      }
      if (reaches(test, test.aggregate ? sum : greatest)) {
        for (const Link* link : holders) {
          if (!test.aggregate && (possible_ ? link->most : link->least) < greatest) continue;
          take(*link, false, in, out);
        }
      } else if (test.control && controlling != nullptr) {
        take(*controlling, true, in, out);
      } else {
        continue;
      }
      out.truth = Truth::yes;
      out.presumed = out.presumed || test.presumed;
      out.test_from = std::max(out.test_from, met_since(test, sum, greatest, controlling != nullptr));
      return true;
    }
    return false;
  }

  /// Back through the tests that came one after another, as far as the same shares met each.
  std::optional<Day> met_since(const OwnershipTest& test, double sum, double greatest, bool controlled) const {
    std::optional<Day> from = test.window.from;
    for (bool further = true; further && from;) {
      further = false;
      for (const OwnershipTest& before : rules_.earlier) {
        if (before.window.until != from) continue;
        if (!reaches(before, before.aggregate ? sum : greatest) && !(before.control && controlled)) continue;
        from = before.window.from;
        further = true;
        break;
      }
    }
    return from;
  }

  bool established(const OwnershipTest& test, const std::string& owned) const {
    if (test.established_in.empty()) return true;
    const std::string& country = country_of_(owned);
    if (country.empty()) return possible_;
    return contains(test.established_in, country);
  }

  static void take(const Link& link, bool control, const std::map<std::string, Caught>& in, Caught& out) {
    const Caught& owner = in.at(link.owner);
    out.roots.insert(owner.roots.begin(), owner.roots.end());
    out.path.insert(out.path.end(), owner.path.begin(), owner.path.end());
    out.path.push_back({link.owner, link.owned, link.least, link.most, control});
    out.presumed = out.presumed || owner.presumed;
    out.test_from = std::max(out.test_from, owner.test_from);
  }

  const OwnershipRules& rules_;
  const CountryOf& country_of_;
  bool possible_;
};

}  // namespace

std::map<std::string, Caught> caught_by_ownership(const std::set<std::string>& listed, const OwnershipRules& rules,
                                                  const CountryOf& country_of) {
  const auto sure = Fixpoint(rules, country_of, false).from(listed);
  auto possible = Fixpoint(rules, country_of, true).from(listed);
  for (auto& [party, caught] : possible) {
    const auto at = sure.find(party);
    if (at != sure.end()) {
      caught = at->second;
    } else {
      caught.truth = Truth::unknown;
    }
  }
  return possible;
}

}  // namespace interdict::law
