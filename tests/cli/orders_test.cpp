// The commands that speak to a gateway, against its control API with a stand-in behind it.
#include <sysexits.h>

#include "gateway/control/messages.hpp"
#include "tests/cli/program.hpp"
#include "tests/control/fixture.hpp"

namespace kpropgw::cli {
namespace {

/// Answers every host with what the test says.
class Answering : public control::FakeOrders {
public:
    boost::asio::awaitable<std::vector<control::PropAnswer>> prop(std::vector<std::string> hosts, bool all,
                                                                  bool wait) override {
        hosts_ = std::move(hosts);
        all_ = all;
        wait_ = wait;
        co_return answers_;
    }

    std::vector<control::PropAnswer> answers_;
};

class Orders : public Program {
protected:
    Orders() : config_(write("kpropgw.conf", "[gateway]\ncontrol = control.sock\n")) {}

    // The loop's thread alone touches the orders, since what another process does in between orders nothing in this
    // one.

    void answer(std::vector<control::PropAnswer> answers) {
        running_.on_loop([&] { orders_.answers_ = std::move(answers); });
    }
    control::PropOrder asked() {
        control::PropOrder order;
        running_.on_loop([&] { order = {orders_.hosts_, orders_.all_, orders_.wait_}; });
        return order;
    }

    std::string config_;
    Answering orders_;
    control::Running running_{directory_ + "/control.sock", orders_};
};

TEST_F(Orders, StatusIsATableOrJson) {
    const auto table = run({"status", "-c", config_});
    EXPECT_EQ(table.status, EX_OK) << table.errors;
    EXPECT_EQ(table.output, control::to_table(control::full_status()));
    const auto json = run({"status", "--json", "-c", config_});
    EXPECT_EQ(json.status, EX_OK);
    EXPECT_EQ(control::to_json(control::parse_status(json.output).value()), control::to_json(control::full_status()));
}

TEST_F(Orders, DisplayPropIsTheConsole) {
    const auto finished = run({"display", "prop", "-c", config_});
    EXPECT_EQ(finished.status, EX_OK) << finished.errors;
    EXPECT_EQ(finished.output, control::to_console(control::full_status()));
}

TEST_F(Orders, AQueuedOrderIsGoodWhereNobodyWaits) {
    answer({{"kdc2", "queued", ""}, {"kdc3", "up-to-date", ""}});
    const auto finished = run({"prop", "kdc2", "kdc3", "-c", config_});
    EXPECT_EQ(finished.status, EX_OK) << finished.errors;
    EXPECT_EQ(finished.output, "kdc2: queued\nkdc3: up-to-date\n");
    EXPECT_EQ(asked(), (control::PropOrder{{"kdc2", "kdc3"}, false, false}));
    EXPECT_EQ(run({"prop", "kdc2", "kdc3", "--wait", "-c", config_}).status, EX_UNAVAILABLE);
    EXPECT_EQ(asked(), (control::PropOrder{{"kdc2", "kdc3"}, false, true}));
}

TEST_F(Orders, EachHostMustHaveItForStatus0) {
    answer({{"kdc2", "sent", ""}, {"kdc3", "up-to-date", ""}});
    EXPECT_EQ(run({"prop", "--all", "--wait", "-c", config_}).status, EX_OK);
    EXPECT_EQ(asked(), (control::PropOrder{{}, true, true}));
    answer({{"kdc2", "sent", ""}, {"kdc3", "up-to-date", ""}, {"kdc4", "failed", "connection\nrefused"}});
    const auto failed = run({"prop", "--all", "--wait", "-c", config_});
    EXPECT_EQ(failed.status, EX_UNAVAILABLE);
    EXPECT_EQ(failed.output, "kdc2: sent\nkdc3: up-to-date\nkdc4: failed: connection?refused\n");
    answer({{"nobody", "unknown", ""}});
    EXPECT_EQ(run({"prop", "nobody", "-c", config_}).status, EX_UNAVAILABLE);
}

TEST_F(Orders, WithoutAGatewayTheyEndWith69AndSayWhatToStart) {
    running_.stop();
    for (const std::vector<std::string>& command :
         std::vector<std::vector<std::string>>{{"status"}, {"display", "prop"}, {"prop", "--all"}}) {
        std::vector<std::string> arguments = command;
        arguments.insert(arguments.end(), {"-c", config_});
        const auto finished = run(arguments);
        EXPECT_EQ(finished.status, EX_UNAVAILABLE);
        EXPECT_EQ(finished.output, "");
        EXPECT_EQ(finished.errors,
                  "kpropgw: no gateway answers at " + directory_ + "/control.sock: is \"kpropgw serve\" running?\n");
    }
}

TEST_F(Orders, TheKindOfAFailureDecidesTheStatus) {
    running_.on_loop([&] { orders_.status_ = Error(Errc::internal, "the registry cannot be read"); });
    const auto finished = run({"status", "-c", config_});
    EXPECT_EQ(finished.status, EX_SOFTWARE);
    EXPECT_EQ(finished.errors, "kpropgw: the registry cannot be read\n");
}

}  // namespace
}  // namespace kpropgw::cli
