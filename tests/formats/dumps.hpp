#pragma once
#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "formats/dump/header.hpp"
#include "formats/dump/reader.hpp"
#include "formats/dump/version.hpp"
#include "formats/dump/writer.hpp"

namespace kpropgw::formats {

inline constexpr DumpVersion all_versions[] = {DumpVersion::v4, DumpVersion::v5,    DumpVersion::v6,
                                               DumpVersion::v7, DumpVersion::iprop, DumpVersion::ipropx};

/// Whether a dump of `from` holds all that one of `to` says.
inline bool says_all_of(DumpVersion from, DumpVersion to) {
    const Layout& has = layout_of(from);
    const Layout& wants = layout_of(to);
    return has.kadm_data >= wants.kadm_data && has.lockout >= wants.lockout && has.newer_policy >= wants.newer_policy &&
           has.logins >= wants.logins;
}

/// The golden dump NAME in that version.
inline std::string golden_path(const std::string& name, DumpVersion version) {
    const int number = static_cast<int>(version);
    const std::string extension =
        layout_of(version).position ? std::string(to_text(version)) : "v" + std::to_string(number);
    return KPROPGW_SOURCE_DIR "/tests/golden/dumps/" + name + "." + extension;
}

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

inline std::optional<LogPosition> position_of(const std::string& dump) {
    return read_header(std::string_view(dump).substr(0, header_room)).value().position;
}

/// The whole dump in another version, as `dump convert` does it; one for iprop stands at `position`.
inline Result<std::string> convert(std::string text, DumpVersion to, std::size_t piece = 1 << 20,
                                   const LogPosition& position = {}) {
    auto reader = DumpReader::open(pieces_of(std::move(text), piece), "dump");
    if (!reader) return reader.error();
    std::string out;
    const auto append = [&out](std::string_view bytes) -> Result<void> {
        out += bytes;
        return {};
    };
    DumpWriter writer(append, {to, false});
    writer.begin(position);
    for (;;) {
        const auto record = reader->next();
        if (!record) return record.error();
        Result<void> written;
        if (*record == DumpReader::Record::principal)
            written = writer.write(reader->principal(), reader->line_as_written());
        if (*record == DumpReader::Record::policy) written = writer.write(reader->policy());
        if (*record == DumpReader::Record::end) written = writer.finish();
        if (!written) return written.error();
        if (*record == DumpReader::Record::end) return out;
    }
}

/// The same where it must succeed: otherwise an exception with the error's text.
inline std::string must_convert(std::string text, DumpVersion to, std::size_t piece = 1 << 20,
                                const LogPosition& position = {}) {
    return convert(std::move(text), to, piece, position).value();
}

/// The error of reading `text`, or "" when there was none.
inline std::string error_of(std::string text) {
    const auto read = convert(std::move(text), DumpVersion::v7);
    return read ? "" : read.error().text();
}

}  // namespace kpropgw::formats
