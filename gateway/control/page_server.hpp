#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gateway/control/http_limits.hpp"
#include "gateway/control/readiness.hpp"
#include "gateway/control/status.hpp"
#include "gateway/events/ring.hpp"

namespace kpropgw::control {

/// Where the page is served, and to whom.
struct PageSettings {
    std::string address;  ///< numeric
    std::uint16_t port = 0;
    std::vector<std::string> names;  ///< besides addresses and localhost, what a browser may ask for
    ServerLimits limits{.largest_body = 0};
    std::chrono::milliseconds sample_every{5000};  ///< of the history
};

/// What the page asks of the gateway, on its loop only.
struct PageSource {
    std::function<Result<Status>()> status;
    std::function<std::vector<ReadyCheck>()> readiness;
    std::function<std::string()> metrics;  ///< in Prometheus' text format; empty: there are none
    events::Ring* events = nullptr;        ///< what is told as it happens; nullptr: nothing
};

/// The read-only side: the page and what it shows, /metrics, /healthz and /readyz, by HTTP over TCP. It takes GET and
/// HEAD, no body, no order, and knows nobody: who can connect may look. All of it runs on `executor`, as of Server;
/// what `source` refers to must outlive the last run of that loop.
class PageServer {
public:
    PageServer(boost::asio::any_io_executor executor, PageSettings settings, PageSource source);
    ~PageServer();
    PageServer(const PageServer&) = delete;
    PageServer& operator=(const PageServer&) = delete;

    Result<void> start();
    void stop();

    /// After start(); of a port 0, the one that was free.
    std::uint16_t port() const;

private:
    class State;
    std::shared_ptr<State> state_;
};

}  // namespace kpropgw::control
