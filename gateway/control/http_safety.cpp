#include "gateway/control/http_safety.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <boost/beast/core/string.hpp>

namespace kpropgw::control {
namespace {

namespace http = boost::beast::http;

constexpr const char* content_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

std::string_view without_port(std::string_view host) {
    const std::size_t bracket = host.find(']');
    if (host.starts_with('[')) return bracket == host.npos ? std::string_view() : host.substr(1, bracket - 1);
    return host.substr(0, host.find(':'));
}

}  // namespace

bool is_own_host(std::string_view host, const std::vector<std::string>& names) {
    host = without_port(host);
    if (host.ends_with('.')) host.remove_suffix(1);
    boost::system::error_code not_an_address;
    boost::asio::ip::make_address(host, not_an_address);
    if (!not_an_address) return true;
    const auto is_host = [&](std::string_view name) { return boost::beast::iequals(name, host); };
    return is_host("localhost") || std::any_of(names.begin(), names.end(), is_host);
}

void set_safety_headers(Response& response) {
    response.set("Content-Security-Policy", content_policy);
    response.set("X-Content-Type-Options", "nosniff");
    response.set("Referrer-Policy", "no-referrer");
    response.set("Cross-Origin-Resource-Policy", "same-origin");
    response.set("Cross-Origin-Opener-Policy", "same-origin");
    if (response.find(http::field::cache_control) == response.end()) {
        response.set(http::field::cache_control, "no-store");
    }
}

}  // namespace kpropgw::control
