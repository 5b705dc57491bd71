#include "gateway/control/server.hpp"

#include <unistd.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <optional>
#include <set>

#include "gateway/control/messages.hpp"
#include "gateway/control/routes.hpp"
#include "gateway/control/socket.hpp"

namespace kpropgw::control {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

using Protocol = asio::local::stream_protocol;
using Stream = beast::basic_stream<Protocol>;

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t largest_header = 8192;

/// What to say to a request that could not be read; absent when there is nobody to say it to.
std::optional<Response> answer_to_broken(const beast::error_code& code) {
    if (code == http::error::body_limit) return refuse(http::status::payload_too_large, "the body exceeds 1 MiB");
    if (code == http::error::header_limit || code == http::error::buffer_overflow) {
        return refuse(http::status::request_header_fields_too_large, "the header exceeds 8 KiB");
    }
    const bool malformed = code.category() == make_error_code(http::error::bad_method).category();
    if (!malformed || code == http::error::end_of_stream) return std::nullopt;
    return refuse(http::status::bad_request, "not HTTP/1.1: " + code.message());
}

}  // namespace

class Server::State : public std::enable_shared_from_this<State> {
public:
    State(asio::any_io_executor executor, std::string path, Orders& orders, ServerLimits limits)
        : executor_(executor),
          path_(std::move(path)),
          orders_(orders),
          limits_(limits),
          acceptor_(executor),
          pause_(executor) {}

    Result<void> start() {
        auto socket = ControlSocket::listen(path_);
        if (!socket) return socket.error();
        const auto descriptor = socket->duplicate();
        if (!descriptor) return descriptor.error();
        beast::error_code code;
        acceptor_.assign(Protocol(), *descriptor, code);
        if (code) {
            ::close(*descriptor);
            return system_error(code.value(), path_);
        }
        socket_ = std::move(*socket);
        asio::co_spawn(executor_, accept(shared_from_this()), asio::detached);
        return {};
    }

    void stop() {
        stopped_ = true;
        socket_.reset();
        beast::error_code ignored;
        acceptor_.close(ignored);
        pause_.cancel();
        for (Stream* stream : sessions_)
            stream->close();
    }

private:
    /// A session in the list of those to be ended by stop().
    class Listed {
    public:
        Listed(State& state, Stream& stream) : state_(state), stream_(stream) { state_.sessions_.insert(&stream_); }
        ~Listed() { state_.sessions_.erase(&stream_); }
        Listed(const Listed&) = delete;
        Listed& operator=(const Listed&) = delete;

    private:
        State& state_;
        Stream& stream_;
    };

    // Coroutines are static with the state as an argument: their frame keeps it alive.

    static asio::awaitable<void> accept(std::shared_ptr<State> self) {
        while (!self->stopped_) {
            auto [code, socket] = co_await self->acceptor_.async_accept(no_throw);
            if (code == asio::error::operation_aborted || self->stopped_) co_return;
            if (code) {
                // No descriptors left, most likely: let some sessions end.
                self->pause_.expires_after(std::chrono::milliseconds(100));
                co_await self->pause_.async_wait(no_throw);
                continue;
            }
            asio::co_spawn(self->executor_, serve(self, Stream(std::move(socket))), asio::detached);
        }
    }

    static asio::awaitable<void> serve(std::shared_ptr<State> self, Stream stream) {
        const Listed listed(*self, stream);
        const bool crowded = self->sessions_.size() > self->limits_.sessions;
        const auto uid = peer_uid(stream.socket().native_handle());
        const bool allowed = uid && may_order(*uid, ::geteuid());
        beast::flat_buffer buffer;
        for (;;) {
            http::request_parser<http::string_body> parser;
            parser.header_limit(largest_header);
            parser.body_limit(largest_request);
            stream.expires_after(self->limits_.deadline);
            auto [code, size] = co_await http::async_read(stream, buffer, parser, no_throw);
            if (self->stopped_) co_return;
            std::optional<Response> response;
            if (code) {
                response = answer_to_broken(code);
                if (!response) co_return;
            } else if (!allowed) {
                response = refuse(http::status::forbidden, "only the gateway's own user and root may order");
            } else if (crowded) {
                response = refuse(http::status::service_unavailable, "too many orders at once; try again");
            } else {
                stream.expires_never();
                response = co_await answer(self->orders_, parser.release());
            }
            stream.expires_after(self->limits_.deadline);
            auto [write_code, written] = co_await http::async_write(stream, *response, no_throw);
            if (write_code || !response->keep_alive()) break;
        }
        beast::error_code ignored;
        stream.socket().shutdown(Protocol::socket::shutdown_send, ignored);
    }

    asio::any_io_executor executor_;
    std::string path_;
    Orders& orders_;
    ServerLimits limits_;
    Protocol::acceptor acceptor_;
    asio::steady_timer pause_;
    std::optional<ControlSocket> socket_;
    std::set<Stream*> sessions_;
    bool stopped_ = false;
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
