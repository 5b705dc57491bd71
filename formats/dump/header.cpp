#include "formats/dump/header.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "formats/dump/version.hpp"
#include "formats/field_cursor.hpp"

namespace kpropgw::formats {
namespace {

struct KnownBeginning {
    std::string_view prefix;
    std::string_view text;
};

// MIT dump.c at every tag; what is still loaded by whom stands with the formats.
constexpr KnownBeginning refused[] = {
    {"kdb5_edit load_dump version 1",
     "a version 1 dump (kdb5_edit, before krb5 1.0) is not read; load it with the release that wrote it and dump "
     "again"},
    {"kdb5_edit load_dump version 2",
     "a version 2 dump (-old) is not read; load it with krb5 1.2 or older and dump again without -old"},
    {"kdb5_edit load_dump version 3",
     "a version 3 dump (-b6) is not read; load it with krb5 1.2 or older and dump again without -b6"},
    {"OpenV*Secure V1.0",
     "an OpenV*Secure dump (-ov) holds only policies and histories, no keys; dump again without -ov"},
    {"\xef\xbb\xbf", "the file begins with a byte order mark, which kdb5_util refuses; take it out"},
};

constexpr std::string_view expected =
    "its first line must be \"kdb5_util load_dump version N\" with N from 4 to 7, or iprop's";

Error refuse(std::string_view text) {
    return {Errc::invalid_input, std::string(text)};
}

/// "kdb5_" in any EBCDIC page: digits and the underscore have one place in all of them, small letters have not.
bool is_ebcdic(std::string_view beginning) {
    return beginning.size() > 4 && beginning[3] == '\xf5' && beginning[4] == '\x6d';
}

/// `iprop SERIAL SECONDS MICROSECONDS` or `ipropx VERSION SERIAL SECONDS MICROSECONDS` (MIT dump.c:parse_iprop_header).
Result<Header> read_position(std::string_view line) {
    std::string copy(line);
    FieldCursor in(copy);
    Header header{DumpVersion::iprop, line.size() + 1, LogPosition{}};
    const auto number = [&in](const char* field) {
        return static_cast<std::uint32_t>(in.number(field, 0, UINT32_MAX));
    };
    if (in.word("word", 8) == "ipropx" && in.number("version of ipropx", 0, 1) == 1)
        header.version = DumpVersion::ipropx;
    header.position = LogPosition{number("serial"), number("seconds"), number("microseconds")};
    const auto finished = in.finish();
    if (!finished) return finished.error();
    return header;
}

bool is_for_iprop(std::string_view line) {
    return line.starts_with("iprop ") || line.starts_with("ipropx ");
}

bool is_cut(std::string_view line) {
    if (is_for_iprop(line)) return true;
    return std::any_of(layouts().begin(), layouts().end(),
                       [line](const Layout& l) { return l.header.starts_with(line); });
}

Error explain(std::string_view line, bool whole) {
    if (!whole && is_cut(line)) return refuse("the dump ends inside its first line: it was cut; make it again");
    for (const auto& layout : plain_layouts()) {
        if (line == std::string(layout.header) + "\r") {
            return refuse(
                "lines end in CR LF, which kdb5_util refuses; take the CRs out (a transfer in binary adds none)");
        }
        if (line.starts_with(layout.header) && line.find_first_not_of(" \t", layout.header.size()) == line.npos) {
            return refuse("the first line has white space at its end, which kdb5_util refuses; take it out");
        }
    }
    if (line.starts_with("kdb5_util load_dump version ")) {
        return refuse(
            "this version of the dump is not known; dump again with -r18, or with kdb5_util of krb5 1.11 to 1.22");
    }
    return refuse("this is no dump of kdb5_util: " + std::string(expected));
}

}  // namespace

Result<Header> read_header(std::string_view beginning) {
    if (beginning.empty()) return refuse("the file is empty: the dump failed or was cut; make it again");
    if (is_ebcdic(beginning)) {
        return refuse(
            "the dump is in an EBCDIC code page; convert it to UTF-8 first, which kpropgw does when told the code "
            "page");
    }
    for (const auto& known : refused) {
        if (beginning.starts_with(known.prefix)) return refuse(known.text);
    }
    const std::size_t newline = beginning.find('\n');
    const bool whole = newline != std::string_view::npos;
    const std::string_view line = beginning.substr(0, newline);
    if (whole && is_for_iprop(line)) return read_position(line);
    for (const auto& layout : plain_layouts()) {
        if (whole && line == layout.header) return Header{layout.version, newline + 1, std::nullopt};
    }
    return explain(line, whole);
}

std::string header_line(DumpVersion version, const LogPosition& position) {
    const Layout& layout = layout_of(version);
    if (!layout.position) return fmt::format("{}\n", layout.header);
    return fmt::format("{} {} {} {}\n", layout.header, position.serial, position.seconds, position.microseconds);
}

}  // namespace kpropgw::formats
