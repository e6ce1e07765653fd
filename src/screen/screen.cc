#include "screen/screen.h"

#include <algorithm>

#include "screen/evidence.h"
#include "screen/subject.h"

namespace interdict::screen {
namespace {

constexpr double rounding = 1e-9;

/// A name of a party that could carry it over the threshold, by the bound.
struct Lead {
  std::uint32_t name;
  std::uint32_t query_name;
  double bound;  // of the score as it counts
};

/// A party to look at: its leads, or all of its names where an identifier brought it.
struct Prospect {
  std::uint32_t party;
  bool by_identifier;
  std::size_t first_lead;
  std::size_t last_lead;
  double most;  // what it could score by name and any other evidence but identifiers
};

class Screening {
 public:
  Screening(const index::Snapshot& snapshot, const Query& query, const Options& options)
      : snapshot_(snapshot), options_(options), subject_(snapshot, query, options) {}

  std::vector<Hit> run() {
    const double rise = subject_.questions().greatest_rise();
    const double floor = (options_.threshold - rise) / (1 - rise) - rounding;
    if (floor <= 0) {
      // Evidence alone could reach the threshold: everything is a prospect.
      for (std::uint32_t party = 0; party < snapshot_.party_count(); ++party) {
        if (subject_.is_in_scope(party)) prospects_.push_back({party, true, 0, 0, 1});
      }
    } else {
      find_leads(floor);
      gather_prospects(rise);
    }
    std::vector<Hit> hits;
    for (const Scored& scored : best_parties()) {
      hits.push_back(make_hit(snapshot_, subject_, scored, options_.threshold));
    }
    return hits;
  }

 private:
  void find_leads(double floor) {
    for (const names::Kind kind : {names::Kind::person, names::Kind::organisation, names::Kind::object}) {
      const std::vector<names::Name>& asked = subject_.names(kind);
      for (std::uint32_t i = 0; i < asked.size(); ++i) {
        for (const auto& candidate : snapshot_.candidates(asked[i], floor, subject_.scope())) {
          const double bound = counted(static_cast<double>(candidate.bound), snapshot_.use_of(candidate.name));
          if (bound >= floor) leads_.push_back({candidate.name, i, bound});
        }
      }
    }
    std::ranges::sort(leads_, [](const Lead& a, const Lead& b) {
      return a.name != b.name ? a.name < b.name : a.query_name < b.query_name;
    });
  }

  /// Leads grouped by party, with the parties that identifiers bring; the most promising first.
  void gather_prospects(double rise) {
    for (const Questions::Text& identifier : subject_.questions().identifiers) {
      for (const std::uint32_t party : snapshot_.by_identifier(identifier.form)) {
        if (subject_.is_in_scope(party)) prospects_.push_back({party, true, 0, 0, 1});
      }
    }
    const std::size_t by_identifier = prospects_.size();
    for (std::size_t i = 0; i < leads_.size();) {
      Prospect prospect{snapshot_.party_of(leads_[i].name), false, i, i, 0};
      for (; i < leads_.size() && snapshot_.party_of(leads_[i].name) == prospect.party; ++i) {
        prospect.most = std::max(prospect.most, leads_[i].bound);
      }
      prospect.last_lead = i;
      prospect.most += effect_of(rise, std::min(prospect.most, 1.0));
      const auto known = prospects_.begin() + static_cast<std::ptrdiff_t>(by_identifier);
      const bool is_known =
          std::any_of(prospects_.begin(), known, [&](const Prospect& other) { return other.party == prospect.party; });
      if (!is_known) prospects_.push_back(prospect);
    }
    std::ranges::sort(prospects_, [](const Prospect& a, const Prospect& b) {
      return a.most != b.most ? a.most > b.most : a.party < b.party;
    });
    const auto twice = std::ranges::unique(prospects_, {}, &Prospect::party);  // by two identifiers: both have most 1
    prospects_.erase(twice.begin(), twice.end());
  }

  /// The parties at or above the threshold, best first, no more than the limit.
  std::vector<Scored> best_parties() {
    std::vector<Scored> best;  // a heap with the worst on top once it is full
    double needed = options_.threshold;
    for (const Prospect& prospect : prospects_) {
      if (prospect.most + rounding < needed) break;  // and so are all after it
      const std::optional<Scored> scored = score(prospect, needed);
      if (!scored || scored->score < options_.threshold) continue;
      best.push_back(*scored);
      std::ranges::push_heap(best, ranks_before);
      if (options_.limit == 0 || best.size() < options_.limit) continue;
      if (best.size() > options_.limit) {
        std::ranges::pop_heap(best, ranks_before);
        best.pop_back();
      }
      // Whoever is to be among the best must now reach the worst of them.
      needed = std::max(options_.threshold, best.front().score);
    }
    std::ranges::sort(best, ranks_before);
    return best;
  }

  /// Nothing when the party is surely below `needed`.
  std::optional<Scored> score(const Prospect& prospect, double needed) {
    const Findings findings = weigh(subject_.questions(), snapshot_.statements(prospect.party));
    Scored best;
    best.party = prospect.party;
    if (prospect.by_identifier) {
      const auto& asked = subject_.names(subject_.kind_of(prospect.party));
      for (std::uint32_t name = snapshot_.first_name(prospect.party); name < snapshot_.first_name(prospect.party + 1);
           ++name) {
        for (std::size_t i = 0; i < asked.size(); ++i) try_name(best, name, i, asked[i], 0);
      }
    } else {
      const auto& asked = subject_.names(subject_.kind_of(prospect.party));
      const double floor = findings.needed_for(needed);
      for (std::size_t i = prospect.first_lead; i < prospect.last_lead; ++i) {
        const Lead& lead = leads_[i];
        if (lead.bound >= floor) try_name(best, lead.name, lead.query_name, asked[lead.query_name], floor);
      }
      if (!best.listed_name) return std::nullopt;
    }
    best.score = findings.apply(best.counted);
    return best;
  }

  /// Takes the name as the party's best if it counts for more than the one before.
  void try_name(Scored& best, std::uint32_t name, std::size_t query_name, const names::Name& asked, double floor) {
    const double score = names::score(asked, snapshot_.name(name), std::max(floor, 0.0));
    const double counts = counted(score, snapshot_.use_of(name));
    if (counts <= best.counted) return;
    best.counted = counts;
    best.listed_name = name;
    best.query_name = query_name;
  }

  const index::Snapshot& snapshot_;
  const Options& options_;
  Subject subject_;
  std::vector<Lead> leads_;
  std::vector<Prospect> prospects_;
};

}  // namespace

std::vector<Hit> screen(const index::Snapshot& snapshot, const Query& query, const Options& options) {
  return Screening(snapshot, query, options).run();
}

}  // namespace interdict::screen
