#include "gateway/control/routes.hpp"

#include <algorithm>
#include <array>
#include <boost/beast/http/verb.hpp>

#include "gateway/control/event_wait.hpp"
#include "gateway/control/messages.hpp"
#include "gateway/events/report.hpp"

namespace kpropgw::control {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;

struct Parts {
    std::string_view path;
    std::string_view query;  ///< behind the '?'
};

Parts parts_of(const Request& request) {
    const std::string_view target(request.target().data(), request.target().size());
    const std::size_t mark = target.find('?');
    return {target.substr(0, mark), mark == target.npos ? std::string_view() : target.substr(mark + 1)};
}

/// The body of the 200.
using Body = Result<std::string>;

asio::awaitable<Body> status(Orders& orders, const Request&) {
    const auto now = orders.status();
    co_return now ? Body(to_json(*now)) : Body(now.error());
}

asio::awaitable<Body> prop(Orders& orders, const Request& request) {
    auto order = parse_prop_order(request.body());
    if (!order) co_return order.error();
    const auto report = orders.prop(std::move(*order));
    co_return report ? Body(to_json(*report)) : Body(report.error());
}

asio::awaitable<Body> prop_report(Orders& orders, const Request& request) {
    const auto order = parse_report_query(parts_of(request).query);
    if (!order) co_return order.error();
    const auto report = orders.prop_report(*order);
    co_return report ? Body(to_json(*report)) : Body(report.error());
}

asio::awaitable<Body> refresh(Orders& orders, const Request&) {
    const auto found = co_await orders.refresh();
    co_return found ? Body(to_json(*found)) : Body(found.error());
}

asio::awaitable<Body> journal(Orders& orders, const Request& request) {
    auto query = parse_journal_query(parts_of(request).query);
    if (!query) co_return query.error();
    const auto page = co_await orders.journal(*query);
    co_return page ? Body(to_json(*page)) : Body(page.error());
}

asio::awaitable<Body> wait(Orders& orders, const Request& request) {
    auto order = parse_wait_order(request.body());
    if (!order) co_return order.error();
    const auto reached = co_await orders.wait(std::move(*order));
    co_return reached ? Body(to_json(*reached)) : Body(reached.error());
}

asio::awaitable<Body> skip(Orders& orders, const Request& request) {
    auto order = parse_skip_order(request.body());
    if (!order) co_return order.error();
    const auto done = co_await orders.skip(std::move(*order));
    co_return done ? Body("{}") : Body(done.error());
}

asio::awaitable<Body> freeze(Orders& orders, const Request& request) {
    auto order = parse_freeze_order(request.body());
    if (!order) co_return order.error();
    const auto done = co_await orders.freeze(std::move(*order));
    co_return done ? Body(to_json(*done)) : Body(done.error());
}

asio::awaitable<Body> thaw(Orders& orders, const Request& request) {
    auto order = parse_thaw_order(request.body());
    if (!order) co_return order.error();
    const auto done = co_await orders.thaw(std::move(*order));
    co_return done ? Body("{}") : Body(done.error());
}

asio::awaitable<Body> probe(Orders& orders, const Request& request) {
    auto order = parse_probe_order(request.body());
    if (!order) co_return order.error();
    const auto answers = co_await orders.probe(std::move(*order));
    co_return answers ? Body(to_json(*answers)) : Body(answers.error());
}

asio::awaitable<Body> reload(Orders& orders, const Request&) {
    co_return to_json(co_await orders.reload());
}

/// What the gateway has reported is the process's own, so nothing is asked of the orders.
asio::awaitable<Body> events(Orders&, const Request& request) {
    auto query = parse_events_query(parts_of(request).query);
    if (!query) co_return query.error();
    co_return to_json(co_await wait_for_events(events::recent(), *query));
}

struct Route {
    std::string_view path;
    http::verb verb;
    asio::awaitable<Body> (*run)(Orders& orders, const Request& request);
};

constexpr std::array table{
    Route{status_target, http::verb::get, status},
    Route{prop_target, http::verb::post, prop},
    Route{journal_target, http::verb::get, journal},
    Route{wait_target, http::verb::post, wait},
    Route{skip_target, http::verb::post, skip},
    Route{freeze_target, http::verb::post, freeze},
    Route{thaw_target, http::verb::post, thaw},
    Route{probe_target, http::verb::post, probe},
    Route{prop_report_target, http::verb::get, prop_report},
    Route{refresh_target, http::verb::post, refresh},
    Route{reload_target, http::verb::post, reload},
    Route{events_target, http::verb::get, events},
};

http::status status_of(Errc code) {
    switch (code) {
        case Errc::invalid_input:
            return http::status::bad_request;
        case Errc::not_found:
            return http::status::not_found;
        case Errc::denied:
            return http::status::forbidden;
        case Errc::conflict:
            return http::status::conflict;
        case Errc::unavailable:
            return http::status::service_unavailable;
        case Errc::corrupt:
        case Errc::internal:
            return http::status::internal_server_error;
    }
    return http::status::internal_server_error;
}

Response response(http::status status, std::string json, bool keep_alive) {
    Response response{status, 11};
    response.set(http::field::content_type, "application/json");
    response.keep_alive(keep_alive);
    response.body() = std::move(json);
    response.prepare_payload();
    return response;
}

Response failure(http::status status, std::string text, bool keep_alive) {
    return response(status, to_json(Error(Errc::invalid_input, std::move(text))), keep_alive);
}

}  // namespace

Response refuse(http::status status, const std::string& text) {
    return failure(status, text, false);
}

asio::awaitable<Response> answer(Orders& orders, const Request& request) {
    const bool keep = request.keep_alive();
    const std::string_view path = parts_of(request).path;
    const auto* route = std::find_if(table.begin(), table.end(), [&](const Route& row) { return row.path == path; });
    if (route == table.end()) {
        co_return failure(http::status::not_found, "\"" + std::string(path) + "\" is not known", keep);
    }
    if (request.method() != route->verb) {
        const bool get = route->verb == http::verb::get;
        co_return failure(http::status::method_not_allowed, get ? "only GET is known" : "only POST is known", keep);
    }
    Body body = co_await route->run(orders, request);
    if (!body) co_return response(status_of(body.error().code()), to_json(body.error()), keep);
    co_return response(http::status::ok, std::move(*body), keep);
}

}  // namespace kpropgw::control
