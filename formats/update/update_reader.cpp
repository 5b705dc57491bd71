#include "formats/update/update_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "formats/dump/header.hpp"
#include "formats/principal_name.hpp"

namespace kpropgw::formats {
namespace {

/// What kdb5_util reads with %1023s.
constexpr std::size_t longest_policy_name = 1023;

Error corrupt(std::string text) {
    return {Errc::corrupt, std::move(text)};
}

Error explain_first_line(std::string_view line) {
    if (line == std::string(update_header) + "\r") {
        return corrupt("lines end in CR LF; take the CRs out (a transfer in binary adds none)");
    }
    if (line.starts_with("kpropgw update ")) {
        return corrupt("this version of the update file is not known: it comes from a newer kpropgw");
    }
    if (line.starts_with("kdb5_util load_dump version ") || line.starts_with("iprop")) {
        return corrupt("this is a dump, not an update file: dump diff makes one of two dumps");
    }
    return corrupt(fmt::format("this is no update file: its first line must be \"{}\"", update_header));
}

Error cut() {
    return corrupt("the file ends without its end line: it was cut; make it again");
}

/// Takes the word and the tab behind it away.
bool take(std::string_view& line, std::string_view word) {
    if (!line.starts_with(word) || line.size() == word.size() || line[word.size()] != '\t') return false;
    line.remove_prefix(word.size() + 1);
    return true;
}

}  // namespace

Result<UpdateReader> UpdateReader::open(ReadBytes source, std::string file, ReaderLimits limits) {
    UpdateReader reader(LineSource(std::move(source), limits.line), std::move(file));
    const auto beginning = reader.lines_.beginning(header_room);
    if (!beginning) return beginning.error().in(reader.file_);
    if (beginning->empty()) return reader.here(corrupt("the file is empty: it was cut; make it again"));
    const std::size_t end = beginning->find('\n');
    const std::string_view line = beginning->substr(0, end);
    if (end == std::string_view::npos && update_header.starts_with(line)) return reader.here(cut());
    if (end == std::string_view::npos || line != update_header) return reader.here(explain_first_line(line));
    reader.lines_.skip(end + 1);
    return reader;
}

Error UpdateReader::here(const Error& error) const {
    return error.in(fmt::format("{}:{}", file_, line_));
}

Result<UpdateReader::Update> UpdateReader::parse_put(std::span<char> line) {
    record_ = {line.data(), line.size()};
    if (record_.starts_with("princ\t")) {
        if (const auto parsed = parse_principal(line, principal_); !parsed) return parsed.error();
        name_ = principal_.name;
        return Update::put_principal;
    }
    if (record_.starts_with("policy\t")) {
        if (const auto parsed = parse_policy(line, DumpVersion::v7, policy_); !parsed) return parsed.error();
        name_ = policy_.name;
        return Update::put_policy;
    }
    return corrupt(
        "behind put and a tab must stand the line of a principal or a policy, which begins with princ or "
        "policy and a tab");
}

Result<UpdateReader::Update> UpdateReader::parse_delete(std::string_view line) {
    const bool principal = take(line, "princ");
    if (!principal && !take(line, "policy")) {
        return corrupt("behind del and a tab must stand princ or policy, a tab and the name");
    }
    name_ = line;
    const std::size_t longest = principal ? longest_principal_name : longest_policy_name;
    if (line.empty()) return corrupt("the name is missing behind del");
    if (line.size() > longest) {
        return corrupt(fmt::format("the name of {} bytes exceeds the limit of {}", line.size(), longest));
    }
    if (principal) {
        if (const auto problem = problem_of_principal_name(line)) return corrupt(std::string(*problem));
        return Update::delete_principal;
    }
    const auto no_word = [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; };
    if (std::any_of(line.begin(), line.end(), no_word)) {
        return corrupt("the policy's name holds a blank or a control character");
    }
    return Update::delete_policy;
}

Result<UpdateReader::Update> UpdateReader::parse_end(std::string_view count) {
    std::uint64_t told = 0;
    const auto parsed = std::from_chars(count.data(), count.data() + count.size(), told);
    if (parsed.ec != std::errc() || parsed.ptr != count.data() + count.size() || count != std::to_string(told)) {
        return corrupt("behind end and a tab must stand the number of updates");
    }
    if (told != updates_) {
        return corrupt(
            fmt::format("the end line counts {} updates where the file has {}: it was changed or put "
                        "together; make it again",
                        told, updates_));
    }
    const auto after = lines_.next();
    if (!after) return after.error();
    if (*after != LineSource::Line::none) {
        ++line_;
        return corrupt("the file goes on behind its end line");
    }
    ended_ = true;
    return Update::end;
}

Result<UpdateReader::Update> UpdateReader::parse(std::span<char> line) {
    std::string_view text(line.data(), line.size());
    if (take(text, "end")) return parse_end(text);
    ++updates_;
    if (take(text, "put")) return parse_put(line.subspan(line.size() - text.size()));
    if (take(text, "del")) return parse_delete(text);
    return corrupt("the line begins with none of put, del and end and a tab");
}

Result<UpdateReader::Update> UpdateReader::next() {
    if (ended_) return Update::end;
    const auto taken = lines_.next();
    ++line_;
    if (!taken) return here(taken.error());
    if (*taken == LineSource::Line::none) return here(cut());
    if (*taken == LineSource::Line::unended) {
        return here(corrupt("the last line has no newline: the file was cut; make it again"));
    }
    const auto update = parse(lines_.line());
    if (!update) return here(update.error());
    return update;
}

}  // namespace kpropgw::formats
