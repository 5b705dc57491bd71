// An Update secondary that was away, or is not what it was, gets exactly what it lacks.
#include <gtest/gtest.h>

#include <filesystem>

#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view granted = "event=full-resync-granted";

class UpdateAway : public ::testing::Test {
protected:
    static void change_password(const Site& site, int number) {
        site.realm.kadmin({"cpw", "-pw", "Password-number-" + std::to_string(number), "user00001"});
        site.push();
    }
    static void stop(const Site& site) { site.realm.must({"stop-kpropd", "kdc1"}); }
    static void start(const Site& site) { site.realm.must({"start-kpropd", "kdc1"}); }

    /// Everything of kdc1's that a backup holds.
    static void copy(const std::filesystem::path& from, const std::filesystem::path& to) {
        std::filesystem::create_directories(to);
        for (const auto* file : {"principal", "principal.kadm5", "principal.kadm5.lock", "principal.ok", "ulog"})
            std::filesystem::copy_file(from / file, to / file, std::filesystem::copy_options::overwrite_existing);
    }
};

TEST_F(UpdateAway, FiveThousandChangesComeAsUpdatesAlone) {
    Site site{{{"kdc1", "Update"}}};
    site.push();
    site.wait_until_all_have_it();
    stop(site);
    site.realm.must({"bulk", "5000"});
    site.push();
    EXPECT_EQ(secondary(site.gateway().status(), "kdc1").at("behind"), 5001);
    start(site);
    site.wait_until_all_have_it();
    site.expect_all_equal();
    EXPECT_EQ(site.gateway().logged(granted), 1) << "the first contact";
}

TEST_F(UpdateAway, ADatabaseFromABackupIsBroughtUpByUpdatesAlone) {
    Site site{{{"kdc1", "Update"}}};
    site.push();
    site.wait_until_all_have_it();
    stop(site);
    copy(site.realm.home_of("kdc1"), site.realm.directory() / "backup");
    start(site);
    change_password(site, 1);
    site.wait_until_all_have_it();
    stop(site);
    copy(site.realm.directory() / "backup", site.realm.home_of("kdc1"));
    change_password(site, 2);
    start(site);
    site.wait_until_all_have_it();
    site.expect_all_equal();
    EXPECT_EQ(site.gateway().logged(granted), 1) << "the first contact";
}

TEST_F(UpdateAway, AnEmptiedSecondaryGetsTheFullRegistry) {
    Site site{{{"kdc1", "Update"}}};
    site.push();
    site.wait_until_all_have_it();
    stop(site);
    for (const auto* file : {"principal", "principal.kadm5", "principal.kadm5.lock", "principal.ok", "ulog"})
        std::filesystem::remove(site.realm.home_of("kdc1") / file);
    start(site);
    site.gateway().wait_until("a second full resync", [&](const auto&) { return site.gateway().logged(granted) == 2; });
    site.wait_until_all_have_it();
    site.gateway().wait_until("it has asked again", [&](const auto& status) {
        return text(secondary(status, "kdc1"), "state") == "healthy" && !secondary(status, "kdc1").at("sending");
    });
    site.expect_all_equal();
}

TEST_F(UpdateAway, BelowTheJournalItGetsTheFullRegistryOnceAndUpdatesAgain) {
    Site site{{{"kdc1", "Update"}}, {.settings = {{"journal_max_age", "1s"}}}};
    site.push();
    site.wait_until_all_have_it();
    stop(site);
    change_password(site, 1);
    site.gateway().wait_until("the change is out of the journal", [](const auto& status) {
        return text(secondary(status, "kdc1"), "state") == "needs-full";
    });
    start(site);
    site.wait_until_all_have_it();
    site.expect_all_equal();
    EXPECT_EQ(site.gateway().logged(granted), 2);
    change_password(site, 2);
    site.wait_until_all_have_it();
    site.expect_all_equal();
    EXPECT_EQ(site.gateway().logged(granted), 2);
}

TEST_F(UpdateAway, SeveralChangesOfPoliciesAreOneFullResync) {
    Site site{{{"kdc1", "Update"}}, {.settings = {{"policy_quiet", "5s"}}}};
    site.push();
    site.wait_until_all_have_it();
    for (const auto* length : {"7", "8", "9"}) {
        site.realm.kadmin({"modpol", "-minlength", length, "default"});
        site.push();
    }
    site.wait_until_all_have_it();
    site.expect_all_equal();
    EXPECT_EQ(site.gateway().logged(granted), 2) << "the first contact, and one for three policies";
}

TEST_F(UpdateAway, WhoIsNotListedAsUpdateComesAgainUntilItIs) {
    Site site{{{"kdc1", "Update"}}, {.start_gateway = false}};
    site.gateway().write_acl(site.gateway().acl_text({{"kdc1", "Manual"}}));
    site.gateway().start();
    site.push();
    site.gateway().wait_until("it was refused", [&](const auto&) {
        return site.gateway().logged("kdc1.kpropgw.test as Manual; it asks for updates") > 0;
    });
    site.gateway().write_acl(site.gateway().acl_text({{"kdc1", "Update"}}));
    site.wait_until_all_have_it();
    site.expect_all_equal();
    EXPECT_TRUE(site.realm.attempt({"pid", "kdc1", "kpropd"}).ok()) << "kpropd ended itself";
}

}  // namespace
}  // namespace kpropgw::testing
