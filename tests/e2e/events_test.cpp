// What the gateway reports can be read back, and every id in it is explained.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

using ::testing::Contains;

/// What `kpropgw events --json` prints.
std::vector<nlohmann::json> events_of(const Gateway& gateway) {
    const auto finished = gateway.command({"events", "--json"});
    EXPECT_TRUE(finished.ok()) << finished.errors;
    std::vector<nlohmann::json> events;
    std::istringstream lines(finished.output);
    for (std::string line; std::getline(lines, line);)
        events.push_back(nlohmann::json::parse(line));
    return events;
}

/// The fields of the first with that id; null when there is none.
nlohmann::json fields_of(const std::vector<nlohmann::json>& events, std::string_view id) {
    for (const auto& event : events)
        if (event.at("id") == id) return event.at("fields");
    return {};
}

TEST(Events, WhatWasRefusedAndWhatFailedIsReportedAndExplained) {
    Site site{{{.name = "kdc1", .running = false}}};
    site.realm.must({"add-host", "other"});
    EXPECT_FALSE(site.try_push({"--as", "other"}).ok());
    site.push();
    const auto status = site.gateway().wait_until(
        "kdc1 fails", [](const auto& now) { return text(secondary(now, "kdc1"), "state") == "failing"; });

    const auto events = events_of(site.gateway());
    EXPECT_EQ(text(fields_of(events, "push-refused"), "cause"), "not-the-primary");
    EXPECT_EQ(text(fields_of(events, "push-refused"), "peer"), "127.0.0.1");
    EXPECT_EQ(text(fields_of(events, "propagation-failed"), "cause"), "kpropd-not-running");

    std::set<std::string> ids;
    std::uint64_t number = 0;
    for (const auto& event : events) {
        EXPECT_EQ(event.at("number"), ++number);
        ids.insert(event.at("id").get<std::string>());
        const std::string cause = text(event.at("fields"), "cause");
        if (!cause.empty()) ids.insert(cause);
        EXPECT_EQ(site.gateway().logged("event=" + event.at("id").get<std::string>()) > 0, true) << event;
    }
    EXPECT_THAT(ids, Contains("serving"));
    EXPECT_THAT(ids, Contains("push-taken"));
    for (const std::string& id : ids)
        EXPECT_TRUE(run({KPROPGW_BINARY, "explain", id}).ok()) << id;
}

}  // namespace
}  // namespace kpropgw::testing
