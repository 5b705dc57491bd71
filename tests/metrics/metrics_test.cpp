#include "gateway/metrics/metrics.hpp"

#include <gmock/gmock.h>

#include <thread>
#include <vector>

#include "gateway/metrics/exposition.hpp"

using ::testing::HasSubstr;
using ::testing::Not;

namespace kpropgw::metrics {
namespace {

using namespace std::chrono_literals;

constexpr Cause not_the_primary{"not-the-primary", "", "", ""};
const Error why = Error(Errc::denied, "host/evil@X.COM is not the primary").because(not_the_primary);

std::string text_of(const Metrics& counted) {
    Exposition out;
    out.add(counted);
    return std::move(out).text();
}

TEST(Metrics, CountsDumpsByRoleAndOutcome) {
    Metrics counted;
    counted.dump_sent("Compat", 1000);
    counted.dump_confirmed("Compat", 700ms);
    counted.dump_sent("Compat", 500);
    counted.dump_failed("Compat", why);
    const std::string text = text_of(counted);
    EXPECT_THAT(text, HasSubstr("propagations_total{kind=\"full\",outcome=\"confirmed\",role=\"Compat\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("propagations_total{kind=\"full\",outcome=\"failed\",role=\"Compat\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("propagations_total{kind=\"full\",outcome=\"confirmed\",role=\"Replace\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("sent_bytes_total{kind=\"full\",role=\"Compat\"} 1500\n"));
    EXPECT_THAT(text, HasSubstr("duration_seconds_bucket{role=\"Compat\",le=\"0.5\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("duration_seconds_bucket{role=\"Compat\",le=\"1\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("duration_seconds_sum{role=\"Compat\"} 0.7"));
    EXPECT_THAT(text, HasSubstr("kpropgw_failures_total{door=\"propagation\",reason=\"not-the-primary\"} 1\n"));
}

TEST(Metrics, CountsUpdatesAndWhatTheyCost) {
    Metrics counted;
    counted.updates_sent(300);
    counted.updates_confirmed();
    counted.confirmed_after("Update", 20ms);
    counted.update_refused();
    counted.resync_granted();
    const std::string text = text_of(counted);
    EXPECT_THAT(text, HasSubstr("propagations_total{kind=\"update\",outcome=\"confirmed\",role=\"Update\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("propagations_total{kind=\"update\",outcome=\"failed\",role=\"Update\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("sent_bytes_total{kind=\"update\",role=\"Update\"} 300\n"));
    EXPECT_THAT(text, HasSubstr("delay_seconds_bucket{role=\"Update\",le=\"0.05\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("\nkpropgw_resyncs_granted_total 1\n"));
}

TEST(Metrics, HoldsADumpUntilThePushAfterItIsTaken) {
    Metrics counted;
    counted.dump_held();
    counted.push_refused(why);
    EXPECT_THAT(text_of(counted), HasSubstr("\nkpropgw_dump_held 1\n"));
    counted.push_taken(4096, 2s);
    counted.changes_taken(3, 2, 1);
    const std::string text = text_of(counted);
    EXPECT_THAT(text, HasSubstr("\nkpropgw_dump_held 0\n"));
    EXPECT_THAT(text, HasSubstr("pushes_total{outcome=\"refused\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("pushes_total{outcome=\"taken\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("received_bytes_total 4096\n"));
    EXPECT_THAT(text, HasSubstr("changes_taken_total{operation=\"add\"} 3\n"));
    EXPECT_THAT(text, HasSubstr("changes_taken_total{operation=\"remove\"} 1\n"));
}

TEST(Metrics, CountsFollowersWhileTheyAreConnected) {
    Metrics counted;
    {
        const Metrics::Follower one(counted);
        const Metrics::Follower two(counted);
        EXPECT_THAT(text_of(counted), HasSubstr("\nkpropgw_followers_connected 2\n"));
    }
    EXPECT_THAT(text_of(counted), HasSubstr("\nkpropgw_followers_connected 0\n"));
}

TEST(Metrics, CountsFailuresByTheDoorAndTheirCause) {
    Metrics counted;
    counted.push_refused(why);
    counted.follower_refused(why);
    counted.follower_refused(why);
    counted.source_failed(Error(Errc::unavailable, "connection refused"));
    const std::string text = text_of(counted);
    EXPECT_THAT(text, HasSubstr("\nkpropgw_followers_refused_total 2\n"));
    EXPECT_THAT(text, HasSubstr("kpropgw_failures_total{door=\"push\",reason=\"not-the-primary\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("kpropgw_failures_total{door=\"follower\",reason=\"not-the-primary\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("kpropgw_failures_total{door=\"source\",reason=\"other\"} 1\n"));
    EXPECT_THAT(text, Not(HasSubstr("evil"))) << "what a peer says is no label";
}

TEST(Metrics, CountsOrdersByTheClassOfTheirAnswer) {
    Metrics counted;
    for (const unsigned status : {200u, 204u, 403u, 503u, 100u, 0u, 999u})
        counted.control_request(status);
    const std::string text = text_of(counted);
    EXPECT_THAT(text, HasSubstr("requests_total{code=\"2xx\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("requests_total{code=\"4xx\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("requests_total{code=\"5xx\"} 1\n"));
}

TEST(Metrics, ARoleThatIsSentNothingIsNotCounted) {
    Metrics counted;
    counted.dump_sent("Primary", 1);
    counted.dump_confirmed("Primary", 1s);
    counted.confirmed_after("", 1s);
    EXPECT_THAT(text_of(counted), Not(HasSubstr("Primary")));
}

TEST(Metrics, LosesNothingThatManyThreadsCount) {
    Metrics counted;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int n = 0; n < 1000; ++n) {
                counted.updates_confirmed();
                counted.confirmed_after("Update", 1ms);
                counted.push_refused(why);
                const Metrics::Follower follower(counted);
            }
        });
    }
    for (int n = 0; n < 20; ++n)
        text_of(counted);
    for (std::thread& thread : threads)
        thread.join();
    const std::string text = text_of(counted);
    EXPECT_THAT(text, HasSubstr("outcome=\"confirmed\",role=\"Update\"} 4000\n"));
    EXPECT_THAT(text, HasSubstr("delay_seconds_count{role=\"Update\"} 4000\n"));
    EXPECT_THAT(text, HasSubstr("pushes_total{outcome=\"refused\"} 4000\n"));
    EXPECT_THAT(text, HasSubstr("\nkpropgw_followers_connected 0\n"));
}

}  // namespace
}  // namespace kpropgw::metrics
