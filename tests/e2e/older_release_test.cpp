// A secondary that loads only older dump versions gets the newest that it loads. The loader of an older release is a
// script before the installed kdb5_util that refuses newer headers as that release does; kpropd is the installed one.
#include <gtest/gtest.h>

#include <cstdlib>

#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

constexpr const char* loader = KPROPGW_SOURCE_DIR "/tests/support/loader-of-an-older-release";

void start_with_newest(const Site& site, const std::string& name, const char* newest) {
    ::setenv("NEWEST_DUMP_VERSION", newest, 1);
    site.realm.must({"start-kpropd", name, loader});
    ::unsetenv("NEWEST_DUMP_VERSION");
}

TEST(OlderRelease, IsSentTheNewestDumpThatItLoadsFromThenOn) {
    Site site{{{.name = "kdc1", .running = false}, {.name = "kdc2", .running = false}, {"kdc3"}}};
    start_with_newest(site, "kdc1", "5");
    start_with_newest(site, "kdc2", "6");
    for (Secondary& each : site.secondaries)
        each.running = true;
    site.push();
    auto status = site.wait_until_all_have_it();
    EXPECT_EQ(text(secondary(status, "kdc1"), "dump_version"), "r13");
    EXPECT_EQ(text(secondary(status, "kdc2"), "dump_version"), "r18");
    EXPECT_EQ(text(secondary(status, "kdc3"), "dump_version"), "r1_11");

    site.secondaries[0].pinned_version = "r13";
    site.secondaries[1].pinned_version = "r18";
    site.expect_all_equal();
    site.gateway().kill();
    site.gateway().start();
    site.realm.kadmin({"cpw", "-pw", "Second-password-2", "user00001"});
    site.push();
    status = site.wait_until_all_have_it();
    EXPECT_EQ(text(secondary(status, "kdc1"), "dump_version"), "r13") << "remembered";
    site.expect_all_equal();
}

TEST(OlderRelease, ThatLoadsNothingTeachesNothing) {
    Site site{{{.name = "kdc1", .running = false}, {"kdc2"}}};
    start_with_newest(site, "kdc1", "3");
    site.push();
    const auto status = site.gateway().wait_until("kdc2 has it and kdc1 failed", [](const nlohmann::json& now) {
        return secondary(now, "kdc2").at("behind") == 0 && text(secondary(now, "kdc1"), "state") == "failing";
    });
    EXPECT_EQ(text(secondary(status, "kdc1"), "dump_version"), "");
    EXPECT_NE(text(secondary(status, "kdc1"), "last_error").find("(r1_11, r18, r13)"), std::string::npos) << status;
    site.realm.must({"stop-kpropd", "kdc1"});
    site.realm.must({"start-kpropd", "kdc1"});
    site.secondaries[0].running = true;
    site.wait_until_all_have_it();
    site.expect_all_equal();
}

}  // namespace
}  // namespace kpropgw::testing
