// The PROP order: whom it names, what it sends, how far it is, and that it ends well only where the host has it.
#include <gtest/gtest.h>

#include <future>

#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

std::vector<std::string> prop(std::vector<std::string> words) {
    words.insert(words.begin(), "prop");
    words.push_back("--wait");
    return words;
}

Finished expect_status(const Site& site, const std::vector<std::string>& words, int status) {
    auto finished = site.gateway().command(words);
    EXPECT_EQ(finished.status, status) << describe(words, finished);
    return finished;
}

TEST(Prop, FullSendsWhatTheLevelSaysIsThere) {
    const Site site{{{"kdc1"}, {"kdc2", "Update"}}};
    site.push();
    site.wait_until_all_have_it();
    const auto kdc1 = Realm::host_name("kdc1");
    ASSERT_TRUE(site.realm.run_as("kdc1", {"kadmin.local", "-q", "delprinc -force user00001"}).ok());
    EXPECT_EQ(expect_status(site, prop({kdc1}), 0).output, kdc1 + ": up-to-date\n");
    EXPECT_EQ(site.realm.dump_of("kdc1", version::r1_11).find("user00001@"), std::string::npos);
    EXPECT_EQ(expect_status(site, prop({kdc1, "--full"}), 0).output, kdc1 + ": sent\n");
    site.expect_equal("kdc1");

    const auto kdc2 = Realm::host_name("kdc2");
    const std::string propagated = "event=propagated secondary=" + kdc2;
    const int dumps = site.gateway().logged(propagated);
    EXPECT_EQ(expect_status(site, prop({kdc2, "--full"}), 0).output, kdc2 + ": sent\n");
    EXPECT_EQ(site.gateway().logged(propagated), dumps + 1);
    site.realm.kadmin({"cpw", "-pw", "Second-password-2", "user00002"});
    site.push();
    site.wait_until_all_have_it();
    site.expect_all_equal();
    EXPECT_EQ(site.gateway().logged(propagated), dumps + 1) << "it goes on by updates";
}

TEST(Prop, ARoleNamesWhoIsSent) {
    const Site site{{{"kdc1"}, {"kdc2", "Manual"}, {"kdc3", "Manual"}}};
    site.push();
    site.wait_until_all_have_it();
    const auto done = expect_status(site, prop({"--role", "manual"}), 0);
    for (const auto* name : {"kdc2", "kdc3"}) {
        EXPECT_NE(done.output.find(Realm::host_name(name) + ": sent\n"), std::string::npos) << done.output;
        site.expect_equal(name);
    }
    EXPECT_EQ(done.output.find(Realm::host_name("kdc1")), std::string::npos) << done.output;
    const auto nobody = expect_status(site, prop({"--role", "Compat"}), 66);
    EXPECT_EQ(nobody.errors, "kpropgw: no secondary in kpropd.acl has the role \"Compat\"\n");
}

TEST(Prop, OneThatFailedSaysWhetherTheGatewayTriesAgain) {
    Site site{{{"kdc1", "Replace", "", "", false}, {"kdc2", "Manual", "", "", false}}};
    site.push();
    const auto later = expect_status(site, prop({Realm::host_name("kdc1")}), 75);
    EXPECT_NE(later.output.find("Connection refused"), std::string::npos) << later.output;
    EXPECT_TRUE(later.output.ends_with("; the gateway tries again\n")) << later.output;
    expect_status(site, prop({"--all"}), 69);
    site.realm.must({"start-kpropd", "kdc1"});
    site.secondaries[0].running = true;
    site.wait_until_all_have_it();
}

TEST(Prop, GoesOnWhenItsCommandIsInterrupted) {
    const Site site{{{"kdc1", "Manual"}}};
    site.push();
    const auto kpropd = site.realm.must({"pid", "kdc1", "kpropd"});
    ASSERT_TRUE(run({"kill", "-STOP", kpropd}).ok());
    const auto words = prop({Realm::host_name("kdc1"), "-c", site.gateway().configuration().string()});
    std::vector<std::string> command{"timeout", "--foreground", "-s", "INT", "2", KPROPGW_BINARY};
    command.insert(command.end(), words.begin(), words.end());
    const auto interrupted = site.realm.run_as("gateway", command);
    EXPECT_NE(interrupted.errors.find("the gateway goes on"), std::string::npos) << describe(command, interrupted);
    ASSERT_TRUE(run({"kill", "-CONT", kpropd}).ok());
    site.gateway().wait_until("kdc1 has it",
                              [](const auto& status) { return secondary(status, "kdc1").at("behind") == 0; });
    site.expect_equal("kdc1");
}

TEST(Prop, StatusTellsHowManyBytesOfADumpAreSent) {
    Site::Options options;
    options.bulk_principals = 20000;
    const Site site{{{"kdc1", "Manual"}}, options};
    site.push();
    auto ordered = std::async(std::launch::async, [&] { return site.gateway().command(prop({"--all"})); });
    const auto status = site.gateway().wait_until(
        "bytes are sent", [](const auto& now) { return !secondary(now, "kdc1").at("sent_bytes").is_null(); });
    const auto total = secondary(status, "kdc1").at("total_bytes").get<std::uint64_t>();
    EXPECT_LE(secondary(status, "kdc1").at("sent_bytes").get<std::uint64_t>(), total);
    const auto done = ordered.get();
    EXPECT_TRUE(done.ok()) << describe({"prop"}, done);
    EXPECT_EQ(total, std::filesystem::file_size(site.realm.home_of("kdc1") / "from_master"));
    EXPECT_TRUE(secondary(site.gateway().status(), "kdc1").at("sent_bytes").is_null());
}

}  // namespace
}  // namespace kpropgw::testing
