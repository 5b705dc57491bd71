#include "gateway/config/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/config/fixture.hpp"

using namespace kpropgw;
using config::ConfigFile;
using config::Variable;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

TEST_F(ConfigFile, AnEmptyFileGivesTheDefaults) {
    const auto reading = read("");
    ASSERT_THAT(reading.problems, ElementsAre());
    const config::Config& config = *reading.config;
    const config::Config initial;
    EXPECT_EQ(config.file, path_);
    EXPECT_EQ(config.realm, "");
    EXPECT_EQ(config.host, "");
    EXPECT_EQ(config.acl_file, "/etc/kpropgw/kpropd.acl");
    EXPECT_EQ(config.acl_codepage, std::nullopt);
    EXPECT_EQ(config.keytab, "/etc/kpropgw/kpropd.ktf");
    EXPECT_EQ(config.store_directory, "/var/lib/kpropgw");
    EXPECT_EQ(config.control_socket, "/run/kpropgw/control.sock");
    EXPECT_EQ(config.listen.address, "::");
    EXPECT_EQ(config.listen.port, 754);
    EXPECT_EQ(config.iprop_listen.port, 2121);
    EXPECT_EQ(config.update_hold, initial.update_hold);
    EXPECT_EQ(config.update_batch, initial.update_batch);
    EXPECT_EQ(config.resyncs_an_hour, initial.resyncs_an_hour);
    EXPECT_EQ(config.policy_quiet, initial.policy_quiet);
    EXPECT_EQ(config.max_followers, initial.max_followers);
    EXPECT_EQ(config.prop_interval, initial.prop_interval);
    EXPECT_EQ(config.dns_check, initial.dns_check);
    EXPECT_EQ(config.max_dump, initial.max_dump);
    EXPECT_EQ(config.max_connections, initial.max_connections);
    EXPECT_EQ(config.journal_max_age, initial.journal_max_age);
    EXPECT_EQ(config.journal_max_size, initial.journal_max_size);
    EXPECT_EQ(config.idle_timeout, initial.idle_timeout);
    EXPECT_EQ(config.load_timeout, initial.load_timeout);
    EXPECT_EQ(config.retry_min, initial.retry_min);
    EXPECT_EQ(config.retry_max, initial.retry_max);
    EXPECT_EQ(config.min_rate, initial.min_rate);
    EXPECT_EQ(config.log_level, initial.log_level);
    EXPECT_EQ(config.log_to, "stderr");
    EXPECT_TRUE(config.secondaries.empty());
}

constexpr const char* everything = R"(
[gateway]
    realm = KRB390.IBM.COM
    host = gateway.example.com
    acl_file = kpropd.acl
    acl_codepage = IBM-1047
    keytab = ../keys/kpropd.ktf
    store = lmdb:registry
    control = "run/a \"quoted\" name.sock"
    source = kprop
    listen = 127.0.0.1:7754
    iprop_listen = 127.0.0.1:2122
    update_hold = 10s
    update_batch = 64K
    resyncs_an_hour = 3
    policy_quiet = 5s
    max_followers = 9
    prop_interval = 90s
    dns_check = warn
    max_dump = 2G
    max_connections = 17
    journal_max_age = 7d
    journal_max_size = 1M
    idle_timeout = 12
    load_timeout = 2h
    retry_min = 1s
    retry_max = 2m
    min_rate = 0
    stop_timeout = 1m
[secondary]
    ; a comment stands on its own line
    DCECPT.mitkrb.ibm.com = {
        dump = r13
        min_rate = 64K
        update_compat = yes
    }
    kdc2.example.com = { dump = compat, min_rate = 1M }
    kdc3.example.com = {
    }
[log]
    level = debug
    to = journal
)";

