#include "gateway/control/page_routes.hpp"

#include <algorithm>
#include <array>
#include <boost/beast/http/verb.hpp>

#include "gateway/control/messages.hpp"

namespace kpropgw::control {
namespace {

namespace http = boost::beast::http;

Response text(http::status status, const char* type, std::string body) {
    Response response{status, 11};
    response.set(http::field::content_type, type);
    response.body() = std::move(body);
    return response;
}

Response health(const PageSource&, const Request&) {
    return text(http::status::ok, "text/plain; charset=utf-8", "ok\n");
}

Response ready(const PageSource& source, const Request&) {
    const auto checks = source.readiness();
    return text(is_ready(checks) ? http::status::ok : http::status::service_unavailable, "application/json",
                to_json(checks) + "\n");
}

Response metrics(const PageSource& source, const Request&) {
    if (!source.metrics) return refuse(http::status::not_found, "this gateway has no metrics");
    return text(http::status::ok, "text/plain; version=0.0.4; charset=utf-8", source.metrics());
}

Response status(const PageSource& source, const Request&) {
    const auto now = source.status();
    if (!now) return text(http::status::internal_server_error, "application/json", to_json(now.error()));
    return text(http::status::ok, "application/json", to_json(*now));
}

struct Route {
    std::string_view path;
    Response (*run)(const PageSource& source, const Request& request);
};

constexpr std::array table{
    Route{"/healthz", health},
    Route{"/readyz", ready},
    Route{"/metrics", metrics},
    Route{status_target, status},
};

}  // namespace

Response answer_page(const PageSource& source, const Request& request) {
    if (request.method() != http::verb::get && request.method() != http::verb::head) {
        Response response = refuse(http::status::method_not_allowed, "the page takes no orders: GET and HEAD only");
        response.set(http::field::allow, "GET, HEAD");
        return response;
    }
    const std::string_view target(request.target().data(), request.target().size());
    const std::string_view path = target.substr(0, target.find('?'));
    const auto* route = std::find_if(table.begin(), table.end(), [&](const Route& row) { return row.path == path; });
    Response response = route == table.end()
                            ? text(http::status::not_found, "text/plain; charset=utf-8", "there is no such page\n")
                            : route->run(source, request);
    response.keep_alive(request.keep_alive());
    response.prepare_payload();
    return response;
}

}  // namespace kpropgw::control
