#include "gateway/control/freeze.hpp"

#include <gtest/gtest.h>

namespace kpropgw::control {
namespace {

TEST(ControlFreeze, OrdersAndAnswersReadBackAsTheyWereWritten) {
    const FreezeOrder order{"kdc2", std::string(longest_reason, 'x')};
    EXPECT_EQ(parse_freeze_order(to_json(order)).value(), order);
    EXPECT_EQ(parse_thaw_order(to_json(ThawOrder{"kdc2"})).value(), ThawOrder{"kdc2"});
    EXPECT_TRUE(parse_freeze_answer(to_json(FreezeAnswer{true})).value().sending);
    EXPECT_FALSE(parse_freeze_answer(to_json(FreezeAnswer{false})).value().sending);
    EXPECT_EQ(parse_freeze_answer("{}").error().code(), Errc::corrupt);
}

TEST(ControlFreeze, AWrongOrderSaysWhatIsWrong) {
    const auto freeze = [](const std::string& json) { return parse_freeze_order(json).error().text(); };
    EXPECT_EQ(freeze("[]"), "order: the body is not a JSON object");
    EXPECT_EQ(freeze(R"({"host":"a"})"), "order: \"host\" and \"reason\" are wanted, and nothing else");
    EXPECT_EQ(freeze(R"({"host":1,"reason":"x"})"), "order: a host is not a string");
    EXPECT_EQ(freeze(R"({"host":"a","reason":1})"), "order: \"reason\" is not a string");
    EXPECT_EQ(freeze(R"({"host":"a","reason":""})"), "order: the reason is empty: say why, status shows it");
    EXPECT_EQ(freeze(R"({"host":"a","reason":"x\ny"})"), "order: the reason is not one line of text");
    EXPECT_EQ(freeze(to_json(FreezeOrder{"a", std::string(501, 'x')})),
              "order: the reason of 501 bytes exceeds the limit of 500");
    const auto thaw = [](const char* json) { return parse_thaw_order(json).error().text(); };
    EXPECT_EQ(thaw(""), "order: the body is not a JSON object");
    EXPECT_EQ(thaw(R"({"host":"a","reason":"b"})"), "order: \"host\" is wanted, and nothing else");
    EXPECT_EQ(thaw(R"({"host":null})"), "order: a host is not a string");
}

}  // namespace
}  // namespace kpropgw::control
