#pragma once
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "support/gateway.hpp"
#include "support/realm.hpp"

namespace kpropgw::testing {

/// A whole site: a realm, secondaries with their kpropd, and the gateway between them, all running.
class Site {
public:
    struct Options {
        unsigned principals = 30;
        unsigned bulk_principals = 0;  ///< more of them, without usable passwords
        Gateway::Settings settings = {};
        bool start_gateway = true;
        bool iprop = false;  ///< the primary has an update log
    };

    explicit Site(std::vector<Secondary> secondaries);
    Site(std::vector<Secondary> secondaries, const Options& options);

    Realm realm;
    std::vector<Secondary> secondaries;

    const Gateway& gateway() const { return *gateway_; }

    /// A kprop from the primary; must succeed (std::runtime_error).
    void push() const;
    /// kprop in whatever way; its exit status and what it said.
    Finished try_push(const std::vector<std::string>& arguments = {}) const;

    /// Waits until each secondary that takes propagations by itself and runs has confirmed the newest serial.
    nlohmann::json wait_until_all_have_it() const;

    /// Its own dump, in the version that its role carries, says what the primary's says; a test failure otherwise.
    void expect_equal(std::string_view name) const;
    /// Waits until each secondary that runs says what the primary's dump says; a test failure when it does not in time.
    void expect_all_to_become_equal(std::chrono::seconds deadline = std::chrono::seconds{30}) const;
    /// expect_equal for each secondary that runs, `except` that one.
    void expect_all_equal(std::string_view except = "") const;

private:
    const Secondary& find(std::string_view name) const;

    std::unique_ptr<Gateway> gateway_;
};

}  // namespace kpropgw::testing
