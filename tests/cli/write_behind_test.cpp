#include "gateway/cli/write_behind.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace kpropgw::cli {
namespace {

TEST(WriteBehind, WritesInOrder) {
    std::string written;
    WriteBehind output([&written](std::string_view text) -> Result<void> {
        written += text;
        return {};
    });
    std::string expected;
    for (int i = 0; i < 1000; ++i) {
        const auto spare = output.write(SecretText(fmt::format("{}\n", i)));
        ASSERT_TRUE(spare);
        EXPECT_EQ(spare->text, "");
        expected += fmt::format("{}\n", i);
    }
    ASSERT_TRUE(output.finish());
    EXPECT_EQ(written, expected);
}

TEST(WriteBehind, GivesBackTheRoomOfWhatIsWritten) {
    WriteBehind output([](std::string_view) -> Result<void> { return {}; });
    bool has_room = false;
    for (int i = 0; i < 4; ++i)
        has_room = output.write(SecretText(std::string(10000, 'x')))->text.capacity() >= 10000;
    EXPECT_TRUE(has_room);
}

TEST(WriteBehind, SaysWhatFailedAndWritesNothingAfterIt) {
    for (int failing = 0; failing < 6; ++failing) {
        int calls = 0;
        WriteBehind output([&calls, failing](std::string_view) -> Result<void> {
            if (calls++ == failing) return Error(Errc::unavailable, "the disk is full");
            return {};
        });
        Result<void> outcome;
        for (int i = 0; i < 6 && outcome; ++i) {
            const auto written = output.write(SecretText("x"));
            if (!written) outcome = written.error();
        }
        const auto finished = output.finish();
        if (outcome) outcome = finished;
        ASSERT_FALSE(outcome);
        EXPECT_EQ(outcome.error().text(), "the disk is full");
        EXPECT_EQ(calls, failing + 1);
    }
}

}  // namespace
}  // namespace kpropgw::cli
