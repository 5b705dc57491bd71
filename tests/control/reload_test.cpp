#include "gateway/control/reload.hpp"

#include <gtest/gtest.h>

namespace kpropgw::control {
namespace {

TEST(ControlReload, AnAnswerReadsBackAsItWasWritten) {
    for (const ReloadAnswer& answer : {ReloadAnswer{}, ReloadAnswer{{"[log] level: debug, was info", "b"}, {}},
                                       ReloadAnswer{{}, {"kpropd.acl:1:2: two\n  lines", "c"}}})
        EXPECT_EQ(parse_reload_answer(to_json(answer)).value(), answer);
    EXPECT_FALSE(parse_reload_answer("{}"));
    EXPECT_FALSE(parse_reload_answer(R"({"changes": [1], "problems": []})"));
    EXPECT_FALSE(parse_reload_answer(""));
}

}  // namespace
}  // namespace kpropgw::control
