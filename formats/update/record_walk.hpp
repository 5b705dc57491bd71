#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "formats/dump/reader.hpp"
#include "formats/update/dump_file.hpp"
#include "formats/update/record_kind.hpp"

namespace kpropgw::formats {

/// Walks a dump by its lines: of each record only the kind, the name and the place are read, and the rest of a
/// principal's line is left unchecked. What DumpReader says of it holds for the file as a whole too: no record at
/// all, and a last line without its newline, are errors. Not thread safe.
class RecordWalk {
public:
    /// `file` must outlive the walk.
    static Result<RecordWalk> open(const DumpFile& file, ReaderLimits limits = {});

    /// The records of a dump that begins with `header` whose lines begin in [begin, end); there may be none. Errors do
    /// not say where; line_number() counts from the first of these lines, which is 1.
    static RecordWalk within(const DumpFile& file, const Header& header, std::uint64_t begin, std::uint64_t end,
                             ReaderLimits limits = {});

    DumpVersion version() const { return version_; }

    /// Goes to the next record, whose accessors are then valid until the next call. False at the end.
    Result<bool> next();

    RecordKind kind() const { return kind_; }
    std::string_view name() const { return name_; }
    std::string_view line() const { return line_; }        ///< as it stands, without its newline
    std::uint64_t offset() const { return offset_; }       ///< of the line in the file
    std::uint64_t line_number() const { return number_; }  ///< the header being 1

    /// After next() was false: whether the dump ends here, and not the part alone.
    bool met_end() const { return ended_; }

private:
    RecordWalk(LineSource lines, std::string file, DumpVersion version, std::uint64_t first)
        : lines_(std::move(lines)), file_(std::move(file)), version_(version), next_offset_(first) {}

    Result<bool> skip_to_line();
    Result<void> find_name(std::span<char> line);
    Error here(const Error& error) const;

    LineSource lines_;
    std::string file_;
    DumpVersion version_;
    std::uint64_t next_offset_;
    std::uint64_t end_ = UINT64_MAX;
    bool part_ = false;
    bool in_line_ = false;  ///< next_offset_ may stand in the middle of a line
    std::uint64_t offset_ = 0;
    std::uint64_t number_ = 1;
    RecordKind kind_ = RecordKind::principal;
    std::string_view name_;
    std::string_view line_;
    Principal principal_;
    Policy policy_;
    bool empty_ = true;
    bool ended_ = false;
};

}  // namespace kpropgw::formats
