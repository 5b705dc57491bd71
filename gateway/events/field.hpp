#pragma once
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace kpropgw::events {

/// What a field says. Text is not copied: it must live until the report is made, as an argument's does.
class Value {
public:
    Value(std::string_view text) : value_(text) {}
    Value(const std::string& text) : value_(std::string_view(text)) {}
    Value(const char* text) : value_(std::string_view(text)) {}
    template <std::signed_integral Number>
    Value(Number number) : value_(std::int64_t{number}) {}
    template <std::unsigned_integral Number>
    Value(Number number) : value_(std::uint64_t{number}) {}

    std::string text() const;

private:
    std::variant<std::string_view, std::int64_t, std::uint64_t> value_;
};

/// `name` in lower case with underscores, a literal.
struct Field {
    std::string_view name;
    Value value;
};

}  // namespace kpropgw::events
