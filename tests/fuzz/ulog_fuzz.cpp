#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "formats/ulog/update_log.hpp"

using namespace kpropgw;
using namespace kpropgw::formats;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const UpdateLog log(
        [=](std::uint64_t offset, std::span<char> into) -> Result<std::size_t> {
            const std::size_t count = offset < size ? std::min<std::size_t>(into.size(), size - offset) : 0;
            if (count > 0) std::memcpy(into.data(), data + offset, count);
            return count;
        },
        size);
    const auto header = log.header();
    if (!header) return 0;
    require(header->entries <= size / 2048);
    LogEntry entry;
    // A few: the ring may claim any range of serials.
    for (std::uint32_t i = 0; i < std::min(header->last.serial - header->first.serial, 20u); ++i) {
        const auto found = log.place_of(*header, header->first.serial + i);
        if (!found) continue;
        if (log.read_entry(*header, *found, entry)) require(entry.update.size() < header->block);
    }
    return 0;
}
