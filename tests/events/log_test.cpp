#include "gateway/events/log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace kpropgw::events {
namespace {

using testing::HasSubstr;

TEST(Log, AnUnknownLevelIsRefusedWithTheKnownOnes) {
    const auto ok = start_log("loud", Destination::standard_error);
    ASSERT_FALSE(ok);
    EXPECT_EQ(ok.error().code(), Errc::invalid_input);
    EXPECT_EQ(ok.error().text(), "log level \"loud\" is not one of debug, info, warning, error, critical");
}

TEST(Log, AJournalThatNobodyKeepsIsRefused) {
    if (std::filesystem::exists("/run/systemd/journal/socket")) {
        EXPECT_TRUE(start_log("info", Destination::journal));
    } else {
        const auto ok = start_log("info", Destination::journal);
        ASSERT_FALSE(ok);
        EXPECT_EQ(ok.error().code(), Errc::unavailable);
        EXPECT_THAT(ok.error().text(), HasSubstr("is systemd-journald running? else set it to stderr"));
    }
    EXPECT_TRUE(start_log("info", Destination::standard_error));
}

}  // namespace
}  // namespace kpropgw::events
