#include "gateway/config/values.hpp"

#include <gtest/gtest.h>

#include "gateway/config/options.hpp"

using namespace kpropgw;
using namespace kpropgw::config;
using namespace std::chrono_literals;

TEST(ConfigValues, DurationsAreWholeSecondsWithAUnit) {
    EXPECT_EQ(parse_duration("300").value(), 300s);
    EXPECT_EQ(parse_duration("300s").value(), 300s);
    EXPECT_EQ(parse_duration("5m").value(), 300s);
    EXPECT_EQ(parse_duration("2h").value(), 7200s);
    EXPECT_EQ(parse_duration("1d").value(), 86400s);
    EXPECT_EQ(parse_duration("0").value(), 0s);
    for (const char* bad : {"", "m", "5 m", "5M", "-5", "+5", "1.5h", "500ms", "5mm", "18446744073709551616",
                            "999999999999999999d", "5m ", "0x10"}) {
        ASSERT_FALSE(parse_duration(bad)) << bad;
        EXPECT_EQ(parse_duration(bad).error().text(),
                  "\"" + std::string(bad) + "\" is not a duration; write whole seconds, or a number with s, m, h or d");
    }
}

TEST(ConfigValues, SizesCountIn1024) {
    EXPECT_EQ(parse_size("0").value(), 0u);
    EXPECT_EQ(parse_size("64K").value(), 65536u);
    EXPECT_EQ(parse_size("4M").value(), 4u << 20);
    EXPECT_EQ(parse_size("1G").value(), 1u << 30);
    EXPECT_EQ(parse_size("16777215T").value(), 16777215ull << 40);
    for (const char* bad : {"", "K", "64k", "64KB", "1.5G", "-1", "16777216T", "64 K"}) {
        ASSERT_FALSE(parse_size(bad)) << bad;
        EXPECT_EQ(parse_size(bad).error().text(),
                  "\"" + std::string(bad) + "\" is not a size; write bytes, or a number with K, M, G or T");
    }
}

TEST(ConfigValues, WhatIsWrittenReadsBack) {
    for (const auto seconds : {0s, 1s, 59s, 60s, 61s, 3600s, 5400s, 86400s, 90000s}) {
        EXPECT_EQ(parse_duration(config::to_text(seconds)).value(), seconds);
    }
    for (const std::uint64_t bytes : {0ull, 1ull, 1023ull, 1024ull, 1536ull, 1ull << 30, (1ull << 40) + 1}) {
        EXPECT_EQ(parse_size(to_size_text(bytes)).value(), bytes);
    }
    for (const char* address : {"[::]:754", "0.0.0.0:754", "127.0.0.1:0", "[2001:db8::1]:65535"}) {
        EXPECT_EQ(config::to_text(parse_listen(address).value()), address);
    }
    EXPECT_EQ(config::to_text(300s), "5m");
    EXPECT_EQ(to_size_text(65536), "64K");
}

TEST(ConfigValues, ASourceNamesItsHostOrItsFile) {
    EXPECT_EQ(parse_source("iprop:kdc1.x.com").value().port, 2121);
    EXPECT_EQ(parse_source("iprop:kdc1:99").value().host, "kdc1");
    for (const char* source : {"kprop", "iprop:kdc1", "iprop:kdc1:754", "ulog:/var/lib/krb5kdc/principal.ulog"})
        EXPECT_EQ(to_text(parse_source(source).value()), source);
    for (const char* bad : {"", "kprop:", "iprop", "iprop:", "iprop::754", "iprop:a:", "iprop:a:0", "iprop:a:65536",
                            "iprop:a b", "iprop:a@R", "ulog:", "file:x"})
        EXPECT_FALSE(parse_source(bad)) << bad;
}

TEST(ConfigValues, IntervalsGoDownToMilliseconds) {
    for (const char* interval : {"100ms", "1500ms", "2s", "1h"})
        EXPECT_EQ(to_text(parse_interval(interval).value()), interval);
    for (const char* bad : {"", "ms", "-1ms", "1.5s", "1us", "99999999999ms"})
        EXPECT_FALSE(parse_interval(bad)) << bad;
}

TEST(ConfigValues, ListenTakesNumericAddressesWithAPortOnly) {
    for (const char* bad : {"", "754", ":754", "[]:754", "::754", "localhost:754", "127.0.0.1", "127.0.0.1:",
                            "127.0.0.1:65536", "127.0.0.1:-1", "[127.0.0.1]:754", "[::]:754x", "256.0.0.1:1"}) {
        EXPECT_FALSE(parse_listen(bad)) << bad;
    }
}

TEST(ConfigValues, ThePageIsServedAtAnAddressOrNotAtAll) {
    const Option& option = *find_option("status", "http_listen");
    Config config;
    ASSERT_TRUE(assign(option, "[::1]:80", {config, nullptr, "/"}));
    EXPECT_EQ(config.http_listen->address, "::1");
    ASSERT_TRUE(assign(option, "off", {config, nullptr, "/"}));
    EXPECT_FALSE(config.http_listen);
    EXPECT_EQ(written(option, config), "off");
    EXPECT_FALSE(assign(option, "Off", {config, nullptr, "/"}));
}

TEST(ConfigValues, EveryFallbackOfTheTableIsAllowedAndWrittenAsItStands) {
    for (const Option& option : options()) {
        EXPECT_NE(option.fallback.empty(), option.absent.empty()) << option.key;
        EXPECT_FALSE(option.text.empty()) << option.key;
        if (option.fallback.empty()) continue;
        Config config;
        ASSERT_TRUE(assign(option, option.fallback, {config, nullptr, "/"})) << option.key;
        EXPECT_EQ(written(option, config), std::string(option.fallback)) << option.key;
    }
}

TEST(ConfigValues, BothEndsOfARangeAreAllowedAndNoMore) {
    const Option& option = *find_option("gateway", "max_connections");
    Config config;
    EXPECT_TRUE(assign(option, "1", {config, nullptr, "/"}));
    EXPECT_TRUE(assign(option, "65536", {config, nullptr, "/"}));
    EXPECT_EQ(assign(option, "0", {config, nullptr, "/"}).error().text(),
              "\"0\" is out of range; 1 to 65536 is allowed");
    EXPECT_FALSE(assign(option, "65537", {config, nullptr, "/"}));
}
