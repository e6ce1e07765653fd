// One connection, over plain TCP or TLS: requests come, pass the gate, are answered and kept.
#pragma once

#include <utility>
// Boost 1.74 uses std::exchange without including it.
#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <optional>

#include "serve/handlers.h"
#include "serve/http_request.h"
#include "serve/routes.h"
#include "serve/shared.h"

namespace interdict::serve {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;

template <typename Stream>
class Session : public Connection, public std::enable_shared_from_this<Session<Stream>> {
 public:
  static constexpr bool tls = !std::is_same_v<Stream, beast::tcp_stream>;

  template <typename... More>
  Session(Shared& shared, tcp::socket socket, std::string client, More&... more)
      : stream_(std::move(socket), more...),
        shared_(shared),
        client_(std::move(client)),
        deadline_(stream_.get_executor()) {}
  ~Session() override { shared_.leave(this, client_); }

  void start() {
    asio::dispatch(stream_.get_executor(), [self = this->shared_from_this()] {
      self->refused_ = self->shared_.enter(self.get(), self, self->client_);
      if constexpr (tls) {
        self->limit(self->shared_.limits.seconds);
        self->stream_.async_handshake(asio::ssl::stream_base::server, [self](beast::error_code fault) {
          if (!fault) self->begin();
        });
      } else {
        self->begin();
      }
    });
  }

  void end_when_idle() override {
    asio::post(stream_.get_executor(), [self = this->shared_from_this()] {
      if (self->idle_) beast::get_lowest_layer(self->stream_).cancel();
    });
  }

 private:
  using Clock = std::chrono::steady_clock;

  auto self() { return this->shared_from_this(); }

  // A timer of ours and not the stream's: that one closes the socket, and nobody could be told 408 any more.
  void limit(int seconds) {
    timed_out_ = false;
    end_at(Clock::now() + std::chrono::seconds(seconds));
  }
  void end_at(Clock::time_point when) {
    deadline_.expires_at(when);
    deadline_.async_wait([weak = this->weak_from_this()](beast::error_code fault) {
      const auto self = weak.lock();
      if (fault || !self || self->deadline_.expiry() > Clock::now()) return;
      self->timed_out_ = true;
      beast::get_lowest_layer(self->stream_).cancel();
      // A byte already read but not yet told of cannot be cancelled, and its reader goes on to the next: so once more,
      // until what was limited has ended.
      self->end_at(Clock::now() + std::chrono::milliseconds(10));
    });
  }

  void begin() {
    if (refused_ != nullptr) return refuse(503, "busy", refused_);
    wait();
  }

  /// For the first byte of a request.
  void wait() {
    if (shared_.stopping) return close();
    if (buffer_.size() > 0) return receive();
    idle_ = true;
    limit(shared_.limits.idle_seconds);
    stream_.async_read_some(buffer_.prepare(4096), [self = self()](beast::error_code fault, std::size_t got) {
      self->idle_ = false;
      if (fault) return self->close();
      self->buffer_.commit(got);
      self->receive();
    });
  }

  void receive() {
    began_ = Clock::now();
    parser_.emplace();
    parser_->body_limit(shared_.limits.body);
    parser_->header_limit(target_max + 16384);
    limit(shared_.limits.seconds);  // the whole request, however slowly its bytes drip
    http::async_read(stream_, buffer_, *parser_,
                     [self = self()](beast::error_code fault, std::size_t) { self->received(fault); });
  }

  void received(beast::error_code fault) {
    if (timed_out_) return refuse(408, "timeout", "the request took too long to come");
    if (fault == http::error::end_of_stream) return close();
    if (fault == http::error::body_limit) return refuse(413, "too_large", "the body is too large");
    if (fault == http::error::header_limit) return refuse(431, "header_too_large", "the header is too large");
    if (fault) {
      static const auto& of_http = http::make_error_code(http::error::bad_method).category();
      if (fault.category() == of_http) return refuse(400, "bad_request", "this is no HTTP request");
      return;
    }
    keep_ = parser_->get().keep_alive() && !shared_.stopping;
    head_ = parser_->get().method() == http::verb::head;
    version_ = parser_->get().version();
    if (parser_->get().target().size() > target_max) return refuse(414, "uri_too_long", "the URL is too long");
    respond();
  }

  void respond() {
    const auto now = std::chrono::system_clock::now();
    request_ = request_of(*parser_, now, tls || (shared_.service.gate && shared_.service.gate->is_tls()));
    if (shared_.service.gate) {
      auto admission = shared_.service.gate->admit(presented_by(*parser_, client_), now);
      request_.caller = std::move(admission.caller);
      if (!admission.admitted) {
        if (admission.refusal.status == 429 && shared_.service.metrics) shared_.service.metrics->rate_limited();
        route_ = "refused";
        secure(admission.refusal, false);
        return send(std::move(admission.refusal));
      }
    } else {
      request_.caller = access::local_caller();
    }
    if (shared_.service.takes_long(request_)) return respond_apart();
    answered(shared_.service.respond(request_));
  }

  void respond_apart() {
    deadline_.cancel();
    const bool taken = shared_.apart->run([self = self()] {
      auto answer = std::make_shared<Answer>(self->shared_.service.respond(self->request_));
      asio::post(self->stream_.get_executor(), [self, answer] { self->answered(std::move(*answer)); });
    });
    if (taken) return;
    Response busy = failure(503, "busy", "too many long answers are under way");
    busy.headers.emplace_back("Retry-After", "1");
    secure(busy, false);
    route_ = "refused";
    send(std::move(busy));
  }

