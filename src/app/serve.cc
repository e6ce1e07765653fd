// interdict serve: the API and the pages.
#include "serve/serve.h"

#include <fmt/format.h>
#include <pthread.h>

#include <csignal>
#include <memory>
#include <thread>

#include "access/keys.h"
#include "app/browser.h"
#include "app/log.h"
#include "app/refresh.h"
#include "app/server_files.h"
#include "app/site.h"
#include "audit/writer.h"
#include "reviews/reviews.h"
#include "serve/gate.h"
#include "serve/metrics.h"
#include "serve/past.h"
#include "serve/routes.h"

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
  serve::Limits limits;
  serve::Gate::Policy gate;
  std::vector<std::string> hosts;
  std::string certificate;
  std::string private_key;
  bool behind_proxy = false;
  bool insecure = false;
  bool quiet = false;
  bool list_routes = false;
  std::string log;
  std::string audit;
  bool no_audit = false;
};

bool is_loopback(const std::string& address) { return address.starts_with("127.") || address == "::1"; }

/// Why this server may not listen there; nothing when it may.
std::optional<Error> unsafe(const ServeOptions& options, bool keys) {
  const bool tls = !options.certificate.empty();
  if (tls != !options.private_key.empty()) {
    return Error{Fault::bad_usage, "--tls-cert and --tls-key go together", {}};
  }
  if (is_loopback(options.address) && !options.behind_proxy) return std::nullopt;
  if (!keys) {
    return Error{Fault::bad_usage, "others are served only with keys: make one with `interdict keys add`", {}};
  }
  if (!tls && !options.behind_proxy && !options.insecure) {
    return Error{
        Fault::bad_usage,
        "keys would cross the network in the clear: give --tls-cert and --tls-key, or say --behind-proxy (which "
        "speaks TLS for this server) or --insecure",
        {}};
  }
  return std::nullopt;
}

std::filesystem::path trail_path(const ServeOptions& options) {
  return options.audit.empty() ? audit_path(options.at_hand.common) : std::filesystem::path(options.audit);
}

int list_routes() {
  for (const serve::Route& route : serve::routes()) {
    fmt::print("{:<4}  {:<36}  {:<10}  {}\n", route.method, route.pattern, access::to_string(route.role),
               route.operation);
  }
  return exit_done;
}

/// Reads the file of keys again whenever it changed.
class KeyWatch {
 public:
  static Result<std::optional<KeyWatch>> open(const Common& common, serve::Gate& gate) {
    std::error_code fault;
    if (!std::filesystem::exists(keys_path(common), fault)) return std::optional<KeyWatch>();
    auto keys = access::Keys::open(keys_path(common), false);
    if (!keys) return std::move(keys).error();
    std::optional<KeyWatch> out(KeyWatch(std::move(*keys), gate));
    if (auto read = out->read(); !read) return std::move(read).error();
    return out;
  }
  Result<void> look() {
    const auto version = keys_.version();
    if (!version) return version.error();
    return *version == seen_ ? Result<void>() : read();
  }

 private:
  KeyWatch(access::Keys keys, serve::Gate& gate) : keys_(std::move(keys)), gate_(&gate) {}
  Result<void> read() {
    const auto version = keys_.version();
    if (!version) return version.error();
    auto all = keys_.list();
    if (!all) return std::move(all).error();
    gate_->renew(std::move(*all));
    seen_ = *version;
    return {};
  }

  access::Keys keys_;
  serve::Gate* gate_;
  std::int64_t seen_ = -1;
};

