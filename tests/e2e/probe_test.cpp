// The KDCs of real secondaries are asked what they serve.
#include <gtest/gtest.h>

#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

class Probe : public ::testing::Test {
protected:
    nlohmann::json probe(std::vector<std::string> words = {}) const {
        words.insert(words.begin(), {"probe", "--json"});
        const Finished finished = site_.gateway().command(words);
        if (finished.output.empty()) throw std::runtime_error(describe({"probe"}, finished));
        return nlohmann::json::parse(finished.output).at("answers");
    }
    nlohmann::json probe_one(const std::string& name) const { return probe({Realm::host_name(name)}).at(0); }

    Site site_{{{.name = "kdc1"}, {.name = "kdc2", .role = "Compat"}}};
};

TEST_F(Probe, ProvesWhatEachKdcServes) {
    site_.push();
    site_.wait_until_all_have_it();
    for (const char* name : {"kdc1", "kdc2"})
        site_.realm.must({"start-kdc", name});
    EXPECT_EQ(probe_one("kdc1").at("outcome"), "unproven") << "the journal of a first dump is empty";

    site_.realm.kadmin({"cpw", "-randkey", "user00001"});
    site_.push();
    const auto status = site_.wait_until_all_have_it();
    for (const auto& answer : probe()) {
        EXPECT_EQ(answer.at("outcome"), "serves") << answer;
        EXPECT_EQ(answer.at("serial"), status.at("serial")) << answer;
        EXPECT_EQ(answer.at("principal"), "user00001@KPROPGW.TEST");
        EXPECT_EQ(answer.at("kvno"), 2);
        EXPECT_EQ(answer.at("enctype"), "aes256-cts-hmac-sha1-96");
        EXPECT_EQ(answer.at("transport"), "udp");
    }

    site_.realm.kadmin({"delprinc", "-force", "user00002"});
    site_.push();
    site_.wait_until_all_have_it();
    const auto gone = probe_one("kdc1");
    EXPECT_EQ(gone.at("outcome"), "serves") << gone;
    EXPECT_EQ(gone.at("principal"), "user00002@KPROPGW.TEST");
    EXPECT_FALSE(gone.contains("kvno"));
}

TEST_F(Probe, TellsAKdcThatServesAnotherDatabase) {
    site_.push();
    site_.wait_until_all_have_it();
    site_.realm.must({"start-kdc", "kdc1"});
    site_.realm.must({"start-kdc", "kdc2"});
    site_.realm.kadmin({"cpw", "-randkey", "user00001"});
    site_.push();
    const auto status = site_.wait_until_all_have_it();
    const auto proven = probe();
    EXPECT_EQ(proven.at(0).at("outcome"), "serves") << proven;

    // What a restored snapshot of a machine does: the gateway knows that the newest was loaded, and it is not there.
    const auto old = site_.realm.directory() / "old.dump";
    site_.realm.must({"dump-of", "kdc1", "r1_11", old.string()});
    site_.realm.kadmin({"cpw", "-randkey", "user00001"});
    site_.push();
    site_.wait_until_all_have_it();
    ASSERT_TRUE(site_.realm.run_as("kdc1", {"kdb5_util", "load", old.string()}).ok());
    const auto stale = probe_one("kdc1");
    EXPECT_EQ(stale.at("outcome"), "stale") << stale;
    EXPECT_EQ(stale.at("lacks"), status.at("serial").get<int>() + 1);
    EXPECT_EQ(stale.at("kvno"), 2);
    EXPECT_EQ(stale.at("registry_kvno"), 3);
    EXPECT_EQ(probe_one("kdc2").at("outcome"), "serves");
    const Finished words = site_.gateway().command({"probe", Realm::host_name("kdc1")});
    EXPECT_EQ(words.status, 69);
    EXPECT_NE(words.output.find("kdc1.kpropgw.test: stale, lacks serial"), std::string::npos) << words.output;
}

TEST_F(Probe, SaysWhyItCannotAsk) {
    site_.push();
    site_.wait_until_all_have_it();
    site_.realm.kadmin({"cpw", "-randkey", "user00001"});
    site_.push();
    site_.wait_until_all_have_it();
    const auto down = probe_one("kdc1");
    EXPECT_EQ(down.at("outcome"), "failed");
    EXPECT_NE(down.at("text").get<std::string>().find("is krb5kdc running there?"), std::string::npos) << down;
    const Finished unknown = site_.gateway().command({"probe", "kdc9.kpropgw.test"});
    EXPECT_EQ(unknown.status, 66) << unknown.errors;
    EXPECT_NE(unknown.errors.find("\"kdc9.kpropgw.test\" is no secondary"), std::string::npos);
}

TEST_F(Probe, AsksForThePrincipalThatIsNamed) {
    site_.push();
    site_.wait_until_all_have_it();
    site_.realm.must({"start-kdc", "kdc1"});
    const auto answer = probe({Realm::host_name("kdc1"), "--principal", "user00003@KPROPGW.TEST"}).at(0);
    EXPECT_EQ(answer.at("outcome"), "serves") << answer;
    EXPECT_FALSE(answer.contains("serial")) << "what changed before the journal begins proves no serial";
    EXPECT_EQ(answer.at("kvno"), 1);
    const Finished locked = site_.gateway().command({"probe", "--principal", "K/M@KPROPGW.TEST"});
    EXPECT_NE(locked.status, 0);
    EXPECT_NE(locked.errors.find("no KDC gives tickets for"), std::string::npos) << locked.errors;
    const Finished nobody = site_.gateway().command({"probe", "--principal", "nobody@KPROPGW.TEST"});
    EXPECT_EQ(nobody.status, 66) << nobody.errors;
}

TEST(ProbeInterval, TellsByItselfThatAKdcIsStale) {
    Site site({{.name = "kdc1"}}, {.settings = {{"probe.interval", "1s"}}});
    site.push();
    site.wait_until_all_have_it();
    site.realm.must({"start-kdc", "kdc1"});
    const auto old = site.realm.directory() / "old.dump";
    site.realm.must({"dump-of", "kdc1", "r1_11", old.string()});
    site.realm.kadmin({"cpw", "-randkey", "user00001"});
    site.push();
    site.wait_until_all_have_it();
    ASSERT_TRUE(site.realm.run_as("kdc1", {"kdb5_util", "load", old.string()}).ok());
    site.gateway().wait_until("the log tells it",
                              [&](const auto&) { return site.gateway().logged("event=kdc-stale") == 1; });
}

}  // namespace
}  // namespace kpropgw::testing
