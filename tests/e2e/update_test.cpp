// What is taken in reaches the kpropd of Update secondaries as updates, and by a full resync where no update can say
// it.
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace kpropgw::testing
