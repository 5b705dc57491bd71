#include <cstdlib>
#include <string>

#include "formats/update/iprop_overlay.hpp"

using namespace kpropgw;
using namespace kpropgw::formats;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

/// What an overlay gives must be a record that the registry can hold: a line that is read as it was written.
void check_overlay(const IpropUpdate& update) {
    RecordTexts texts;
    Principal laid;
    if (!overlay(update, nullptr, texts, laid)) return;
    std::string line;
    append_principal(line, laid, DumpVersion::v7);
    line.pop_back();
    Principal read;
    require(parse_principal(line, read).has_value());
    require(compare(laid, read) == Difference::none);
    Principal again;
    require(overlay(update, &read, texts, again).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string bytes(data, data + size);
    IpropUpdate update;
    const auto taken = decode_iprop_update(bytes, update);
    if (!taken) {
        require(taken.error().text().starts_with("update: byte "));
        return 0;
    }
    require(*taken <= size);
    std::string written;
    XdrWriter writer(written);
    write_iprop_update(writer, update);
    IpropUpdate again;
    require(decode_iprop_update(written, again).has_value());
    require(again == update);
    if (!update.deleted) check_overlay(update);
    return 0;
}
