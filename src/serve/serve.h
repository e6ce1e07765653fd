// The serve room: the HTTP API and the pages, on top of everything else.
//
// `Service` answers one request from one immutable `Site`; it knows no sockets and is tested without them. `Server` is
// the sockets: Boost.Beast, asynchronous, bounded in body, time and connections. A new Site is swapped in by one
// assignment: requests under way finish on the one they began with.
//
// Two families of routes: yente's (/match, /search, /entities, /catalog, /algorithms, /healthz, /readyz), so that
// clients of that ecosystem work unchanged, and interdict's own under /v1 (docs/api.md).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/access.h"
#include "audit/audit.h"
#include "index/index.h"
#include "law/law.h"
#include "model/scenario.h"

namespace interdict::report {
struct Changes;
struct ChangesAsked;
}  // namespace interdict::report
namespace interdict::reviews {
class Book;
}

namespace interdict::serve {

struct Request {
  std::string method;                                      // GET | POST | ...
  std::string path;                                        // as sent, without the query; still percent-encoded
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in order; names may repeat
  std::string body;
  access::Caller caller = {};  // who asks; nobody, until the server has looked
  Day today = {};              // in UTC; handlers ask this and no clock, so that an answer can be given again
  Instant at = {};             // the same moment, to the second
  std::string id = {};         // X-Request-ID, as sent or made
  std::string origin = {};     // "http://host:port", as the client named us; empty when it did not
  std::string if_none_match = {};

  [[nodiscard]] std::string_view first(std::string_view name, std::string_view otherwise = "") const;
  [[nodiscard]] std::vector<std::string> all(std::string_view name) const;
};

struct Response {
  unsigned status = 200;
  std::string type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  /// Set by handlers that answer line by line: one line of the body (without its end) → what goes out for it.
  std::function<std::string(std::string_view line)> each_line;
  std::optional<std::int64_t> reviews = {};  // the last event of the reviews that it knows of: Kept::reviewed
};

/// One list of a site.
struct Dataset {
  std::string name;     // "us_ofac_sdn"
  std::string version;  // "sha256:..."
  std::string published;
  std::uint64_t entries = 0;
};

/// What the record says of a party's time on its list: publication times of the versions held.
struct Seen {
  std::optional<Instant> first;    // the first version that has it
  std::optional<Instant> changed;  // the last one in which anything of it changed
  std::optional<Instant> last;     // the version that answers
};

/// Everything that answers are made from; never changed once made.
struct Site : std::enable_shared_from_this<Site> {
  Site(index::Snapshot snapshot_in, Case world_in);
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;
  ~Site() = default;

  index::Snapshot snapshot;
  std::string world_json;  // of the lists: what every screening answer names
  std::vector<Dataset> datasets;
  Case world;
  law::CaseIndex index;  // of `world`
  std::map<std::string, Deal> deals;
  std::map<std::string, Scenario> scenarios;
  bool bundled = false;
  std::vector<std::string> stale;  // lists whose last version lies long before the site's day
  std::string provenance;  // what the site was made from, as JSON, so that it can be made again: audit::Answered::world
  std::vector<Seen> seen;  // by party number; empty without a record

  /// What changed on the lists between two days, of the record as it was when the site was made; from any thread. None
  /// without a record.
  std::function<Result<report::Changes>(report::ChangesAsked asked)> changes;

  [[nodiscard]] Seen seen_of(std::uint32_t party) const { return party < seen.size() ? seen[party] : Seen{}; }
};

/// How the last look for newer lists went.
struct ListsState {
  std::optional<Instant> checked;
  std::string problem;  // empty when every list was brought up to date
};

class Gate;
class Metrics;
class Past;
struct Route;

/// A response with what it came from.
struct Answer {
  Response response;
  const Route* route = nullptr;      // none for a page, and where there is no such route
  bool handled = false;              // the route's handler was asked
  std::shared_ptr<const Site> site;  // it answered from this
};

class Service {
 public:
  explicit Service(std::shared_ptr<const Site> site);
  /// Never throws; a fault is a response with its status. Thread-safe.
  [[nodiscard]] Answer respond(const Request& request) const;
  [[nodiscard]] Response answer(const Request& request) const { return respond(request).response; }
  void swap(std::shared_ptr<const Site> site);
  /// Whether the answer may keep a thread busy, so that it is better given on one that nobody waits for.
  [[nodiscard]] bool takes_long(const Request& request) const;
  /// From any thread, after each look for newer lists.
  void report(ListsState state);
  [[nodiscard]] ListsState lists_state() const;
  /// What POST /updatez does and the token that it asks for; before serving.
  void on_update(std::string token, std::function<bool(bool wait)> update);
  [[nodiscard]] const std::string& update_token() const { return update_token_; }
  [[nodiscard]] bool update_lists(bool wait) const { return update_ && update_(wait); }
  /// The memory of matches; before anything is asked. Without it the routes of reviews answer 404, no_reviews.
  void remember(std::shared_ptr<reviews::Book> book) { book_ = std::move(book); }
  [[nodiscard]] reviews::Book* reviews() const { return book_.get(); }
  std::shared_ptr<const Site> current() const;

  /// Set before anything is asked, or left out: then there is no signing in, and /metrics is empty.
  std::shared_ptr<Gate> gate;
  std::shared_ptr<Metrics> metrics;
  /// The sites of other days; left out, there are none.
  std::shared_ptr<Past> past;

 private:
  mutable std::mutex guard_;  // gcc 12's atomic shared_ptr races; this is held for one copy of a pointer
  std::shared_ptr<const Site> site_;
  ListsState lists_state_;
  std::string update_token_;
  std::function<bool(bool)> update_;
  std::shared_ptr<reviews::Book> book_;
};

struct Limits {
  std::size_t body = std::size_t{8} << 20U;  // bytes; beyond: 413
  std::size_t connections = 2048;            // beyond: answered 503 and closed
  int seconds = 30;                          // for a whole request to come (408), and for a reply to be taken
  std::size_t per_client = 0;                // connections of one address; beyond: 503 and closed. 0: no limit
  int idle_seconds = 60;                     // between two requests of a connection
  int stop_seconds = 10;                     // for requests under way when the server is stopped
};

/// What one request came to, for the log: nothing of what was asked is in it.
struct Logged {
  std::string_view id;
  std::string_view key;
  std::string_view method;
  std::string_view route;  // the pattern; "page", "none" or "refused"
  unsigned status = 0;
  double milliseconds = 0;
  std::size_t bytes = 0;
};

/// What the server tells, and whom.
struct Told {
  std::function<void(const Logged&)> log;  // from any thread
  std::shared_ptr<audit::Sink> audit;      // none: no trail is kept
  bool audit_behind = false;               // answers do not wait for their record
  std::string certificate;                 // PEM files; both or none
  std::string private_key;
};

class Server {
 public:
  /// Binds at once; port 0 takes any free one. An Error when the address cannot be bound or the certificate not used.
  static Result<Server> listen(const std::string& address, std::uint16_t port, const Service& service, unsigned threads,
                               const Limits& limits = {}, Told told = {});
  Server(Server&&) noexcept;
  Server& operator=(Server&&) = delete;
  ~Server();
  [[nodiscard]] std::uint16_t port() const;
  /// Serves until `stop`; requests under way are finished first.
  void run();
  /// From any thread or after a signal.
  void stop();

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// What was asked, as a record of the audit trail has it; but for what no kept answer depends on.
[[nodiscard]] Request request_of(const audit::Answered& record);

/// "a%20b" → "a b"; '+' too where `plus`. Nothing for a broken escape.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text, bool plus);

}  // namespace interdict::serve
