#include "gateway/control/event_wait.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace kpropgw::control {

namespace asio = boost::asio;

asio::awaitable<EventsPage> wait_for_events(events::Ring& ring, EventsQuery query) {
    const auto loop = co_await asio::this_coro::executor;
    // Shared, since what was posted to the loop may run when the wait is over.
    const auto woken = std::make_shared<asio::steady_timer>(loop, std::min(query.wait, longest_events_wait));
    const auto deadline = woken->expiry();
    const auto subscription = ring.on_addition([loop, woken] { asio::post(loop, [woken] { woken->cancel(); }); });
    const auto most = std::min(query.limit, largest_events_page);
    for (;;) {
        EventsPage page{ring.started(), ring.last(), {}};
        for (const events::Occurrence& occurrence : ring.after(query.after, most))
            page.events.push_back(to_reported(occurrence));
        const bool began_anew = page.last < query.after;
        const bool is_over = std::chrono::steady_clock::now() >= deadline;
        if (!page.events.empty() || began_anew || is_over || most == 0) co_return page;
        boost::system::error_code cancelled;
        co_await woken->async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    }
}

}  // namespace kpropgw::control
