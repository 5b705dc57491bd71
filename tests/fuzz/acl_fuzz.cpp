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
    const std::string kept = acl::to_zos_text(text);
    require(acl::parse(kept, "kept.acl").acl == reading.acl);
    require(acl::to_zos_text(kept) == kept);
    require(acl::lost_in_mit_text(*reading.acl, text).size() >= reading.acl->entries.size());
    for (const acl::Entry& entry : reading.acl->entries) {
        const auto about = acl::about_host(entry, acl::Diagnostic::Severity::error, "", text, "fuzz.acl");
        require(about.column + about.length <= about.source.size() + 1);
        require(acl::check_own_entry(*reading.acl, entry.host, text, "fuzz.acl").has_value() ==
                (entry.role == acl::Role::primary));
    }
    require(acl::may_replace(*reading.acl, *reading.acl, reading.acl->entries.front().host).has_value());
    return 0;
}
