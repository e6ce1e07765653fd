#include "serve/serve.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <simdjson.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>
#include <mutex>
#include <regex>
#include <thread>

#include <rapidjson/document.h>
#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>

#include <set>
#include <sstream>

#include "casefile/casefile.h"
#include "report/changes.h"
#include "reviews/reviews.h"
#include "serve/apart.h"
#include "serve/openapi.h"
#include "serve/past.h"
#include "serve/routes.h"
#include "store/store.h"

namespace interdict::serve {
namespace {

constexpr const char* small_case = R"(case: small
title: A small case
authorities:
  - {id: home, name: Home, territory: [us], source: own, confidence: high,
     relief: [{act: delist, decided_by: Office, rule: administrative act}]}
acts: [{id: act-1, authority: home, title: An order, source: own, confidence: high}]
parties:
  - {id: alfa, name: Alfa, country: by, source: own, confidence: high}
  - {id: buyer, name: Buyer, country: us, source: own, confidence: high}
measures:
  - {id: block, authority: home, act: act-1, title: Block, forbids: asset_freeze, listed: true, source: own,
     confidence: high, status: [{is: in_force, on: 2020-01-01}]}
listings: [{id: l-alfa, party: alfa, measures: [block], status: [{is: in_force, on: 2020-01-01}], source: own, confidence: high}]
)";
constexpr const char* small_deal =
    "id: d\ntitle: A deal\ndate: 2021-01-01\nactivities: [sale]\nparties: [{role: seller, party: alfa}, {role: buyer, "
    "party: "
    "buyer}]\n";

Party listed(const std::string& id, const std::string& name, const std::string& birth) {
  Party out;
  out.id = "made_up:" + id;
  out.source = "made_up";
  out.schema = "Person";
  out.statements = {{Prop::name, name, {}}, {Prop::birth_date, birth, {}}};
  return out;
}

std::shared_ptr<Site> make_site() {
  const auto path = std::filesystem::temp_directory_path() / ("serve_test_" + std::to_string(getpid()) + ".idx");
  index::Builder builder;
  Party first = listed("1", "Aliaksandr Kazlou", "1954-08-30");
  first.statements.push_back({Prop::reference, "REF-1", {}});
  first.statements.push_back({Prop::nationality, "by", {}});
  first.statements.push_back({Prop::programme, "BELARUS", {}});
  first.statements.push_back({Prop::relation, "2", {}});
  first.statements.back().with(Detail::role, "Linked To");
  builder.add(first, "");
  builder.add(listed("2", "<script>alert(1)</script> Kazlova", "1980"), "");
  builder.describe("{}");
  EXPECT_TRUE(builder.write(path));
  auto snapshot = index::Snapshot::open(path);
  EXPECT_TRUE(snapshot);
  std::filesystem::remove(path);
  auto loaded = casefile::read_case({{"case.yaml", small_case}});
  EXPECT_TRUE(loaded.errors.empty());
  auto site = std::make_shared<Site>(std::move(*snapshot), std::move(loaded.value));
  site->world_json = R"({"as_of":"2021-01-01"})";
  site->datasets = {{"made_up", "sha256:0", "2021-01-01T00:00:00Z", 2}};
  site->seen = {{parse_instant("2020-01-01"), parse_instant("2021-01-01"), parse_instant("2021-01-01")}, {}};
  site->deals.emplace("d", *casefile::read_deal({"d.yaml", small_deal}, &site->world));
  return site;
}

class Api : public testing::Test {
 protected:
  Response get(const std::string& path, std::vector<std::pair<std::string, std::string>> query = {}) {
    return described(service_.answer({"GET", path, std::move(query), "", access::local_caller()}), "get", path);
  }
  Response post(const std::string& path, const std::string& body,
                std::vector<std::pair<std::string, std::string>> query = {}) {
    return described(service_.answer({"POST", path, std::move(query), body, access::local_caller()}), "post", path);
  }
  /// Every JSON answer must be what the OpenAPI document says of the route and the status.
  Response described(Response answer, const std::string& method, const std::string& path) {
    Request asked;
    asked.method = method == "get" ? "GET" : "POST";
    asked.path = path;
    const Found found = find_route(asked);
    if (found.route == nullptr || answer.type != "application/json" || answer.body.empty()) return answer;
    rapidjson::Document document;
    document.Parse(openapi().c_str());
    const auto& responses = document["paths"][std::string(found.route->pattern).c_str()][method.c_str()]["responses"];
    if (responses.HasMember("default")) return answer;  // no more than named there
    const std::string status = std::to_string(answer.status);
    EXPECT_TRUE(responses.HasMember(status.c_str())) << path << " answers " << status << ", which is not described";
    if (!responses.HasMember(status.c_str())) return answer;
    // One document holds the schema and what it refers to.
    rapidjson::Document whole(rapidjson::kObjectType);
    rapidjson::Value all(rapidjson::kArrayType);
    all.PushBack(
        rapidjson::Value(responses[status.c_str()]["content"]["application/json"]["schema"], whole.GetAllocator()),
        whole.GetAllocator());
    whole.AddMember("allOf", all, whole.GetAllocator());
    whole.AddMember("components", rapidjson::Value(document["components"], whole.GetAllocator()), whole.GetAllocator());
    const rapidjson::SchemaDocument schema(whole);
    rapidjson::SchemaValidator validator(schema);
    rapidjson::Document body;
    body.Parse(answer.body.c_str());
    if (!body.Accept(validator)) {
      rapidjson::StringBuffer where;
      validator.GetInvalidDocumentPointer().StringifyUriFragment(where);
      ADD_FAILURE() << path << " is not as described at " << where.GetString() << " ("
                    << validator.GetInvalidSchemaKeyword() << "): " << answer.body.substr(0, 400);
    }
    return answer;
  }
  /// Every value of the answer by its path, as text: "responses/a/results/0/id".
  static std::map<std::string, std::string> json(const Response& response) {
    simdjson::dom::parser parser;
    simdjson::dom::element document;
    EXPECT_EQ(parser.parse(response.body).get(document), simdjson::SUCCESS) << response.body;
    std::map<std::string, std::string> out;
    flatten(document, "", out);
    return out;
  }
  static void flatten(const simdjson::dom::element& value, const std::string& at,
                      std::map<std::string, std::string>& out) {
    simdjson::dom::object object;
    simdjson::dom::array array;
    std::string_view text;
    if (value.get(object) == simdjson::SUCCESS) {
      for (const auto [key, inner] : object) flatten(inner, at + (at.empty() ? "" : "/") + std::string(key), out);
    } else if (value.get(array) == simdjson::SUCCESS) {
      std::size_t i = 0;
      for (const auto inner : array) flatten(inner, at + "/" + std::to_string(i++), out);
      out[at + "/size"] = std::to_string(i);
    } else if (value.get(text) == simdjson::SUCCESS) {
      out[at] = text;
    } else {
      out[at] = simdjson::minify(value);
    }
  }

