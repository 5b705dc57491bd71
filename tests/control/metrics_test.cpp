#include "gateway/control/metrics.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <iostream>

#include "gateway/core/secondary_state.hpp"
#include "tests/control/fixture.hpp"

using ::testing::HasSubstr;
using ::testing::Not;

namespace kpropgw::control {
namespace {

std::string text_of(const Result<Status>& status) {
    return metrics_text(status, metrics::Metrics(), Time(std::chrono::seconds(1763712000)));
}

TEST(MetricsText, SaysWhatStatusSays) {
    Status status = full_status();
    status.secondaries[0].kdc_problem = "it answers by an older key";
    const std::string text = text_of(status);
    for (const char* line : {
             "kpropgw_build_info{version=\"0.1.0\"} 1\n",
             "\nkpropgw_serial 42\n",
             "\nkpropgw_journal_low_serial 7\n",
             "\nkpropgw_principals 12\n",
             "\nkpropgw_policies 2\n",
             "\nkpropgw_acl_broken 1\n",
             "kpropgw_secondary_state{secondary=\"a.example.com\",role=\"Replace\",state=\"healthy\"} 1\n",
             "kpropgw_secondary_state{secondary=\"a.example.com\",role=\"Replace\",state=\"failing\"} 0\n",
             "kpropgw_secondary_state{secondary=\"b.example.com\",role=\"Compat\",state=\"failing\"} 1\n",
             "kpropgw_secondary_state{secondary=\"c.example.com\",role=\"Update\",state=\"needs-full\"} 1\n",
             "\nkpropgw_journal_size_bytes 12345\n",
             "kpropgw_source_info{kind=\"iprop\"} 1\n",
             "\nkpropgw_source_failing 1\n",
             "kpropgw_secondary_lag_changes{secondary=\"b.example.com\",role=\"Compat\",reach=\"stored\"} 2\n",
             "kpropgw_secondary_lag_changes{secondary=\"b.example.com\",role=\"Compat\",reach=\"sent\"} 1\n",
             "kpropgw_secondary_lag_seconds{secondary=\"a.example.com\",role=\"Replace\",reach=\"stored\"} 0\n",
             "kpropgw_secondary_lag_seconds{secondary=\"b.example.com\",role=\"Compat\",reach=\"stored\"} 720\n",
             "kpropgw_secondary_lag_seconds{secondary=\"b.example.com\",role=\"Compat\",reach=\"sent\"} 180\n",
             "kpropgw_secondary_lag_seconds{secondary=\"a.example.com\",role=\"Replace\",reach=\"proven\"} 180\n",
             "kpropgw_secondary_sending{secondary=\"c.example.com\",role=\"Update\"} 1\n",
             "kpropgw_secondary_kdc_stale{secondary=\"a.example.com\",role=\"Replace\"} 1\n",
             "kpropgw_secondary_kdc_stale{secondary=\"b.example.com\",role=\"Compat\"} 0\n",
             "\nprocess_start_time_seconds 1763712000\n",
             "\nkpropgw_pushes_total{outcome=\"taken\"} 0\n",
         }) {
        EXPECT_THAT(text, HasSubstr(line));
    }
}

TEST(MetricsText, SaysNothingOfWhatIsNotKnown) {
    Status status = full_status();
    status.last_push.reset();
    const std::string text = text_of(status);
    EXPECT_THAT(text, Not(HasSubstr("kpropgw_source_last_taken")));
    EXPECT_THAT(text, Not(HasSubstr("last_success_timestamp_seconds{secondary=\"c.example.com\"")));
    EXPECT_THAT(text, Not(HasSubstr("lag_seconds{secondary=\"c.example.com\""))) << "the journal does not know it";
    EXPECT_THAT(text, Not(HasSubstr("{secondary=\"b.example.com\",role=\"Compat\",reach=\"proven\"}")));
}

TEST(MetricsText, AClockThatWentBackMakesNoNegativeLag) {
    Status status = full_status();
    status.now = *status.secondaries[1].behind_since - std::chrono::hours(1);
    EXPECT_THAT(text_of(status),
                HasSubstr("lag_seconds{secondary=\"b.example.com\",role=\"Compat\",reach=\"stored\"} 0\n"));
}

TEST(MetricsText, ASecondaryThatLeftTheFileIsGone) {
    Status status = full_status();
    status.secondaries.erase(status.secondaries.begin() + 1);
    EXPECT_THAT(text_of(status), Not(HasSubstr("b.example.com")));
}

TEST(MetricsText, EveryStateIsOneOfTheSet) {
    for (int number = 0; number <= static_cast<int>(core::SecondaryState::failing); ++number) {
        Status status = full_status();
        status.secondaries[0].state = core::to_text(static_cast<core::SecondaryState>(number));
        EXPECT_THAT(text_of(status), HasSubstr("{secondary=\"a.example.com\",role=\"Replace\",state=\"" +
                                               status.secondaries[0].state + "\"} 1\n"));
    }
}

TEST(MetricsText, WithoutAStatusTheCountersAreStillThere) {
    const std::string text = text_of(Error(Errc::corrupt, "the store cannot be read"));
    EXPECT_THAT(text, HasSubstr("\nkpropgw_pushes_total{outcome=\"taken\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("\nprocess_open_fds "));
    EXPECT_THAT(text, Not(HasSubstr("kpropgw_serial")));
}

TEST(MetricsText, OfAThousandSecondariesIsMadeInMilliseconds) {
    Status status = full_status();
    const SecondaryStatus one = status.secondaries[1];
    for (int i = 0; i < 1000; ++i) {
        status.secondaries.push_back(one);
        status.secondaries.back().host = "kdc" + std::to_string(i) + ".emea.example.com";
    }
    const auto begun = std::chrono::steady_clock::now();
    const std::string text = text_of(status);
    const auto took = std::chrono::steady_clock::now() - begun;
    EXPECT_GT(text.size(), 1000u * 10 * 60);
    std::cout << text.size() << " bytes in " << std::chrono::duration<double, std::milli>(took).count() << " ms\n";
}

}  // namespace
}  // namespace kpropgw::control
