#include "formats/tl/tl_data.hpp"

namespace kpropgw::formats {

void read_tl_data(FieldCursor& in, std::size_t count, std::vector<TlData>& into) {
    into.clear();
    for (std::size_t i = 1; i <= count && !in.failed(); ++i) {
        in.enter("tl-data", i);
        const auto type = static_cast<std::int16_t>(in.number("type", INT16_MIN, INT16_MAX));
        const auto size = static_cast<std::size_t>(in.number("length", 0, UINT16_MAX));
        into.push_back({type, in.hex("contents", size)});
    }
    in.leave();
}

}  // namespace kpropgw::formats
