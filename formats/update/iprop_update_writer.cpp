#include "formats/update/iprop_update.hpp"

namespace kpropgw::formats {
namespace {

constexpr std::int32_t magic_of_data = -1760647422;  // KV5M_DATA, which MIT sends with every component

/// One overload for each kind of value.
struct Write {
    XdrWriter& out;

    void operator()(std::uint32_t number) const { out.u32(number); }

    void operator()(const IpropName& name) const {
        out.opaque(name.realm);
        out.u32(static_cast<std::uint32_t>(name.components.size()));
        for (const std::string& component : name.components) {
            out.i32(magic_of_data);
            out.opaque(component);
        }
        out.i32(name.type);
    }

    void operator()(const std::vector<IpropKey>& keys) const {
        out.u32(static_cast<std::uint32_t>(keys.size()));
        for (const IpropKey& key : keys) {
            out.i32(key.elements);
            out.u32(key.kvno);
            out.i32(key.elements);
            for (int i = 0; i < key.elements; ++i)
                out.i32(key.type[i]);
            out.i32(key.elements);
            for (int i = 0; i < key.elements; ++i)
                out.opaque(key.contents[i]);
        }
    }

    void operator()(const std::vector<IpropTlData>& items) const {
        out.u32(static_cast<std::uint32_t>(items.size()));
        for (const IpropTlData& item : items) {
            out.i32(item.type);
            out.opaque(item.contents);
        }
    }
};

}  // namespace

void write_iprop_update(XdrWriter& out, const IpropUpdate& update) {
    out.opaque(update.name);
    out.u32(update.at.serial);
    out.u32(update.at.seconds);
    out.u32(update.at.microseconds);
    out.u32(static_cast<std::uint32_t>(update.items.size()));
    for (const IpropItem& item : update.items) {
        out.i32(static_cast<std::int32_t>(item.sets));
        std::visit(Write{out}, item.value);
    }
    out.boolean(update.deleted);
    out.boolean(update.committed);
    out.u32(0);  // hosts that saw it
    out.u32(0);  // futures
}

}  // namespace kpropgw::formats
