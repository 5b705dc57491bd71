#include "gateway/control/event_stream.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <charconv>

#include "gateway/control/http_safety.hpp"
#include "gateway/control/json.hpp"
#include "gateway/events/catalogue.hpp"

namespace kpropgw::control {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t at_a_time = 100;
/// Below the minute after which proxies end a silent connection; also what tells that a client has gone.
constexpr std::chrono::seconds heartbeat{15};

/// The header of an answer whose end is that of the connection.
std::string stream_header() {
    Response response{http::status::ok, 11};
    response.set(http::field::content_type, "text/event-stream");
    response.set("X-Accel-Buffering", "no");  // nginx passes it on at once
    response.keep_alive(false);
    set_safety_headers(response);
    std::string text = "HTTP/1.1 200 OK\r\n";
    for (const auto& field : response) {
        text.append(field.name_string().data(), field.name_string().size()).append(": ");
        text.append(field.value().data(), field.value().size()).append("\r\n");
    }
    return text + "\r\nretry: 3000\n\n";
}

}  // namespace

std::string_view remedy_of_cause(const events::Occurrence& occurrence) {
    for (const auto& field : occurrence.fields) {
        if (field.name != "cause") continue;
        for (const Cause* cause : causes::all_causes()) {
            if (cause->id == field.value) return cause->remedy;
        }
    }
    return "";
}

std::string to_stream_json(const events::Occurrence& occurrence) {
    std::string_view remedy = remedy_of_cause(occurrence);
    if (remedy.empty() && occurrence.event->level >= events::Level::warning) remedy = occurrence.event->remedy;
    Json fields = Json::object();
    for (const auto& field : occurrence.fields)
        fields[field.name] = field.value;
    return print({{"number", occurrence.number},
                  {"time", kpropgw::to_text(occurrence.time)},
                  {"id", occurrence.event->id},
                  {"level", events::to_text(occurrence.event->level)},
                  {"text", occurrence.event->text},
                  {"fields", fields},
                  {"remedy", remedy}});
}

/// A timer in the list of those that wake() ends.
class EventStreams::Waiting {
public:
    explicit Waiting(EventStreams& all) : all_(all), timer_(all.executor_) { all_.waiting_.insert(&timer_); }
    ~Waiting() { all_.waiting_.erase(&timer_); }
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;

    asio::steady_timer& timer() { return timer_; }

private:
    EventStreams& all_;
    asio::steady_timer timer_;
};

EventStreams::EventStreams(asio::any_io_executor executor, events::Ring& ring, ServerLimits limits, std::string run)
    : executor_(std::move(executor)), ring_(ring), limits_(limits), run_(std::move(run)) {}

void EventStreams::wake() {
    for (asio::steady_timer* timer : waiting_)
        timer->cancel();
}

void EventStreams::stop() {
    stopped_ = true;
    wake();
}

std::uint64_t EventStreams::first_after(std::string_view last_id) const {
    const std::uint64_t last = ring_.last();
    const std::string run = run_ + "-";
    if (last_id.starts_with(run)) {
        std::uint64_t number = 0;
        const char* const end = last_id.data() + last_id.size();
        const auto [stopped_at, problem] = std::from_chars(last_id.data() + run.size(), end, number);
        if (problem == std::errc() && stopped_at == end && number <= last) return number;
    }
    return last - std::min(last, at_first);
}

/// Moves `number` on to the last one that it tells; "" when there is none.
std::string EventStreams::news_after(std::uint64_t& number) const {
    std::string text;
    for (const events::Occurrence& occurrence : ring_.after(number, at_a_time)) {
        if (occurrence.number > number + 1) {
            text += fmt::format("event: lost\ndata: {{\"count\":{}}}\n\n", occurrence.number - number - 1);
        }
        number = occurrence.number;
        text += fmt::format("event: event\nid: {}-{}\ndata: {}\n\n", run_, number, to_stream_json(occurrence));
    }
    return text;
}

asio::awaitable<std::optional<Response>> EventStreams::serve(boost::beast::tcp_stream& stream, const Request& request) {
    if (waiting_.size() >= most_at_once) {
        co_return refuse(http::status::service_unavailable, "too many look at events at once; try again");
    }
    Waiting waiting(*this);
    const auto last_id = request["Last-Event-ID"];
    std::uint64_t number = first_after({last_id.data(), last_id.size()});
    std::string text = stream_header();
    while (!stopped_) {
        if (!text.empty()) {
            stream.expires_after(limits_.deadline);
            auto [code, written] = co_await asio::async_write(stream, asio::buffer(text), no_throw);
            if (code || stopped_) break;
        }
        text = news_after(number);
        if (!text.empty()) continue;
        waiting.timer().expires_after(heartbeat);
        auto [woken] = co_await waiting.timer().async_wait(no_throw);
        text = news_after(number);
        if (text.empty() && !woken) text = ":\n\n";
    }
    co_return std::nullopt;
}

}  // namespace kpropgw::control
