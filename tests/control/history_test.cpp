#include "gateway/control/history.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/control/fixture.hpp"

using namespace kpropgw;
using namespace kpropgw::control;
using namespace std::chrono_literals;
using testing::HasSubstr;

namespace {

constexpr std::uint32_t begin = 1'800'000'000;

TEST(LagHistory, TheWorstOfASpanStandsForIt) {
    LagHistory history;
    history.add({begin, 3, 40});
    history.add({begin + 2, 9, 20});
    history.add({begin + 4, 0, 0});
    EXPECT_EQ(history.samples(), (std::vector<LagSample>{{begin, 9, 40}}));
}

TEST(LagHistory, ADayIsKeptOldestFirstWithItsPeaksAndNoMore) {
    LagHistory history;
    constexpr std::uint32_t days = 3 * 86400;
    constexpr std::uint32_t peak = begin + days - 20 * 3600;
    for (std::uint32_t time = begin; time < begin + days; time += 5)
        history.add({time, time == peak ? 777u : 1u, 0});
    const auto samples = history.samples();
    EXPECT_LE(samples.size(), 384u);
    EXPECT_TRUE(std::is_sorted(samples.begin(), samples.end(), [](auto& a, auto& b) { return a.time < b.time; }));
    EXPECT_LE(samples.front().time, begin + days - 86000);
    EXPECT_EQ(samples.back().time, begin + days - 5);
    EXPECT_EQ(std::count_if(samples.begin(), samples.end(), [](auto& s) { return s.changes == 777; }), 1);
    // The last ten minutes are there in full.
    EXPECT_EQ(samples[samples.size() - 120].time, begin + days - 600);
}

TEST(LagHistory, NoTimeIsToldTwice) {
    LagHistory history;
    for (std::uint32_t time = begin; time < begin + 7200; time += 5)
        history.add({time, time, 0});
    const auto samples = history.samples();
    for (std::size_t i = 1; i < samples.size(); ++i)
        EXPECT_GE(samples[i].time - samples[i - 1].time, 5u);
}

TEST(History, TellsASecondarysLagInChangesAndSeconds) {
    History history;
    history.sample(full_status());
    const auto json = nlohmann::json::parse(history.to_json("b.example.com", full_status().now).value());
    EXPECT_EQ(json["samples"].size(), 1u);
    EXPECT_EQ(json["samples"][0][1], 2);
    EXPECT_EQ(json["samples"][0][2], 12 * 60);
    EXPECT_TRUE(json["propagations"].empty());
}

TEST(History, KeepsTheLastPropagationsTheNewestFirst) {
    History history;
    history.sample(full_status());
    for (std::uint64_t i = 0; i < 50; ++i)
        history.propagated("b.example.com", {full_status().now, "r13", "Compat", "sent", i, std::nullopt, "", ""});
    history.propagated("b.example.com",
                       {full_status().now, "r13", "Compat", "failed", {}, 7, std::string(5000, 'x'), ""});
    history.propagated("nobody.example.com", {full_status().now, "r13", "Compat", "sent", {}, {}, "", ""});
    const auto json = nlohmann::json::parse(history.to_json("b.example.com", full_status().now).value());
    ASSERT_EQ(json["propagations"].size(), History::most_propagations);
    EXPECT_EQ(json["propagations"][0]["outcome"], "failed");
    EXPECT_EQ(json["propagations"][0]["bytes"], nullptr);
    EXPECT_EQ(json["propagations"][0]["ms"], 7);
    EXPECT_EQ(json["propagations"][0]["error"].get<std::string>().size(), History::longest_error);
    EXPECT_EQ(json["propagations"][1]["bytes"], 49);
}

TEST(History, ARisenLevelOfAnUpdateSecondaryIsItsUpdatesUnlessADumpCame) {
    History history;
    Status status = full_status();
    history.sample(status);
    status.secondaries[2].level = 7;
    status.secondaries[0].level = 50;
    history.sample(status);
    history.propagated("c.example.com", {status.now, "ipropx", "Update", "sent", {}, {}, "", ""});
    status.secondaries[2].level = 42;
    history.sample(status);
    const auto json = nlohmann::json::parse(history.to_json("c.example.com", status.now).value());
    ASSERT_EQ(json["propagations"].size(), 2u);
    EXPECT_EQ(json["propagations"][0]["kind"], "ipropx");
    EXPECT_EQ(json["propagations"][1]["kind"], "7 updates");
    EXPECT_THAT(history.to_json("a.example.com", status.now).value(), HasSubstr("\"propagations\":[]"));
}

TEST(History, ForgetsWhoLeftTheFile) {
    History history;
    Status status = full_status();
    history.sample(status);
    status.secondaries.pop_back();
    history.sample(status);
    EXPECT_TRUE(history.to_json("a.example.com", status.now));
    const auto gone = history.to_json("c.example.com", status.now);
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().code(), Errc::not_found);
}

TEST(History, IsBoundedInSecondaries) {
    History history;
    Status status = full_status();
    status.secondaries.resize(1);
    const SecondaryStatus one = status.secondaries[0];
    for (std::size_t i = 0; i < History::most_hosts + 10; ++i) {
        status.secondaries.push_back(one);
        status.secondaries.back().host = "h" + std::to_string(i);
    }
    history.sample(status);
    EXPECT_FALSE(history.to_json("h" + std::to_string(History::most_hosts + 9), status.now));
    EXPECT_TRUE(history.to_json("h7", status.now));
}

}  // namespace
