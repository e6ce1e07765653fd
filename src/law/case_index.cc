#include "law/case_index.h"

#include <algorithm>
#include <set>

namespace interdict::law {

CaseIndex::CaseIndex(const Case& value) : value_(&value) {
  for (const Act& act : value.acts) acts_.try_emplace(act.id, &act);
  for (const CaseParty& party : value.parties) parties_.try_emplace(party.id, &party);
  for (const Authority& authority : value.authorities) authorities_.try_emplace(authority.id, &authority);
  for (const Annex& annex : value.annexes) annexes_.try_emplace(annex.id, &annex);
  for (const Measure& measure : value.measures) {
    measures_.try_emplace(measure.id, &measure);
    has_measures_[measure.authority] = true;
  }
  for (const Measure& measure : value.measures) {
    if (!measure.listed) add_general(measure);
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

void CaseIndex::add_general(const Measure& measure) {
  // All parts of `when` must hold, so one that asks for an annex already rules out other goods.
  for (const Condition& part : measure.when.parts) {
    if (measure.when.kind != Condition::Kind::all || part.kind != Condition::Kind::fact ||
        part.field != "goods_annex") {
      continue;
    }
    std::set<std::string> chapters;
    for (const std::string& id : part.values) {
      const Annex* named = annex(id);
      if (named == nullptr) continue;
      for (const AnnexEntry& entry : named->entries) chapters.insert(entry.code.substr(0, 2));
    }
    for (const std::string& chapter : chapters) by_chapter_[measure.authority][chapter].push_back(&measure);
    return;
  }
  general_[measure.authority].push_back(&measure);
}

std::vector<const Measure*> CaseIndex::general_measures(std::string_view authority,
                                                        const std::vector<Goods>& goods) const {
  std::vector<const Measure*> out = all(general_, authority);
  const auto chapters = by_chapter_.find(authority);
  if (chapters == by_chapter_.end()) return out;
  std::set<std::string> wanted;
  const bool any = std::any_of(goods.begin(), goods.end(), [](const Goods& item) { return item.code.size() < 2; });
  for (const Goods& item : goods) wanted.insert(item.code.substr(0, 2));
  for (const auto& [chapter, measures] : chapters->second) {
    if (any || wanted.contains(chapter)) out.insert(out.end(), measures.begin(), measures.end());
  }
  std::sort(out.begin(), out.end());  // they lie side by side in the case: the order of places is that of the case
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

bool CaseIndex::has_measures(std::string_view authority) const { return has_measures_.contains(authority); }

}  // namespace interdict::law
