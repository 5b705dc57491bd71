#include <gmock/gmock.h>

#include "tests/cli/orders.hpp"

namespace kpropgw::cli {
namespace {

using ::testing::HasSubstr;

class ReloadOrder : public Orders {
protected:
    testing::Finished reload(const control::ReloadAnswer& answer) {
        running_.on_loop([&] { orders_.reload_ = answer; });
        return run({"reload", "-c", config_});
    }
};

TEST_F(ReloadOrder, PrintsWhatChanged) {
    const auto done = reload({{"[log] level: debug, was info", "[gateway] retry_min: 2s, was 1s"}, {}});
    EXPECT_EQ(done.status, EX_OK);
    EXPECT_EQ(done.output, "[log] level: debug, was info\n[gateway] retry_min: 2s, was 1s\n");
    EXPECT_EQ(reload({}).output, "nothing has changed\n");
}

TEST_F(ReloadOrder, SaysEveryProblemAndThatNothingWasChanged) {
    const auto done = reload({{}, {"kpropd.acl:1:2: role", "keytab: none"}});
    EXPECT_EQ(done.status, EX_CONFIG);
    EXPECT_EQ(done.output, "");
    EXPECT_EQ(done.errors, "kpropd.acl:1:2: role\nkeytab: none\nkpropgw: nothing was changed\n");
}

TEST_F(ReloadOrder, AsksTheGatewayEvenWhereTheFileHasErrors) {
    write("kpropgw.conf", "[gateway]\ncontrol = control.sock\nprop_intervall = 5m\n");
    const auto done = reload({{}, {"what the gateway found"}});
    EXPECT_EQ(done.status, EX_CONFIG);
    EXPECT_THAT(done.errors, HasSubstr("what the gateway found\n"));
}

TEST_F(Program, ReloadWithoutAGatewaySaysSoAndWhatTheFileHas) {
    const auto config = write("kpropgw.conf", "[gateway]\ncontrol = none.sock\n");
    EXPECT_EQ(run({"reload", "-c", config}).status, EX_UNAVAILABLE);
    write("kpropgw.conf", "[gateway]\ncontrol = none.sock\nprop_intervall = 5m\n");
    const auto done = run({"reload", "-c", config});
    EXPECT_EQ(done.status, EX_CONFIG);
    EXPECT_THAT(done.errors, HasSubstr("did you mean \"prop_interval\"?"));
    EXPECT_THAT(done.errors, HasSubstr("no gateway answers at"));
}

}  // namespace
}  // namespace kpropgw::cli