  Service service_{make_site()};
};

TEST_F(Api, MatchesAsYenteDoes) {
  const Response answer =
      post("/match/default", R"({"queries":{"a":{"schema":"Person","properties":{"name":["Aleksandr Kazlou"],
    "birthDate":"1954"}},"b":{"schema":"Person","properties":{"name":"Zbigniew Nowak"}}}})");
  ASSERT_EQ(answer.status, 200U) << answer.body;
  const auto body = json(answer);
  EXPECT_EQ(body.at("responses/a/status"), "200");
  EXPECT_EQ(body.at("responses/a/results/0/id"), "made_up:1");
  EXPECT_EQ(body.at("responses/a/results/0/match"), "true");
  EXPECT_TRUE(body.contains("responses/a/results/0/explanations/birth_date/score"));
  EXPECT_EQ(body.at("responses/a/total/value"), "1");
  EXPECT_EQ(body.at("responses/b/results/size"), "0");
  EXPECT_EQ(body.at("limit"), "5");
}

TEST_F(Api, RefusesWhatWouldBeIgnoredElsewhere) {
  const auto status = [&](const std::string& properties, const std::string& more = "") {
    return post("/match/default",
                R"({"queries":{"a":{"schema":"Person","properties":)" + properties + "}}" + more + "}")
        .status;
  };
  EXPECT_EQ(status(R"({"name":["x"]})"), 200U);
  EXPECT_EQ(status(R"({"name":["x"],"birthdate":"1954"})"), 400U);
  EXPECT_EQ(status(R"({"name":["x"],"birthDate":"1954-13"})"), 400U);
  EXPECT_EQ(status(R"({"name":["x"],"country":"Atlantis"})"), 400U);
  EXPECT_EQ(status(R"({"name":[7]})"), 400U);
  EXPECT_EQ(status(R"({"name":["x"]})", R"(,"config":{"nm_number_mismatch":1})"), 400U);
  EXPECT_EQ(post("/match/default", "{").status, 422U);
  EXPECT_EQ(post("/match/default", "{}").status, 422U);
  EXPECT_EQ(post("/match/no_such", R"({"queries":{}})").status, 404U);
  EXPECT_EQ(get("/match/default").status, 405U);
  EXPECT_EQ(post("/match/default", R"({"queries":{}})", {{"limit", "501"}}).status, 422U);
  EXPECT_EQ(post("/match/default", R"({"queries":{}})", {{"threshold", "2"}}).status, 422U);
  EXPECT_EQ(post("/match/default", R"({"queries":{}})", {{"algorithm", "logic-v2"}}).status, 400U);
}

TEST_F(Api, GivesNothingBackThatIsNoText) {
  const std::string broken = "id: \xf4\x80";
  for (const Response& refused :
       {post("/v1/check", broken), post("/v1/relief", broken), get("/v1/history", {{"id", broken}}),
        get("/v1/deals/%F4%80"), get("/search/default", {{"q", broken}})}) {
    EXPECT_EQ(refused.status, 422U);
    EXPECT_EQ(json(refused).at("detail/0/type"), "string_unicode") << refused.body;
  }
  EXPECT_EQ(post("/v1/screen/batch", "\xf4\x80\n{\"name\": \"Ivan\"}\n").status, 200U)
      << "its lines are looked at one by one";
}

TEST_F(Api, TakesAnEmptyNumberForWrongNotForAbsent) {
  for (const char* name : {"limit", "fuzzy", "facets"}) {
    EXPECT_EQ(get("/search/default", {{"q", "Ivan"}, {name, ""}}).status, 422U) << name;
  }
}

TEST_F(Api, SearchesAndShowsEntities) {
  EXPECT_EQ(json(get("/search/default", {{"q", "Aliaksandr Kazlou"}})).at("total/value"), "1");
  EXPECT_EQ(json(get("/search/made_up")).at("total/value"), "2");
  EXPECT_EQ(json(get("/entities/made_up%3A1")).at("caption"), "Aliaksandr Kazlou");
  EXPECT_EQ(get("/entities/made_up:9").status, 404U);
  EXPECT_EQ(get("/entities/%zz").status, 400U);
  EXPECT_EQ(json(get("/entities/made_up:1/adjacent")).at("entity/id"), "made_up:1");
  EXPECT_EQ(json(get("/catalog")).at("datasets/size"), "3");
}

TEST_F(Api, SaysWhichKnownPropertiesItDoesNotCompare) {
  const auto body = json(post("/match/default", R"({"queries":{"a":{"schema":"Person","properties":{
    "name":["Kazlou Aliaksandr", null],"religion":["none"],"birthDate":null}}}})"));
  EXPECT_EQ(body.at("responses/a/not_compared/size"), "1");
  EXPECT_EQ(body.at("responses/a/not_compared/0"), "religion");
  EXPECT_EQ(body.at("responses/a/query/properties/religion/0"), "none");
}

TEST_F(Api, RefusesWeightsRatherThanIgnoreThem) {
  const std::string query = R"("queries":{"a":{"schema":"Person","properties":{"name":"x"}},"b":null})";
  EXPECT_EQ(post("/match/default", "{" + query + R"(,"weights":{},"config":{}})").status, 200U);
  EXPECT_EQ(post("/match/default", "{" + query + R"(,"weights":{"name_match":0.5}})").status, 400U);
  EXPECT_EQ(post("/match/default", "{" + query + R"(,"weights":7})").status, 422U);
  EXPECT_EQ(post("/match/default", "{" + query + R"(,"wieghts":{}})").status, 400U);
  EXPECT_EQ(post("/match/default", "{" + query + "}", {{"exclude_datset", "x"}}).status, 422U);
  std::string many;
  for (int i = 0; i < 101; ++i)
    many += (i == 0 ? "\"" : ",\"") + std::to_string(i) + R"(":{"schema":"Person","properties":{"name":"x"}})";
  EXPECT_EQ(post("/match/default", R"({"queries":{)" + many + "}}").status, 400U);
}

