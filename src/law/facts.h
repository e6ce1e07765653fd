// What a rule asks of a deal, answered from the deal.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "law/law.h"

namespace interdict::law {

/// The hit a condition is asked for; all empty for a measure that turns on no listing.
struct Hit {
  std::string party;
  std::string role;
  std::set<std::string> roots;
};

/// A deal with what the case knows of its parties, and the dates.
class Facts {
 public:
  Facts(const Deal& deal, const CaseIndex& world, const Dates& dates, const Changes& changes);

  [[nodiscard]] const Deal& deal() const { return deal_; }
  [[nodiscard]] Day contract() const { return deal_.contract.value_or(dates_.as_of); }
  [[nodiscard]] Day performance() const { return deal_.performance.value_or(dates_.as_of); }
  /// Every party of the deal with its role: those named as parties, banks, carriers and insurers. Each once.
  [[nodiscard]] const std::vector<DealParty>& parties() const { return parties_; }
  /// Empty when nobody says.
  [[nodiscard]] const std::string& country_of(const std::string& party) const;

  /// Whether a condition holds.
  [[nodiscard]] Truth holds(const Condition& when, const Hit& hit) const;
  /// The same; `unknown` gets the fields that would have decided it, `failed` those not met.
  Truth explain(const Condition& when, const Hit& hit, std::set<std::string>& unknown,
                std::set<std::string>& failed) const;

  /// The goods of the deal that an annex named by the condition holds on the day.
  [[nodiscard]] std::vector<AnnexHit> annexed(const Condition& when) const;

  /// How the authority is tied to the deal by the kinds of nexus given. `ties` gets "kind: what" of each tie.
  [[nodiscard]] Truth nexus(const Authority& authority, const std::vector<std::string>& kinds,
                            std::vector<std::string>& ties) const;

 private:
  /// What an evaluation has to tell, beside its answer.
  struct Told {
    std::set<std::string>& unknown;
    std::set<std::string>& failed;
  };
  Truth over_goods(const Condition& when, const Hit& hit, const Told* told) const;
  Truth evaluate(const Condition& when, const Hit& hit, const Goods* goods, const Told* told) const;
  Truth fact(const Condition& when, const Hit& hit, const Goods* goods) const;
  Truth in_annexes(const std::vector<std::string>& annexes, const Goods& goods) const;
  Truth countries_of_messaging(const std::vector<std::string>& values) const;

  const Deal& deal_;
  const CaseIndex& world_;
  const Dates& dates_;
  const Changes& changes_;
  std::vector<DealParty> parties_;
};

}  // namespace interdict::law
