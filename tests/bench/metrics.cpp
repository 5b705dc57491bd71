// What counting costs, and the text of a scrape of many secondaries: bench-metrics [SECONDARIES]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <vector>

#include "gateway/control/metrics.hpp"

namespace {

using namespace kpropgw;
using Clock = std::chrono::steady_clock;

/// The median of 11 runs, in nanoseconds for each of `times`.
double nanoseconds(int times, const std::function<void()>& what) {
    std::vector<double> runs;
    for (int run = 0; run < 11; ++run) {
        const auto begun = Clock::now();
        for (int i = 0; i < times; ++i)
            what();
        runs.push_back(std::chrono::duration<double, std::nano>(Clock::now() - begun).count() / times);
    }
    std::nth_element(runs.begin(), runs.begin() + 5, runs.end());
    return runs[5];
}

control::Status status_of(int secondaries) {
    control::Status status;
    status.version = "0.1.0";
    status.now = system_clock().now();
    for (int i = 0; i < secondaries; ++i) {
        control::SecondaryStatus one;
        one.host = "kdc" + std::to_string(i) + ".emea.example.com";
        one.role = "Replace";
        one.state = "behind";
        one.behind = one.sent.behind = 3;
        one.behind_since = one.sent.behind_since = one.last_success = status.now - std::chrono::seconds(i);
        status.secondaries.push_back(one);
    }
    return status;
}

}  // namespace

int main(int count, char** words) {
    const int secondaries = count > 1 ? std::atoi(words[1]) : 1000;
    metrics::Metrics counted;
    const Error why(Errc::denied, "host/other.example.com@EXAMPLE.COM is not the primary");
    const int many = 200000;
    std::printf("a counter     %8.0f ns\n", nanoseconds(many, [&] { counted.updates_confirmed(); }));
    std::printf("by role       %8.0f ns\n", nanoseconds(many, [&] { counted.dump_sent("Manual", 100); }));
    std::printf("a histogram   %8.0f ns\n",
                nanoseconds(many, [&] { counted.confirmed_after("Update", std::chrono::seconds(20)); }));
    std::printf("a refusal     %8.0f ns\n", nanoseconds(many / 10, [&] { counted.push_refused(why); }));
    const Result<control::Status> status = status_of(secondaries);
    std::size_t bytes = 0;
    const double scrape =
        nanoseconds(5, [&] { bytes = control::metrics_text(status, counted, system_clock().now()).size(); });
    std::printf("a scrape      %8.1f ms of %d secondaries, %zu bytes\n", scrape / 1e6, secondaries, bytes);
}
