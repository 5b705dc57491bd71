// source = iprop:HOST: an unmodified kadmind is followed as one of its replicas.
#include <gtest/gtest.h>

#include <fstream>

#include "support/changes.hpp"
#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

using namespace std::chrono_literals;

std::string first_word(const std::filesystem::path& path) {
    std::string word;
    std::ifstream(path) >> word;
    return word;
}

/// A realm whose kadmind sends full resyncs to the gateway's port, and a gateway that asks it so often.
class Followed {
public:
    explicit Followed(std::vector<Secondary> secondaries, const std::string& poll = "100ms")
        : site(std::move(secondaries), options(poll)) {
        const auto home = site.realm.home_of("primary");
        site.realm.must({"start", "--kadmind", first_word(site.realm.home_of("gateway") / "port")});
        // The port is known only now.
        std::ofstream(site.gateway().configuration(), std::ios::app)
            << "[gateway]\n    source = iprop:" << Realm::host_name("primary") << ":" << first_word(home / "iprop_port")
            << "\n";
        site.gateway().start();
    }

    Site site;

private:
    static Site::Options options(const std::string& poll) {
        Site::Options options;
        options.settings = {{"iprop_poll", poll}, {"prop_interval", "1s"}};
        options.start_gateway = false;
        options.iprop = true;
        return options;
    }
};

/// What MIT's log leaves out, and no replica of it ever gets.
bool is_left_out(const KindOfChange& kind) {
    return kind.name == "expiry after 2038" || kind.name == "password expiry after 2038" ||
           kind.name == "keys under the new master key";
}

TEST(FollowIprop, EveryKindOfChangeThatTheLogSaysArrivesEverywhereAndTheGatewayWarnsOfTheOthers) {
    const Followed followed({{"kdc1", "Update"}, {"kdc2"}, {"kdc3", "Compat"}});
    const Site& site = followed.site;
    site.expect_all_to_become_equal();
    for (const KindOfChange& kind : kinds_of_change()) {
        SCOPED_TRACE(kind.name);
        const std::size_t said = site.gateway().log().size();
        make(kind, site.realm);
        if (is_left_out(kind)) {
            site.gateway().wait_until("the gateway warns", [&](const nlohmann::json&) {
                return site.gateway().log().find("event=source-hides", said) != std::string::npos;
            });
            ASSERT_TRUE(site.realm.run_as("primary", {"kproplog", "-R"}).ok());
        }
        site.expect_all_to_become_equal();
        ASSERT_FALSE(::testing::Test::HasFailure());
    }
    EXPECT_EQ(site.gateway().log().find("event=source-failed"), std::string::npos);
}

TEST(FollowIprop, ARefreshBringsAtOnceWhatThePollWouldBringLater) {
    const Followed followed({{"kdc1", "Update"}}, "1h");
    const Site& site = followed.site;
    site.expect_all_to_become_equal();
    const auto refresh = [&](int status) {
        auto finished = site.gateway().command({"refresh"});
        EXPECT_EQ(finished.status, status) << describe({"refresh"}, finished);
        return finished;
    };
    const auto serial = [&] { return site.gateway().status().at("serial").get<int>(); };
    refresh(0);
    const int before = serial();
    EXPECT_TRUE(refresh(0).output.ends_with(": nothing new, serial " + std::to_string(before) + "\n"));
    site.realm.kadmin({"cpw", "-pw", "Second-password-2", "user00001"});
    const auto news = refresh(0).output;
    EXPECT_EQ(serial(), before + 1);
    EXPECT_TRUE(news.ends_with(": serial " + std::to_string(before) + " to " + std::to_string(before + 1) + "\n"))
        << news;
    site.expect_all_to_become_equal();

    const auto kadmind = site.realm.must({"pid", "primary", "kadmind"});
    ASSERT_TRUE(run({"kill", kadmind}).ok());
    const auto away = refresh(69);
    EXPECT_EQ(away.errors.find("kpropgw: iprop:primary.kpropgw.test"), 0u) << away.errors;
}

}  // namespace
}  // namespace kpropgw::testing
