#pragma once
#include <future>
#include <map>
#include <string>

#include "support/site.hpp"

namespace kpropgw::testing {

/// `kpropgw serve` as a process of its own whose end is waited for: what its exit status and its log were. For a site
/// without a running gateway. Killed, if it still runs, with this object.
class Served {
public:
    using Environment = std::map<std::string, std::string>;

    /// Returns at once. `environment` is set besides what makes it the realm's gateway.
    explicit Served(const Site& site, const Environment& environment = {});
    ~Served();

    void signal(int number) const;
    bool has_ended() const;
    /// Throws std::runtime_error after two minutes.
    const Finished& end();

private:
    pid_t pid() const;

    std::string pid_file_;
    std::future<Finished> running_;
    Finished finished_;
};

}  // namespace kpropgw::testing
