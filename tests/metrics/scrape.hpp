#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "support/gateway.hpp"

namespace kpropgw::testing {

/// What a gateway's /metrics answered.
class Scrape {
public:
    using Labels = std::map<std::string, std::string>;

    /// Asks the gateway of the realm; throws std::runtime_error unless it answers 200 with what Prometheus can read.
    explicit Scrape(const Realm& realm);

    /// The value of that one series; absent when there is none. Labels of an own secondary are given by its full name.
    std::optional<double> value(const std::string& name, const Labels& labels = {}) const;
    /// Every name with the labels that its series have, without `le` and what a histogram adds to a name.
    std::map<std::string, std::set<std::string>> names() const;

    const std::string& text() const { return text_; }
    const std::string& content_type() const { return content_type_; }

private:
    std::string text_;
    std::string content_type_;
    std::map<std::pair<std::string, Labels>, double> series_;
    std::set<std::string> histograms_;
};

}  // namespace kpropgw::testing
