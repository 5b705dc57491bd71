#include "tests/metrics/scrape.hpp"

#include <fstream>
#include <regex>
#include <sstream>
#include <stdexcept>

#include "support/http.hpp"

namespace kpropgw::testing {
namespace {

std::string first_line(const std::filesystem::path& path) {
    std::string line;
    std::getline(std::ifstream{path}, line);
    return line;
}

}  // namespace

Scrape::Scrape(const Realm& realm) {
    const auto answer =
        http_get(realm.address_of("gateway"), first_line(realm.home_of("gateway") / "http_port"), "/metrics");
    if (answer.status != 200) throw std::runtime_error("/metrics: " + std::to_string(answer.status) + answer.body);
    text_ = answer.body;
    std::smatch type;
    if (std::regex_search(answer.header, type, std::regex("Content-Type: ([^\r\n]*)"))) content_type_ = type[1];

    const std::regex sample(R"re((\w+)(?:\{(.*)\})? (\S+))re");
    const std::regex label(R"re((\w+)="([^"]*)",?)re");
    std::istringstream lines(text_);
    for (std::string line; std::getline(lines, line);) {
        std::smatch parts;
        if (line.starts_with("# TYPE ") && line.ends_with(" histogram")) {
            histograms_.insert(line.substr(7, line.rfind(' ') - 7));
        } else if (!line.starts_with('#')) {
            if (!std::regex_match(line, parts, sample)) throw std::runtime_error("/metrics: what is \"" + line + "\"?");
            Labels labels;
            const std::string all = parts[2];
            for (std::sregex_iterator each(all.begin(), all.end(), label), end; each != end; ++each)
                labels[(*each)[1]] = (*each)[2];
            series_[{parts[1], labels}] = std::stod(parts[3]);
        }
    }
}

std::optional<double> Scrape::value(const std::string& name, const Labels& labels) const {
    const auto found = series_.find({name, labels});
    return found == series_.end() ? std::nullopt : std::optional(found->second);
}

std::map<std::string, std::set<std::string>> Scrape::names() const {
    std::map<std::string, std::set<std::string>> names;
    for (const auto& [key, value] : series_) {
        std::string name = key.first;
        for (const std::string ending : {"_bucket", "_sum", "_count"}) {
            if (!name.ends_with(ending)) continue;
            const std::string stem = name.substr(0, name.size() - ending.size());
            if (histograms_.contains(stem)) name = stem;
        }
        for (const auto& [label, ignored] : key.second) {
            if (label != "le") names[name].insert(label);
        }
        names[name];
    }
    return names;
}

}  // namespace kpropgw::testing
