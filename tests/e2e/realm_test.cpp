// The fixture without the gateway: what the other tests take for granted of MIT's own programs and of the comparison.
#include <gtest/gtest.h>

#include "support/dumps.hpp"
#include "support/realm.hpp"

namespace kpropgw::testing {
namespace {

/// "" when it has ended, reaped or not.
std::string command_line(const std::string& pid) {
    return run({"cat", "/proc/" + pid + "/cmdline"}).output;
}

TEST(RealmAlone, KpropReachesKpropdAndTheSecondaryServes) {
    const Realm realm{20};
    realm.must({"add-secondary", "kdc1"});
    realm.must({"start-kpropd", "kdc1"});
    realm.must({"push", "--to", "kdc1"});
    for (const auto each : {version::b7, version::r13, version::r18, version::r1_11})
        EXPECT_EQ(difference(realm.dump_of("primary", each), realm.dump_of("kdc1", each)), "") << each;

    realm.must({"start-kdc", "kdc1"});
    EXPECT_TRUE(realm.gets_ticket("kdc1", "user00001", "first-user00001"));
    EXPECT_FALSE(realm.gets_ticket("kdc1", "user00001", "another-password"));
}

TEST(RealmAlone, ComparisonSeesAChangeAndNamesItWithoutKeys) {
    const Realm realm{3};
    const auto before = realm.dump_of("primary", version::r1_11);
    realm.kadmin({"cpw", "-pw", "Second-password-2", "user00001"});
    realm.kadmin({"delprinc", "-force", "user00002"});
    const auto after = realm.dump_of("primary", version::r1_11);
    EXPECT_EQ(difference(before, after),
              "missing or different: princ user00001@KPROPGW.TEST\n"
              "missing or different: princ user00002@KPROPGW.TEST\n"
              "not expected: princ user00001@KPROPGW.TEST\n");
}

TEST(RealmAlone, EndsItsProcessesAndItsDirectory) {
    std::filesystem::path directory;
    std::string pid;
    {
        const Realm realm{0};
        directory = realm.directory();
        pid = realm.must({"pid", "primary", "kdc"});
        EXPECT_NE(command_line(pid), "");
    }
    EXPECT_FALSE(std::filesystem::exists(directory));
    EXPECT_EQ(command_line(pid), "");
}

}  // namespace
}  // namespace kpropgw::testing
