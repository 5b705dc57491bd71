#include "gateway/wire/kprop.hpp"

#include <fmt/format.h>

#include <limits>

namespace kpropgw::wire {
namespace {

constexpr char application_30 = 0x7e;

void append_big_endian(std::string& out, std::uint64_t value, std::size_t octets) {
    for (std::size_t i = octets; i-- > 0;)
        out += static_cast<char>((value >> (8 * i)) & 0xff);
}

std::uint64_t big_endian(std::string_view octets) {
    std::uint64_t value = 0;
    for (const char c : octets)
        value = value << 8 | static_cast<unsigned char>(c);
    return value;
}

}  // namespace

std::array<char, 4> frame_header(std::size_t length) {
    std::array<char, 4> header{};
    for (std::size_t i = 0; i < 4; ++i)
        header[i] = static_cast<char>((length >> (24 - 8 * i)) & 0xff);
    return header;
}

Result<std::size_t> parse_frame_header(const std::array<char, 4>& header, std::size_t limit) {
    const std::uint64_t length = big_endian({header.data(), header.size()});
    if (length > limit) {
        return Error(Errc::invalid_input,
                     fmt::format("a message of {} bytes exceeds the limit of {} bytes", length, limit));
    }
    return static_cast<std::size_t>(length);
}

bool is_error_message(std::string_view message) {
    return !message.empty() && message.front() == application_30;
}

std::string size_message(std::uint64_t size) {
    std::string data;
    if (size >= 1 && size <= std::numeric_limits<std::uint32_t>::max()) {
        append_big_endian(data, size, 4);
    } else {
        append_big_endian(data, 0, 4);
        append_big_endian(data, size, 8);
    }
    return data;
}

Result<std::uint64_t> parse_size_message(std::string_view data) {
    if (data.size() == 4) {
        // 0 is what a sender older than 1.20 makes of an empty file.
        return big_endian(data);
    }
    if (data.size() == 12 && big_endian(data.substr(0, 4)) == 0) {
        const std::uint64_t size = big_endian(data.substr(4));
        if (size == 0 || size > std::numeric_limits<std::uint32_t>::max()) return size;
    }
    return Error(Errc::invalid_input, fmt::format("malformed database size message of {} bytes", data.size()));
}

}  // namespace kpropgw::wire