TEST_F(Api, NarrowsMatchesAsAsked) {
  const std::string query = R"({"queries":{"a":{"schema":"Person","properties":{"name":"Aliaksandr Kazlou"}}}})";
  const auto total = [&](std::vector<std::pair<std::string, std::string>> by) {
    return json(post("/match/default", query, std::move(by))).at("responses/a/total/value");
  };
  EXPECT_EQ(total({}), "1");
  EXPECT_EQ(total({{"exclude_entity_ids", "made_up:1"}}), "0");
  EXPECT_EQ(total({{"exclude_entity_ids", "REF-1"}}), "0");
  EXPECT_EQ(total({{"exclude_entity_ids", "made_up:2"}}), "1");
  EXPECT_EQ(total({{"topics", "role.pep"}}), "0");
  EXPECT_EQ(total({{"topics", "role.pep"}, {"topics", "sanction"}}), "1");
  EXPECT_EQ(total({{"changed_since", "2020-12-31"}}), "1");
  EXPECT_EQ(total({{"changed_since", "2021-01-01T00:00"}}), "0");
  EXPECT_EQ(total({{"exclude_dataset", "made_up"}}), "0");
  EXPECT_EQ(total({{"exclude_schema", "Person"}}), "0");
  EXPECT_EQ(post("/match/default", query, {{"changed_since", "yesterday"}}).status, 422U);
}

TEST_F(Api, FiltersSortsAndCounts) {
  const auto first = [&](std::vector<std::pair<std::string, std::string>> by) {
    const auto body = json(get("/search/default", std::move(by)));
    return body.contains("results/0/id") ? body.at("results/0/id") : "";
  };
  EXPECT_EQ(first({{"filter", "birthDate:1980"}}), "made_up:2");
  EXPECT_EQ(first({{"filter", "properties.birthDate:1980"}, {"filter", "birthDate:1980"}}), "made_up:2");
  EXPECT_EQ(first({{"sort", "caption:desc"}}), "made_up:1");
  EXPECT_EQ(first({{"sort", "caption"}}), "made_up:2");
  EXPECT_EQ(first({{"filter", "birthDate:1980"}, {"filter", "birthDate:1954-08-30"}, {"filter_op", "AND"}}), "");
  EXPECT_EQ(first({{"offset", "1"}}), "made_up:2");
  EXPECT_EQ(first({{"target", "false"}}), "");
  const auto facets = json(get("/search/default", {{"facets", "schema"}, {"facets", "countries"}}));
  EXPECT_EQ(facets.at("facets/schema/values/0/count"), "2");
  EXPECT_EQ(facets.at("facets/countries/values/0/name"), "by");
  EXPECT_FALSE(facets.contains("facets/topics/label"));
  EXPECT_EQ(get("/search/default", {{"filter", "nonsense"}}).status, 400U);
  EXPECT_EQ(get("/search/default", {{"filter", "no_such:1"}}).status, 400U);
  EXPECT_EQ(get("/search/default", {{"sort", "no_such"}}).status, 400U);
  EXPECT_EQ(get("/search/default", {{"schema", "Elephant"}}).status, 400U);
  EXPECT_EQ(get("/search/default", {{"offset", "9500"}}).status, 422U);
  EXPECT_EQ(get("/search/default", {{"facets", "colours"}}).status, 422U);
}

TEST_F(Api, NestsRelatedPartiesAndTheListing) {
  const auto nested = json(get("/entities/made_up:1"));
  EXPECT_EQ(nested.at("properties/sanctions/0/schema"), "Sanction");
  EXPECT_EQ(nested.at("properties/sanctions/0/properties/programId/0"), "BELARUS");
  EXPECT_EQ(nested.at("properties/unknownLinkFrom/0/properties/object/0/id"), "made_up:2");
  EXPECT_EQ(nested.at("referents/0"), "REF-1");
  EXPECT_EQ(nested.at("first_seen"), "2020-01-01T00:00:00");
  EXPECT_FALSE(json(get("/entities/made_up:1", {{"nested", "false"}})).contains("properties/sanctions/0/schema"));
  EXPECT_EQ(json(get("/entities/made_up:1/adjacent")).at("adjacent/unknownLinkFrom/total/value"), "1");
  const auto paged = json(get("/entities/made_up:1/adjacent/unknownLinkFrom", {{"offset", "1"}}));
  EXPECT_EQ(paged.at("results/size"), "0");
  EXPECT_EQ(paged.at("total/value"), "1");
  EXPECT_EQ(get("/entities/made_up:1/adjacent/birthDate").status, 404U);
  EXPECT_EQ(json(get("/entities/made_up:2/adjacent/ownershipOwner")).at("total/value"), "0");
}

TEST_F(Api, GivesTheCatalogOnlyWhenItChanged) {
  const Response whole = get("/catalog");
  std::string etag;
  for (const auto& [name, value] : whole.headers) etag = name == "ETag" ? value : etag;
  ASSERT_FALSE(etag.empty());
  Request again{"GET", "/catalog", {}, ""};
  again.caller.role = access::Role::screen;
  again.if_none_match = etag;
  EXPECT_EQ(service_.answer(again).status, 304U);
  EXPECT_EQ(service_.answer(again).body, "");
  again.if_none_match = "\"other\"";
  EXPECT_EQ(service_.answer(again).status, 200U);
}

