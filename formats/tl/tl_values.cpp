#include "formats/tl/tl_values.hpp"

#include "formats/principal_name.hpp"
#include "formats/tl/hex_cursor.hpp"

namespace kpropgw::formats {
namespace {

void read_principal_name(HexCursor& in, const char* field, std::string& name) {
    in.terminated_text(field, name);
    if (in.failed()) return;
    if (const auto problem = problem_of_principal_name(name)) in.fail(*problem);
}

}  // namespace

Result<std::uint32_t> decode_time(std::string_view hex, const char* what) {
    HexCursor in(hex, what);
    const std::uint32_t time = in.le32("time");
    if (auto ok = in.finish(); !ok) return ok.error();
    return time;
}

Result<void> decode_last_modification(std::string_view hex, LastModification& into) {
    HexCursor in(hex, "MOD_PRINC");
    into.time = in.le32("time");
    read_principal_name(in, "the modifier's name", into.by);
    return in.finish();
}

Result<std::vector<StringAttribute>> decode_string_attributes(std::string_view hex) {
    HexCursor in(hex, "STRING_ATTRS");
    std::vector<StringAttribute> attributes;
    while (in.left() > 0 && !in.failed()) {
        StringAttribute& attribute = attributes.emplace_back();
        in.terminated_text("an attribute's name", attribute.name);
        in.terminated_text("an attribute's value", attribute.value);
    }
    if (auto ok = in.finish(); !ok) return ok.error();
    return attributes;
}

Result<std::string> decode_alias_target(std::string_view hex) {
    HexCursor in(hex, "ALIAS_TARGET");
    std::string target;
    read_principal_name(in, "the target's name", target);
    if (!in.failed() && target.empty()) in.fail("the target has no name");
    if (auto ok = in.finish(); !ok) return ok.error();
    return target;
}

}  // namespace kpropgw::formats
