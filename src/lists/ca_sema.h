// Canada's consolidated autonomous sanctions list (SEMA and JVCFOA), XML.
#pragma once

#include "lists/xml_list.h"

namespace interdict::lists {

class CaSema : public XmlForm {
 public:
  [[nodiscard]] std::string_view root() const override { return "data-set"; }
  [[nodiscard]] std::vector<std::string_view> record_names() const override { return {"record"}; }
  std::optional<std::string> fill(XmlElement record, RecordBuilder& out) override;
};

/// The list has no ids of its own. Ours is `COUNTRY:SCHEDULE:ITEM`: the English name of the regulations' country or
/// subject (its acronym where it gives one), the schedule if there is one, the item; words joined by hyphens.
/// "Belarus / Bélarus", "1, Part 1.1", "8" is `Belarus:1-Part-1.1:8`.
[[nodiscard]] std::string ca_sema_id(std::string_view country, std::string_view schedule, std::string_view item);

}  // namespace interdict::lists
