// What the gateway lends its page.

#include <sstream>

#include "gateway/control/metrics.hpp"
#include "gateway/daemon/gateway.hpp"
#include "gateway/events/report.hpp"

namespace kpropgw::daemon {
namespace {

control::PageSettings settings_of(const config::Config& config, const std::string& own_host) {
    control::PageSettings settings{config.http_listen->address, config.http_listen->port, {}};
    std::istringstream names(config.http_names.value_or(""));
    for (std::string name; names >> name;)
        settings.names.push_back(name);
    settings.names.push_back(own_host);
    return settings;
}

}  // namespace

void Gateway::serve_page() {
    if (!config_.http_listen) return;
    const control::PageSource source{
        .status = [this] { return status(); },
        .readiness = [this] { return readiness_of(status(), pushes_.is_open() && followers_.is_open()); },
        .metrics = [this] { return control::metrics_text(status(), metrics_, started_); },
        .events = &events::recent(),
    };
    page_.emplace(loop_.get_executor(), settings_of(config_, identity_.host), source);
    if (auto ok = page_->start(); !ok) {
        // Secondaries are sent to without a page, too.
        events::report(events::page_not_served, {}, ok.error());
        page_.reset();
        return;
    }
    events::report(events::page_served, {{"address", config_.http_listen->address}, {"port", page_->port()}});
}

}  // namespace kpropgw::daemon
