#include "formats/dump/reader.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kpropgw::formats {
namespace {

constexpr std::string_view white_space = " \t\n\v\f\r";

std::string_view first_word(std::string_view line) {
    line.remove_prefix(std::min(line.find_first_not_of(white_space), line.size()));
    return line.substr(0, line.find_first_of(white_space));
}

bool is_blank(std::span<const char> line) {
    return line.empty() ||
           (white_space.find(line.front()) != white_space.npos && first_word({line.data(), line.size()}).empty());
}

/// A line that begins in the wrong place may be a piece of a key: a word of letters alone is shown, no other.
Error unknown_record(std::string_view type) {
    constexpr std::size_t longest_shown = 16;
    const bool letters =
        std::all_of(type.begin(), type.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
    const std::string shown = letters && type.size() <= longest_shown ? fmt::format(" \"{}\"", type) : "";
    return {Errc::corrupt, fmt::format("record type{} is not known: a line begins with princ, policy or End", shown)};
}

}  // namespace

Result<DumpReader> DumpReader::open(ReadBytes source, std::string file, ReaderLimits limits) {
    LineSource lines(std::move(source), limits.line);
    const auto beginning = lines.beginning(header_room);
    if (!beginning) return beginning.error().in(file);
    const auto header = read_header(*beginning);
    if (!header) return header.error().in(file + ":1");
    lines.skip(header->size);
    return DumpReader(std::move(lines), std::move(file), *header);
}

DumpReader DumpReader::within(Secret records, std::size_t size, const Header& header, ReaderLimits limits) {
    DumpReader reader(LineSource(std::move(records), size, limits.line), "", header);
    reader.part_ = true;
    reader.line_ = 0;
    return reader;
}

Error DumpReader::no_record() {
    return {Errc::corrupt, "the dump holds no record and would empty a secondary: it failed or was cut; make it again"};
}

Error DumpReader::here(const Error& error) const {
    if (part_) return error;
    return error.in(fmt::format("{}:{}", file_, line_));
}

Result<DumpReader::Record> DumpReader::parse(std::span<char> line) {
    const std::string_view text(line.data(), line.size());
    const std::string_view type = text.starts_with("princ\t") ? "princ" : first_word(text);
    if (type == "princ") {
        const auto parsed = parse_principal(line, principal_, &as_written_);
        if (!parsed) return parsed.error();
        line_text_ = text;
        return Record::principal;
    }
    if (type == "policy") {
        const auto parsed = parse_policy(line, header_.version, policy_);
        if (!parsed) return parsed.error();
        return Record::policy;
    }
    if (type == "End") return Record::end;
    return unknown_record(type);
}

Result<DumpReader::Record> DumpReader::finish() {
    ended_ = true;
    can_go_on_ = false;
    if (empty_ && !part_) return here(no_record());
    return Record::end;
}

Result<DumpReader::Record> DumpReader::next() {
    if (ended_) return Record::end;
    for (;;) {
        const auto taken = lines_.next();
        if (taken && *taken == LineSource::Line::none) return finish();
        ++line_;
        if (!taken) {
            can_go_on_ = false;
            return here(taken.error());
        }
        const std::span<char> line = lines_.line();
        if (*taken == LineSource::Line::whole && is_blank(line)) continue;
        const auto record = parse(line);
        if (record && *record == Record::end) {
            met_end_line_ = true;
            return finish();
        }
        empty_ = false;
        if (!record) return here(record.error());
        if (*taken == LineSource::Line::unended) {
            return here({Errc::corrupt, "the last line has no newline: the dump was cut; make it again"});
        }
        return *record;
    }
}

}  // namespace kpropgw::formats
