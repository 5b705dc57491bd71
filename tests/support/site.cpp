#include "support/site.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <thread>

#include "support/dumps.hpp"

namespace kpropgw::testing {
namespace {

std::string_view carried_version(const Secondary& secondary) {
    if (!secondary.pinned_version.empty()) return secondary.pinned_version;
    return secondary.role == "Compat" ? version::b7 : version::r1_11;
}

}  // namespace

Site::Site(std::vector<Secondary> wanted) : Site(std::move(wanted), Options{}) {}

Site::Site(std::vector<Secondary> wanted, const Options& options)
    : realm(options.principals, options.iprop), secondaries(std::move(wanted)) {
    if (options.bulk_principals > 0) realm.must({"bulk", std::to_string(options.bulk_principals)});
    for (const auto& each : secondaries) {
        std::vector<std::string> add{"add-secondary", each.name};
        if (each.role == "Update") add.insert(add.end(), {"--follow", "gateway", each.poll});
        realm.must(add);
        if (each.running) realm.must({"start-kpropd", each.name});
    }
    gateway_ = std::make_unique<Gateway>(realm, secondaries, options.settings);
    if (options.start_gateway) gateway_->start();
}

void Site::push() const {
    realm.must({"push"});
}

Finished Site::try_push(const std::vector<std::string>& arguments) const {
    std::vector<std::string> words{"push"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return realm.attempt(words);
}

nlohmann::json Site::wait_until_all_have_it() const {
    return gateway_->wait_until("every secondary has the newest serial", [this](const nlohmann::json& status) {
        return std::all_of(secondaries.begin(), secondaries.end(), [&](const Secondary& each) {
            return each.role == "Manual" || !each.running ||
                   secondary(status, each.name).at("level") == status.at("serial");
        });
    });
}

void Site::expect_equal(std::string_view name) const {
    const auto version = carried_version(find(name));
    EXPECT_EQ(difference(realm.dump_of("primary", version), realm.dump_of(name, version)), "") << "at " << name;
}

void Site::expect_all_to_become_equal(std::chrono::seconds deadline) const {
    const auto end = std::chrono::steady_clock::now() + deadline;
    for (const auto& each : secondaries) {
        const auto version = carried_version(each);
        std::string differs = "not looked";
        while (each.running && std::chrono::steady_clock::now() < end && !differs.empty()) {
            try {
                differs = difference(realm.dump_of("primary", version), realm.dump_of(each.name, version));
            } catch (const std::runtime_error& none_yet) {
                differs = none_yet.what();
            }
            if (!differs.empty()) std::this_thread::sleep_for(std::chrono::milliseconds{50});
        }
        if (!each.running) continue;
        EXPECT_EQ(differs, "") << "at " << each.name;
    }
}

void Site::expect_all_equal(std::string_view except) const {
    for (const auto& each : secondaries)
        if (each.running && each.name != except) expect_equal(each.name);
}

const Secondary& Site::find(std::string_view name) const {
    const auto found =
        std::find_if(secondaries.begin(), secondaries.end(), [&](const Secondary& s) { return s.name == name; });
    if (found == secondaries.end()) throw std::runtime_error("no secondary " + std::string{name});
    return *found;
}

}  // namespace kpropgw::testing
