#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace kpropgw {

/// Appends XDR (RFC 4506): big-endian units of four bytes. `out` must outlive it; where what is written holds keys, the
/// owner of `out` wipes it.
class XdrWriter {
public:
    explicit XdrWriter(std::string& out) : out_(out) {}

    void u32(std::uint32_t value);
    void i32(std::int32_t value) { u32(static_cast<std::uint32_t>(value)); }
    void boolean(bool value) { u32(value ? 1 : 0); }
    /// A counted opaque or string: its length, its bytes, zeros up to a multiple of four.
    void opaque(std::string_view bytes);

private:
    std::string& out_;
};

/// Reads XDR straight through. The first error sticks: every later read gives 0 or "", and finish() reports it with the
/// byte where it was met, never with what stands there. Views are valid as long as the bytes that are read. Give
/// literals as names.
class XdrReader {
public:
    XdrReader(std::string_view bytes, const char* what) : bytes_(bytes), what_(what) {}

    std::uint32_t u32(const char* field);
    std::int32_t i32(const char* field) { return static_cast<std::int32_t>(u32(field)); }
    bool boolean(const char* field);
    /// A counted opaque of at most `limit` bytes.
    std::string_view opaque(const char* field, std::size_t limit);
    /// How many items of at least `smallest` bytes follow: refused where there cannot be as many, before anything is
    /// allocated for them.
    std::size_t count(const char* field, std::size_t smallest);

    /// All that was not read yet; takes it.
    std::string_view rest();

    std::size_t at() const { return at_; }
    bool failed() const { return error_.has_value(); }
    void fail(std::string_view problem);

    /// The first error, or one when there are bytes left.
    Result<void> finish();

private:
    std::string_view take(const char* field, std::size_t size);
    std::size_t left() const { return bytes_.size() - at_; }

    std::string_view bytes_;
    std::size_t at_ = 0;
    const char* what_;
    std::optional<Error> error_;
};

}  // namespace kpropgw
