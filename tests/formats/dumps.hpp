#pragma once
#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "formats/dump/reader.hpp"
#include "formats/dump/writer.hpp"

namespace kpropgw::formats {

inline constexpr DumpVersion all_versions[] = {DumpVersion::v4, DumpVersion::v5, DumpVersion::v6, DumpVersion::v7};

/// Gives `text` in pieces of at most `piece` bytes.
inline ReadBytes pieces_of(std::string text, std::size_t piece = 1 << 20) {
    return [text = std::move(text), piece, done = std::size_t{0}](std::span<char> into) mutable -> Result<std::size_t> {
        const std::size_t count = std::min({into.size(), text.size() - done, piece});
        std::memcpy(into.data(), text.data() + done, count);
        done += count;
        return count;
    };
}

/// The records of a dump as lines of `version`, without newlines.
inline Result<std::vector<std::string>> read_lines(ReadBytes source, DumpVersion version, ReaderLimits limits = {}) {
    auto reader = DumpReader::open(std::move(source), "dump", limits);
    if (!reader) return reader.error();
    std::vector<std::string> lines;
    for (;;) {
        const auto record = reader->next();
        if (!record) return record.error();
        if (*record == DumpReader::Record::end) return lines;
        std::string& line = lines.emplace_back();
        if (*record == DumpReader::Record::principal) append_principal(line, reader->principal(), version);
        if (*record == DumpReader::Record::policy) append_policy(line, reader->policy(), version);
        line.pop_back();
    }
}

/// The whole dump in another version.
inline Result<std::string> convert(std::string text, DumpVersion to, std::size_t piece = 1 << 20) {
    const auto lines = read_lines(pieces_of(std::move(text), piece), to);
    if (!lines) return lines.error();
    std::string out = header_line(to);
    for (const auto& line : *lines) {
        out += line + "\n";
    }
    return out;
}

/// The same where it must succeed: otherwise an exception with the error's text.
inline std::string must_convert(std::string text, DumpVersion to, std::size_t piece = 1 << 20) {
    return convert(std::move(text), to, piece).value();
}

/// The error of reading `text`, or "" when there was none.
inline std::string error_of(std::string text) {
    const auto read = convert(std::move(text), DumpVersion::v7);
    return read ? "" : read.error().text();
}

}  // namespace kpropgw::formats
