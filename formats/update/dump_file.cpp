#include "formats/update/dump_file.hpp"

namespace kpropgw::formats {

ReadBytes read_from(const DumpFile& file, std::uint64_t offset) {
    return [&file, offset](std::span<char> into) mutable -> Result<std::size_t> {
        const auto count = file.read_at(offset, into);
        if (count) offset += *count;
        return count;
    };
}

}  // namespace kpropgw::formats
