#include "gateway/cli/screen.hpp"

#include <gtest/gtest.h>

namespace kpropgw::cli {
namespace {

TEST(Screen, TakesColoursOnATerminalUnlessItsUserSaysOtherwise) {
    EXPECT_TRUE(takes_colours(true, nullptr, nullptr));
    EXPECT_TRUE(takes_colours(true, "", "xterm"));
    EXPECT_FALSE(takes_colours(true, "1", "xterm"));
    EXPECT_FALSE(takes_colours(true, nullptr, "dumb"));
    EXPECT_FALSE(takes_colours(false, nullptr, "xterm"));
}

TEST(Screen, AFrameIsDrawnOverTheOneBefore) {
    EXPECT_EQ(to_frame("one\n\ntwo\n", 0), "\x1b[H\x1b[?7lone\x1b[K\n\x1b[K\ntwo\x1b[K\n\x1b[J\x1b[?7h");
    EXPECT_EQ(to_frame("", 24), "\x1b[H\x1b[?7l\x1b[J\x1b[?7h");
    EXPECT_EQ(to_frame("no newline", 24), to_frame("no newline\n", 24));
}

TEST(Screen, AFrameNeverHasMoreLinesThanTheTerminal) {
    const std::string text = "1\n2\n3\n4\n5\n";
    EXPECT_EQ(to_frame(text, 6), to_frame(text, 0)) << "the cursor has the sixth";
    EXPECT_EQ(to_frame(text, 5), "\x1b[H\x1b[?7l1\x1b[K\n2\x1b[K\n3\x1b[K\nand 2 lines more\x1b[K\n\x1b[J\x1b[?7h");
    EXPECT_EQ(to_frame(text, 1), "\x1b[H\x1b[?7land 5 lines more\x1b[K\n\x1b[J\x1b[?7h");
}

}  // namespace
}  // namespace kpropgw::cli
