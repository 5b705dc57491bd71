#include "formats/tl/master_key_data.hpp"

#include "formats/tl/hex_cursor.hpp"

namespace kpropgw::formats {
namespace {

void read_version(HexCursor& in) {
    if (in.le16("version") != 1) in.fail("the version is not 1");
}

}  // namespace

Result<std::uint16_t> decode_mkvno(std::string_view hex) {
    HexCursor in(hex, "MKVNO");
    const std::uint16_t kvno = in.le16("kvno");
    if (auto ok = in.finish(); !ok) return ok.error();
    return kvno;
}

Result<std::vector<ActiveMasterKey>> decode_active_master_keys(std::string_view hex) {
    HexCursor in(hex, "ACTKVNO");
    std::vector<ActiveMasterKey> keys;
    read_version(in);
    do {
        const std::uint16_t kvno = in.le16("kvno");
        keys.push_back({kvno, in.le32("time")});
    } while (in.left() > 0 && !in.failed());
    if (auto ok = in.finish(); !ok) return ok.error();
    return keys;
}

Result<std::vector<MasterKeyCopy>> decode_master_key_copies(std::string_view hex) {
    HexCursor in(hex, "MKEY_AUX");
    std::vector<MasterKeyCopy> copies;
    read_version(in);
    do {
        MasterKeyCopy copy;
        copy.under_kvno = in.le16("kvno of the older key");
        copy.kvno = in.le16("kvno of the newest key");
        copy.enctype = static_cast<std::int16_t>(in.le16("enctype"));
        copy.key_hex = in.hex("key", in.le16("length of the key"));
        copies.push_back(copy);
    } while (in.left() > 0 && !in.failed());
    if (auto ok = in.finish(); !ok) return ok.error();
    return copies;
}

}  // namespace kpropgw::formats
