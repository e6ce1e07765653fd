#include "fetch/fetch.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace interdict::fetch {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

constexpr std::size_t body_size = 20000 * 12;

std::string content(const fs::path& path) {
  std::stringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

// tests/fetch/server.py on a loopback port of its own, ended with the test.
class Download : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / fmt::format("fetch-{}", getpid());
    fs::create_directories(folder_);
    int pipes[2];
    ASSERT_EQ(pipe(pipes), 0);
    child_ = fork();
    ASSERT_GE(child_, 0);
    if (child_ == 0) {
      dup2(pipes[1], STDOUT_FILENO);
      execlp("python3", "python3", INTERDICT_SOURCE_DIR "/tests/fetch/server.py", nullptr);
      _exit(127);
    }
    close(pipes[1]);
    char text[16] = {};
    ASSERT_GT(read(pipes[0], text, sizeof text - 1), 0);
    close(pipes[0]);
    base_ = fmt::format("http://127.0.0.1:{}", std::atoi(text));
  }
  void TearDown() override {
    kill(child_, SIGTERM);
    waitpid(child_, nullptr, 0);
    fs::remove_all(folder_);
  }
  Request request(const std::string& path) {
    Request out;
    out.url = base_ + path;
    out.hosts = {"127.0.0.1"};
    out.target = folder_ / "list";
    return out;
  }

  fs::path folder_;
  std::string base_;
  pid_t child_ = -1;
};

TEST_F(Download, MovesTheFileOnceAndThenOnlyAsks) {
  const auto first = download(request("/moved"));
  ASSERT_TRUE(first) << first.error().to_string();
  EXPECT_TRUE(first->changed);
  EXPECT_EQ(fs::file_size(folder_ / "list"), body_size);
  const auto second = download(request("/list"));
  ASSERT_TRUE(second) << second.error().to_string();
  EXPECT_FALSE(second->changed);
  EXPECT_EQ(second->bytes, 0U);
  EXPECT_EQ(fs::file_size(folder_ / "list"), body_size);
}

TEST_F(Download, GoesOnWhereItBrokeOff) {
  const auto broken = download(request("/breaks"));
  ASSERT_FALSE(broken);
  EXPECT_FALSE(fs::exists(folder_ / "list"));
  const auto resumed = download(request("/breaks"));
  ASSERT_TRUE(resumed) << resumed.error().to_string();
  EXPECT_EQ(resumed->resumed_at, body_size / 2);
  EXPECT_EQ(resumed->bytes, body_size / 2);
  const std::string text = content(folder_ / "list");
  EXPECT_EQ(text.size(), body_size);
  EXPECT_THAT(text, HasSubstr("line 009999\nline 010000\nline 010001\n"));
}

TEST_F(Download, RefusesOtherHostsAlsoWhenRedirected) {
  Request other = request("/list");
  other.hosts = {"publisher.example"};
  EXPECT_THAT(download(other).error().message, HasSubstr("host '127.0.0.1' is not among"));
  EXPECT_THAT(download(request("/elsewhere")).error().message, HasSubstr("host 'example.org' is not among"));
  Request plain = request("/list");
  plain.url = "http://publisher.example/list";
  plain.hosts = {"publisher.example"};
  EXPECT_THAT(download(plain).error().message, HasSubstr("only https"));
}

TEST_F(Download, KeepsTheLastGoodFileOnAnError) {
  std::ofstream(folder_ / "list") << "last good";
  EXPECT_THAT(download(request("/missing")).error().message, HasSubstr("status 404"));
  Request small = request("/list");
  small.size_max = 1000;
  EXPECT_EQ(download(small).error().fault, Fault::limit);
  EXPECT_EQ(content(folder_ / "list"), "last good");
}

}  // namespace
}  // namespace interdict::fetch
