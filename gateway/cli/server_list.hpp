#pragma once
#include <optional>
#include <string>

#include "acl/acl.hpp"
#include "base/error.hpp"

namespace kpropgw::cli {

/// The text of a file, and what diagnostics call it.
struct ServerText {
    std::string name;
    std::string utf8;
};

/// Reads kpropd.acl in its code page; "-" is stdin. The error is for a file that cannot be read or is not in that page.
Result<ServerText> read_server_text(const std::string& path, const std::optional<std::string>& codepage);

/// The same, parsed.
Result<acl::Reading> read_server_list(const std::string& path, const std::optional<std::string>& codepage);

/// Every diagnostic with its line and caret, on stderr.
void print_diagnostics(const acl::Reading& reading);

/// "5 servers, no errors", "2 errors, 1 warning"
std::string summary(const acl::Reading& reading);

}  // namespace kpropgw::cli
