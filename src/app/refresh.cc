#include "app/refresh.h"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>

#include <charconv>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>

namespace interdict::app {

std::optional<std::chrono::seconds> parse_span(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const std::chrono::seconds unit{text.back() == 's'   ? 1
                                  : text.back() == 'm' ? 60
                                  : text.back() == 'h' ? 3600
                                  : text.back() == 'd' ? 86400
                                                       : 0};
  std::uint32_t count = 0;
  const std::string_view digits = text.substr(0, text.size() - 1);
  const auto [at, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  if (unit.count() == 0 || fault != std::errc() || at != digits.data() + digits.size() || count == 0 || count > 1000000)
    return std::nullopt;
  return unit * count;
}

struct Refresher::Impl {
  CaseOptions options;
  std::vector<std::string> arguments;
  std::chrono::seconds every;
  serve::Service& service;
  std::function<Result<void>(const MadeSite&)> before_swap;
  std::mutex reloading;  // one at a time, so that an older site never replaces a newer one

  std::mutex guard;
  std::condition_variable changed;
  std::uint64_t asked = 0;  // updates asked for, and the last of them that is done
  std::uint64_t done = 0;
  bool succeeded = true;
  bool ending = false;
  pid_t child = 0;
  std::thread thread;

  Impl(CaseOptions options_in, std::vector<std::string> arguments_in, std::chrono::seconds every_in,
       serve::Service& service_in, std::function<Result<void>(const MadeSite&)> before_swap_in)
      : options(std::move(options_in)),
        arguments(std::move(arguments_in)),
        every(every_in),
        service(service_in),
        before_swap(std::move(before_swap_in)) {}

  Result<void> reload() {
    const std::lock_guard lock(reloading);
    auto renewed = make_site(options);
    if (!renewed) return std::move(renewed).error();
    if (before_swap) {
      if (auto seen = before_swap(*renewed); !seen) return seen;
    }
    service.swap(renewed->site);
    return {};
  }

  /// The exit code of `interdict update`, or -1.
  int run_update() {
    std::vector<std::string> words = {"interdict", "update", "--db", database_path(options.common).string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;  // the server blocks its signals; the child shall not
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 1, "/dev/null", 1, 0);
    int status = -1;
    {
      const std::lock_guard lock(guard);
      if (ending || posix_spawn(&child, "/proc/self/exe", &files, &attributes, argv.data(), environ) != 0) child = 0;
    }
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    if (child == 0) return -1;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    const std::lock_guard lock(guard);
    child = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  /// Part of an update may fail while the rest brought something new: that is served, and the failure said.
  bool update() {
    const int code = run_update();
    std::string problem;
    if (code != 0) problem = "the last update did not bring every list; what was last good is served";
    if (auto reloaded = reload(); !reloaded) problem = reloaded.error().to_string();
    if (!problem.empty()) fmt::print(stderr, "interdict: {}\n", problem);
    service.report({now(), problem});
    return problem.empty();
  }

  void work() {
    std::unique_lock lock(guard);
    auto next = std::chrono::steady_clock::now() + every;
    while (!ending) {
      const auto wanted = [&] { return ending || asked > done; };
      if (every.count() == 0) {
        changed.wait(lock, wanted);
      } else {
        changed.wait_until(lock, next, wanted);
      }
      if (ending) return;
      const bool due = every.count() != 0 && std::chrono::steady_clock::now() >= next;
      if (asked == done && !due) continue;
      const std::uint64_t for_whom = asked;
      lock.unlock();
      const bool good = update();
      lock.lock();
      succeeded = good;
      done = std::max(done, for_whom);
      next = std::chrono::steady_clock::now() + every;
      changed.notify_all();
    }
  }
};

Refresher::Refresher(CaseOptions options, std::vector<std::string> update_arguments, std::chrono::seconds every,
                     serve::Service& service, std::function<Result<void>(const MadeSite&)> before_swap)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(update_arguments), every, service,
                                   std::move(before_swap))) {
  impl_->thread = std::thread([impl = impl_.get()] { impl->work(); });
}

Refresher::~Refresher() {
  {
    const std::lock_guard lock(impl_->guard);
    impl_->ending = true;
    if (impl_->child != 0) kill(impl_->child, SIGTERM);
  }
  impl_->changed.notify_all();
  impl_->thread.join();
}

bool Refresher::update(bool wait) {
  std::unique_lock lock(impl_->guard);
  const std::uint64_t mine = ++impl_->asked;
  impl_->changed.notify_all();
  if (!wait) return true;
  impl_->changed.wait(lock, [&] { return impl_->ending || impl_->done >= mine; });
  return !impl_->ending && impl_->succeeded;
}

Result<void> Refresher::reload() { return impl_->reload(); }

}  // namespace interdict::app
