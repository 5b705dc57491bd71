#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "support/realm.hpp"

namespace kpropgw::testing {

/// One secondary as the gateway's files name it.
struct Secondary {
    std::string name;
    std::string role = "Replace";
    std::string enctype = {};         ///< the acl's third field
    std::string pinned_version = {};  ///< [secondary] dump
    bool running = true;              ///< whether its kpropd is started at first
    std::string poll = "1s";          ///< of an Update secondary: how long its kpropd sleeps between two questions
};

/// Which host it is and whom it takes the registry from.
struct GatewayHost {
    std::string name = "gateway";
    std::string primary = "primary";
};

/// kpropgw itself in a realm. Must end before the realm does.
class Gateway {
public:
    /// What [gateway] says besides what every test needs, or instead of it; "SECTION.KEY" for another section.
    using Settings = std::map<std::string, std::string>;

    Gateway(const Realm& realm, const std::vector<Secondary>& secondaries, const Settings& settings = {},
            GatewayHost host = {});
    /// Stops it and fails the test when its log holds a sanitizer's report; a failed test shows the log.
    ~Gateway();

    std::filesystem::path configuration() const { return home_ / "kpropgw.conf"; }
    std::filesystem::path acl_file() const { return home_ / "kpropd.acl"; }
    std::uint16_t port() const { return port_; }
    std::string log() const;
    /// How often that stands in the log.
    int logged(std::string_view what) const;

    /// Puts another kpropd.acl in place at once, as an editor does.
    void write_acl(std::string_view bytes) const;
    /// The lines for the primary and these, with the ports that the realm gave them.
    std::string acl_text(const std::vector<Secondary>& secondaries) const;

    /// Returns when it answers on its control socket.
    void start() const;
    void wait_until_it_answers() const;
    void stop() const;
    /// kill -9
    void kill() const;

    /// `kpropgw COMMAND... -c CONFIGURATION`
    Finished command(std::vector<std::string> words) const;

    nlohmann::json status() const;
    using Condition = std::function<bool(const nlohmann::json& status)>;
    /// Throws std::runtime_error with `what` and the last status when the deadline passes.
    nlohmann::json wait_until(std::string_view what, const Condition& condition,
                              std::chrono::seconds deadline = std::chrono::seconds{60}) const;

private:
    void write_configuration(const std::vector<Secondary>& secondaries, Settings settings) const;

    const Realm& realm_;
    GatewayHost host_;
    std::filesystem::path home_;
    std::uint16_t port_;
};

/// What status says of one secondary. Throws std::runtime_error when it does not name it.
nlohmann::json secondary(const nlohmann::json& status, std::string_view name);
/// A field's text, "" when it is absent or null.
std::string text(const nlohmann::json& object, std::string_view field);

}  // namespace kpropgw::testing
