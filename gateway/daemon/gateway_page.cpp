// What the gateway lends its page.
#include <spdlog/spdlog.h>

#include <sstream>

#include "gateway/daemon/gateway.hpp"

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
        .metrics = {},
    };
    page_.emplace(loop_.get_executor(), settings_of(config_, identity_.host), source);
    if (auto ok = page_->start(); !ok) {
        // Secondaries are sent to without a page, too.
        spdlog::error("event=page-not-served error=\"{}\"", ok.error().text());
        page_.reset();
        return;
    }
    spdlog::info("event=page-served address={} port={}", config_.http_listen->address, page_->port());
}

}  // namespace kpropgw::daemon
