#pragma once
#include <optional>
#include <string>

namespace kpropgw::cli {

/// Throws CLI::ValidationError, wrong usage, when the value of `option` is no code page that is known.
void require_codepage(const std::string& option, const std::optional<std::string>& name);

}  // namespace kpropgw::cli
