#pragma once
// Private to gateway/control: what each request of the API is answered with.
#include <boost/asio/awaitable.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include "gateway/control/orders.hpp"

namespace kpropgw::control {

using Request = boost::beast::http::request<boost::beast::http::string_body>;
using Response = boost::beast::http::response<boost::beast::http::string_body>;

/// An answer of {"error": TEXT}; the session ends after it.
Response refuse(boost::beast::http::status status, const std::string& text);

/// By the table of messages.hpp.
boost::asio::awaitable<Response> answer(Orders& orders, const Request& request);

}  // namespace kpropgw::control
