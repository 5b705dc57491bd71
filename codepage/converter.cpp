#include "codepage/converter.hpp"

#include <fmt/format.h>
#include <unicode/ucnv.h>

#include "base/hex.hpp"
#include "codepage/icu.hpp"
#include "codepage/multi_byte.hpp"
#include "codepage/single_byte.hpp"
#include "codepage/utf8.hpp"

namespace kpropgw::codepage {
namespace {

std::optional<char32_t> read_byte(UConverter* icu, char byte) {
    UErrorCode status = U_ZERO_ERROR;
    const char* source = &byte;
    const UChar32 character = ucnv_getNextUChar(icu, &source, source + 1, &status);
    ucnv_resetToUnicode(icu);
    if (U_FAILURE(status)) return std::nullopt;
    return static_cast<char32_t>(character);
}

/// The one byte that `character` is written as.
std::optional<char> write_byte(UConverter* icu, char32_t character) {
    UErrorCode status = U_ZERO_ERROR;
    const auto unit = static_cast<UChar>(character);
    char byte = 0;
    const std::int32_t size = ucnv_fromUChars(icu, &byte, 1, &unit, 1, &status);
    if (U_FAILURE(status) || size != 1) return std::nullopt;
    return byte;
}

bool is_ebcdic(UConverter* icu) {
    return read_byte(icu, '\xC1') == U'A';
}

/// Only what goes there and back: a byte that ICU reads but writes as another one would make two names look the same.
SingleByteTable read_table(UConverter* icu) {
    SingleByteTable table;
    for (std::size_t value = 0; value < table.size(); ++value) {
        const auto byte = static_cast<char>(value);
        const auto character = read_byte(icu, byte);
        if (character && write_byte(icu, *character) == byte) table[value] = character;
    }
    if (is_ebcdic(icu)) {
        table[ebcdic_new_line] = U'\n';
        table[ebcdic_line_feed] = U'\n';
    }
    return table;
}

}  // namespace

Result<ConverterPointer> open_converter(const std::string& icu_name, const std::string& page) {
    auto icu = open_icu_converter(icu_name);
    if (!icu) return icu.error();
    switch (ucnv_getType(icu->get())) {
        case UCNV_UTF8:
            return make_utf8_converter();
        case UCNV_US_ASCII:
        case UCNV_LATIN_1:
        case UCNV_SBCS:
            return make_single_byte_converter(read_table(icu->get()), page);
        case UCNV_MBCS:
            return make_multi_byte_converter(icu_name, page, Shifting::no);
        case UCNV_EBCDIC_STATEFUL:
            return make_multi_byte_converter(icu_name, page, Shifting::yes);
        default:
            return Error(Errc::invalid_input,
                         fmt::format("code page \"{}\" has several forms for one text; convert to UTF-8 first", page));
    }
}

Error undecodable(std::uint64_t offset, std::string_view bytes, std::string_view page) {
    return {Errc::invalid_input, fmt::format("byte {}: 0x{} is not a character of {}", offset, to_hex(bytes), page)};
}

Error unencodable(std::uint64_t offset, char32_t character, std::string_view page) {
    return {Errc::invalid_input,
            fmt::format("byte {}: U+{:04X} is not in {}", offset, static_cast<std::uint32_t>(character), page)};
}

}  // namespace kpropgw::codepage
