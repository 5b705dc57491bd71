#include "base/xdr.hpp"

#include <fmt/format.h>

namespace kpropgw {
namespace {

std::size_t padding(std::size_t size) {
    return (4 - size % 4) % 4;
}

}  // namespace

void XdrWriter::u32(std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8)
        out_ += static_cast<char>(value >> shift & 0xff);
}

void XdrWriter::opaque(std::string_view bytes) {
    u32(static_cast<std::uint32_t>(bytes.size()));
    out_ += bytes;
    out_.append(padding(bytes.size()), '\0');
}

std::string_view XdrReader::take(const char* field, std::size_t size) {
    if (failed()) return {};
    if (size > left()) {
        fail(fmt::format("{} ends early", field));
        return {};
    }
    const std::string_view taken = bytes_.substr(at_, size);
    at_ += size;
    return taken;
}

std::uint32_t XdrReader::u32(const char* field) {
    std::uint32_t value = 0;
    for (const char byte : take(field, 4))
        value = value << 8 | static_cast<unsigned char>(byte);
    return value;
}

bool XdrReader::boolean(const char* field) {
    const std::uint32_t value = u32(field);
    if (value > 1) fail(fmt::format("{} is neither true nor false", field));
    return value == 1;
}

std::string_view XdrReader::opaque(const char* field, std::size_t limit) {
    const std::size_t size = u32(field);
    if (size > limit) fail(fmt::format("{} has {} bytes, the limit is {}", field, size, limit));
    const std::string_view bytes = take(field, size);
    take(field, padding(size));
    return bytes;
}

std::size_t XdrReader::count(const char* field, std::size_t smallest) {
    const std::size_t items = u32(field);
    if (!failed() && items > left() / smallest) {
        fail(fmt::format("{} says {} items, for which there are too few bytes", field, items));
    }
    return failed() ? 0 : items;
}

std::string_view XdrReader::rest() {
    return take("", left());
}

void XdrReader::fail(std::string_view problem) {
    if (error_) return;
    error_ = Error(Errc::corrupt, fmt::format("{}: byte {}: {}", what_, at_, problem));
}

Result<void> XdrReader::finish() {
    if (!failed() && left() > 0) fail(fmt::format("{} bytes too many", left()));
    if (error_) return *error_;
    return {};
}

}  // namespace kpropgw
