#include "support/http.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <iterator>
#include <stdexcept>

namespace kpropgw::testing {

HttpAnswer http_get(const std::string& address, const std::string& port, const std::string& target) {
    boost::asio::ip::tcp::iostream stream;
    stream.expires_after(std::chrono::seconds(10));
    stream.connect(address, port);
    stream << "GET " << target << " HTTP/1.0\r\nHost: " << address << ':' << port << "\r\n\r\n" << std::flush;
    const std::string all{std::istreambuf_iterator<char>(stream), {}};
    const auto begin = all.find("\r\n");
    const auto end = all.find("\r\n\r\n");
    if (all.compare(0, 5, "HTTP/") != 0 || end == all.npos) {
        throw std::runtime_error(address + ':' + port + target + ": " + stream.error().message() + ": " + all);
    }
    return {std::stoi(all.substr(all.find(' '))), all.substr(begin + 2, end - begin), all.substr(end + 4)};
}

}  // namespace kpropgw::testing
