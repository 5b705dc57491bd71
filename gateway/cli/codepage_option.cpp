#include "gateway/cli/codepage_option.hpp"

#include <CLI/Error.hpp>

#include "codepage/codepage.hpp"

namespace kpropgw::cli {

void require_codepage(const std::string& option, const std::optional<std::string>& name) {
    if (!name) return;
    const auto known = codepage::CodePage::find(*name);
    if (!known) throw CLI::ValidationError(option, known.error().text());
}

}  // namespace kpropgw::cli
