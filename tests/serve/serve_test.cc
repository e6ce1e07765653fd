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
#include <regex>
#include <thread>

#include "casefile/casefile.h"
#include "serve/routes.h"

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
  builder.add(listed("1", "Aliaksandr Kazlou", "1954-08-30"), "");
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
  site->deals.emplace("d", *casefile::read_deal({"d.yaml", small_deal}, &site->world));
  return site;
}

class Api : public testing::Test {
 protected:
  Response get(const std::string& path, std::vector<std::pair<std::string, std::string>> query = {}) {
    return service_.answer({"GET", path, std::move(query), "", access::local_caller()});
  }
  Response post(const std::string& path, const std::string& body,
                std::vector<std::pair<std::string, std::string>> query = {}) {
    return service_.answer({"POST", path, std::move(query), body, access::local_caller()});
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
  EXPECT_EQ(post("/match/default", R"({"queries":{}})", {{"limit", "501"}}).status, 400U);
  EXPECT_EQ(post("/match/default", R"({"queries":{}})", {{"threshold", "2"}}).status, 422U);
  EXPECT_EQ(post("/match/default", R"({"queries":{}})", {{"algorithm", "logic-v2"}}).status, 400U);
}

TEST_F(Api, SearchesAndShowsEntities) {
  EXPECT_EQ(json(get("/search/default", {{"q", "Kazlou"}})).at("total/value"), "1");
  EXPECT_EQ(json(get("/search/made_up")).at("total/value"), "2");
  EXPECT_EQ(json(get("/entities/made_up%3A1")).at("caption"), "Aliaksandr Kazlou");
  EXPECT_EQ(get("/entities/made_up:9").status, 404U);
  EXPECT_EQ(get("/entities/%zz").status, 400U);
  EXPECT_EQ(json(get("/entities/made_up:1/adjacent")).at("entity/id"), "made_up:1");
  EXPECT_EQ(json(get("/catalog")).at("datasets/size"), "3");
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

TEST(Routes, LetInThoseWhoseRoleSuffices) {
  const Service service(make_site());
  for (const Route& route : routes()) {
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
  EXPECT_THAT(over_socket(port, "NONSENSE\r\n\r\n"), testing::HasSubstr("400"));
  // Half a request is waited for no longer than the limit.
  EXPECT_EQ(over_socket(port, "GET /healthz HTTP/1.1\r\nHo"), "");
  server->stop();
}

TEST(PercentDecoding, RefusesBrokenEscapes) {
  EXPECT_EQ(percent_decoded("a%20b", false), "a b");
  EXPECT_EQ(percent_decoded("a+b", true), "a b");
  EXPECT_EQ(percent_decoded("a+b", false), "a+b");
  for (const char* broken : {"%", "%2", "%zz", "a%"}) EXPECT_FALSE(percent_decoded(broken, false)) << broken;
}

}  // namespace
}  // namespace interdict::serve
