#include "gateway/control/server.hpp"

#include <unistd.h>

#include <boost/asio/local/stream_protocol.hpp>
#include <optional>

#include "gateway/control/http_sessions.hpp"
#include "gateway/control/messages.hpp"
#include "gateway/control/socket.hpp"

namespace kpropgw::control {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;

using Protocol = asio::local::stream_protocol;
using Sessions = HttpSessions<Protocol>;

asio::awaitable<std::optional<Response>> answer_peer(Orders& orders, Sessions::Stream& stream, Request request) {
    const auto uid = peer_uid(stream.socket().native_handle());
    if (!uid || !may_order(*uid, ::geteuid())) {
        co_return refuse(http::status::forbidden, "only the gateway's own user and root may order");
    }
    co_return co_await answer(orders, request);
}

}  // namespace

class Server::State {
public:
    State(asio::any_io_executor executor, std::string path, Orders& orders, ServerLimits limits)
        : executor_(executor),
          path_(std::move(path)),
          sessions_(std::make_shared<Sessions>(
              executor, limits,
              [&orders](Sessions::Stream& stream, Request request) {
                  return answer_peer(orders, stream, std::move(request));
              },
              [&orders](const Response& response) { orders.answered(response.result_int()); })) {}

    Result<void> start() {
        auto socket = ControlSocket::listen(path_);
        if (!socket) return socket.error();
        const auto descriptor = socket->duplicate();
        if (!descriptor) return descriptor.error();
        Protocol::acceptor acceptor(executor_);
        boost::beast::error_code code;
        acceptor.assign(Protocol(), *descriptor, code);
        if (code) {
            ::close(*descriptor);
            return system_error(code.value(), path_);
        }
        socket_ = std::move(*socket);
        sessions_->start(std::move(acceptor));
        return {};
    }

    void stop() {
        socket_.reset();
        sessions_->stop();
    }

private:
    asio::any_io_executor executor_;
    std::string path_;
    std::optional<ControlSocket> socket_;
    std::shared_ptr<Sessions> sessions_;
};

Server::Server(boost::asio::any_io_executor executor, std::string path, Orders& orders, ServerLimits limits)
    : state_(std::make_shared<State>(std::move(executor), std::move(path), orders, limits)) {}

Server::~Server() {
    stop();
}

Result<void> Server::start() {
    return state_->start();
}

void Server::stop() {
    state_->stop();
}

}  // namespace kpropgw::control
