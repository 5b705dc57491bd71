// What is taken in reaches the kpropd of Update secondaries as updates, and by a full resync where no update can say
// it.
#include <gtest/gtest.h>

#include "support/changes.hpp"
#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

using namespace std::chrono_literals;

TEST(Updates, TheFirstContactIsAFullResyncAndWhatFollowsAreUpdates) {
    Site site{{{"kdc1", "Update"}}};
    site.push();
    auto status = site.wait_until_all_have_it();
    site.expect_all_equal();
    EXPECT_EQ(text(secondary(status, "kdc1"), "dump_version"), "ipropx");
    EXPECT_EQ(text(secondary(status, "kdc1"), "state"), "healthy");

    site.realm.kadmin({"cpw", "-pw", "Second-password-2", "user00001"});
    site.push();
    site.wait_until_all_have_it();
    site.expect_all_equal();
    site.realm.must({"start-kdc", "kdc1"});
    EXPECT_TRUE(site.realm.gets_ticket("kdc1", "user00001", "Second-password-2"));
}

TEST(Updates, EveryKindOfChangeThatIsPushedArrivesEverywhere) {
    Site site{{{"kdc1", "Update"}, {"kdc2"}, {"kdc3", "Compat"}}};
    site.push();
    site.wait_until_all_have_it();
    for (const KindOfChange& kind : kinds_of_change()) {
        SCOPED_TRACE(kind.name);
        make(kind, site.realm);
        site.push();
        site.wait_until_all_have_it();
        site.expect_all_equal();
    }
    site.realm.must({"start-kdc", "kdc1"});
    EXPECT_TRUE(site.realm.gets_ticket("kdc1", "user00002", "Other-password-4"));
    EXPECT_TRUE(site.realm.gets_ticket("kdc1", "user00012", "first-user00012"));
}

}  // namespace
}  // namespace kpropgw::testing
