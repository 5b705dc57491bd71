#include "support/gateway.hpp"

#include <gtest/gtest.h>
#include <signal.h>

#include <fstream>
#include <iostream>
#include <stdexcept>
#include <thread>

namespace kpropgw::testing {
namespace {

using namespace std::chrono_literals;

void write(const std::filesystem::path& path, std::string_view bytes) {
    const auto unfinished = path.string() + ".new";
    std::ofstream{unfinished, std::ios::binary} << bytes;
    std::filesystem::rename(unfinished, path);
}

std::string first_line(const std::filesystem::path& path) {
    std::string line;
    std::getline(std::ifstream{path} >> std::ws, line);
    if (line.empty()) throw std::runtime_error(path.string() + " is empty or not there");
    return line;
}

}  // namespace

Gateway::Gateway(const Realm& realm, const std::vector<Secondary>& secondaries, const Settings& settings,
                 GatewayHost host)
    : realm_(realm),
      host_(std::move(host)),
      home_(realm.home_of(host_.name)),
      port_(static_cast<std::uint16_t>(std::stoi(first_line(home_ / "port")))) {
    write_configuration(secondaries, settings);
    write_acl(acl_text(secondaries));
}

Gateway::~Gateway() {
    try {
        stop();
        const auto said = log();
        for (const std::string_view report : {"Sanitizer", "runtime error:"})
            EXPECT_EQ(said.find(report), said.npos) << said;
        if (::testing::Test::HasFailure()) std::cerr << "kpropgw's log:\n" << said;
    } catch (const std::exception& e) {
        ADD_FAILURE() << e.what();
    }
}

void Gateway::write_configuration(const std::vector<Secondary>& secondaries, Settings settings) const {
    const std::string address = realm_.address_of(host_.name);
    settings.merge(Settings{
        {"realm", "KPROPGW.TEST"},
        {"host", Realm::host_name(host_.name)},
        {"acl_file", "kpropd.acl"},
        {"keytab", "keytab"},
        {"store", "lmdb:store"},
        {"control", "control.sock"},
        {"listen", address + ':' + std::to_string(port_)},
        {"iprop_listen", address + ':' + first_line(home_ / "iprop_port")},
        {"prop_interval", "1s"},
        {"retry_min", "1s"},
        {"retry_max", "2s"},
        {"probe.interval", "0s"},
        {"status.http_listen", address + ':' + first_line(home_ / "http_port")},
        {"stop_timeout", "2s"},
    });
    std::map<std::string, std::string> sections;
    for (const auto& [name, value] : settings) {
        const std::size_t dot = name.find('.');
        const bool in_gateway = dot == name.npos;
        sections[in_gateway ? "gateway" : name.substr(0, dot)] +=
            "    " + (in_gateway ? name : name.substr(dot + 1)) + " = " + value + '\n';
    }
    for (const auto& each : secondaries) {
        const auto kdc_port = realm_.home_of(each.name) / "kdc_port";
        std::string options;
        // A gateway among them has no KDC.
        if (std::filesystem::exists(kdc_port)) options = "kdc_port = " + first_line(kdc_port);
        if (!each.pinned_version.empty()) options += (options.empty() ? "dump = " : ", dump = ") + each.pinned_version;
        if (!options.empty())
            sections["secondary"] += "    " + Realm::host_name(each.name) + " = { " + options + " }\n";
    }
    std::string text;
    for (const auto& [name, lines] : sections)
        text += '[' + name + "]\n" + lines;
    write(configuration(), text);
}

std::string Gateway::acl_text(const std::vector<Secondary>& secondaries) const {
    std::string text = "; made by a test\n" + Realm::host_name(host_.primary) + ":754 Primary\n";
    for (const auto& each : secondaries)
        text += "  " + Realm::host_name(each.name) + ':' + first_line(realm_.home_of(each.name) / "port") + ' ' +
                each.role + ' ' + each.enctype + '\n';
    return text;
}

int Gateway::logged(std::string_view what) const {
    const std::string all = log();
    int count = 0;
    for (auto at = all.find(what); at != all.npos; at = all.find(what, at + 1))
        ++count;
    return count;
}

void Gateway::write_acl(std::string_view bytes) const {
    write(acl_file(), bytes);
}

std::string Gateway::log() const {
    const auto path = realm_.directory() / "log" / (host_.name + ".kpropgw.log");
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

void Gateway::start() const {
    realm_.must({"start-gateway", KPROPGW_BINARY, configuration().string(), host_.name});
    wait_until_it_answers();
}

void Gateway::wait_until_it_answers() const {
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    for (;;) {
        const auto answer = command({"status", "--json"});
        if (answer.ok()) return;
        if (std::chrono::steady_clock::now() > deadline)
            throw std::runtime_error("kpropgw did not come up: " + describe({"status"}, answer) + "\nlog: " + log());
        std::this_thread::sleep_for(50ms);
    }
}

void Gateway::stop() const {
    realm_.must({"stop-gateway", host_.name});
}

void Gateway::kill() const {
    const auto pid = std::stoi(realm_.must({"pid", host_.name, "kpropgw"}));
    if (::kill(pid, SIGKILL) != 0) throw std::runtime_error("kpropgw was gone before it was killed\nlog: " + log());
    stop();
}

Finished Gateway::command(std::vector<std::string> words) const {
    words.insert(words.begin(), KPROPGW_BINARY);
    words.insert(words.end(), {"-c", configuration().string()});
    return realm_.run_as(host_.name, words);
}

nlohmann::json Gateway::status() const {
    const auto answer = command({"status", "--json"});
    if (!answer.ok()) throw std::runtime_error(describe({"status"}, answer) + "\nlog: " + log());
    return nlohmann::json::parse(answer.output);
}

nlohmann::json Gateway::wait_until(std::string_view what, const Condition& condition,
                                   std::chrono::seconds deadline) const {
    const auto end = std::chrono::steady_clock::now() + deadline;
    for (;;) {
        auto now = status();
        if (condition(now)) return now;
        if (std::chrono::steady_clock::now() > end)
            throw std::runtime_error("did not come true: " + std::string{what} + "\n" + now.dump(2));
        std::this_thread::sleep_for(50ms);
    }
}

nlohmann::json secondary(const nlohmann::json& status, std::string_view name) {
    for (const auto& each : status.at("secondaries"))
        if (each.at("host") == Realm::host_name(name)) return each;
    throw std::runtime_error("status does not name " + std::string{name} + ": " + status.dump(2));
}

std::string text(const nlohmann::json& object, std::string_view field) {
    const auto found = object.find(field);
    return found == object.end() || found->is_null() ? "" : found->get<std::string>();
}

}  // namespace kpropgw::testing
