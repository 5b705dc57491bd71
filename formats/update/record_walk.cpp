#include "formats/update/record_walk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "formats/dump/header.hpp"

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

std::string_view first_word(std::string_view line) {
    constexpr std::string_view white_space = " \t\n\v\f\r";
    line.remove_prefix(std::min(line.find_first_not_of(white_space), line.size()));
    return line.substr(0, line.find_first_of(white_space));
}

}  // namespace

Result<RecordWalk> RecordWalk::open(const DumpFile& file, ReaderLimits limits) {
    LineSource lines(read_from(file, 0), limits.line);
    const auto beginning = lines.beginning(header_room);
    if (!beginning) return beginning.error().in(file.name);
    const auto header = read_header(*beginning);
    if (!header) return header.error().in(file.name + ":1");
    lines.skip(header->size);
    return RecordWalk(std::move(lines), file.name, header->version, header->size);
}

Error RecordWalk::here(const Error& error) const {
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

Result<bool> RecordWalk::next() {
    if (ended_) return false;
    for (;;) {
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
                if (!empty_) return false;
                return here({Errc::corrupt,
                             "the dump holds no record and would empty a secondary: it failed or was cut; make it "
                             "again"});
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
