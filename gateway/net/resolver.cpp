#include "gateway/net/resolver.hpp"

#include <netdb.h>

#include <boost/asio/ip/tcp.hpp>

#include "gateway/wire/kprop.hpp"

namespace kpropgw::net {
namespace {

class SystemResolver : public Resolver {
    std::vector<std::string> names_of(const boost::asio::ip::address& address) const override {
        const boost::asio::ip::tcp::endpoint endpoint(address, 0);
        char name[NI_MAXHOST] = "";
        if (::getnameinfo(endpoint.data(), static_cast<socklen_t>(endpoint.size()), name, sizeof name, nullptr, 0,
                          NI_NAMEREQD)) {
            return {};
        }
        return {name};
    }
};

}  // namespace

const Resolver& system_resolver() {
    static const SystemResolver resolver;
    return resolver;
}

std::uint16_t default_kprop_port() {
    servent found{};
    servent* result = nullptr;
    char buffer[1024];
    if (::getservbyname_r("krb5_prop", "tcp", &found, buffer, sizeof buffer, &result) != 0 || result == nullptr) {
        return wire::kprop_port;
    }
    return ntohs(static_cast<std::uint16_t>(found.s_port));
}

}  // namespace kpropgw::net
