#include "app/site.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>

#include "app/world.h"
#include "names/names.h"
#include "report/changes.h"
#include "report/json.h"
#include "store/digest.h"

namespace interdict::app {
namespace {

/// {"measures.yaml": TEXT, ...} in order of name.
std::string bundled(const std::vector<casefile::File>& files) {
  report::Json json;
  json.begin_object();
  for (const casefile::File& file : files) json.field(file.name, file.text);
  json.end_object();
  return json.str();
}

Result<std::vector<casefile::File>> unbundled(const std::string& bundle) {
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  const Error damaged{Fault::bad_input, "the case kept in the trail cannot be read", {}};
  if (parser.parse(bundle).get(object) != simdjson::SUCCESS) return damaged;
  std::vector<casefile::File> out;
  for (const auto field : object) {
    std::string_view text;
    if (field.value.get(text) != simdjson::SUCCESS) return damaged;
    out.push_back({std::string(field.key), std::string(text)});
  }
  return out;
}

Error in_folder(Error error, const std::string& folder) {
  if (!folder.empty() && !error.place.file.empty()) error.place.file = folder + "/" + error.place.file;
  return error;
}

/// Deals and scenarios by their ids.
Result<void> read_own(const std::vector<casefile::File>& files, serve::Site& site) {
  for (const casefile::File& file : files) {
    const std::string id = std::filesystem::path(file.name).stem().string();
    if (file.name.starts_with("deals/")) {
      auto deal = casefile::read_deal(file, &site.world);
      if (!deal) return std::move(deal).error();
      site.deals.emplace(id, std::move(*deal));
    } else if (file.name.starts_with("scenarios/")) {
      auto scenario = casefile::read_scenario(file, &site.world);
      if (!scenario) return std::move(scenario).error();
      site.scenarios.emplace(id, std::move(*scenario));
    }
  }
  return {};
}

std::string provenance_of(const OpenWorld& lists, const std::string& case_bundle) {
  report::Json json;
  json.begin_object();
  json.field("program", "interdict " INTERDICT_VERSION);
  json.field("tables", names::table_version());
  json.key("bundled");
  json.boolean(lists.bundled);
  json.field("as_of", to_string(lists.world.as_of));
  json.field("known_at", lists.world.known_at);
  json.key("loaded_to");
  json.integer(lists.world.loaded_to.value_or(0));
  json.field("case", store::digest_name(store::sha256(case_bundle)));
  json.key("lists");
  json.raw(lists.json);
  json.end_object();
  return json.str();
}

Result<MadeSite> assemble(OpenWorld lists, const std::vector<casefile::File>& files, const std::string& folder) {
  std::vector<casefile::File> of_the_case;
  for (const casefile::File& file : files) {
    if (file.name.find('/') == std::string::npos) of_the_case.push_back(file);
  }
  casefile::LoadedCase loaded = casefile::read_case(of_the_case);
  if (!loaded.errors.empty()) {
    for (std::size_t i = 0; i + 1 < loaded.errors.size(); ++i) fail(in_folder(loaded.errors[i], folder));
    return in_folder(loaded.errors.back(), folder);
  }
  MadeSite out;
  out.case_bundle = bundled(files);
  std::string provenance = provenance_of(lists, out.case_bundle);
  std::map<std::string, serve::Seen> spans;
  for (const auto& source : lists.coverage) {
    auto visited = lists.store.store.each_span(
        source.source, lists.world, [&](const std::string& listing, Instant first, Instant changed, Instant last) {
          spans.emplace(source.source + ":" + listing, serve::Seen{first, changed, last});
        });
    if (!visited) return std::move(visited).error();
  }
  auto site = std::make_shared<serve::Site>(std::move(lists.snapshot), std::move(loaded.value));
  site->provenance = std::move(provenance);
  site->world_json = std::move(lists.json);
  site->bundled = lists.bundled;
  for (const auto& source : lists.coverage) {
    if (!source.version) continue;
    if (!lists.bundled && is_stale(source, lists.world)) site->stale.push_back(source.source);
    site->datasets.push_back(
        {source.source, source.version->info.hash, to_string(source.version->published), source.version->entries});
  }
  site->seen.resize(site->snapshot.party_count());
  for (std::uint32_t party = 0; party < site->snapshot.party_count(); ++party) {
    const auto at = spans.find(std::string(site->snapshot.id(party)));
    if (at != spans.end()) site->seen[party] = at->second;
  }
  // A connection of its own for each question, since a Store is of one thread.
  site->changes = [path = lists.store.path, world = lists.world,
                   bundled = lists.bundled](report::ChangesAsked asked) -> Result<report::Changes> {
    auto store = store::Store::open(path, store::Store::Mode::read);
    if (!store) return std::move(store).error();
    asked.world.loaded_to = world.loaded_to;
    if (world.known_at)
      asked.world.known_at = std::min(asked.world.known_at.value_or(*world.known_at), *world.known_at);
    auto changes = report::changes_of(*store, asked);
    if (changes) changes->bundled = bundled;
    return changes;
  };
  if (auto read = read_own(files, *site); !read) return in_folder(std::move(read).error(), folder);
  out.site = std::move(site);
  return out;
}

}  // namespace

Result<MadeSite> make_site(const CaseOptions& options) {
  auto files = case_files(options.folder);
  if (!files) return std::move(files).error();
  auto world = world_asked(options.common);
  if (!world) return std::move(world).error();
  auto opened = open_store(options.common);
  if (!opened) return std::move(opened).error();
  // A load that ends while we read belongs to the next site.
  auto last = opened->store.last_load();
  if (!last) return std::move(last).error();
  world->loaded_to = *last;
  auto lists = open_world(std::move(*opened), *world);
  if (!lists) return std::move(lists).error();
  return assemble(std::move(*lists), *files, options.folder);
}

Result<MadeSite> make_site_again(const std::string& provenance, const std::string& case_bundle, const Common& common) {
  simdjson::dom::parser parser;
  simdjson::dom::element json;
  std::string_view as_of;
  std::string_view known_at;
  std::int64_t loaded_to = 0;
  bool from_bundled = false;
  const Error damaged{Fault::bad_input, "what the trail says of the world cannot be read", {}};
  if (parser.parse(provenance).get(json) != simdjson::SUCCESS || json["as_of"].get(as_of) != simdjson::SUCCESS ||
      json["loaded_to"].get(loaded_to) != simdjson::SUCCESS || json["bundled"].get(from_bundled) != simdjson::SUCCESS) {
    return damaged;
  }
  World world;
  const auto day = parse_day(as_of);
  if (!day) return damaged;
  world.as_of = *day;
  if (json["known_at"].get(known_at) == simdjson::SUCCESS) world.known_at = parse_instant(known_at);
  world.loaded_to = loaded_to;
  auto files = unbundled(case_bundle);
  if (!files) return std::move(files).error();
  auto opened = from_bundled ? open_bundled(common) : open_store(common);
  if (!opened) return std::move(opened).error();
  auto lists = open_world(std::move(*opened), world);
  if (!lists) return std::move(lists).error();
  auto made = assemble(std::move(*lists), *files, "");
  if (made && made->site->provenance != provenance) {
    return Error{Fault::inconsistent,
                 fmt::format("the world cannot be made again as it was: it was {}; now it would be {}", provenance,
                             made->site->provenance),
                 {}};
  }
  return made;
}

}  // namespace interdict::app