TEST_F(Api, Reconciles) {
  const auto form = [](const std::string& name, const std::string& text) {
    std::string out = name + "=";
    for (const char c : text) out += c == ' ' ? "+" : c == '"' ? "%22" : c == '+' ? "%2B" : std::string(1, c);
    return out;
  };
  const auto manifest = json(get("/reconcile/default"));
  EXPECT_EQ(manifest.at("versions/0"), "0.2");
  EXPECT_TRUE(manifest.contains("suggest/entity/service_path"));
  const auto answer = json(
      post("/reconcile/default",
           form("queries",
                R"({"q0":{"query":"Aliaksandr Kazlou","type":"Person","properties":[{"pid":"birthDate","v":"1954"}]},
                          "q1":{"query":"Zbigniew Nowak"}})")));
  EXPECT_EQ(answer.at("q0/result/0/id"), "made_up:1");
  EXPECT_EQ(answer.at("q0/result/0/match"), "true");
  EXPECT_EQ(answer.at("q0/result/0/type/0/id"), "Person");
  EXPECT_EQ(answer.at("q1/result/size"), "0");
  const auto extended = json(post(
      "/reconcile/default", form("extend", R"({"ids":["made_up:1","made_up:9"],"properties":[{"id":"birthDate"}]})")));
  EXPECT_EQ(extended.at("rows/made_up:1/birthDate/0/str"), "1954-08-30");
  EXPECT_EQ(extended.at("rows/made_up:9/birthDate/size"), "0");
  EXPECT_EQ(extended.at("meta/0/name"), "Birth date");
  EXPECT_EQ(post("/reconcile/default", "queries=%7B").status, 400U);
  EXPECT_EQ(post("/reconcile/default", "").status, 400U);
  EXPECT_EQ(post("/reconcile/default", form("queries", R"({"a":{"query":"x","type":"Elephant"}})")).status, 400U);
  EXPECT_EQ(json(get("/reconcile/default/suggest/entity", {{"prefix", "Kazlou"}})).at("result/0/id"), "made_up:1");
  EXPECT_EQ(json(get("/reconcile/default/suggest/type", {{"prefix", "per"}})).at("result/0/id"), "Person");
  EXPECT_EQ(json(get("/reconcile/default/suggest/property", {{"prefix", "birth d"}})).at("result/0/id"),
            "Person:birthDate");
  EXPECT_EQ(json(get("/reconcile/default/extend/property", {{"type", "Person"}, {"limit", "3"}})).at("properties/size"),
            "3");
}

TEST_F(Api, ScreensFilesLineByLine) {
  const auto lines = [&](const std::string& body) {
    const Response answer = post("/v1/screen/batch", body);
    EXPECT_EQ(answer.status, 200U);
    EXPECT_EQ(answer.type, "application/x-ndjson");
    std::vector<std::map<std::string, std::string>> out;
    std::istringstream in(answer.body);
    for (std::string line; std::getline(in, line);) {
      Response one;
      one.body = line;
      out.push_back(json(one));
    }
    return out;
  };
  const auto of_json = lines(
      "{\"id\":\"a\",\"name\":\"Aliaksandr Kazlou\"}\n\nnonsense\n{\"name\":[\"Kazlova\",null]}\n{\"nmae\":\"x\"}");
  ASSERT_EQ(of_json.size(), 4U);
  const auto of_csv = lines("id,name,birth_date\r\n1,\"Kazlou, Aliaksandr\",1954\r\n2,only two\r\n3,x,1954-13\r\n");
  ASSERT_EQ(of_csv.size(), 3U);
  EXPECT_EQ(of_csv[0].at("hits/0/id"), "made_up:1");
  EXPECT_EQ(of_csv[0].at("query/id"), "1");
  EXPECT_EQ(of_csv[1].at("line"), "3");
  EXPECT_EQ(of_csv[2].at("code"), "bad_usage");
}

TEST_F(Api, LooksForNewerListsWithTheTokenOnly) {
  int asked = 0;
  bool good = true;
  service_.on_update("secret", [&](bool wait) {
    asked += wait ? 10 : 1;
    return good;
  });
  EXPECT_EQ(post("/updatez", "").status, 403U);
  EXPECT_EQ(post("/updatez", "", {{"token", "secre"}}).status, 403U);
  EXPECT_EQ(post("/updatez", "", {{"token", "secret"}}).status, 200U);
  EXPECT_EQ(post("/updatez", "", {{"token", "secret"}, {"sync", "true"}}).status, 200U);
  EXPECT_EQ(asked, 11);
  good = false;
  EXPECT_EQ(post("/updatez", "", {{"token", "secret"}}).status, 500U);
  service_.report({parse_instant("2026-01-01"), "the publisher is away"});
  EXPECT_EQ(get("/readyz").status, 200U);
  EXPECT_EQ(json(get("/readyz")).at("problem"), "the publisher is away");
  service_.on_update("", [](bool) { return true; });
  EXPECT_EQ(post("/updatez", "", {{"token", ""}}).status, 403U);
}

TEST_F(Api, DescribesEveryRoute) {
  rapidjson::Document document;
  document.Parse(get("/openapi.json").body.c_str());
  ASSERT_FALSE(document.HasParseError());
  std::set<std::string> described;
  for (const auto& path : document["paths"].GetObject()) {
    for (const auto& method : path.value.GetObject()) {
      described.insert(std::string(method.value["operationId"].GetString()) + " " + path.name.GetString());
    }
  }
  std::set<std::string> routed;
  for (const Route& route : routes()) routed.insert(std::string(route.operation) + " " + std::string(route.pattern));
  EXPECT_EQ(described, routed);
}

TEST_F(Api, AnswersForDeals) {
  EXPECT_EQ(json(get("/v1/check", {{"deal", "d"}})).at("verdict"), "prohibited");
  EXPECT_EQ(json(post("/v1/check", small_deal, {{"as_of", "2019-01-01"}})).at("verdict"), "permitted");
  // A deal of the case comes in the form that is taken: sent back, it is answered alike.
  const Response written = get("/v1/deals/d");
  EXPECT_EQ(post("/v1/check", written.body).body, get("/v1/check", {{"deal", "d"}}).body);
  EXPECT_EQ(get("/v1/deals/none").status, 404U);
  EXPECT_EQ(json(get("/v1/timeline", {{"as_of", "2021-01-01"}, {"from", "2019-01-01"}})).at("until"), "2021-01-02");
  const auto relief = json(get("/v1/relief", {{"deal", "d"}}));
  EXPECT_EQ(relief.at("options/0/actions/0/act"), "delist");
  EXPECT_EQ(relief.at("complete"), "true");
  EXPECT_EQ(get("/v1/check", {{"deal", "d"}, {"from", "2019-12-30"}, {"to", "2020-01-02"}, {"format", "svg"}}).type,
            "image/svg+xml");
  EXPECT_THAT(json(post("/v1/check", "id: d\n")).at("detail"), testing::HasSubstr("request:1:1"));
  EXPECT_EQ(get("/v1/check", {{"deal", "none"}}).status, 404U);
  EXPECT_EQ(get("/v1/check", {{"deal", "d"}, {"as_of", "2021-02-30"}}).status, 400U);
  EXPECT_EQ(get("/v1/explain", {{"id", "block"}}).status, 200U);
  EXPECT_EQ(get("/v1/explain", {{"id", "nothing"}}).status, 404U);
}

TEST_F(Api, TellsWhatChangedOnTheLists) {
  EXPECT_EQ(get("/v1/changes").status, 404U) << "this site has no record";
  const std::string path =
      (std::filesystem::temp_directory_path() / ("serve_" + std::to_string(getpid()) + ".db")).string();
  {
    auto store = store::Store::open(path, store::Store::Mode::write);
    ASSERT_TRUE(store.ok());
    const std::vector<std::vector<Record>> days = {
        {{"1", Part::main, "Person", {{Prop::name, "Ann Kazlova", {}}, {Prop::birth_date, "1970", {}}}},
         {"2", Part::main, "Person", {{Prop::name, "=HYPERLINK(1)", {}}}}},
        {{"1", Part::main, "Person", {{Prop::name, "Ann Kazlova", {}}, {Prop::birth_date, "1970-05-03", {}}}},
         {"3", Part::main, "Company", {{Prop::name, "New, Ltd", {}}}}}};
    for (std::size_t i = 0; i < days.size(); ++i) {
      auto load = store->begin("made_up");
      ASSERT_TRUE(load.ok());
      for (const Record& record : days[i]) ASSERT_TRUE(load->add(record).ok());
      VersionInfo info;
      info.source = "made_up";
      info.form = "test";
      info.hash = "sha256:" + std::to_string(i);
      info.published = parse_instant(i == 0 ? "2020-01-01" : "2021-01-01");
      info.supplied = {true, false, false, false};
      ASSERT_TRUE(load->commit(info, {}, *parse_instant("2022-01-01")).ok());
    }
  }
  const auto site = make_site();
  site->changes = [&](const report::ChangesAsked& asked) -> Result<report::Changes> {
    auto store = store::Store::open(path, store::Store::Mode::read);
    if (!store) return store.error();
    return report::changes_of(*store, asked);
  };
  service_.swap(site);
  const auto all = json(get("/v1/changes", {{"from", "2020-06-01"}, {"to", "2021-06-01"}}));
  EXPECT_EQ(all.at("total"), "3");
  EXPECT_EQ(all.at("lists/0/covered"), "covered");
  EXPECT_EQ(all.at("lists/0/added") + all.at("lists/0/changed") + all.at("lists/0/removed"), "111");
  EXPECT_EQ(all.at("parties/0/id"), "made_up:1");
  EXPECT_EQ(all.at("parties/0/fields/0/field"), "birthDate");
  EXPECT_EQ(all.at("parties/0/fields/0/before/0"), "1970");
  EXPECT_EQ(all.at("parties/0/fields/0/after/0"), "1970-05-03");
  EXPECT_EQ(all.count("parties/0/fields/1/field"), 0U) << "what did not change is not told";
  EXPECT_EQ(all.at("parties/1/change"), "removed");
  EXPECT_EQ(all.at("parties/2/change"), "added");
  const auto page =
      json(get("/v1/changes", {{"from", "2020-06-01"}, {"to", "2021-06-01"}, {"offset", "1"}, {"limit", "1"}}));
  EXPECT_EQ(page.at("total"), "3");
  EXPECT_EQ(page.at("parties/0/id"), "made_up:2");
  EXPECT_EQ(page.count("parties/1/id"), 0U);
  const auto found = json(get("/v1/changes", {{"from", "2020-06-01"}, {"to", "2021-06-01"}, {"text", "KAZLOVA"}}));
  EXPECT_EQ(found.at("total"), "1");
  EXPECT_EQ(found.at("lists/0/removed"), "1") << "the counts of a list are of all that changed";
  const auto early = json(get("/v1/changes", {{"from", "2019-01-01"}, {"to", "2021-06-01"}}));
  EXPECT_EQ(early.at("lists/0/covered"), "since_first");
  EXPECT_EQ(early.at("total"), "3");
  const Response csv = get("/v1/changes", {{"from", "2020-06-01"}, {"to", "2021-06-01"}, {"format", "csv"}});
  EXPECT_EQ(csv.type, "text/csv; charset=utf-8");
  EXPECT_EQ(csv.body,
            "source,listing_id,caption,schema,change,field,before,after\n"
            "made_up,made_up:1,Ann Kazlova,Person,changed,birthDate,1970,1970-05-03\n"
            "made_up,made_up:2,'=HYPERLINK(1),Person,removed,name,'=HYPERLINK(1),\n"
            "made_up,made_up:3,\"New, Ltd\",Company,added,name,,\"New, Ltd\"\n");
  EXPECT_EQ(get("/v1/changes", {{"from", "2021-06-01"}, {"to", "2020-06-01"}}).status, 400U);
  EXPECT_EQ(get("/v1/changes", {{"to", "2021-06-01"}, {"source", "none"}}).status, 404U);
  EXPECT_EQ(get("/v1/changes", {{"from", "yesterday"}}).status, 422U);
  EXPECT_EQ(get("/v1/changes", {{"sources", "made_up"}}).status, 422U) << "a mistyped filter is not taken for none";
  EXPECT_EQ(get("/v1/changes", {{"limit", "10001"}}).status, 422U);
  std::filesystem::remove(path);
}

TEST_F(Api, ServesItsPagesAndNothingElse) {
  const Response page = get("/");
  EXPECT_EQ(page.status, 200U);
  EXPECT_THAT(page.type, testing::HasSubstr("text/html"));
  bool policy = false;
  for (const auto& [name, value] : page.headers) policy = policy || name == "Content-Security-Policy";
  EXPECT_TRUE(policy);
  for (const char* path : {"/../etc/passwd", "/..%2f..%2fetc/passwd", "/index.html/..", "//", "/v1/nothing"}) {
    EXPECT_EQ(get(path).status, 404U) << path;
  }
  EXPECT_EQ(service_.answer({"DELETE", "/", {}, ""}).status, 405U);
}

TEST_F(Api, AnswersAsOfAnotherDay) {
  const std::string name = "Aliaksandr Kazlou";
  EXPECT_EQ(json(get("/v1/screen", {{"name", name}, {"as_of", "2020-01-01"}})).at("code"), "unsupported");
  std::atomic<int> made = 0;
  service_.past = std::make_shared<Past>(
      [&](Day as_of, std::optional<Day> known_at) -> Past::Made {
        ++made;
        if (as_of < *parse_day("2000-01-01")) return Error{Fault::inconsistent, "no store then", {}};
        auto site = make_site();
        site->world_json = R"({"as_of":")" + to_string(as_of) + R"(","known_at":)" +
                           (known_at ? '"' + to_string(*known_at) + '"' : "null") + "}";
        site->stale = {"made_up"};
        return std::shared_ptr<const Site>(std::move(site));
      },
      2);
  const auto on = [&](const std::string& day, const std::string& known = "") {
    return get("/v1/screen", {{"name", name}, {"as_of", day}, {"known_at", known}});
  };
  const auto then = json(on("2020-01-01", "2020-06-01"));
  EXPECT_EQ(then.at("world/as_of"), "2020-01-01");
  EXPECT_EQ(then.at("world/known_at"), "2020-06-01");
  EXPECT_EQ(then.at("hits/0/id"), "made_up:1");
  EXPECT_EQ(then.at("hits/0/standing"), "last_known");
  EXPECT_EQ(json(get("/v1/screen", {{"name", name}})).at("world/as_of"), "2021-01-01");
  EXPECT_EQ(made, 1);
  static_cast<void>(on("2020-01-01", "2020-06-01"));
  EXPECT_EQ(made, 1) << "kept";
  static_cast<void>(on("2020-01-02"));
  static_cast<void>(on("2020-01-03"));
  static_cast<void>(on("2020-01-01", "2020-06-01"));
  EXPECT_EQ(made, 4) << "of three days the first was let go";
  service_.swap(make_site());
  static_cast<void>(on("2020-01-03"));
  EXPECT_EQ(made, 5) << "a load may have changed what is known of that day";
  for (const int times : {6, 7}) {
    EXPECT_EQ(on("1999-01-01").status, 400U);
    EXPECT_EQ(made, times) << "what failed is tried again";
  }
  for (const char* never : {"2021-02-30", "yesterday", "0000-01-01"}) {
    EXPECT_EQ(on(never).status, 422U) << never;
    EXPECT_EQ(json(on(never)).at("detail/0/type"), "date_parsing");
  }
  EXPECT_EQ(made, 7);
  const Response batch = post("/v1/screen/batch", R"({"name":"Aliaksandr Kazlou"})", {{"as_of", "2020-01-03"}});
  EXPECT_THAT(batch.body, testing::HasSubstr(R"("as_of":"2020-01-03")"));
}

TEST(Past, MakesOneSiteForAllWhoWaitAndHoldsNobodyElseUp) {
  std::promise<void> go;
  const auto gate = go.get_future().share();
  std::atomic<int> made = 0;
  const Day slow = *parse_day("2020-01-01");
  Past past([&](Day as_of, std::optional<Day>) -> Past::Made {
    ++made;
    if (as_of == slow) gate.wait();
    return std::shared_ptr<const Site>(make_site());
  });
  std::vector<std::future<std::shared_ptr<const Site>>> waiting;
  for (int i = 0; i < 3; ++i) {
    waiting.push_back(std::async(std::launch::async, [&] { return *past.of({slow, {}}); }));
  }
  EXPECT_TRUE(past.of({*parse_day("2021-01-01"), {}})) << "another day is answered meanwhile";
  go.set_value();
  const auto first = waiting[0].get();
  EXPECT_EQ(waiting[1].get(), first);
  EXPECT_EQ(waiting[2].get(), first);
  EXPECT_EQ(made, 2);
}

TEST(Apart, RunsWhatItTakesAndRefusesTheRest) {
  std::promise<void> go;
  const auto gate = go.get_future().share();
  std::atomic<int> done = 0;
  {
    Apart apart(1, 2);
    std::promise<void> begun;
    ASSERT_TRUE(apart.run([&] {
      begun.set_value();
      gate.wait();
      ++done;
    }));
    begun.get_future().wait();
    EXPECT_TRUE(apart.run([&] { ++done; }));
    EXPECT_TRUE(apart.run([&] { ++done; }));
    EXPECT_FALSE(apart.run([&] { ++done; })) << "two may wait";
    go.set_value();
    while (done < 3) std::this_thread::yield();
  }
  EXPECT_EQ(done, 3);
}

TEST_F(Api, SwapsSitesWhileItAnswers) {
  std::atomic<bool> done{false};
  std::atomic<int> wrong{0};
  std::vector<std::jthread> askers;
  for (int i = 0; i < 3; ++i) {
    askers.emplace_back([&] {
      while (!done) wrong += get("/v1/check", {{"deal", "d"}}).status == 200 ? 0 : 1;
    });
  }
  for (int i = 0; i < 20; ++i) service_.swap(make_site());
  done = true;
  askers.clear();
  EXPECT_EQ(wrong, 0);
}

// -- reviews ----------------------------------------------------------------------------------------------------------

class Reviews : public Api {
 protected:
  Reviews() {
    std::string name = (std::filesystem::temp_directory_path() / "serve_reviews_XXXXXX").string();
    folder_ = mkdtemp(name.data());
    auto book = reviews::Book::open(folder_ / "reviews", reviews::Book::Mode::write);
    EXPECT_TRUE(book);
    service_.remember(std::make_shared<reviews::Book>(std::move(*book)));
  }
  ~Reviews() override { std::filesystem::remove_all(folder_); }

  Response screened(const std::string& quiet = "show", const std::string& birth = "1980") {
    return get(
        "/v1/customers/c1/screen",
        {{"name", "Script alert 1 script Kazlova"}, {"birth_date", birth}, {"schema", "Person"}, {"quiet", quiet}});
  }
  Response decide(const std::string& more) {
    return post(
        "/v1/reviews",
        R"({"query":{"id":"c1","schema":"Person","properties":{"name":["Script alert 1 script Kazlova"],"birthDate":["1980"]}},
                "listing":"made_up:2",)" +
            more + "}");
  }

  std::filesystem::path folder_;
};

