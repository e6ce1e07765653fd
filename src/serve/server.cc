// Listening, and the threads that serve: Boost.Asio. What happens on a connection is in session.h.
#include "serve/session.h"

#include <thread>

namespace interdict::serve {
namespace {

Result<void> use_certificate(asio::ssl::context& context, const Told& told) {
  try {
    context.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                        asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1 |
                        asio::ssl::context::no_compression);
    context.use_certificate_chain_file(told.certificate);
    context.use_private_key_file(told.private_key, asio::ssl::context::pem);
  } catch (const boost::system::system_error& fault) {
    return Error{Fault::bad_usage, std::string("the certificate and its key cannot be used: ") + fault.what(), {}};
  }
  return {};
}

}  // namespace

struct Server::Impl {
  Impl(const Service& service, const Limits& limits, Told told, unsigned threads_in)
      : shared(service, limits, std::move(told)), io(static_cast<int>(threads_in)), threads(threads_in) {
    shared.apart = &apart;
  }

  void accept() {
    acceptor.async_accept(asio::make_strand(io), [this](beast::error_code fault, tcp::socket socket) {
      if (fault == asio::error::operation_aborted || shared.stopping.load()) return;
      if (!fault) begin(std::move(socket));
      if (fault == asio::error::no_descriptors) {
        // Out of descriptors: accepting at once would only spin.
        pause.expires_after(std::chrono::milliseconds(50));
        pause.async_wait([this](beast::error_code) { accept(); });
        return;
      }
      accept();
    });
  }

  void begin(tcp::socket socket) {
    beast::error_code fault;
    const auto peer = socket.remote_endpoint(fault);
    if (fault) return;
    std::string client = peer.address().to_string();
    if (secure) {
      std::make_shared<Session<beast::ssl_stream<beast::tcp_stream>>>(shared, std::move(socket), std::move(client),
                                                                      *secure)
          ->start();
    } else {
      std::make_shared<Session<beast::tcp_stream>>(shared, std::move(socket), std::move(client))->start();
    }
  }

  /// Ends what is idle, again and again, until nothing is left or the time is up.
  void wind_down(std::chrono::steady_clock::time_point until) {
    if (shared.end_idle() == 0 || std::chrono::steady_clock::now() >= until) return io.stop();
    pause.expires_after(std::chrono::milliseconds(20));
    pause.async_wait([this, until](beast::error_code) { wind_down(until); });
  }

  std::optional<asio::ssl::context> secure;
  Shared shared;  // before `io`, whose end lets the last connections go
  asio::io_context io;
  tcp::acceptor acceptor{io};
  asio::steady_timer pause{io};
  unsigned threads;
  Apart apart{std::max(4U, threads), 256};  // goes first: what is under way there still holds its connection
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::Server(Server&&) noexcept = default;
Server::~Server() = default;

Result<Server> Server::listen(const std::string& address, std::uint16_t port, const Service& service, unsigned threads,
                              const Limits& limits, Told told) {
  beast::error_code fault;
  const auto ip = asio::ip::make_address(address, fault);
  if (fault) return Error{Fault::bad_usage, "'" + address + "' is no IP address", {}};
  auto impl = std::make_unique<Impl>(service, limits, std::move(told), std::max(1U, threads));
  if (!impl->shared.told.certificate.empty()) {
    impl->secure.emplace(asio::ssl::context::tls_server);
    if (auto used = use_certificate(*impl->secure, impl->shared.told); !used) return std::move(used).error();
  }
  const tcp::endpoint endpoint(ip, port);
  try {
    impl->acceptor.open(endpoint.protocol());
    impl->acceptor.set_option(asio::socket_base::reuse_address(true));
    impl->acceptor.bind(endpoint);
    impl->acceptor.listen(asio::socket_base::max_listen_connections);
  } catch (const boost::system::system_error& of_socket) {
    return Error{
        Fault::io, "cannot listen on " + address + ":" + std::to_string(port) + ": " + of_socket.code().message(), {}};
  }
  return Server(std::move(impl));
}

std::uint16_t Server::port() const { return impl_->acceptor.local_endpoint().port(); }

void Server::run() {
  impl_->accept();
  std::vector<std::jthread> pool;
  for (unsigned i = 1; i < impl_->threads; ++i) pool.emplace_back([this] { impl_->io.run(); });
  impl_->io.run();
}

void Server::stop() {
  impl_->shared.stopping = true;
  asio::post(impl_->io, [this] {
    beast::error_code ignored;
    impl_->acceptor.close(ignored);  // NOLINT(bugprone-unused-return-value): it is going anyway
    impl_->wind_down(std::chrono::steady_clock::now() + std::chrono::seconds(impl_->shared.limits.stop_seconds));
  });
}

}  // namespace interdict::serve
