#include <cstdlib>
#include <string>

#include "base/hex.hpp"
#include "formats/tl/kadm_data.hpp"
#include "formats/tl/master_key_data.hpp"
#include "formats/tl/tl_values.hpp"

using namespace kpropgw;
using namespace kpropgw::formats;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void check_kadm_data(const std::string& hex) {
    KadmData data;
    const auto ok = decode_kadm_data(hex, data);
    require(data.old_keys.size() * 32 <= hex.size() / 2);
    if (!ok) return require(ok.error().text().starts_with("KADM_DATA: byte "));
    std::string written;
    require(append_kadm_data(written, data).has_value());
    require(written == hex);
}

}  // namespace

/// The bytes of a tl-data, given to each decoder.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string hex = to_hex({reinterpret_cast<const char*>(data), size});
    check_kadm_data(hex);
    if (const auto keys = decode_active_master_keys(hex)) require(!keys->empty() && keys->size() * 6 + 2 == size);
    if (const auto copies = decode_master_key_copies(hex)) require(!copies->empty());
    if (const auto attributes = decode_string_attributes(hex)) require(attributes->size() <= size / 2);
    if (const auto target = decode_alias_target(hex)) require(target->size() + 1 == size);
    LastModification last;
    if (decode_last_modification(hex, last)) require(last.by.size() + 5 == size);
    require(decode_mkvno(hex).has_value() == (size == 2));
    require(decode_time(hex, "LAST_PWD_CHANGE").has_value() == (size == 4));
    return 0;
}