TEST_F(Reviews, GoQuietOnceTwoPersonsAgreeAndReopenOnAChange) {
  const auto fresh = json(screened());
  ASSERT_EQ(fresh.at("hits/0/id"), "made_up:2");
  EXPECT_EQ(fresh.at("hits/0/review/status"), "new");
  EXPECT_EQ(fresh.at("reviews/due"), "1");
  const std::string content = fresh.at("hits/0/review/content");
  const Response decided =
      decide(R"("decision":"false_positive","reason":"<b>not her</b>","reviewer":"Ann","seen":")" + content + '"');
  ASSERT_EQ(decided.status, 201U) << decided.body;
  EXPECT_EQ(json(decided).at("status"), "pending");
  EXPECT_EQ(json(screened("hide")).at("hits/size"), "1") << "pending is not quiet";
  const Response alone = post("/v1/reviews/1/confirm", R"({"reviewer":"ann"})");
  EXPECT_EQ(alone.status, 403U);
  EXPECT_EQ(json(alone).at("code"), "same_person");
  EXPECT_EQ(json(post("/v1/reviews/1/confirm", R"({"reviewer":"Bob"})")).at("status"), "false_positive");
  const auto shown = json(screened());
  EXPECT_EQ(shown.at("hits/0/review/quiet"), "true");
  EXPECT_EQ(shown.at("hits/0/review/by"), "Bob");
  EXPECT_EQ(shown.at("reviews/quiet"), "1");
  const auto hidden = json(screened("hide"));
  EXPECT_EQ(hidden.at("hits/size"), "0");
  EXPECT_EQ(hidden.at("quiet_hits/0/id"), "made_up:2");
  EXPECT_EQ(hidden.at("reviews/hidden"), "1");
  const auto changed = json(screened("hide", "1980-05-01"));
  EXPECT_EQ(changed.at("hits/0/review/status"), "reopened");
  EXPECT_EQ(changed.at("hits/0/review/why/0"), "customer_changed");
  EXPECT_EQ(changed.at("hits/0/review/changes/0/value"), "1980");
  EXPECT_EQ(changed.at("hits/0/review/since"), "null");
  EXPECT_EQ(json(get("/v1/reviews", {{"status", "reopened"}})).at("reviews/0/id"), "1");
  EXPECT_EQ(json(get("/v1/reviews/1")).at("decided_on/query/properties/birthDate/0"), "1980");
}

