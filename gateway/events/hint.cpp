#include "gateway/events/hint.hpp"

#include <fmt/format.h>

namespace kpropgw::events {

std::string with_hint(std::string_view text, std::string_view cause) {
    return cause.empty() ? std::string(text) : fmt::format("{} (kpropgw explain {})", text, cause);
}

std::string with_hint(const Error& error) {
    return with_hint(error.text(), error.cause());
}

}  // namespace kpropgw::events
