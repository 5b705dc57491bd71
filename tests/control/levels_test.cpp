#include "gateway/control/levels.hpp"

#include <gtest/gtest.h>

namespace kpropgw::control {
namespace {

using namespace std::chrono_literals;

TEST(ControlLevels, OrdersReadBackAsTheyWereWritten) {
    for (const WaitOrder& order : {WaitOrder{42, {"a", "b"}, 1500ms}, WaitOrder{}, WaitOrder{0, {}, 0ms}})
        EXPECT_EQ(parse_wait_order(to_json(order)).value(), order);
    EXPECT_EQ(parse_wait_order("{}").value(), WaitOrder());
    EXPECT_EQ(parse_skip_order(to_json(SkipOrder{"a", 7})).value(), (SkipOrder{"a", 7}));
}

TEST(ControlLevels, NobodyWaitsLongerAtOnceThanIsAllowed) {
    EXPECT_EQ(parse_wait_order(R"({"timeout_ms":18446744073709551615})").value().timeout, longest_wait);
}

TEST(ControlLevels, AWrongOrderSaysWhatIsWrong) {
    const auto wait = [](const char* json) { return parse_wait_order(json).error().text(); };
    EXPECT_EQ(wait("[]"), "order: the body is not a JSON object");
    EXPECT_EQ(wait(R"({"serial":-1})"), "order: \"serial\" is not a number");
    EXPECT_EQ(wait(R"({"serial":"1"})"), "order: \"serial\" is not a number");
    EXPECT_EQ(wait(R"({"hosts":"a"})"), "order: \"hosts\" is not a list");
    EXPECT_EQ(wait(R"({"hosts":[1]})"), "order: a host is not a string");
    EXPECT_EQ(wait(R"({"timeout_ms":1.5})"), "order: \"timeout_ms\" is not a number");
    EXPECT_EQ(wait(R"({"host":"a"})"), "order: only \"serial\", \"hosts\" and \"timeout_ms\" are known");
    const auto skip = [](const char* json) { return parse_skip_order(json).error().text(); };
    EXPECT_EQ(skip(""), "order: the body is not a JSON object");
    EXPECT_EQ(skip(R"({"host":"a"})"), "order: \"host\" and \"serial\" are wanted, and nothing else");
    EXPECT_EQ(skip(R"({"host":1,"serial":1})"), "order: a host is not a string");
    EXPECT_EQ(skip(R"({"host":"a","serial":1.0})"), "order: \"serial\" is not a number");
}

TEST(ControlLevels, AnAnswerReadsBackAsItWasWritten) {
    const WaitAnswer answer{42, 41, {{"kdc2", 40, "failing", "peer said \"no\""}}};
    const auto read = parse_wait_answer(to_json(answer));
    ASSERT_TRUE(read) << read.error();
    EXPECT_EQ(to_json(*read), to_json(answer));
    EXPECT_FALSE(parse_wait_answer("{}"));
    EXPECT_FALSE(parse_wait_answer(R"({"serial":1,"registry":1,"lacking":[{"host":"a"}]})"));
}

TEST(ControlLevels, ALevelIsReachedWhenTheRegistryIsThereToo) {
    EXPECT_TRUE((WaitAnswer{42, 42, {}}).reached());
    EXPECT_FALSE((WaitAnswer{42, 41, {}}).reached());
    EXPECT_FALSE((WaitAnswer{42, 42, {{"a", 41, "behind", ""}}}).reached());
}

}  // namespace
}  // namespace kpropgw::control