TEST_F(Reviews, AreAnsweredAgainAsTheyStood) {
  struct Answered {
    Request asked;
    Response was;
  };
  std::vector<Answered> answers;
  const auto keep = [&](std::initializer_list<const char*> births) {
    for (const char* path : {"/v1/reviews", "/v1/reviews/1", "/v1/reviews/1/export", "/v1/review-policy"}) {
      answers.push_back({{"GET", path, {}, "", access::local_caller()}, {}});
    }
    for (const char* birth : births) {
      answers.push_back(
          {{"GET",
            "/v1/customers/c1/screen",
            {{"name", "Script alert 1 script Kazlova"}, {"birth_date", birth}, {"schema", "Person"}, {"quiet", "hide"}},
            "",
            access::local_caller()},
           {}});
    }
    for (Answered& one : answers) {
      if (one.was.status == 200 && one.was.body.empty()) one.was = service_.answer(one.asked);
    }
  };
  keep({"1980"});
  ASSERT_EQ(decide(R"("decision":"false_positive","reason":"not her","reviewer":"Ann")").status, 201U);
  keep({"1980"});
  ASSERT_EQ(post("/v1/reviews/1/confirm", R"({"reviewer":"Bob"})").status, 200U);
  keep({"1980", "1980-05-01"});  // the second one reopens it
  ASSERT_EQ(post("/v1/review-policy", R"({"score_rise":0.2,"reason":"a try","reviewer":"Bob"})").status, 200U);
  keep({"1980"});
  std::set<std::string> bodies;
  for (const Answered& one : answers) {
    ASSERT_TRUE(one.was.reviews) << one.asked.path;
    auto book = reviews::Book::open_as_of(folder_ / "reviews", *one.was.reviews);
    ASSERT_TRUE(book) << book.error().to_string();
    Service past(service_.current());
    past.remember(std::make_shared<reviews::Book>(std::move(*book)));
    const Response again = past.answer(one.asked);
    EXPECT_EQ(again.status, one.was.status);
    EXPECT_EQ(again.body, one.was.body) << one.asked.path << " as of event " << *one.was.reviews;
    bodies.insert(again.body);
  }
  EXPECT_GT(bodies.size(), answers.size() / 2) << "too little changed for this to show anything";
  EXPECT_EQ(*reviews::Book::open_as_of(folder_ / "reviews", 2)->sequence(), 2);
  EXPECT_FALSE(reviews::Book::open_as_of(folder_ / "reviews", 1000));
}

