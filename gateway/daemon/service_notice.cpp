#include "gateway/daemon/service_notice.hpp"

#include <fmt/format.h>
#include <systemd/sd-daemon.h>

#include <cstdlib>
#include <cstring>

#include "gateway/events/report.hpp"

namespace kpropgw::daemon {

ServiceNotice::ServiceNotice() : wanted_(std::getenv("NOTIFY_SOCKET") != nullptr) {
    std::uint64_t interval = 0;
    if (wanted_ && ::sd_watchdog_enabled(0, &interval) > 0) watchdog_ = std::chrono::microseconds(interval);
}

void ServiceNotice::ready() {
    tell("READY=1");
}

void ServiceNotice::reloading() {
    // systemd 253 and later wants to know since when.
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    tell(fmt::format("RELOADING=1\nMONOTONIC_USEC={}",
                     std::chrono::duration_cast<std::chrono::microseconds>(now).count()));
}

void ServiceNotice::stopping(std::chrono::microseconds longest) {
    tell(fmt::format("STOPPING=1\nEXTEND_TIMEOUT_USEC={}", longest.count()));
}

void ServiceNotice::alive() {
    tell("WATCHDOG=1");
}

void ServiceNotice::status(const std::string& line) {
    if (line == told_status_) return;
    told_status_ = line;
    tell("STATUS=" + line);
}

void ServiceNotice::tell(const std::string& assignments) {
    if (!wanted_) return;
    const int outcome = ::sd_notify(0, assignments.c_str());
    if (outcome < 0 && !failed_) {
        events::report(events::service_manager_not_told, {}, system_error(-outcome, "NOTIFY_SOCKET"));
    }
    failed_ = outcome < 0;
}

}  // namespace kpropgw::daemon
