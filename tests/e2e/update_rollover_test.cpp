// After a new master key, keys encrypted under it and the old one purged, the gateway's follower still issues tickets.
// MIT's own replica of the same primary is shown beside it: it does not, since MIT's updates leave those keys out.
#include <gtest/gtest.h>

#include <thread>

#include "support/changes.hpp"
#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

using namespace std::chrono_literals;

TEST(UpdateRollover, TheFollowersKdcIssuesTicketsWhereMitsReplicaDoesNot) {
    Site site{{{"kdc1", "Update"}}, {.iprop = true}};
    site.realm.must({"add-secondary", "replica", "--follow", "primary"});
    site.realm.must({"start", "--kadmind", site.realm.port_of("replica")});
    site.realm.must({"start-kpropd", "replica"});
    site.push();
    site.wait_until_all_have_it();
    const auto replica_has = [&](std::string_view what) {
        for (int tries = 0; tries < 300; ++tries) {
            const auto dump = site.realm.attempt({"run", "replica", "kdb5_util", "dump"});
            if (dump.output.find(what) != std::string::npos) return true;
            std::this_thread::sleep_for(100ms);
        }
        return false;
    };
    ASSERT_TRUE(replica_has("\tuser00001@")) << "MIT's replica has the database";
    int number = 0;
    for (const KindOfChange& kind : kinds_of_change()) {
        if (kind.name.find("master key") == std::string::npos) continue;
        make(kind, site.realm);
        site.push();
        site.wait_until_all_have_it();
        // A principal that comes after it tells when MIT's replica has the change too.
        const std::string marker = "marker" + std::to_string(++number);
        site.realm.kadmin({"addprinc", "-pw", "Marker-1", marker});
        ASSERT_TRUE(replica_has("\t" + marker + "@")) << kind.name;
    }
    ASSERT_EQ(number, 4);
    site.push();
    site.wait_until_all_have_it();
    site.expect_all_equal();
    for (const auto* host : {"kdc1", "replica"})
        site.realm.must({"start-kdc", host});
    EXPECT_TRUE(site.realm.gets_ticket("kdc1", "user00001", "first-user00001"));
    EXPECT_FALSE(site.realm.gets_ticket("replica", "user00001", "first-user00001"))
        << "MIT mended its updates: say so in docs/updates.md";
}

}  // namespace
}  // namespace kpropgw::testing
