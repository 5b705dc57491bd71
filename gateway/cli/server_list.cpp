#include "gateway/cli/server_list.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "acl/roles.hpp"
#include "codepage/codepage.hpp"
#include "gateway/cli/counted.hpp"
#include "gateway/cli/input.hpp"

namespace kpropgw::cli {
namespace {

constexpr std::size_t largest_list = 16 << 20;

}  // namespace

Result<ServerText> read_server_text(const std::string& path, const std::optional<std::string>& codepage) {
    const auto bytes = read_input(path, largest_list);
    if (!bytes) return bytes.error();
    std::string name = path == "-" ? "stdin" : path;
    auto text = codepage::decode(*bytes, codepage, acl::role_names);
    if (!text) return text.error().in(name);
    return ServerText{std::move(name), *std::move(text)};
}

Result<acl::Reading> read_server_list(const std::string& path, const std::optional<std::string>& codepage) {
    const auto text = read_server_text(path, codepage);
    if (!text) return text.error();
    return acl::parse(text->utf8, text->name);
}

void print_diagnostics(const acl::Reading& reading) {
    for (const acl::Diagnostic& diagnostic : reading.diagnostics)
        fmt::print(stderr, "{}\n", diagnostic.render());
}

std::string summary(const acl::Reading& reading) {
    const auto is_error = [](const acl::Diagnostic& d) { return d.severity == acl::Diagnostic::Severity::error; };
    const auto errors =
        static_cast<std::size_t>(std::count_if(reading.diagnostics.begin(), reading.diagnostics.end(), is_error));
    const std::size_t warnings = reading.diagnostics.size() - errors;
    std::string text = counted(errors, "error");
    if (reading.acl) text = counted(reading.acl->entries.size(), "server") + ", " + text;
    return warnings == 0 ? text : text + ", " + counted(warnings, "warning");
}

}  // namespace kpropgw::cli
