#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gateway/cli/manual.hpp"
#include "gateway/metrics/catalogue.hpp"

namespace kpropgw::cli {
namespace {

using metrics::Metric;

constexpr std::string_view head = R"(# Metrics for Prometheus

`GET /metrics` on `[status] http_listen` (127.0.0.1:8754) answers in the text format of Prometheus, version 0.0.4. A scrape
changes nothing and asks no peer anything; names of principals and keys are never in it, names of secondaries are.

For Prometheus, on the gateway's machine:

```yaml
# prometheus.yml
scrape_configs:
  - job_name: kpropgw            # the alerts ask for this name
    scrape_interval: 15s
    static_configs:
      - targets: ["127.0.0.1:8754"]
rule_files:
  - kpropgw.rules.yaml           # samples/monitoring/kpropgw.rules.yaml
```

A Prometheus on another machine reaches it through a proxy that asks for a certificate or a password: the port itself
knows neither.

`samples/monitoring/kpropgw.rules.yaml` has the alerts below; each says what to type. `samples/monitoring/kpropgw-dashboard.json`
is for Grafana 9 or later (Dashboards, Import). What the two ask of Prometheus is tested against this list.

)";

constexpr std::string_view list_head = R"(
## The metrics

What is counted begins at 0 when the gateway starts. *secondary* is a host of kpropd.acl, *role* its role there; the series
of a host that leaves the file go with it. Whatever bounds a series bounds all: roles, states, ids of causes are few and
known, and nothing that a peer sends becomes a label.

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
    out += list_head;
    for (const Metric* metric : metrics::all())
        out += row_of(*metric);
    out += "\nThe bounds of the histograms, in seconds:\n\n";
    for (const Metric* metric : metrics::all()) {
        if (!metric->buckets.empty()) out += buckets_of(*metric);
    }
    return out;
}

}  // namespace kpropgw::cli
