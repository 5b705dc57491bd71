#pragma once
// Private to gateway/control: events as they happen, for the page.
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "gateway/control/http_limits.hpp"
#include "gateway/control/routes.hpp"
#include "gateway/events/ring.hpp"

namespace kpropgw::control {

/// What to do about the cause that it names; "" where it names none.
std::string_view remedy_of_cause(const events::Occurrence& occurrence);

/// One event of the stream: {"number", "time", "id", "level", "text", "fields": {...}, "remedy"}: of its cause,
/// else of its kind; "" for what needs none.
std::string to_stream_json(const events::Occurrence& occurrence);

/// Server-sent events (WHATWG HTML, "Server-sent events") from a ring of the last ones. An id is RUN-NUMBER, RUN being
/// this process's, so that whoever comes back with the id of an earlier process begins anew. Nothing is kept for
/// anyone: who is too slow for the ring is told how many went by. Lives on one loop.
class EventStreams {
public:
    static constexpr std::size_t most_at_once = 64;
    static constexpr std::uint64_t at_first = 50;  ///< of the past, for who names no id

    /// `ring` must outlive the last run of the loop.
    EventStreams(boost::asio::any_io_executor executor, events::Ring& ring, ServerLimits limits, std::string run);

    /// Until the client goes, or stop(). Absent, but for a refusal: more than most_at_once.
    boost::asio::awaitable<std::optional<Response>> serve(boost::beast::tcp_stream& stream, const Request& request);

    /// The ring has new ones.
    void wake();
    void stop();

private:
    class Waiting;
    std::uint64_t first_after(std::string_view last_id) const;
    std::string news_after(std::uint64_t& number) const;

    boost::asio::any_io_executor executor_;
    events::Ring& ring_;
    ServerLimits limits_;
    std::string run_;
    std::set<boost::asio::steady_timer*> waiting_;
    bool stopped_ = false;
};

}  // namespace kpropgw::control
