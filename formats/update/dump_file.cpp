#include "formats/update/dump_file.hpp"

namespace kpropgw::formats {

Result<Header> header_of(const DumpFile& file) {
    LineSource source(read_from(file, 0), header_room);
    const auto beginning = source.beginning(header_room);
    if (!beginning) return beginning.error().in(file.name);
    const auto header = read_header(*beginning);
    if (!header) return header.error().in(file.name + ":1");
    return header;
}

ReadBytes read_from(const DumpFile& file, std::uint64_t offset) {
    return [&file, offset](std::span<char> into) mutable -> Result<std::size_t> {
        const auto count = file.read_at(offset, into);
        if (count) offset += *count;
        return count;
    };
}

}  // namespace kpropgw::formats
