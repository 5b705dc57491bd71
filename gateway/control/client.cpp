#include "gateway/control/client.hpp"

#include <fmt/format.h>
#include <sys/un.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include "gateway/control/messages.hpp"

namespace kpropgw::control {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

using Protocol = asio::local::stream_protocol;
using Stream = beast::basic_stream<Protocol>;
using Request = http::request<http::string_body>;
using Response = http::response<http::string_body>;

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t largest_answer = 64 << 20;

struct Waits {
    std::chrono::milliseconds deadline;
    bool for_ever = false;  ///< for the answer
};

Request request(http::verb verb, std::string_view target, std::string body) {
    Request request{verb, beast::string_view(target.data(), target.size()), 11};
    request.set(http::field::host, "localhost");
    request.set(http::field::content_type, "application/json");
    request.keep_alive(false);
    request.body() = std::move(body);
    request.prepare_payload();
    return request;
}

asio::awaitable<beast::error_code> exchange(Stream& stream, Protocol::endpoint endpoint, Request& request,
                                            http::response_parser<http::string_body>& parser, Waits waits) {
    stream.expires_after(waits.deadline);
    auto [connect_code] = co_await stream.async_connect(endpoint, no_throw);
    if (connect_code) co_return connect_code;
    // A gateway that refuses may close before it has read everything; its answer is there all the same.
    auto [write_code, written] = co_await http::async_write(stream, request, no_throw);
    if (write_code == beast::error::timeout) co_return write_code;
    if (waits.for_ever) stream.expires_never();
    beast::flat_buffer buffer;
    auto [read_code, size] = co_await http::async_read(stream, buffer, parser, no_throw);
    co_return read_code;
}

Error in_words(const beast::error_code& code, const std::string& path, Waits waits) {
    if (code == beast::error::timeout) {
        return Error(Errc::unavailable, fmt::format("{}: the gateway did not answer within {} s", path,
                                                    std::chrono::duration<double>(waits.deadline).count()));
    }
    if (code == beast::errc::no_such_file_or_directory || code == beast::errc::connection_refused ||
        code == beast::errc::not_a_directory) {
        return Error(Errc::unavailable, fmt::format("no gateway answers at {}: is \"kpropgw serve\" running?", path));
    }
    if (code == beast::errc::permission_denied || code == beast::errc::operation_not_permitted) {
        return Error(Errc::denied,
                     path + ": only the gateway's own user and root may order, and members of [status] readers look");
    }
    if (code == http::error::end_of_stream || code == http::error::partial_message ||
        code == beast::errc::connection_reset) {
        return Error(Errc::unavailable, path + ": the gateway ended before it answered; see its log");
    }
    return Error(Errc::unavailable, path + ": " + code.message());
}

Errc kind_of(http::status status) {
    switch (status) {
        case http::status::forbidden:
            return Errc::denied;
        case http::status::conflict:
            return Errc::conflict;
        case http::status::not_found:
            return Errc::not_found;
        case http::status::service_unavailable:
            return Errc::unavailable;
        case http::status::internal_server_error:
            return Errc::internal;
        default:
            return Errc::invalid_input;
    }
}

/// The body of a 200.
Result<std::string> ask(const std::string& path, Request request, Waits waits) {
    if (path.size() >= sizeof(sockaddr_un::sun_path)) {
        return Error(Errc::invalid_input, path + ": too long a name for a unix socket");
    }
    asio::io_context loop;
    Stream stream(loop);
    http::response_parser<http::string_body> parser;
    parser.body_limit(largest_answer);
    beast::error_code outcome;
    asio::co_spawn(loop, exchange(stream, Protocol::endpoint(path), request, parser, waits),
                   [&](std::exception_ptr thrown, beast::error_code code) {
                       if (thrown) std::rethrow_exception(thrown);
                       outcome = code;
                   });
    loop.run();
    if (outcome) return in_words(outcome, path, waits);
    Response response = parser.release();
    if (response.result() == http::status::ok) return std::move(response.body());
    const std::string text = parse_error_text(response.body());
    return Error(kind_of(response.result()),
                 text.empty() ? fmt::format("{}: HTTP status {}", path, response.result_int()) : text);
}

}  // namespace

