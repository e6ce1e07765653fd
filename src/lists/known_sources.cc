#include <vector>

#include "lists/lists.h"

namespace interdict::lists {

std::span<const KnownSource> known_sources() {
  static const std::vector<KnownSource> sources = {
      {"us_ofac_sdn", "OFAC Specially Designated Nationals and Blocked Persons List (SDN)",
       "Office of Foreign Assets Control", "us",
       "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/SDN.XML"},
      {"us_ofac_cons", "OFAC Consolidated (non-SDN) List", "Office of Foreign Assets Control", "us",
       "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/CONSOLIDATED.XML"},
      {"eu_fsf", "EU Financial Sanctions Files (FSF)", "European Commission", "eu",
       "https://webgate.ec.europa.eu/fsd/fsf"},
      {"un_sc_sanctions", "UN Security Council Consolidated List", "United Nations Security Council", "un",
       "https://scsanctions.un.org/resources/xml/en/consolidated.xml"},
      {"gb_fcdo_sanctions", "UK Sanctions List", "Foreign, Commonwealth and Development Office", "uk",
       "https://www.gov.uk/government/publications/the-uk-sanctions-list"},
      {"gb_hmt_sanctions", "UK OFSI Consolidated List of Targets (closed January 2026)",
       "Office of Financial Sanctions Implementation", "uk",
       "https://www.gov.uk/government/publications/financial-sanctions-consolidated-list-of-targets"},
      {"ca_dfatd_sema_sanctions", "Consolidated Canadian Autonomous Sanctions List", "Global Affairs Canada", "ca",
       "https://www.international.gc.ca/world-monde/assets/office_docs/"
       "international_relations-relations_internationales/"
       "sanctions/sema-lmes.xml"},
  };
  return sources;
}

}  // namespace interdict::lists
