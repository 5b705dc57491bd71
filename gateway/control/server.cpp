#include "gateway/control/server.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <boost/asio/local/stream_protocol.hpp>
#include <optional>

#include "gateway/control/access.hpp"
#include "gateway/control/http_sessions.hpp"
#include "gateway/control/messages.hpp"
#include "gateway/control/socket.hpp"

namespace kpropgw::control {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;

using Protocol = asio::local::stream_protocol;
using Sessions = HttpSessions<Protocol>;

struct Readers {
    std::string group;  ///< "": none
    std::optional<gid_t> id;
};

bool may(Sessions::Stream& stream, const Readers& readers, const Request& request) {
    const auto peer = peer_of(stream.socket().native_handle());
    if (!peer) return false;
    const Access access = access_of(*peer, ::geteuid(), readers.id);
    return access == Access::order || (access == Access::look && request.method() == http::verb::get);
}

Response refuse_peer(const Readers& readers) {
    std::string text = "only the gateway's own user and root may order";
    if (readers.id) text += fmt::format(", members of the group \"{}\" may look: status, journal", readers.group);
    return refuse(http::status::forbidden, text);
}

asio::awaitable<std::optional<Response>> answer_peer(Orders& orders, Sessions::Stream& stream, const Readers& readers,
                                                     Request request) {
    if (!may(stream, readers, request)) co_return refuse_peer(readers);
    co_return co_await answer(orders, request);
}

}  // namespace

class Server::State {
public:
    State(asio::any_io_executor executor, std::string path, Orders& orders, ServerLimits limits,
          std::optional<std::string> readers)
        : executor_(executor),
          path_(std::move(path)),
          readers_(std::make_shared<Readers>(Readers{readers.value_or(""), std::nullopt})),
          sessions_(std::make_shared<Sessions>(
              executor, limits,
              [&orders, allowed = readers_](Sessions::Stream& stream, Request request) {
                  return answer_peer(orders, stream, *allowed, std::move(request));
              },
              [&orders](const Response& response) { orders.answered(response.result_int()); })) {}

    Result<void> start() {
        if (!readers_->group.empty()) {
            const auto id = find_group(readers_->group);
            if (!id) return id.error().in("[status] readers");
            readers_->id = *id;
        }
        auto socket = ControlSocket::listen(path_, readers_->id);
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
    std::shared_ptr<Readers> readers_;  ///< the sessions' too, which may outlive this
    std::optional<ControlSocket> socket_;
    std::shared_ptr<Sessions> sessions_;
};

Server::Server(boost::asio::any_io_executor executor, std::string path, Orders& orders, ServerLimits limits,
               std::optional<std::string> readers)
    : state_(std::make_shared<State>(std::move(executor), std::move(path), orders, limits, std::move(readers))) {}

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
