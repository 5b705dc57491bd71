// What a gateway between real MIT programs tells Prometheus.
#include <gmock/gmock.h>

#include <fstream>
#include <regex>
#include <thread>

#include "support/site.hpp"
#include "tests/metrics/scrape.hpp"

namespace kpropgw::testing {
namespace {

using ::testing::Ge;
using ::testing::Gt;
using ::testing::IsEmpty;
using ::testing::Optional;
using Labels = Scrape::Labels;

Labels of(std::string_view host, std::string_view role, Labels more = {}) {
    more.merge(Labels{{"secondary", Realm::host_name(host)}, {"role", std::string(role)}});
    return more;
}

Labels full(std::string_view role, std::string_view outcome) {
    return {{"role", std::string(role)}, {"kind", "full"}, {"outcome", std::string(outcome)}};
}

/// One that fails, and two that have it all.
class MetricsLive : public ::testing::Test {
protected:
    MetricsLive() {
        site.push();
        site.wait_until_all_have_it();
        site.gateway().wait_until("kdc3 has failed", [](const nlohmann::json& status) {
            return text(secondary(status, "kdc3"), "state") == "failing";
        });
    }

    void push_without_master_key() const {
        const auto good = site.realm.dump_of("primary", version::r1_11);
        const auto at = good.find("\tK/M@");
        const auto start = good.rfind('\n', at) + 1;
        const auto file = (site.realm.directory() / "bad").string();
        std::ofstream{file} << good.substr(0, start) << good.substr(good.find('\n', at) + 1);
        EXPECT_FALSE(site.try_push({file}).ok());
    }

