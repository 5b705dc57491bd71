#include "gateway/control/page_routes.hpp"

#include <algorithm>
#include <array>
#include <boost/beast/http/verb.hpp>
#include <charconv>

#include "gateway/control/event_stream.hpp"
#include "gateway/control/messages.hpp"
#include "gateway/control/page_files.hpp"
#include "gateway/events/catalogue.hpp"

namespace kpropgw::control {
namespace {

namespace http = boost::beast::http;

constexpr std::chrono::milliseconds status_age{500};
constexpr std::size_t events_at_once = 1000;
constexpr const char* json_type = "application/json";
constexpr const char* plain_type = "text/plain; charset=utf-8";

std::string_view view(boost::beast::string_view text) {
    return {text.data(), text.size()};
}

Response text(http::status status, std::string_view type, std::string body) {
    Response response{status, 11};
    response.set(http::field::content_type, boost::beast::string_view(type.data(), type.size()));
    response.body() = std::move(body);
    return response;
}

Response json(const Result<std::string>& body) {
    if (body) return text(http::status::ok, json_type, *body);
    const bool unknown = body.error().code() == Errc::not_found;
    return text(unknown ? http::status::not_found : http::status::internal_server_error, json_type,
                to_json(body.error()));
}

Response health(PageState&, const Request&) {
    return text(http::status::ok, plain_type, "ok\n");
}

Response ready(PageState& state, const Request&) {
    const auto checks = state.source().readiness();
    return text(is_ready(checks) ? http::status::ok : http::status::service_unavailable, json_type,
                to_json(checks) + "\n");
}

Response metrics(PageState& state, const Request&) {
    if (!state.source().metrics) return text(http::status::not_found, plain_type, "this gateway has no metrics\n");
    return text(http::status::ok, "text/plain; version=0.0.4; charset=utf-8", state.source().metrics());
}

Response status(PageState& state, const Request&) {
    return json(state.status());
}

Response history(PageState& state, const Request& request) {
    constexpr std::string_view before = "/v1/history?host=";
    const std::string_view target = view(request.target());
    if (!target.starts_with(before)) return text(http::status::bad_request, plain_type, "write ?host=HOST\n");
    return json(state.history(target.substr(before.size())));
}

/// To HEAD; to GET the server gives the stream itself.
Response events_head(PageState&, const Request&) {
    return text(http::status::ok, "text/event-stream", "");
}

struct Route {
    std::string_view path;
    Response (*run)(PageState& state, const Request& request);
};

constexpr std::array table{
    Route{"/healthz", health},    Route{"/readyz", ready},       Route{"/metrics", metrics},
    Route{status_target, status}, Route{"/v1/history", history}, Route{"/v1/events", events_head},
};

Response file(const PageFile& file, const Request& request) {
    const bool known = view(request[http::field::if_none_match]) == file.etag;
    Response response =
        known ? Response{http::status::not_modified, 11} : text(http::status::ok, file.type, file.text());
    response.set(http::field::etag, boost::beast::string_view(file.etag.data(), file.etag.size()));
    response.set(http::field::cache_control, file.kept ? "public, max-age=31536000, immutable" : "no-cache");
    return response;
}

Response found(PageState& state, const Request& request) {
    const std::string_view target = view(request.target());
    const std::string_view path = target.substr(0, target.find('?'));
    for (const Route& route : table) {
        if (route.path == path) return route.run(state, request);
    }
    for (const PageFile& each : page_files()) {
        if (each.path == path) return file(each, request);
    }
    return text(http::status::not_found, plain_type, "there is no such page\n");
}

std::string value_of(const events::Occurrence& occurrence, std::string_view name) {
    for (const auto& field : occurrence.fields) {
        if (field.name == name) return field.value;
    }
    return "";
}

std::optional<std::uint64_t> number_of(const events::Occurrence& occurrence, std::string_view name) {
    const std::string text = value_of(occurrence, name);
    std::uint64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    return problem == std::errc() ? std::optional(number) : std::nullopt;
}

}  // namespace

void PageState::sample() {
    sampled_ = std::chrono::steady_clock::now();
    if (const auto now = source_.status()) history_.sample(*now);
}

Result<std::string> PageState::history(std::string_view host) {
    const Time now = std::chrono::time_point_cast<Time::duration>(std::chrono::system_clock::now());
    auto told = history_.to_json(host, now);
    if (told || std::chrono::steady_clock::now() - sampled_ < status_age) return told;
    sample();
    return history_.to_json(host, now);
}

void PageState::read_events() {
    if (source_.events == nullptr) return;
    for (const events::Occurrence& occurrence : source_.events->after(read_, events_at_once)) {
        read_ = occurrence.number;
        const bool sent = occurrence.event == &events::propagated;
        if (!sent && occurrence.event != &events::propagation_failed) continue;
        history_.propagated(value_of(occurrence, "secondary"),
                            {.time = occurrence.time,
                             .kind = sent ? value_of(occurrence, "dump") : "full dump",
                             .role = value_of(occurrence, "role"),
                             .outcome = sent ? "sent" : "failed",
                             .bytes = number_of(occurrence, "bytes"),
                             .ms = number_of(occurrence, "ms"),
                             .error = value_of(occurrence, "error"),
                             .remedy = remedy_of_cause(occurrence)});
    }
}

const Result<std::string>& PageState::status() {
    const auto now = std::chrono::steady_clock::now();
    if (!status_ || now - made_ >= status_age) {
        const auto status = source_.status();
        status_ = status ? Result<std::string>(to_json(*status)) : Result<std::string>(status.error());
        made_ = now;
    }
    return *status_;
}

Response answer_page(PageState& state, const Request& request) {
    if (request.method() != http::verb::get && request.method() != http::verb::head) {
        Response response = refuse(http::status::method_not_allowed, "the page takes no orders: GET and HEAD only");
        response.set(http::field::allow, "GET, HEAD");
        return response;
    }
    Response response = found(state, request);
    response.keep_alive(request.keep_alive());
    response.prepare_payload();
    return response;
}

}  // namespace kpropgw::control