  void answered(Answer answer) {
    route_ = answer.route != nullptr ? answer.route->pattern : answer.response.status == 200 ? "page" : "none";
    if (!shared_.told.audit || !answer.handled || answer.route->kept == Kept::nothing) {
      return send(std::move(answer.response));
    }
    keep_record(std::move(answer));
  }

  /// The answer goes out when its record is on the disk: what is not recorded was not answered.
  void keep_record(Answer answer) {
    audit::Answered record;
    record.at = request_.at;
    record.request_id = request_.id;
    record.key = request_.caller.key;
    record.caller = request_.caller.name;
    record.role = access::to_string(request_.caller.role);
    record.operation = answer.route->operation;
    record.replayable = answer.route->kept == Kept::answer ||
                        (answer.route->kept == Kept::reviewed && answer.response.reviews.has_value());
    record.method = request_.method;
    record.target = std::string(parser_->get().target());
    record.origin = request_.origin;
    record.body = request_.body;
    record.world = answer.site->provenance;
    record.reviews = answer.response.reviews;
    record.status = answer.response.status;
    record.type = answer.response.type;
    record.answer = answer.response.body;
    const auto metrics = shared_.service.metrics;
    if (shared_.told.audit_behind) {
      shared_.told.audit->keep(std::move(record), [metrics](const Result<std::int64_t>& kept) {
        if (metrics) metrics->audited(kept.ok());
      });
      return send(std::move(answer.response));
    }
    auto response = std::make_shared<Response>(std::move(answer.response));
    deadline_.cancel();
    shared_.told.audit->keep(std::move(record), [self = self(), response, metrics](const Result<std::int64_t>& kept) {
      if (metrics) metrics->audited(kept.ok());
      if (kept.ok()) {
        response->headers.emplace_back("X-Audit-Record", std::to_string(*kept));
      } else {
        *response = failure(503, "audit_unavailable", "the answer could not be recorded, so it is not given");
        secure(*response, false);
      }
      asio::post(self->stream_.get_executor(), [self, response] { self->send(std::move(*response)); });
    });
  }

  void refuse(unsigned status, std::string_view code, std::string_view why) {
    keep_ = false;
    head_ = false;
    version_ = 11;
    route_ = "refused";
    Response answer = failure(status, code, why);
    secure(answer, false);
    send(std::move(answer));
  }

  void send(Response answer) {
    response_ = {};
    response_.version(version_);
    response_.result(answer.status);
    response_.set(http::field::server, "interdict");
    response_.set(http::field::content_type, answer.type);
    for (const auto& [name, value] : answer.headers) response_.set(name, value);
    if (!request_.id.empty()) response_.set("X-Request-ID", request_.id);
    if constexpr (tls) response_.set(http::field::strict_transport_security, "max-age=31536000");
    response_.keep_alive(keep_);
    response_.body() = std::move(answer.body);
    response_.prepare_payload();
    const std::size_t bytes = response_.body().size();
    if (head_) response_.body().clear();
    limit(shared_.limits.seconds);  // the whole reply, however slowly it is taken
    http::async_write(stream_, response_, [self = self(), bytes](beast::error_code fault, std::size_t) {
      self->tell(bytes);
      if (fault) return;
      self->request_ = {};
      if (self->keep_) {
        self->wait();
      } else {
        self->close();
      }
    });
  }

  void tell(std::size_t bytes) {
    const double seconds = std::chrono::duration<double>(Clock::now() - began_).count();
    const unsigned status = response_.result_int();
    if (shared_.service.metrics) shared_.service.metrics->request(route_, status, seconds);
    if (!shared_.told.log) return;
    // A method is the client's own text: only those of the standard are told.
    const auto method = http::string_to_verb(request_.method);
    shared_.told.log({request_.id, request_.caller.key,
                      method == http::verb::unknown ? std::string_view("other") : std::string_view(request_.method),
                      route_, status, seconds * 1000, bytes});
  }

  /// What the client still sends is read and dropped for a moment: closing on it would take our reply with it.
  void close() {
    beast::error_code ignored;
    if constexpr (tls) {
      limit(1);
      stream_.async_shutdown([self = self()](beast::error_code) { self->drain(); });
    } else {
      // NOLINTNEXTLINE(bugprone-unused-return-value): nobody is left to tell
      stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
      limit(1);
      drain();
    }
  }

  void drain() {
    buffer_.consume(buffer_.size());
    beast::get_lowest_layer(stream_).async_read_some(
        buffer_.prepare(65536), [self = self()](beast::error_code fault, std::size_t got) {
          self->drained_ += got;
          if (!fault && !self->timed_out_ && self->drained_ < (std::size_t{64} << 20U)) self->drain();
        });
  }

  Stream stream_;
  Shared& shared_;
  std::string client_;
  asio::steady_timer deadline_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  http::response<http::string_body> response_;
  Request request_;
  std::string_view route_ = "none";
  const char* refused_ = nullptr;
  Clock::time_point began_ = Clock::now();
  std::size_t drained_ = 0;
  unsigned version_ = 11;
  bool keep_ = false;
  bool head_ = false;
  bool idle_ = false;
  bool timed_out_ = false;
};

}  // namespace interdict::serve
