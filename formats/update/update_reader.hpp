#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "formats/dump/line_source.hpp"
#include "formats/dump/reader.hpp"
#include "formats/record.hpp"

namespace kpropgw::formats {

/// The first line of an update file, without its newline.
inline constexpr std::string_view update_header = "kpropgw update 1";

/// Reads an update file (docs/update-file.md) update by update in flat memory. Every error names file:line and never
/// holds a key; after one nothing more may be read. Not thread safe.
class UpdateReader {
public:
    enum class Update { put_principal, put_policy, delete_principal, delete_policy, end };

    /// Reads the first line. `file` is used in errors only.
    static Result<UpdateReader> open(ReadBytes source, std::string file, ReaderLimits limits = {});

    /// Reads the next update. `end` comes only when the file was whole: all its updates, the end line with their
    /// number, nothing after it. That a name stands in it once only is not checked here.
    Result<Update> next();

    // Valid until the next call of next():
    const Principal& principal() const { return principal_; }  ///< after put_principal
    const Policy& policy() const { return policy_; }           ///< after put_policy
    std::string_view name() const { return name_; }            ///< of the record that is put or deleted
    std::string_view record() const { return record_; }        ///< after a put: the dump's line, without its newline
    std::uint64_t line() const { return line_; }               ///< of the update, the header being 1

private:
    UpdateReader(LineSource lines, std::string file) : lines_(std::move(lines)), file_(std::move(file)) {}

    Result<Update> parse(std::span<char> line);
    Result<Update> parse_put(std::span<char> line);
    Result<Update> parse_delete(std::string_view line);
    Result<Update> parse_end(std::string_view count);
    Error here(const Error& error) const;

    LineSource lines_;
    std::string file_;
    std::uint64_t line_ = 1;
    std::uint64_t updates_ = 0;
    bool ended_ = false;
    Principal principal_;
    Policy policy_;
    std::string_view name_;
    std::string_view record_;
};

}  // namespace kpropgw::formats
