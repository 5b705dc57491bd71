#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace kpropgw::formats {

/// Reads the bytes that a record's hexadecimal view stands for straight through, without a copy of them. The first
/// error sticks: every later read gives 0 or "", and finish() reports it with the byte where it was met, never with
/// what stands there. Views that are returned are valid as long as the bytes of `hex`. Give literals as names.
class HexCursor {
public:
    HexCursor(std::string_view hex, const char* what) : hex_(hex), what_(what) {}

    std::uint16_t le16(const char* field);
    std::uint32_t le32(const char* field);
    std::uint32_t be32(const char* field);

    /// The view of `size` bytes, still in hexadecimal.
    std::string_view hex(const char* field, std::size_t size);

    /// `size` bytes of text into `text`, whose capacity is used again. Refuses a NUL in it.
    void text(const char* field, std::size_t size, std::string& text);

    /// The bytes up to the next NUL, which is taken too.
    void terminated_text(const char* field, std::string& text);

    /// The zero bytes that fill up to a multiple of four, as XDR has them (RFC 4506, 3).
    void xdr_padding();

    std::size_t at() const { return at_ / 2; }
    std::size_t left() const { return (hex_.size() - at_) / 2; }
    bool failed() const { return error_.has_value(); }
    void fail(std::string_view problem);

    /// The first error, or one when there are bytes left.
    Result<void> finish();

private:
    bool holds(const char* field, std::size_t size);
    unsigned byte();

    std::string_view hex_;
    std::size_t at_ = 0;  ///< in hex_
    const char* what_;
    std::optional<Error> error_;
};

}  // namespace kpropgw::formats
