#pragma once
#include <sysexits.h>

#include "gateway/control/messages.hpp"
#include "tests/cli/program.hpp"
#include "tests/control/fixture.hpp"

namespace kpropgw::cli {

/// The program with a control API to speak to.
class Orders : public Program {
protected:
    Orders() : config_(write("kpropgw.conf", "[gateway]\ncontrol = control.sock\n")) {}

    // The loop's thread alone touches the orders, since what another process does in between orders nothing in this
    // one.

    /// What PROP comes to at once.
    void answer(std::vector<control::PropAnswer> answers) {
        running_.on_loop([&] { orders_.given_ = control::PropReport{7, 42, std::move(answers)}; });
    }
    /// What whoever asks afterwards is told, one after the other.
    void report(std::vector<std::vector<control::PropAnswer>> reports) {
        running_.on_loop([&] {
            orders_.reports_.clear();
            for (auto& answers : reports)
                orders_.reports_.push_back(control::PropReport{7, 42, std::move(answers)});
        });
    }
    control::PropOrder asked() {
        control::PropOrder order;
        running_.on_loop([&] { order = orders_.ordered_; });
        return order;
    }

    std::string config_;
    control::FakeOrders orders_;
    control::Running running_{directory_ + "/control.sock", orders_};
};

}  // namespace kpropgw::cli
