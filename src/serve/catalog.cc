// What is loaded and how it is matched: /catalog, /algorithms.
#include <algorithm>

#include "serve/yente.h"

namespace interdict::serve {
namespace {

using report::Json;

void put_loaded(Json& json, std::string_view version) {
  json.field("version", version);
  json.key("load");
  json.boolean(true);
  json.key("entities_url");
  json.null();
  json.key("delta_url");
  json.null();
  json.key("namespace");
  json.boolean(true);
  json.field("index_version", version);
  json.key("index_current");
  json.boolean(true);
  json.key("children");
  json.begin_array();
}

/// One number of 64 bits over the text (FNV-1a): an ETag only has to change when the text does.
std::string etag_of(std::string_view text) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  std::string out = "\"";
  for (int shift = 60; shift >= 0; shift -= 4) out += "0123456789abcdef"[(hash >> static_cast<unsigned>(shift)) & 15U];
  return out + "\"";
}

}  // namespace

Response catalog(const Site& site, const Request& request) {
  Json json;
  json.begin_object();
  json.key("datasets");
  json.begin_array();
  std::string newest;
  for (const Dataset& d : site.datasets) {
    newest = std::max(newest, d.published);
    json.begin_object();
    json.field("name", d.name);
    json.field("title", d.name);
    json.field("updated_at", d.published);
    json.field("last_export", d.published);
    json.key("entity_count");
    json.integer(static_cast<std::int64_t>(d.entries));
    put_loaded(json, d.version);
    json.end_array();
    json.end_object();
  }
  for (const char* name : {"sanctions", "default"}) {
    json.begin_object();
    json.field("name", name);
    json.field("title", "All loaded lists");
    put_loaded(json, newest);
    for (const Dataset& d : site.datasets) json.text(d.name);
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.key("current");
  json.begin_array();
  for (const Dataset& d : site.datasets) json.text(d.name);
  json.text("sanctions");
  json.text("default");
  json.end_array();
  json.key("outdated");
  json.begin_array();
  json.end_array();
  json.key("index_stale");
  json.boolean(false);
  json.end_object();
  Response out = json_of(json.str());
  const std::string etag = etag_of(out.body);
  out.headers.emplace_back("ETag", etag);
  out.headers.emplace_back("Cache-Control", "max-age=300");
  if (request.if_none_match == etag) {
    out.status = 304;
    out.body.clear();
  }
  return out;
}

Response algorithms() {
  struct Feature {
    std::string_view name;
    std::string_view description;
    double coefficient;
  };
  static constexpr Feature features[] = {{"name", "Similarity of the best pair of names", 1},
                                         {"weak_alias", "The best name is one that the list itself calls weak", 0},
                                         {"birth_date", "Agreement or contradiction of birth dates", 0},
                                         {"country", "Shared or different countries", 0},
                                         {"gender", "Same or different gender", 0},
                                         {"identifier", "An identifier of the party", 0},
                                         {"address", "Alike addresses", 0}};
  Json json;
  const auto put_features = [&] {
    json.begin_object();
    for (const Feature& feature : features) {
      json.key(feature.name);
      json.begin_object();
      json.field("description", feature.description);
      json.key("coefficient");
      json.number(feature.coefficient);
      json.key("url");
      json.null();
      json.end_object();
    }
    json.end_object();
  };
  constexpr std::string_view description =
      "Names are compared part by part with learnt variants and rarity; birth date, country, gender, identifiers and "
      "addresses weigh for and against. Exact: equal to scoring every name of every list.";
  json.begin_object();
  json.key("algorithms");
  json.begin_array();
  json.begin_object();
  json.field("name", algorithm_name);
  json.field("description", description);
  json.key("features");
  put_features();
  json.key("docs");
  json.begin_object();
  json.field("name", algorithm_name);
  json.field("description", description);
  json.key("config");
  json.begin_object();
  json.end_object();
  json.key("features");
  put_features();
  json.end_object();
  json.end_object();
  json.end_array();
  json.field("default", algorithm_name);
  json.field("best", algorithm_name);
  json.end_object();
  return json_of(json.str());
}

}  // namespace interdict::serve