TEST_F(Reviews, ExportAPageOnWhichNoNameIsMoreThanText) {
  decide(R"("decision":"true_match","reason":"<img src=x onerror=alert(1)>","reviewer":"\u202eAnn & \"Co\"")");
  const Response page = get("/v1/reviews/1/export");
  ASSERT_EQ(page.status, 200U);
  EXPECT_EQ(page.type, "text/html; charset=utf-8");
  EXPECT_THAT(page.body, testing::HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt; Kazlova"));
  EXPECT_THAT(page.body, testing::HasSubstr("&lt;img src=x onerror=alert(1)&gt;"));
  EXPECT_THAT(page.body, testing::HasSubstr("<bdi>Ann &amp; &quot;Co&quot;</bdi>"));
  EXPECT_THAT(page.body, testing::HasSubstr("@media print"));
  for (const char* never : {"<script", "<img", "http:", "https:", "src=\"", "href="}) {
    EXPECT_THAT(page.body, testing::Not(testing::HasSubstr(never))) << never;
  }
}

TEST_F(Reviews, AreRefusedWithStableCodes) {
  const auto code = [&](const Response& response) {
    return std::to_string(response.status) + " " + json(response)["code"];
  };
  EXPECT_EQ(code(decide(R"("decision":"true_match","reason":"r")")), "400 bad_usage") << "nobody said who";
  EXPECT_EQ(code(decide(R"("decision":"true_match","reviewer":"Ann")")), "400 bad_usage") << "nor why";
  EXPECT_EQ(code(decide(R"("decision":"maybe","reason":"r","reviewer":"Ann")")), "400 bad_usage");
  EXPECT_EQ(code(decide(R"("surprise":1)")), "400 bad_usage");
  EXPECT_EQ(code(decide(R"("decision":"true_match","reason":"r","reviewer":"Ann","seen":"sha256:0")")), "409 changed");
  EXPECT_EQ(code(post("/v1/reviews", "[]")), "400 bad_input");
  EXPECT_EQ(code(post("/v1/reviews", R"({"query":{"id":"c","schema":"Person","properties":{"name":"Zbigniew Nowak"}},
      "listing":"made_up:2","decision":"true_match","reason":"r","reviewer":"Ann"})")),
            "404 not_found");
  EXPECT_EQ(decide(R"("decision":"true_match","reason":"r","reviewer":"Ann")").status, 201U);
  EXPECT_EQ(code(decide(R"("decision":"true_match","reason":"r","reviewer":"Bob")")), "409 already_decided");
  EXPECT_EQ(code(post("/v1/reviews/1/reject", R"({"reason":"r","reviewer":"Bob"})")), "409 not_pending");
  EXPECT_EQ(code(post("/v1/reviews/7/confirm", R"({"reviewer":"Bob"})")), "404 not_found");
  EXPECT_EQ(code(get("/v1/reviews/x")), "404 not_found");
  EXPECT_EQ(code(get("/v1/reviews", {{"status", "odd"}})), "400 bad_usage");
  EXPECT_EQ(json(post("/v1/reviews/1/reopen", R"({"reason":"r","reviewer":"Bob"})")).at("status"), "reopened");
  EXPECT_EQ(code(post("/v1/reviews/1/reopen", R"({"reason":"r","reviewer":"Bob"})")), "409 not_decided");
  EXPECT_EQ(
      json(post("/v1/review-policy", R"({"second_person":["true_match"],"reviewer":"Ann"})")).at("second_person/0"),
      "true_match");
  EXPECT_EQ(code(post("/v1/review-policy", R"({"score_rise":7,"reviewer":"Ann"})")), "400 bad_usage");
  Service without(make_site());
  EXPECT_EQ(code(without.answer({"GET", "/v1/reviews", {}, "", access::local_caller()})), "404 no_reviews");
}

TEST_F(Reviews, GoByTheOwnerOfTheKey) {
  const auto as = [&](const std::string& key, const std::string& name, const std::string& path,
                      const std::string& body) {
    return service_.answer({"POST", path, {}, body, {key, name, access::Role::analyse}});
  };
  const std::string decision =
      R"({"query":{"id":"c1","schema":"Person","properties":{"name":["Script alert 1 script Kazlova"]}},"listing":"made_up:2",
      "decision":"false_positive","reason":"r"})";
  EXPECT_EQ(json(as("k1", "Ann", "/v1/reviews", decision)).at("decision/by"), "Ann");
  EXPECT_EQ(as("k1", "Ann", "/v1/reviews/1/confirm", R"({"reviewer":"Bob"})").status, 400U);
  EXPECT_EQ(as("k1", "Ann", "/v1/reviews/1/confirm", "").status, 403U);
  EXPECT_EQ(as("k2", "Bob", "/v1/reviews/1/confirm", "").status, 200U);
}

