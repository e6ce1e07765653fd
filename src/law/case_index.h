// A case with what is asked of it most often looked up once.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/case.h"
#include "model/deal.h"

namespace interdict::law {

/// Keeps pointers into the case, which must outlive it unchanged. Built in time linear in the case; every look-up is a
/// hash away and gives nullptr or an empty vector for what is not there. Safe to share between threads.
class CaseIndex {
 public:
  explicit CaseIndex(const Case& value);
  CaseIndex(const Case&&) = delete;

  [[nodiscard]] const Case& value() const { return *value_; }
  [[nodiscard]] const Act* act(std::string_view id) const { return at(acts_, id); }
  [[nodiscard]] const Measure* measure(std::string_view id) const { return at(measures_, id); }
  [[nodiscard]] const CaseParty* party(std::string_view id) const { return at(parties_, id); }
  [[nodiscard]] const Authority* authority(std::string_view id) const { return at(authorities_, id); }
  [[nodiscard]] const Annex* annex(std::string_view id) const { return at(annexes_, id); }

  /// In the order of the case.
  [[nodiscard]] const std::vector<const Exception*>& exceptions_to(std::string_view rule) const {
    return all(exceptions_to_, rule);
  }
  [[nodiscard]] const std::vector<const Listing*>& listings_under(std::string_view measure) const {
    return all(listings_under_, measure);
  }
  [[nodiscard]] const std::vector<const Listing*>& listings_of(std::string_view party) const {
    return all(listings_of_, party);
  }
  [[nodiscard]] const std::vector<const Ownership*>& owners_of(std::string_view party) const {
    return all(owners_of_, party);
  }
  [[nodiscard]] const std::vector<const Control*>& controllers_of(std::string_view party) const {
    return all(controllers_of_, party);
  }
  /// Measures that turn on no listing and may catch a deal with these goods, in the order of the case: those that ask
  /// for goods of an annex only if the annex names their chapter (the first two digits). An item without a code may be
  /// anything.
  [[nodiscard]] std::vector<const Measure*> general_measures(std::string_view authority,
                                                             const std::vector<Goods>& goods) const;
  [[nodiscard]] bool has_measures(std::string_view authority) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  template <typename T>
  using ById = std::unordered_map<std::string, const T*, Hash, std::equal_to<>>;
  template <typename T>
  using Many = std::unordered_map<std::string, std::vector<const T*>, Hash, std::equal_to<>>;

  template <typename T>
  static const T* at(const ById<T>& map, std::string_view id) {
    const auto found = map.find(id);
    return found == map.end() ? nullptr : found->second;
  }
  template <typename T>
  static const std::vector<const T*>& all(const Many<T>& map, std::string_view id) {
    static const std::vector<const T*> none;
    const auto found = map.find(id);
    return found == map.end() ? none : found->second;
  }

  void add_general(const Measure& measure);

  const Case* value_;
  ById<Act> acts_;
  ById<Measure> measures_;
  ById<CaseParty> parties_;
  ById<Authority> authorities_;
  ById<Annex> annexes_;
  Many<Exception> exceptions_to_;
  Many<Listing> listings_under_;
  Many<Listing> listings_of_;
  Many<Ownership> owners_of_;
  Many<Control> controllers_of_;
  Many<Measure> general_;                                         // by authority: those that ask for no annex
  std::map<std::string, Many<Measure>, std::less<>> by_chapter_;  // authority → chapter
  std::unordered_map<std::string, bool, Hash, std::equal_to<>> has_measures_;
};

}  // namespace interdict::law
