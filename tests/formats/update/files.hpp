#pragma once
#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "formats/update/apply.hpp"
#include "formats/update/diff.hpp"
#include "formats/update/update_writer.hpp"
#include "tests/formats/dumps.hpp"

namespace kpropgw::formats {

inline DumpFile file_of(std::string text, std::string name = "dump") {
    return {std::move(name),
            [text = std::move(text)](std::uint64_t offset, std::span<char> into) -> Result<std::size_t> {
                const std::size_t begin = std::min<std::size_t>(offset, text.size());
                const std::size_t count = std::min(into.size(), text.size() - begin);
                if (count > 0) std::memcpy(into.data(), text.data() + begin, count);
                return count;
            }};
}

/// The same key in every run.
inline HashKey fixed_key() {
    HashKey key;
    for (std::size_t i = 0; i < key.bytes.size(); ++i) {
        key.bytes[i] = static_cast<unsigned char>(i * 37 + 11);
    }
    return key;
}

struct Diffed {
    std::string updates;
    DiffResult result;
};

inline Result<Diffed> diff_texts(const std::string& old, const std::string& now, const DiffOptions& options = {}) {
    Diffed made;
    UpdateWriter writer([&made](std::string_view piece) -> Result<void> {
        made.updates += piece;
        return {};
    });
    const DumpFile old_file = file_of(old, "old");
    const DumpFile new_file = file_of(now, "new");
    const auto result = diff(old_file, new_file, fixed_key(), options, writer);
    if (!result) return result.error();
    if (const auto ok = writer.finish(); !ok) return ok.error();
    made.result = *result;
    return made;
}

inline Result<std::string> apply_text(const std::string& base, const std::string& updates,
                                      const ApplyOptions& options = {}) {
    auto set = UpdateSet::read(pieces_of(updates), "updates");
    if (!set) return set.error();
    std::string out;
    const DumpFile file = file_of(base, "base");
    const auto applied = apply(file, *set, options, [&out](std::string_view piece) -> Result<void> {
        out += piece;
        return {};
    });
    if (!applied) return applied.error();
    return out;
}

/// The records of a dump as lines of version 7, in one order.
inline std::vector<std::string> sorted_records(const std::string& dump, DumpVersion version = DumpVersion::v7) {
    auto lines = read_lines(pieces_of(dump), version).value();
    std::sort(lines.begin(), lines.end());
    return lines;
}

}  // namespace kpropgw::formats
