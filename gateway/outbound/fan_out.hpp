#pragma once
#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/outbound/secondary.hpp"

namespace kpropgw::outbound {

/// All secondaries of the file, each in its own session; nothing shared that blocks. Lives on the loop.
class FanOut {
public:
    FanOut(boost::asio::any_io_executor loop, Shared& shared) : loop_(std::move(loop)), shared_(shared) {}

    /// Takes up what the store remembers. Once, before apply().
    Result<void> load();

    /// Brings the sessions in line with the file; `own_host`'s line and the Primary's get none. A host that left the
    /// file is forgotten: when it comes back it gets a full propagation.
    void apply(const acl::Acl& acl, std::string_view own_host);

    /// The interval came round: whoever is behind and not backing off is sent to.
    void tick();
    /// Two pushes that end at once may say so in either order.
    void registry_changed(const store::Summary& registry);
    /// kpropgw.conf has other values than `before`.
    void configuration_changed(const config::Config& before);
    /// Begins nothing more; what is being sent goes on.
    void finish();
    std::size_t sending() const;
    void stop();

    /// Null when there is none of that name.
    std::shared_ptr<Secondary> find(std::string_view host) const;
    const std::map<std::string, std::shared_ptr<Secondary>, std::less<>>& secondaries() const { return secondaries_; }

private:
    void forget(const std::string& host);

    boost::asio::any_io_executor loop_;
    Shared& shared_;
    std::map<std::string, store::SecondaryRow> remembered_;
    std::map<std::string, std::shared_ptr<Secondary>, std::less<>> secondaries_;
};

}  // namespace kpropgw::outbound
