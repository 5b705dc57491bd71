#include "gateway/daemon/prop_run.hpp"

#include <utility>

namespace kpropgw::daemon {
namespace {

control::PropAnswer answer(std::string host, std::string outcome, std::string text = "") {
    control::PropAnswer answer;
    answer.host = std::move(host);
    answer.outcome = std::move(outcome);
    answer.text = std::move(text);
    return answer;
}

}  // namespace

void PropRun::add(const std::shared_ptr<outbound::Secondary>& secondary, bool full) {
    const std::string& host = secondary->entry().host;
    if (secondary->frozen()) {
        ordered_.push_back({answer(host, "frozen", *secondary->row().frozen), nullptr, {}});
    } else if (serial_ == Serial{}) {
        ordered_.push_back({answer(host, "failed", "nothing has been pushed to the gateway yet"), nullptr, {}});
    } else if (!full && core::behind(secondary->standing()) == 0) {
        ordered_.push_back({answer(host, "up-to-date"), nullptr, {}});
    } else {
        ordered_.push_back({answer(host, "queued"), secondary, secondary->order(full)});
    }
}

void PropRun::add_unknown(std::string host) {
    ordered_.push_back({answer(std::move(host), "unknown", "it is no secondary in kpropd.acl"), nullptr, {}});
}

control::PropReport PropRun::report() const {
    control::PropReport report{number_, serial_.value, {}};
    for (const Ordered& ordered : ordered_)
        report.answers.push_back(answer_of(ordered));
    return report;
}

control::PropAnswer PropRun::answer_of(const Ordered& ordered) {
    control::PropAnswer now = ordered.answer;
    if (!ordered.secondary) return now;
    const outbound::Secondary& secondary = *ordered.secondary;
    switch (secondary.step(ordered.goal)) {
        case core::PropStep::open:
            break;
        case core::PropStep::under_way:
            now.outcome = "sending";
            if (const auto& transfer = secondary.transfer()) {
                now.sent_bytes = transfer->sent;
                now.total_bytes = transfer->total;
            }
            break;
        case core::PropStep::done:
            now.outcome = "sent";
            break;
        case core::PropStep::failed:
            if (secondary.frozen()) return answer(now.host, "frozen", *secondary.row().frozen);
            now.outcome = "failed";
            now.text = secondary.why_not();
            now.tried_again = secondary.tries_again();
            break;
    }
    return now;
}

}  // namespace kpropgw::daemon
