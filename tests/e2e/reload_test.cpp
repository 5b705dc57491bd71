// A reload puts everything that changed in force, or nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sysexits.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Reload : public ::testing::Test {
protected:
    Site site{{{"kdc1"}, {"kdc2"}}, {.settings = {{"prop_interval", "1h"}}}};

    std::string configured() const {
        std::ifstream in{site.gateway().configuration()};
        return {std::istreambuf_iterator<char>{in}, {}};
    }
    void configure(const std::string& text) const { std::ofstream{site.gateway().configuration()} << text; }

    /// The line of an option, whatever it was, becomes this.
    void set(const std::string& key, const std::string& value) const {
        std::string text = configured();
        const auto begin = text.find("    " + key + " = ");
        ASSERT_NE(begin, text.npos);
        text.replace(begin, text.find('\n', begin) - begin, "    " + key + " = " + value);
        configure(text);
    }

    /// Of [secondary], besides what stands there.
    void set_for(const std::string& host, const std::string& setting) const {
        std::string text = configured();
        const std::string begin = Realm::host_name(host) + " = {";
        ASSERT_NE(text.find(begin), text.npos);
        configure(text.replace(text.find(begin), begin.size(), begin + ' ' + setting + ','));
    }
    void remove(const std::string& host) const {
        std::string text = configured();
        const auto begin = text.find("    " + Realm::host_name(host));
        configure(text.erase(begin, text.find('\n', begin) + 1 - begin));
    }

    Finished reload() const { return site.gateway().command({"reload"}); }

    void expect_change(const std::string& change) const {
        const auto done = reload();
        EXPECT_EQ(done.status, EX_OK) << describe({"reload"}, done);
        EXPECT_THAT(done.output, HasSubstr(change));
    }
    void expect_refusal(const ::testing::Matcher<std::string>& problems) const {
        const auto done = reload();
        EXPECT_EQ(done.status, EX_CONFIG) << describe({"reload"}, done);
        EXPECT_THAT(done.errors, AllOf(problems, HasSubstr("kpropgw: nothing was changed\n")));
        EXPECT_EQ(done.output, "");
    }
};

TEST_F(Reload, ChangesTheIntervalOfARunningGateway) {
    site.push();
    std::this_thread::sleep_for(2s);
    EXPECT_NE(secondary(site.gateway().status(), "kdc1").at("behind"), 0);
    set("prop_interval", "1s");
    expect_change("[gateway] prop_interval: 1s, was 1h\n");
    site.wait_until_all_have_it();
    site.expect_all_equal();
    EXPECT_EQ(reload().output, "nothing has changed\n");
}

TEST_F(Reload, TakesUpWhatIsSetForASecondary) {
    set("prop_interval", "1s");
    set_for("kdc2", "dump = r13");
    expect_change("[secondary] kdc2.kpropgw.test dump: r13, was learned\n");
    site.push();
    const auto status = site.wait_until_all_have_it();
    EXPECT_EQ(text(secondary(status, "kdc2"), "dump_version"), "r13");
    EXPECT_EQ(text(secondary(status, "kdc1"), "dump_version"), "r1_11");
}

TEST_F(Reload, TakesUpTheServersAndTheLogLevel) {
    site.gateway().write_acl(site.gateway().acl_text({{"kdc1"}}));
    remove("kdc2");
    configure(configured() + "[log]\n    level = warning\n");
    const auto done = reload();
    EXPECT_EQ(done.status, EX_OK) << describe({"reload"}, done);
    EXPECT_THAT(done.output,
                AllOf(HasSubstr("[log] level: warning, was info\n"), HasSubstr("kpropd.acl: 2 servers\n")));
    EXPECT_EQ(site.gateway().status().at("secondaries").size(), 1u);
    site.push();
    EXPECT_EQ(site.gateway().logged("push-taken"), 0);
}

TEST_F(Reload, TellsEveryProblemOfEveryFileAndChangesNothing) {
    const std::string good = configured();
    set("prop_interval", "1s");
    set("retry_max", "often");
    configure(configured() + "[gateway]\n    prop_intervall = 5m\n");
    const auto acl = site.gateway().acl_text(site.secondaries);
    site.gateway().write_acl("primary.kpropgw.test Primray\n");
    const auto keytab = site.realm.home_of("gateway") / "keytab";
    std::filesystem::rename(keytab, keytab.string() + ".away");
    expect_refusal(AllOf(HasSubstr("retry_max: \"often\""), HasSubstr("did you mean \"prop_interval\"?"),
                         HasSubstr("kpropd.acl:1:22"), HasSubstr("keytab")));
    EXPECT_GE(site.gateway().logged("reload-refused"), 4);
    std::filesystem::rename(keytab.string() + ".away", keytab);

    // Not even what was right of it came into force.
    configure(good);
    site.push();
    std::this_thread::sleep_for(2s);
    const auto status = site.gateway().status();
    EXPECT_EQ(status.at("secondaries").size(), 2u);
    EXPECT_NE(secondary(status, "kdc1").at("behind"), 0);
}

TEST_F(Reload, RefusesWhatTakesARestart) {
    set("prop_interval", "1s");
    set("realm", "OTHER.TEST");
    set("store", "lmdb:elsewhere");
    expect_refusal(AllOf(HasSubstr("[gateway] realm: OTHER.TEST, was KPROPGW.TEST; restart to change it\n"),
                         HasSubstr("[gateway] store: lmdb:"), Not(HasSubstr("prop_interval"))));
    set("realm", "KPROPGW.TEST");
    set("store", "lmdb:store");
    expect_change("[gateway] prop_interval: 1s, was 1h\n");
}

TEST_F(Reload, RefusesASecondaryThatIsNoServer) {
    configure(configured() + "[secondary]\n    kdc9.kpropgw.test = { dump = r13 }\n");
    expect_refusal(HasSubstr("[secondary] kdc9.kpropgw.test: is no server of "));
}

TEST_F(Reload, IsWhatAHangupMeans) {
    set("prop_interval", "1s");
    const auto pid = std::stoi(site.realm.must({"pid", "gateway", "kpropgw"}));
    ASSERT_EQ(::kill(pid, SIGHUP), 0);
    site.push();
    site.wait_until_all_have_it();
    set("prop_interval", "sometimes");
    ASSERT_EQ(::kill(pid, SIGHUP), 0);
    for (int looks = 0; site.gateway().logged("reload-refused") == 0; ++looks) {
        ASSERT_LT(looks, 300);
        std::this_thread::sleep_for(20ms);
    }
}

TEST_F(Reload, OfAGatewayThatDoesNotRunSaysSo) {
    site.gateway().stop();
    EXPECT_EQ(reload().status, EX_UNAVAILABLE);
    set("prop_interval", "never");
    const auto done = reload();
    EXPECT_EQ(done.status, EX_CONFIG);
    EXPECT_THAT(done.errors, AllOf(HasSubstr("prop_interval: \"never\""), HasSubstr("no gateway answers")));
}

}  // namespace
}  // namespace kpropgw::testing
