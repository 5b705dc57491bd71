#pragma once
#include <string>

namespace kpropgw::testing {

struct HttpAnswer {
    int status = 0;
    std::string header;  ///< as it came, without the status line
    std::string body;
};

/// GET by HTTP/1.0, so that the answer ends with the connection. Throws std::runtime_error when nothing answers within
/// ten seconds.
HttpAnswer http_get(const std::string& address, const std::string& port, const std::string& target);

}  // namespace kpropgw::testing
