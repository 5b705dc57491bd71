#include "gateway/control/prop.hpp"

#include <gtest/gtest.h>

#include "gateway/control/refresh.hpp"

namespace kpropgw::control {
namespace {

TEST(ControlProp, AnOrderReadsBackAsItWasWritten) {
    for (const PropOrder& order :
         {PropOrder{{"a", "b"}, false, "", true}, PropOrder{{}, true, "", false}, PropOrder{{}, false, "Manual", true}})
        EXPECT_EQ(parse_prop_order(to_json(order)).value(), order);
    EXPECT_EQ(parse_prop_order(R"({"all": true})").value(), (PropOrder{{}, true, "", false}));
}

TEST(ControlProp, AWrongOrderSaysWhatIsWrong) {
    const auto text = [](const char* json) { return parse_prop_order(json).error().text(); };
    const std::string ways = "order: \"hosts\" names some, or \"role\" does, or \"all\" is true: one of them";
    EXPECT_EQ(text(""), "order: the body is not a JSON object");
    EXPECT_EQ(text("[]"), "order: the body is not a JSON object");
    EXPECT_EQ(text(R"({"hosts": "a"})"), "order: \"hosts\" is not a list");
    EXPECT_EQ(text(R"({"hosts": [1]})"), "order: a host is not a string");
    EXPECT_EQ(text(R"({"role": 1})"), "order: \"role\" is not a string");
    EXPECT_EQ(text(R"({"full": 1})"), "order: \"all\" and \"full\" are true or false");
    EXPECT_EQ(text(R"({"host": "a"})"), "order: only \"hosts\", \"all\", \"role\" and \"full\" are known");
    for (const char* order : {"{}", R"({"full": true})", R"({"hosts": ["a"], "all": true})",
                              R"({"role": "Manual", "all": true})", R"({"hosts": ["a"], "role": "Manual"})"})
        EXPECT_EQ(text(order), ways) << order;
    EXPECT_EQ(text(std::string(500000, '[').c_str()), "order: the body is not a JSON object");
}

TEST(ControlProp, AReportReadsBackAsItWasWritten) {
    const PropReport report{12,
                            42,
                            {{"a", "failed", "peer said \"no\xff\"\n", true, 0, 0},
                             {"b", "sending", "", false, 5'000'000'000, 6'000'000'000},
                             {"c", "sent", "", false, 0, 0}}};
    const PropReport read = parse_prop_report(to_json(report)).value();
    EXPECT_EQ(to_json(read), to_json(report));
    EXPECT_EQ(read.answers.at(0).text, "peer said \"no\xef\xbf\xbd\"\n");
    EXPECT_EQ(read.answers.at(1).total_bytes, 6'000'000'000u);
    EXPECT_FALSE(parse_prop_report("{}"));
    EXPECT_FALSE(parse_prop_report(R"({"order": 1, "serial": 1, "answers": [{"host": "a"}]})"));
}

TEST(ControlProp, AnAnswerIsOpenUntilTheHostHasItOrWillNot) {
    const auto answer = [](const char* outcome) { return PropAnswer{"a", outcome, "", false, 0, 0}; };
    for (const char* outcome : {"queued", "sending"}) {
        EXPECT_TRUE(answer(outcome).is_open()) << outcome;
        EXPECT_FALSE(answer(outcome).has_it()) << outcome;
    }
    for (const char* outcome : {"sent", "up-to-date"}) {
        EXPECT_FALSE(answer(outcome).is_open()) << outcome;
        EXPECT_TRUE(answer(outcome).has_it()) << outcome;
    }
    for (const char* outcome : {"failed", "frozen", "unknown", "haunted"}) {
        EXPECT_FALSE(answer(outcome).is_open()) << outcome;
        EXPECT_FALSE(answer(outcome).has_it()) << outcome;
    }
}

TEST(ControlProp, TheOrderOfAReportStandsInItsTarget) {
    EXPECT_EQ(parse_report_query(to_report_query(1'763'750'000'123)).value(), 1'763'750'000'123u);
    for (const char* query : {"", "since=1", "order", "orders=1"})
        EXPECT_EQ(parse_report_query(query).error().text(), "order: \"order=NUMBER\" is wanted, and nothing else");
    for (const char* query : {"order=", "order=-1", "order=1&order=2", "order=99999999999999999999"})
        EXPECT_EQ(parse_report_query(query).error().text(), "order: \"order\" is not a number") << query;
}

TEST(ControlRefresh, AnAnswerReadsBackAsItWasWritten) {
    const RefreshAnswer answer{"iprop:kdc1.example.com:2121", 41, 43, true};
    EXPECT_EQ(parse_refresh_answer(to_json(answer)).value(), answer);
    EXPECT_EQ(parse_refresh_answer("{}").error().code(), Errc::corrupt);
}

}  // namespace
}  // namespace kpropgw::control
