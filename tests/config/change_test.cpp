#include "gateway/config/change.hpp"

#include <gmock/gmock.h>

#include "gateway/config/options.hpp"
#include "tests/config/fixture.hpp"

namespace kpropgw::config {
namespace {

using ::testing::ElementsAre;
using namespace std::chrono_literals;

std::vector<std::string> texts(const std::vector<Change>& changes) {
    std::vector<std::string> texts;
    for (const Change& change : changes)
        texts.push_back(to_text(change) + (change.live ? "" : " (restart)"));
    return texts;
}

class ConfigChange : public ConfigFile {
protected:
    Config config(const std::string& text) {
        const auto reading = read(text);
        EXPECT_THAT(reading.problems, ElementsAre());
        return *reading.config;
    }
};

TEST_F(ConfigChange, NamesEachOptionWithBothValues) {
    const Config before = config("[gateway]\nrealm = A.TEST\nprop_interval = 5m\n[log]\nlevel = info\n");
    const Config after = config("[gateway]\nrealm = B.TEST\nprop_interval = 120\n[log]\nlevel = debug\n");
    EXPECT_THAT(texts(changes(before, after)),
                ElementsAre("[gateway] realm: B.TEST, was A.TEST (restart)", "[gateway] prop_interval: 2m, was 5m",
                            "[log] level: debug, was info"));
    EXPECT_THAT(changes(after, after), ElementsAre());
}

TEST_F(ConfigChange, NamesWhatIsNotSetAsTheManualDoes) {
    const Config before = config("[gateway]\nrealm = A.TEST\n");
    const Config after = config("[gateway]\nhost = gateway.test\n");
    EXPECT_THAT(texts(changes(before, after)),
                ElementsAre("[gateway] realm: libkrb5's default realm, was A.TEST (restart)",
                            "[gateway] host: gateway.test, was the machine's canonical name (restart)"));
}

TEST_F(ConfigChange, ComparesSecondariesByTheirOptions) {
    const Config before = config("[secondary]\nkdc1.test = { dump = r13 }\nkdc2.test = { min_rate = 1K }\n");
    const Config after = config("[secondary]\nkdc2.test = { min_rate = 2K }\nkdc3.test = { update_compat = yes }\n");
    EXPECT_THAT(texts(changes(before, after)), ElementsAre("[secondary] kdc1.test dump: learned, was r13",
                                                           "[secondary] kdc2.test min_rate: 2K, was 1K",
                                                           "[secondary] kdc3.test update_compat: yes, was no"));
}

TEST_F(ConfigChange, TakesOverWhatIsLiveAndNothingElse) {
    Config in_force = config("[gateway]\nrealm = A.TEST\n[secondary]\nkdc1.test = { dump = r13 }\n");
    const char* const realm = in_force.realm.data();
    const Config wanted = config(
        "[gateway]\nrealm = B.TEST\nprop_interval = 7s\nmax_followers = 3\n"
        "[secondary]\nkdc2.test = { dump = compat }\n[log]\nlevel = error\n");
    take_live(wanted, in_force);
    for (const Change& change : changes(in_force, wanted))
        EXPECT_FALSE(change.live) << change.option;
    EXPECT_EQ(in_force.realm, "A.TEST");
    EXPECT_EQ(in_force.realm.data(), realm);
    EXPECT_EQ(in_force.prop_interval, 7s);
    EXPECT_EQ(in_force.max_followers, 3u);
    EXPECT_EQ(in_force.log_level, "error");
    EXPECT_EQ(in_force.secondaries, wanted.secondaries);
}

TEST_F(ConfigChange, EveryOptionOfASecondaryIsLive) {
    // take_live() takes them all.
    for (const Option& option : options()) {
        EXPECT_TRUE(option.live || option.section != "secondary") << option.key;
    }
}

TEST_F(ConfigChange, AFileWithProblemsStillSaysWhereItsGatewayListens) {
    const auto reading = read("[gateway]\ncontrol = here.sock\nprop_intervall = 5m\n");
    EXPECT_FALSE(reading.config);
    EXPECT_EQ(reading.control_socket, directory_ + "/here.sock");
    EXPECT_EQ(read("[gateway\n").control_socket, "/run/kpropgw/control.sock");
}

}  // namespace
}  // namespace kpropgw::config