int run(ServeOptions options) {
  if (options.list_routes) return list_routes();
  std::error_code absent;
  options.gate.keys = std::filesystem::exists(keys_path(options.at_hand.common), absent);
  options.gate.tls = !options.certificate.empty() || options.behind_proxy;
  // A rebound name can reach a loopback address only; with keys nobody is trusted for where they are.
  options.gate.checks_host = !options.gate.keys || !options.hosts.empty();
  for (const std::string& host : options.hosts) options.gate.hosts.push_back(host);
  if (auto why = unsafe(options, options.gate.keys)) return fail(*why);
  auto log = Log::open(options.log);
  if (!log) return fail(log.error());
  std::chrono::seconds every{0};
  if (!options.refresh.empty()) {
    const auto span = parse_span(options.refresh);
    if (!span) return fail({Fault::bad_usage, "--refresh takes a span such as 30m, 12h or 1d", {}});
    every = *span;
  }
  auto made = make_site(options.at_hand);
  if (!made) return fail(made.error());
  serve::Service service(made->site);
  auto book = reviews::Book::open(reviews_path(options.at_hand.common), reviews::Book::Mode::write);
  if (!book) return fail(book.error());
  service.remember(std::make_shared<reviews::Book>(std::move(*book)));
  service.gate = std::make_shared<serve::Gate>(options.gate);
  service.metrics = std::make_shared<serve::Metrics>();
  auto watch = KeyWatch::open(options.at_hand.common, *service.gate);
  if (!watch) return fail(watch.error());
  // Blocked before threads start, so that only the waiting one gets them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  serve::Told told;
  std::shared_ptr<audit::Writer> trail;
  if (!options.quiet) told.log = [&log](const serve::Logged& what) { log->request(what); };
  told.certificate = options.certificate;
  told.private_key = options.private_key;
  // A replay needs the case too, which a world only names.
  const auto hold_case = [&trail](const MadeSite& site) {
    return trail ? trail->hold(site.case_bundle) : Result<void>();
  };
  if (!options.no_audit) {
    auto writer = audit::Writer::open(trail_path(options));
    if (!writer) return fail(writer.error());
    trail = std::move(*writer);
    if (auto held = hold_case(*made); !held) return fail(held.error());
    log->event("audit_head", {{"head", audit::to_string(trail->head())}});
    told.audit = trail;
  }
  service.past = std::make_shared<serve::Past>([&](Day as_of, std::optional<Day> known_at) -> serve::Past::Made {
    CaseOptions then = options.at_hand;
    then.common.as_of = to_string(as_of);
    if (known_at) then.common.known_at = to_string(*known_at);
    auto there = make_site(then);
    if (!there) return std::move(there).error();
    if (auto held = hold_case(*there); !held) return std::move(held).error();
    return there->site;
  });
  auto server = serve::Server::listen(options.address, options.port, service, options.threads, options.limits, told);
  if (!server) return fail(server.error());
  std::vector<std::string> update_arguments;
  if (!options.publishers.empty()) update_arguments = {"--publishers", options.publishers};
  Refresher refresher(options.at_hand, update_arguments, every, service, hold_case);
  service.on_update(options.update_token, [&refresher](bool wait) { return refresher.update(wait); });
  fmt::print("interdict serves on {}://{}:{}/ (Ctrl-C ends it, SIGHUP reads the lists and the case anew)\n",
             options.certificate.empty() ? "http" : "https", options.address == "::1" ? "[::1]" : options.address,
             server->port());
  std::fflush(stdout);
  if (options.opens_browser) open_in_browser(fmt::format("http://127.0.0.1:{}/", server->port()));
  std::jthread waiting([&] {
    for (;;) {
      const timespec second{1, 0};
      const int signal = sigtimedwait(&signals, nullptr, &second);
      if (signal < 0) {
        if (!watch->has_value()) continue;
        if (auto looked = (*watch)->look(); !looked)
          log->event("keys_unreadable", {{"why", looked.error().to_string()}});
        continue;
      }
      if (signal != SIGHUP) break;
      auto renewed = refresher.reload();
      service.metrics->refreshed("site", renewed.ok());
      if (!renewed) log->event("kept_what_is_served", {{"why", renewed.error().to_string()}});
    }
    server->stop();
  });
  server->run();
  // A log kept elsewhere so shows a trail that was cut short or made anew.
  if (trail) log->event("audit_head", {{"head", audit::to_string(trail->head())}});
  return exit_done;
}

void add_limits(CLI::App& verb, ServeOptions& options) {
  verb.add_option("--max-body", options.limits.body, "Bytes of a request's body")->capture_default_str();
  verb.add_option("--max-connections", options.limits.connections, "Connections in all")->capture_default_str();
  verb.add_option("--max-per-client", options.limits.per_client, "Connections of one address (0: no limit)")
      ->capture_default_str();
  verb.add_option("--request-seconds", options.limits.seconds, "For a whole request to come, and a reply to be taken")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  verb.add_option("--idle-seconds", options.limits.idle_seconds, "Between two requests of a connection")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  verb.add_option("--stop-seconds", options.limits.stop_seconds, "For requests under way at the end")
      ->check(CLI::Range(0, 600))
      ->capture_default_str();
  verb.add_option("--rate", options.gate.rate, "Requests a minute of each key (0: no limit)")->capture_default_str();
  verb.add_option("--stranger-rate", options.gate.stranger_rate, "Requests a minute of an address without a valid key")
      ->capture_default_str();
}

}  // namespace

int serve_pages() {
  ServeOptions options;
  options.opens_browser = true;
  options.quiet = true;
  const serve::Service nothing(nullptr);
  if (!serve::Server::listen(options.address, options.port, nothing, 1)) options.port = 0;
  return run(options);
}

void add_serve(CLI::App& program, int& exit_code) {
  auto options = std::make_shared<ServeOptions>();
  CLI::App* verb = program.add_subcommand("serve", "The HTTP API and the pages");
  add_case_options(*verb, options->at_hand);
  verb->add_option("--address,--listen", options->address, "Another than this machine's needs keys, and TLS")
      ->capture_default_str();
  verb->add_option("--port", options->port, "0 takes any free port")->capture_default_str();
  verb->add_option("--threads", options->threads, "Threads that answer")->check(CLI::Range(1U, 256U));
  verb->add_option("--refresh", options->refresh, "Look for newer lists this often (30m, 12h, 1d) and swap them in");
  verb->add_option("--publishers", options->publishers, "A JSON file of addresses instead of the built-in table")
      ->check(CLI::ExistingFile);
  verb->add_option("--update-token", options->update_token, "What POST /updatez?token= must name to look at once")
      ->envname("INTERDICT_UPDATE_TOKEN");
  verb->add_option("--tls-cert", options->certificate, "Certificate chain, PEM");
  verb->add_option("--tls-key", options->private_key, "Its private key, PEM");
  verb->add_flag("--behind-proxy", options->behind_proxy, "A proxy speaks TLS for this server; needs keys");
  verb->add_flag("--insecure", options->insecure, "Others are served without TLS");
  verb->add_option("--allow-host", options->hosts, "Another name that this server answers to as Host");
  verb->add_option("--log", options->log, "Append the log to this file instead of standard error");
  verb->add_option("--audit", options->audit, "The audit trail (default: the store's path and .audit)");
  verb->add_flag("--no-audit", options->no_audit, "Keep no audit trail");
  verb->add_flag("--quiet", options->quiet, "No log lines for requests");
  verb->add_flag("--list-routes", options->list_routes, "Print the routes and the role that each asks for, and end");
  add_limits(*verb, *options);
  verb->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace interdict::app
