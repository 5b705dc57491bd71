#include "gateway/metrics/exposition.hpp"

#include <gmock/gmock.h>

#include "gateway/metrics/metrics.hpp"
#include "gateway/metrics/process.hpp"

using ::testing::HasSubstr;
using ::testing::Not;

namespace kpropgw::metrics {
namespace {

TEST(Exposition, SaysTheHelpAndTheTypeBeforeTheValues) {
    Exposition out;
    out.add(catalogue::serial, 42);
    EXPECT_EQ(std::move(out).text(),
              "# HELP kpropgw_serial Serial of the newest change of the registry.\n# TYPE kpropgw_serial gauge\n"
              "kpropgw_serial 42\n");
}

TEST(Exposition, KeepsLargeNumbersExact) {
    Exposition out;
    out.add(catalogue::serial, 4294967296123.0);
    EXPECT_THAT(std::move(out).text(), HasSubstr("\nkpropgw_serial 4294967296123\n"));
}

TEST(Exposition, GivesLabelsTheirNamesInOrder) {
    Exposition out;
    out.add(catalogue::secondary_state, 1, {"kdc2.x.com", "Compat", "needs-full"});
    out.add(catalogue::secondary_state, 0, {"kdc2.x.com", "Compat", "healthy"});
    const std::string text = std::move(out).text();
    EXPECT_THAT(text, HasSubstr("{secondary=\"kdc2.x.com\",role=\"Compat\",state=\"needs-full\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("{secondary=\"kdc2.x.com\",role=\"Compat\",state=\"healthy\"} 0\n"));
    EXPECT_EQ(text.find("# TYPE"), text.rfind("# TYPE")) << "one family";
}

TEST(Exposition, EscapesWhatAValueMayHold) {
    Exposition out;
    out.add(catalogue::build_info, 1, {"0.1.0\" \\ \n"});
    EXPECT_THAT(std::move(out).text(), HasSubstr(R"(kpropgw_build_info{version="0.1.0\" \\ \n"} 1)"));
}

TEST(Exposition, LeavesOutWhatHasNoValue) {
    EXPECT_EQ(Exposition().text(), "");
}

TEST(Exposition, HasAllThatIsCountedFromTheStartAtZero) {
    const Metrics counted;
    Exposition out;
    out.add(counted);
    const std::string text = std::move(out).text();
    for (const char* line : {
             "kpropgw_propagations_total{kind=\"full\",outcome=\"failed\",role=\"Replace\"} 0\n",
             "kpropgw_propagations_total{kind=\"update\",outcome=\"confirmed\",role=\"Update\"} 0\n",
             "kpropgw_pushes_total{outcome=\"refused\"} 0\n",
             "kpropgw_followers_refused_total 0\n",
             "kpropgw_dump_held 0\n",
             "kpropgw_full_propagation_duration_seconds_bucket{role=\"Manual\",le=\"+Inf\"} 0\n",
         }) {
        EXPECT_THAT(text, HasSubstr(line));
    }
    EXPECT_THAT(text, Not(HasSubstr("kind=\"update\",outcome=\"confirmed\",role=\"Replace\"")));
}

TEST(Exposition, SaysOfTheProcessWhatTheKernelSays) {
    Exposition out;
    add_process(out, Time(std::chrono::seconds(1763712000)));
    const std::string text = std::move(out).text();
    EXPECT_THAT(text, HasSubstr("\nprocess_start_time_seconds 1763712000\n"));
    for (const char* name :
         {"process_cpu_seconds_total", "process_resident_memory_bytes", "process_open_fds", "process_max_fds"}) {
        const std::size_t at = text.find("\n" + std::string(name) + " ");
        ASSERT_NE(at, std::string::npos) << name;
        EXPECT_GT(std::stod(text.substr(at + 2 + std::string(name).size())), 0) << name;
    }
}

}  // namespace
}  // namespace kpropgw::metrics
