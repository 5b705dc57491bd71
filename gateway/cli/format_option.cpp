#include "gateway/cli/format_option.hpp"

namespace kpropgw::cli {

void add_format_option(CLI::App& app, const std::string& when_absent, std::optional<formats::Format>& into) {
    const auto set = [&into](const std::string& name) {
        const auto format = formats::parse_format(name);
        if (!format) throw CLI::ValidationError("--to", format.error().text());
        into = *format;
    };
    app.add_option_function<std::string>(
           "--to", set,
           "replace, compat, r13, b7, r18, r1_11, iprop, ipropx, ipropx_r18 or json; " + when_absent + " when absent")
        ->type_name("FORMAT");
}

}  // namespace kpropgw::cli
