#include "gateway/control/page_server.hpp"

#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>

#include "gateway/control/event_stream.hpp"
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
        : executor_(executor), settings_(std::move(settings)), page_(std::move(source)), sampling_(executor) {}

    Result<void> start() {
        auto acceptor = net::listen_on(executor_, settings_.address, settings_.port);
        if (!acceptor) return acceptor.error();
        port_ = acceptor->local_endpoint().port();
        asio::co_spawn(executor_, sample(shared_from_this()), asio::detached);
        follow_events();
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
        stopped_ = true;
        subscription_.reset();
        sampling_.cancel();
        if (streams_) streams_->stop();
        if (sessions_) sessions_->stop();
        sessions_.reset();  // whose answers refer back to this
    }

    std::uint16_t port() const { return port_; }

private:
    asio::awaitable<std::optional<Response>> answer(Sessions::Stream& stream, Request request) {
        const auto host = request.find(http::field::host);
        if (host == request.end() || !is_own_host({host->value().data(), host->value().size()}, settings_.names)) {
            co_return refuse(http::status::misdirected_request,
                             "the page is not asked for by this name; use an address, localhost or the gateway's own "
                             "name, or name it in [status] http_names");
        }
        if (streams_ && request.method() == http::verb::get && request.target() == "/v1/events") {
            co_return co_await streams_->serve(stream, request);
        }
        co_return answer_page(page_, request);
    }

    /// An event may be reported on any thread: the loop is told, once for all that come before it looks.
    void follow_events() {
        events::Ring* const ring = page_.source().events;
        if (ring == nullptr) return;
        const Time now = std::chrono::time_point_cast<Time::duration>(std::chrono::system_clock::now());
        streams_.emplace(executor_, *ring, settings_.limits, std::to_string(now.time_since_epoch().count()));
        subscription_ = ring->on_addition([weak = weak_from_this(), executor = executor_, told = told_] {
            if (told->exchange(true)) return;
            asio::post(executor, [weak, told] {
                told->store(false);
                if (const auto self = weak.lock()) self->happened();
            });
        });
    }

    void happened() {
        if (stopped_) return;
        page_.read_events();
        streams_->wake();
    }

    // Static with the shared state as an argument: its frame keeps it alive.
    static asio::awaitable<void> sample(std::shared_ptr<State> self) {
        while (!self->stopped_) {
            self->page_.sample();
            self->sampling_.expires_after(self->settings_.sample_every);
            co_await self->sampling_.async_wait(asio::as_tuple(asio::use_awaitable));
        }
    }

    asio::any_io_executor executor_;
    PageSettings settings_;
    PageState page_;
    asio::steady_timer sampling_;
    std::optional<EventStreams> streams_;
    std::shared_ptr<std::atomic<bool>> told_ = std::make_shared<std::atomic<bool>>(false);
    events::Ring::Subscription subscription_;
    std::shared_ptr<Sessions> sessions_;
    std::uint16_t port_ = 0;
    bool stopped_ = false;
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
