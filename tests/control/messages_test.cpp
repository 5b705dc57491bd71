#include "gateway/control/messages.hpp"

#include <gtest/gtest.h>

using namespace kpropgw;
using namespace kpropgw::control;

TEST(ControlMessages, AnOrderReadsBackAsItWasWritten) {
    for (const PropOrder& order : {PropOrder{{"a", "b"}, false, true}, PropOrder{{}, true, false}}) {
        EXPECT_EQ(parse_prop_order(to_json(order)).value(), order);
    }
    EXPECT_EQ(parse_prop_order(R"({"all": true})").value(), (PropOrder{{}, true, false}));
}

TEST(ControlMessages, AWrongOrderSaysWhatIsWrong) {
    const auto text = [](const char* json) { return parse_prop_order(json).error().text(); };
    EXPECT_EQ(text(""), "order: the body is not a JSON object");
    EXPECT_EQ(text("[]"), "order: the body is not a JSON object");
    EXPECT_EQ(text(R"({"hosts": "a"})"), "order: \"hosts\" is not a list");
    EXPECT_EQ(text(R"({"hosts": [1]})"), "order: a host is not a string");
    EXPECT_EQ(text(R"({"all": 1})"), "order: \"all\" and \"wait\" are true or false");
    EXPECT_EQ(text(R"({"host": "a"})"), "order: only \"hosts\", \"all\" and \"wait\" are known");
    EXPECT_EQ(text("{}"), "order: either \"hosts\" names some or \"all\" is true");
    EXPECT_EQ(text(R"({"hosts": ["a"], "all": true})"), "order: either \"hosts\" names some or \"all\" is true");
    EXPECT_EQ(text(std::string(500000, '[').c_str()), "order: the body is not a JSON object");
}

TEST(ControlMessages, AnswersKeepTextThatIsNotUtf8FromBreakingThem) {
    const std::vector<PropAnswer> answers{{"a", "failed", "peer said \"no\xff\"\n"}, {"b", "sent", ""}};
    const auto read = parse_prop_answers(to_json(answers)).value();
    ASSERT_EQ(read.size(), 2u);
    EXPECT_EQ(read[0].text, "peer said \"no\xef\xbf\xbd\"\n");
    EXPECT_EQ(read[1].outcome, "sent");
    EXPECT_FALSE(parse_prop_answers("{}"));
    EXPECT_FALSE(parse_prop_answers(R"({"answers": [{"host": "a"}]})"));
}

TEST(ControlMessages, AnErrorsTextReadsBack) {
    EXPECT_EQ(parse_error_text(to_json(Error(Errc::denied, "no \"x\""))), "no \"x\"");
    EXPECT_EQ(parse_error_text("<html>"), "");
    EXPECT_EQ(parse_error_text(R"({"error": 5})"), "");
}
