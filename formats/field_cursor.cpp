#include "formats/field_cursor.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "formats/hex_run.hpp"

namespace kpropgw::formats {
namespace {

/// A field that is not where it should be may be a piece of a key: only what can be nothing else is shown.
constexpr std::size_t longest_shown_number = 11;

}  // namespace

void FieldCursor::fail(std::string text) {
    if (!error_) {
        if (group_) text = fmt::format("{} {}: {}", group_, ordinal_, text);
        error_ = Error(Errc::corrupt, std::move(text));
    }
    at_ = end_;
}

void FieldCursor::refuse_end(const char* field) {
    fail(fmt::format("the line ends before the {}: it was cut", field));
}

std::int64_t FieldCursor::number_in_any_form(const char* field, std::int64_t low, std::int64_t high) {
    constexpr std::ptrdiff_t most_digits = 18;
    as_written_ = false;
    skip_space();
    char* at = at_;
    const bool negative = at != end_ && *at == '-';
    if (negative) ++at;
    const char* digits = at;
    std::int64_t value = 0;
    while (at != end_ && is_digit(*at) && at - digits < most_digits) {
        value = value * 10 + (*at++ - '0');
    }
    if (at == digits || !ends_field(at)) return refuse_number(field);
    if (negative) value = -value;
    if (value < low || value > high) {
        refuse_range(field, value, low, high);
        return 0;
    }
    at_ = at;
    return value;
}

std::int64_t FieldCursor::refuse_number(const char* field) {
    if (at_ == end_) {
        refuse_end(field);
        return 0;
    }
    fail(fmt::format("the {} is not a number", field));
    return 0;
}

void FieldCursor::refuse_range(const char* field, std::int64_t value, std::int64_t low, std::int64_t high) {
    const std::string shown = fmt::format("{}", value);
    if (shown.size() > longest_shown_number) return fail(fmt::format("the {} is not in {} to {}", field, low, high));
    if (low == high) return fail(fmt::format("the {} is {} and must be {}", field, shown, low));
    fail(fmt::format("the {} {} is not in {} to {}", field, shown, low, high));
}

std::string_view FieldCursor::word(const char* field, std::size_t limit) {
    skip_space();
    const char* stop = std::find_if(at_, end_, is_space);
    const std::string_view text(at_, static_cast<std::size_t>(stop - at_));
    if (text.empty()) {
        refuse_end(field);
        return "";
    }
    if (text.size() > limit) {
        fail(fmt::format("the {} of {} bytes exceeds the limit of {}", field, text.size(), limit));
        return "";
    }
    const bool printable = std::none_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7f;
    });
    if (!printable) {
        fail(fmt::format("the {} holds a control character", field));
        return "";
    }
    at_ += text.size();
    return text;
}

bool FieldCursor::begins_with(std::string_view text) {
    if (left() > text.size() && std::string_view(at_, text.size()) == text && at_[text.size()] == '\t') [[likely]] {
        at_ += text.size();
        return true;
    }
    as_written_ = false;
    return word("record type", 16) == text;
}

std::string_view FieldCursor::counted(const char* field, std::size_t size) {
    const auto holds = [size](const char* at, const char* end) { return static_cast<std::size_t>(end - at) > size; };
    const bool as_written = at_ != end_ && *at_ == '\t' && holds(at_ + 1, end_) && at_[1 + size] == '\t';
    if (as_written) {
        ++at_;
    } else {
        as_written_ = false;
        skip_space();
    }
    if (!holds(at_, end_)) {
        fail(fmt::format("the line ends inside the {} of {} bytes: it was cut, or the length is wrong", field, size));
        return "";
    }
    if (!is_space(at_[size])) {
        fail(fmt::format("the {} does not end after the {} bytes that its length says", field, size));
        return "";
    }
    const std::string_view text(at_, size);
    at_ += size;
    return text;
}

std::string_view FieldCursor::hex(const char* field, std::size_t size) {
    if (left() > 1 && *at_ == '\t' && !is_space(at_[1])) [[likely]] {
        ++at_;
    } else {
        as_written_ = false;
        skip_space();
    }
    const std::size_t digits = size * 2;
    if (size == 0) {
        constexpr std::string_view empty = "-1";
        if (!std::string_view(at_, left()).starts_with(empty) || !ends_field(at_ + empty.size())) {
            if (at_ == end_) {
                refuse_end(field);
            } else {
                fail(fmt::format("the {} of length 0 is not written -1", field));
            }
            return "";
        }
        at_ += empty.size();
        return "";
    }
    if (left() < digits || !ends_field(at_ + digits) || !is_lower_hex({at_, digits})) [[unlikely]] {
        if (lower_hex_run({at_, left()}) != digits || !ends_field(at_ + digits)) {
            refuse_hex(field, digits);
            return "";
        }
    }
    const std::string_view text(at_, digits);
    at_ += digits;
    return text;
}

void FieldCursor::refuse_hex(const char* field, std::size_t digits) {
    const std::size_t run = lower_hex_run({at_, left()});
    if (at_ == end_) return refuse_end(field);
    if (run > digits) {
        return fail(fmt::format("the {} has more than the {} hexadecimal digits that its length says", field, digits));
    }
    if (run == left()) return fail(fmt::format("the line ends inside the {}: it was cut", field));
    if (ends_field(at_ + run)) {
        return fail(fmt::format("the {} has {} hexadecimal digits where its length says {}", field, run, digits));
    }
    fail(fmt::format("the {} is not hexadecimal at digit {}", field, run + 1));
}

void FieldCursor::semicolon() {
    if (at_ == end_) return fail("the line ends before its ';': it was cut");
    if (*at_ != ';') return fail("the last field is not followed by ';'");
    ++at_;
}

bool FieldCursor::at_end() {
    skip_space();
    return at_ == end_;
}

Result<void> FieldCursor::finish() {
    as_written_ = as_written_ && at_ == end_;
    if (!at_end()) fail("the line goes on after its last field");
    if (error_) return *error_;
    return {};
}

}  // namespace kpropgw::formats
