#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gateway/cli/manual.hpp"
#include "gateway/metrics/catalogue.hpp"

namespace kpropgw::cli {
namespace {

using metrics::Metric;

constexpr std::string_view head = R"(# Metrics for Prometheus

`GET /metrics` on `[status] http_listen` (127.0.0.1:8754) answers in the text format of Prometheus, version 0.0.4. A scrape
changes nothing and asks no peer anything. It names the secondaries; it never has a principal's name or a key.

For a Prometheus on the gateway's machine:

```yaml
# prometheus.yml
scrape_configs:
  - job_name: kpropgw            # the alerts and the dashboard ask for this name
    scrape_interval: 15s
    static_configs:
      - targets: ["127.0.0.1:8754"]
rule_files:
  - kpropgw.rules.yaml
```

One on another machine comes in through a proxy that asks for a certificate or a password: the port itself asks nobody
([page.md](page.md)). Whoever asks by a name other than an address, localhost or the gateway's own is answered 421, unless
`[status] http_names` has that name.

## Alerts and dashboard

`samples/monitoring/kpropgw.rules.yaml`: each alert says what is wrong and what to type. The times fit an interval of 5
minutes and pushes once an hour; change them to those of the realm. Manual secondaries and frozen ones are not behind.
`samples/monitoring/kpropgw-dashboard.json` is for Grafana 9 or later (Dashboards, Import).

| alert | severity | when |
|---|---|---|
| `KpropgwSecondaryBehind` | warning | a secondary lacks a change for longer than 5 minutes |
| `KpropgwSecondaryFarBehind` | critical | the same for 15 minutes |
| `KpropgwSecondaryFailing` | warning | propagation to it has failed for 5 minutes |
| `KpropgwSecondaryNeedsFull` | warning | it needs the full registry and has not got it in 15 minutes |
| `KpropgwKdcStale` | critical | its KDC has not served for 5 minutes what it has loaded |
| `KpropgwSecondaryFrozen` | warning | it has been frozen for a day |
| `KpropgwJournalLowEndNear` | warning | an Update secondary that is away will soon need the full registry |
| `KpropgwResyncsRepeat` | warning | Update secondaries are sent the full registry more than twice an hour each |
| `KpropgwSourceSilent` | critical | the followed primary has not answered for 5 minutes |
| `KpropgwSourceFailing` | critical | the followed primary has failed for 5 minutes |
| `KpropgwNoPush` | warning | a primary that pushes has not for 2 hours 10 minutes |
| `KpropgwEmpty` | warning | the gateway has had no registry for an hour |
| `KpropgwPushRefused` | warning | a push was refused in the last 15 minutes |
| `KpropgwDumpHeld` | critical | the last dump was not let in for what it holds |
| `KpropgwDown` | critical | the gateway has not answered for 2 minutes |
| `KpropgwRestartedOften` | warning | it was started more than twice in an hour |
| `KpropgwAclBroken` | warning | kpropd.acl has had errors for 10 minutes |
| `KpropgwFollowersRefused` | warning | a kpropd that follows has been refused for 5 minutes |
| `KpropgwDescriptorsNearLimit` | warning | nine tenths of the descriptors are in use |

## The metrics

What is counted begins at 0 when the gateway starts. *secondary* is a host of kpropd.acl, *role* its role there; the series
of a host that leaves the file go with it. Roles, states and the ids of causes are few and known, and nothing that a peer
sends becomes a label, so the number of series is bounded by that of the secondaries: at most 14 for each. With 1,000 of them a scrape is
1.1 MB, made in 13 ms (`bench-metrics`, [performance.md](performance.md)).

| name | type | unit | labels | what it is | when to worry |
|---|---|---|---|---|---|
)";

std::string row_of(const Metric& metric) {
    const auto labels = std::span(metric.labels).first(metric.label_count());
    return fmt::format("| `{}` | {} | {} | {} | {} | {} |\n", metric.name, to_text(metric.type), metric.unit,
                       fmt::join(labels, ", "), metric.help, metric.worry);
}

std::string buckets_of(const Metric& metric) {
    return fmt::format("- `{}`: {}\n", metric.name, fmt::join(metric.buckets, ", "));
}

}  // namespace

std::string manual_of_metrics() {
    std::string out(head);
    for (const Metric* metric : metrics::all())
        out += row_of(*metric);
    out += "\nThe bounds of the histograms, in seconds:\n\n";
    for (const Metric* metric : metrics::all()) {
        if (!metric->buckets.empty()) out += buckets_of(*metric);
    }
    return out;
}

}  // namespace kpropgw::cli
