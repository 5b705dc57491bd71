#pragma once
#include <string>

#include "codepage/codepage.hpp"

namespace kpropgw::codepage {

/// The locale that the environment names.
struct Locale {
    std::string variable;  ///< LC_ALL, LC_CTYPE or LANG; "" when none is set
    std::string value;

    /// `LANG is "C"`, for errors.
    std::string to_text() const;
    /// UTF-8 for a locale that names no page: on this machine it means that or less. invalid_input names the variable.
    Result<CodePage> page() const;
};

Locale environment_locale();

}  // namespace kpropgw::codepage
