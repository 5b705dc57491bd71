#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace kpropgw::formats {

/// Reads the fields of one line straight through. The first error sticks: every later read gives 0 or "", and
/// finish() reports it. White space of any kind and length stands between fields, as for MIT's fscanf.
/// The names of fields and groups are kept as pointers, for an error's text: give literals.
/// Views that are returned are valid as long as the line's bytes.
class FieldCursor {
public:
    explicit FieldCursor(std::span<char> line) : at_(line.data()), end_(line.data() + line.size()) {}

    /// What is read next belongs to the group's item `ordinal`, counted from 1: errors say "tl-data 2: ".
    void enter(const char* group, std::size_t ordinal) {
        group_ = group;
        ordinal_ = ordinal;
    }
    void leave() { group_ = nullptr; }

    /// A decimal number within [low, high].
    std::int64_t number(const char* field, std::int64_t low, std::int64_t high);

    /// A 32-bit field as MIT reads it: -1 and 4294967295 are the same.
    std::uint32_t wrapping(const char* field);
    std::int32_t wrapping_signed(const char* field) { return static_cast<std::int32_t>(wrapping(field)); }

    /// Everything up to the next white space: 1 to `limit` bytes, no control character.
    std::string_view word(const char* field, std::size_t limit);

    /// `size` bytes of any kind and then white space. Between the tabs that kdb5_util writes they may begin with a
    /// blank (kdb5_util's own loader skips it, and stores another name).
    std::string_view counted(const char* field, std::size_t size);

    /// `size` bytes in hexadecimal, lower-cased in place; "-1" when there are none.
    std::string_view hex(const char* field, std::size_t size);

    void semicolon();

    /// Whether only white space is left.
    bool at_end();

    bool failed() const { return error_.has_value(); }
    void fail(std::string text);

    /// The first error, or one when anything but white space is left.
    Result<void> finish();

private:
    static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
    static bool is_digit(char c) { return c >= '0' && c <= '9'; }
    bool ends_field(const char* at) const { return at == end_ || is_space(*at) || *at == ';'; }
    void skip_space() {
        while (at_ != end_ && is_space(*at_)) {
            ++at_;
        }
    }
    std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }

    std::int64_t refuse_number(const char* field);
    void refuse_range(const char* field, std::int64_t value, std::int64_t low, std::int64_t high);
    void refuse_hex(const char* field, std::size_t digits);
    void refuse_end(const char* field);

    char* at_;
    char* end_;
    const char* group_ = nullptr;
    std::size_t ordinal_ = 0;
    std::optional<Error> error_;
};

inline std::int64_t FieldCursor::number(const char* field, std::int64_t low, std::int64_t high) {
    // One digit between tabs is by far the most usual number.
    if (left() > 2 && at_[0] == '\t' && is_digit(at_[1]) && at_[2] == '\t') {
        const std::int64_t digit = at_[1] - '0';
        if (digit >= low && digit <= high) {
            at_ += 2;
            return digit;
        }
    }
    constexpr std::ptrdiff_t most_digits = 18;
    skip_space();
    char* at = at_;
    const bool negative = at != end_ && *at == '-';
    if (negative) ++at;
    const char* digits = at;
    std::int64_t value = 0;
    while (at != end_ && is_digit(*at) && at - digits < most_digits) {
        value = value * 10 + (*at++ - '0');
    }
    if (at == digits || !ends_field(at)) [[unlikely]]
        return refuse_number(field);
    if (negative) value = -value;
    if (value < low || value > high) [[unlikely]] {
        refuse_range(field, value, low, high);
        return 0;
    }
    at_ = at;
    return value;
}

inline std::uint32_t FieldCursor::wrapping(const char* field) {
    return static_cast<std::uint32_t>(number(field, INT32_MIN, UINT32_MAX));
}

}  // namespace kpropgw::formats
