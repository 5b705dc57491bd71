#pragma once
#include "codepage/converter.hpp"

namespace kpropgw::codepage {

/// Whether X'0E' and X'0F' switch between single and double bytes: EBCDIC's pages of this kind.
enum class Shifting { no, yes };

ConverterPointer make_multi_byte_converter(const std::string& icu_name, const std::string& page, Shifting shifting);

}  // namespace kpropgw::codepage
