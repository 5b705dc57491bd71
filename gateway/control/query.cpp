#include "gateway/control/query.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace kpropgw::control {
namespace {

Error not_known(std::initializer_list<QueryNumber> known) {
    std::string names;
    std::size_t left = known.size();
    for (const QueryNumber& number : known) {
        names += fmt::format("\"{}\"", number.name);
        if (--left > 0) names += left == 1 ? " and " : ", ";
    }
    return Error(Errc::invalid_input, fmt::format("order: only {} are known", names));
}

}  // namespace

Result<void> parse_query(std::string_view text, std::initializer_list<QueryNumber> known) {
    while (!text.empty()) {
        const std::string_view field = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(field.size() + 1, text.size()));
        const std::size_t equals = field.find('=');
        const std::string_view name = field.substr(0, equals);
        const std::string_view value = equals == field.npos ? std::string_view() : field.substr(equals + 1);
        const auto* number =
            std::find_if(known.begin(), known.end(), [&](const auto& row) { return row.name == name; });
        if (number == known.end()) return not_known(known);
        const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), number->into);
        if (problem != std::errc() || end != value.data() + value.size()) {
            return Error(Errc::invalid_input, fmt::format("order: \"{}\" is not a number", name));
        }
    }
    return {};
}

}  // namespace kpropgw::control
