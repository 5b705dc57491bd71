#include "gateway/control/messages.hpp"

#include <gtest/gtest.h>

using namespace kpropgw;
using namespace kpropgw::control;

TEST(ControlMessages, AnErrorsTextReadsBack) {
    EXPECT_EQ(parse_error_text(to_json(Error(Errc::denied, "no \"x\""))), "no \"x\"");
    EXPECT_EQ(parse_error_text("<html>"), "");
    EXPECT_EQ(parse_error_text(R"({"error": 5})"), "");
}
