// What the connections of one server share.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "serve/apart.h"
#include "serve/gate.h"
#include "serve/metrics.h"
#include "serve/serve.h"

namespace interdict::serve {

/// A connection, as far as ending it when idle goes.
class Connection {
 public:
  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  virtual ~Connection() = default;
  /// From any thread.
  virtual void end_when_idle() = 0;
};

struct Shared {
  Shared(const Service& service_in, const Limits& limits_in, Told told_in)
      : service(service_in), limits(limits_in), told(std::move(told_in)) {}

  const Service& service;
  Limits limits;
  Told told;
  std::atomic<bool> stopping{false};
  Apart* apart = nullptr;  // set while the server runs

  /// Counts a connection in; why it may not stay, or null.
  const char* enter(Connection* one, const std::weak_ptr<Connection>& weak, const std::string& client) {
    const std::lock_guard lock(guard_);
    open_.emplace(one, weak);
    const std::size_t of_client = ++clients_[client];
    if (service.metrics) service.metrics->connections(open_.size());
    if (open_.size() > limits.connections) return "too many connections";
    if (limits.per_client != 0 && of_client > limits.per_client) return "too many connections of one client";
    return nullptr;
  }
  void leave(Connection* one, const std::string& client) {
    const std::lock_guard lock(guard_);
    open_.erase(one);
    if (const auto at = clients_.find(client); at != clients_.end() && --at->second == 0) clients_.erase(at);
    if (service.metrics) service.metrics->connections(open_.size());
  }
  /// How many are left.
  std::size_t end_idle() {
    std::vector<std::shared_ptr<Connection>> held;  // goes after the lock: the last of one asks for it in leave()
    const std::lock_guard lock(guard_);
    for (const auto& [one, weak] : open_) {
      if (auto connection = weak.lock()) held.push_back(std::move(connection));
    }
    for (const auto& connection : held) {
      connection->end_when_idle();
    }
    return open_.size();
  }

 private:
  std::mutex guard_;
  std::map<Connection*, std::weak_ptr<Connection>> open_;
  std::map<std::string, std::size_t> clients_;
};

}  // namespace interdict::serve
