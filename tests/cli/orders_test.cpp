// The commands that speak to a gateway, against its control API with a stand-in behind it.
#include "tests/cli/orders.hpp"
#include "gateway/control/status_check.hpp"

namespace kpropgw::cli {
namespace {

TEST_F(Orders, StatusIsATableOrJson) {
    const auto table = run({"status", "-c", config_});
    EXPECT_EQ(table.status, EX_OK) << table.errors;
    EXPECT_EQ(table.output, control::to_table(control::full_status()));
    const auto json = run({"status", "--json", "-c", config_});
    EXPECT_EQ(json.status, EX_OK);
    EXPECT_EQ(control::to_json(control::parse_status(json.output).value()), control::to_json(control::full_status()));
}

TEST_F(Orders, StatusCheckIsOneLineAndAnExitStatusForAMonitor) {
    const auto red = run({"status", "--check", "-c", config_});
    EXPECT_EQ(red.status, 2);
    EXPECT_EQ(red.output, control::check_status(control::full_status(), {}).line + "\n");
    running_.on_loop([&] {
        control::Status& status = orders_.status_.value();
        status.acl_problem.reset();
        status.source.last_error.reset();
        status.secondaries.resize(2);
        for (control::SecondaryStatus& secondary : status.secondaries)
            secondary.kdc_problem.reset();
        status.secondaries[1].state = "behind";
    });
    EXPECT_EQ(run({"status", "--check", "-c", config_}).status, 2) << "behind for 12 minutes";
    const auto green = run({"status", "--check", "--max-behind", "13m", "-c", config_});
    EXPECT_EQ(green.status, 0) << green.output;
    EXPECT_EQ(run({"status", "--check", "--max-behind", "13m", "--max-changes", "1", "-c", config_}).status, 2);
    running_.on_loop([&] { orders_.status_.value().secondaries[1].state = "failing"; });
    EXPECT_EQ(run({"status", "--check", "--max-behind", "13m", "--max-changes", "2", "-c", config_}).status, 1);
}

TEST_F(Orders, StatusCheckSpeaksTheConventionWhenItCannotCheckToo) {
    const auto wrong = run({"status", "--check", "--max-behind", "soon", "-c", config_});
    EXPECT_EQ(wrong.status, 3);
    EXPECT_EQ(wrong.output.find("PROPAGATION UNKNOWN: --max-behind: "), 0u) << wrong.output;
    const auto unreadable = run({"status", "--check", "-c", directory_ + "/none"});
    EXPECT_EQ(unreadable.status, 3);
    EXPECT_EQ(unreadable.output, "PROPAGATION UNKNOWN: " + directory_ + "/none: see \"kpropgw config check\"\n");
    running_.stop();
    const auto away = run({"status", "--check", "-c", config_});
    EXPECT_EQ(away.status, 2);
    EXPECT_EQ(away.output.find("PROPAGATION CRITICAL: no gateway answers at "), 0u) << away.output;
    EXPECT_EQ(run({"status", "--max-behind", "1", "-c", config_}).status, EX_USAGE) << "without --check";
}

TEST_F(Orders, DisplayPropIsTheConsole) {
    const auto finished = run({"display", "prop", "-c", config_});
    EXPECT_EQ(finished.status, EX_OK) << finished.errors;
    EXPECT_EQ(finished.output, control::to_console(control::full_status()));
}

TEST_F(Orders, TheOperatorsOrdersAreAnsweredAsTheCommandsAre) {
    answer({{"kdc2", "queued"}, {"kdc3", "failed", "connection refused"}});
    const auto prop = run({"prop", "kdc2", "kdc3", "-c", config_});
    for (const std::vector<std::string>& order : std::vector<std::vector<std::string>>{
             {"PROP kdc2 KDC3"}, {"prop", "kdc2", "kdc3"}, {"F SKRBKDC,PROP kdc2,kdc3"}}) {
        answer({{"kdc2", "queued"}, {"kdc3", "failed", "connection refused"}});
        std::vector<std::string> arguments{"operator", "-c", config_};
        arguments.insert(arguments.end(), order.begin(), order.end());
        const auto ordered = run(arguments);
        EXPECT_EQ(ordered.output, prop.output) << ordered.errors;
        EXPECT_EQ(ordered.status, prop.status);
        EXPECT_EQ(asked(), (control::PropOrder{{"kdc2", "kdc3"}, false, "", false}));
    }
    EXPECT_EQ(run({"operator", "f skrbkdc,display prop", "-c", config_}).output,
              control::to_console(control::full_status()));
    const auto wrong = run({"operator", "STOP", "-c", config_});
    EXPECT_EQ(wrong.status, EX_DATAERR);
    EXPECT_EQ(wrong.errors, "kpropgw: order \"stop\" is not known; \"PROP HOST\" and \"DISPLAY PROP\" are known\n");
}

TEST_F(Orders, AFreezeNamesHostAndReason) {
    const auto frozen = run({"freeze", "kdc2", "--reason", "its disk is exchanged", "-c", config_});
    EXPECT_EQ(frozen.status, EX_OK) << frozen.errors;
    EXPECT_EQ(frozen.output, "kdc2: frozen\n");
    running_.on_loop([&] {
        EXPECT_EQ(orders_.frozen_, (control::FreezeOrder{"kdc2", "its disk is exchanged"}));
        orders_.freeze_ = control::FreezeAnswer{true};
    });
    EXPECT_EQ(run({"freeze", "kdc2", "--reason", "x", "-c", config_}).output,
              "kdc2: frozen once the dump under way has been sent\n");
    EXPECT_EQ(run({"freeze", "kdc2", "-c", config_}).status, EX_USAGE) << "without a reason";
    EXPECT_EQ(run({"freeze", "kdc2", "--reason", "", "-c", config_}).status, EX_DATAERR);
}

TEST_F(Orders, AThawNamesTheHost) {
    const auto thawed = run({"thaw", "kdc2", "-c", config_});
    EXPECT_EQ(thawed.status, EX_OK) << thawed.errors;
    EXPECT_EQ(thawed.output, "kdc2: thawed\n");
    running_.on_loop([&] {
        EXPECT_EQ(orders_.thawed_, control::ThawOrder{"kdc2"});
        orders_.thaw_ = Error(Errc::conflict, "\"kdc2\" is not frozen");
    });
    const auto refused = run({"thaw", "kdc2", "-c", config_});
    EXPECT_NE(refused.status, EX_OK);
    EXPECT_EQ(refused.errors, "kpropgw: \"kdc2\" is not frozen\n");
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
