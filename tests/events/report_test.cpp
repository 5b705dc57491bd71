#include "gateway/events/report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/events/log.hpp"

namespace kpropgw::events {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

class Report : public testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(start_log("info", Destination::standard_error)); }
    void TearDown() override { ASSERT_TRUE(start_log("info", Destination::standard_error)); }

    static Occurrence newest() { return recent().after(recent().last() - 1, 1).at(0); }
};

TEST_F(Report, WritesOneLineAndKeepsTheFields) {
    testing::internal::CaptureStderr();
    report(push_taken, {{"peer", "192.0.2.7"}, {"from", std::string("two\nlines")}, {"serial", 42u}, {"added", -1}});
    EXPECT_THAT(testing::internal::GetCapturedStderr(),
                MatchesRegex("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{3}Z level=info event=push-taken "
                             "peer=192\\.0\\.2\\.7 from=\"two\\\\nlines\" serial=42 added=-1\n"));
    const Occurrence kept = newest();
    EXPECT_EQ(kept.event, &push_taken);
    ASSERT_EQ(kept.fields.size(), 4u);
    EXPECT_EQ(kept.fields[1].name, "from");
    EXPECT_EQ(kept.fields[1].value, "two\nlines");
    EXPECT_EQ(kept.fields[2].value, "42");
}

TEST_F(Report, AnErrorBringsItsCause) {
    testing::internal::CaptureStderr();
    const Error bare(Errc::denied, "role \"Replce\"");
    report(push_refused, {{"peer", "a"}}, bare);
    report(push_refused, {{"peer", "a"}}, bare.because(causes::kpropd_not_running));
    const std::string log = testing::internal::GetCapturedStderr();
    EXPECT_THAT(log, HasSubstr("level=warning event=push-refused peer=a error=\"role \\\"Replce\\\"\"\n"));
    EXPECT_THAT(log, HasSubstr("error=\"role \\\"Replce\\\"\" cause=kpropd-not-running\n"));
    EXPECT_EQ(newest().fields.back().value, "kpropd-not-running");
}

TEST_F(Report, WhatIsNotUtf8IsKeptAsUtf8) {
    testing::internal::CaptureStderr();
    report(secondary_forgotten, {{"secondary", "J\xfcrgen"}});
    EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("secondary=\"J\\xfcrgen\"\n"));
    EXPECT_EQ(newest().fields.at(0).value, "J\\xfcrgen");
}

TEST_F(Report, WhatIsNotLoggedIsKeptAllTheSameUnlessItIsDebug) {
    ASSERT_TRUE(start_log("error", Destination::standard_error));
    testing::internal::CaptureStderr();
    const auto before = recent().last();
    report(serving);
    EXPECT_EQ(recent().last(), before + 1);
    report(updates_sent);
    EXPECT_EQ(recent().last(), before + 1);
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
    ASSERT_TRUE(start_log("debug", Destination::standard_error));
    testing::internal::CaptureStderr();
    report(updates_sent);
    EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr(" level=debug event=updates-sent\n"));
    EXPECT_EQ(recent().last(), before + 2);
}

}  // namespace
}  // namespace kpropgw::events
