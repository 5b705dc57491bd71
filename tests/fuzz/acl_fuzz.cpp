#include <algorithm>
#include <cstdlib>

#include "acl/acl.hpp"
#include "acl/write.hpp"

using namespace kpropgw;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

bool is_error(const acl::Diagnostic& diagnostic) {
    return diagnostic.severity == acl::Diagnostic::Severity::error;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string text(data, data + size);
    const auto reading = acl::parse(text, "fuzz.acl");
    for (const auto& diagnostic : reading.diagnostics) {
        require(!diagnostic.render().empty());
    }
    require(reading.acl.has_value() == std::none_of(reading.diagnostics.begin(), reading.diagnostics.end(), is_error));
    if (!reading.acl) return 0;
    require(!reading.acl->entries.empty());
    require(acl::parse(acl::to_zos_text(*reading.acl), "written.acl").acl == reading.acl);
    require(acl::may_replace(*reading.acl, *reading.acl, reading.acl->entries.front().host).has_value());
    return 0;
}
