// A real Prometheus scrapes the gateway, evaluates samples/monitoring's alerts, and answers what an operator would ask.
#include <gmock/gmock.h>
#include <sys/wait.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "support/http.hpp"
#include "support/pipe.hpp"
#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

using namespace std::chrono_literals;

std::string first_line(const std::filesystem::path& path) {
    std::string line;
    std::getline(std::ifstream{path}, line);
    return line;
}

class Prometheus {
public:
    /// It scrapes the gateway of the realm every half second, as the job "kpropgw".
    explicit Prometheus(const Realm& realm) : directory_(realm.directory() / "prometheus") {
        std::filesystem::create_directories(directory_);
        const auto rules = std::filesystem::path(KPROPGW_SOURCE_DIR) / "samples/monitoring/kpropgw.rules.yaml";
        std::ofstream{directory_ / "prometheus.yml"}
            << "global: {scrape_interval: 500ms, scrape_timeout: 500ms, evaluation_interval: 500ms}\n"
            << "rule_files: [\"" << rules.string() << "\"]\n"
            << "scrape_configs:\n  - job_name: kpropgw\n    static_configs:\n      - targets: [\""
            << realm.address_of("gateway") << ':' << first_line(realm.home_of("gateway") / "http_port") << "\"]\n";
        // On a host of the realm that has a port which nobody else takes.
        address_ = realm.address_of("kdc9");
        port_ = first_line(realm.home_of("kdc9") / "port");
        log_ = directory_ / "log";
        pid_ = spawn(
            {"timeout", "120", "sh", "-c", "exec \"$@\" >\"$0\" 2>&1", log_.string(), "prometheus",
             "--config.file=" + (directory_ / "prometheus.yml").string(),
             "--storage.tsdb.path=" + (directory_ / "data").string(), "--web.listen-address=" + address_ + ':' + port_},
            -1, -1, -1);
    }
    ~Prometheus() {
        ::kill(-pid_, SIGTERM);
        ::waitpid(pid_, nullptr, 0);
    }
    Prometheus(const Prometheus&) = delete;
    Prometheus& operator=(const Prometheus&) = delete;

    /// Waits until `found` takes the data that it answers to a target of its API.
    void expect(const std::string& target, const std::function<bool(const nlohmann::json&)>& found) const {
        const auto end = std::chrono::steady_clock::now() + 60s;
        std::string last;
        while (std::chrono::steady_clock::now() < end) {
            try {
                const auto answer = http_get(address_, port_, "/api/v1/" + target);
                last = answer.body;
                if (answer.status == 200 && found(nlohmann::json::parse(answer.body).at("data"))) return;
            } catch (const std::exception& not_up_yet) {
                last = not_up_yet.what();
            }
            std::this_thread::sleep_for(100ms);
        }
        std::ifstream log(log_);
        ADD_FAILURE() << target << ": " << last << "\n" << std::string{std::istreambuf_iterator<char>(log), {}};
    }

    void expect_alert(const std::string& name, const std::string& state, const std::string& secondary = "") const {
        expect("alerts", [&](const nlohmann::json& data) {
            for (const auto& alert : data.at("alerts")) {
                if (alert.at("labels").at("alertname") != name || alert.at("state") != state) continue;
                if (secondary.empty() || text(alert.at("labels"), "secondary") == Realm::host_name(secondary))
                    return true;
            }
            return false;
        });
    }

private:
    std::filesystem::path directory_;
    std::filesystem::path log_;
    std::string address_;
    std::string port_;
    pid_t pid_ = -1;
};

TEST(Prometheus, KnowsTheLagAndRaisesTheAlarms) {
    Site site{{{"kdc1"}, {"kdc2", "Replace", "", "", false}}};
    site.realm.must({"add-secondary", "kdc9"});
    const Prometheus prometheus(site.realm);
    site.push();
    site.wait_until_all_have_it();
    const double serial = site.gateway().status().at("serial").get<double>();

    prometheus.expect("query?query=kpropgw_secondary_lag_changes%7Breach=%22stored%22%7D", [&](const auto& data) {
        std::map<std::string, double> lags;
        for (const auto& series : data.at("result"))
            lags[series.at("metric").at("secondary")] = std::stod(series.at("value").at(1).template get<std::string>());
        return lags == std::map<std::string, double>{{Realm::host_name("kdc1"), 0}, {Realm::host_name("kdc2"), serial}};
    });
    prometheus.expect_alert("KpropgwSecondaryFailing", "pending", "kdc2");

    const auto file = (site.realm.directory() / "bad").string();
    std::ofstream{file} << "this is no dump\n";
    EXPECT_FALSE(site.try_push({file}).ok());
    prometheus.expect_alert("KpropgwDumpHeld", "firing");
    prometheus.expect_alert("KpropgwPushRefused", "firing");

    site.gateway().stop();
    prometheus.expect("query?query=up%7Bjob=%22kpropgw%22%7D", [](const auto& data) {
        return !data.at("result").empty() && data.at("result").at(0).at("value").at(1) == "0";
    });
    prometheus.expect_alert("KpropgwDown", "pending");
}

}  // namespace
}  // namespace kpropgw::testing
