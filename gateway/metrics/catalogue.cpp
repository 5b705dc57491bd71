#include "gateway/metrics/catalogue.hpp"

#include <algorithm>

namespace kpropgw::metrics {
namespace {

constexpr std::array table{
#define KPROPGW_METRIC(constant, ...) &catalogue::constant,
#include "gateway/metrics/catalogue.def"
#undef KPROPGW_METRIC
};

}  // namespace

std::string_view to_text(Type type) {
    switch (type) {
        case Type::gauge:
            return "gauge";
        case Type::counter:
            return "counter";
        case Type::histogram:
            return "histogram";
    }
    return "untyped";
}

std::size_t Metric::label_count() const {
    return static_cast<std::size_t>(std::find(labels.begin(), labels.end(), "") - labels.begin());
}

std::span<const Metric* const> all() {
    return table;
}

}  // namespace kpropgw::metrics
