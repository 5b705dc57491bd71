#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

/// What /metrics says. The constants are made of catalogue.def, as docs/metrics.md is.
namespace kpropgw::metrics {

enum class Type : std::uint8_t { gauge, counter, histogram };

/// "gauge"
std::string_view to_text(Type type);

/// A metric by the conventions of Prometheus: seconds and bytes, counters end in `_total`.
struct Metric {
    std::string_view name;
    Type type = Type::gauge;
    std::string_view unit;
    std::string_view help;
    std::string_view worry;                    ///< when an operator should; may be empty
    std::span<const double> buckets;           ///< of a histogram: upper bounds, ascending
    std::array<std::string_view, 3> labels{};  ///< those that are not empty

    std::size_t label_count() const;
};

inline constexpr std::span<const double> no_buckets;
inline constexpr std::array long_times{0.1, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0};
inline constexpr std::array delay_times{0.01, 0.05, 0.25,  1.0,   5.0,    30.0,    60.0,
                                        120., 300., 600.0, 1800., 3600.0, 21600.0, 86400.0};

/// A constant for each metric.
namespace catalogue {

#define KPROPGW_METRIC(constant, type, name, unit, help, worry, buckets, ...) \
    inline constexpr Metric constant{name, Type::type, unit, help, worry, buckets, {__VA_ARGS__}};
#include "gateway/metrics/catalogue.def"
#undef KPROPGW_METRIC

}  // namespace catalogue

/// In the order of the catalogue.
std::span<const Metric* const> all();

}  // namespace kpropgw::metrics
