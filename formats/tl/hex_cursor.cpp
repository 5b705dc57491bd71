#include "formats/tl/hex_cursor.hpp"

#include <fmt/format.h>

#include <array>

namespace kpropgw::formats {
namespace {

constexpr unsigned no_digit = 0x100;

constexpr auto value_of_digit = [] {
    std::array<std::uint16_t, 256> values{};
    values.fill(no_digit);
    for (unsigned i = 0; i < 10; ++i)
        values['0' + i] = static_cast<std::uint16_t>(i);
    for (unsigned i = 0; i < 6; ++i)
        values['a' + i] = values['A' + i] = static_cast<std::uint16_t>(10 + i);
    return values;
}();

}  // namespace

void HexCursor::fail(std::string_view problem) {
    if (!error_) error_ = Error(Errc::corrupt, fmt::format("{}: byte {}: {}", what_, at(), problem));
}

bool HexCursor::holds(const char* field, std::size_t size) {
    if (failed()) return false;
    if (size <= left()) return true;
    fail(fmt::format("{} of {} bytes does not fit, {} are left", field, size, left()));
    return false;
}

unsigned HexCursor::byte() {
    const unsigned high = value_of_digit[static_cast<unsigned char>(hex_[at_])];
    const unsigned low = value_of_digit[static_cast<unsigned char>(hex_[at_ + 1])];
    if ((high | low) & no_digit) [[unlikely]] {
        fail("a byte is not hexadecimal");
        return 0;
    }
    at_ += 2;
    return high << 4 | low;
}

std::uint16_t HexCursor::le16(const char* field) {
    if (!holds(field, 2)) return 0;
    const unsigned low = byte();
    return static_cast<std::uint16_t>(low | byte() << 8);
}

std::uint32_t HexCursor::le32(const char* field) {
    if (!holds(field, 4)) return 0;
    std::uint32_t value = 0;
    for (unsigned shift = 0; shift < 32; shift += 8)
        value |= byte() << shift;
    return value;
}

std::uint32_t HexCursor::be32(const char* field) {
    constexpr std::size_t digits = 8;
    if (!holds(field, digits / 2)) return 0;
    std::uint32_t value = 0;
    unsigned seen = 0;
    for (const char c : hex_.substr(at_, digits)) {
        const unsigned digit = value_of_digit[static_cast<unsigned char>(c)];
        seen |= digit;
        value = value << 4 | digit;
    }
    if ((seen & no_digit) != 0) [[unlikely]] {
        fail("a byte is not hexadecimal");
        return 0;
    }
    at_ += digits;
    return value;
}

std::string_view HexCursor::hex(const char* field, std::size_t size) {
    if (!holds(field, size)) return "";
    const std::string_view taken = hex_.substr(at_, size * 2);
    at_ += size * 2;
    return taken;
}

void HexCursor::text(const char* field, std::size_t size, std::string& text) {
    text.clear();
    if (!holds(field, size)) return;
    for (std::size_t i = 0; i < size && !failed(); ++i) {
        const unsigned value = byte();
        if (value == 0) return fail(fmt::format("{} holds a NUL byte", field));
        text += static_cast<char>(value);
    }
}

void HexCursor::terminated_text(const char* field, std::string& text) {
    text.clear();
    while (!failed()) {
        if (left() == 0) return fail(fmt::format("{} has no NUL byte at its end", field));
        const unsigned value = byte();
        if (value == 0) return;
        text += static_cast<char>(value);
    }
}

void HexCursor::xdr_padding() {
    while (at() % 4 != 0 && !failed()) {
        if (!holds("padding", 1)) return;
        if (byte() != 0) fail("padding is not zero");
    }
}

Result<void> HexCursor::finish() {
    if (!failed() && hex_.size() % 2 != 0) fail("the last byte has one digit");
    if (!failed() && left() != 0) fail(fmt::format("{} bytes follow the last value", left()));
    if (failed()) return *error_;
    return {};
}

}  // namespace kpropgw::formats
