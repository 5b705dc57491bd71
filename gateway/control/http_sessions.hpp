#pragma once
// Private to gateway/control: HTTP/1.1 (RFC 9112) sessions, for the unix socket of orders and the TCP port of the page.
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <set>

#include "gateway/control/http_limits.hpp"
#include "gateway/control/routes.hpp"

namespace kpropgw::control {

/// What to say to a request that could not be read; absent when there is nobody to say it to.
std::optional<Response> answer_to_broken(const boost::beast::error_code& code, const ServerLimits& limits);

/// Accepts connections and answers what is asked on each, until stop(). Lives on one loop. To be held by a shared_ptr,
/// which every session shares.
template <class Protocol>
class HttpSessions : public std::enable_shared_from_this<HttpSessions<Protocol>> {
public:
    using Stream = boost::beast::basic_stream<Protocol>;
    using Acceptor = typename Protocol::acceptor;

    /// Absent: the answer went to the stream already, and the session ends. Not called after stop().
    using Answer = std::function<boost::asio::awaitable<std::optional<Response>>(Stream&, Request)>;
    /// Put on every answer before it is sent, those of requests that could not be read too.
    using Finish = std::function<void(Response&)>;

    HttpSessions(boost::asio::any_io_executor executor, ServerLimits limits, Answer answer, Finish finish = {})
        : executor_(executor),
          limits_(limits),
          answer_(std::move(answer)),
          finish_(std::move(finish)),
          acceptor_(executor),
          pause_(executor) {}

    /// The acceptor listens already.
    void start(Acceptor acceptor) {
        acceptor_ = std::move(acceptor);
        boost::asio::co_spawn(executor_, accept(this->shared_from_this()), boost::asio::detached);
    }

    void stop() {
        stopped_ = true;
        boost::beast::error_code ignored;
        acceptor_.close(ignored);
        pause_.cancel();
        for (Stream* stream : sessions_)
            stream->close();
    }

private:
    static constexpr auto no_throw = boost::asio::as_tuple(boost::asio::use_awaitable);
    static constexpr std::size_t largest_header = 8192;

    /// A session in the list of those to be ended by stop().
    class Listed {
    public:
        Listed(HttpSessions& all, Stream& stream) : all_(all), stream_(stream) { all_.sessions_.insert(&stream_); }
        ~Listed() { all_.sessions_.erase(&stream_); }
        Listed(const Listed&) = delete;
        Listed& operator=(const Listed&) = delete;

    private:
        HttpSessions& all_;
        Stream& stream_;
    };

    // Coroutines are static with the shared state as an argument: their frame keeps it alive.

    static boost::asio::awaitable<void> accept(std::shared_ptr<HttpSessions> self) {
        while (!self->stopped_) {
            auto [code, socket] = co_await self->acceptor_.async_accept(no_throw);
            if (code == boost::asio::error::operation_aborted || self->stopped_) co_return;
            if (code) {
                // No descriptors left, most likely: let some sessions end.
                self->pause_.expires_after(std::chrono::milliseconds(100));
                co_await self->pause_.async_wait(no_throw);
                continue;
            }
            if (self->sessions_.size() >= 2 * self->limits_.sessions) continue;
            boost::asio::co_spawn(self->executor_, serve(self, Stream(std::move(socket))), boost::asio::detached);
        }
    }

    static boost::asio::awaitable<void> serve(std::shared_ptr<HttpSessions> self, Stream stream) {
        namespace http = boost::beast::http;
        const Listed listed(*self, stream);
        const bool crowded = self->sessions_.size() > self->limits_.sessions;
        boost::beast::flat_buffer buffer;
        for (;;) {
            http::request_parser<http::string_body> parser;
            parser.header_limit(largest_header);
            parser.body_limit(self->limits_.largest_body);
            stream.expires_after(self->limits_.deadline);
            auto [code, size] = co_await http::async_read(stream, buffer, parser, no_throw);
            if (self->stopped_) co_return;
            std::optional<Response> response;
            const bool head = parser.get().method() == http::verb::head;
            if (code) {
                response = answer_to_broken(code, self->limits_);
            } else if (crowded) {
                response = refuse(http::status::service_unavailable, "too many sessions at once; try again");
            } else {
                stream.expires_never();
                response = co_await self->answer_(stream, parser.release());
            }
            if (!response) break;
            if (self->finish_) self->finish_(*response);
            stream.expires_after(self->limits_.deadline);
            if (!co_await write(stream, *response, head) || !response->keep_alive()) break;
        }
        boost::beast::error_code ignored;
        stream.socket().shutdown(Protocol::socket::shutdown_send, ignored);
    }

    /// To HEAD goes the same header, Content-Length too, without the body (RFC 9110, 9.3.2).
    static boost::asio::awaitable<bool> write(Stream& stream, Response& response, bool head) {
        namespace http = boost::beast::http;
        http::response_serializer<http::string_body> serializer(response);
        if (head) {
            auto [code, written] = co_await http::async_write_header(stream, serializer, no_throw);
            co_return !code;
        }
        auto [code, written] = co_await http::async_write(stream, serializer, no_throw);
        co_return !code;
    }

    boost::asio::any_io_executor executor_;
    ServerLimits limits_;
    Answer answer_;
    Finish finish_;
    Acceptor acceptor_;
    boost::asio::steady_timer pause_;
    std::set<Stream*> sessions_;
    bool stopped_ = false;
};

}  // namespace kpropgw::control
