// The United Nations Security Council's consolidated list, XML.
#pragma once

#include "lists/xml_list.h"

namespace interdict::lists {

class UnSc : public XmlForm {
 public:
  [[nodiscard]] std::string_view root() const override { return "CONSOLIDATED_LIST"; }
  [[nodiscard]] std::vector<std::string_view> record_names() const override { return {"INDIVIDUAL", "ENTITY"}; }
  void outside_start(const XmlTag& tag) override;
  std::optional<std::string> fill(XmlElement record, RecordBuilder& out) override;
};

}  // namespace interdict::lists