    Site site{{{"kdc1"}, {"kdc2", "Compat"}, {"kdc3", "Replace", "", "", false}}};
};

TEST_F(MetricsLive, SaysAfterAPushWhatBecameOfIt) {
    const auto status = site.gateway().status();
    const Scrape scrape(site.realm);
    EXPECT_EQ(scrape.content_type(), "text/plain; version=0.0.4; charset=utf-8");
    EXPECT_THAT(scrape.value("kpropgw_pushes_total", {{"outcome", "taken"}}), Optional(1));
    EXPECT_THAT(scrape.value("kpropgw_push_received_bytes_total"), Optional(Gt(1000)));
    EXPECT_THAT(scrape.value("kpropgw_push_duration_seconds_count"), Optional(1));
    EXPECT_THAT(scrape.value("kpropgw_changes_taken_total", {{"operation", "add"}}),
                Optional(status.at("principals").get<double>() + status.at("policies").get<double>()));
    EXPECT_THAT(scrape.value("kpropgw_principals"), Optional(status.at("principals").get<double>()));
    EXPECT_THAT(scrape.value("kpropgw_serial"), Optional(status.at("serial").get<double>()));

    EXPECT_THAT(scrape.value("kpropgw_propagations_total", full("Replace", "confirmed")), Optional(1));
    EXPECT_THAT(scrape.value("kpropgw_propagations_total", full("Compat", "confirmed")), Optional(1));
    EXPECT_THAT(scrape.value("kpropgw_propagations_total", full("Replace", "failed")), Optional(Ge(1)));
    EXPECT_THAT(scrape.value("kpropgw_propagations_total", full("Compat", "failed")), Optional(0));
    EXPECT_THAT(scrape.value("kpropgw_propagation_sent_bytes_total", {{"role", "Compat"}, {"kind", "full"}}),
                Optional(Gt(1000)));
    EXPECT_THAT(scrape.value("kpropgw_full_propagation_duration_seconds_count", {{"role", "Replace"}}), Optional(1));
    EXPECT_THAT(scrape.value("kpropgw_propagation_delay_seconds_count", {{"role", "Compat"}}), Optional(1));

    const Labels stored{{"reach", "stored"}};
    EXPECT_THAT(scrape.value("kpropgw_secondary_state", of("kdc1", "Replace", {{"state", "healthy"}})), Optional(1));
    EXPECT_THAT(scrape.value("kpropgw_secondary_lag_changes", of("kdc1", "Replace", stored)), Optional(0));
    EXPECT_THAT(scrape.value("kpropgw_secondary_lag_seconds", of("kdc2", "Compat", stored)), Optional(0));
    EXPECT_THAT(scrape.value("kpropgw_secondary_state", of("kdc3", "Replace", {{"state", "failing"}})), Optional(1));
    EXPECT_THAT(scrape.value("kpropgw_secondary_lag_changes", of("kdc3", "Replace", stored)),
                Optional(status.at("serial").get<double>()));
    EXPECT_THAT(scrape.value("kpropgw_control_requests_total", {{"code", "2xx"}}), Optional(Gt(0)));
}

TEST_F(MetricsLive, TheLagOfOneThatIsDownGrowsWithTime) {
    site.realm.must({"stop-kpropd", "kdc2"});
    site.realm.kadmin({"cpw", "-pw", "Second-password-2", "user00001"});
    site.push();
    const Labels kdc2 = of("kdc2", "Compat", {{"reach", "stored"}});
    const Scrape early(site.realm);
    EXPECT_THAT(early.value("kpropgw_secondary_lag_changes", kdc2), Optional(1));
    std::this_thread::sleep_for(std::chrono::milliseconds(1200));
    const Scrape late(site.realm);
    const auto before = early.value("kpropgw_secondary_lag_seconds", kdc2);
    ASSERT_TRUE(before);
    EXPECT_THAT(late.value("kpropgw_secondary_lag_seconds", kdc2), Optional(Gt(*before + 1)));
}

TEST_F(MetricsLive, ADumpThatIsHeldIsToldUntilAGoodOneComes) {
    EXPECT_THAT(Scrape(site.realm).value("kpropgw_dump_held"), Optional(0));
    push_without_master_key();
    const Scrape held(site.realm);
    EXPECT_THAT(held.value("kpropgw_dump_held"), Optional(1));
    EXPECT_THAT(held.value("kpropgw_pushes_total", {{"outcome", "refused"}}), Optional(1));
    EXPECT_THAT(held.value("kpropgw_pushes_total", {{"outcome", "taken"}}), Optional(1));
    site.push();
    EXPECT_THAT(Scrape(site.realm).value("kpropgw_dump_held"), Optional(0));
}

TEST_F(MetricsLive, ASecondaryThatLeavesTheFileTakesItsSeriesAlong) {
    ASSERT_THAT(Scrape(site.realm).text(), ::testing::HasSubstr(Realm::host_name("kdc3")));
    site.gateway().write_acl(site.gateway().acl_text({{"kdc1"}, {"kdc2", "Compat"}}));
    site.gateway().wait_until("kdc3 is forgotten",
                              [](const nlohmann::json& status) { return status.at("secondaries").size() == 2; });
    EXPECT_THAT(Scrape(site.realm).text(), ::testing::Not(::testing::HasSubstr(Realm::host_name("kdc3"))));
}

TEST_F(MetricsLive, ExposesWhatTheManualListsAndNothingElse) {
    push_without_master_key();
    const Scrape scrape(site.realm);
    const auto printed = run({KPROPGW_BINARY, "manual", "metrics"}).output;
    const std::regex row("\\| `(\\w+)` \\| \\w+ \\| [^|]* \\| ([\\w, ]*) \\|");
    std::map<std::string, std::set<std::string>> listed;
    for (std::sregex_iterator each(printed.begin(), printed.end(), row), end; each != end; ++each) {
        const std::string labels = (*each)[2];
        auto& into = listed[(*each)[1]];
        const std::regex word("\\w+");
        for (std::sregex_iterator one(labels.begin(), labels.end(), word), none; one != none; ++one)
            into.insert(one->str());
    }
    // Of these the manual says that a source which pushes has none.
    listed.erase("kpropgw_source_last_asked_timestamp_seconds");
    EXPECT_EQ(scrape.names(), listed);
}

TEST_F(MetricsLive, PromtoolFindsNothingToSay) {
    push_without_master_key();
    const auto file = (site.realm.directory() / "scraped").string();
    std::ofstream{file} << Scrape(site.realm).text();
    const auto checked = run({"sh", "-c", "promtool check metrics <\"$0\"", file});
    EXPECT_EQ(checked.status, 0) << checked.errors;
    EXPECT_THAT(checked.output + checked.errors, IsEmpty());
}

TEST(MetricsOfUpdates, CountUpdatesAndTheResyncBeforeThem) {
    Site site{{{"kdc1", "Update"}}};
    site.push();
    site.wait_until_all_have_it();
    const Labels confirmed{{"role", "Update"}, {"kind", "update"}, {"outcome", "confirmed"}};
    const Scrape before(site.realm);
    EXPECT_THAT(before.value("kpropgw_propagations_total", full("Update", "confirmed")), Optional(Ge(1)));
    EXPECT_THAT(before.value("kpropgw_resyncs_granted_total"), Optional(Ge(1)));
    EXPECT_THAT(before.value("kpropgw_followers_connected"), Optional(1));
    const double updates = before.value("kpropgw_propagations_total", confirmed).value();
    const double bytes =
        before.value("kpropgw_propagation_sent_bytes_total", {{"role", "Update"}, {"kind", "update"}}).value();

    site.realm.kadmin({"cpw", "-pw", "Second-password-2", "user00001"});
    site.push();
    site.wait_until_all_have_it();
    const Scrape after(site.realm);
    EXPECT_THAT(after.value("kpropgw_propagations_total", confirmed), Optional(updates + 1));
    EXPECT_THAT(after.value("kpropgw_propagation_sent_bytes_total", {{"role", "Update"}, {"kind", "update"}}),
                Optional(Gt(bytes + 100)));
    EXPECT_THAT(after.value("kpropgw_propagation_delay_seconds_count", {{"role", "Update"}}), Optional(Ge(2)));
    EXPECT_THAT(after.value("kpropgw_secondary_lag_changes", of("kdc1", "Update", {{"reach", "stored"}})), Optional(0));
}

TEST(MetricsOfASource, TellWhetherItAnswers) {
    Site::Options options;
    options.settings = {{"iprop_poll", "100ms"}};
    options.start_gateway = false;
    options.iprop = true;
    Site site{{{"kdc1"}}, options};
    const auto word = [&](std::string_view host, const char* file) {
        std::string first;
        std::ifstream(site.realm.home_of(host) / file) >> first;
        return first;
    };
    std::ofstream(site.gateway().configuration(), std::ios::app)
        << "[gateway]\n    source = iprop:" << Realm::host_name("primary") << ':' << word("primary", "iprop_port")
        << '\n';
    site.gateway().start();
    site.gateway().wait_until("the source has failed", [](const nlohmann::json& status) {
        return !text(status.at("source"), "last_error").empty();
    });
    const Scrape without(site.realm);
    EXPECT_THAT(without.value("kpropgw_source_info", {{"kind", "iprop"}}), Optional(1));
    EXPECT_THAT(without.value("kpropgw_source_failing"), Optional(1));
    EXPECT_EQ(without.value("kpropgw_source_last_asked_timestamp_seconds"), std::nullopt);
    EXPECT_THAT(without.text(), ::testing::HasSubstr("\nkpropgw_failures_total{door=\"source\",reason=\""));

    site.realm.must({"start", "--kadmind", word("gateway", "port")});
    site.wait_until_all_have_it();
    site.gateway().wait_until("the source answers", [](const nlohmann::json& status) {
        return text(status.at("source"), "last_error").empty() && status.at("serial") > 0;
    });
    const Scrape with(site.realm);
    EXPECT_THAT(with.value("kpropgw_source_failing"), Optional(0));
    const double started = with.value("process_start_time_seconds").value();
    for (const char* time : {"asked", "change", "taken"}) {
        EXPECT_THAT(with.value("kpropgw_source_last_" + std::string(time) + "_timestamp_seconds"),
                    Optional(Gt(started)));
    }
}

}  // namespace
}  // namespace kpropgw::testing
