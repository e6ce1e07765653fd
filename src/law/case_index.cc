#include "law/case_index.h"

namespace interdict::law {

CaseIndex::CaseIndex(const Case& value) : value_(&value) {
  for (const Act& act : value.acts) acts_.try_emplace(act.id, &act);
  for (const CaseParty& party : value.parties) parties_.try_emplace(party.id, &party);
  for (const Authority& authority : value.authorities) authorities_.try_emplace(authority.id, &authority);
  for (const Annex& annex : value.annexes) annexes_.try_emplace(annex.id, &annex);
  for (const Measure& measure : value.measures) {
    measures_.try_emplace(measure.id, &measure);
    has_measures_[measure.authority] = true;
    if (!measure.listed) general_[measure.authority].push_back(&measure);
  }
  for (const Exception& exception : value.exceptions) {
    for (const std::string& to : exception.to) exceptions_to_[to].push_back(&exception);
  }
  for (const Listing& listing : value.listings) {
    listings_of_[listing.party].push_back(&listing);
    for (const std::string& measure : listing.measures) listings_under_[measure].push_back(&listing);
  }
  for (const Ownership& share : value.ownership) owners_of_[share.owned].push_back(&share);
  for (const Control& control : value.control) controllers_of_[control.controlled].push_back(&control);
}

bool CaseIndex::has_measures(std::string_view authority) const { return has_measures_.contains(authority); }

}  // namespace interdict::law
