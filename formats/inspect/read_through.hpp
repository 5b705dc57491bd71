#pragma once
#include <fmt/format.h>

#include <string_view>

#include "formats/dump/reader.hpp"
#include "formats/inspect/tl_contents.hpp"

namespace kpropgw::formats {

/// Whether an error speaks of the dump's bytes, and not of reading them.
inline bool is_of_the_dump(const Error& error) {
    return error.code() == Errc::corrupt || error.code() == Errc::invalid_input;
}

/// Shows every record of a dump, past those that are malformed, to `visitor`:
/// `see(const Principal&, const TlContents&, line)`, `see(const Policy&, line)` and `see_malformed(line, text)`.
/// `file` is what the reader was opened with. Fails only where the dump cannot be read at all.
template <class Visitor>
Result<void> read_through(DumpReader& reader, std::string_view file, Visitor& visitor) {
    TlContents contents;
    for (;;) {
        const auto record = reader.next();
        if (!record) {
            const Error error = record.error();  // error() gives a copy, of which the text is a part
            if (!is_of_the_dump(error)) return error;
            std::string_view text = error.text();
            const std::string place = fmt::format("{}:{}: ", file, reader.line());
            if (text.starts_with(place)) text.remove_prefix(place.size());
            visitor.see_malformed(reader.line(), text);
            if (!reader.can_go_on()) return {};
            continue;
        }
        switch (*record) {
            case DumpReader::Record::principal:
                contents.read(reader.principal());
                visitor.see(reader.principal(), contents, reader.line());
                break;
            case DumpReader::Record::policy:
                visitor.see(reader.policy(), reader.line());
                break;
            case DumpReader::Record::end:
                return {};
        }
    }
}

}  // namespace kpropgw::formats
