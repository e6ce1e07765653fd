// The gate: who a request is from, and whether it may come in at all. Knows no sockets.
//
// Without keys this machine is trusted, but not the pages that its browser happens to show: a request must name this
// machine as its Host (a rebound DNS name does not) and come from no other origin. With keys, a request proves one in a
// header, or by the cookie of a signed-in page; a cookie counts only from our own pages.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "access/keys.h"
#include "serve/serve.h"

namespace interdict::serve {

/// What a request says of itself, as sent.
struct Presented {
  std::string_view method;
  std::string_view authorization;
  std::string_view api_key;  // X-API-Key
  std::string_view cookie;
  std::string_view host;
  std::string_view origin;
  std::string_view fetch_site;  // Sec-Fetch-Site
  std::string_view client;      // the address
};

/// The key in "Bearer KEY" or "ApiKey KEY", else in X-API-Key; empty when there is none.
[[nodiscard]] std::string_view token_of(std::string_view authorization, std::string_view api_key);
/// One cookie's value; empty when there is none of that name.
[[nodiscard]] std::string_view cookie_of(std::string_view header, std::string_view name);

class Gate {
 public:
  struct Policy {
    bool keys = false;        // whether a key is asked for
    bool tls = false;         // clients speak it: a cookie must insist on it
    bool checks_host = true;  // without keys: only `hosts` as Host
    std::vector<std::string> hosts = {"localhost", "127.0.0.1", "[::1]"};
    unsigned rate = 6000;            // requests a minute for each key without a rate of its own
    unsigned stranger_rate = 600;    // for each address that shows no valid key
    std::chrono::hours session{12};  // how long a page stays signed in
  };
  explicit Gate(Policy policy) : policy_(std::move(policy)) {}

  void renew(std::vector<access::Key> keys);
  /// Whether clients speak TLS, to this server or to the proxy before it.
  [[nodiscard]] bool is_tls() const { return policy_.tls; }

  struct Admission {
    access::Caller caller;
    bool admitted = false;
    Response refusal;
  };
  /// Admits with the caller, who may still be nobody; refuses with 401 for a key that is wrong, expired or revoked, 403
  /// for a strange host or origin, 429 past the rate.
  [[nodiscard]] Admission admit(const Presented& presented, std::chrono::system_clock::time_point now);

  /// For the pages: a session for a valid key, ended by `sign_out`, by time, or with its key.
  [[nodiscard]] Response sign_in(const Request& request, Instant now);
  [[nodiscard]] Response sign_out(const Request& request);

 private:
  struct Bucket {
    double tokens = 0;
    std::chrono::system_clock::time_point filled;
  };
  struct Signed {
    std::string key;
    Instant until;
  };
  [[nodiscard]] bool from_elsewhere(const Presented& presented) const;
  [[nodiscard]] std::shared_ptr<const access::Ring> ring() const;
  [[nodiscard]] access::Caller signed_in(std::string_view cookie, const access::Ring& ring, Instant now,
                                         unsigned& rate);
  /// Seconds to wait; 0 when there is room.
  [[nodiscard]] int wait_of(const std::string& whose, unsigned a_minute, std::chrono::system_clock::time_point now);
  [[nodiscard]] std::string cookie_text(std::string_view value, bool gone) const;

  Policy policy_;
  mutable std::mutex guard_;
  std::shared_ptr<const access::Ring> ring_ = std::make_shared<access::Ring>(std::vector<access::Key>{});
  std::unordered_map<std::string, Signed> sessions_;  // by SHA-256 of the cookie
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace interdict::serve
