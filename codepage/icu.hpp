#pragma once
#include <memory>
#include <string>

#include "base/error.hpp"

struct UConverter;

namespace kpropgw::codepage {

struct CloseIcuConverter {
    void operator()(UConverter* converter) const;
};

/// Not thread safe: one per call.
using IcuConverter = std::unique_ptr<UConverter, CloseIcuConverter>;

/// A converter of ICU's that stops at whatever it cannot convert. `icu_name` as names.hpp gives it.
Result<IcuConverter> open_icu_converter(const std::string& icu_name);

}  // namespace kpropgw::codepage