TEST_F(ConfigFile, EveryOptionIsRead) {
    const auto reading = read(everything);
    ASSERT_THAT(reading.problems, ElementsAre());
    const config::Config& config = *reading.config;
    EXPECT_EQ(config.realm, "KRB390.IBM.COM");
    EXPECT_EQ(config.host, "gateway.example.com");
    EXPECT_EQ(config.acl_file, directory_ + "/kpropd.acl");
    EXPECT_EQ(config.acl_codepage, "IBM-1047");
    EXPECT_EQ(config.keytab, std::filesystem::path(directory_).parent_path().string() + "/keys/kpropd.ktf");
    EXPECT_EQ(config.store_directory, directory_ + "/registry");
    EXPECT_EQ(config.control_socket, directory_ + "/run/a \"quoted\" name.sock");
    EXPECT_EQ(config.listen.address, "127.0.0.1");
    EXPECT_EQ(config.listen.port, 7754);
    EXPECT_EQ(config.iprop_listen.port, 2122);
    EXPECT_EQ(config.update_hold, 10s);
    EXPECT_EQ(config.update_batch, 65536u);
    EXPECT_EQ(config.resyncs_an_hour, 3u);
    EXPECT_EQ(config.policy_quiet, 5s);
    EXPECT_EQ(config.max_followers, 9u);
    EXPECT_EQ(config.prop_interval, 90s);
    EXPECT_EQ(config.dns_check, config::DnsCheck::warn);
    EXPECT_EQ(config.max_dump, 2ull << 30);
    EXPECT_EQ(config.max_connections, 17u);
    EXPECT_EQ(config.journal_max_age, 7 * 24h);
    EXPECT_EQ(config.journal_max_size, 1u << 20);
    EXPECT_EQ(config.idle_timeout, 12s);
    EXPECT_EQ(config.load_timeout, 2h);
    EXPECT_EQ(config.retry_min, 1s);
    EXPECT_EQ(config.retry_max, 2min);
    EXPECT_EQ(config.min_rate, 0u);
    EXPECT_EQ(config.stop_timeout, 1min);
    EXPECT_EQ(config.log_level, "debug");
    EXPECT_EQ(config.log_to, "journal");
    ASSERT_EQ(config.secondaries.size(), 3u);
    EXPECT_EQ(config.secondaries.at("dcecpt.mitkrb.ibm.com").dump, formats::DumpVersion::v5);
    EXPECT_EQ(config.secondaries.at("dcecpt.mitkrb.ibm.com").min_rate, 65536u);
    EXPECT_TRUE(config.secondaries.at("dcecpt.mitkrb.ibm.com").update_compat);
    EXPECT_EQ(config.secondaries.at("kdc2.example.com").dump, formats::DumpVersion::v4);
    EXPECT_EQ(config.secondaries.at("kdc2.example.com").min_rate, 1u << 20);
    EXPECT_EQ(config.secondaries.at("kdc3.example.com").dump, std::nullopt);
    EXPECT_EQ(config.secondaries.at("kdc3.example.com").min_rate, std::nullopt);
}

TEST_F(ConfigFile, WhatShowPrintsReadsBackTheSame) {
    for (const char* text : {"", everything}) {
        const auto first = read(text);
        ASSERT_TRUE(first.config);
        const std::string shown = config::show(*first.config);
        const auto second = read(shown);
        ASSERT_THAT(second.problems, ElementsAre()) << shown;
        EXPECT_EQ(config::show(*second.config), shown);
    }
}

TEST_F(ConfigFile, ShowNamesWhatIsNotSet) {
    const std::string shown = config::show(*read("[secondary]\nkdc2.example.com = { dump = r13 }\n").config);
    EXPECT_THAT(shown, HasSubstr("[gateway]\n    # realm is not set: libkrb5's default realm\n"));
    EXPECT_THAT(shown, HasSubstr("    prop_interval = 5m\n"));
    EXPECT_THAT(shown,
                HasSubstr("[secondary]\n    kdc2.example.com = {\n        dump = r13\n"
                          "        # min_rate is not set: as in [gateway]\n        update_compat = no\n        # "
                          "kdc_port is not set: 88\n    }\n[probe]\n    interval = 1m\n"
                          "[status]\n    # readers is not set: none\n    http_listen = 127.0.0.1:8754\n    # "
                          "http_names is not set: none\n[log]\n    "
                          "level = info\n"));
}

TEST_F(ConfigFile, TheEnvironmentOfZosSetsTheIntervalWhereTheFileDoesNot) {
    {
        const Variable minutes("SKDC_KPROP_INTERVAL", "15");
        EXPECT_EQ(read("").config->prop_interval, 15min);
        EXPECT_EQ(read("[gateway]\nprop_interval = 2m\n").config->prop_interval, 2min);
    }
    {
        const Variable duration("SKDC_KPROP_INTERVAL", "90s");
        EXPECT_EQ(read("").config->prop_interval, 90s);
    }
    const Variable wrong("SKDC_KPROP_INTERVAL", "often");
    EXPECT_THAT(problems(""), ElementsAre("environment: SKDC_KPROP_INTERVAL: \"often\" is not a duration; write whole "
                                          "seconds, or a number with s, m, h or d"));
    EXPECT_THAT(problems("[gateway]\nprop_interval = 2m\n"), ElementsAre());
}

TEST_F(ConfigFile, TheDefaultPathComesFromTheEnvironment) {
    {
        const Variable unset("KPROPGW_CONFIG", nullptr);
        EXPECT_EQ(config::default_path(), "/etc/kpropgw/kpropgw.conf");
    }
    const Variable set("KPROPGW_CONFIG", "/tmp/x.conf");
    EXPECT_EQ(config::default_path(), "/tmp/x.conf");
}

TEST_F(ConfigFile, EveryCutOfAFileIsReadWithoutAFall) {
    const std::string whole = everything;
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        const auto reading = read(whole.substr(0, size));
        ASSERT_EQ(reading.config.has_value(), reading.problems.empty()) << whole.substr(0, size);
    }
}

TEST(SampleConfig, IsValid) {
    const auto reading = config::read(KPROPGW_SOURCE_DIR "/samples/kpropgw.conf");
    EXPECT_THAT(reading.problems, ElementsAre());
}

}  // namespace
