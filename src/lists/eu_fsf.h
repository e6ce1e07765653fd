// The EU's consolidated financial sanctions list, "FSF" XML 1.1.
#pragma once

#include "lists/xml_list.h"

namespace interdict::lists {

class EuFsf : public XmlForm {
 public:
  [[nodiscard]] std::string_view root() const override { return "export"; }
  [[nodiscard]] std::vector<std::string_view> record_names() const override { return {"sanctionEntity"}; }
  void outside_start(const XmlTag& tag) override;
  std::optional<std::string> fill(XmlElement record, RecordBuilder& out) override;
};

}  // namespace interdict::lists
