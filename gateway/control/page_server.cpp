#include "gateway/control/page_server.hpp"

#include <boost/asio/ip/tcp.hpp>

#include "gateway/control/http_safety.hpp"
#include "gateway/control/http_sessions.hpp"
#include "gateway/control/page_routes.hpp"
#include "gateway/net/listener.hpp"

namespace kpropgw::control {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;
using Sessions = HttpSessions<tcp>;

}  // namespace

class PageServer::State : public std::enable_shared_from_this<State> {
public:
    State(asio::any_io_executor executor, PageSettings settings, PageSource source)
        : executor_(executor), settings_(std::move(settings)), source_(std::move(source)) {}

    Result<void> start() {
        auto acceptor = net::listen_on(executor_, settings_.address, settings_.port);
        if (!acceptor) return acceptor.error();
        port_ = acceptor->local_endpoint().port();
        sessions_ = std::make_shared<Sessions>(
            executor_, settings_.limits,
            [self = shared_from_this()](Sessions::Stream& stream, Request request) {
                return self->answer(stream, std::move(request));
            },
            set_safety_headers);
        sessions_->start(std::move(*acceptor));
        return {};
    }

    void stop() {
        if (sessions_) sessions_->stop();
        sessions_.reset();  // whose answers refer back to this
    }

    std::uint16_t port() const { return port_; }

private:
    asio::awaitable<std::optional<Response>> answer(Sessions::Stream&, Request request) {
        const auto host = request.find(http::field::host);
        if (host == request.end() || !is_own_host({host->value().data(), host->value().size()}, settings_.names)) {
            co_return refuse(http::status::misdirected_request,
                             "the page is not asked for by this name; use an address, localhost or the gateway's own "
                             "name, or name it in [status] http_names");
        }
        co_return answer_page(source_, request);
    }

    asio::any_io_executor executor_;
    PageSettings settings_;
    PageSource source_;
    std::shared_ptr<Sessions> sessions_;
    std::uint16_t port_ = 0;
};

PageServer::PageServer(asio::any_io_executor executor, PageSettings settings, PageSource source)
    : state_(std::make_shared<State>(std::move(executor), std::move(settings), std::move(source))) {}

PageServer::~PageServer() {
    stop();
}

Result<void> PageServer::start() {
    return state_->start();
}

void PageServer::stop() {
    state_->stop();
}

std::uint16_t PageServer::port() const {
    return state_->port();
}

}  // namespace kpropgw::control
