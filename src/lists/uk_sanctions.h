// The UK Sanctions List, XML, as published since February 2022.
#pragma once

#include "lists/xml_list.h"

namespace interdict::lists {

class UkSanctions : public XmlForm {
 public:
  [[nodiscard]] std::string_view root() const override { return "Designations"; }
  [[nodiscard]] std::vector<std::string_view> record_names() const override { return {"Designation"}; }
  void outside_end(std::string_view name, std::string_view text) override;
  std::optional<std::string> fill(XmlElement record, RecordBuilder& out) override;
};

}  // namespace interdict::lists
