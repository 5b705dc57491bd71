// kill -9 at any moment loses nothing that was confirmed, doubles nothing, and leaves no level above what is there.
#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <thread>

#include "support/delays.hpp"
#include "support/dumps.hpp"
#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

using namespace std::chrono_literals;

const int rounds = rounds_or(6);
const Site::Options large{.bulk_principals = 20000};
const std::vector<Secondary> three{{"kdc1"}, {"kdc2", "Compat"}, {"kdc3", "Replace", "", "r13"}};

template <class Action>
std::chrono::microseconds duration_of(Action action) {
    const auto start = std::chrono::steady_clock::now();
    action();
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
}

bool any_sending(const nlohmann::json& status) {
    const auto& all = status.at("secondaries");
    return std::any_of(all.begin(), all.end(),
                       [](const auto& each) { return each.at("sending").template get<bool>(); });
}

void change_password(const Site& site, int round) {
    site.realm.kadmin({"cpw", "-pw", "Password-number-" + std::to_string(round), "user00001"});
}

TEST(Crash, InTheMiddleOfAPushLeavesTheRegistryBeforeItOrAfterIt) {
    Site site{three, large};
    const auto file = (site.realm.directory() / "pushed").string();
    const auto dump = [&] { site.realm.must({"dump", "r1_11", file}); };
    dump();
    const auto whole_push = duration_of([&] { site.realm.must({"push", file}); });
    site.wait_until_all_have_it();
    Delays delays;
    int confirmed = 0;
    for (int round = 1; round <= rounds; ++round) {
        const auto before = site.realm.dump_of("primary", version::r1_11);
        change_password(site, round);
        const auto after = site.realm.dump_of("primary", version::r1_11);
        dump();
        auto pushing = std::async(std::launch::async, [&] { return site.try_push({file}); });
        std::this_thread::sleep_for(delays.up_to(whole_push));
        site.gateway().kill();
        const bool taken = pushing.get().ok();
        confirmed += taken;
        site.gateway().start();
        site.wait_until_all_have_it();

        const auto has = site.realm.dump_of("kdc1", version::r1_11);
        const auto missing = difference(after, has);
        if (taken)
            EXPECT_EQ(missing, "") << "round " << round << ": confirmed and lost";
        else
            EXPECT_TRUE(missing.empty() || difference(before, has).empty()) << "round " << round << ": " << missing;
        site.push();
        site.wait_until_all_have_it();
        site.expect_all_equal();
    }
    std::printf("%d of %d pushes were confirmed before the kill\n", confirmed, rounds);
}

TEST(Crash, InTheMiddleOfAFanOutIsMadeGoodAfterTheRestart) {
    Site site{three, large};
    site.push();
    const auto whole_fan_out = duration_of([&] { site.wait_until_all_have_it(); });
    Delays delays;
    for (int round = 1; round <= rounds; ++round) {
        change_password(site, round);
        site.push();
        site.gateway().wait_until("something is sent", [](const auto& status) {
            return any_sending(status) || secondary(status, "kdc1").at("behind") == 0;
        });
        std::this_thread::sleep_for(delays.up_to(whole_fan_out));
        site.gateway().kill();
        site.gateway().start();
        site.wait_until_all_have_it();
        site.expect_all_equal();
    }
}

TEST(Crash, InThePauseKeepsRegistryLevelsAndWhatWasLearned) {
    Site site{three};
    site.push();
    const auto before = site.wait_until_all_have_it();
    site.gateway().kill();
    site.gateway().start();
    const auto after = site.gateway().status();
    for (const auto* field : {"serial", "principals", "policies", "last_push"})
        EXPECT_EQ(after.at(field), before.at(field)) << field;
    for (const auto& each : three)
        for (const auto* field : {"level", "dump_version", "last_success"})
            EXPECT_EQ(secondary(after, each.name).at(field), secondary(before, each.name).at(field)) << field;
}

}  // namespace
}  // namespace kpropgw::testing
