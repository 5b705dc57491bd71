// kpropgw wait and kpropgw skip.
#include "gateway/control/levels.hpp"

#include "tests/cli/orders.hpp"

namespace kpropgw::cli {
namespace {

class Levels : public Orders {
protected:
    void prepare(const std::function<void(control::FakeOrders& orders)>& with) {
        running_.on_loop([&] { with(orders_); });
    }
};

TEST_F(Levels, AWaitEndsWhenTheLevelIsReached) {
    prepare([](control::FakeOrders& orders) {
        orders.lacking_ = control::WaitAnswer{42, 42, {{"kdc2", 40, "behind", ""}}};
        orders.reached_ = control::WaitAnswer{42, 50, {}};
        orders.answered_at_ = 3;
    });
    const auto finished = run({"wait", "-c", config_});
    EXPECT_EQ(finished.status, EX_OK) << finished.errors;
    EXPECT_EQ(finished.output + finished.errors, "");
    prepare([](control::FakeOrders& orders) {
        ASSERT_EQ(orders.waits_.size(), 3u);
        EXPECT_EQ(orders.waits_[0].serial, std::nullopt);
        EXPECT_EQ(orders.waits_[1].serial, 42u) << "the newest at the beginning, whatever came meanwhile";
        EXPECT_EQ(orders.waits_[2].timeout, control::longest_wait);
    });
}

TEST_F(Levels, AWaitThatEndsInVainSaysWhoLacksWhat) {
    prepare([](control::FakeOrders& orders) {
        orders.reached_ =
            control::WaitAnswer{42, 41, {{"kdc2", 40, "behind", ""}, {"kdc3", 0, "failing", "connection\nrefused"}}};
    });
    const auto finished =
        run({"wait", "--serial", "42", "--host", "kdc2", "--host", "kdc3", "--timeout", "0", "-c", config_});
    EXPECT_EQ(finished.status, EX_TEMPFAIL);
    EXPECT_EQ(finished.errors,
              "kpropgw: the registry is at serial 41, 42 was waited for\n"
              "kpropgw: kdc2 has 40 of 42: behind\n"
              "kpropgw: kdc3 has 0 of 42: failing, connection?refused\n");
    prepare([](control::FakeOrders& orders) {
        EXPECT_EQ(orders.waits_.at(0), (control::WaitOrder{42, {"kdc2", "kdc3"}, std::chrono::milliseconds(0)}));
    });
}

TEST_F(Levels, AWaitOfAWrongLengthIsWrongUsage) {
    const auto finished = run({"wait", "--timeout", "soon", "-c", config_});
    EXPECT_EQ(finished.status, EX_USAGE);
    EXPECT_NE(finished.errors.find("--timeout"), std::string::npos) << finished.errors;
}

TEST_F(Levels, AWaitForAHostThatIsNoneEndsAtOnce) {
    prepare([](control::FakeOrders& orders) {
        orders.reached_ = Error(Errc::not_found, "\"x\" is no secondary in kpropd.acl");
    });
    const auto finished = run({"wait", "--host", "x", "-c", config_});
    EXPECT_EQ(finished.status, EX_NOINPUT);
    EXPECT_EQ(finished.errors, "kpropgw: \"x\" is no secondary in kpropd.acl\n");
}

TEST_F(Levels, ASkipNamesHostAndSerial) {
    const auto finished = run({"skip", "kdc2", "--serial", "42", "-c", config_});
    EXPECT_EQ(finished.status, EX_OK) << finished.errors;
    EXPECT_EQ(finished.output, "kdc2: goes on without update 42\n");
    prepare([](control::FakeOrders& orders) {
        EXPECT_EQ(orders.skipped_, (control::SkipOrder{"kdc2", 42}));
        orders.skip_ = Error(Errc::conflict, "\"kdc2\" has 42 of 50: it does not lack update 42");
    });
    const auto refused = run({"skip", "kdc2", "--serial", "42", "-c", config_});
    EXPECT_NE(refused.status, EX_OK);
    EXPECT_EQ(refused.errors, "kpropgw: \"kdc2\" has 42 of 50: it does not lack update 42\n");
    EXPECT_EQ(run({"skip", "kdc2", "-c", config_}).status, EX_USAGE) << "never all of them by mistake";
    EXPECT_EQ(run({"skip", "--serial", "42", "-c", config_}).status, EX_USAGE);
}

}  // namespace
}  // namespace kpropgw::cli
