#pragma once
#include <sysexits.h>

#include "gateway/control/messages.hpp"
#include "tests/cli/program.hpp"
#include "tests/control/fixture.hpp"

namespace kpropgw::cli {

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

/// The program with a control API to speak to.
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

}  // namespace kpropgw::cli