TEST(Routes, LetInThoseWhoseRoleSuffices) {
  const Service service(make_site());
  for (const Route& route : routes()) {
    if (route.operation == "updatez") continue;  // asks for a token of its own
    const std::string path = std::regex_replace(std::string(route.pattern), std::regex("\\{[^}]*\\}"), "x");
    for (const auto role :
         {access::Role::open, access::Role::screen, access::Role::analyse, access::Role::administer}) {
      const Response answer = service.answer({std::string(route.method), path, {}, "", {"id", "name", role}});
      const bool refused = answer.status == 401 || answer.status == 403;
      EXPECT_EQ(refused, role < route.role) << route.method << ' ' << path << ' ' << answer.status;
      if (refused) {
        EXPECT_EQ(answer.status, role == access::Role::open ? 401U : 403U);
      }
    }
    const Response other = service.answer({"PATCH", path, {}, "", {"id", "name", access::Role::administer}});
    EXPECT_EQ(other.status, 405U) << path;
    EXPECT_EQ(
        std::count_if(routes().begin(), routes().end(), [&](const Route& r) { return r.operation == route.operation; }),
        1);
  }
}

// -- over a socket ----------------------------------------------------------------------------------------------------

std::string over_socket(std::uint16_t port, const std::string& sent) {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(::send(socket, sent.data(), sent.size(), MSG_NOSIGNAL), static_cast<ssize_t>(sent.size()));
  std::string out;
  char buffer[4096];
  for (ssize_t got = 0; (got = ::recv(socket, buffer, sizeof buffer, 0)) > 0;)
    out.append(buffer, static_cast<std::size_t>(got));
  ::close(socket);
  return out;
}

TEST(OverSockets, AnswersRefusesAndEnds) {
  const Service service(make_site());
  auto server = Server::listen("127.0.0.1", 0, service, 2, {.body = 1000, .connections = 8, .seconds = 1});
  ASSERT_TRUE(server);
  std::jthread running([&] { server->run(); });
  const std::uint16_t port = server->port();
  EXPECT_THAT(over_socket(port, "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
              testing::HasSubstr("200 OK"));
  EXPECT_THAT(
      over_socket(port, "GET /search/default?q=Kazlou&limit=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
      testing::HasSubstr("made_up:1"));
  EXPECT_THAT(over_socket(port, "POST /match/default HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n"),
              testing::HasSubstr("413"));
  EXPECT_THAT(over_socket(port, "GET /search/default?q=" + std::string(60001, 'x') + " HTTP/1.1\r\nHost: x\r\n\r\n"),
              testing::HasSubstr("414"));
  EXPECT_THAT(over_socket(port, "NONSENSE\r\n\r\n"), testing::HasSubstr("400"));
  // Half a request is waited for no longer than the limit.
  EXPECT_THAT(over_socket(port, "GET /healthz HTTP/1.1\r\nHo"), testing::HasSubstr("408"));
  server->stop();
}

/// Keeps what it is given, or says that it cannot.
class Memory : public audit::Sink {
 public:
  void keep(audit::Answered answered, std::function<void(const Result<std::int64_t>&)> then) override {
    if (broken) return then(Error{Fault::io, "no space is left", {}});
    const std::lock_guard lock(guard_);
    kept.push_back(std::move(answered));
    then(static_cast<std::int64_t>(kept.size()));
  }
  std::vector<audit::Answered> kept;
  std::atomic<bool> broken = false;

 private:
  std::mutex guard_;
};

TEST(OverSockets, AnswersOnlyWhatIsRecorded) {
  const Service service(make_site());
  const auto trail = std::make_shared<Memory>();
  Told told;
  told.audit = trail;
  auto server = Server::listen("127.0.0.1", 0, service, 2, {}, told);
  ASSERT_TRUE(server);
  std::jthread running([&] { server->run(); });
  const auto ask = [&](const std::string& line, const std::string& body = "") {
    return over_socket(server->port(),
                       line + " HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\nX-Request-ID: r-1\r\n" +
                           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  };
  const std::string search = ask("GET /search/default?q=Kazlou%20A&limit=1");
  EXPECT_THAT(search, testing::HasSubstr("X-Audit-Record: 1\r\n"));
  EXPECT_THAT(ask("POST /reconcile/default", "queries=%7B%22q%22%3A%7B%22query%22%3A%22Kazlou%22%7D%7D"),
              testing::HasSubstr("X-Audit-Record: 2\r\n"));
  EXPECT_THAT(ask("GET /v1/check?deal=d"), testing::HasSubstr("X-Audit-Record: 3\r\n"));
  EXPECT_THAT(ask("GET /healthz"), testing::Not(testing::HasSubstr("X-Audit-Record")));
  EXPECT_THAT(ask("GET /search/nowhere?q=x"), testing::HasSubstr("X-Audit-Record: 4\r\n"));  // a refusal is an answer
  trail->broken = true;
  const std::string refused = ask("GET /search/default?q=Kazlou");
  EXPECT_THAT(refused, testing::HasSubstr("503 Service Unavailable"));
  EXPECT_THAT(refused, testing::HasSubstr(R"("code":"audit_unavailable")"));
  EXPECT_THAT(refused, testing::Not(testing::HasSubstr("made_up:1")));
  EXPECT_THAT(ask("GET /healthz"), testing::HasSubstr("200 OK"));
  trail->broken = false;
  EXPECT_THAT(ask("GET /search/default?q=Kazlou"), testing::HasSubstr("X-Audit-Record: 5\r\n"));
  server->stop();
  running.join();
  ASSERT_EQ(trail->kept.size(), 5U);
  EXPECT_EQ(trail->kept[0].request_id, "r-1");
  EXPECT_EQ(trail->kept[0].target, "/search/default?q=Kazlou%20A&limit=1");
  EXPECT_EQ(trail->kept[0].origin, "http://a.example");
  EXPECT_THAT(search, testing::EndsWith(trail->kept[0].answer));
  for (const audit::Answered& record : trail->kept) {
    EXPECT_TRUE(record.replayable);
    const Response again = service.answer(request_of(record));
    EXPECT_EQ(again.status, record.status);
    EXPECT_EQ(again.type, record.type);
    EXPECT_EQ(again.body, record.answer) << record.target;
  }
}

TEST(PercentDecoding, RefusesBrokenEscapes) {
  EXPECT_EQ(percent_decoded("a%20b", false), "a b");
  EXPECT_EQ(percent_decoded("a+b", true), "a b");
  EXPECT_EQ(percent_decoded("a+b", false), "a+b");
  for (const char* broken : {"%", "%2", "%zz", "a%"}) EXPECT_FALSE(percent_decoded(broken, false)) << broken;
}

}  // namespace
}  // namespace interdict::serve
