// kpropgw prop, against the control API with a stand-in behind it.
#include <gmock/gmock.h>

#include "tests/cli/orders.hpp"
#include "tests/cli/terminal.hpp"

using ::testing::HasSubstr;
using ::testing::Not;

namespace kpropgw::cli {
namespace {

using control::PropAnswer;
using control::PropOrder;

class Prop : public Orders {
protected:
    /// All that is shown on a terminal, after its end.
    std::string shown_on_terminal(int status) {
        Terminal terminal({KPROPGW_BINARY, "prop", "--all", "--wait", "-c", config_});
        std::string shown = terminal.shown_with("until it ends");
        EXPECT_EQ(terminal.end(), status) << shown;
        return shown;
    }
};

TEST_F(Prop, AQueuedOrderIsGoodWhereNobodyWaits) {
    answer({{"kdc2", "queued"}, {"kdc3", "up-to-date"}});
    const auto finished = run({"prop", "kdc2", "kdc3", "-c", config_});
    EXPECT_EQ(finished.status, EX_OK) << finished.errors;
    EXPECT_EQ(finished.output, "kdc2: queued\nkdc3: up-to-date\n");
    EXPECT_EQ(asked(), (PropOrder{{"kdc2", "kdc3"}, false, "", false}));
}

TEST_F(Prop, TheOrderSaysWhomAndWhat) {
    EXPECT_EQ(run({"prop", "--all", "--full", "-c", config_}).status, EX_OK);
    EXPECT_EQ(asked(), (PropOrder{{}, true, "", true}));
    EXPECT_EQ(run({"prop", "--role", "manual", "-c", config_}).status, EX_OK);
    EXPECT_EQ(asked(), (PropOrder{{}, false, "manual", false}));
    EXPECT_EQ(run({"prop", "--role", "manul", "-c", config_}).status, EX_USAGE);
}

TEST_F(Prop, WhoWaitsIsToldOfEachHostOnceWhenItIsDone) {
    answer({{"kdc2", "queued"}, {"kdc3", "up-to-date"}, {"kdc4", "sending"}});
    report({{{"kdc2", "sending", "", false, 5, 10}, {"kdc3", "up-to-date"}, {"kdc4", "sent"}},
            {{"kdc2", "sending", "", false, 10, 10}, {"kdc3", "up-to-date"}, {"kdc4", "sent"}},
            {{"kdc2", "sent"}, {"kdc3", "up-to-date"}, {"kdc4", "sent"}}});
    const auto finished = run({"prop", "--all", "--wait", "-c", config_});
    EXPECT_EQ(finished.status, EX_OK);
    EXPECT_EQ(finished.output, "kdc3: up-to-date\nkdc4: sent\nkdc2: sent\n");
    EXPECT_EQ(finished.errors, "") << "progress is for a terminal";
    running_.on_loop([&] { EXPECT_EQ(orders_.reported_, (std::vector<std::uint64_t>{7, 7, 7})); });
}

TEST_F(Prop, EachHostMustHaveItForStatus0) {
    const PropAnswer sent{"kdc2", "sent"};
    const PropAnswer later{"kdc3", "failed", "connection\nrefused", true, 0, 0};
    const PropAnswer never{"kdc4", "failed", "connection refused"};
    answer({sent, later});
    const auto partly = run({"prop", "--all", "--wait", "-c", config_});
    EXPECT_EQ(partly.status, EX_TEMPFAIL) << "it comes by itself";
    EXPECT_EQ(partly.output, "kdc2: sent\nkdc3: failed: connection?refused; the gateway tries again\n");
    answer({sent, later, never});
    EXPECT_EQ(run({"prop", "--all", "--wait", "-c", config_}).status, EX_UNAVAILABLE);
    for (const char* outcome : {"unknown", "frozen"}) {
        answer({sent, {"kdc5", outcome, "why"}});
        const auto finished = run({"prop", "kdc2", "kdc5", "-c", config_});
        EXPECT_EQ(finished.status, EX_UNAVAILABLE);
        EXPECT_EQ(finished.output, std::string("kdc2: sent\nkdc5: ") + outcome + ": why\n");
    }
}

TEST_F(Prop, AGatewayThatForgotTheOrderHasNotKeptIt) {
    answer({{"kdc2", "queued"}});
    running_.on_loop([&] { orders_.reports_ = {Error(Errc::not_found, "order 7 is not known")}; });
    const auto finished = run({"prop", "kdc2", "--wait", "-c", config_});
    EXPECT_EQ(finished.status, EX_UNAVAILABLE);
    EXPECT_EQ(finished.errors, "kpropgw: order 7 is not known\n");
}

TEST_F(Prop, OnATerminalEachTransferHasALineThatGoesAtTheEnd) {
    answer({{"kdc2", "queued"}, {"kdc3", "queued"}});
    const PropAnswer begun{"kdc2", "sending", "", false, 1'000'000'000, 4'000'000'000};
    const PropAnswer going{"kdc2", "sending", "", false, 2'000'000'000, 4'000'000'000};
    const PropAnswer loads{"kdc2", "sending", "", false, 4'000'000'000, 4'000'000'000};
    report({{begun, {"kdc3", "queued"}},
            {going, {"kdc3", "sending"}},
            {loads, {"kdc3", "sent"}},
            {{"kdc2", "sent"}, {"kdc3", "sent"}}});
    const std::string shown = shown_on_terminal(EX_OK);
    EXPECT_THAT(shown, HasSubstr("2 queued\r\n"));
    EXPECT_THAT(shown, HasSubstr("kdc2: 1000 MB of 4000 MB, 25 %\r\n1 queued\r\n\x1b[2A\x1b[J"));
    EXPECT_THAT(shown, ::testing::ContainsRegex("kdc2: 2000 MB of 4000 MB, 50 %, [0-9]+ s left, [0-9]+ MB/s\r\n"));
    EXPECT_THAT(shown, HasSubstr("kdc3: sending\r\n"));
    EXPECT_THAT(shown, HasSubstr("kdc3: sent\r\nkdc2: all is sent, its kdb5_util loads it\r\n\x1b[1A\x1b[J"));
    EXPECT_TRUE(
        shown.ends_with("\x1b[J"
                        "kdc2: sent\r\n"))
        << shown;
}

TEST_F(Prop, ManyTransfersDoNotScrollTheTerminal) {
    answer({{"kdc2", "queued"}});
    std::vector<PropAnswer> sending;
    std::vector<PropAnswer> sent;
    for (int i = 10; i < 30; ++i) {
        sending.push_back({"kdc" + std::to_string(i), "sending"});
        sent.push_back({"kdc" + std::to_string(i), "sent"});
    }
    report({sending, sent});
    const std::string shown = shown_on_terminal(EX_OK);
    EXPECT_THAT(shown, HasSubstr("kdc19: sending\r\n10 more are being sent to\r\n\x1b[11A\x1b[J"));
    EXPECT_THAT(shown, Not(HasSubstr("kdc20: sending")));
}

TEST_F(Prop, AnInterruptSaysThatTheGatewayGoesOn) {
    answer({{"kdc2", "queued"}});
    report({{{"kdc2", "queued"}}});
    const auto finished =
        shell("timeout --foreground -s INT 1 $kpropgw prop kdc2 --wait -c " + config_ + "; echo status $?");
    EXPECT_THAT(finished.errors, HasSubstr("kpropgw: interrupted; the gateway goes on with what was ordered, "
                                           "\"kpropgw status\" tells how far it is\n"));
    const auto bare = shell("$kpropgw prop kdc2 --wait -c " + config_ + " & sleep 0.5; kill -TERM $!; wait $!");
    EXPECT_EQ(bare.status, 128 + SIGTERM) << "as a program that was ended is seen";
    EXPECT_THAT(bare.errors, HasSubstr("the gateway goes on"));
}

}  // namespace
}  // namespace kpropgw::cli
