#include "app/publishers.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <string_view>

namespace interdict::app {
namespace {

namespace ondemand = simdjson::ondemand;

Publisher ofac(std::string source, std::initializer_list<std::string_view> files) {
  Publisher out{std::move(source), {}, {"sanctionslistservice.ofac.treas.gov"}};
  for (std::string_view file : files) {
    out.urls.push_back(
        fmt::format("https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/{}", file));
  }
  return out;
}

Result<std::vector<std::string>> texts(ondemand::value value) {
  std::vector<std::string> out;
  ondemand::array array;
  if (value.get_array().get(array) != simdjson::SUCCESS) return Error{Fault::bad_input, "not an array", {}};
  for (auto item : array) {
    std::string_view text;
    if (item.get_string().get(text) != simdjson::SUCCESS) return Error{Fault::bad_input, "not a text", {}};
    out.emplace_back(text);
  }
  return out;
}

Result<Publisher> read_publisher(ondemand::object object) {
  Publisher out;
  for (auto field : object) {
    std::string_view key;
    ondemand::value value;
    if (field.unescaped_key().get(key) != simdjson::SUCCESS || field.value().get(value) != simdjson::SUCCESS) {
      return Error{Fault::bad_input, "broken JSON", {}};
    }
    if (key == "source") {
      std::string_view text;
      if (value.get_string().get(text) != simdjson::SUCCESS)
        return Error{Fault::bad_input, "'source' is not a text", {}};
      out.source = text;
    } else if (key == "urls" || key == "hosts") {
      auto list = texts(value);
      if (!list) return Error{Fault::bad_input, fmt::format("'{}' is not a list of texts", key), {}};
      (key == "urls" ? out.urls : out.hosts) = std::move(*list);
    } else {
      return Error{Fault::bad_input, fmt::format("unknown key '{}' (source, urls, hosts)", key), {}};
    }
  }
  if (out.source.empty() || out.urls.empty() || out.hosts.empty()) {
    return Error{Fault::bad_input, "source, urls and hosts are all needed", {}};
  }
  return out;
}

}  // namespace

std::vector<Publisher> default_publishers() {
  return {
      ofac("us_ofac_sdn", {"SDN.CSV", "ALT.CSV", "ADD.CSV", "SDN_COMMENTS.CSV"}),
      ofac("us_ofac_cons", {"CONS_PRIM.CSV", "CONS_ALT.CSV", "CONS_ADD.CSV", "CONS_COMMENTS.CSV"}),
      // The token is the one that the Commission publishes for anonymous downloads.
      {"eu_fsf",
       {"https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw"},
       {"webgate.ec.europa.eu"}},
      {"un_sc_sanctions", {"https://scsanctions.un.org/resources/xml/en/consolidated.xml"}, {"scsanctions.un.org"}},
      {"gb_fcdo_sanctions",
       {"https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.xml"},
       {"sanctionslist.fcdo.gov.uk"}},
      {"ca_dfatd_sema_sanctions",
       {"https://www.international.gc.ca/world-monde/assets/office_docs/"
        "international_relations-relations_internationales/sanctions/sema-lmes.xml"},
       {"www.international.gc.ca"}},
  };
}

Result<std::vector<Publisher>> read_publishers(const std::filesystem::path& path) {
  const auto broken = [&](std::string message) {
    return Error{Fault::bad_input, std::move(message), {path.string(), 0, 0, {}}};
  };
  simdjson::padded_string text;
  if (simdjson::padded_string::load(path.string()).get(text) != simdjson::SUCCESS) return broken("cannot be read");
  ondemand::parser parser;
  ondemand::document document;
  ondemand::array array;
  if (parser.iterate(text).get(document) != simdjson::SUCCESS || document.get_array().get(array) != simdjson::SUCCESS) {
    return broken("not a JSON array");
  }
  std::vector<Publisher> out;
  for (auto item : array) {
    ondemand::object object;
    if (item.get_object().get(object) != simdjson::SUCCESS) return broken("not an object");
    auto publisher = read_publisher(object);
    if (!publisher) return broken(fmt::format("publisher {}: {}", out.size() + 1, publisher.error().message));
    out.push_back(std::move(*publisher));
  }
  return out;
}

}  // namespace interdict::app
