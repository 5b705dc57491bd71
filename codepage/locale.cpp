#include "codepage/locale.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "base/nearest.hpp"

namespace kpropgw::codepage {

std::string Locale::to_text() const {
    return variable.empty() ? "no LANG is set" : fmt::format("{} is \"{}\"", variable, value);
}

Result<CodePage> Locale::page() const {
    const std::string lower = to_lower(value);
    if (lower.empty() || lower == "c" || lower == "posix") return CodePage::utf8();
    auto page = CodePage::find(value);
    if (!page) return page.error().in(variable);
    return page;
}

/// As POSIX orders the variables (XBD 8.2).
Locale environment_locale() {
    for (const char* variable : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        const char* value = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): nothing here changes it
        if (value != nullptr && *value != '\0') return {variable, value};
    }
    return {};
}

}  // namespace kpropgw::codepage
