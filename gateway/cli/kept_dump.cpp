#include "gateway/cli/kept_dump.hpp"

namespace kpropgw::cli {

Result<DumpInput> open_kept_dump(const std::string& path, const std::optional<std::string>& codepage) {
    auto input = DumpInput::open(path, codepage);
    if (!input) return input;
    if (auto kept = input->keep_in_utf8(); !kept) return kept.error();
    return input;
}

formats::DumpFile file_of(const DumpInput& input) {
    return {input.name(), [&input](std::uint64_t offset, std::span<char> into) { return input.read_at(offset, into); }};
}

}  // namespace kpropgw::cli
