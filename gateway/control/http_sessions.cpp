#include "gateway/control/http_sessions.hpp"

#include <fmt/format.h>

namespace kpropgw::control {

namespace http = boost::beast::http;

std::optional<Response> answer_to_broken(const boost::beast::error_code& code, const ServerLimits& limits) {
    if (code == http::error::body_limit) {
        const std::string text = limits.largest_body == 0
                                     ? "no body is taken here"
                                     : fmt::format("the body exceeds {} MiB", limits.largest_body >> 20);
        return refuse(http::status::payload_too_large, text);
    }
    if (code == http::error::header_limit || code == http::error::buffer_overflow) {
        return refuse(http::status::request_header_fields_too_large, "the header exceeds 8 KiB");
    }
    const bool malformed = code.category() == make_error_code(http::error::bad_method).category();
    if (!malformed || code == http::error::end_of_stream) return std::nullopt;
    return refuse(http::status::bad_request, "not HTTP/1.1: " + code.message());
}

}  // namespace kpropgw::control
