// Sockets: Boost.Beast on a pool of threads.
#include <utility>
// Boost 1.74 uses std::exchange without including it.
#include <atomic>
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <thread>

#include "serve/serve.h"

namespace interdict::serve {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;

constexpr std::size_t target_max = 60000;  // bytes of path and query; beyond: 414, as yente

Request read(const http::request<http::string_body>& from) {
  Request out;
  out.method = std::string(from.method_string());
  const std::string target(from.target());
  const std::size_t question = target.find('?');
  out.path = target.substr(0, question);
  out.body = from.body();
  if (const auto host = from[http::field::host]; !host.empty()) out.origin = "http://" + std::string(host);
  out.if_none_match = std::string(from[http::field::if_none_match]);
  out.caller = access::local_caller();
  out.today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  if (question == std::string::npos) return out;
  std::string_view rest = std::string_view(target).substr(question + 1);
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    auto name = percent_decoded(pair.substr(0, equals), true);
    auto value = equals == std::string_view::npos ? std::string() : percent_decoded(pair.substr(equals + 1), true);
    if (name && value) out.query.emplace_back(std::move(*name), std::move(*value));
  }
  return out;
}

struct Shared {
  const Service& service;
  Limits limits;
  std::atomic<std::size_t> connections{0};
  std::atomic<bool> stopping{false};
};

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, Shared& shared) : stream_(std::move(socket)), shared_(shared) { ++shared_.connections; }
  ~Session() { --shared_.connections; }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void start() {
    asio::dispatch(stream_.get_executor(), [self = shared_from_this()] {
      if (self->shared_.connections.load() > self->shared_.limits.connections) {
        self->refuse(http::status::service_unavailable, "too many connections");
        return;
      }
      self->receive();
    });
  }

 private:
  void receive() {
    parser_.emplace();
    parser_->body_limit(shared_.limits.body);
    parser_->header_limit(target_max + 16384);
    stream_.expires_after(std::chrono::seconds(shared_.limits.seconds));
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](beast::error_code fault, std::size_t) { self->received(fault); });
  }

  void received(beast::error_code fault) {
    if (fault == http::error::end_of_stream || fault == beast::error::timeout) return close();
    if (fault == http::error::body_limit) return refuse(http::status::payload_too_large, "the body is too large");
    if (fault == http::error::header_limit) {
      return refuse(http::status::request_header_fields_too_large, "the header is too large");
    }
    if (fault) {
      if (fault.category() == http::make_error_code(http::error::bad_method).category()) {
        return refuse(http::status::bad_request, "not an HTTP request");
      }
      return;
    }
    const auto& request = parser_->get();
    if (request.target().size() > target_max) return refuse(http::status::uri_too_long, "the URL is too long");
    const Response answer = shared_.service.answer(read(request));
    const bool keep = request.keep_alive() && !shared_.stopping.load();
    send(answer, request.version(), keep, request.method() == http::verb::head);
  }

  void send(const Response& answer, unsigned version, bool keep, bool head) {
    response_ = {};
    response_.version(version);
    response_.result(answer.status);
    response_.set(http::field::server, "interdict");
    response_.set(http::field::content_type, answer.type);
    for (const auto& [name, value] : answer.headers) response_.set(name, value);
    response_.keep_alive(keep);
    response_.body() = answer.body;
    response_.prepare_payload();
    if (head) response_.body().clear();
    stream_.expires_after(std::chrono::seconds(shared_.limits.seconds));
    http::async_write(stream_, response_, [self = shared_from_this(), keep](beast::error_code fault, std::size_t) {
      if (fault) return;
      if (keep) {
        self->receive();
      } else {
        self->close();
      }
    });
  }

  void refuse(http::status status, const char* why) {
    Response answer;
    answer.status = static_cast<unsigned>(status);
    answer.body = std::string(R"({"detail":")") + why + "\"}";
    send(answer, 11, false, false);
  }

  void close() {
    beast::error_code ignored;
    // NOLINTNEXTLINE(bugprone-unused-return-value): nobody is left to tell
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
  }

  beast::tcp_stream stream_;
  Shared& shared_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  http::response<http::string_body> response_;
};

}  // namespace

struct Server::Impl {
  Impl(const Service& service, const Limits& limits, unsigned threads_in)
      : threads(static_cast<int>(threads_in)),
        io(threads),
        acceptor(io),
        shared{service, limits, {}, {}},
        threads_wanted(threads_in) {}

  void accept() {
    acceptor.async_accept(asio::make_strand(io), [this](beast::error_code fault, tcp::socket socket) {
      if (fault == asio::error::operation_aborted || shared.stopping.load()) return;
      if (!fault) std::make_shared<Session>(std::move(socket), shared)->start();
      accept();
    });
  }

  int threads;
  asio::io_context io;
  tcp::acceptor acceptor;
  Shared shared;
  unsigned threads_wanted;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::Server(Server&&) noexcept = default;
Server::~Server() = default;

Result<Server> Server::listen(const std::string& address, std::uint16_t port, const Service& service, unsigned threads,
                              const Limits& limits) {
  const auto cannot = [&](const beast::error_code& fault) {
    return Error{Fault::io, "cannot listen on " + address + ":" + std::to_string(port) + ": " + fault.message(), {}};
  };
  beast::error_code fault;
  const auto ip = asio::ip::make_address(address, fault);
  if (fault) return Error{Fault::bad_usage, "'" + address + "' is no IP address", {}};
  auto impl = std::make_unique<Impl>(service, limits, std::max(1U, threads));
  const tcp::endpoint endpoint(ip, port);
  try {
    impl->acceptor.open(endpoint.protocol());
    impl->acceptor.set_option(asio::socket_base::reuse_address(true));
    impl->acceptor.bind(endpoint);
    impl->acceptor.listen(asio::socket_base::max_listen_connections);
  } catch (const boost::system::system_error& fault_of_socket) {
    return cannot(fault_of_socket.code());
  }
  return Server(std::move(impl));
}

std::uint16_t Server::port() const { return impl_->acceptor.local_endpoint().port(); }

void Server::run() {
  impl_->accept();
  std::vector<std::jthread> pool;
  for (unsigned i = 1; i < impl_->threads_wanted; ++i) pool.emplace_back([this] { impl_->io.run(); });
  impl_->io.run();
}

void Server::stop() {
  impl_->shared.stopping = true;
  asio::post(impl_->io, [this] {
    beast::error_code ignored;
    impl_->acceptor.close(ignored);  // NOLINT(bugprone-unused-return-value): it is going anyway
    // What is under way gets a moment to finish; idle connections do not hold the end up for longer.
    auto timer = std::make_shared<asio::steady_timer>(impl_->io, std::chrono::milliseconds(500));
    timer->async_wait([this, timer](beast::error_code) { impl_->io.stop(); });
  });
}

}  // namespace interdict::serve
