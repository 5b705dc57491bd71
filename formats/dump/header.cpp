#include "formats/dump/header.hpp"

#include "formats/dump/version.hpp"

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
    {"ipropx ", "a dump for iprop (-i1) is not read here; dump again without -i"},
    {"iprop ", "a dump for iprop (-i0) is not read here; dump again without -i"},
    {"\xef\xbb\xbf", "the file begins with a byte order mark, which kdb5_util refuses; take it out"},
};

constexpr std::string_view expected = "its first line must be \"kdb5_util load_dump version N\" with N from 4 to 7";

Error refuse(std::string_view text) {
    return {Errc::invalid_input, std::string(text)};
}

/// "kdb5_" in any EBCDIC page: digits and the underscore have one place in all of them, small letters have not.
bool is_ebcdic(std::string_view beginning) {
    return beginning.size() > 4 && beginning[3] == '\xf5' && beginning[4] == '\x6d';
}

Error explain(std::string_view line, bool whole) {
    for (const auto& layout : layouts()) {
        if (!whole && layout.header.starts_with(line)) {
            return refuse("the dump ends inside its first line: it was cut; make it again");
        }
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
    for (const auto& layout : layouts()) {
        if (whole && line == layout.header) return Header{layout.version, newline + 1};
    }
    return explain(line, whole);
}

}  // namespace kpropgw::formats
