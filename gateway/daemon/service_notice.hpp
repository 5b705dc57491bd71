#pragma once
#include <chrono>
#include <optional>
#include <string>

namespace kpropgw::daemon {

/// Tells the service manager how the gateway stands, by systemd's protocol (sd_notify(3)): a datagram to the socket
/// that NOTIFY_SOCKET names. Without that variable nobody wants to know and nothing is sent. Not thread safe.
class ServiceNotice {
public:
    /// Looks at NOTIFY_SOCKET, and at WATCHDOG_USEC and WATCHDOG_PID.
    ServiceNotice();

    bool is_wanted() const { return wanted_; }
    /// The service is killed when alive() is not called for that long.
    std::optional<std::chrono::microseconds> watchdog() const { return watchdog_; }

    /// The doors are open; also after reloading().
    void ready();
    void reloading();
    /// Asks for `longest` until the end. May be called again.
    void stopping(std::chrono::microseconds longest);
    void alive();
    /// One line for `systemctl status`. Sent when it is another than the last one.
    void status(const std::string& line);

private:
    void tell(const std::string& assignments);

    bool wanted_;
    std::optional<std::chrono::microseconds> watchdog_;
    std::string told_status_;
    bool failed_ = false;  ///< which was logged
};

}  // namespace kpropgw::daemon
