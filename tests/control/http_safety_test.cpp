#include "gateway/control/http_safety.hpp"

#include <gtest/gtest.h>

using namespace kpropgw::control;

namespace {

TEST(HttpSafety, AnAddressLocalhostAndItsNamesAreItsOwn) {
    const std::vector<std::string> names{"gateway.example.com"};
    for (const char* own : {"127.0.0.1", "127.0.0.1:8754", "10.1.2.3:80", "[::1]", "[::1]:8754", "localhost",
                            "LocalHost:1", "gateway.example.com", "Gateway.Example.COM:8754", "gateway.example.com."}) {
        EXPECT_TRUE(is_own_host(own, names)) << own;
    }
}

TEST(HttpSafety, AnyOtherNameIsNot) {
    for (const char* foreign : {"", ":", ".", "evil.example.com", "evil.example.com:8754",
                                "gateway.example.com.evil.example", "127.0.0.1.evil.example", "localhost.evil.example",
                                "127.0.0.1@evil.example", "[", "[::1", "[]", "[evil.example]", "127.1", "0x7f.1"}) {
        EXPECT_FALSE(is_own_host(foreign, {"gateway.example.com"})) << foreign;
    }
}

}  // namespace
