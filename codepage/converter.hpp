#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace kpropgw::codepage {

/// One page's conversion, strict both ways, with EBCDIC's line ends as CodePage promises. Appends to `out`, whose
/// end is undefined after an error; `offset` is added to the errors' offsets. Safe to use from any thread.
class Converter {
public:
    virtual ~Converter() = default;
    virtual Result<void> to_utf8(std::string_view bytes, std::string& out, std::uint64_t offset) const = 0;
    virtual Result<void> from_utf8(std::string_view text, std::string& out, std::uint64_t offset) const = 0;
};

using ConverterPointer = std::unique_ptr<const Converter>;

/// `icu_name` as names.hpp gives it; `page` is what errors call it. invalid_input for the converters of ICU's that
/// have several forms for the same text (UTF-7, ISO-2022 and their like).
Result<ConverterPointer> open_converter(const std::string& icu_name, const std::string& page);

/// `byte OFFSET: 0xBYTES is not a character of PAGE`
Error undecodable(std::uint64_t offset, std::string_view bytes, std::string_view page);
/// `byte OFFSET: U+CHARACTER is not in PAGE`
Error unencodable(std::uint64_t offset, char32_t character, std::string_view page);

}  // namespace kpropgw::codepage
