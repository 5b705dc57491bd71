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
    std::int32_t wrapping_signed(const char* field) {
        const auto value = static_cast<std::int32_t>(wrapping(field));
        as_written_ = as_written_ && value >= 0;
        return value;
    }

    /// The first field is `text`, a literal.
    bool begins_with(std::string_view text);

    /// Whether what was read so far stood exactly as kdb5_util writes it, so that it needs no printing again.
    bool as_written() const { return as_written_; }

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

    std::int64_t number_in_any_form(const char* field, std::int64_t low, std::int64_t high);
    std::int64_t refuse_number(const char* field);
    void refuse_range(const char* field, std::int64_t value, std::int64_t low, std::int64_t high);
    void refuse_hex(const char* field, std::size_t digits);
    void refuse_end(const char* field);

    char* at_;
    char* end_;
    const char* group_ = nullptr;
    std::size_t ordinal_ = 0;
    bool as_written_ = true;
    std::optional<Error> error_;
};

inline std::int64_t FieldCursor::number(const char* field, std::int64_t low, std::int64_t high) {
    // As kdb5_util writes it: digits between two tabs. Everything else is read, and refused, elsewhere.
    constexpr std::size_t most_digits = 10;
    if (left() > most_digits + 2 && *at_ == '\t' && at_[1] != '0') [[likely]] {
        const char* const digits = at_ + 1;
        std::int64_t value = 0;
        std::size_t count = 0;
        while (count < most_digits && is_digit(digits[count]))
            value = value * 10 + (digits[count++] - '0');
        if (count > 0 && digits[count] == '\t' && value >= low && value <= high) {
            at_ += 1 + count;
            return value;
        }
    } else if (left() > 2 && *at_ == '\t' && at_[2] == '\t' && is_digit(at_[1])) {
        const std::int64_t digit = at_[1] - '0';
        if (digit >= low && digit <= high) {
            at_ += 2;
            return digit;
        }
    }
    return number_in_any_form(field, low, high);
}

inline std::uint32_t FieldCursor::wrapping(const char* field) {
    return static_cast<std::uint32_t>(number(field, INT32_MIN, UINT32_MAX));
}

}  // namespace kpropgw::formats