Result<Status> fetch_status(const std::string& path, std::chrono::milliseconds deadline) {
    const auto body = ask(path, request(http::verb::get, status_target, ""), {deadline, false});
    if (!body) return body.error();
    return parse_status(*body);
}

Result<PropReport> order_prop(const std::string& path, const PropOrder& order, std::chrono::milliseconds deadline) {
    const auto body = ask(path, request(http::verb::post, prop_target, to_json(order)), {deadline, false});
    if (!body) return body.error();
    return parse_prop_report(*body);
}

Result<PropReport> fetch_prop_report(const std::string& path, std::uint64_t order, std::chrono::milliseconds deadline) {
    const std::string target = fmt::format("{}?{}", prop_report_target, to_report_query(order));
    const auto body = ask(path, request(http::verb::get, target, ""), {deadline, false});
    if (!body) return body.error();
    return parse_prop_report(*body);
}

Result<RefreshAnswer> order_refresh(const std::string& path, std::chrono::milliseconds deadline) {
    const auto body = ask(path, request(http::verb::post, refresh_target, ""), {longest_refresh + deadline, false});
    if (!body) return body.error();
    return parse_refresh_answer(*body);
}

Result<JournalPage> fetch_journal(const std::string& path, const JournalQuery& query,
                                  std::chrono::milliseconds deadline) {
    const std::string target = fmt::format("{}?{}", journal_target, to_query(query));
    const auto body = ask(path, request(http::verb::get, target, ""), {deadline, false});
    if (!body) return body.error();
    return parse_journal_page(*body);
}

Result<WaitAnswer> order_wait(const std::string& path, const WaitOrder& order, std::chrono::milliseconds deadline) {
    const auto wait = std::min(order.timeout, longest_wait);
    const auto body = ask(path, request(http::verb::post, wait_target, to_json(order)), {wait + deadline, false});
    if (!body) return body.error();
    return parse_wait_answer(*body);
}

Result<void> order_skip(const std::string& path, const SkipOrder& order, std::chrono::milliseconds deadline) {
    const auto body = ask(path, request(http::verb::post, skip_target, to_json(order)), {deadline, false});
    if (!body) return body.error();
    return {};
}

Result<FreezeAnswer> order_freeze(const std::string& path, const FreezeOrder& order,
                                  std::chrono::milliseconds deadline) {
    const auto body = ask(path, request(http::verb::post, freeze_target, to_json(order)), {deadline, false});
    if (!body) return body.error();
    return parse_freeze_answer(*body);
}

Result<void> order_thaw(const std::string& path, const ThawOrder& order, std::chrono::milliseconds deadline) {
    const auto body = ask(path, request(http::verb::post, thaw_target, to_json(order)), {deadline, false});
    if (!body) return body.error();
    return {};
}

Result<std::vector<ProbeAnswer>> order_probe(const std::string& path, const ProbeOrder& order,
                                             std::chrono::milliseconds deadline) {
    const auto body = ask(path, request(http::verb::post, probe_target, to_json(order)), {deadline, true});
    if (!body) return body.error();
    return parse_probe_answers(*body);
}

Result<ReloadAnswer> order_reload(const std::string& path, std::chrono::milliseconds deadline) {
    const auto body = ask(path, request(http::verb::post, reload_target, ""), {deadline, false});
    if (!body) return body.error();
    return parse_reload_answer(*body);
}

Result<EventsPage> fetch_events(const std::string& path, const EventsQuery& query, std::chrono::milliseconds deadline) {
    const std::string target = fmt::format("{}?{}", events_target, to_query(query));
    const auto body = ask(path, request(http::verb::get, target, ""), {query.wait + deadline, false});
    if (!body) return body.error();
    return parse_events_page(*body);
}

}  // namespace kpropgw::control
