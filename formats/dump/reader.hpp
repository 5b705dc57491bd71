#pragma once
#include <cstdint>
#include <string>

#include "formats/dump/header.hpp"
#include "formats/dump/line_source.hpp"
#include "formats/record.hpp"

namespace kpropgw::formats {

struct ReaderLimits {
    std::size_t line = 16u << 20;  ///< bytes of one record
};

/// Reads a dump record by record in flat memory. Every error names file:line, and the principal where it is known.
/// Not thread safe.
class DumpReader {
public:
    enum class Record { principal, policy, end };

    /// Reads the header. `file` is used in errors only. Versions 1 to 3, OV and EBCDIC are refused by name.
    static Result<DumpReader> open(ReadBytes source, std::string file, ReaderLimits limits = {});

    /// Reads the first `size` bytes of `records`, whole lines out of a dump that begins with `header`. Errors do not
    /// say where; line() counts from the part's beginning, and a part may hold no record.
    static DumpReader within(Secret records, std::size_t size, const Header& header, ReaderLimits limits = {});

    /// The bytes of within(), to be used again; nothing may be read after it.
    Secret release() { return lines_.release(); }

    DumpVersion version() const { return header_.version; }
    const std::optional<LogPosition>& position() const { return header_.position; }  ///< of iprop and ipropx

    /// Reads the next record. After `principal` or `policy` the accessor of that name is valid until the next call.
    /// At `end` the dump was whole: every record complete, the last line ended by a newline (or an `End` line).
    /// A dump of a header alone is an error (it would empty a secondary).
    /// A dump that was cut between two records cannot be told from a whole one (there is no count in it).
    Result<Record> next();

    /// After `end`: whether a line `End` said so, behind which nothing counts.
    bool met_end_line() const { return met_end_line_; }

    /// What next() says of a dump in which there is nothing.
    static Error no_record();

    /// After an error of next(): whether it was one record's alone, so that next() reads the one after it.
    bool can_go_on() const { return can_go_on_; }

    const Principal& principal() const { return principal_; }
    const Policy& policy() const { return policy_; }
    /// The principal's line where it stands as kdb5_util writes it, for DumpWriter; else "".
    std::string_view line_as_written() const { return as_written_ ? line_text_ : std::string_view(); }
    std::uint64_t line() const { return line_; }               ///< of the record last read, the header being 1
    std::size_t size() const { return lines_.line().size(); }  ///< bytes of that line without its newline

private:
    DumpReader(LineSource lines, std::string file, Header header)
        : lines_(std::move(lines)), file_(std::move(file)), header_(header) {}

    Result<Record> parse(std::span<char> line);
    Result<Record> finish();
    Error here(const Error& error) const;

    LineSource lines_;
    std::string file_;
    Header header_;
    std::uint64_t line_ = 1;
    bool part_ = false;
    bool met_end_line_ = false;
    bool empty_ = true;
    bool ended_ = false;
    bool can_go_on_ = true;
    bool as_written_ = false;
    std::string_view line_text_;
    Principal principal_;
    Policy policy_;
};

}  // namespace kpropgw::formats
