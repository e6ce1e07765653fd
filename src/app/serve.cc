// interdict serve: the API and the pages.
#include "serve/serve.h"

#include <fmt/format.h>
#include <pthread.h>

#include <csignal>
#include <memory>
#include <thread>

#include "app/browser.h"
#include "app/refresh.h"
#include "app/site.h"
#include "reviews/reviews.h"

namespace interdict::app {
namespace {

struct ServeOptions {
  CaseOptions at_hand;
  std::string address = "127.0.0.1";
  std::uint16_t port = 8000;
  unsigned threads = std::max(2U, std::thread::hardware_concurrency());
  bool opens_browser = false;
  std::string refresh;     // "12h"; empty: only when asked
  std::string publishers;  // handed to the update
  std::string update_token;
};

int run(const ServeOptions& options) {
  // Until there are keys, nobody but this machine may ask.
  if (options.address != "127.0.0.1" && options.address != "::1") {
    return fail({Fault::bad_usage, "without access keys interdict serves on 127.0.0.1 or ::1 only", {}});
  }
  std::chrono::seconds every{0};
  if (!options.refresh.empty()) {
    const auto span = parse_span(options.refresh);
    if (!span) return fail({Fault::bad_usage, "--refresh takes a span such as 30m, 12h or 1d", {}});
    every = *span;
  }
  auto site = make_site(options.at_hand);
  if (!site) return fail(site.error());
  serve::Service service(site->site);
  auto book = reviews::Book::open(reviews_path(options.at_hand.common), reviews::Book::Mode::write);
  if (!book) return fail(book.error());
  service.remember(std::make_shared<reviews::Book>(std::move(*book)));
  // Blocked before threads start, so that only the waiting one gets them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  auto server = serve::Server::listen(options.address, options.port, service, options.threads);
  if (!server) return fail(server.error());
  std::vector<std::string> update_arguments;
  if (!options.publishers.empty()) update_arguments = {"--publishers", options.publishers};
  Refresher refresher(options.at_hand, update_arguments, every, service);
  service.on_update(options.update_token, [&refresher](bool wait) { return refresher.update(wait); });
  fmt::print("interdict serves on http://{}:{}/ (Ctrl-C ends it, SIGHUP reads the lists and the case anew)\n",
             options.address == "::1" ? "[::1]" : options.address, server->port());
  std::fflush(stdout);
  if (options.opens_browser) open_in_browser(fmt::format("http://127.0.0.1:{}/", server->port()));
  std::jthread waiting([&] {
    for (;;) {
      int signal = 0;
      sigwait(&signals, &signal);
      if (signal != SIGHUP) break;
      if (auto renewed = refresher.reload(); !renewed) {
        fmt::print(stderr, "interdict: kept what is served: {}\n", renewed.error().to_string());
      }
    }
    server->stop();
  });
  server->run();
  return exit_done;
}

}  // namespace

int serve_pages() {
  ServeOptions options;
  options.opens_browser = true;
  const serve::Service nothing(nullptr);
  if (!serve::Server::listen(options.address, options.port, nothing, 1)) options.port = 0;
  return run(options);
}

void add_serve(CLI::App& program, int& exit_code) {
  auto options = std::make_shared<ServeOptions>();
  CLI::App* verb = program.add_subcommand("serve", "The HTTP API and the pages, on this machine");
  add_case_options(*verb, options->at_hand);
  verb->add_option("--address", options->address, "127.0.0.1 or ::1")->capture_default_str();
  verb->add_option("--port", options->port, "0 takes any free port")->capture_default_str();
  verb->add_option("--threads", options->threads, "Threads that answer")->check(CLI::Range(1U, 256U));
  verb->add_option("--refresh", options->refresh, "Look for newer lists this often (30m, 12h, 1d) and swap them in");
  verb->add_option("--publishers", options->publishers, "A JSON file of addresses instead of the built-in table")
      ->check(CLI::ExistingFile);
  verb->add_option("--update-token", options->update_token, "What POST /updatez?token= must name to look at once")
      ->envname("INTERDICT_UPDATE_TOKEN");
  verb->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace interdict::app
