// What keeps the gateway from starting is said once, with what to do, and the exit status tells its kind.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sysexits.h>

#include <fstream>

#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

using ::testing::HasSubstr;

class Start : public ::testing::Test {
protected:
    Site site{{}, {.principals = 0, .start_gateway = false}};

    /// serve must end with this status and say this.
    void expect_failure(int status, const std::string& reason) {
        const auto served = site.gateway().command({"serve"});
        EXPECT_EQ(served.status, status) << describe({"serve"}, served);
        EXPECT_THAT(served.errors, HasSubstr(reason));
    }

    /// A program that runs kpropgw after these commands of the shell.
    std::string wrapper(const std::string& commands) const {
        const auto path = home() / "limited";
        std::ofstream{path} << "#!/bin/bash\n" << commands << "\nexec " KPROPGW_BINARY " \"$@\"\n";
        std::filesystem::permissions(path, std::filesystem::perms::owner_all);
        return path.string();
    }

    static std::string limits_of(const std::string& pid) {
        std::ifstream in{"/proc/" + pid + "/limits"};
        return {std::istreambuf_iterator<char>{in}, {}};
    }

    std::filesystem::path home() const { return site.realm.home_of("gateway"); }
};

TEST_F(Start, WithoutAConfiguration) {
    std::filesystem::remove(site.gateway().configuration());
    expect_failure(EX_CONFIG, "kpropgw.conf");
}

TEST_F(Start, WithAKeyThatIsNotKnown) {
    std::ofstream{site.gateway().configuration(), std::ios::app} << "[gateway]\n  prop_intervall = 5m\n";
    expect_failure(EX_CONFIG, "did you mean \"prop_interval\"?");
}

TEST_F(Start, WithoutAnAcl) {
    std::filesystem::remove(site.gateway().acl_file());
    expect_failure(EX_CONFIG, "kpropd.acl");
}

TEST_F(Start, WithAMalformedAcl) {
    site.gateway().write_acl("primary.kpropgw.test Primray\n");
    expect_failure(EX_CONFIG, "kpropd.acl:1:22");
}

TEST_F(Start, WithoutAKeytab) {
    std::filesystem::remove(home() / "keytab");
    expect_failure(EX_CONFIG, "keytab");
}

TEST_F(Start, WithAKeytabOfAnotherHost) {
    std::filesystem::copy_file(site.realm.home_of("primary") / "keytab", home() / "keytab",
                               std::filesystem::copy_options::overwrite_existing);
    expect_failure(EX_CONFIG, "host/gateway.kpropgw.test@KPROPGW.TEST");
}

TEST_F(Start, TwiceOnOneStore) {
    site.gateway().start();
    expect_failure(EX_TEMPFAIL, "another kpropgw uses this store");
    EXPECT_TRUE(site.gateway().command({"status"}).ok());
}

TEST_F(Start, LeavesTheControlSocketToItsUserAlone) {
    site.gateway().start();
    const auto mode = std::filesystem::status(home() / "control.sock").permissions();
    EXPECT_EQ(mode & std::filesystem::perms{0177}, std::filesystem::perms::none);
}

TEST_F(Start, WithFewerDescriptorsThanConnectionsSaysSoAndServes) {
    site.gateway().start();
    EXPECT_EQ(site.gateway().logged("event=few-descriptors"), 0);
    site.gateway().stop();
    site.realm.must(
        {"start-gateway", wrapper("ulimit -Sn 64; ulimit -Hn 1000"), site.gateway().configuration().string()});
    site.gateway().wait_until_it_answers();
    EXPECT_EQ(site.gateway().logged("event=few-descriptors limit=1000 wanted=4736"), 1);
    EXPECT_THAT(limits_of(site.realm.must({"pid", "gateway", "kpropgw"})), HasSubstr("open files            1000 "));
}

TEST_F(Start, StatusSaysThatNothingRuns) {
    const auto answer = site.gateway().command({"status"});
    EXPECT_EQ(answer.status, EX_UNAVAILABLE) << describe({"status"}, answer);
    EXPECT_THAT(answer.errors, HasSubstr("control.sock"));
}

}  // namespace
}  // namespace kpropgw::testing
