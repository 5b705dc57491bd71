// What the journal keeps of a push, and waiting for a level, by the program's own orders.
#include <gtest/gtest.h>

#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

TEST(Journal, ShowsWhatAPushChangedWithoutItsKeys) {
    Site site{{{"kdc1"}}};
    site.push();
    EXPECT_EQ(site.gateway().command({"journal", "show"}).output, "") << "the first dump is the registry, not a change";
    site.realm.kadmin({"cpw", "-pw", "Second-password-2", "user00001"});
    site.realm.kadmin({"modprinc", "-maxlife", "2 hours", "user00002"});
    site.realm.kadmin({"delprinc", "-force", "user00003"});
    site.push();
    const auto shown = site.gateway().command({"journal", "show"});
    ASSERT_TRUE(shown.ok()) << describe({"journal", "show"}, shown);
    EXPECT_NE(shown.output.find("principal \"user00001@KPROPGW.TEST\" changed: kvno 1 to 2"), std::string::npos)
        << shown.output;
    EXPECT_NE(shown.output.find("principal \"user00002@KPROPGW.TEST\" changed: maximum life "), std::string::npos)
        << shown.output;
    EXPECT_NE(shown.output.find("principal \"user00003@KPROPGW.TEST\" removed"), std::string::npos) << shown.output;
    const auto newest = site.gateway().command({"journal", "show", "--json", "--limit", "1"});
    EXPECT_EQ(nlohmann::json::parse(newest.output).at("serial"), site.gateway().status().at("serial"));
}

TEST(Journal, IsTrimmedToWhatTheConfigurationKeeps) {
    Site site{{{"kdc1"}}, {.settings = {{"journal_max_size", "1M"}, {"prop_interval", "1s"}}}};
    site.push();
    site.realm.must({"bulk", "4000"});
    site.push();
    site.gateway().wait_until("the journal is trimmed",
                              [](const nlohmann::json& status) { return status.at("journal_low") > 1; });
    site.wait_until_all_have_it();
    site.expect_all_equal();
}

TEST(Wait, ReturnsWhenTheLevelIsReached) {
    Site site{{{"kdc1"}, {"kdc2", "Replace", "", "", false}}};
    site.push();
    const auto one = site.gateway().command({"wait", "--host", Realm::host_name("kdc1"), "--timeout", "60s"});
    EXPECT_TRUE(one.ok()) << describe({"wait"}, one);
    EXPECT_EQ(secondary(site.gateway().status(), "kdc1").at("behind"), 0);

    const auto both = site.gateway().command({"wait", "--timeout", "1s"});
    EXPECT_EQ(both.status, 75) << describe({"wait"}, both);
    EXPECT_NE(both.errors.find("kpropgw: " + Realm::host_name("kdc2") + " has 0 of 1: "), std::string::npos)
        << both.errors;
    EXPECT_EQ(both.errors.find(Realm::host_name("kdc1")), std::string::npos) << "it has it";

    site.realm.must({"start-kpropd", "kdc2"});
    const auto later = site.gateway().command({"wait", "--timeout", "60s"});
    EXPECT_TRUE(later.ok()) << describe({"wait"}, later);
}

TEST(Skip, IsRefusedWhereThatUpdateIsNotLacking) {
    Site site{{{"kdc1", "Update"}, {"kdc2"}}};
    site.push();
    site.wait_until_all_have_it();
    const auto has_it = site.gateway().command({"skip", Realm::host_name("kdc1"), "--serial", "1"});
    EXPECT_FALSE(has_it.ok());
    EXPECT_NE(has_it.errors.find("has 1 of 1: it does not lack update 1"), std::string::npos) << has_it.errors;
    const auto replace = site.gateway().command({"skip", Realm::host_name("kdc2"), "--serial", "1"});
    EXPECT_NE(replace.errors.find("only an Update secondary can skip"), std::string::npos) << replace.errors;
    const auto nobody = site.gateway().command({"skip", "nobody.kpropgw.test", "--serial", "1"});
    EXPECT_EQ(nobody.status, 66) << describe({"skip"}, nobody);
}

}  // namespace
}  // namespace kpropgw::testing
