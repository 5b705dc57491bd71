// kpropgw refresh.
#include "tests/cli/orders.hpp"

namespace kpropgw::cli {
namespace {

class Refresh : public Orders {
protected:
    testing::Finished found(Result<control::RefreshAnswer> answer) {
        running_.on_loop([&] { orders_.refresh_ = std::move(answer); });
        return run({"refresh", "-c", config_});
    }
};

TEST_F(Refresh, SaysWhatTheSourceHad) {
    const auto news = found(control::RefreshAnswer{"ulog:/var/ulog", 41, 43, false});
    EXPECT_EQ(news.status, EX_OK) << news.errors;
    EXPECT_EQ(news.output, "ulog:/var/ulog: serial 41 to 43\n");
    const auto none = found(control::RefreshAnswer{"iprop:kdc1:2121", 43, 43, false});
    EXPECT_EQ(none.status, EX_OK) << none.errors;
    EXPECT_EQ(none.output, "iprop:kdc1:2121: nothing new, serial 43\n");
}

TEST_F(Refresh, ARegistryThatIsYetToComeIsNoneThatIsHere) {
    const auto comes = found(control::RefreshAnswer{"iprop:kdc1:2121", 43, 43, true});
    EXPECT_EQ(comes.status, EX_TEMPFAIL);
    EXPECT_EQ(
        comes.errors,
        "kpropgw: iprop:kdc1:2121 was asked for its whole registry, which it pushes; \"kpropgw status\" shows it\n");
}

TEST_F(Refresh, ASourceThatCannotBeAskedIs69) {
    const auto pushed = found(Error(Errc::unavailable, "the primary pushes to the gateway by itself"));
    EXPECT_EQ(pushed.status, EX_UNAVAILABLE);
    EXPECT_EQ(pushed.errors, "kpropgw: the primary pushes to the gateway by itself\n");
}

}  // namespace
}  // namespace kpropgw::cli
