#include "formats/update/record_walk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace kpropgw::formats {
namespace {

/// The name of a principal's line that is written as kdb5_util writes it; "" when it is written in any other way.
std::string_view plain_name(std::string_view line) {
    constexpr std::string_view beginning = "princ\t38\t";
    if (!line.starts_with(beginning) || !line.ends_with(';')) return "";
    const char* at = line.data() + beginning.size();
    const char* const end = line.data() + line.size();
    std::size_t size = 0;
    const auto parsed = std::from_chars(at, end, size);
    if (parsed.ec != std::errc()) return "";
    at = parsed.ptr;
    // The counts of tl-data and keys, and the length of the extra data.
    for (int fields = 0; fields < 3; ++fields) {
        if (at == end || *at != '\t') return "";
        ++at;
        while (at != end && *at >= '0' && *at <= '9') {
            ++at;
        }
    }
    if (at == end || *at != '\t') return "";
    ++at;
    if (size == 0 || static_cast<std::size_t>(end - at) <= size || at[size] != '\t') return "";
    return {at, size};
}

/// The file from `offset`: in large pieces as far as `end`, where in most cases a line is to be ended only.
ReadBytes read_part(const DumpFile& file, std::uint64_t offset, std::uint64_t end) {
    return [&file, offset, end](std::span<char> into) mutable -> Result<std::size_t> {
        constexpr std::size_t behind_end = 8192;
        const std::uint64_t wanted = offset < end ? end - offset : behind_end;
        const auto count = file.read_at(offset, into.first(std::min<std::uint64_t>(into.size(), wanted)));
        if (count) offset += *count;
        return count;
    };
}

std::string_view first_word(std::string_view line) {
    constexpr std::string_view white_space = " \t\n\v\f\r";
    line.remove_prefix(std::min(line.find_first_not_of(white_space), line.size()));
    return line.substr(0, line.find_first_of(white_space));
}

}  // namespace

Result<RecordWalk> RecordWalk::open(const DumpFile& file, ReaderLimits limits) {
    const auto header = header_of(file);
    if (!header) return header.error();
    LineSource lines(read_from(file, header->size), limits.line);
    return RecordWalk(std::move(lines), file.name, header->version, header->size);
}

RecordWalk RecordWalk::within(const DumpFile& file, const Header& header, std::uint64_t begin, std::uint64_t end,
                              ReaderLimits limits) {
    const std::uint64_t from = begin == header.size ? begin : begin - 1;
    RecordWalk walk(LineSource(read_part(file, from, end), limits.line), "", header.version, from);
    walk.end_ = end;
    walk.part_ = true;
    walk.in_line_ = from != begin;
    walk.number_ = 0;
    return walk;
}

Error RecordWalk::here(const Error& error) const {
    if (part_) return error;
    return error.in(fmt::format("{}:{}", file_, number_));
}

Result<void> RecordWalk::find_name(std::span<char> line) {
    kind_ = RecordKind::principal;
    name_ = plain_name({line.data(), line.size()});
    if (!name_.empty()) return {};
    if (first_word({line.data(), line.size()}) == "policy") {
        kind_ = RecordKind::policy;
        const auto parsed = parse_policy(line, version_, policy_);
        if (parsed) name_ = policy_.name;
        return parsed;
    }
    const auto parsed = parse_principal(line, principal_);
    if (parsed) name_ = principal_.name;
    return parsed;
}

/// Behind the line whose beginning is another part's; false when nothing follows it.
Result<bool> RecordWalk::skip_to_line() {
    in_line_ = false;
    const auto taken = lines_.next();
    if (!taken) return taken.error();
    next_offset_ += lines_.line().size() + 1;
    return *taken == LineSource::Line::whole;
}

Result<bool> RecordWalk::next() {
    if (in_line_) {
        const auto more = skip_to_line();
        if (!more) return here(more.error());
        ended_ = !*more;
    }
    if (ended_) return false;
    for (;;) {
        if (next_offset_ >= end_) return false;
        const auto taken = lines_.next();
        const bool none = taken && *taken == LineSource::Line::none;
        if (!none) ++number_;
        if (!taken) return here(taken.error());
        const std::span<char> line = lines_.line();
        offset_ = next_offset_;
        next_offset_ += line.size() + 1;
        const std::string_view text = none ? "End" : std::string_view(line.data(), line.size());
        if (text.size() < 16) {
            const std::string_view word = first_word(text);
            if (word.empty() && *taken == LineSource::Line::whole) continue;
            if (word == "End") {
                ended_ = true;
                if (!empty_ || part_) return false;
                return here(DumpReader::no_record());
            }
        }
        if (*taken == LineSource::Line::unended) {
            return here({Errc::corrupt, "the last line has no newline: the dump was cut; make it again"});
        }
        const auto named = find_name(line);
        if (!named) return here(named.error());
        line_ = {line.data(), line.size()};
        empty_ = false;
        return true;
    }
}

}  // namespace kpropgw::formats
