// A raw HTTP request, from its bytes to the answer: the parser, who asks, the path and query, and the bodies of every
// route: match and batch queries, deals, scenarios, reconciliation forms.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "casefile/casefile.h"
#include "serve/gate.h"
#include "serve/http_request.h"

namespace interdict::serve {
namespace {

constexpr const char* small_case = R"(case: small
title: A small case
authorities: [{id: home, name: Home, territory: [us], source: own, confidence: high}]
acts: [{id: act-1, authority: home, title: An order, source: own, confidence: high}]
parties: [{id: alfa, name: Alfa, country: by, source: own, confidence: high}]
measures:
  - {id: block, authority: home, act: act-1, title: Block, forbids: asset_freeze, listed: true, source: own,
     confidence: high, status: [{is: in_force, on: 2020-01-01}]}
)";

std::shared_ptr<const Site> make_site() {
  std::string name = (std::filesystem::temp_directory_path() / "http_fuzz_XXXXXX").string();
  INTERDICT_ASSERT(mkdtemp(name.data()) != nullptr);
  const std::filesystem::path folder = name;
  Party party;
  party.id = "made_up:1";
  party.source = "made_up";
  party.schema = "Person";
  party.statements = {{Prop::name, "Aliaksandr Kazlou", {}}, {Prop::birth_date, "1954", {}}};
  index::Builder builder;
  builder.add(party, "");
  builder.describe("{}");
  INTERDICT_ASSERT(builder.write(folder / "site.idx"));
  auto snapshot = index::Snapshot::open(folder / "site.idx");
  INTERDICT_ASSERT(snapshot);
  std::filesystem::remove_all(folder);
  auto loaded = casefile::read_case({{"case.yaml", small_case}});
  INTERDICT_ASSERT(loaded.errors.empty());
  auto site = std::make_shared<Site>(std::move(*snapshot), std::move(loaded.value));
  site->world_json = "{}";
  site->datasets = {{"made_up", "sha256:0", "2021-01-01T00:00:00Z", 1}};
  return site;
}

}  // namespace
}  // namespace interdict::serve

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace interdict::serve;
  static const Service service(make_site());
  static Gate gate(Gate::Policy{});
  RequestParser parser;
  parser.eager(true);
  parser.header_limit(16384);
  parser.body_limit(65536);
  boost::beast::error_code fault;
  parser.put(boost::asio::buffer(data, size), fault);
  if (fault || !parser.is_done()) return 0;
  const std::chrono::system_clock::time_point now{std::chrono::seconds(1'700'000'000)};
  static_cast<void>(gate.admit(presented_by(parser, "127.0.0.1"), now));
  Request request = request_of(parser, now, false);
  request.caller = interdict::access::local_caller();
  const Response answer = service.answer(request);
  // A fault of whoever asks is never told as one of ours.
  INTERDICT_ASSERT(answer.status >= 200 && answer.status < 500);
  return 0;
}
